//! The people who write to the number.

use serde_json::Value;

/// Someone with WhatsApp on a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// With country code; a `+`, spaces and dashes are ignored. Empty: known by username only, so webhooks leave the
    /// number out.
    pub phone: String,
    /// The profile name; empty when there is none.
    pub name: String,
    /// The business-scoped user id. `None`: Meta makes one up, the same for the same phone or username every time.
    pub user_id: Option<String>,
    /// Without the leading `@`.
    pub username: Option<String>,
}

impl Customer {
    /// Someone with a phone number and a name.
    pub fn new(phone: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            phone: phone.into(),
            name: name.into(),
            user_id: None,
            username: None,
        }
    }

    /// Someone Meta knows by that user id.
    pub(crate) fn known(user_id: impl Into<String>) -> Self {
        Self {
            user_id: Some(user_id.into()),
            ..Self::new("", "")
        }
    }
}

impl CustomerMessage {
    /// Whether the business may answer freely after it. What only tells of an earlier message does not count.
    pub(crate) fn opens_window(&self) -> bool {
        !matches!(self, Self::Raw { type_name, .. } if matches!(type_name.as_str(), "edit" | "revoke" | "system"))
    }
}

/// What a customer writes.
#[derive(Clone, Debug, PartialEq)]
pub enum CustomerMessage {
    /// A text.
    Text(String),
    /// A photo.
    Image {
        /// Empty: without a caption.
        caption: String,
    },
    /// A text that quotes a message.
    Reply {
        /// The quoted message.
        to_wamid: String,
        /// The text.
        text: String,
    },
    /// Any other type that quotes a message, such as the tap of a button.
    Quoting {
        /// The quoted message.
        to_wamid: String,
        /// The `type`, and the key of the body.
        type_name: String,
        /// What stands under that key.
        body: Value,
    },
    /// Any other type, written as Meta would.
    Raw {
        /// The `type`, and the key of the body.
        type_name: String,
        /// What stands under that key.
        body: Value,
    },
}
