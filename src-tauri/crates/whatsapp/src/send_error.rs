//! Everything that can go wrong with a send, and what follows from it. One total function decides about retries.

use crate::CallError;
use std::{fmt, time::Duration};
use twinbox_domain::{Disposition, MetaErrorKind, Millis, explain_meta_error, meta_error_kind};

/// A send that did not end in Meta's "accepted".
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// No connection was made: not a byte of the request has left.
    #[error("Meta cannot be reached")]
    NotSent(#[source] reqwest::Error),
    /// It is of a kind that cannot be sent yet, or its file was not uploaded: nothing was sent.
    #[error("this kind of message cannot be sent")]
    Unsendable,
    /// The connection broke, or no answer came in time.
    #[error("no answer from Meta")]
    NoAnswer(#[source] reqwest::Error),
    /// An answer came that is not the Graph API's: a page of a proxy, a redirect, cut-off JSON.
    #[error("an unreadable answer with HTTP status {http}")]
    Unreadable {
        /// Its HTTP status.
        http: u16,
    },
    /// Meta said no.
    #[error("Meta refused with code {}", .0.code)]
    Refused(Refusal),
}

/// Meta's error object, as far as it decides anything. Branch on the code, never on texts (Meta, "Error codes").
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub http: u16,
    /// Meta's error code.
    pub code: i64,
    /// Meta's own words.
    pub message: String,
}

/// Never Meta's words: they may repeat a phone number.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal(http {}, code {})", self.http, self.code)
    }
}

impl From<CallError> for SendError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unreachable(error) => Self::NotSent(error),
            CallError::NoAnswer(error) => Self::NoAnswer(error),
            CallError::Unreadable { http } => Self::Unreadable { http },
            CallError::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

impl SendError {
    /// What becomes of the item at `now`, after `attempts` attempts in all.
    pub fn disposition(&self, now: Millis, attempts: u32) -> Disposition {
        match self {
            Self::NotSent(_) => Disposition::RetryAt(now.plus_ms(back_off_ms(attempts, Duration::from_secs(60)))),
            Self::NoAnswer(_) | Self::Unreadable { .. } => Disposition::Unknown,
            Self::Unsendable => Disposition::Wedged {
                code: None,
                reason: self.sentence(),
            },
            Self::Refused(refusal) => refusal.disposition(now, attempts),
        }
    }

    /// Whether an answer was received, or none is to come: then the request cannot arrive any more.
    pub fn is_over(&self) -> bool {
        match self {
            Self::NotSent(_) | Self::Unsendable | Self::Unreadable { .. } | Self::Refused(_) => true,
            Self::NoAnswer(_) => false,
        }
    }

    /// Why, in a sentence for a person.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotSent(_) => "WhatsApp cannot be reached. Twinbox keeps trying.".to_owned(),
            Self::Unsendable => "Twinbox cannot send this kind of message yet.".to_owned(),
            Self::NoAnswer(_) | Self::Unreadable { .. } => {
                "WhatsApp did not say whether it took the message.".to_owned()
            }
            Self::Refused(refusal) => refusal.sentence(),
        }
    }

    /// Meta's code; `None` when Meta said nothing.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::NotSent(_) | Self::Unsendable | Self::NoAnswer(_) | Self::Unreadable { .. } => None,
            Self::Refused(refusal) => Some(refusal.code),
        }
    }
}

impl Refusal {
    fn disposition(&self, now: Millis, attempts: u32) -> Disposition {
        match meta_error_kind(self.code) {
            MetaErrorKind::RateLimit => {
                Disposition::RetryAt(now.plus_ms(back_off_ms(attempts, Duration::from_secs(30))))
            }
            // How long the person's messages wait follows from their other refusals: `twinbox_domain::Pair`.
            MetaErrorKind::PairRateLimit => Disposition::RetryAt(now),
            MetaErrorKind::Unclear => Disposition::Unknown,
            MetaErrorKind::Token => Disposition::NoAccess,
            // A server error proves nothing, but for the few refusals Meta documents with one.
            MetaErrorKind::Refused if self.http >= 500 && !is_refused_with_5xx(self.code) => Disposition::Unknown,
            MetaErrorKind::Refused => self.wedged(),
        }
    }

    fn wedged(&self) -> Disposition {
        Disposition::Wedged {
            code: Some(self.code),
            reason: self.sentence(),
        }
    }

    pub(crate) fn sentence(&self) -> String {
        explain_meta_error(self.code).map_or_else(
            || format!("WhatsApp refused the message: {} (code {}).", self.message, self.code),
            str::to_owned,
        )
    }
}

/// Codes that say "no" for good although their HTTP status may be 5xx: a missing permission, a number that is not
/// registered (Meta, "Error codes", Feb 2026).
pub(crate) const fn is_refused_with_5xx(code: i64) -> bool {
    matches!(code, 3 | 131_005 | 131_045 | 133_000)
}

/// 1, 2, 4, .. seconds, at most `longest`.
pub(crate) fn back_off_ms(attempts: u32, longest: Duration) -> i64 {
    let ms = 1000_u64.saturating_mul(2_u64.saturating_pow(attempts.saturating_sub(1)));
    i64::try_from(ms)
        .unwrap_or(i64::MAX)
        .min(i64::try_from(longest.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000_000);

    fn refused(http: u16, code: i64) -> Disposition {
        SendError::Refused(Refusal {
            http,
            code,
            message: "No".to_owned(),
        })
        .disposition(NOW, 1)
    }

    #[test]
    fn only_a_proven_rejection_is_retried() {
        for code in [4, 80007, 130_429] {
            assert_eq!(refused(400, code), Disposition::RetryAt(NOW.plus_ms(1000)), "{code}");
        }
        assert_eq!(refused(400, 131_056), Disposition::RetryAt(NOW));
    }

    #[test]
    fn an_answer_that_proves_nothing_is_an_unknown_outcome() {
        for (http, code) in [
            (400, 1),
            (503, 2),
            (500, 131_000),
            (500, 131_016),
            (500, 999_999),
            (500, 131_026),
        ] {
            assert_eq!(refused(http, code), Disposition::Unknown, "{code}");
        }
        let html = SendError::Unreadable { http: 200 };
        assert_eq!(html.disposition(NOW, 1), Disposition::Unknown);
    }

    #[test]
    fn a_refusal_is_said_in_words_a_person_understands() {
        let Disposition::Wedged { code, reason } = refused(400, 131_047) else {
            panic!("wedged")
        };
        assert_eq!(code, Some(131_047));
        assert!(reason.contains("24 hours"), "{reason}");
        let Disposition::Wedged { reason, .. } = refused(400, 999_999) else {
            panic!("wedged")
        };
        assert!(reason.contains("999999"), "{reason}");
    }

    #[test]
    fn waiting_doubles_and_ends() {
        let waits: Vec<i64> = (1..=8)
            .map(|attempts| back_off_ms(attempts, Duration::from_secs(30)))
            .collect();
        assert_eq!(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    }
}
