//! What is asked before a number is connected, so that nothing stops halfway.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What the owner told about the phone so far. `None`: not answered yet.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreflightAnswers {
    /// The number with its country code, digits only; empty while not told.
    pub phone: String,
    /// The version the phone's WhatsApp Business shows, for example `2.26.31`; empty while not told.
    pub app_version: String,
    /// Days the number has been in use in WhatsApp Business.
    pub days_in_use: Option<u32>,
    /// Whether the owner is admin of the business portfolio at Meta.
    pub is_admin: Option<bool>,
    /// Whether the phone is at hand, charged and online.
    pub has_phone_at_hand: bool,
    /// Whether it is understood that linked devices will be unlinked.
    pub accepts_unlinking: bool,
}

/// Never the phone number: it does not belong in logs.
impl fmt::Debug for PreflightAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PreflightAnswers(..)")
    }
}
