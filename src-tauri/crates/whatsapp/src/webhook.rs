//! Webhook payloads: from Meta's JSON to facts.
//!
//! Field by field and message by message: what cannot be read becomes [`Fact::NotUnderstood`] and takes nothing else
//! with it. Every field that Meta leaves out in some circumstance is optional here (Meta, webhook references and
//! "Business-scoped user IDs", Feb to Aug 2026). Payload texts never get into errors or reasons.

mod account;
mod contacts;
mod content;
mod history;
mod message;
mod people;
mod status;

use serde_json::{Value, json};
use twinbox_domain::{
    AccountFact, AccountTold, Fact, Millis, NotUnderstood, NumberFact, NumberId, Origin, Subject, WabaId, phone_key,
};

/// Moves on whenever more can be read than before; then what could not be read is read again from the journal.
/// 1: messages, statuses, echoes. 2: history, contacts, changes of ids, standby. 3: accounts, numbers, templates,
/// preferences, errors, hand-overs. 4: a refusal of the history without an envelope, every system message. 5: numbers
/// written as text. 6: answers about calls. 7: edits of a caption alone.
pub const READER_VERSION: u64 = 7;

/// Clocks of phones run ahead; a time further in the future than this is not believed.
const CLOCK_LEEWAY_MS: i64 = 5 * 60 * 1000;

/// A body that is JSON in Meta's envelope.
pub struct Envelope {
    entries: Vec<Value>,
}

/// Why a body could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON.
    #[error("not JSON (line {line}, column {column})")]
    NotJson {
        /// Where it ends to be JSON, from 1.
        line: usize,
        /// Where it ends to be JSON, from 1.
        column: usize,
    },
    /// JSON, but not `{"entry": [..]}`.
    #[error("JSON without Meta's envelope")]
    NotAnEnvelope,
}

/// Reads the envelope around what a webhook says.
///
/// # Errors
/// [`Unreadable`] when there is none.
pub fn parse(body: &[u8]) -> Result<Envelope, Unreadable> {
    let mut value: Value = serde_json::from_slice(body).map_err(|error| Unreadable::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    match value.get_mut("entry").map(Value::take) {
        Some(Value::Array(entries)) => Ok(Envelope { entries }),
        // The refusal of the history is documented without its envelope (Meta, webhook reference `history`, Mar 2026).
        None if value.get("history").is_some_and(Value::is_array) => Ok(Envelope {
            entries: vec![json!({"changes": [{"field": "history", "value": value}]})],
        }),
        _ => Err(Unreadable::NotAnEnvelope),
    }
}

/// Whether a body may bring much at once that is not new: a piece of the history, or the phone's contacts. It is looked at
/// without being read; what a customer writes cannot look like it, since JSON puts a backslash before each quotation mark.
pub fn is_bulk(body: &[u8]) -> bool {
    let is_field = |before: &[u8]| {
        let key = before.trim_ascii_end().strip_suffix(b":");
        key.is_some_and(|key| key.trim_ascii_end().ends_with(b"\"field\""))
    };
    ["\"history\"", "\"smb_app_state_sync\""]
        .iter()
        .any(|name| memchr::memmem::find_iter(body, name.as_bytes()).any(|at| body.get(..at).is_some_and(is_field)))
}

impl Envelope {
    /// Everything it says. `received_at` limits times that lie in the future.
    pub fn facts(&self, received_at: Millis) -> Vec<Fact> {
        let mut facts = Vec::new();
        for value in &self.entries {
            let entry = Entry {
                // Meta's dashboard sends its samples for account 0.
                waba: word(value, "id").filter(|id| id != "0").map(WabaId),
                at: time(integer(value, "time"), received_at),
                received_at,
            };
            match value.get("changes").and_then(Value::as_array) {
                Some(changes) => changes.iter().for_each(|change| {
                    // In some of Meta's samples the field stands a level too high or too low.
                    let field = [Some(change), change.get("value"), Some(value)];
                    let field = field.into_iter().flatten().find_map(|place| text(place, "field"));
                    read_change(field.unwrap_or_default(), change, &entry, &mut facts);
                }),
                None => facts.push(not_understood("", "an entry without changes")),
            }
        }
        facts
    }
}

/// What surrounds a change.
struct Entry {
    /// The account, or for some account events the partner's portfolio.
    waba: Option<WabaId>,
    /// Its time; when it arrived if there is none.
    at: Millis,
    received_at: Millis,
}

fn read_change(field: &str, change: &Value, entry: &Entry, facts: &mut Vec<Fact>) {
    let Some(value) = change.get("value").filter(|value| value.is_object()) else {
        facts.push(not_understood(field, "a change without a value"));
        return;
    };
    let before = facts.len();
    match field {
        // In standby somebody else answers the person: what they say comes as echoes (Meta, webhook reference `standby`,
        // Aug 2026).
        "messages"
        | "smb_message_echoes"
        | "standby"
        | "history"
        | "smb_app_state_sync"
        | "user_preferences"
        | "messaging_handovers" => read_of_number(field, value, entry, facts),
        _ if account::is_read(field) => facts.extend(understood(field, account::read(field, value, entry))),
        _ => facts.push(not_understood(field, "this kind of webhook is not read yet")),
    }
    if facts.len() == before {
        facts.push(not_understood(field, "nothing known in it"));
    }
}

fn read_of_number(field: &str, value: &Value, entry: &Entry, facts: &mut Vec<Fact>) {
    let Some(number) = Number::of(value) else {
        facts.push(not_understood(field, "it names no business number"));
        return;
    };
    let context = Context {
        number: &number,
        waba: entry.waba.as_ref(),
        contacts: items(value, "contacts"),
        echoes: if field == "standby" {
            Origin::Automation
        } else {
            Origin::Phone
        },
        received_at: entry.received_at,
    };
    let each = |list: &str, read: fn(&Value, &Context<'_>) -> Result<Fact, &'static str>| {
        items(value, list)
            .iter()
            .map(|item| read(item, &context))
            .collect::<Vec<_>>()
    };
    let mut said = match field {
        "history" => history::read(value, &context).collect(),
        "smb_app_state_sync" => [each("state_sync", contacts::read), each("errors", read_error)].concat(),
        "user_preferences" => [
            each("user_preferences", people::read_preference),
            each("errors", read_error),
        ]
        .concat(),
        "messaging_handovers" => vec![people::read_handover(value, &context)],
        _ => [
            each("messages", message::read),
            each("message_echoes", message::read_echo),
            each("statuses", status::read),
            each("errors", read_error),
        ]
        .concat(),
    };
    said.extend(unread(value).map(Err));
    if !said.is_empty() {
        facts.push(Fact::Number(NumberFact {
            number: number.id.clone(),
            waba: entry.waba.clone(),
            display_phone_number: number.display_phone_number.clone(),
        }));
        facts.extend(understood(field, said));
    }
}

/// What stands beside what is read and would go by unnoticed.
fn unread(value: &Value) -> impl Iterator<Item = &'static str> {
    let is_there = |key: &str| value.get(key).is_some_and(|list| !list.is_null());
    let is_no_list = [
        "contacts",
        "errors",
        "history",
        "message_echoes",
        "messages",
        "state_sync",
        "statuses",
        "user_preferences",
    ]
    .into_iter()
    .any(|key| is_there(key) && !value.get(key).is_some_and(Value::is_array));
    // Taps on links of marketing messages; they name nobody.
    let has_actions = is_there("user_actions");
    [
        is_no_list.then_some("a list that is none"),
        has_actions.then_some("taps on links are not read yet"),
    ]
    .into_iter()
    .flatten()
}

fn understood(field: &str, said: Vec<Result<Fact, &'static str>>) -> impl Iterator<Item = Fact> {
    said.into_iter()
        .map(move |fact| fact.unwrap_or_else(|reason| not_understood(field, reason)))
}

/// An error that names no message (Meta, webhook reference `messages/errors`, Feb 2026).
fn read_error(error: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    Ok(Fact::Account(AccountFact {
        subject: Subject::Number(context.number.id.clone()),
        at: context.time_of(error),
        told: AccountTold::Error {
            code: integer(error, "code").ok_or("an error without a code")?,
            title: word(error, "title").unwrap_or_default(),
        },
    }))
}

/// The business number a change speaks of.
struct Number {
    id: NumberId,
    display_phone_number: String,
}

impl Number {
    fn of(value: &Value) -> Option<Self> {
        // A hand-over has no metadata; there the number is the recipient.
        let metadata = value.get("metadata").or_else(|| value.get("recipient"))?;
        let id = NumberId(text(metadata, "phone_number_id")?.to_owned());
        Some(Self {
            id,
            display_phone_number: digits(text(metadata, "display_phone_number").unwrap_or_default()),
        })
    }

    /// Whether this phone number is the business's own, in either of its forms.
    fn is(&self, phone: &str) -> bool {
        !phone.is_empty() && phone_key(phone) == phone_key(&self.display_phone_number)
    }
}

/// What surrounds a single message or status.
struct Context<'a> {
    number: &'a Number,
    /// The account it is told in.
    waba: Option<&'a WabaId>,
    contacts: &'a [Value],
    /// Who sends what is echoed.
    echoes: Origin,
    received_at: Millis,
}

impl Context<'_> {
    /// Meta's time of `value`, full seconds; when it arrived if there is none. Not in the future.
    fn time_of(&self, value: &Value) -> Millis {
        time(integer(value, "timestamp"), self.received_at)
    }
}

/// Meta's time; when it arrived if there is none. Not in the future.
fn time(seconds: Option<i64>, received_at: Millis) -> Millis {
    let latest = received_at.plus_ms(CLOCK_LEEWAY_MS);
    seconds
        .filter(|seconds| *seconds > 0)
        .map_or(received_at, Millis::from_unix_seconds)
        .min(latest)
}

/// The integer under `key`, which Meta writes as a number or as text.
fn integer(value: &Value, key: &str) -> Option<i64> {
    match value.get(key)? {
        Value::String(text) => text.parse().ok(),
        number => number.as_i64(),
    }
}

/// The word under `key`, or the number there as one; `None` when it is empty.
fn word(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The non-empty string under `key`.
fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The array under `key`; empty when there is none.
fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

fn not_understood(field: &str, reason: &str) -> Fact {
    Fact::NotUnderstood(NotUnderstood {
        field: field.to_owned(),
        reason: reason.to_owned(),
    })
}

#[cfg(test)]
mod tests;
