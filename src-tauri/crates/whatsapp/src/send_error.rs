//! Everything that can go wrong with a send, and what follows from it. One total function decides about retries.

use crate::CallError;
use std::{fmt, time::Duration};
use twinbox_domain::{Disposition, MetaErrorKind, explain_meta_error, meta_error_kind};

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
    /// What becomes of the item.
    pub fn disposition(&self) -> Disposition {
        match self {
            Self::NotSent(_) => Disposition::NumberWaits,
            Self::NoAnswer(_) | Self::Unreadable { .. } => Disposition::Unknown,
            Self::Unsendable => Disposition::Wedged,
            Self::Refused(refusal) => refusal.disposition(),
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
    fn disposition(&self) -> Disposition {
        match meta_error_kind(self.code) {
            MetaErrorKind::RateLimit => Disposition::NumberWaits,
            MetaErrorKind::PairRateLimit => Disposition::PersonWaits,
            MetaErrorKind::Unclear => Disposition::Unknown,
            MetaErrorKind::Token => Disposition::NoAccess,
            // A server error proves nothing, but for the few refusals Meta documents with one.
            MetaErrorKind::NumberBlocked | MetaErrorKind::Refused
                if self.http >= 500 && !is_refused_with_5xx(self.code) =>
            {
                Disposition::Unknown
            }
            MetaErrorKind::NumberBlocked => Disposition::NumberPauses,
            MetaErrorKind::Refused => Disposition::Wedged,
        }
    }

    pub(crate) fn sentence(&self) -> String {
        explain_meta_error(self.code).map_or_else(
            || format!("WhatsApp refused the message: {} (code {}).", self.message, self.code),
            str::to_owned,
        )
    }
}

/// Codes that say "no" for good although their HTTP status may be 5xx: a number that is not registered, or not
/// deregistered (Meta, "Error codes", Feb 2026).
pub(crate) const fn is_refused_with_5xx(code: i64) -> bool {
    matches!(code, 131_045 | 133_000)
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

    fn refused(http: u16, code: i64) -> Disposition {
        let message = "No".to_owned();
        SendError::Refused(Refusal { http, code, message }).disposition()
    }

    #[test]
    fn only_a_proven_rejection_goes_again_by_itself() {
        for code in [4, 80007, 130_429] {
            assert_eq!(refused(400, code), Disposition::NumberWaits, "{code}");
        }
        assert_eq!(refused(400, 131_056), Disposition::PersonWaits);
        assert_eq!(refused(400, 131_047), Disposition::Wedged);
    }

    #[test]
    fn what_the_next_message_would_meet_too_stops_the_number() {
        for (http, code) in [(401, 190), (401, 0), (403, 10), (500, 3), (500, 131_005)] {
            assert_eq!(refused(http, code), Disposition::NoAccess, "{code}");
        }
        for (http, code) in [(403, 131_031), (500, 131_045), (400, 133_010), (500, 133_000)] {
            assert_eq!(refused(http, code), Disposition::NumberPauses, "{code}");
        }
        assert_eq!(refused(500, 131_031), Disposition::Unknown, "documented with 403 only");
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
        assert_eq!(html.disposition(), Disposition::Unknown);
    }

    #[test]
    fn a_refusal_is_said_in_words_a_person_understands() {
        let sentence = |code| {
            let message = "No".to_owned();
            Refusal {
                http: 400,
                code,
                message,
            }
            .sentence()
        };
        assert!(sentence(131_047).contains("24 hours"));
        assert!(sentence(999_999).contains("999999"));
    }

    #[test]
    fn waiting_doubles_and_ends() {
        let waits: Vec<i64> = (1..=8)
            .map(|attempts| back_off_ms(attempts, Duration::from_secs(30)))
            .collect();
        assert_eq!(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    }
}
