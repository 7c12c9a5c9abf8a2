//! Files to be sent: as what they go, and what WhatsApp takes (Meta, "Media" and the pages of each message type, Feb
//! 2026). Decided by their bytes, before anything is queued.

use super::{
    ContentHash, LARGEST_MEDIA_BYTES, save_name,
    sniff::{Sniffed, has_other_codec, sniff},
};
use crate::{Content, Media, Millis};
use serde::{Deserialize, Serialize};

/// Most characters of the text below a file (Meta, "Image messages", Feb 2026).
pub const LONGEST_CAPTION: usize = 1024;

/// So many bytes of the beginning, and for films of the end, tell what a file is; the frame header of a JPEG lies behind
/// previews and profiles.
pub const HEAD_BYTES: u64 = 1024 * 1024;

/// Meta keeps an uploaded file for 30 days (Meta, "Media", Feb 2026); one hour less, for clocks that differ.
const UPLOAD_LIFE_MS: i64 = (30 * 24 - 1) * 60 * 60 * 1000;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// As what a file reaches the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A photo in the chat.
    Image,
    /// A film in the chat.
    Video,
    /// Recorded, with a face and a wave.
    Voice,
    /// A sound file.
    Audio,
    /// A sticker.
    Sticker,
    /// A file to be opened elsewhere.
    Document,
}

impl FileKind {
    /// Whether a text may stand below it.
    pub const fn takes_caption(self) -> bool {
        match self {
            Self::Image | Self::Video | Self::Document => true,
            Self::Voice | Self::Audio | Self::Sticker => false,
        }
    }
}

/// Why a file cannot be sent as what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// It has no bytes.
    Empty,
    /// It is larger than WhatsApp takes of this kind.
    TooLarge(FileKind),
    /// It is of this kind, but not of a type that WhatsApp shows or plays.
    Type(FileKind),
    /// A photo in other colors than 8-bit RGB.
    Colors,
    /// A film or sound file of the right type, packed in another way than WhatsApp plays.
    Codec,
}

impl FileProblem {
    /// Whether it can go as a document instead.
    pub const fn can_be_document(self) -> bool {
        match self {
            Self::Empty | Self::TooLarge(FileKind::Document) => false,
            Self::TooLarge(_) | Self::Type(_) | Self::Colors | Self::Codec => true,
        }
    }

    /// What to say about it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "This file is empty.",
            Self::TooLarge(FileKind::Image) => "WhatsApp takes photos of up to 5 MB.",
            Self::TooLarge(FileKind::Video) => "WhatsApp takes videos of up to 16 MB.",
            Self::TooLarge(FileKind::Voice | FileKind::Audio) => "WhatsApp takes audio files of up to 16 MB.",
            Self::TooLarge(FileKind::Sticker) => {
                "WhatsApp takes stickers of up to 100 KB, moving ones of up to 500 KB."
            }
            Self::TooLarge(FileKind::Document) => "WhatsApp takes files of up to 100 MB.",
            Self::Type(FileKind::Video) => "WhatsApp plays only MP4 and 3GP videos.",
            Self::Type(FileKind::Voice | FileKind::Audio) => {
                "WhatsApp plays only AAC, AMR, MP3, M4A and OGG Opus audio."
            }
            Self::Type(FileKind::Image | FileKind::Sticker | FileKind::Document) => {
                "WhatsApp shows only JPEG and PNG photos."
            }
            Self::Colors => "WhatsApp shows only photos with 8-bit RGB colors.",
            Self::Codec => "WhatsApp plays only H.264 video and AAC audio in such files.",
        }
    }
}

/// A file that WhatsApp takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutgoingFile {
    /// As what it goes.
    pub kind: FileKind,
    /// The type it is uploaded with.
    pub mime_type: &'static str,
}

impl OutgoingFile {
    /// Looks at a file that begins with `head` and ends with `tail` (its first and last [`HEAD_BYTES`]; all of a shorter
    /// one is `head`) and is `size_bytes` long. The ending of its `name` only tells office documents apart.
    /// `as_document`: whatever it is, it is to be a document.
    ///
    /// # Errors
    /// [`FileProblem`] when WhatsApp does not take it.
    pub fn check(
        head: &[u8],
        tail: &[u8],
        size_bytes: u64,
        name: &str,
        as_document: bool,
    ) -> Result<Self, FileProblem> {
        if size_bytes == 0 {
            return Err(FileProblem::Empty);
        }
        if size_bytes > LARGEST_MEDIA_BYTES {
            return Err(FileProblem::TooLarge(FileKind::Document));
        }
        let sniffed = sniff(head);
        let file = if as_document {
            let mime_type = document_type(sniffed, name);
            let kind = FileKind::Document;
            Ok(Self { kind, mime_type })
        } else {
            as_it_is(sniffed, name)
        }?;
        if size_bytes > most_bytes(file.kind, sniffed) {
            return Err(FileProblem::TooLarge(file.kind));
        }
        // "H.264 video codec and AAC audio codec" (Meta, "Video messages", Feb 2026).
        let is_container = matches!(sniffed, Sniffed::Mp4 | Sniffed::ThreeGp | Sniffed::M4a);
        if is_container && !as_document && has_other_codec(head, tail) {
            return Err(FileProblem::Codec);
        }
        Ok(file)
    }

    /// The message that carries it. Of `name` stays what [`save_name`] leaves, and only of a document.
    pub fn content(self, hash: ContentHash, name: &str, caption: String) -> Content {
        let media = Media {
            media_id: String::new(),
            mime_type: self.mime_type.to_owned(),
            sha256: hash.to_string(),
            caption,
        };
        match self.kind {
            FileKind::Image => Content::Image(media),
            FileKind::Video => Content::Video(media),
            FileKind::Sticker => Content::Sticker(media),
            FileKind::Voice => Content::Audio { media, is_voice: true },
            FileKind::Audio => Content::Audio { media, is_voice: false },
            FileKind::Document => {
                let named = Content::Document {
                    media: media.clone(),
                    filename: name.to_owned(),
                };
                Content::Document {
                    media,
                    filename: save_name(&named),
                }
            }
        }
    }
}

/// Whether Meta still has what was uploaded at `uploaded_at`.
pub const fn upload_is_kept(uploaded_at: Millis, now: Millis) -> bool {
    now.ms_since(uploaded_at) < UPLOAD_LIFE_MS
}

/// "8-bit, RGB or RGBA"; "OGG (OPUS codecs only)"; a voice message is mono (Meta, "Media" and "Audio messages", Feb 2026).
fn as_it_is(sniffed: Sniffed, name: &str) -> Result<OutgoingFile, FileProblem> {
    let (kind, mime_type) = match sniffed {
        Sniffed::Jpeg { is_rgb: true } => (FileKind::Image, "image/jpeg"),
        Sniffed::Png { is_rgb: true } => (FileKind::Image, "image/png"),
        Sniffed::Jpeg { is_rgb: false } | Sniffed::Png { is_rgb: false } => return Err(FileProblem::Colors),
        Sniffed::WebP { .. } => (FileKind::Sticker, "image/webp"),
        Sniffed::OtherImage => return Err(FileProblem::Type(FileKind::Image)),
        Sniffed::Mp4 => (FileKind::Video, "video/mp4"),
        Sniffed::ThreeGp => (FileKind::Video, "video/3gpp"),
        Sniffed::OtherVideo => return Err(FileProblem::Type(FileKind::Video)),
        Sniffed::Aac => (FileKind::Audio, "audio/aac"),
        Sniffed::Amr => (FileKind::Audio, "audio/amr"),
        Sniffed::Mp3 => (FileKind::Audio, "audio/mpeg"),
        Sniffed::M4a => (FileKind::Audio, "audio/mp4"),
        Sniffed::Opus { channels: 1 } => (FileKind::Voice, "audio/ogg; codecs=opus"),
        Sniffed::Opus { .. } => (FileKind::Audio, "audio/ogg; codecs=opus"),
        Sniffed::OtherAudio => return Err(FileProblem::Type(FileKind::Audio)),
        Sniffed::Pdf | Sniffed::Zip | Sniffed::Ole | Sniffed::Text | Sniffed::Unknown => {
            (FileKind::Document, document_type(sniffed, name))
        }
    };
    Ok(OutgoingFile { kind, mime_type })
}

const fn most_bytes(kind: FileKind, sniffed: Sniffed) -> u64 {
    match (kind, sniffed) {
        (FileKind::Image, _) => 5 * MIB,
        (FileKind::Video | FileKind::Voice | FileKind::Audio, _) => 16 * MIB,
        (FileKind::Sticker, Sniffed::WebP { is_animated: true }) => 500 * KIB,
        (FileKind::Sticker, _) => 100 * KIB,
        (FileKind::Document, _) => LARGEST_MEDIA_BYTES,
    }
}

/// The types of documents that Meta lists; bytes and name have to agree on one. Everything else, pictures and films among
/// it, which would meet the limits of their own type, goes as plain bytes.
fn document_type(sniffed: Sniffed, name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is = |known: &str| ending.eq_ignore_ascii_case(known);
    match sniffed {
        Sniffed::Pdf => "application/pdf",
        Sniffed::Text => "text/plain",
        Sniffed::Zip if is("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Sniffed::Zip if is("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Sniffed::Zip if is("pptx") => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Sniffed::Ole if is("doc") => "application/msword",
        Sniffed::Ole if is("xls") => "application/vnd.ms-excel",
        Sniffed::Ole if is("ppt") => "application/vnd.ms-powerpoint",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
