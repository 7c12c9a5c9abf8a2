//! Everything that can go wrong with a call; those about messages and files add what is theirs.

use crate::Refusal;
use twinbox_domain::{NODE_GONE, is_about_access};

/// A call that did not end in an answer that can be used.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No connection was made: nothing has happened.
    #[error("Meta cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The connection broke, or no answer came in time: it may have happened.
    #[error("no answer from Meta")]
    NoAnswer(#[source] reqwest::Error),
    /// An answer came that is not the Graph API's: it may have happened.
    #[error("an unreadable answer with HTTP status {http}")]
    Unreadable {
        /// Its HTTP status.
        http: u16,
    },
    /// Meta said no.
    #[error("Meta refused with code {}", .0.code)]
    Refused(Refusal),
}

/// What became of a request that has no answer, or half of one. Its address may carry secrets.
impl From<reqwest::Error> for CallError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::Unreachable(error.without_url())
        } else {
            Self::NoAnswer(error.without_url())
        }
    }
}

impl CallError {
    /// Whether it may have happened all the same.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Unreachable(_) => false,
            Self::NoAnswer(_) | Self::Unreadable { .. } => true,
            // A server error proves nothing.
            Self::Refused(refusal) => refusal.http >= 500,
        }
    }

    /// Whether Meta refused the token, or what it may do.
    pub fn is_about_access(&self) -> bool {
        self.code().is_some_and(is_about_access)
    }

    /// Whether Meta says that what was asked about is gone, or that this token may not see it.
    pub fn is_about_a_loss(&self) -> bool {
        self.code() == Some(NODE_GONE) && !self.may_have_happened()
    }

    /// Meta's code; `None` when Meta said nothing.
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::Unreachable(_) | Self::NoAnswer(_) | Self::Unreadable { .. } => None,
        }
    }
}
