//! Everything that can go wrong while a file is fetched, and what it means. One total function decides.

use crate::{CallError, Refusal};
use twinbox_domain::{FetchTrouble, MetaErrorKind, meta_error_kind};

/// A file that did not come.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The media id is none that Meta gives; it was not asked for.
    #[error("the media id is not one of Meta's")]
    NoId,
    /// No connection was made.
    #[error("Meta cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The connection broke, or nothing came in time.
    #[error("the answer from Meta broke off")]
    NoAnswer(#[source] reqwest::Error),
    /// An answer came that is not Meta's: a page of a proxy, a redirect, cut-off JSON.
    #[error("an unreadable answer with HTTP status {http}")]
    Unreadable {
        /// Its HTTP status.
        http: u16,
    },
    /// Meta said no.
    #[error("Meta refused with code {}", .0.code)]
    Refused(Refusal),
    /// The address of the file is one that our token is not taken to.
    #[error("the file lies where no token may go")]
    Elsewhere,
    /// The address of the file is over; a new one has to be looked up.
    #[error("the address of the file is over")]
    AddressOver,
    /// The file's host does not take our token.
    #[error("the file's host refused the token with HTTP status {http}")]
    Denied {
        /// Its HTTP status.
        http: u16,
    },
    /// More bytes than [`LARGEST_MEDIA_BYTES`](twinbox_domain::LARGEST_MEDIA_BYTES).
    #[error("the file is too large")]
    TooLarge,
}

impl From<CallError> for FetchError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unreachable(error) => Self::Unreachable(error),
            CallError::NoAnswer(error) => Self::NoAnswer(error),
            CallError::Unreadable { http } => Self::Unreadable { http },
            CallError::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

impl FetchError {
    /// What it means for the file.
    pub fn trouble(&self) -> FetchTrouble {
        match self {
            Self::NoId => FetchTrouble::Gone,
            Self::Unreachable(_)
            | Self::NoAnswer(_)
            | Self::Unreadable { .. }
            | Self::Elsewhere
            | Self::AddressOver => FetchTrouble::Later,
            Self::Denied { .. } => FetchTrouble::Token,
            Self::TooLarge => FetchTrouble::TooLarge,
            Self::Refused(refusal) => match (meta_error_kind(refusal.code), refusal.code) {
                (MetaErrorKind::Token, _) => FetchTrouble::Token,
                // "Unsupported get request. Object does not exist, …" (Meta, "Error codes", Feb 2026).
                (MetaErrorKind::Refused | MetaErrorKind::NumberBlocked, 33 | 100) if refusal.http < 500 => {
                    FetchTrouble::Gone
                }
                (
                    MetaErrorKind::Refused
                    | MetaErrorKind::NumberBlocked
                    | MetaErrorKind::RateLimit
                    | MetaErrorKind::PairRateLimit
                    | MetaErrorKind::Unclear,
                    _,
                ) => FetchTrouble::Later,
            },
        }
    }

    /// Whether every other file would meet the same now.
    pub fn is_about_meta(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Denied { .. } => true,
            Self::Refused(refusal) => {
                meta_error_kind(refusal.code) == MetaErrorKind::RateLimit || self.trouble() == FetchTrouble::Token
            }
            Self::NoId
            | Self::NoAnswer(_)
            | Self::Unreadable { .. }
            | Self::Elsewhere
            | Self::AddressOver
            | Self::TooLarge => false,
        }
    }

    /// Why, in a sentence for a person.
    pub fn sentence(&self) -> &'static str {
        match self.trouble() {
            FetchTrouble::Gone => "WhatsApp does not have this file any more. Look on the phone, or ask for it again.",
            FetchTrouble::TooLarge => "The file is larger than the 100 MB WhatsApp allows.",
            FetchTrouble::Token => "Twinbox is no longer signed in to this number. Connect it again.",
            FetchTrouble::Later if matches!(self, Self::Unreachable(_)) => "WhatsApp cannot be reached.",
            FetchTrouble::Later => "WhatsApp did not hand the file over.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(http: u16, code: i64) -> FetchTrouble {
        FetchError::Refused(Refusal {
            http,
            code,
            message: String::new(),
        })
        .trouble()
    }

    #[test]
    fn a_refusal_is_for_good_only_when_meta_does_not_know_the_file() {
        assert_eq!(refused(400, 100), FetchTrouble::Gone);
        assert_eq!(refused(404, 33), FetchTrouble::Gone);
        for (http, code) in [(500, 100), (500, 1), (429, 130_429), (400, 131_000), (400, 999_999)] {
            assert_eq!(refused(http, code), FetchTrouble::Later, "{code}");
        }
        for code in [0, 190, 10, 200] {
            assert_eq!(refused(401, code), FetchTrouble::Token, "{code}");
        }
    }
}
