//! Files that do something when they are opened.

/// Endings of documents, pictures, sound and films, which are opened. No list of what may run is ever complete, so others are
/// not: they can be saved.
const OPENED: [&str; 50] = [
    "3gp", "aac", "aif", "aiff", "amr", "avi", "avif", "bmp", "csv", "doc", "docx", "epub", "flac", "gif", "heic",
    "heif", "jpeg", "jpg", "key", "log", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "numbers", "odp",
    "ods", "odt", "oga", "ogg", "opus", "pages", "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "tsv", "txt",
    "wav", "webm", "webp", "xls", "xlsx",
];

/// Endings of files that systems run, or that carry what they run, by what a person would call it. Beside programs and
/// scripts: links and images of disks, which lead to them, settings, and office files with macros. What Exchange keeps from
/// its users is among them (Microsoft, "Set-OwaMailboxPolicy", `BlockedFileTypes`).
const ENDINGS: [&str; 183] = [
    "action",
    "ade",
    "adp",
    "apk",
    "app",
    "appimage",
    "appinstaller",
    "applescript",
    "application",
    "appref-ms",
    "appx",
    "appxbundle",
    "bas",
    "bash",
    "bat",
    "bin",
    "cab",
    "cdxml",
    "chm",
    "class",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "diagcab",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "dylib",
    "elf",
    "exe",
    "fileloc",
    "fish",
    "flatpak",
    "flatpakref",
    "flatpakrepo",
    "fxp",
    "gadget",
    "hlp",
    "hta",
    "htc",
    "htm",
    "html",
    "img",
    "inetloc",
    "inf",
    "ins",
    "iqy",
    "iso",
    "isp",
    "jar",
    "jnlp",
    "js",
    "jse",
    "kext",
    "ko",
    "ksh",
    "library-ms",
    "lnk",
    "mad",
    "maf",
    "mag",
    "mam",
    "maq",
    "mar",
    "mas",
    "mat",
    "mau",
    "mav",
    "maw",
    "mda",
    "mdb",
    "mde",
    "mdt",
    "mdw",
    "mdz",
    "mht",
    "mhtml",
    "mobileconfig",
    "mpkg",
    "msc",
    "msh",
    "msh1",
    "msh1xml",
    "msh2",
    "msh2xml",
    "mshxml",
    "msi",
    "msix",
    "msixbundle",
    "msp",
    "mst",
    "msu",
    "nu",
    "one",
    "onepkg",
    "ops",
    "osd",
    "pcd",
    "pif",
    "pkg",
    "pl",
    "plg",
    "potm",
    "ppam",
    "ppsm",
    "pptm",
    "prefpane",
    "prf",
    "prg",
    "ps1",
    "ps1xml",
    "ps2",
    "ps2xml",
    "psc1",
    "psc2",
    "psm1",
    "pssc",
    "py",
    "pyc",
    "pyo",
    "pyw",
    "pyz",
    "pyzw",
    "rb",
    "rdp",
    "reg",
    "rpm",
    "run",
    "saver",
    "scf",
    "scpt",
    "scptd",
    "scr",
    "sct",
    "search-ms",
    "searchconnector-ms",
    "settingcontent-ms",
    "sh",
    "shb",
    "shs",
    "slk",
    "snap",
    "so",
    "svg",
    "terminal",
    "theme",
    "themepack",
    "tool",
    "udl",
    "url",
    "vb",
    "vbe",
    "vbp",
    "vbs",
    "vhd",
    "vhdx",
    "vsmacros",
    "vsw",
    "webloc",
    "website",
    "workflow",
    "ws",
    "wsb",
    "wsc",
    "wsf",
    "wsh",
    "xbap",
    "xht",
    "xhtml",
    "xla",
    "xlam",
    "xll",
    "xlm",
    "xlsb",
    "xlsm",
    "xltm",
    "xnk",
    "zsh",
];

/// Whether a file of this name is handed to the system's program for such files.
pub fn may_be_opened(name: &str) -> bool {
    has_one_of(name, &OPENED)
}

/// Whether opening a file of this name may run something, as far as that is known.
pub fn may_run(name: &str) -> bool {
    has_one_of(name, &ENDINGS)
}

fn has_one_of(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_scripts_and_what_leads_to_them_may_run() {
        for name in [
            "setup.exe",
            "quote.pdf.EXE",
            "order.docm",
            "photo.jpg.lnk",
            "run.sh",
            "page.html",
            "a.exe ",
            "prices.xll",
            "update.appinstaller",
            "server.rdp",
            "notes.one",
            "setup.terminal",
            "link.fileloc",
        ] {
            assert!(may_run(name) && !may_be_opened(name), "{name}");
        }
    }

    #[test]
    fn documents_and_pictures_do_not() {
        for name in [
            "quote.pdf",
            "order.docx",
            "table.csv",
            "photo.jpg",
            "exe",
            "note.exe.txt",
            "",
        ] {
            assert!(!may_run(name), "{name}");
        }
    }

    #[test]
    fn only_what_is_known_to_be_harmless_is_opened() {
        for name in [
            "quote.pdf",
            "order.DOCX",
            "table.csv",
            "photo.jpg",
            "song.mp3",
            "film.mp4",
            "note.exe.txt",
        ] {
            assert!(may_be_opened(name), "{name}");
        }
        for name in ["drawing.dwg", "parts.zip", "of-tomorrow.newkind", "pdf", ""] {
            assert!(!may_be_opened(name), "{name}");
        }
    }

    #[test]
    fn the_lists_are_in_order_without_doubles() {
        for endings in [&OPENED[..], &ENDINGS[..]] {
            assert!(endings.is_sorted_by(|one, other| one < other));
        }
    }
}
