//! What Meta remembers of the number itself. Pure; time is an argument, in Unix seconds.

use crate::{graph_error::GraphError, history::HistorySize, standing::Standing};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Contacts and history can be asked for within so long after onboarding (Meta, "Onboarding business app users",
/// 2026).
const SYNC_SECONDS: u64 = 24 * 60 * 60;

/// What the business chose on the phone when it was asked to share its chats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistorySharing {
    /// Chats are shared.
    #[default]
    Shared,
    /// "Don't share chats": one webhook with error 2593109.
    Declined,
    /// Shared, but there are no chats: no webhook at all.
    Empty,
}

/// The number's own state.
#[derive(Debug, Default)]
pub(crate) struct NumberState {
    /// When it was onboarded last.
    pub onboarded_at: u64,
    /// Whether the phone shares its chats.
    pub sharing: HistorySharing,
    /// How long the history is.
    pub history: HistorySize,
    /// Calls of `register`, which must never come.
    pub register_calls: u64,
    /// What was written to `settings`.
    pub settings: Map<String, Value>,
    /// Business-scoped user ids of the blocked, in order.
    pub blocked: Vec<String>,
    /// Whether somebody was blocked or unblocked since the list was read from its beginning.
    pub is_blocked_list_stale: bool,
    /// How Meta thinks of the number and its account.
    pub standing: Standing,
    /// Other numbers of the account.
    pub beside: Vec<NumberBeside>,
    /// Accounts of other portfolios, by their ids, with their numbers.
    pub accounts_beside: BTreeMap<String, Vec<NumberBeside>>,
    /// Whether the account's list leaves the number out.
    pub is_unlisted: bool,
    synced: BTreeSet<String>,
}

/// Another number, which is listed and does nothing.
#[derive(Clone, Debug)]
pub struct NumberBeside {
    /// Its Graph node.
    pub id: String,
    /// Digits only.
    pub display_phone_number: String,
    /// Whether it lives in a phone app as well.
    pub is_on_phone: bool,
}

impl NumberState {
    /// The number is onboarded (again): everything can be asked for once more.
    pub fn onboard(&mut self, at: u64, sharing: HistorySharing) {
        self.onboarded_at = at;
        self.sharing = sharing;
        self.synced.clear();
    }

    /// Uses up the one call a `sync_type` has.
    pub fn use_sync(&mut self, sync_type: &str, now: u64) -> Result<(), GraphError> {
        if now >= self.onboarded_at + SYNC_SECONDS {
            return Err(GraphError::known(
                2_593_108,
                "Requests must be made within 24 hours of onboarding.",
            ));
        }
        if !self.synced.insert(sync_type.to_owned()) {
            return Err(GraphError::known(
                2_593_107,
                "The number of times a sync can be requested is exceeded.",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_sync_is_asked_for_once_within_a_day_of_onboarding() {
        let mut number = NumberState::default();
        number.onboard(1000, HistorySharing::Shared);
        assert!(number.use_sync("history", 1000).is_ok());
        assert_eq!(number.use_sync("history", 1001).unwrap_err().code(), 2_593_107);
        let last = 1000 + SYNC_SECONDS;
        assert_eq!(
            number.use_sync("smb_app_state_sync", last).unwrap_err().code(),
            2_593_108
        );
        assert!(number.use_sync("smb_app_state_sync", last - 1).is_ok());
        number.onboard(last, HistorySharing::Shared);
        assert!(number.use_sync("history", last).is_ok());
    }
}
