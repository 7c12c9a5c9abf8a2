//! `statuses[]`.

use super::{Context, text};
use serde_json::Value;
use twinbox_domain::{Fact, Status, StatusError, StatusFact, Wamid};

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
                code: error.get("code").and_then(Value::as_i64).unwrap_or_default(),
                title: text(error, "title")
                    .or_else(|| text(error, "message"))
                    .unwrap_or_default()
                    .to_owned(),
            }),
    }))
}
