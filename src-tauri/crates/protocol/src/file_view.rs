//! The file of a message, as far as it is here.

use serde::{Deserialize, Serialize};

/// The file of a message. What it is called and claims to be stands in the message's content; the bytes are fetched from
/// the host by the message's id (`GET /api/media/{message}`, or `media://localhost/{message}` in the desktop's window),
/// all of them or as a [thumbnail](FileSize).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// How far it is.
    pub state: FileState,
    /// The type its bytes are served as, for example `image/jpeg`; `None` for one that is only to be saved.
    pub shown_type: Option<String>,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is on its way, or will be.
    Waiting,
    /// It is here.
    Here {
        /// How long it is.
        size_bytes: u64,
        /// How large a picture is shown; `None` for anything else, or when its head cannot be read.
        pixels: Option<Pixels>,
        /// What is known of a recording without playing it; `None` for anything else, and until it is known.
        sound: Option<SoundView>,
    },
    /// It was here, and was removed to save space ([`SetStorageQuota`](crate::SetStorageQuota)).
    Removed {
        /// Whether [`RetryMedia`](crate::RetryMedia) may bring it back: Meta has it for 7 days. Later only the phone has it.
        can_fetch: bool,
    },
    /// It did not come.
    Failed {
        /// A sentence for a person.
        reason: String,
        /// Whether [`RetryMedia`](crate::RetryMedia) may help.
        can_retry: bool,
    },
}

/// A recording as it is shown before it is played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundView {
    /// How long it is; at least 1.
    pub duration_ms: u64,
    /// How loud it is from begin to end, each from 0 to 255, the loudest; empty when not known.
    pub levels: Vec<u8>,
}

/// How much of a file is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileSize {
    /// All of it.
    #[default]
    Whole,
    /// A smaller picture of it, at most [`THUMBNAIL_SIDE`] pixels wide and high. What has none comes whole.
    Thumbnail,
}

/// The longest side of a thumbnail in pixels: what a bubble shows on a screen with two pixels to a point.
pub const THUMBNAIL_SIDE: u32 = 640;

impl FileSize {
    /// What stands in the address of a file behind its path.
    pub const fn as_query(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Thumbnail => "?size=thumbnail",
        }
    }

    /// Reads the query of an address. Whatever it does not know asks for all of it.
    pub fn from_query(query: Option<&str>) -> Self {
        match query {
            Some("size=thumbnail") => Self::Thumbnail,
            Some(_) | None => Self::Whole,
        }
    }
}

/// The size of a picture, upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pixels {
    /// At least 1.
    pub width: u32,
    /// At least 1.
    pub height: u32,
}
