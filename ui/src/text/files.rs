//! Words for files.

use twinbox_domain::FileKind;

pub const PHOTO: &str = "Photo";
pub const VIDEO: &str = "Video";
pub const STICKER: &str = "Sticker";
pub const VOICE_NOTE: &str = "Voice note";
pub const AUDIO: &str = "Audio file";
pub const DOCUMENT: &str = "Document";
/// The badge of a file of unknown kind.
pub const FILE: &str = "FILE";
pub const FILE_ON_PHONE: &str = "This file is on the phone only.";
pub const FILE_REMOVED: &str = "Removed from this computer to save space.";
pub const FILE_REMOVED_FOR_GOOD: &str = "Removed from this computer to save space. The phone may still have it.";
pub const FETCH_AGAIN: &str = "Fetch again";
pub const FILE_COMING: &str = "On its way";
pub const CANNOT_SHOW_FILE: &str = "It cannot be shown here. Save it to open it.";
pub const CANNOT_PLAY: &str = "It cannot be played here. Save it to open it.";
pub const OPEN_PHOTO: &str = "Open photo";
pub const CLOSE: &str = "Close";
pub const OPEN_FILE: &str = "Open";
pub const RISKY_FILE: &str = "This file can run programs";
pub const RISK: &str =
    "Files of this kind can run programs on your computer. Save it only if you know who sent it and why. ";
pub const SAVE_ANYWAY: &str = "Save anyway";
pub const PHOTO_BEFORE: &str = "Previous photo";
pub const PHOTO_AFTER: &str = "Next photo";
pub const ZOOM_IN: &str = "Zoom in";
pub const ZOOM_OUT: &str = "Zoom out";
pub const PAUSE: &str = "Pause";
pub const POSITION: &str = "Position";
pub const ATTACH: &str = "Attach files";
pub const ATTACH_HINT: &str = "Attach files (Ctrl+Shift+A)";
pub const ATTACHED: &str = "Attached files";
pub const UPLOADING: &str = "Uploading";
pub const SEND_AS_DOCUMENT: &str = "Send as document";
pub const DROP_FILES: &str = "Drop files to attach them";
pub const NO_FILES_NOW: &str = "Reply time is over. Files can be sent once they write back.";

/// The button that saves a file.
pub fn save(name: &str) -> String {
    format!("Save {name}")
}

/// The button that takes a file out of the composer.
pub fn remove(name: &str) -> String {
    format!("Remove {name}")
}

/// Short facts in one line.
pub fn separated(facts: &[&str]) -> String {
    facts.join(" · ")
}

/// As what an attached file goes.
pub const fn kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Image => PHOTO,
        FileKind::Video => VIDEO,
        FileKind::Voice => VOICE_NOTE,
        FileKind::Audio => AUDIO,
        FileKind::Sticker => STICKER,
        FileKind::Document => DOCUMENT,
    }
}

/// The button that plays a file.
pub fn play(name: &str) -> String {
    format!("Play {}", name.to_lowercase())
}

/// The button that changes how fast a recording is played.
pub fn speed_label(speed: &str) -> String {
    format!("Speed {speed}")
}

/// How large a file is, as file lists show it.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1000;
    const MB: u64 = 1_000_000;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} KB", (bytes + KB / 2) / KB),
        _ => {
            let tenths = (bytes + MB / 20) / (MB / 10);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// How long a recording is, or a place in it, in minutes and seconds.
pub fn length(seconds: f64) -> String {
    let seconds = if seconds.is_finite() {
        seconds.max(0.0) as u64
    } else {
        0
    };
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Where a recording is played.
pub fn position(at: f64, of: f64) -> String {
    format!("{} / {}", length(at), length(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, words) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1 KB"),
            (214_400, "214 KB"),
            (3_150_000, "3.2 MB"),
            (104_857_600, "104.9 MB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }

    #[test]
    fn a_place_in_a_recording_is_minutes_and_seconds() {
        assert_eq!(position(16.9, 42.0), "0:16 / 0:42");
        assert_eq!(length(605.0), "10:05");
        assert_eq!(length(f64::NAN), "0:00");
        assert_eq!(length(f64::INFINITY), "0:00");
    }
}
