//! Whether messages may go out from a number.

use crate::{AccountTold, Millis, is_about_link};
use serde::{Deserialize, Serialize};

/// A customer's message at least this much younger than the loss of the number proves that it is back: only a connected
/// number gets any. Phones' clocks run ahead by less.
pub const PROOF_LEEWAY_MS: i64 = 5 * 60 * 1000;

/// Whether a number and the Cloud API belong together (Meta, webhook reference `account_update`, Apr 2026).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Meta refuses the token: it ended, or somebody took the app's access away, which is also told.
    NoAccess {
        /// Since when, as far as was asked or told.
        since: Millis,
    },
    /// WhatsApp refused a message in a way that the next one would meet, too. Nothing goes out until the number is
    /// connected again or somebody has it tried again.
    Blocked {
        /// Since when.
        since: Millis,
        /// Meta's code; [`explain_meta_error`](crate::explain_meta_error) has the words.
        code: i64,
    },
}

/// What Meta answered when it was asked for a number. Webhooks get lost; this finds what they should have told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// When it was asked last.
    pub asked_at: Millis,
    /// Since when the answer has been the same.
    pub since: Millis,
    /// Whether the token was taken.
    pub token_is_valid: bool,
    /// Whether the number lives on the phone and in the Cloud API; `None`: not told, or it never was known to.
    pub is_linked: Option<bool>,
}

/// What shows that a number is connected, or is not, beside what was told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proofs {
    /// When a customer last wrote, live.
    pub last_customer_at: Option<Millis>,
    /// Meta's last answer.
    pub probe: Option<Probe>,
    /// When the account was told to have removed the app; `None` when it has not, or has added it again.
    pub app_removed_at: Option<Millis>,
}

impl Standing {
    /// What follows from the last thing told of the link, the last told of a ban, and the last answer of Meta's, all
    /// since the number was connected here.
    pub fn after(link: Option<(Millis, AccountTold)>, ban: Option<(Millis, AccountTold)>, proofs: Proofs) -> Self {
        let told_at = link.as_ref().map_or(Millis(i64::MIN), |(at, _)| *at);
        let linked = proofs.probe.filter(|probe| probe.is_linked == Some(true));
        let is_back = |since: Millis| {
            let heard = [proofs.last_customer_at, linked.map(|probe| probe.asked_at)];
            heard
                .into_iter()
                .flatten()
                .any(|at| at > since.plus_ms(PROOF_LEEWAY_MS))
        };
        // Meta's answers and its webhooks need not agree at once.
        let is_newer = |probe: Probe| probe.asked_at > told_at.plus_ms(PROOF_LEEWAY_MS);
        match Self::told(link, ban, is_back) {
            Self::Connected => match proofs.probe {
                _ if proofs.app_removed_at.is_some_and(|at| !is_back(at)) => Self::NoAccess {
                    since: proofs.app_removed_at.unwrap_or_default(),
                },
                Some(probe) if !probe.token_is_valid => Self::NoAccess { since: probe.since },
                Some(probe) if probe.is_linked == Some(false) && is_newer(probe) && !is_back(probe.since) => {
                    Self::Disconnected {
                        since: probe.since,
                        reason: String::new(),
                    }
                }
                _ => Self::Connected,
            },
            lost => lost,
        }
    }

    fn told(
        link: Option<(Millis, AccountTold)>,
        ban: Option<(Millis, AccountTold)>,
        is_back: impl Fn(Millis) -> bool,
    ) -> Self {
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

    /// Whether Meta may not show anything of the number, or not to this token: what is asked for now could seem to be gone.
    pub fn is_parted(&self) -> bool {
        match self {
            Self::Connected => false,
            // Another refusal is about sending alone.
            Self::Blocked { code, .. } => is_about_link(*code),
            Self::Suspended { .. } | Self::Disconnected { .. } | Self::Disabled { .. } | Self::NoAccess { .. } => true,
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
        Standing::after(Some((AT, link)), None, Proofs::default())
    }

    fn wrote(at: Millis) -> Proofs {
        Proofs {
            last_customer_at: Some(at),
            ..Proofs::default()
        }
    }

    fn asked(at: Millis, token_is_valid: bool, is_linked: Option<bool>) -> Proofs {
        let probe = Probe {
            asked_at: at,
            since: at,
            token_is_valid,
            is_linked,
        };
        Proofs {
            probe: Some(probe),
            ..Proofs::default()
        }
    }

    #[test]
    fn a_loss_that_no_webhook_told_is_found_by_asking() {
        let later = AT.plus_ms(PROOF_LEEWAY_MS + 1);
        let added = || Some((AT, AccountTold::PartnerAdded));
        let disconnected = Standing::Disconnected {
            since: later,
            reason: String::new(),
        };
        assert_eq!(
            Standing::after(added(), None, asked(later, true, Some(false))),
            disconnected
        );
        assert_eq!(
            Standing::after(None, None, asked(later, true, Some(false))),
            disconnected
        );
        // What was told may be newer than Meta's answer.
        let too_soon = asked(AT.plus_ms(PROOF_LEEWAY_MS), true, Some(false));
        assert!(Standing::after(added(), None, too_soon).may_send());
        // What was never known to be linked cannot be lost.
        assert!(Standing::after(None, None, asked(later, true, None)).may_send());
        let refused = asked(later, false, None);
        assert_eq!(
            Standing::after(None, None, refused),
            Standing::NoAccess { since: later }
        );
        // A loss that was told says more than a token that ended with it.
        let removed = Standing::after(Some((AT, removed("CHANGE_NUMBER"))), None, refused);
        assert!(matches!(removed, Standing::Disconnected { reason, .. } if reason == "CHANGE_NUMBER"));
    }

    #[test]
    fn an_account_that_removes_the_app_ends_its_access_at_once_until_meta_takes_the_token_again() {
        let removed = |probe: Proofs| Proofs {
            app_removed_at: Some(AT),
            ..probe
        };
        let standing = |proofs| Standing::after(None, None, removed(proofs));
        let ended = Standing::NoAccess { since: AT };
        assert_eq!(standing(Proofs::default()), ended);
        // Meta's answer may be a moment behind its webhook.
        assert_eq!(standing(asked(AT.plus_ms(PROOF_LEEWAY_MS), true, Some(true))), ended);
        assert!(standing(asked(AT.plus_ms(PROOF_LEEWAY_MS + 1), true, Some(true))).may_send());
        assert_eq!(
            standing(asked(AT.plus_ms(PROOF_LEEWAY_MS + 1), false, None)),
            ended,
            "since it was told"
        );
    }

    #[test]
    fn a_number_that_meta_calls_linked_well_after_the_loss_is_back() {
        let lost = || Some((AT, removed("PRIMARY_INACTIVITY")));
        let found = |after_ms| asked(AT.plus_ms(after_ms), true, Some(true));
        // Meta's own answer may be a moment behind its webhook.
        assert!(!Standing::after(lost(), None, found(PROOF_LEEWAY_MS)).may_send());
        assert!(Standing::after(lost(), None, found(PROOF_LEEWAY_MS + 1)).may_send());
    }

    #[test]
    fn what_was_told_last_of_the_link_is_how_the_number_stands() {
        assert_eq!(Standing::after(None, None, Proofs::default()), Standing::Connected);
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
    fn files_wait_for_a_number_that_is_parted_and_not_for_one_that_only_must_not_send() {
        let blocked = |code| Standing::Blocked { since: AT, code };
        assert!(after(AccountTold::Offboarded).is_parted() && blocked(133_010).is_parted());
        assert!(!after(AccountTold::Reconnected).is_parted() && !blocked(131_037).is_parted());
    }

    #[test]
    fn a_ban_stands_beside_the_link_and_ends_on_its_own() {
        let reconnected = || Some((AT, AccountTold::Reconnected));
        assert_eq!(
            Standing::after(reconnected(), ban("DISABLE"), Proofs::default()),
            Standing::Disabled { since: AT }
        );
        assert!(Standing::after(reconnected(), ban("REINSTATE"), Proofs::default()).may_send());
        let removed = Standing::after(Some((AT, removed(""))), ban("REINSTATE"), Proofs::default());
        assert!(!removed.may_send(), "a ban that ends connects nothing");
    }

    #[test]
    fn a_customers_message_well_after_the_loss_proves_that_the_number_is_back() {
        let proof = AT.plus_ms(PROOF_LEEWAY_MS + 1);
        for told in [AccountTold::Offboarded, removed("PRIMARY_INACTIVITY")] {
            let standing = |at| Standing::after(Some((AT, told.clone())), None, wrote(at));
            assert!(!standing(AT.plus_ms(PROOF_LEEWAY_MS)).may_send());
            assert!(standing(proof).may_send());
        }
        assert!(!Standing::after(None, ban("DISABLE"), wrote(proof)).may_send());
    }
}
