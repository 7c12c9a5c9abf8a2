//! The bond between the number and the Cloud API, which only the phone can end (Meta, "Onboarding WhatsApp Business app
//! users" and "account_update webhook", Apr 2026).

use crate::{
    acts::ActRefusal, meta::Meta, number::BUSINESS_ID, number_state::HistorySharing, numbering, send::text_at,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// The portfolio of the business that made the app: the `entry[].id` of some account events. Meta's sample.
pub(crate) const PARTNER_BUSINESS_ID: &str = "2949482758682047";

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

/// What can happen to that bond, if it is so far: only a connected number's phone is changed, only an offboarded one
/// reconnects, and only one that left is signed up again. Also the body of `POST /_sim/phone/account`.
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
    /// Signed up again, as a fresh onboarding whose chats are shared. Nothing is told about it here.
    Connect,
}

impl Connection {
    /// Whether messages go between the number and the Cloud API.
    pub fn is_up(self) -> bool {
        self == Self::Connected
    }

    /// What `event` makes of it. `None`: it cannot happen now.
    fn after(self, event: &AccountEvent) -> Option<Self> {
        match (self, event) {
            (Self::Connected | Self::Offboarded, AccountEvent::Disconnect { .. }) => Some(Self::Disconnected),
            (Self::Connected, AccountEvent::ChangePhone) => Some(Self::Offboarded),
            (Self::Offboarded, AccountEvent::Reconnect)
            | (Self::Offboarded | Self::Disconnected, AccountEvent::Connect) => Some(Self::Connected),
            _ => None,
        }
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
    /// Lets `event` happen and tells it, unless the bond does not allow it.
    pub fn account_event(&self, event: &AccountEvent) -> Result<(), ActRefusal> {
        let change = match event {
            AccountEvent::Disconnect { reason: None } => {
                let number = &self.config.display_phone_number;
                let value = json!({"phone_number": number, "event": "PARTNER_REMOVED"});
                Some((self.config.waba_id.as_str(), value))
            }
            AccountEvent::Disconnect { reason: Some(reason) } => Some((PARTNER_BUSINESS_ID, self.removal_for(reason))),
            AccountEvent::ChangePhone => Some(self.plain("ACCOUNT_OFFBOARDED")),
            AccountEvent::Reconnect => Some(self.plain("ACCOUNT_RECONNECTED")),
            AccountEvent::Connect => None,
        };
        {
            let mut world = self.world();
            let connection = world.connection.after(event).ok_or(ActRefusal::NotNow)?;
            if *event == AccountEvent::Connect {
                world.onboard(numbering::unix_seconds(), HistorySharing::Shared);
            }
            world.connection = connection;
        }
        if let Some((entry_id, value)) = change {
            self.tell_account_update(entry_id, value);
        }
        Ok(())
    }

    /// Brings a webhook about the account or the number that somebody made up, and heeds it.
    pub fn announce(&self, webhook: &Value) {
        let entries = webhook.get("entry").and_then(Value::as_array).into_iter().flatten();
        let changes = entries.filter_map(|entry| entry.get("changes")?.as_array()).flatten();
        for change in changes {
            let field = text_at(change, "/field").unwrap_or_default();
            let value = change.get("value").unwrap_or(&Value::Null);
            self.world().notice(field, value);
        }
        self.courier.deliver(webhook);
    }

    /// A signup was finished.
    pub fn tell_partner_added(&self) {
        let waba_info = json!({"waba_id": self.config.waba_id, "owner_business_id": BUSINESS_ID});
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
            "waba_info": {"waba_id": self.config.waba_id, "owner_business_id": BUSINESS_ID},
            "disconnection_info": {"reason": reason, "initiated_by": if by_user { "USER" } else { "SYSTEM" }},
        })
    }
}
