//! Words of writing: emoji, formatting, voice notes.

use super::{Words, say};

pub const EMOJI: Words = Words("emoji");
pub const SEARCH_EMOJI: Words = Words("search-emoji");
pub const EMOJI_GROUPS: Words = Words("emoji-groups");
pub const SKIN_TONE: Words = Words("skin-tone");
pub const MORE_EMOJI: Words = Words("more-emoji");
pub const FORMATTED: Words = Words("formatted");
pub const SEND_VOICE_NOTE: Words = Words("send-voice-note");
pub const CANNOT_RECORD: Words = Words("cannot-record");
pub const CHOOSE_RECORDING: Words = Words("choose-recording");

/// The groups of the emoji picker: those used last, then Unicode's.
pub const fn emoji_group(group: usize) -> Words {
    match group {
        0 => Words("emoji-recent"),
        1 => Words("emoji-smileys"),
        2 => Words("emoji-people"),
        3 => Words("emoji-nature"),
        4 => Words("emoji-food"),
        5 => Words("emoji-travel"),
        6 => Words("emoji-activities"),
        7 => Words("emoji-objects"),
        8 => Words("emoji-symbols"),
        _ => Words("emoji-flags"),
    }
}

/// No emoji was found; before anything was typed none was used yet.
pub fn no_emoji(typed: &str) -> String {
    match typed.trim() {
        "" => Words("no-emoji-yet").to_owned(),
        typed => say!("no-emoji", typed = typed),
    }
}
