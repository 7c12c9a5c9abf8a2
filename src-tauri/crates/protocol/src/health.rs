//! How a number is, by what really arrived from it.

use serde::{Deserialize, Serialize};
use std::fmt;
use twinbox_domain::{AccountTold, Millis, NumberId};

/// When a number last showed that it works: shown wherever the number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceView {
    /// When something of it last arrived: a customer's message, one sent from the phone, a status. `None`: never.
    pub last_event_at: Option<Millis>,
    /// The last sign of life of its phone, which [`twinbox_domain::KeepAlive`] counts from. `None`: never.
    pub last_sign_at: Option<Millis>,
}

/// How a number is. Evidence is told with when it is from; how old that is follows from the reader's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HealthView {
    /// The number.
    pub number: NumberId,
    /// When the first of the half hours begins; the last one is under way.
    pub from: Millis,
    /// Customers' messages, live.
    pub messages: ArrivalsView,
    /// What was sent from the phone, live.
    pub phone: ArrivalsView,
    /// How far messages of ours came.
    pub statuses: ArrivalsView,
    /// How long all of these were on their way in the last 24 hours; `None` when nothing arrived.
    pub delay: Option<DelayView>,
    /// Webhooks refused because their signature was missing or wrong, of all numbers: they do not say whose they are.
    pub refused_signatures: u64,
    /// Whether Meta still takes the number's token; `None`: not known.
    pub token_is_valid: Option<bool>,
    /// When the token ends; `None`: never, or not known.
    pub token_expires_at: Option<Millis>,
    /// The webhook fields that are needed and that Meta does not send here; `None`: not known.
    pub missing_fields: Option<Vec<String>>,
    /// Whether Meta sends what it tells of the account and its templates to another address; `false` as well when that is
    /// not known.
    pub callback_is_elsewhere: bool,
    /// When Meta last answered about the number; `None`: never.
    pub asked_at: Option<Millis>,
    /// What WhatsApp told of the number and its account, the newest first.
    pub notices: Vec<NoticeView>,
}

/// Something that WhatsApp told of a number or its account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// By Meta's clock.
    pub at: Millis,
    /// What.
    pub told: AccountTold,
}

/// Never what was told, which may hold names.
impl fmt::Debug for NoticeView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoticeView({:?})", self.told.about())
    }
}

/// What of one kind arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalsView {
    /// When the last one did, however long ago; of the phone, when it was sent. `None`: never.
    pub last_at: Option<Millis>,
    /// How many in each of the 48 half hours, oldest first.
    pub slots: Vec<u64>,
}

/// How long what arrived was on its way, in milliseconds. Up to a second too long: Meta tells times in full seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelayView {
    /// Half of it came quicker; wrong by a tenth at most, as is `p95_ms`.
    pub median_ms: i64,
    /// 19 of 20 came quicker.
    pub p95_ms: i64,
    /// The longest.
    pub worst_ms: i64,
    /// The longest of each half hour, oldest first; `None` where nothing arrived.
    pub worst_slots: Vec<Option<i64>>,
}
