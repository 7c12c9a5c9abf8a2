//! How webhooks are written: as Meta writes them in 2026, or as it did in 2025, before there were user ids (Meta,
//! "Business-scoped user IDs", Aug 2026, and the older pages of the webhooks reference, Nov 2025).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// What user ids are called, and the parents' ids beside them.
const PARENTS: [(&str, &str); 4] = [
    ("user_id", "parent_user_id"),
    ("from_user_id", "from_parent_user_id"),
    ("recipient_user_id", "recipient_parent_user_id"),
    ("previous_user_id", "previous_parent_user_id"),
];

/// What there was not in 2025.
const NEW_KEYS: [&str; 6] = [
    "user_id",
    "from_user_id",
    "to_user_id",
    "recipient_user_id",
    "previous_user_id",
    "username",
];

/// What came without contacts in 2025.
const TELLS_NOBODY: [&str; 2] = ["statuses", "message_echoes"];

/// The form of the webhooks to come. Also the answer of `GET /_sim/form`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The year.
    #[serde(rename = "form")]
    pub year: FormYear,
    /// Whether user ids come with those of the linked portfolios' parent.
    pub parent_ids: bool,
    /// Whether customers' messages come with a hash of the customer's key, as with the identity change check on.
    pub identity_key_hash: bool,
}

/// The year webhooks look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormYear {
    /// With user ids, and contacts everywhere.
    #[default]
    #[serde(rename = "2026")]
    Y2026,
    /// With phone numbers only; contacts come with customers' messages only, and statuses have a conversation.
    #[serde(rename = "2025")]
    Y2025,
}

impl Form {
    /// Whether it is the form of 2025.
    pub(crate) fn is_old(self) -> bool {
        self.year == FormYear::Y2025
    }

    /// Rewrites a `value` that was made in the plain form of 2026.
    pub(crate) fn rewrite(self, value: &mut Value) {
        if self.identity_key_hash && value.get("messages").is_some() {
            let contacts = value.get_mut("contacts").and_then(Value::as_array_mut);
            contacts.into_iter().flatten().for_each(add_key_hash);
        }
        if self.is_old() {
            if let Some(value) = value
                .as_object_mut()
                .filter(|value| TELLS_NOBODY.iter().any(|list| value.contains_key(*list)))
            {
                value.remove("contacts");
            }
            each_object(value, &mut |object| {
                NEW_KEYS.iter().for_each(|key| {
                    object.remove(*key);
                });
                // Threads of a history.
                if object.contains_key("messages") {
                    object.remove("context");
                }
            });
        } else if self.parent_ids {
            each_object(value, &mut |object| {
                for (key, parent) in PARENTS {
                    let id = object.get(key).and_then(Value::as_str).and_then(parent_of);
                    object.extend(id.map(|id| (parent.to_owned(), json!(id))));
                }
            });
        }
    }
}

/// "US.ENT.1" for "US.1".
fn parent_of(user_id: &str) -> Option<String> {
    let (country, number) = user_id.split_once('.')?;
    Some(format!("{country}.ENT.{number}"))
}

fn add_key_hash(contact: &mut Value) {
    let Some(contact) = contact.as_object_mut() else {
        return;
    };
    let key = contact.get("user_id").or(contact.get("wa_id")).map(Value::to_string);
    let hash = Sha256::digest(key.unwrap_or_default());
    let hash: Vec<u8> = hash.into_iter().take(8).collect();
    contact.insert("identity_key_hash".to_owned(), json!(STANDARD.encode(hash)));
}

fn each_object(json: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match json {
        Value::Object(object) => {
            change(object);
            object.values_mut().for_each(|value| each_object(value, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status() -> Value {
        json!({
            "contacts": [{"user_id": "US.1", "wa_id": "1"}],
            "statuses": [{"id": "wamid.1", "recipient_id": "1", "recipient_user_id": "US.1"}],
        })
    }

    #[test]
    fn in_2025_there_were_no_user_ids() {
        let form = Form {
            year: FormYear::Y2025,
            ..Form::default()
        };
        let mut value = status();
        form.rewrite(&mut value);
        assert_eq!(value, json!({"statuses": [{"id": "wamid.1", "recipient_id": "1"}]}));
        let messages = json!([{"from": "1", "from_user_id": "US.1"}]);
        let mut thread =
            json!({"history": [{"threads": [{"id": "1", "context": {"user_id": "US.1"}, "messages": messages}]}]});
        form.rewrite(&mut thread);
        assert_eq!(
            thread,
            json!({"history": [{"threads": [{"id": "1", "messages": [{"from": "1"}]}]}]})
        );
    }

    #[test]
    fn parents_stand_beside_every_user_id() {
        let form = Form {
            parent_ids: true,
            ..Form::default()
        };
        let mut value = status();
        form.rewrite(&mut value);
        assert_eq!(
            value,
            json!({
                "contacts": [{"user_id": "US.1", "parent_user_id": "US.ENT.1", "wa_id": "1"}],
                "statuses": [{
                    "id": "wamid.1", "recipient_id": "1", "recipient_user_id": "US.1",
                    "recipient_parent_user_id": "US.ENT.1",
                }],
            })
        );
    }
}
