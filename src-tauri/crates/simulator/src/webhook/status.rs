//! How far a sent message came, and what it costs (Meta, "Status messages webhook" and "Pricing", 2026).

use super::object;
use crate::{
    chats::Tick,
    send::Send,
    world::{Accepted, WINDOW_SECONDS},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// So many service messages a month are free; then they are billed (announced by Meta for October 2026). How a webhook
/// tells the free ones is not documented: the type that was used before stands in.
const FREE_SERVICE_SENDS: u64 = 1000;

/// What every status of one message repeats.
#[derive(Clone, Debug)]
pub(crate) struct StatusSubject {
    /// The message.
    pub wamid: String,
    /// Its `biz_opaque_callback_data`.
    pub callback_data: Option<String>,
    /// As in [`Accepted`].
    pub service_send: u64,
    /// A template's category as Meta prices it; `None`: it is no template.
    pub template_category: Option<String>,
}

/// The statuses of a message.
#[derive(Clone, Debug)]
pub(crate) enum Status {
    /// One tick.
    Sent,
    /// Two ticks.
    Delivered,
    /// Blue ticks.
    Read,
    /// A voice message was played.
    Played,
    /// It will not arrive.
    Failed {
        /// Meta's code.
        code: i64,
        /// In Meta's words.
        title: String,
    },
}

impl StatusSubject {
    /// Of an accepted send.
    pub fn of(send: &Send, accepted: &Accepted) -> Self {
        Self {
            wamid: accepted.wamid.clone(),
            callback_data: send.callback_data.clone(),
            service_send: accepted.service_send,
            template_category: accepted.template_category.clone(),
        }
    }
}

impl Status {
    /// As Meta names it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed { .. } => "failed",
        }
    }

    /// Meta's code of a failure.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Failed { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// What the phones show for it.
    pub fn tick(&self) -> Tick {
        match self {
            Self::Sent => Tick::Sent,
            Self::Delivered => Tick::Delivered,
            Self::Read => Tick::Read,
            Self::Played => Tick::Played,
            Self::Failed { code, .. } => Tick::Failed(*code),
        }
    }
}

/// As every status carried one before v24 (Meta, "Status messages webhook", Nov 2025): one a message, for a day.
pub(super) fn conversation(subject: &StatusSubject, status: &Status, at: u64) -> Value {
    let category = subject.template_category.as_deref().unwrap_or("service");
    let id: Vec<u8> = Sha256::digest(&subject.wamid).into_iter().take(16).collect();
    let mut conversation = object(json!({"id": hex::encode(id), "origin": {"type": category}}));
    if matches!(status, Status::Sent) {
        let until = at + WINDOW_SECONDS;
        conversation.insert("expiration_timestamp".to_owned(), json!(until.to_string()));
    }
    Value::Object(conversation)
}

/// What the message costs.
pub(super) fn pricing(subject: &StatusSubject) -> Value {
    let (billable, kind, category) = match (&subject.template_category, subject.service_send) {
        (Some(category), _) => (true, "regular", category.as_str()),
        (None, 0..=FREE_SERVICE_SENDS) => (false, "free_customer_service", "service"),
        (None, _) => (true, "regular", "service"),
    };
    json!({"billable": billable, "pricing_model": "PMP", "type": kind, "category": category})
}

/// Why it failed.
pub(super) fn failure(code: i64, title: &str) -> Value {
    json!([{
        "code": code, "title": title, "message": title, "error_data": {"details": title},
        "href": "/documentation/business-messaging/whatsapp/support/error-codes",
    }])
}
