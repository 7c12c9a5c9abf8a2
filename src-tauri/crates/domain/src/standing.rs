//! Whether messages may go out from a number.

use crate::{AccountTold, Millis};
use serde::{Deserialize, Serialize};

/// A customer's message at least this much younger than the loss of the number proves that it is back: only a connected
/// number gets any. Phones' clocks run ahead by less.
pub const PROOF_LEEWAY_MS: i64 = 5 * 60 * 1000;

/// Whether a number and the Cloud API belong together (Meta, webhook reference `account_update`, Apr 2026).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// They do, as far as is known.
    #[default]
    Connected,
    /// The phone was set up anew; WhatsApp reconnects by itself.
    Suspended {
        /// Since when.
        since: Millis,
    },
    /// Not until somebody signs up again.
    Disconnected {
        /// Since when.
        since: Millis,
        /// Meta's word for the reason, or `ACCOUNT_DELETED`; empty when not told.
        reason: String,
    },
    /// WhatsApp disabled the account.
    Disabled {
        /// Since when.
        since: Millis,
    },
}

impl Standing {
    /// What follows from the last thing told of the link and the last told of a ban; a customer wrote live at
    /// `last_customer_at`.
    pub fn after(
        link: Option<(Millis, AccountTold)>,
        ban: Option<(Millis, AccountTold)>,
        last_customer_at: Option<Millis>,
    ) -> Self {
        let is_back = |since: Millis| last_customer_at.is_some_and(|at| at > since.plus_ms(PROOF_LEEWAY_MS));
        match (link, ban) {
            (Some((since, AccountTold::Deleted)), _) => Self::Disconnected {
                since,
                reason: "ACCOUNT_DELETED".to_owned(),
            },
            (Some((since, AccountTold::PartnerRemoved { reason, .. })), _) if !is_back(since) => {
                Self::Disconnected { since, reason }
            }
            (_, Some((since, AccountTold::Ban { state, .. }))) if state == "DISABLE" => Self::Disabled { since },
            (Some((since, AccountTold::Offboarded)), _) if !is_back(since) => Self::Suspended { since },
            _ => Self::Connected,
        }
    }

    /// Whether messages may go out.
    pub fn may_send(&self) -> bool {
        *self == Self::Connected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Millis = Millis(1_768_477_204_000);

    fn removed(reason: &str) -> AccountTold {
        AccountTold::PartnerRemoved {
            reason: reason.to_owned(),
            initiated_by: String::new(),
        }
    }

    fn ban(state: &str) -> Option<(Millis, AccountTold)> {
        let (state, date) = (state.to_owned(), String::new());
        Some((AT, AccountTold::Ban { state, date }))
    }

    fn after(link: AccountTold) -> Standing {
        Standing::after(Some((AT, link)), None, None)
    }

    #[test]
    fn what_was_told_last_of_the_link_is_how_the_number_stands() {
        assert_eq!(Standing::after(None, None, None), Standing::Connected);
        assert_eq!(after(AccountTold::Offboarded), Standing::Suspended { since: AT });
        let disconnected = |reason: &str| Standing::Disconnected {
            since: AT,
            reason: reason.to_owned(),
        };
        assert_eq!(after(removed("CHANGE_NUMBER")), disconnected("CHANGE_NUMBER"));
        assert_eq!(after(AccountTold::Deleted), disconnected("ACCOUNT_DELETED"));
        for told in [AccountTold::Reconnected, AccountTold::PartnerAdded] {
            assert!(after(told).may_send());
        }
    }

    #[test]
    fn a_ban_stands_beside_the_link_and_ends_on_its_own() {
        let reconnected = || Some((AT, AccountTold::Reconnected));
        assert_eq!(
            Standing::after(reconnected(), ban("DISABLE"), None),
            Standing::Disabled { since: AT }
        );
        assert!(Standing::after(reconnected(), ban("REINSTATE"), None).may_send());
        let removed = Standing::after(Some((AT, removed(""))), ban("REINSTATE"), None);
        assert!(!removed.may_send(), "a ban that ends connects nothing");
    }

    #[test]
    fn a_customers_message_well_after_the_loss_proves_that_the_number_is_back() {
        let proof = AT.plus_ms(PROOF_LEEWAY_MS + 1);
        for told in [AccountTold::Offboarded, removed("PRIMARY_INACTIVITY")] {
            let standing = |at| Standing::after(Some((AT, told.clone())), None, Some(at));
            assert!(!standing(AT.plus_ms(PROOF_LEEWAY_MS)).may_send());
            assert!(standing(proof).may_send());
        }
        assert!(!Standing::after(None, ban("DISABLE"), Some(proof)).may_send());
    }
}
