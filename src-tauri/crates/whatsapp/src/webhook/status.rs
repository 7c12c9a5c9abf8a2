//! `statuses[]`.

use super::{Context, integer, message, text};
use serde_json::Value;
use twinbox_domain::{Fact, PersonIds, Pricing, Status, StatusError, StatusFact, Wamid};

/// How far a message of ours came.
pub(super) fn read(status: &Value, context: &Context<'_>) -> Result<Fact, &'static str> {
    let wamid = text(status, "id").ok_or("a status without an id")?;
    let word = text(status, "status").ok_or("a status without a word")?;
    let known = match Status::from_word(word) {
        // These two are our own words, never Meta's.
        Some(Status::Queued | Status::Accepted) | None => return Err("a status word this version does not know"),
        Some(known) => known,
    };
    Ok(Fact::Status(StatusFact {
        number: context.number.id.clone(),
        wamid: Wamid::from(wamid),
        outbox: text(status, "biz_opaque_callback_data").and_then(|id| id.parse().ok()),
        status: known,
        at: context.time_of(status),
        error: status
            .get("errors")
            .and_then(|errors| errors.get(0))
            .map(|error| StatusError {
                code: integer(error, "code").unwrap_or_default(),
                title: text(error, "title")
                    .or_else(|| text(error, "message"))
                    .unwrap_or_default()
                    .to_owned(),
            }),
        pricing: status.get("pricing").and_then(|told| pricing(told, status)),
        person: recipient(status, context),
    }))
}

/// Nobody when it went to a group, which coexistence numbers do not write to.
fn recipient(status: &Value, context: &Context<'_>) -> PersonIds {
    if text(status, "recipient_type") == Some("group") {
        return PersonIds::default();
    }
    let person = message::person_of(status, "recipient_id", "recipient_user_id", context).unwrap_or_default();
    // Earlier drafts of Meta's page had the words the other way around.
    let parent = text(status, "recipient_parent_user_id").or_else(|| text(status, "parent_recipient_user_id"));
    PersonIds {
        parent: parent.map(str::to_owned).or(person.parent),
        ..person
    }
}

/// Meta gives "billable" up: what is regular is billed, what is free says so in its type (Meta, webhook reference
/// `messages`, statuses, 2026).
fn pricing(told: &Value, status: &Value) -> Option<Pricing> {
    let recipient = text(status, "recipient_id").unwrap_or_default();
    let is_phone = recipient.chars().all(|digit| digit.is_ascii_digit());
    let kind = text(told, "type").unwrap_or_default();
    let is_billable = told.get("billable").and_then(Value::as_bool);
    Some(Pricing {
        category: text(told, "category").filter(|word| !word.is_empty())?.to_owned(),
        kind: kind.to_owned(),
        is_billable: is_billable.unwrap_or(kind == "regular"),
        recipient: if is_phone { recipient.to_owned() } else { String::new() },
    })
}
