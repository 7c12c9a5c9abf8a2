//! Webhooks around any value: what is told of the number or its account rather than of one person's message.

use crate::{numbering, webhook::Sender};
use serde_json::{Value, json};

/// The fields that carry the number's metadata, and follow an override of the webhook address (Meta, "Webhook
/// overrides", Nov 2025). The others are told of the account, with a time, always to the app.
const NUMBER_FIELDS: [&str; 8] = [
    "messages",
    "history",
    "smb_app_state_sync",
    "smb_message_echoes",
    "user_preferences",
    "standby",
    "messaging_handovers",
    "calls",
];

/// Whether `field` is told of a number rather than of an account.
pub(crate) fn is_of_number(field: &str) -> bool {
    NUMBER_FIELDS.contains(&field)
}

impl Sender<'_> {
    /// `value` under `field`, in whichever envelope the field has.
    pub fn of(&self, field: &str, value: Value) -> Value {
        if is_of_number(field) {
            self.of_number(field, value)
        } else {
            self.of_account(field, value)
        }
    }

    /// A value with the number's metadata put into it.
    pub fn of_number(&self, field: &str, mut value: Value) -> Value {
        if let Some(value) = value.as_object_mut() {
            value.entry("messaging_product").or_insert(json!("whatsapp"));
            value.entry("metadata").or_insert(json!({
                "display_phone_number": self.display_phone_number, "phone_number_id": self.phone_number_id,
            }));
        }
        self.form.rewrite(&mut value);
        self.of_number_as_is(field, value)
    }

    /// A value as it is, without the time.
    pub fn of_number_as_is(&self, field: &str, value: Value) -> Value {
        let mut webhook = json!({
            "object": "whatsapp_business_account",
            "entry": [{"id": self.waba_id, "changes": [{"field": field, "value": null}]}],
        });
        // Moved, not copied: a chunk of a history is large.
        if let Some(place) = webhook.pointer_mut("/entry/0/changes/0/value") {
            *place = value;
        }
        webhook
    }

    /// A value as it is, with the time.
    pub fn of_account(&self, field: &str, value: Value) -> Value {
        self.of_entry(self.waba_id, field, value)
    }

    /// Like [`Self::of_account`], of another entry: some events name the partner's portfolio there.
    pub fn of_entry(&self, entry_id: &str, field: &str, value: Value) -> Value {
        json!({
            "object": "whatsapp_business_account",
            "entry": [{
                "id": entry_id, "time": numbering::unix_seconds(), "changes": [{"field": field, "value": value}],
            }],
        })
    }
}
