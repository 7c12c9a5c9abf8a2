//! `messages[]` and `message_echoes[]`.

use super::{
    Context,
    content::{edited, marked},
    digits, items, text,
};
use serde_json::Value;
use twinbox_domain::{
    Content, DeletionFact, Direction, EditFact, Fact, IdsChangedFact, MessageFact, Origin, PersonIds, ReactionFact,
    Telling, Wamid, phone_key,
};

/// A message of a customer.
pub(super) fn read(message: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    not_of_a_group(message)?;
    // Which way it went is told by the numbers, not by the array it stands in.
    let from = text(message, "from").map(digits);
    if from.as_deref().is_some_and(|from| context.number.is(from)) {
        return read_echo(message, context);
    }
    let mut person = person(
        from,
        text(message, "from_user_id"),
        text(message, "from_parent_user_id"),
        context,
    );
    person.phone = person.phone.or_else(|| given_phone(message));
    match changed(message, context, Direction::In) {
        Some(change) => change,
        // WhatsApp itself tells something of the person, in words that are not known yet.
        None if text(message, "type") == Some("system") => {
            fact(message, context, person, Direction::In, Origin::System)
        }
        None => fact(message, context, person, Direction::In, Origin::Customer),
    }
}

/// A message of a thread of the history, either way.
pub(super) fn read_past(message: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    // Whose thread it is says so too, when the business's own number is not told or was another one then.
    let is_to_person = || {
        let [person] = context.contacts else { return false };
        let of = |value, key| text(value, key).map(|phone| phone_key(&digits(phone)));
        let person = of(person, "wa_id");
        person.is_some() && of(message, "to") == person && of(message, "from").is_some_and(|from| Some(from) != person)
    };
    if is_to_person() {
        return read_echo(message, context);
    }
    read(message, context)
}

/// A message typed on the business phone, or sent by whoever answers meanwhile. The other side is whoever is not the
/// business.
pub(super) fn read_echo(echo: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    not_of_a_group(echo)?;
    let other = [text(echo, "to"), text(echo, "from")]
        .into_iter()
        .flatten()
        .map(digits)
        .find(|phone| !phone.is_empty() && !context.number.is(phone));
    let person = person(
        other,
        text(echo, "to_user_id").or_else(|| text(echo, "from_user_id")),
        text(echo, "to_parent_user_id").or_else(|| text(echo, "from_parent_user_id")),
        context,
    );
    match changed(echo, context, Direction::Out) {
        Some(change) => change,
        None => fact(echo, context, person, Direction::Out, context.echoes),
    }
}

/// The phone number that the person gives of themself, in answer to the business's question for it. Earlier drafts of
/// Meta's page say so beside the cards (Meta, "Business-scoped user IDs", Feb and Aug 2026).
fn given_phone(message: &Value) -> Option<String> {
    let is_answer = |value| text(value, "origin") == Some("contact_request");
    let card = items(message, "contacts")
        .iter()
        .find(|card| is_answer(card) || is_answer(message))?;
    let phone = items(card, "phones").iter().find_map(|phone| text(phone, "wa_id"));
    phone.map(digits).filter(|phone| !phone.is_empty())
}

/// What was said to many is no message to one of them (Meta, webhook reference `messages/group`, 2026).
fn not_of_a_group(message: &Value) -> Result<(), &'static str> {
    text(message, "group_id").map_or(Ok(()), |_| Err("a message of a group"))
}

/// What changes another message: an edit, a deletion, a reaction. `None` for a message of its own.
fn changed(message: &Value, context: &Context<'_>, from: Direction) -> Option<Result<Fact, &'static str>> {
    let kind = text(message, "type")?;
    let body = message.get(kind);
    let field = |key| body.and_then(|body| text(body, key)).map(Wamid::from);
    let number = context.number.id.clone();
    let at = context.time_of(message);
    Some(match kind {
        "edit" => match (
            field("original_message_id"),
            body.and_then(|body| body.get("message")).map(edited),
        ) {
            (Some(_), Some(Content::NotUnderstood { .. })) => Err("an edit to something that cannot be read"),
            (Some(wamid), Some(content)) => Ok(Fact::Edit(EditFact {
                number,
                wamid,
                at,
                content,
            })),
            _ => Err("an edit of nothing"),
        },
        "revoke" => field("original_message_id")
            .map(|wamid| Fact::Deletion(DeletionFact { number, wamid, at }))
            .ok_or("a deletion of nothing"),
        "reaction" => field("message_id")
            .map(|wamid| {
                // Without an emoji it was taken away.
                let emoji = body.and_then(|body| text(body, "emoji")).unwrap_or_default().to_owned();
                Fact::Reaction(ReactionFact {
                    number,
                    wamid,
                    from,
                    origin: match from {
                        Direction::In => Origin::Customer,
                        Direction::Out => context.echoes,
                    },
                    emoji,
                    at,
                })
            })
            .ok_or("a reaction to nothing"),
        "system"
            if matches!(
                body.and_then(|body| text(body, "type")),
                Some("user_changed_number" | "user_changed_user_id")
            ) =>
        {
            ids_changed(message, context).map(Fact::IdsChanged)
        }
        _ => return None,
    })
}

/// A person changed their number or got another business-scoped id (Meta, webhook reference `messages/system` and
/// "Business-scoped user IDs", Aug 2026).
fn ids_changed(message: &Value, context: &Context<'_>) -> Result<IdsChangedFact, &'static str> {
    let system = message.get("system").ok_or("a system message without itself")?;
    let ids = |phone: Option<&str>, bsuid: Option<&str>, parent: Option<&str>| PersonIds {
        phone: phone.map(digits).filter(|phone| !phone.is_empty()),
        bsuid: bsuid.map(str::to_owned),
        parent: parent.filter(|_| bsuid.is_some()).map(str::to_owned),
        waba: context.waba.cloned(),
        ..PersonIds::default()
    };
    let before = ids(
        text(message, "from"),
        text(system, "previous_user_id").or_else(|| text(message, "from_user_id")),
        text(system, "previous_parent_user_id").or_else(|| text(message, "from_parent_user_id")),
    );
    let after = ids(
        text(system, "wa_id").or_else(|| text(system, "new_wa_id")),
        text(system, "user_id"),
        text(system, "parent_user_id"),
    );
    let nobody = |ids: &PersonIds| ids.phone.is_none() && ids.bsuid.is_none();
    if nobody(&before) || nobody(&after) {
        return Err("a change of ids that does not name both");
    }
    Ok(IdsChangedFact {
        number: context.number.id.clone(),
        wamid: text(message, "id")
            .map(Wamid::from)
            .ok_or("a change of ids without an id")?,
        before,
        after,
        at: context.time_of(message),
    })
}

fn fact(
    message: &Value,
    context: &Context<'_>,
    person: PersonIds,
    direction: Direction,
    origin: Origin,
) -> Result<Fact, &'static str> {
    let wamid = text(message, "id").ok_or("a message without an id")?;
    if person.phone.is_none() && person.bsuid.is_none() {
        return Err("the message names nobody");
    }
    Ok(Fact::Message(MessageFact {
        number: context.number.id.clone(),
        wamid: Wamid::from(wamid),
        person,
        direction,
        origin,
        telling: Telling::Live,
        at: context.time_of(message),
        content: marked(message),
        reply_to: message
            .get("context")
            .and_then(|context| text(context, "id"))
            .map(Wamid::from),
        status: None,
    }))
}

/// The person whose ids stand under these keys; `None` when neither does.
pub(super) fn person_of(value: &Value, phone: &str, bsuid: &str, context: &Context<'_>) -> Option<PersonIds> {
    let phone = text(value, phone).map(digits).filter(|phone| !phone.is_empty());
    let bsuid = text(value, bsuid);
    (phone.is_some() || bsuid.is_some()).then(|| person(phone, bsuid, None, context))
}

/// The ids a message gives for its person, completed from the contact that shares one of them.
fn person(phone: Option<String>, bsuid: Option<&str>, parent: Option<&str>, context: &Context<'_>) -> PersonIds {
    let phone = phone.filter(|phone| !phone.is_empty());
    let contact = context.contacts.iter().find(|contact| {
        let same = |key, id: Option<&str>| id.is_some() && text(contact, key) == id;
        // A Brazilian or Mexican number may stand in two forms in one payload.
        let is_phone = text(contact, "wa_id").is_some_and(|wa_id| {
            let phone = phone.as_deref();
            phone.is_some_and(|phone| phone_key(&digits(wa_id)) == phone_key(phone))
        });
        same("user_id", bsuid) || is_phone
    });
    let contact = match context.contacts {
        [only] if phone.is_none() && bsuid.is_none() => Some(only),
        _ => contact,
    };
    let from_contact = |key| contact.and_then(|contact| text(contact, key)).map(str::to_owned);
    let profile = contact.and_then(|contact| contact.get("profile"));
    let from_profile = |key| {
        profile
            .and_then(|profile| text(profile, key))
            .unwrap_or_default()
            .to_owned()
    };
    PersonIds {
        phone: phone.or_else(|| from_contact("wa_id")),
        bsuid: bsuid.map(str::to_owned).or_else(|| from_contact("user_id")),
        parent: parent.map(str::to_owned).or_else(|| from_contact("parent_user_id")),
        waba: context.waba.cloned(),
        profile_name: from_profile("name"),
        username: from_profile("username").trim_start_matches('@').to_owned(),
    }
}
