//! `history` (Meta, webhook reference `history`, Mar 2026; "Business-scoped user IDs", Aug 2026): what was said before
//! the number was connected, and media that follow their placeholders in webhooks of their own.

use super::{Context, items, message, text};
use serde_json::Value;
use twinbox_domain::{Fact, HistoryFact, HistoryTold, MessageFact, Origin, Telling};

/// Everything a `history` webhook says; `Err` for a part that cannot be read.
pub(super) fn read<'a>(
    value: &'a Value,
    context: &'a Context<'a>,
) -> impl Iterator<Item = Result<Fact, &'static str>> + 'a {
    let chunks = items(value, "history")
        .iter()
        .flat_map(|chunk| read_chunk(chunk, context));
    let media = items(value, "messages")
        .iter()
        .map(|medium| message::read(medium, context))
        .chain(
            items(value, "message_echoes")
                .iter()
                .map(|medium| message::read_echo(medium, context)),
        )
        .map(|fact| fact.map(|fact| told(fact, Telling::FollowUp)));
    chunks.chain(media)
}

fn read_chunk(chunk: &Value, context: &Context<'_>) -> Vec<Result<Fact, &'static str>> {
    let mut said: Vec<_> = items(chunk, "errors")
        .iter()
        .map(|error| {
            let code = error.get("code").and_then(Value::as_i64).unwrap_or_default();
            Ok(about(HistoryTold::Refused { code }, context))
        })
        .collect();
    for thread in items(chunk, "threads") {
        // A thread is with one person, whose ids stand in its context; older payloads give the phone number alone.
        let person = thread.get("context").cloned().unwrap_or_else(|| {
            let mut person = serde_json::Map::new();
            if let Some(phone) = thread.get("id") {
                person.insert("wa_id".to_owned(), phone.clone());
            }
            Value::Object(person)
        });
        let contacts = [as_contact(person)];
        let context = Context {
            contacts: &contacts,
            ..*context
        };
        let messages = items(thread, "messages").iter();
        said.extend(
            messages.map(|message| message::read_past(message, &context).map(|fact| told(fact, Telling::History))),
        );
    }
    if let Some(progress) = progress(chunk) {
        said.push(Ok(about(progress, context)));
    }
    said
}

/// The chunk itself, last, so that what it brought is there when it counts.
fn progress(chunk: &Value) -> Option<HistoryTold> {
    let metadata = chunk.get("metadata")?;
    let number = |key| metadata.get(key).and_then(Value::as_i64);
    Some(HistoryTold::Chunk {
        phase: number("phase")?,
        order: number("chunk_order").unwrap_or_default(),
        progress: number("progress")?.clamp(0, 100),
    })
}

/// A thread's context in the form of a contact, which has the user name in a profile.
fn as_contact(mut person: Value) -> Value {
    if let Some(username) = text(&person, "username").map(str::to_owned)
        && let Some(person) = person.as_object_mut()
    {
        person.insert("profile".to_owned(), serde_json::json!({"username": username}));
    }
    person
}

fn about(told: HistoryTold, context: &Context<'_>) -> Fact {
    Fact::History(HistoryFact {
        number: context.number.id.clone(),
        told,
    })
}

/// What a live message would be, as a message of the past.
fn told(fact: Fact, telling: Telling) -> Fact {
    match fact {
        Fact::Message(message) => Fact::Message(MessageFact {
            origin: Origin::History,
            telling,
            ..message
        }),
        other => other,
    }
}
