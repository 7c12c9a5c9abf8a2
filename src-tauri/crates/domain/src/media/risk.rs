//! Files that do something when they are opened.

/// Endings of files that systems run, or that carry what they run, by what a person would call it. Beside programs and
/// scripts: links and images of disks, which lead to them, and office files with macros.
const ENDINGS: [&str; 76] = [
    "action",
    "apk",
    "app",
    "appimage",
    "application",
    "appref-ms",
    "bat",
    "bin",
    "cab",
    "chm",
    "class",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "elf",
    "exe",
    "flatpak",
    "flatpakref",
    "gadget",
    "hta",
    "htm",
    "html",
    "img",
    "inf",
    "iso",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "lnk",
    "msc",
    "msi",
    "msix",
    "msp",
    "pif",
    "pkg",
    "potm",
    "ppam",
    "ppsm",
    "pptm",
    "ps1",
    "psm1",
    "py",
    "pyw",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sct",
    "settingcontent-ms",
    "sh",
    "snap",
    "svg",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "ws",
    "wsf",
    "wsh",
    "xlam",
    "xlsm",
    "xltm",
];

/// Whether opening a file of this name may run something. One without an ending is opened by what is in it.
pub fn may_run(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
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
        ] {
            assert!(may_run(name), "{name}");
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
    fn the_list_is_in_order_without_doubles() {
        assert!(ENDINGS.is_sorted_by(|one, other| one < other));
    }
}
