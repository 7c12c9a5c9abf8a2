//! Things that go wrong with a send.

use serde::{Deserialize, Serialize};

/// What happens to one send instead of the plain answer. Also the body of `POST /_sim/fault`.
///
/// Where a fault accepts the message, it does so under the usual checks: a send that would have been refused is
/// refused, and the fault is used up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is accepted and the answer never comes.
    Hang,
    /// Accepted, but the answer never comes.
    AcceptThenHang,
    /// Accepted, then the connection closes without an answer.
    AcceptThenDrop,
    /// Accepted, then answered with code 131000 and HTTP status 500.
    #[serde(rename = "accept_then_500")]
    AcceptThen500,
    /// Nothing is accepted; the answer is a web page with HTTP status 200, as a captive portal would give.
    Html,
    /// Refused in Meta's envelope.
    Error {
        /// The HTTP status; 0 or left out: the one that Meta documents for the code.
        #[serde(default)]
        http: u16,
        /// Meta's code.
        code: i64,
        /// `error.message`; empty or left out: Meta's words for the code.
        #[serde(default)]
        message: String,
    },
    /// Accepted; the first status is `failed`.
    FailLater {
        /// Meta's code.
        code: i64,
        /// `errors[].title` and `errors[].message`; empty or left out: Meta's words for the code.
        #[serde(default)]
        title: String,
    },
    /// Nothing is accepted; the answer sends the client elsewhere. Following it shows in `GET /_sim/state`.
    Redirect,
}

impl Fault {
    /// The fault's name, as `POST /_sim/fault` takes it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Hang => "hang",
            Self::AcceptThenHang => "accept_then_hang",
            Self::AcceptThenDrop => "accept_then_drop",
            Self::AcceptThen500 => "accept_then_500",
            Self::Html => "html",
            Self::Error { .. } => "error",
            Self::FailLater { .. } => "fail_later",
            Self::Redirect => "redirect",
        }
    }
}
