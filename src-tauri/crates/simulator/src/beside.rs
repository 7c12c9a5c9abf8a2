//! What can stand beside a message's body (Meta, "Messages webhook reference", 2026).

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Siblings of a message's body, and where it differs from an ordinary one. Also a part of the bodies of
/// `POST /_sim/customer` and `POST /_sim/phone`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Beside {
    /// Its message id; `None`: a new one.
    pub id: Option<String>,
    /// Its time in Unix seconds; `None`: when it was written.
    pub timestamp: Option<u64>,
    /// Whether it was forwarded.
    pub forwarded: bool,
    /// Whether it was forwarded more than five times.
    pub frequently_forwarded: bool,
    /// The product it asks about, `context.referred_product`.
    pub referred_product: Option<Value>,
    /// The ad or post it came from; `true`: Meta's sample of an ad.
    pub referral: Option<Value>,
    /// The changed key of a `customer_identity_changed`.
    pub identity: Option<Value>,
    /// Its own `errors`.
    pub errors: Option<Value>,
    /// The `errors` of the value around it.
    pub value_errors: Option<Value>,
}

impl Beside {
    /// Puts the siblings into the first message or echo of `webhook`. Id and time are put there by whoever writes it.
    pub(crate) fn put_into(&self, webhook: &mut Value) {
        if *self == Self::default() {
            return;
        }
        let Some(value) = webhook.pointer_mut("/entry/0/changes/0/value") else {
            return;
        };
        if let (Some(errors), Some(value)) = (&self.value_errors, value.as_object_mut()) {
            value.insert("errors".to_owned(), errors.clone());
        }
        let place = if value.get("message_echoes").is_some() {
            "/message_echoes/0"
        } else {
            "/messages/0"
        };
        let Some(item) = value.pointer_mut(place).and_then(Value::as_object_mut) else {
            return;
        };
        let context = self.context();
        if !context.is_empty() {
            let whole = item.entry("context").or_insert(json!({}));
            if let Some(whole) = whole.as_object_mut() {
                whole.extend(context);
            }
        }
        let referral = match &self.referral {
            Some(Value::Bool(true)) => Some(ad()),
            other => other.clone(),
        };
        let (identity, errors) = (self.identity.clone(), self.errors.clone());
        for (name, sibling) in [("referral", referral), ("identity", identity), ("errors", errors)] {
            if let Some(sibling) = sibling {
                item.insert(name.to_owned(), sibling);
            }
        }
    }

    fn context(&self) -> Map<String, Value> {
        let mut context = Map::new();
        if self.forwarded {
            context.insert("forwarded".to_owned(), json!(true));
        }
        if self.frequently_forwarded {
            context.insert("frequently_forwarded".to_owned(), json!(true));
        }
        if let Some(product) = &self.referred_product {
            context.insert("referred_product".to_owned(), product.clone());
        }
        context
    }
}

/// An ad that opens a chat (Meta, "Text messages webhook", 2026).
fn ad() -> Value {
    json!({
        "source_url": "https://fb.me/3cr4Wqqkv", "source_id": "120226305854810726", "source_type": "ad",
        "headline": "Chat with us", "body": "Summer succulents are here!", "media_type": "image",
        "image_url": "https://scontent.xx.fbcdn.net/v/t45.1", "ctwa_clid": "Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80",
        "welcome_message": {"text": "Hi there! Let us know how we can help!"},
    })
}
