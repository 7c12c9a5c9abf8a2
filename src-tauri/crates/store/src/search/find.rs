//! Asking the index.

use super::key;
use crate::{Conversation, Message, Person, Store, StoreError, conversation, message, named_row::read_all, person};
use rusqlite::{Connection, OptionalExtension, types::Value};
use twinbox_domain::{ConversationId, LabelId, MessageId, Millis, NumberId, Origin, PersonId, Query};

/// A common name is looked for among this many people, those met last.
const MOST_PEOPLE: u32 = 1000;

/// So few conversations are looked for in the index; of more, each message that was found is looked at.
const FEW_CONVERSATIONS: usize = 500;

/// What a message must be beside holding the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchFilters {
    /// With this business number.
    pub number: Option<NumberId>,
    /// With this customer.
    pub person: Option<PersonId>,
    /// In this conversation.
    pub conversation: Option<ConversationId>,
    /// Sent by these.
    pub origin: Option<Origin>,
    /// With a file, or the place of one.
    pub has_media: bool,
    /// Not before this time, by the second.
    pub from: Option<Millis>,
    /// Before this time, by the second.
    pub before: Option<Millis>,
    /// In a conversation with this label.
    pub label: Option<LabelId>,
    /// In a conversation that this colleague is to deal with.
    pub assignee: Option<String>,
}

/// A message that was found.
#[derive(Clone)]
pub struct FoundMessage {
    /// The message.
    pub message: Message,
    /// The business number of its conversation.
    pub number: NumberId,
    /// Its customer.
    pub person: Person,
}

impl Store {
    /// A page of the messages that hold the words, newest first, older than `before` (the time and id of the last one
    /// of the page before). Without words, those the filters leave; without either, none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn search_messages(
        &self,
        query: Query,
        filters: SearchFilters,
        before: Option<(Millis, MessageId)>,
        limit: u32,
    ) -> Result<Vec<FoundMessage>, StoreError> {
        self.connections
            .read(move |connection| match expression(connection, &query, &filters)? {
                Some(expression) => messages(connection, &expression, &filters, before, limit),
                None => Ok(Vec::new()),
            })
            .await
    }

    /// The conversations with people whose names hold the words, or whose phone number the digits; newest first.
    /// Of the filters, number, person, label and colleague count.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn search_people(
        &self,
        query: Query,
        filters: SearchFilters,
        limit: u32,
    ) -> Result<Vec<Conversation>, StoreError> {
        self.connections
            .read(move |connection| people(connection, &query, &filters, limit))
            .await
    }
}

/// `None`: nothing can be found.
fn expression(connection: &Connection, query: &Query, filters: &SearchFilters) -> Result<Option<String>, StoreError> {
    let mut all = Vec::new();
    all.extend(query.expression().map(|words| format!("words : ({words})")));
    if let Some(number) = &filters.number {
        let row: Option<i64> = connection
            .prepare_cached("SELECT id FROM number WHERE phone_number_id = ?1")?
            .query_row([number.as_str()], |row| row.get(0))
            .optional()?;
        let Some(row) = row else { return Ok(None) };
        all.push(format!("tags : \"n{row}\""));
    }
    if let Some(conversation) = filters.conversation {
        all.push(format!("tags : \"c{conversation}\""));
    }
    if let Some(person) = filters.person {
        let conversations = conversation::of_person(connection, person)?;
        if conversations.is_empty() {
            return Ok(None);
        }
        all.push(format!("tags : ({})", any_of(&conversations)));
    }
    all.extend(filters.origin.map(|origin| format!("tags : \"o{}\"", origin.as_str())));
    if filters.has_media {
        all.push("tags : \"m\"".to_owned());
    }
    let label = filters.label.map(|label| Value::Integer(label.0));
    let assignee = filters.assignee.clone().map(Value::Text);
    let narrowed = [
        narrowed(connection, LABELED, label)?,
        narrowed(connection, ASSIGNED, assignee)?,
    ];
    for conversations in narrowed.into_iter().flatten() {
        match conversations.len() {
            0 => return Ok(None),
            1..=FEW_CONVERSATIONS => all.push(format!("tags : ({})", any_of(&conversations))),
            _ => {}
        }
    }
    let is_narrowed = filters.label.is_some() || filters.assignee.is_some();
    if all.is_empty() && (is_narrowed || filters.from.is_some() || filters.before.is_some()) {
        // A time alone: the index is asked for everything, which is on some number.
        let mut statement = connection.prepare_cached("SELECT id FROM number")?;
        let tags: Vec<String> = statement
            .query_map([], |row| row.get(0).map(|id: i64| format!("\"n{id}\"")))?
            .collect::<Result<_, _>>()?;
        all.extend((!tags.is_empty()).then(|| format!("tags : ({})", tags.join(" OR "))));
    }
    Ok((!all.is_empty()).then(|| all.join(" AND ")))
}

fn any_of(conversations: &[ConversationId]) -> String {
    let tags: Vec<String> = conversations.iter().map(|id| format!("\"c{id}\"")).collect();
    tags.join(" OR ")
}

const LABELED: &str = "SELECT conversation_id FROM conversation_label WHERE label_id = ?1 LIMIT ?2";
const ASSIGNED: &str = "SELECT id FROM conversation WHERE assignee = ?1 AND assignee <> '' LIMIT ?2";

/// The conversations of a label or a colleague, one more than [`FEW_CONVERSATIONS`] at most; `None`: any will do.
fn narrowed(connection: &Connection, sql: &str, to: Option<Value>) -> Result<Option<Vec<ConversationId>>, StoreError> {
    let Some(to) = to else { return Ok(None) };
    let mut statement = connection.prepare_cached(sql)?;
    let most = i64::try_from(FEW_CONVERSATIONS).unwrap_or(i64::MAX).saturating_add(1);
    let rows = statement.query_map((to, most), |row| row.get(0).map(ConversationId))?;
    Ok(Some(rows.collect::<Result<_, _>>()?))
}

fn messages_sql() -> String {
    format!(
        "SELECT n.phone_number_id, {}, {} FROM message_words w
             CROSS JOIN message m ON m.id = w.rowid & {}
             JOIN conversation c ON c.id = m.conversation_id
             JOIN number n ON n.id = c.number_id
             JOIN person p ON p.id = c.person_id {}
         WHERE w.message_words MATCH ?1 AND w.rowid >= ?2 AND w.rowid < ?3
             AND (?5 IS NULL OR EXISTS (SELECT 1 FROM conversation_label WHERE conversation_id = c.id AND label_id = ?5))
             AND (?6 IS NULL OR c.assignee = ?6)
         ORDER BY w.rowid DESC LIMIT ?4",
        person::COLUMNS,
        message::columns(),
        super::ID_MASK,
        message::JOINS,
    )
}

fn messages(
    connection: &Connection,
    expression: &str,
    filters: &SearchFilters,
    before: Option<(Millis, MessageId)>,
    limit: u32,
) -> Result<Vec<FoundMessage>, StoreError> {
    let from = filters.from.map_or(0, |at| key(at, MessageId(0)));
    let until = filters.before.map_or(i64::MAX, |at| key(at, MessageId(0)));
    let until = until.min(before.map_or(i64::MAX, |(at, id)| key(at, id)));
    let mut statement = connection.prepare_cached(&messages_sql())?;
    let label = filters.label.map(|label| label.0);
    let parameters = (expression, from, until, limit, label, &filters.assignee);
    read_all(&mut statement, parameters, |row| {
        Ok(FoundMessage {
            number: NumberId(row.get("phone_number_id")?),
            person: person::read_row(row)?,
            message: message::read_row(row)?,
        })
    })
}

fn people_sql() -> String {
    format!(
        "SELECT id FROM (
             SELECT c.id, c.last_at_ms FROM person_words w CROSS JOIN conversation c ON c.person_id = w.rowid
             WHERE w.person_words MATCH ?1 AND c.last_message_id IS NOT NULL
                 AND (?2 IS NULL OR c.person_id = ?2)
                 AND (?3 IS NULL OR c.number_id = (SELECT id FROM number WHERE phone_number_id = ?3))
             ORDER BY w.rowid DESC LIMIT {MOST_PEOPLE})
         ORDER BY last_at_ms DESC, id DESC LIMIT ?4"
    )
}

fn people(
    connection: &Connection,
    query: &Query,
    filters: &SearchFilters,
    limit: u32,
) -> Result<Vec<Conversation>, StoreError> {
    let Some(words) = query.expression() else {
        return Ok(Vec::new());
    };
    let expression = match query.digits_expression() {
        Some(digits) => format!("names : ({words}) OR digits : {digits}"),
        None => format!("names : ({words})"),
    };
    let person = filters.person.map(|person| person.0);
    let number = filters.number.as_ref().map(NumberId::as_str);
    let ids: Vec<ConversationId> = connection
        .prepare_cached(&people_sql())?
        .query_map((expression, person, number, limit), |row| {
            row.get(0).map(ConversationId)
        })?
        .collect::<Result<_, _>>()?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let conversation = conversation::by_id(connection, id)?;
        found.extend(conversation.filter(|it| {
            filters.label.is_none_or(|label| it.labels.contains(&label))
                && filters.assignee.as_ref().is_none_or(|name| *name == it.assignee)
        }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn hits_come_from_the_index_in_its_order_and_each_message_by_its_id() {
        let plan = plan(&messages_sql());
        assert!(plan.starts_with("SCAN w VIRTUAL TABLE INDEX"), "{plan}");
        assert!(plan.contains("SEARCH m USING INTEGER PRIMARY KEY"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }

    #[test]
    fn the_chats_of_a_label_and_of_a_colleague_are_found_by_their_indexes() {
        for (sql, index) in [
            (LABELED, "conversation_label_newest"),
            (ASSIGNED, "conversation_assignee"),
        ] {
            let plan = plan(sql);
            assert!(plan.contains(index), "{plan}");
        }
    }

    #[test]
    fn people_are_found_in_the_index_and_their_conversations_in_theirs() {
        let plan = plan(&people_sql());
        assert!(plan.contains("SCAN w VIRTUAL TABLE INDEX"), "{plan}");
        assert!(plan.contains("USING INDEX conversation_person"), "{plan}");
    }
}
