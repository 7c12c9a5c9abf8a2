//! `history` (Meta, webhook reference `history`, Mar 2026; "Business-scoped user IDs", Aug 2026): what was said before
//! the number was connected, and media that follow their placeholders in webhooks of their own.

use super::{Context, integer, items, message, text};
use serde_json::Value;
use twinbox_domain::{Direction, Fact, HistoryFact, HistoryTold, MessageFact, Origin, Status, Telling};

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
    // The refusal is documented within `history`; its inner part may come alone.
    let refusals = items(value, "errors").iter().map(|error| {
        let code = integer(error, "code").unwrap_or_default();
        Ok(about(HistoryTold::Refused { code }, context))
    });
    chunks.chain(media).chain(refusals)
}

fn read_chunk(chunk: &Value, context: &Context<'_>) -> Vec<Result<Fact, &'static str>> {
    let mut said: Vec<_> = items(chunk, "errors")
        .iter()
        .map(|error| {
            let code = integer(error, "code").unwrap_or_default();
            Ok(about(HistoryTold::Refused { code }, context))
        })
        .collect();
    if !chunk
        .get("threads")
        .is_none_or(|threads| threads.is_null() || threads.is_array())
    {
        said.push(Err("threads of the history that are none"));
    }
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
        if !thread.get("messages").is_some_and(Value::is_array) {
            said.push(Err("a thread of the history without messages"));
        }
        for message in items(thread, "messages") {
            let (status, unknown) = match came_to(message) {
                Ok(status) => (status, None),
                Err(reason) => (None, Some(Err(reason))),
            };
            let fact = message::read_past(message, &context);
            said.push(fact.map(|fact| with_status(told(fact, Telling::History), status)));
            said.extend(unknown);
        }
    }
    let messages = said.iter().filter(|fact| matches!(fact, Ok(Fact::Message(_)))).count();
    match progress(chunk, messages) {
        Some(progress) => said.push(Ok(about(progress, context))),
        None if said.is_empty() || chunk.get("metadata").is_some() => {
            said.push(Err("a chunk of the history that does not tell how far it is"));
        }
        None => {}
    }
    said
}

/// The chunk itself, last, so that what it brought is there when it counts.
fn progress(chunk: &Value, messages: usize) -> Option<HistoryTold> {
    let metadata = chunk.get("metadata")?;
    let number = |key| integer(metadata, key);
    Some(HistoryTold::Chunk {
        phase: number("phase")?,
        order: number("chunk_order").unwrap_or_default(),
        progress: number("progress")?.clamp(0, 100),
        messages,
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

/// How far a message had come when the phone shared it, in whatever case the word is written. `PENDING` is one that the
/// phone had not sent yet: nothing is known of it.
fn came_to(message: &Value) -> Result<Option<Status>, &'static str> {
    let Some(word) = message
        .get("history_context")
        .and_then(|context| text(context, "status"))
    else {
        return Ok(None);
    };
    Ok(Some(match word.to_ascii_uppercase().as_str() {
        "PENDING" => return Ok(None),
        "SENT" => Status::Sent,
        "ERROR" => Status::Failed,
        "DELIVERED" => Status::Delivered,
        "READ" => Status::Read,
        "PLAYED" => Status::Played,
        _ => return Err("how far a message of the history came, in a word this version does not know"),
    }))
}

/// Of a customer's message, it says only that the business has it.
fn with_status(fact: Fact, status: Option<Status>) -> Fact {
    match fact {
        Fact::Message(message) if message.direction == Direction::Out => {
            Fact::Message(MessageFact { status, ..message })
        }
        other => other,
    }
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
