//! Files of messages: how their hashes are written, how long they are tried for, and which types are shown as what they
//! claim to be. Files that come in are not looked at here, those that go out are ([`OutgoingFile`]).

mod outgoing;
mod risk;
mod sniff;

pub use outgoing::{FileKind, FileProblem, HEAD_BYTES, LONGEST_CAPTION, OutgoingFile, upload_is_kept};
pub use risk::{may_be_opened, may_run};

use crate::{Content, Media, Millis};
use base64::{
    Engine as _,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Larger files neither come nor go: Meta takes at most 100 MB of a customer and of a business (Meta, "Media", Feb 2026).
pub const LARGEST_MEDIA_BYTES: u64 = 100 * 1024 * 1024;

/// A media id of a webhook is good for 7 days (Meta, "Media", Feb 2026).
pub const MEDIA_ID_LIFE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

const FIRST_WAIT_MS: i64 = 1000;
const LONGEST_WAIT_MS: i64 = 6 * 60 * 60 * 1000;
/// A token is not mended within seconds.
const TOKEN_WAIT_MS: i64 = 60 * 1000;

/// The SHA-256 of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// Reads a hash as Meta tells it: base64 in webhooks, hexadecimal in lookups and in the history (Meta, "Media" and
    /// webhook reference `history`, Feb 2026). `None` for anything else, and when none was told.
    pub fn told(text: &str) -> Option<Self> {
        let text = text.trim();
        let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let bytes = hex::decode(text).ok().filter(|bytes| bytes.len() == 32).or_else(|| {
            [STANDARD, URL_SAFE]
                .iter()
                .find_map(|alphabet| GeneralPurpose::new(alphabet, lenient).decode(text).ok())
        })?;
        bytes.try_into().ok().map(Self)
    }
}

/// Lower-case hexadecimal digits, 64 of them.
impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::told(&text).ok_or_else(|| serde::de::Error::custom("not a SHA-256"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

/// What a failed attempt to fetch a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchTrouble {
    /// It may work another time.
    Later,
    /// Meta does not have the file, or not any more.
    Gone,
    /// It is larger than [`LARGEST_MEDIA_BYTES`].
    TooLarge,
    /// Meta does not take our token. Nothing is fetched until that is mended.
    Token,
}

/// What becomes of a file after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFetch {
    /// Try again, not before this time.
    RetryAt(Millis),
    /// Only a person may ask for it again.
    GiveUp {
        /// Whether asking again could help.
        can_retry: bool,
    },
}

/// What follows from the failed attempt number `attempts` (from 1) at `now`, for a media id that was told at `told_at`.
pub const fn after_fetch(trouble: FetchTrouble, now: Millis, told_at: Millis, attempts: u32) -> AfterFetch {
    let is_over = now.ms_since(told_at) >= MEDIA_ID_LIFE_MS;
    let doublings = if attempts > 30 { 30 } else { attempts };
    let back_off = FIRST_WAIT_MS.saturating_mul(1 << doublings);
    let wait = match trouble {
        FetchTrouble::TooLarge => return AfterFetch::GiveUp { can_retry: false },
        // Meta answers the same to a token that lacks a permission; a person who mended that may ask again.
        FetchTrouble::Gone => return AfterFetch::GiveUp { can_retry: !is_over },
        FetchTrouble::Later | FetchTrouble::Token if is_over => return AfterFetch::GiveUp { can_retry: true },
        FetchTrouble::Token if back_off < TOKEN_WAIT_MS => TOKEN_WAIT_MS,
        FetchTrouble::Later | FetchTrouble::Token if back_off > LONGEST_WAIT_MS => LONGEST_WAIT_MS,
        FetchTrouble::Later | FetchTrouble::Token => back_off,
    };
    AfterFetch::RetryAt(now.plus_ms(wait))
}

impl Content {
    /// What is known about the file of a message; `None` for a message without one.
    pub fn media(&self) -> Option<&Media> {
        match self {
            Self::Card { header, .. } => header.as_deref()?.media(),
            Self::Marked { content, .. } => content.media(),
            Self::Image(media)
            | Self::Video(media)
            | Self::Sticker(media)
            | Self::Audio { media, .. }
            | Self::Document { media, .. } => Some(media),
            Self::Text { .. }
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Choice { .. }
            | Self::CallPermission { .. }
            | Self::Form { .. }
            | Self::Order { .. }
            | Self::IdsChanged { .. }
            | Self::HandedOver { .. }
            | Self::Note { .. }
            | Self::Placeholder
            | Self::NotUnderstood { .. } => None,
        }
    }
}

/// Types a host may serve as what they are: pictures without scripts in them, sound and film. Whatever else a sender
/// claims is served as bytes to be saved.
const SHOWN_TYPES: [&str; 15] = [
    "audio/aac",
    "audio/amr",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/opus",
    "audio/wav",
    "audio/webm",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/3gpp",
    "video/mp4",
    "video/webm",
];

/// The type a file may be served as, without parameters; `None` for one that is only to be saved.
pub fn shown_type(mime_type: &str) -> Option<&'static str> {
    let base = mime_type.split(';').next().unwrap_or_default().trim();
    SHOWN_TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(base))
}

/// Most characters of a name before its ending.
const LONGEST_STEM: usize = 100;

/// What to call the file of a message when it is saved: the sender's name for it without anything that is a path, or
/// that a disk or a reader could take for something else. Never empty.
pub fn save_name(content: &Content) -> String {
    if let Content::Marked { content: header, .. }
    | Content::Card {
        header: Some(header), ..
    } = content
    {
        return save_name(header);
    }
    let (given, stem) = match content {
        Content::Document { filename, .. } => (filename.as_str(), "document"),
        Content::Image(_) => ("", "image"),
        Content::Video(_) => ("", "video"),
        Content::Sticker(_) => ("", "sticker"),
        Content::Audio { is_voice: true, .. } => ("", "voice note"),
        Content::Audio { .. } => ("", "audio"),
        _ => ("", "file"),
    };
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|letter| is_plain(*letter)).collect();
    let clean = clean.trim_matches([' ', '.']);
    if clean.is_empty() {
        let ending = content.media().and_then(|media| ending(&media.mime_type));
        return ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"));
    }
    match clean.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.chars().count() <= 10 => {
            let stem: String = stem.chars().take(LONGEST_STEM).collect();
            format!("{stem}.{ending}")
        }
        _ => {
            let cut: String = clean.chars().take(LONGEST_STEM).collect();
            cut.trim_end_matches([' ', '.']).to_owned()
        }
    }
}

/// Not what systems forbid in names, nor marks that turn the reading direction, under which an ending hides.
fn is_plain(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\')
        && !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn ending(mime_type: &str) -> Option<&'static str> {
    Some(match shown_type(mime_type)? {
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "audio/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        "audio/ogg" => "ogg",
        "audio/opus" => "opus",
        "audio/wav" => "wav",
        "audio/webm" | "video/webm" => "webm",
        "image/gif" => "gif",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "video/3gpp" => "3gp",
        "video/mp4" => "mp4",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    #[test]
    fn a_hash_reads_the_same_however_meta_writes_it() {
        let hash = ContentHash([0xfb; 32]);
        let hex = "fb".repeat(32);
        let base64 = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";
        for told in [
            hex.as_str(),
            &hex.to_uppercase(),
            &format!(" {hex}\n"),
            base64,
            base64.trim_end_matches('='),
            &base64.replace('+', "-").replace('/', "_"),
        ] {
            assert_eq!(ContentHash::told(told), Some(hash), "{told}");
        }
        for wrong in ["", "b64", "fb", &"fb".repeat(33), &"zz".repeat(32), "../../etc/passwd"] {
            assert_eq!(ContentHash::told(wrong), None, "{wrong}");
        }
        assert_eq!(hash.to_string(), hex);
    }

    #[test]
    fn a_file_is_tried_ever_less_often_for_seven_days() {
        let told_at = Millis(1_000_000);
        let mut now = told_at;
        let mut waits = Vec::new();
        loop {
            let attempts = u32::try_from(waits.len() + 1).unwrap();
            match after_fetch(FetchTrouble::Later, now, told_at, attempts) {
                AfterFetch::RetryAt(at) => {
                    waits.push(at.ms_since(now));
                    now = at;
                }
                AfterFetch::GiveUp { can_retry } => {
                    assert!(can_retry);
                    break;
                }
            }
        }
        assert_eq!(waits.first(), Some(&2000));
        assert!(waits.is_sorted());
        assert_eq!(waits.last(), Some(&LONGEST_WAIT_MS));
        assert!((7 * DAY_MS..8 * DAY_MS).contains(&now.ms_since(told_at)));
    }

    #[test]
    fn what_is_gone_or_too_large_is_not_tried_again_and_a_token_has_its_minute() {
        let (told_at, now) = (Millis(0), Millis(5));
        assert_eq!(
            after_fetch(FetchTrouble::Gone, now, told_at, 1),
            AfterFetch::GiveUp { can_retry: true }
        );
        assert_eq!(
            after_fetch(FetchTrouble::Gone, Millis(8 * DAY_MS), told_at, 1),
            AfterFetch::GiveUp { can_retry: false }
        );
        assert_eq!(
            after_fetch(FetchTrouble::TooLarge, now, told_at, 1),
            AfterFetch::GiveUp { can_retry: false }
        );
        assert_eq!(
            after_fetch(FetchTrouble::Token, now, told_at, 1),
            AfterFetch::RetryAt(now.plus_ms(60_000))
        );
        assert_eq!(
            after_fetch(FetchTrouble::Later, now, told_at, u32::MAX),
            AfterFetch::RetryAt(now.plus_ms(LONGEST_WAIT_MS))
        );
    }

    fn document(filename: &str) -> Content {
        Content::Document {
            media: Media {
                mime_type: "application/pdf".to_owned(),
                ..Media::default()
            },
            filename: filename.to_owned(),
        }
    }

    #[test]
    fn a_saved_file_is_called_what_its_sender_called_it_but_for_what_is_dangerous() {
        for (given, name) in [
            ("Quote 2026.pdf", "Quote 2026.pdf"),
            ("עברית.pdf", "עברית.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\evil.exe", "evil.exe"),
            ("..", "document"),
            ("", "document"),
            ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            (".bashrc", "bashrc"),
        ] {
            assert_eq!(save_name(&document(given)), name, "{given:?}");
        }
        assert_eq!(save_name(&document(&"a".repeat(5000))).len(), 100);
        assert_eq!(save_name(&document(&format!("{}.pdf", "a".repeat(5000)))).len(), 104);
        // Found by fuzzing: what is cut off must not leave an end that systems drop.
        let cut = save_name(&document(&format!("{} {}", "a".repeat(99), "b".repeat(20))));
        assert_eq!(cut, "a".repeat(99));
        let picture = Content::Image(Media {
            mime_type: "image/jpeg".to_owned(),
            ..Media::default()
        });
        assert_eq!(save_name(&picture), "image.jpg");
    }

    proptest::proptest! {
        #[test]
        fn a_saved_file_has_a_name_every_system_takes(given in "\\PC{0,200}|[a. /]{0,150}") {
            let name = save_name(&document(&given));
            proptest::prop_assert!(!name.is_empty() && name.chars().count() <= 112);
            proptest::prop_assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']));
            proptest::prop_assert!(!name.contains(['/', '\\', ':']) && !name.chars().any(char::is_control));
        }
    }

    #[test]
    fn nothing_that_could_run_is_served_as_what_it_claims_to_be() {
        assert_eq!(shown_type("audio/ogg; codecs=opus"), Some("audio/ogg"));
        assert_eq!(shown_type("IMAGE/JPEG"), Some("image/jpeg"));
        for hostile in [
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "image/jpeg\r\nX-Evil: 1",
            "application/pdf",
            "",
        ] {
            assert_eq!(shown_type(hostile), None, "{hostile}");
        }
    }
}
