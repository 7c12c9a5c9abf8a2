//! One message of a chat, as both sides see it.

use crate::webhook::StatusSubject;
use serde_json::{Value, json};

/// Who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The customer.
    Customer,
    /// Somebody at the business phone.
    Phone,
    /// The Cloud API.
    Api,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tick {
    /// Accepted, nothing told yet.
    Waiting,
    /// One tick.
    Sent,
    /// Two ticks.
    Delivered,
    /// Two coloured ticks.
    Read,
    /// A voice message, and it was played.
    Played,
    /// It will not arrive; Meta's code.
    Failed(i64),
}

/// One message.
#[derive(Debug)]
pub(crate) struct ChatMessage {
    /// Its id.
    pub wamid: String,
    /// Who wrote it.
    pub side: Side,
    /// Unix seconds.
    pub at: u64,
    /// Its `type`.
    pub kind: String,
    /// What stands under the key of its type; null once deleted.
    pub body: Value,
    /// The message it quotes.
    pub quotes: Option<String>,
    /// Whether the app marks it as forwarded.
    pub is_forwarded: bool,
    /// The ad or post it answers; null if none.
    pub referral: Value,
    /// How far it came.
    pub tick: Tick,
    /// Whether its words changed after it was sent.
    pub is_edited: bool,
    /// Whether it was deleted for everyone.
    pub is_deleted: bool,
    /// The customer's reaction to it.
    pub customer_reaction: Option<String>,
    /// The business's reaction to it.
    pub business_reaction: Option<String>,
    /// What its statuses repeat; only of messages sent by the API.
    pub subject: Option<StatusSubject>,
    /// When it changed last, see [`Chats::revision`](super::Chats::revision).
    pub revision: u64,
}

impl ChatMessage {
    /// The message object `item`, of type `kind`.
    pub fn of(side: Side, kind: &str, item: &Value, arrives: bool) -> Self {
        let text_at = |pointer: &str| item.pointer(pointer).and_then(Value::as_str);
        Self {
            wamid: text_at("/id").unwrap_or_default().to_owned(),
            side,
            at: text_at("/timestamp").and_then(|at| at.parse().ok()).unwrap_or_default(),
            kind: kind.to_owned(),
            body: item.get(kind).cloned().unwrap_or_default(),
            quotes: text_at("/context/id")
                .or(text_at("/context/message_id"))
                .map(str::to_owned),
            is_forwarded: ["forwarded", "frequently_forwarded"]
                .iter()
                .any(|mark| item.pointer(&format!("/context/{mark}")) == Some(&Value::Bool(true))),
            referral: item.get("referral").cloned().unwrap_or_default(),
            tick: match side {
                Side::Api => Tick::Waiting,
                Side::Customer | Side::Phone if arrives => Tick::Delivered,
                Side::Customer | Side::Phone => Tick::Sent,
            },
            is_edited: false,
            is_deleted: false,
            customer_reaction: None,
            business_reaction: None,
            subject: None,
            revision: 0,
        }
    }

    /// Whether it is a voice message, which is played rather than read.
    pub fn is_voice(&self) -> bool {
        self.kind == "audio" && self.body.get("voice") == Some(&json!(true))
    }

    /// Its words: the text or the caption.
    pub fn has_words(&self) -> bool {
        self.kind == "text" || matches!(self.kind.as_str(), "image" | "video" | "document")
    }

    /// The message object of an edit that gives it `words`.
    pub fn with_words(&self, words: &str) -> Value {
        let key = if self.kind == "text" { "body" } else { "caption" };
        let mut body = self.body.clone();
        if let Some(body) = body.as_object_mut() {
            body.insert(key.to_owned(), json!(words));
        }
        let kind = &self.kind;
        json!({"type": kind, kind: body})
    }

    /// How `GET /_sim/chats` shows it.
    pub fn view(&self) -> Value {
        let side = match self.side {
            Side::Customer => "customer",
            Side::Phone => "phone",
            Side::Api => "api",
        };
        let (state, code) = match self.tick {
            Tick::Waiting => ("accepted", None),
            Tick::Sent => ("sent", None),
            Tick::Delivered => ("delivered", None),
            // The phones show no more than that.
            Tick::Read | Tick::Played => ("read", None),
            Tick::Failed(code) => ("failed", Some(code)),
        };
        json!({
            "id": self.wamid, "side": side, "at": self.at, "type": self.kind, "body": self.body,
            "quotes": self.quotes, "forwarded": self.is_forwarded, "referral": self.referral, "state": state, "error_code": code, "edited": self.is_edited,
            "deleted": self.is_deleted, "customer_reaction": self.customer_reaction,
            "business_reaction": self.business_reaction,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_forwarded_message_and_one_from_an_ad_are_marked() {
        let view = |item: Value| ChatMessage::of(Side::Customer, "text", &item, true).view();
        let plain = view(json!({"text": {"body": "hi"}, "context": {"id": "wamid.1"}}));
        assert_eq!((&plain["forwarded"], &plain["referral"]), (&json!(false), &Value::Null));
        assert_eq!(view(json!({"context": {"forwarded": true}}))["forwarded"], true);
        assert_eq!(
            view(json!({"context": {"frequently_forwarded": true}}))["forwarded"],
            true
        );
        let ad = json!({"referral": {"headline": "Spring check"}});
        assert_eq!(view(ad)["referral"]["headline"], "Spring check");
    }
}
