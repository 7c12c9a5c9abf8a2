//! What to do about a send that did not succeed, and how to say it to a person.
//!
//! Codes and meanings: Meta, "Error codes" (Feb 2026). Which codes prove that nothing was sent is not documented;
//! only the four rate limits and plain refusals are taken to, everything unclear is left to a person.

mod codes;

pub use codes::{MetaError, NO_MARKETING, NODE_GONE, WEBHOOK_LOST, meta_error};

/// What becomes of an outbox item after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Surely nothing was sent: the item goes again, after the whole number has waited (see [`Throttle`](crate::Throttle)).
    NumberWaits,
    /// Surely nothing was sent: the item goes again, after its person was left in peace (see [`Pair`](crate::Pair)).
    PersonWaits,
    /// Surely nothing was sent, because the token was refused: the number waits until Meta takes it, not the message.
    NoAccess,
    /// Nothing can be sent from this number until somebody helps: the item stays queued and the number pauses.
    NumberPauses,
    /// Refused for good; a person has to change something.
    Wedged,
    /// It may have been sent. Wait for a status that proves it, or for a person.
    Unknown,
}

/// What kind of answer an error code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaErrorKind {
    /// A rate limit of the app, the account or the number. Nothing was sent.
    RateLimit,
    /// Too many messages to one person. Nothing was sent; only this conversation waits.
    PairRateLimit,
    /// Meta does not say whether anything was sent.
    Unclear,
    /// The access token is no longer good, or lacks a permission: nothing else will go out either.
    Token,
    /// The number or its account cannot send at all until somebody helps.
    NumberBlocked,
    /// This message is refused.
    Refused,
}

/// What a person can do about a failed message. The sentence beside it says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing: it goes on by itself.
    Wait,
    /// Send it again, a day or more later.
    TryLater,
    /// Send it again.
    TryAgain,
    /// Change the message and send it anew.
    Change,
    /// Send a template instead.
    UseTemplate,
    /// Mend the template, or choose another one.
    FixTemplate,
    /// Check the customer's number, or reach them another way.
    CheckPerson,
    /// Unblock the customer.
    Unblock,
    /// Connect the number again.
    Reconnect,
    /// Mend the payment method at Meta.
    FixPayment,
    /// Ask Meta Business Support.
    AskMeta,
    /// Nothing helps.
    None,
}

/// The kind of Meta's error `code`; one that is not known refuses the message.
pub const fn meta_error_kind(code: i64) -> MetaErrorKind {
    match meta_error(code) {
        Some(error) => error.kind,
        None => MetaErrorKind::Refused,
    }
}

/// Whether Meta's error `code` speaks of what the token may do at all: then nothing else will go out either, as when
/// somebody took the app's access away (Meta, "Error codes", Feb 2026).
pub const fn is_about_access(code: i64) -> bool {
    matches!(meta_error_kind(code), MetaErrorKind::Token)
}

/// Whether Meta's error `code` says that the number and the Cloud API are parted, of whatever kind that is: it ends by itself, as
/// after a phone was set up anew, or when somebody connects the number again (Meta, "Error codes", Feb 2026).
pub const fn is_about_link(code: i64) -> bool {
    matches!(
        meta_error(code),
        Some(MetaError {
            kind: MetaErrorKind::NumberBlocked,
            remedy: Remedy::Reconnect,
            ..
        })
    )
}

/// Meta's error `code` as a sentence for a person; `None` for a code that is not known, where Meta's own title has to
/// do.
pub const fn explain_meta_error(code: i64) -> Option<&'static str> {
    match meta_error(code) {
        Some(error) => Some(error.sentence),
        None => None,
    }
}

/// What helps against Meta's error `code`; one that is not known is worth another try.
pub const fn remedy(code: i64) -> Remedy {
    match meta_error(code) {
        Some(error) => error.remedy,
        None => Remedy::TryAgain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_four_rate_limits_prove_that_nothing_was_sent_and_may_go_again_by_themselves() {
        let proven: Vec<i64> = (0..140_000)
            .filter(|code| {
                matches!(
                    meta_error_kind(*code),
                    MetaErrorKind::RateLimit | MetaErrorKind::PairRateLimit
                )
            })
            .collect();
        assert_eq!(proven, [4, 80007, 130_429, 131_056]);
        for code in proven {
            assert_eq!(remedy(code), Remedy::Wait, "{code}");
        }
    }

    #[test]
    fn what_stops_the_number_says_what_helps() {
        let stops = |code: &i64| {
            matches!(
                meta_error_kind(*code),
                MetaErrorKind::Token | MetaErrorKind::NumberBlocked
            )
        };
        for code in (0..140_000).filter(stops) {
            assert!(matches!(remedy(code), Remedy::Reconnect | Remedy::AskMeta), "{code}");
        }
    }

    #[test]
    fn a_code_that_is_not_known_refuses_the_message_in_metas_words_and_may_be_tried_again() {
        assert_eq!(meta_error(999_999), None);
        assert_eq!(meta_error_kind(999_999), MetaErrorKind::Refused);
        assert_eq!((explain_meta_error(999_999), remedy(999_999)), (None, Remedy::TryAgain));
    }

    #[test]
    fn only_refusals_that_speak_of_the_link_end_with_it() {
        let about_link: Vec<i64> = (0..140_000).filter(|code| is_about_link(*code)).collect();
        assert_eq!(about_link, [NODE_GONE, 131_045, 133_000, 133_006, 133_010, 133_015]);
    }
}
