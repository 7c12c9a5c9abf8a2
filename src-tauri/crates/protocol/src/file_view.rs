//! The file of a message, as far as it is here.

use serde::{Deserialize, Serialize};

/// The file of a message. What it is called and claims to be stands in the message's content; the bytes are fetched from
/// the host by the message's id (`GET /api/media/{message}`, or `media://localhost/{message}` in the desktop's window).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// How far it is.
    pub state: FileState,
    /// The type its bytes are served as, for example `image/jpeg`; `None` for one that is only to be saved.
    pub shown_type: Option<String>,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FileState {
    /// It is on its way, or will be.
    Waiting,
    /// It is here.
    Here {
        /// How long it is.
        size_bytes: u64,
        /// How large a picture is shown; `None` for anything else, or when its head cannot be read.
        pixels: Option<Pixels>,
    },
    /// It did not come.
    Failed {
        /// A sentence for a person.
        reason: String,
        /// Whether [`RetryMedia`](crate::RetryMedia) may help.
        can_retry: bool,
    },
}

/// The size of a picture, upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pixels {
    /// At least 1.
    pub width: u32,
    /// At least 1.
    pub height: u32,
}
