//! Words of the settings.

use crate::screen::Section;
use twinbox_protocol::{Density, Theme};

pub const SETTINGS: &str = "Settings";

pub const THEME: &str = "Theme";
pub const DENSITY: &str = "Density";
pub const DENSITY_HINT: &str = "Compact shows more chats at once.";
pub const TEXT_SIZE: &str = "Text size";
pub const TEXT_SIZE_HINT: &str = "Of everything in this window, with the room it needs.";

pub const LANGUAGE: &str = "Language";
pub const LANGUAGE_HINT: &str = "Of Twinbox itself. Messages stay as they were written.";
/// By tag; empty for the system's.
pub const LANGUAGES: [(&str, &str); 2] = [("", "As the system"), ("en-US", "English (United States)")];

pub const SHOWS_MESSAGES: &str = "New messages";
pub const SHOWS_MESSAGES_HINT: &str = "While this window does not have the focus.";
pub const HIDES_CONTENT: &str = "Hide names and texts";
pub const HIDES_CONTENT_HINT: &str = "A notification then only says that there is a message.";
pub const HAS_SOUND: &str = "Sound";
pub const DO_NOT_DISTURB: &str = "Do not disturb";
pub const DO_NOT_DISTURB_HINT: &str =
    "No new message is told until you switch this off. Reminders about numbers still are.";
pub const STAYS_IN_TRAY: &str = "Keep running when the window is closed";
pub const STAYS_IN_TRAY_HINT: &str = "Twinbox stays in the tray and goes on receiving. Without a tray it quits.";
pub const STARTS_WITH_SYSTEM: &str = "Start with the system";
pub const STARTS_WITH_SYSTEM_HINT: &str = "In the tray, without opening the window.";
pub const TRY_NOTIFICATION: &str = "Try a notification";
pub const TRY_NOTIFICATION_HINT: &str = "With its sound, as a message would be told.";
pub const TRY_IT: &str = "Try it";
pub const NOTIFICATIONS_DESKTOP: &str = "Your system may hold notifications back in a mode of its own.";
pub const NOTIFICATIONS_BROWSER: &str = "Notifications come from the desktop app. A browser shows none.";

pub const LETTER_SHORTCUTS: &str = "Single-letter shortcuts";
pub const LETTER_SHORTCUTS_HINT: &str = "Outside of text fields. Those with Ctrl and function keys always work.";
pub const USUAL_SHORTCUTS: &str = "Use the usual shortcuts again";
pub const PRESS_KEYS: &str = "Press the new keys";
pub const NO_KEYS: &str = "None";
pub const CHANGE_KEYS_HINT: &str = "Press to change. Then Backspace takes the keys away, Esc keeps them.";

pub const STORE_SIZE: &str = "Messages";
pub const STORE_SIZE_HINT: &str = "The database with everything but files.";
pub const FILES_SIZE: &str = "Files";
pub const FILES_SIZE_HINT: &str = "Photos, recordings, documents. Each is kept once.";
pub const FILES_LIMIT: &str = "Most that files may take";
pub const FILES_LIMIT_HINT: &str =
    "Above it the oldest are removed from here, but none of a message younger than 30 days. Messages stay.";
pub const NO_LIMIT: &str = "No limit";
pub const OPEN_CHAT: &str = "The open chat";
pub const OPEN_A_CHAT_FIRST: &str = "Open a chat to export it or to erase the person in it.";
pub const EXPORT: &str = "Export";
pub const EXPORT_HINT: &str = "All its messages as a text file, with names, times and who wrote them.";
pub const ERASE: &str = "Erase";
pub const ERASE_HINT: &str = "When they ask for it.";
pub const ERASE_EXPLAINED: &str = "Messages, files, names and numbers of this person are deleted here, and an import of the \
     phone's history does not bring them back. The phone and WhatsApp keep what they have.";
pub const ERASE_FOR_GOOD: &str = "Erase for good";

pub const MASKS_NUMBERS: &str = "Hide the middle of phone numbers";
pub const MASKS_NUMBERS_HINT: &str = "The eye beside a number shows it.";
pub const APP_LOCK: &str = "Lock";
pub const APP_LOCK_HINT: &str =
    "Keeps others from reading in a window you left. It encrypts nothing: whoever reads the disk needs no passphrase.";
pub const PASSPHRASE: &str = "Passphrase";
pub const SET_PASSPHRASE: &str = "Set a passphrase";
pub const CHANGE_PASSPHRASE: &str = "Change";
pub const LOCK_NOW: &str = "Lock now";
pub const PASSPHRASE_BEFORE: &str = "The passphrase until now";
pub const PASSPHRASE_NEW: &str = "New passphrase, at least 8 characters";
pub const PASSPHRASE_AGAIN: &str = "Once more";
pub const NOT_THE_SAME: &str = "The two are not the same.";
pub const SAVE_PASSPHRASE: &str = "Save";
pub const REMOVE_PASSPHRASE: &str = "Take the lock away";
pub const LOCK_AFTER: &str = "Lock after";
pub const LOCKED: &str = "Twinbox is locked";
pub const LOCKED_HINT: &str = "Messages go on arriving and being sent.";
pub const UNLOCK: &str = "Unlock";
pub const WRONG_PASSPHRASE: &str = "This is not the passphrase.";

pub const PRODUCT_HINT: &str = "A shared inbox for WhatsApp Business numbers that stay on the phone.";
pub const LICENSES: &str = "Licenses";
pub const LICENSES_HINT: &str = "Of Twinbox and of the work of others in it.";
pub const SHOW_LICENSES: &str = "Show";
pub const NO_LICENSES: &str = "The list of licenses is not part of this build.";

/// A part of the settings.
pub const fn section(section: Section) -> &'static str {
    match section {
        Section::Appearance => "Appearance",
        Section::Language => "Language",
        Section::Notifications => "Notifications",
        Section::Shortcuts => "Shortcuts",
        Section::Team => "Labels and replies",
        Section::Storage => "Storage",
        Section::Costs => "Costs",
        Section::Privacy => "Privacy",
        Section::About => "About",
    }
}

/// Light or dark.
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

/// How much room things take.
pub const fn density(density: Density) -> &'static str {
    match density {
        Density::Comfortable => "Comfortable",
        Density::Compact => "Compact",
    }
}

/// A share.
pub fn percent(percent: u16) -> String {
    format!("{percent}%")
}

/// After how many minutes a window is locked.
pub fn lock_after(minutes: Option<u16>) -> String {
    match minutes {
        None => "Never".to_owned(),
        Some(60) => "1 h".to_owned(),
        Some(minutes) => format!("{minutes} min"),
    }
}

/// Keys cannot have two meanings.
pub fn shortcut_taken(keys: &str, by: &str) -> String {
    format!("{keys} is in use: {by}. Change that one first.")
}

/// Exporting a chat.
pub fn export_chat(name: &str) -> String {
    format!("Export the chat with \u{2068}{name}\u{2069}")
}

/// Erasing a person.
pub fn erase_person(name: &str) -> String {
    format!("Erase \u{2068}{name}\u{2069}")
}

/// Before it is done.
pub fn erase_question(name: &str) -> String {
    format!("Erase everything of \u{2068}{name}\u{2069}? This cannot be taken back.")
}

/// What an exported chat is called.
pub fn export_file(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let name: String = name
        .chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .take(60)
        .collect();
    format!("{}.txt", name.trim())
}
