//! The bond between the number and the Cloud API, which only the phone can end (Meta, "Onboarding WhatsApp Business app
//! users" and "account_update webhook", Apr 2026).

use crate::meta::Meta;
use crate::numbering;
use serde::Deserialize;
use serde_json::{Value, json};

/// The portfolio of the business that made the app: the `entry[].id` of some account events. Meta's sample.
pub(crate) const PARTNER_BUSINESS_ID: &str = "2949482758682047";

/// The portfolio that owns the account. Meta's sample.
pub(crate) const OWNER_BUSINESS_ID: &str = "2329417887457253";

/// Whether the number and the Cloud API belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Connection {
    /// They do.
    #[default]
    Connected,
    /// Not at the moment: the phone was changed, and has not reconnected.
    Offboarded,
    /// Not until somebody signs up again.
    Disconnected,
}

/// What can happen to that bond. Also the body of `POST /_sim/phone/account`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccountEvent {
    /// Settings > Account > Business Platform > Disconnect: `PARTNER_REMOVED`.
    Disconnect {
        /// One of Meta's reasons, e.g. "PRIMARY_INACTIVITY", told in the longer form of the event. `None`: somebody
        /// pressed Disconnect, of which only the number is told.
        #[serde(default)]
        reason: Option<String>,
    },
    /// The app was set up on another phone: `ACCOUNT_OFFBOARDED`.
    ChangePhone,
    /// The other phone took up the Cloud API again: `ACCOUNT_RECONNECTED`.
    Reconnect,
    /// Signed up again. Nothing is told about it here.
    Connect,
}

impl Connection {
    /// Whether messages go between the number and the Cloud API.
    pub fn is_up(self) -> bool {
        self == Self::Connected
    }

    /// As `GET /_sim/chats` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Offboarded => "offboarded",
            Self::Disconnected => "disconnected",
        }
    }
}

impl Meta {
    /// Lets `event` happen and tells it.
    pub fn account_event(&self, event: &AccountEvent) {
        let (connection, change) = match event {
            AccountEvent::Disconnect { reason: None } => {
                let number = &self.config.display_phone_number;
                let value = json!({"phone_number": number, "event": "PARTNER_REMOVED"});
                (Connection::Disconnected, Some((self.config.waba_id.as_str(), value)))
            }
            AccountEvent::Disconnect { reason: Some(reason) } => {
                let value = self.removal_for(reason);
                (Connection::Disconnected, Some((PARTNER_BUSINESS_ID, value)))
            }
            AccountEvent::ChangePhone => (Connection::Offboarded, Some(self.plain("ACCOUNT_OFFBOARDED"))),
            AccountEvent::Reconnect => (Connection::Connected, Some(self.plain("ACCOUNT_RECONNECTED"))),
            AccountEvent::Connect => (Connection::Connected, None),
        };
        self.world().set_connection(connection);
        if let Some((entry_id, value)) = change {
            self.tell_account_update(entry_id, value);
        }
    }

    /// A signup was finished.
    pub fn tell_partner_added(&self) {
        let waba_info = json!({"waba_id": self.config.waba_id, "owner_business_id": OWNER_BUSINESS_ID});
        self.tell_account_update(
            PARTNER_BUSINESS_ID,
            json!({"event": "PARTNER_ADDED", "waba_info": waba_info}),
        );
    }

    fn tell_account_update(&self, entry_id: &str, value: Value) {
        self.courier.deliver(&json!({
            "object": "whatsapp_business_account",
            "entry": [{
                "id": entry_id, "time": numbering::unix_seconds(),
                "changes": [{"field": "account_update", "value": value}],
            }],
        }));
    }

    fn plain(&self, event: &str) -> (&str, Value) {
        (self.config.waba_id.as_str(), json!({"event": event}))
    }

    fn removal_for(&self, reason: &str) -> Value {
        let by_user = matches!(reason, "BUSINESS_DOWNGRADE" | "CHANGE_NUMBER" | "USER_RE_REGISTERED");
        json!({
            "event": "PARTNER_REMOVED",
            "waba_info": {"waba_id": self.config.waba_id, "owner_business_id": OWNER_BUSINESS_ID},
            "disconnection_info": {"reason": reason, "initiated_by": if by_user { "USER" } else { "SYSTEM" }},
        })
    }
}
