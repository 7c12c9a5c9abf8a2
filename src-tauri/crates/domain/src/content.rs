//! What a message says.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A message's content, as far as this version understands it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// Text with WhatsApp's own formatting marks still in it.
    Text {
        /// At most 4096 characters when we send it; whatever the customer wrote otherwise.
        body: String,
    },
    /// A picture. Only what is known about it: the file itself is fetched separately.
    Image(Media),
    /// A type this version cannot show. Its raw JSON stays in the journal.
    NotUnderstood {
        /// Meta's word for the type, for example `poll_creation`.
        type_name: String,
    },
}

/// What Meta says about a media file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Meta's media id, valid 7 days.
    pub media_id: String,
    /// For example `image/jpeg`.
    pub mime_type: String,
    /// Hash of the file as Meta writes it: base64 in webhooks, hex in some history payloads.
    pub sha256: String,
    /// The text below the picture; empty when there is none.
    pub caption: String,
}

impl Content {
    /// How much is known, for upgrades of one and the same message: a later, better delivery replaces a poorer one.
    pub const fn rank(&self) -> i64 {
        match self {
            Self::NotUnderstood { .. } => 0,
            Self::Text { .. } | Self::Image(_) => 2,
        }
    }

    /// The kind's word in the store.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::NotUnderstood { .. } => "not_understood",
        }
    }
}

/// Never the text itself: contents do not belong in logs.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content::{}(..)", self.kind())
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Media(..)")
    }
}
