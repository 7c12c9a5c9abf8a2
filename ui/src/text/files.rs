//! Words for files.

use super::{Words, say};
use twinbox_domain::FileKind;

pub const PHOTO: Words = Words("photo");
pub const VIDEO: Words = Words("video");
pub const STICKER: Words = Words("sticker");
pub const VOICE_NOTE: Words = Words("voice-note");
pub const AUDIO: Words = Words("audio");
pub const DOCUMENT: Words = Words("document");
/// The badge of a file of unknown kind.
pub const FILE: Words = Words("file");
pub const FILE_ON_PHONE: Words = Words("file-on-phone");
pub const FILE_REMOVED: Words = Words("file-removed");
pub const FILE_REMOVED_FOR_GOOD: Words = Words("file-removed-for-good");
pub const FETCH_AGAIN: Words = Words("fetch-again");
pub const FILE_COMING: Words = Words("file-coming");
pub const CANNOT_SHOW_FILE: Words = Words("cannot-show-file");
pub const CANNOT_PLAY: Words = Words("cannot-play");
pub const OPEN_PHOTO: Words = Words("open-photo");
pub const CLOSE: Words = Words("close");
pub const OPEN_FILE: Words = Words("open-file");
pub const RISKY_FILE: Words = Words("risky-file");
pub const RISK: Words = Words("risk");
pub const SAVE_ANYWAY: Words = Words("save-anyway");
pub const PHOTO_BEFORE: Words = Words("photo-before");
pub const PHOTO_AFTER: Words = Words("photo-after");
pub const ZOOM_IN: Words = Words("zoom-in");
pub const ZOOM_OUT: Words = Words("zoom-out");
pub const PAUSE: Words = Words("pause");
pub const POSITION: Words = Words("position");
pub const ATTACH: Words = Words("attach");
pub const ATTACHED: Words = Words("attached");
pub const UPLOADING: Words = Words("uploading");
pub const SEND_AS_DOCUMENT: Words = Words("send-as-document");
pub const DROP_FILES: Words = Words("drop-files");
pub const NO_FILES_NOW: Words = Words("no-files-now");
pub const NO_FILES_IN_NOTE: Words = Words("no-files-in-note");

/// The button that saves a file.
pub fn save(name: &str) -> String {
    say!("save-file", name = name)
}

/// The button that takes a file out of the composer.
pub fn remove(name: &str) -> String {
    say!("remove-file", name = name)
}

/// Short facts in one line.
pub fn separated(facts: &[&str]) -> String {
    facts.join(" · ")
}

/// As what an attached file goes.
pub const fn kind(kind: FileKind) -> Words {
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
    say!("play-file", name = &name.to_lowercase())
}

/// The button that changes how fast a recording is played.
pub fn speed_label(speed: &str) -> String {
    say!("speed-label", speed = speed)
}

/// How large a file is, as file lists show it.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1000;
    const MB: u64 = 1_000_000;
    const GB: u64 = 1_000_000_000;
    let rounded = |unit: u64| {
        let tenths = (bytes + unit / 20) / (unit / 10);
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}.{rest}", tenths / 10),
        }
    };
    match bytes {
        0..KB => say!("size-bytes", size = bytes),
        KB..MB => say!("size-kb", size = (bytes + KB / 2) / KB),
        MB..GB => say!("size-mb", size = &rounded(MB)),
        _ => say!("size-gb", size = &rounded(GB)),
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
            (5_000_000, "5 MB"),
            (1_000_000_000, "1 GB"),
            (20_000_000_000, "20 GB"),
            (5_368_709_120, "5.4 GB"),
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
