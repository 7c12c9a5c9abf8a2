//! `messages[]` and `message_echoes[]`.

use super::{Context, digits, text};
use serde_json::Value;
use twinbox_domain::{Content, Direction, Fact, Media, MessageFact, Origin, PersonIds, Wamid};

/// A message of a customer.
pub(super) fn read(message: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    // Which way it went is told by the numbers, not by the array it stands in.
    let from = text(message, "from").map(digits);
    if from
        .as_deref()
        .is_some_and(|from| from == context.number.display_phone_number)
    {
        return read_echo(message, context);
    }
    let person = person(from, text(message, "from_user_id"), context);
    fact(message, context, person, Direction::In, Origin::Customer)
}

/// A message typed on the business phone. The other side is whoever is not the business.
pub(super) fn read_echo(echo: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    let business = &context.number.display_phone_number;
    let other = [text(echo, "to"), text(echo, "from")]
        .into_iter()
        .flatten()
        .map(digits)
        .find(|phone| !phone.is_empty() && phone != business);
    let person = person(
        other,
        text(echo, "to_user_id").or_else(|| text(echo, "from_user_id")),
        context,
    );
    fact(echo, context, person, Direction::Out, Origin::Phone)
}

fn fact(
    message: &Value,
    context: &Context<'_>,
    person: PersonIds,
    direction: Direction,
    origin: Origin,
) -> Result<Fact, &'static str> {
    let wamid = text(message, "id").ok_or("a message without an id")?;
    // These change another message or a person; they are nothing that anybody wrote.
    if let Some("edit" | "revoke" | "system") = text(message, "type") {
        return Err("an edit, a deletion or a change of ids, which is not read yet");
    }
    if person.phone.is_none() && person.bsuid.is_none() {
        return Err("the message names nobody");
    }
    Ok(Fact::Message(MessageFact {
        number: context.number.id.clone(),
        wamid: Wamid::from(wamid),
        person,
        direction,
        origin,
        at: context.time_of(message),
        content: content(message),
        reply_to: message
            .get("context")
            .and_then(|context| text(context, "id"))
            .map(Wamid::from),
    }))
}

/// The ids a message gives for its person, completed from the contact that shares one of them.
fn person(phone: Option<String>, bsuid: Option<&str>, context: &Context<'_>) -> PersonIds {
    let phone = phone.filter(|phone| !phone.is_empty());
    let contact = context.contacts.iter().find(|contact| {
        let same = |key, id: Option<&str>| id.is_some() && text(contact, key) == id;
        same("user_id", bsuid) || same("wa_id", phone.as_deref())
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
        profile_name: from_profile("name"),
        username: from_profile("username").trim_start_matches('@').to_owned(),
    }
}

fn content(message: &Value) -> Content {
    let kind = text(message, "type").unwrap_or("unknown");
    let body = message.get(kind);
    let known = match kind {
        "text" => body
            .and_then(|text| text.get("body"))
            .and_then(Value::as_str)
            .map(|body| Content::Text { body: body.to_owned() }),
        "image" => body.and_then(media).map(Content::Image),
        _ => None,
    };
    known.unwrap_or_else(|| Content::NotUnderstood {
        // Meta says what an `unsupported` message would have been, if it knows.
        type_name: body
            .and_then(|body| text(body, "type"))
            .filter(|_| kind == "unsupported")
            .unwrap_or(kind)
            .to_owned(),
    })
}

fn media(body: &Value) -> Option<Media> {
    let field = |key| text(body, key).unwrap_or_default().to_owned();
    let media_id = text(body, "id")?.to_owned();
    Some(Media {
        media_id,
        mime_type: field("mime_type"),
        sha256: field("sha256"),
        caption: field("caption"),
    })
}
