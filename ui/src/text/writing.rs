//! Words of writing: emoji, formatting, voice notes.

pub const EMOJI: &str = "Emoji";
pub const SEARCH_EMOJI: &str = "Search emoji";
pub const EMOJI_GROUPS: &str = "Groups of emoji";
pub const SKIN_TONE: &str = "Skin tone";
pub const MORE_EMOJI: &str = "More emoji";
pub const FORMATTED: &str = "Preview";
pub const SEND_VOICE_NOTE: &str = "Voice note";
pub const CANNOT_RECORD: &str = "This window cannot record in WhatsApp's format. Choose a recording in Ogg Opus, mono: it \
                                 goes as a voice note.";
pub const CHOOSE_RECORDING: &str = "Choose a recording";

/// The groups of the emoji picker: those used last, then Unicode's.
pub const fn emoji_group(group: usize) -> &'static str {
    match group {
        0 => "Used last",
        1 => "Smileys",
        2 => "People",
        3 => "Animals and nature",
        4 => "Food and drink",
        5 => "Travel and places",
        6 => "Activities",
        7 => "Objects",
        8 => "Symbols",
        _ => "Flags",
    }
}

/// No emoji was found; before anything was typed none was used yet.
pub fn no_emoji(typed: &str) -> String {
    match typed.trim() {
        "" => "Those you use appear here.".to_owned(),
        typed => format!("No emoji is called “{typed}”"),
    }
}
