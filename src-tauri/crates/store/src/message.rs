//! Table `message`.

mod pages;

use crate::{
    MessageFile, StoreError, alias, change_log, conversation, media,
    named_row::NamedRow,
    number, person,
    rate::rate_sql,
    receipt, revision, search,
    touched::Touched,
    triage,
    words::{from_json, optional_word, to_json, word},
};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{
    Change, Content, ConversationId, Direction, HandoverFact, IdsChangedFact, JournalId, MessageFact, MessageId,
    Millis, Origin, OutboxId, OutboxState, Payload, PersonIds, Status, Telling, Wamid,
};

/// A message, with what its outbox item says about it.
#[derive(Clone)]
pub struct Message {
    /// Our id of it.
    pub id: MessageId,
    /// Where it stands.
    pub conversation: ConversationId,
    /// Meta's id; `None` while Meta has not accepted it.
    pub wamid: Option<Wamid>,
    /// Our own id, when sent through Twinbox.
    pub outbox: Option<OutboxId>,
    /// Which way it went.
    pub direction: Direction,
    /// Who sent it.
    pub origin: Origin,
    /// A colleague's name, or empty.
    pub author: String,
    /// Meta's time, or when it was queued here.
    pub at: Millis,
    /// When it came in as it happened; `None` for the history, our own messages and what came before this was kept.
    pub arrived_at: Option<Millis>,
    /// What it says, after the last edit.
    pub content: Content,
    /// When it was last edited.
    pub edited_at: Option<Millis>,
    /// Whether who wrote it deleted it.
    pub is_deleted: bool,
    /// The emojis on it: which side, and which.
    pub reactions: Vec<(Direction, String)>,
    /// What it quotes.
    pub quoted: Option<Quoted>,
    /// How far it came, of a message of the business. Of one that was not sent from here, what the history told.
    pub status: Option<Status>,
    /// Why a status webhook said it failed: Meta's code and title.
    pub failed: Option<(i64, String)>,
    /// Its outbox item's state, `not before`, attempts, last refusal's code and sentence.
    pub item: Option<Item>,
    /// The emoji that is on its way to it.
    pub reacting: Option<Reacting>,
    /// What Meta says it costs; `None` when it has not said.
    pub cost: Option<Cost>,
    /// How far its file is; `None` for one without, and in a list's row.
    pub file: Option<MessageFile>,
}

/// The part of an outbox item that its message shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it stands.
    pub state: OutboxState,
    /// Not sent before this point.
    pub not_before: Millis,
    /// Attempts begun so far.
    pub attempts: u32,
    /// Meta's code of the last refusal.
    pub code: Option<i64>,
    /// The last refusal as a sentence, or empty.
    pub reason: String,
}

/// What Meta says a message costs. Both words are Meta's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// For example `utility`.
    pub category: String,
    /// For example `regular`; empty when not told.
    pub kind: String,
    /// Whether Meta bills it.
    pub is_billable: bool,
    /// What one such costs by the table of rates, in millionths of the currency that follows; `None`: nothing, or the
    /// table has no rate.
    pub price: Option<(u64, String)>,
}

/// An emoji on its way to a message, or that did not get there.
#[derive(Clone)]
pub struct Reacting {
    /// Its outbox item.
    pub id: OutboxId,
    /// The emoji; empty to take the one away that is there.
    pub emoji: String,
    /// How far it is.
    pub item: Item,
}

/// A quoted message.
#[derive(Clone)]
pub struct Quoted {
    /// Meta's id of it.
    pub wamid: Wamid,
    /// The message itself, when it is known here.
    pub original: Option<QuotedOriginal>,
}

/// What a quote shows of a message.
#[derive(Clone)]
pub struct QuotedOriginal {
    /// Our id of it.
    pub id: MessageId,
    /// When it was written.
    pub at: Millis,
    /// Who sent it.
    pub origin: Origin,
    /// A colleague's name, or empty.
    pub author: String,
    /// What it said first.
    pub content: Content,
    /// Whether who wrote it deleted it.
    pub is_deleted: bool,
}

const COLUMNS: &str = "m.id AS m_id, m.conversation_id AS m_conversation, m.wamid, m.outbox_id, m.direction,
    m.origin, m.author, m.at_ms, m.arrived_at_ms, m.content, m.reply_to, m.status,
    m.failed_code, m.failed_title,
    (SELECT json_array(json_array(max(t.category), max(t.pricing), max(t.is_billable)),
            json_array(max(iif(t.is_billable, {rate}, NULL)), (SELECT currency FROM rate_list WHERE id = 1)))
        FROM receipt t WHERE t.number_id = m.number_id AND t.wamid = m.wamid AND t.category != '') AS cost,
    o.state AS o_state, o.not_before_ms AS o_not_before, o.attempts AS o_attempts, o.code AS o_code,
    o.reason AS o_reason,
    r.id AS r_id, r.payload AS r_payload, r.state AS r_state, r.not_before_ms AS r_not_before,
    r.attempts AS r_attempts, r.code AS r_code, r.reason AS r_reason,
    q.id AS q_id, q.at_ms AS q_at_ms, q.origin AS q_origin, q.author AS q_author, q.content AS q_content,
    EXISTS (SELECT 1 FROM deletion WHERE number_id = q.number_id AND wamid = q.wamid) AS q_is_deleted";

/// What [`read_row`] reads; `m` is the message.
pub(crate) fn columns() -> String {
    let rate = rate_sql("t.recipient", "t.category");
    format!("{}, {}", COLUMNS.replace("{rate}", &rate), revision::COLUMNS)
}

/// What [`columns`] needs beside `message m`.
pub(crate) const JOINS: &str = "LEFT JOIN outbox o ON o.id = m.outbox_id
    -- The last emoji that was put on it here.
    LEFT JOIN outbox r ON r.position = (SELECT max(position) FROM outbox
        WHERE number_id = m.number_id AND reacts_to = m.wamid AND reacts_to != '')
    LEFT JOIN message q ON q.number_id = m.number_id AND q.wamid = m.reply_to";

/// Reads [`columns`].
pub(crate) fn read_row(row: &NamedRow<'_>) -> Result<Message, StoreError> {
    let outbox: Option<String> = row.get("outbox_id")?;
    let reply_to: Option<String> = row.get("reply_to")?;
    let failed_code: Option<i64> = row.get("failed_code")?;
    let direction = word(row, "direction", Direction::from_word)?;
    let edited: Option<String> = row.get("edited_content")?;
    let content = shown_content(&row.get::<String>("content")?, edited.as_deref())?;
    Ok(Message {
        id: MessageId(row.get("m_id")?),
        conversation: ConversationId(row.get("m_conversation")?),
        wamid: row.get::<Option<String>>("wamid")?.map(Wamid),
        outbox: outbox
            .map(|id| id.parse().map_err(|_| StoreError::UnknownWord(id)))
            .transpose()?,
        direction,
        origin: word(row, "origin", Origin::from_word)?,
        author: row.get("author")?,
        at: Millis(row.get("at_ms")?),
        arrived_at: Some(Millis(row.get("arrived_at_ms")?)).filter(|at| at.0 > 0),
        content,
        edited_at: row.get::<Option<i64>>("edited_at_ms")?.map(Millis),
        is_deleted: row.get("is_deleted")?,
        reactions: read_reactions(row)?,
        quoted: reply_to.map(|wamid| read_quoted(row, Wamid(wamid))).transpose()?,
        status: optional_word(row, "status", Status::from_word)?.filter(|_| direction == Direction::Out),
        failed: failed_code
            .map(|code| Ok::<_, StoreError>((code, row.get("failed_title")?)))
            .transpose()?,
        item: read_item(row, "o")?,
        reacting: read_reacting(row)?,
        cost: read_cost(row)?,
        file: None,
    })
}

/// What a message says after its last edit.
pub(crate) fn shown_content(content: &str, edited: Option<&str>) -> Result<Content, StoreError> {
    let content: Content = from_json(content)?;
    Ok(match edited {
        Some(edited) => content.edited_to(from_json(edited)?),
        None => content,
    })
}

/// The message with how far its file is.
fn with_file(connection: &Connection, mut message: Message) -> Result<Message, StoreError> {
    message.file = media::of_message(connection, message.id, &message.content)?;
    Ok(message)
}

/// The item whose columns begin with `of`.
fn read_item(row: &NamedRow<'_>, of: &str) -> Result<Option<Item>, StoreError> {
    let column = |name: &str| format!("{of}_{name}");
    let Some(state) = optional_word(row, &column("state"), OutboxState::from_word)? else {
        return Ok(None);
    };
    Ok(Some(Item {
        state,
        not_before: Millis(row.get(column("not_before").as_str())?),
        attempts: row.get(column("attempts").as_str())?,
        code: row.get(column("code").as_str())?,
        reason: row.get(column("reason").as_str())?,
    }))
}

/// Category, kind and whether it is billed, as JSON.
type ToldCost = (Option<String>, Option<String>, Option<i64>);
/// Millionths and their currency, as JSON.
type ToldPrice = (Option<u64>, Option<String>);

fn read_cost(row: &NamedRow<'_>) -> Result<Option<Cost>, StoreError> {
    let told: String = row.get("cost")?;
    let (meta, price): (ToldCost, ToldPrice) = from_json(&told)?;
    Ok(match meta {
        (Some(category), kind, is_billable) => Some(Cost {
            category,
            kind: kind.unwrap_or_default(),
            is_billable: is_billable == Some(1),
            price: price.0.zip(price.1),
        }),
        (None, ..) => None,
    })
}

/// The last emoji that was put on it here, unless that is settled: then it is among the others.
fn read_reacting(row: &NamedRow<'_>) -> Result<Option<Reacting>, StoreError> {
    let item =
        read_item(row, "r")?.filter(|item| !matches!(item.state, OutboxState::Accepted | OutboxState::Cancelled));
    let Some(item) = item else { return Ok(None) };
    let id: String = row.get("r_id")?;
    let Payload::Reaction { emoji, .. } = from_json(&row.get::<String>("r_payload")?)? else {
        return Ok(None);
    };
    Ok(Some(Reacting {
        id: id.parse().map_err(|_| StoreError::UnknownWord(id))?,
        emoji,
        item,
    }))
}

fn read_quoted(row: &NamedRow<'_>, wamid: Wamid) -> Result<Quoted, StoreError> {
    let Some(id) = row.get::<Option<i64>>("q_id")? else {
        return Ok(Quoted { wamid, original: None });
    };
    Ok(Quoted {
        wamid,
        original: Some(QuotedOriginal {
            id: MessageId(id),
            at: Millis(row.get("q_at_ms")?),
            origin: word(row, "q_origin", Origin::from_word)?,
            author: row.get("q_author")?,
            content: from_json(&row.get::<String>("q_content")?)?,
            is_deleted: row.get("q_is_deleted")?,
        }),
    })
}

fn read_reactions(row: &NamedRow<'_>) -> Result<Vec<(Direction, String)>, StoreError> {
    let mut reactions = Vec::new();
    for (column, side) in [("reaction_in", Direction::In), ("reaction_out", Direction::Out)] {
        let emoji: Option<String> = row.get(column)?;
        reactions.extend(emoji.filter(|emoji| !emoji.is_empty()).map(|emoji| (side, emoji)));
    }
    Ok(reactions)
}

/// A new message to be inserted.
pub(crate) struct NewMessage<'a> {
    pub conversation: ConversationId,
    /// What its person goes by in it.
    pub alias: Option<i64>,
    pub number: i64,
    pub wamid: Option<&'a Wamid>,
    pub outbox: Option<OutboxId>,
    pub direction: Direction,
    pub origin: Origin,
    pub telling: Telling,
    pub author: &'a str,
    pub at: Millis,
    pub content: &'a Content,
    pub reply_to: Option<&'a Wamid>,
    pub status: Option<Status>,
}

/// Inserts a message and logs the change; `touched` brings its conversation and the index up to date.
pub(crate) fn insert(
    connection: &Connection,
    new: &NewMessage<'_>,
    touched: &mut Touched,
) -> Result<MessageId, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO message (conversation_id, number_id, wamid, outbox_id, direction, origin, author, at_ms,
                 told_rank, content_rank, content, reply_to, status, alias_id, is_internal)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute((
            new.conversation.0,
            new.number,
            new.wamid.map(Wamid::as_str),
            new.outbox.map(|id| id.to_string()),
            new.direction.as_str(),
            new.origin.as_str(),
            new.author,
            new.at.0,
            new.telling.rank(),
            new.content.rank(),
            to_json(new.content)?,
            new.reply_to.map(Wamid::as_str),
            new.status.map(Status::as_str),
            new.alias,
            matches!(new.content, Content::Note { .. }),
        ))?;
    let id = MessageId(connection.last_insert_rowid());
    touched.message(new.conversation, id);
    change_log::log(connection, Change::Message(new.conversation, id))?;
    if let Some(wamid) = new.wamid {
        log_quotes_of(connection, new.number, wamid)?;
    }
    Ok(id)
}

/// What quotes this message shows it differently now.
pub(crate) fn log_quotes_of(connection: &Connection, number: i64, wamid: &Wamid) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT conversation_id, id FROM message WHERE number_id = ?1 AND reply_to = ?2")?;
    let mut rows = statement.query((number, wamid.as_str()))?;
    while let Some(row) = rows.next()? {
        let (conversation, id) = (ConversationId(row.get(0)?), MessageId(row.get(1)?));
        change_log::log(connection, Change::Message(conversation, id))?;
    }
    Ok(())
}

/// A webhook says that a message exists. Returns `false` when it names nobody it could belong to.
pub(crate) fn apply(connection: &Connection, fact: &MessageFact, touched: &mut Touched) -> Result<bool, StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    // Also for a message that is known already: this delivery may be the one that tells a name or links two ids.
    let Some(told) = alias::tell(connection, &fact.person, fact.at)? else {
        return Ok(false);
    };
    if let Some(known) = by_wamid(connection, number, &fact.wamid)? {
        told_as_well(connection, known, told.alias)?;
        return improve(connection, number, known, fact, touched).map(|()| true);
    }
    let conversation = conversation::of(connection, number, told.person)?;
    if is_heard(fact) {
        triage::heard(connection, conversation)?;
    }
    insert(
        connection,
        &NewMessage {
            conversation,
            alias: Some(told.alias),
            number,
            wamid: Some(&fact.wamid),
            outbox: None,
            direction: fact.direction,
            origin: fact.origin,
            telling: fact.telling,
            author: "",
            at: fact.at,
            content: &fact.content,
            reply_to: fact.reply_to.as_ref(),
            status: fact.status,
        },
        touched,
    )?;
    if fact.direction == Direction::Out {
        receipt::refresh_status(connection, number, &fact.wamid, None)?;
    }
    Ok(true)
}

/// A customer says something now.
fn is_heard(fact: &MessageFact) -> bool {
    (fact.origin, fact.telling) == (Origin::Customer, Telling::Live)
}

/// The webhook `journal` told of a message that is here. The first that told it as it happened counts.
pub(crate) fn arrived(connection: &Connection, journal: JournalId, fact: &MessageFact) -> Result<(), StoreError> {
    if fact.telling != Telling::Live {
        return Ok(());
    }
    connection
        .prepare_cached(
            "UPDATE message SET arrived_at_ms = j.received_at_ms FROM journal j
             WHERE j.id = ?3 AND number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND wamid = ?2
                 AND outbox_id IS NULL AND (arrived_at_ms = 0 OR arrived_at_ms > j.received_at_ms)",
        )?
        .execute((fact.number.as_str(), fact.wamid.as_str(), journal.0))?;
    Ok(())
}

/// A person has other ids now, which their conversation tells at the time it happened.
pub(crate) fn apply_ids_changed(
    connection: &Connection,
    fact: &IdsChangedFact,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    alias::change(connection, fact)?;
    let phone = |ids: &PersonIds| ids.phone.clone().unwrap_or_default();
    let told = MessageFact {
        number: fact.number.clone(),
        wamid: fact.wamid.clone(),
        // In the conversation of who changed, should somebody else have had the new number before.
        person: fact.before.clone(),
        direction: Direction::In,
        origin: Origin::System,
        telling: Telling::Live,
        at: fact.at,
        content: Content::IdsChanged {
            phone_before: phone(&fact.before),
            phone_after: phone(&fact.after),
        },
        reply_to: None,
        status: None,
    };
    apply(connection, &told, touched).map(drop)
}

/// Somebody else answers a person from here on, which their conversation tells. Such a thing has no id of its own; told
/// again, it is there already. `false`: it names nobody.
pub(crate) fn apply_handover(
    connection: &Connection,
    fact: &HandoverFact,
    touched: &mut Touched,
) -> Result<bool, StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    let Some(told) = alias::tell(connection, &fact.person, fact.at)? else {
        return Ok(false);
    };
    let conversation = conversation::of(connection, number, told.person)?;
    let content = Content::HandedOver { owner: fact.owner };
    let is_here = connection
        .prepare_cached(
            "SELECT 1 FROM message WHERE conversation_id = ?1 AND at_ms = ?2 AND origin = 'system' AND content = ?3
                 AND coalesce(alias_id, ?4) = ?4",
        )?
        .exists((conversation.0, fact.at.0, to_json(&content)?, told.alias))?;
    if !is_here {
        let new = NewMessage {
            conversation,
            alias: Some(told.alias),
            number,
            wamid: None,
            outbox: None,
            direction: Direction::In,
            origin: Origin::System,
            telling: Telling::Live,
            author: "",
            at: fact.at,
            content: &content,
            reply_to: None,
            status: None,
        };
        insert(connection, &new, touched)?;
    }
    Ok(true)
}

/// A known message is told with this alias. What was sent from here stays with whom it was sent to.
fn told_as_well(connection: &Connection, id: MessageId, told: i64) -> Result<(), StoreError> {
    let (alias, is_ours): (Option<i64>, bool) = connection
        .prepare_cached("SELECT alias_id, outbox_id IS NOT NULL FROM message WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known = match alias {
        Some(alias) => Some(alias),
        // Of before this was kept: what its person is best known by.
        None => person::alias_of_conversation(connection, conversation_of(connection, id)?)?,
    };
    let best = known.map_or(Ok(told), |known| alias::same_message(connection, known, told))?;
    if is_ours || alias == Some(best) {
        return Ok(());
    }
    connection
        .prepare_cached("UPDATE message SET alias_id = ?2 WHERE id = ?1")?
        .execute((id.0, best))?;
    conversation::place(connection, id, alias::person_of(connection, best)?)
}

/// The messages of a conversation that were told with one of the aliases, and whether there are others.
pub(crate) fn told_with(
    connection: &Connection,
    conversation: ConversationId,
    aliases: &[i64],
) -> Result<(Vec<MessageId>, bool), StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, alias_id FROM message WHERE conversation_id = ?1")?;
    let mut rows = statement.query([conversation.0])?;
    let (mut here, mut others) = (Vec::new(), false);
    while let Some(row) = rows.next()? {
        let alias: Option<i64> = row.get(1)?;
        if alias.is_some_and(|alias| aliases.contains(&alias)) {
            here.push(MessageId(row.get(0)?));
        } else {
            others = true;
        }
    }
    Ok((here, others))
}

/// Takes over what another delivery of a known message tells better: who, when and which way by its telling, what it
/// says by its content. Of two that are equally good, the same one stays in whatever order they come.
fn improve(
    connection: &Connection,
    number: i64,
    id: MessageId,
    fact: &MessageFact,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let stood_at = at_of(connection, id)?;
    let was_live = is_live(connection, id)?;
    let retold = connection
        .prepare_cached(
            "UPDATE message SET told_rank = ?2, at_ms = ?3, direction = ?4, origin = ?5
             WHERE id = ?1 AND outbox_id IS NULL
                 AND (told_rank, at_ms, direction, origin) < (?2, ?3, ?4, ?5)",
        )?
        .execute((
            id.0,
            fact.telling.rank(),
            fact.at.0,
            fact.direction.as_str(),
            fact.origin.as_str(),
        ))?;
    let content = connection
        .prepare_cached(
            "UPDATE message SET content_rank = ?2, content = ?3
             WHERE id = ?1 AND outbox_id IS NULL AND (content_rank, content) < (?2, ?3)",
        )?
        .execute((id.0, fact.content.rank(), to_json(&fact.content)?))?;
    let quotes = connection
        .prepare_cached(
            "UPDATE message SET reply_to = ?2 WHERE id = ?1 AND outbox_id IS NULL AND coalesce(reply_to, '') < ?2",
        )?
        .execute((id.0, fact.reply_to.as_ref().map(Wamid::as_str)))?;
    // Whether the history or the customer was faster decides nothing.
    if retold > 0 && !was_live && is_heard(fact) {
        triage::heard(connection, conversation_of(connection, id)?)?;
    }
    // Who was taken for the sender may have had no status.
    if fact.status.is_some() || retold > 0 && fact.direction == Direction::Out {
        receipt::refresh_status(connection, number, &fact.wamid, fact.status)?;
    }
    if retold + content + quotes > 0 {
        search::forget_message(connection, stood_at, id)?;
        let conversation = conversation_of(connection, id)?;
        touched.message(conversation, id);
        change_log::log(connection, Change::Message(conversation, id))?;
        log_quotes_of(connection, number, &fact.wamid)?;
    }
    Ok(())
}

/// A message of ours was sent at the latest when Meta first told how far it came. It may stand later, by a clock of this machine
/// that was ahead, and the customer's answer before it. `true`: it did. The list and the log are left to the caller.
pub(crate) fn sent_no_later(connection: &Connection, number: i64, wamid: &Wamid) -> Result<bool, StoreError> {
    let late = connection
        .prepare_cached(
            "SELECT m.id, m.at_ms, t.at_ms FROM message m JOIN (
                 SELECT min(at_ms) AS at_ms FROM receipt WHERE number_id = ?1 AND wamid = ?2) t ON t.at_ms < m.at_ms
             WHERE m.number_id = ?1 AND m.wamid = ?2 AND m.outbox_id IS NOT NULL",
        )?
        .query_row((number, wamid.as_str()), |row| {
            Ok((MessageId(row.get(0)?), Millis(row.get(1)?), row.get::<_, i64>(2)?))
        })
        .optional()?;
    let Some((id, stood_at, sent_at)) = late else {
        return Ok(false);
    };
    search::forget_message(connection, stood_at, id)?;
    connection
        .prepare_cached("UPDATE message SET at_ms = ?2 WHERE id = ?1")?
        .execute((id.0, sent_at))?;
    search::index_messages(connection, &[id])?;
    Ok(true)
}

/// Meta's id of a message of ours is now known. An echo of it that came first was the same message.
pub(crate) fn adopt_wamid(
    connection: &Connection,
    number: i64,
    outbox: OutboxId,
    wamid: &Wamid,
) -> Result<(), StoreError> {
    let ours = connection
        .prepare_cached("SELECT id, conversation_id FROM message WHERE outbox_id = ?1 AND wamid IS NULL")?
        .query_row([outbox.to_string()], |row| {
            Ok((MessageId(row.get(0)?), ConversationId(row.get(1)?)))
        })
        .optional()?;
    let Some((id, mut conversation)) = ours else {
        return Ok(());
    };
    let mut status = None;
    if let Some(echo) = by_wamid(connection, number, wamid)? {
        let (told, came_to): (Option<i64>, Option<String>) = connection
            .prepare_cached("SELECT alias_id, status FROM message WHERE id = ?1")?
            .query_row([echo.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        status = came_to.and_then(|word| Status::from_word(&word));
        delete(connection, echo)?;
        told.map_or(Ok(()), |told| told_as_well(connection, id, told))?;
        conversation = conversation_of(connection, id)?;
    }
    connection
        .prepare_cached("UPDATE message SET wamid = ?2 WHERE id = ?1")?
        .execute((id.0, wamid.as_str()))?;
    // An edit or a deletion of it may have come before its id was known.
    search::index_messages(connection, &[id])?;
    receipt::refresh_status(connection, number, wamid, status)?;
    change_log::log(connection, Change::Message(conversation, id))?;
    log_quotes_of(connection, number, wamid)
}

/// Removes a message that was taken back or turned out to be another one.
pub(crate) fn delete(connection: &Connection, id: MessageId) -> Result<(), StoreError> {
    let conversation = conversation_of(connection, id)?;
    search::forget_message(connection, at_of(connection, id)?, id)?;
    connection
        .prepare_cached("DELETE FROM message WHERE id = ?1")?
        .execute([id.0])?;
    conversation::refresh(connection, conversation)?;
    change_log::log(connection, Change::MessageGone(conversation, id))
}

/// Where a message stands.
pub(crate) fn conversation_of(connection: &Connection, id: MessageId) -> Result<ConversationId, StoreError> {
    Ok(connection
        .prepare_cached("SELECT conversation_id FROM message WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(ConversationId))?)
}

fn at_of(connection: &Connection, id: MessageId) -> Result<Millis, StoreError> {
    Ok(connection
        .prepare_cached("SELECT at_ms FROM message WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(Millis))?)
}

fn is_live(connection: &Connection, id: MessageId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND told_rank >= ?2")?
        .exists((id.0, Telling::Live.rank()))?)
}

/// The message with this wamid.
pub(crate) fn by_wamid(connection: &Connection, number: i64, wamid: &Wamid) -> Result<Option<MessageId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM message WHERE number_id = ?1 AND wamid = ?2")?
        .query_row((number, wamid.as_str()), |row| row.get(0).map(MessageId))
        .optional()?)
}

/// Meta's id of the file that a message shows; `None` for a message without one, or that is not there.
pub(crate) fn shown_media_id(connection: &Connection, id: MessageId) -> Result<Option<String>, StoreError> {
    let message = pages::by_id(connection, id)?;
    Ok(message.and_then(|message| message.content.media().map(|media| media.media_id.clone())))
}

/// Every message of a conversation.
pub(crate) fn ids_of(connection: &Connection, conversation: ConversationId) -> Result<Vec<MessageId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM message WHERE conversation_id = ?1")?;
    let rows = statement.query_map([conversation.0], |row| row.get(0).map(MessageId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
