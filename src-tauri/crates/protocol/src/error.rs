//! Errors a client can act on.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// What a client can act on.
    pub code: ErrorCode,
    /// A sentence for a person.
    pub message: String,
    /// Worth trying again after this many milliseconds; `None` when trying again changes nothing.
    pub retry_after_ms: Option<u64>,
}

/// One code for each thing a UI does differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request cannot be right: mend it.
    Invalid,
    /// Sign in again.
    Unauthorized,
    /// There is no such thing (any more): reload.
    NotFound,
    /// It has moved on meanwhile: look again.
    Conflict,
    /// More than 24 hours since the customer wrote: offer a template.
    WindowClosed,
    /// The engine cannot be reached, or is stopping: try again later.
    Unavailable,
    /// A fault of ours. Logged on the engine's side.
    Internal,
}

impl ApiError {
    /// An error that trying again does not mend.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_after_ms: None,
        }
    }

    /// The engine cannot answer now, but may in a second.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::Unavailable,
            message: message.into(),
            retry_after_ms: Some(1000),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}
