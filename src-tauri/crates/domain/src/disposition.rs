//! What to do about a send that did not succeed, and how to say it to a person.
//!
//! Codes and meanings: Meta, "Error codes" (Feb 2026). Which codes prove that nothing was sent is not documented;
//! only the four rate limits are taken to, everything unclear is left to a person.

use crate::Millis;

/// What becomes of an outbox item after a failed attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Surely nothing was sent; try again, not before this time.
    RetryAt(Millis),
    /// Refused for good; a person has to change something.
    Wedged {
        /// Meta's code; `None` when Meta said nothing.
        code: Option<i64>,
        /// A sentence a person understands.
        reason: String,
    },
    /// Surely nothing was sent, because the token was refused: the number waits, not the message.
    NoAccess,
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
    /// The access token is no longer good.
    Token,
    /// Everything else: refused.
    Refused,
}

/// The kind of Meta's error `code`.
pub const fn meta_error_kind(code: i64) -> MetaErrorKind {
    match code {
        4 | 80007 | 130_429 => MetaErrorKind::RateLimit,
        131_056 => MetaErrorKind::PairRateLimit,
        1 | 2 | 131_000 | 131_016 | 131_057 | 133_004 | 134_101 | 2_494_100 => MetaErrorKind::Unclear,
        0 | 190 => MetaErrorKind::Token,
        _ => MetaErrorKind::Refused,
    }
}

/// Whether Meta's error `code` speaks of what the token may do at all: then nothing else will go out either, as when
/// somebody took the app's access away (Meta, "Error codes", Feb 2026).
pub const fn is_about_access(code: i64) -> bool {
    matches!(code, 0 | 10 | 190 | 200..=299)
}

/// Meta's error `code` as a sentence for a person; `None` for a code without one, where Meta's own title has to do.
pub const fn explain_meta_error(code: i64) -> Option<&'static str> {
    Some(match code {
        0 | 190 => "Twinbox is no longer signed in to this number. Connect it again.",
        3 | 10 | 200..=299 | 131_005 => "Twinbox lacks the permission to send from this number. Connect it again.",
        33 => "This number no longer exists at Meta.",
        100 | 131_008 | 131_009 => "WhatsApp did not accept this message. Change it and send it again.",
        368 | 131_031 => "WhatsApp has blocked this account. See Meta Business Support.",
        4 | 80007 | 130_429 => "WhatsApp asks for a slower pace.",
        130_403 => "You have blocked this person. Unblock them to write.",
        130_472 => "WhatsApp did not deliver this message because of an experiment with this person.",
        130_497 => "This business may not send messages to that country.",
        131_021 => "A number cannot write to itself.",
        131_026 => "This person cannot receive the message. They may not be on WhatsApp.",
        131_037 => "The number's display name needs approval first.",
        131_042 => "There is a problem with the payment method of this account.",
        131_045 => "This number is not registered correctly. Connect it again.",
        131_047 => "More than 24 hours have passed since the customer wrote. Send a template.",
        131_048 => "WhatsApp limits this number because people reported messages as spam.",
        131_049 => "WhatsApp held this message back to protect the customer. Try again in a day or later.",
        131_050 => "This person does not want marketing messages.",
        131_051 => "WhatsApp does not support this type of message.",
        131_052 => "The file could not be downloaded. Ask for it again.",
        131_053 => "The file could not be uploaded. Check its type and size.",
        131_056 => "Too many messages to this person in a short time.",
        132_000 | 132_012 | 132_018 => "The template's blanks were not filled as it needs.",
        132_001 => "This template does not exist in that language, or is not approved.",
        132_005 => "The template is too long once filled.",
        132_007 => "The template breaks a WhatsApp rule.",
        132_015 => "WhatsApp has paused this template.",
        132_016 => "WhatsApp has switched this template off for good.",
        133_010 => "This number is not registered. Connect it again.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_four_rate_limits_prove_that_nothing_was_sent() {
        let proven: Vec<i64> = (0..140_000)
            .filter(|code| {
                matches!(
                    meta_error_kind(*code),
                    MetaErrorKind::RateLimit | MetaErrorKind::PairRateLimit
                )
            })
            .collect();
        assert_eq!(proven, [4, 80007, 130_429, 131_056]);
    }

    #[test]
    fn a_code_without_a_sentence_says_so() {
        assert_eq!(explain_meta_error(999_999), None);
        assert!(explain_meta_error(131_047).is_some_and(|sentence| sentence.contains("template")));
    }
}
