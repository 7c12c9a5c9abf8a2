//! What kind a file is, for its badge.

/// Longer ones do not fit the badge.
const LONGEST: usize = 4;

/// The ending of the file's name in capitals, else what its MIME type says, else nothing.
pub fn badge(filename: &str, mime_type: &str) -> Option<String> {
    let ending = filename
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map(|(_, ending)| ending);
    let kind = ending
        .filter(|ending| fits(ending))
        .or_else(|| of_mime(plain_mime(mime_type)));
    kind.map(str::to_ascii_uppercase)
}

/// A MIME type without its parameters: `audio/ogg` of `audio/ogg; codecs=opus`.
pub fn plain_mime(mime_type: &str) -> &str {
    mime_type.split(';').next().unwrap_or_default().trim()
}

fn fits(kind: &str) -> bool {
    (1..=LONGEST).contains(&kind.len())
        && kind.chars().all(|c| c.is_ascii_alphanumeric())
        && kind.chars().any(|c| c.is_ascii_alphabetic())
}

fn of_mime(mime_type: &str) -> Option<&str> {
    match mime_type {
        "application/msword" => Some("doc"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some("docx"),
        "application/vnd.ms-excel" => Some("xls"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some("xlsx"),
        "application/vnd.ms-powerpoint" => Some("ppt"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => Some("pptx"),
        "text/plain" => Some("txt"),
        _ => mime_type
            .split_once('/')
            .map(|(_, kind)| kind)
            .filter(|kind| fits(kind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge_of(filename: &str, mime_type: &str) -> String {
        badge(filename, mime_type).unwrap_or_default()
    }

    #[test]
    fn the_ending_of_the_name_comes_first() {
        assert_eq!(badge_of("Quote TO-2291 oak bench.pdf", "application/zip"), "PDF");
        assert_eq!(badge_of("song.final.Mp3", ""), "MP3");
    }

    #[test]
    fn what_is_no_ending_is_left_to_the_type() {
        for filename in [
            "",
            "Quote",
            ".pdf",
            "Plan v1.2",
            "To be. Signed today",
            "drawing.dwgplan",
        ] {
            assert_eq!(badge_of(filename, "application/pdf"), "PDF", "{filename}");
        }
    }

    #[test]
    fn office_types_are_known_by_their_short_names() {
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(badge_of("", sheet), "XLSX");
        assert_eq!(badge_of("", "text/plain; charset=utf-8"), "TXT");
    }

    #[test]
    fn nothing_is_said_of_an_unknown_kind() {
        assert_eq!(badge("", ""), None);
        assert_eq!(badge("notes", "application/octet-stream"), None);
    }

    #[test]
    fn parameters_of_a_type_are_dropped() {
        assert_eq!(plain_mime("audio/ogg; codecs=opus"), "audio/ogg");
        assert_eq!(plain_mime("audio/mpeg"), "audio/mpeg");
    }
}
