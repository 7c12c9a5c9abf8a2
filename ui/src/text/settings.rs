//! Words of the settings.

use super::{Words, say};
use crate::screen::Section;
use twinbox_domain::RetentionPeriod;
use twinbox_protocol::{Density, NotifiedChats, Theme};

pub const SETTINGS: Words = Words("settings");

pub const THEME: Words = Words("theme");
pub const DENSITY: Words = Words("density");
pub const DENSITY_HINT: Words = Words("density-hint");
pub const TEXT_SIZE: Words = Words("text-size");
pub const TEXT_SIZE_HINT: Words = Words("text-size-hint");

pub const LANGUAGE: Words = Words("language");
pub const LANGUAGE_HINT: Words = Words("language-hint");
/// By tag, each in its own words.
pub const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("ar", "العربية")];
pub const SYSTEM_LANGUAGE: Words = Words("system-language");

pub const SHOWS_MESSAGES: Words = Words("shows-messages");
pub const SHOWS_MESSAGES_HINT: Words = Words("shows-messages-hint");
pub const NOTIFIED_CHATS: Words = Words("notified-chats");
pub const NOTIFIED_CHATS_HINT: Words = Words("notified-chats-hint");
pub const HIDES_CONTENT: Words = Words("hides-content");
pub const HIDES_CONTENT_HINT: Words = Words("hides-content-hint");
pub const HAS_SOUND: Words = Words("has-sound");
pub const DO_NOT_DISTURB: Words = Words("do-not-disturb");
pub const DO_NOT_DISTURB_HINT: Words = Words("do-not-disturb-hint");
pub const STAYS_IN_TRAY: Words = Words("stays-in-tray");
pub const STAYS_IN_TRAY_HINT: Words = Words("stays-in-tray-hint");
pub const STARTS_WITH_SYSTEM: Words = Words("starts-with-system");
pub const STARTS_WITH_SYSTEM_HINT: Words = Words("starts-with-system-hint");
pub const TRY_NOTIFICATION: Words = Words("try-notification");
pub const TRY_NOTIFICATION_HINT: Words = Words("try-notification-hint");
pub const TRY_IT: Words = Words("try-it");
pub const NOTIFICATIONS_DESKTOP: Words = Words("notifications-desktop");
pub const NOTIFICATIONS_BROWSER: Words = Words("notifications-browser");

pub const LETTER_SHORTCUTS: Words = Words("letter-shortcuts");
pub const ENTER_SENDS: Words = Words("enter-sends");
pub const ENTER_SENDS_HINT: Words = Words("enter-sends-hint");
pub const LIST_WIDTH: Words = Words("list-width");
pub const DETAILS_WIDTH: Words = Words("details-width");
pub const LETTER_SHORTCUTS_HINT: Words = Words("letter-shortcuts-hint");
pub const USUAL_SHORTCUTS: Words = Words("usual-shortcuts");
pub const PRESS_KEYS: Words = Words("press-keys");
pub const NO_KEYS: Words = Words("no-keys");
pub const CHANGE_KEYS_HINT: Words = Words("change-keys-hint");

pub const STORE_SIZE: Words = Words("store-size");
pub const STORE_SIZE_HINT: Words = Words("store-size-hint");
pub const FILES_SIZE: Words = Words("files-size");
pub const FILES_SIZE_HINT: Words = Words("files-size-hint");
pub const FILES_LIMIT: Words = Words("files-limit");
pub const FILES_LIMIT_HINT: Words = Words("files-limit-hint");
pub const NO_LIMIT: Words = Words("no-limit");
pub const RETENTION: Words = Words("retention");
pub const RETENTION_HINT: Words = Words("retention-hint");
pub const RETENTION_EXPLAINED: Words = Words("retention-explained");
pub const RETENTION_UNSURE: Words = Words("retention-unsure");
pub const KEEP_NO_LONGER: Words = Words("keep-no-longer");
pub const OPEN_CHAT: Words = Words("open-chat");
pub const OPEN_A_CHAT_FIRST: Words = Words("open-a-chat-first");
pub const EXPORT: Words = Words("export");
pub const EXPORT_HINT: Words = Words("export-hint");
pub const PERHAPS_NEVER_SENT: Words = Words("perhaps-never-sent");
pub const ERASE: Words = Words("erase");
pub const ERASE_HINT: Words = Words("erase-hint");
pub const ERASE_EXPLAINED: Words = Words("erase-explained");
pub const ERASE_FOR_GOOD: Words = Words("erase-for-good");

pub const MASKS_NUMBERS: Words = Words("masks-numbers");
pub const MASKS_NUMBERS_HINT: Words = Words("masks-numbers-hint");
pub const APP_LOCK: Words = Words("app-lock");
pub const APP_LOCK_HINT: Words = Words("app-lock-hint");
pub const PASSPHRASE: Words = Words("passphrase");
pub const SET_PASSPHRASE: Words = Words("set-passphrase");
pub const CHANGE_PASSPHRASE: Words = Words("change-passphrase");
pub const LOCK_NOW: Words = Words("lock-now");
pub const PASSPHRASE_BEFORE: Words = Words("passphrase-before");
pub const PASSPHRASE_NEW: Words = Words("passphrase-new");
pub const PASSPHRASE_AGAIN: Words = Words("passphrase-again");
pub const NOT_THE_SAME: Words = Words("not-the-same");
pub const SAVE_PASSPHRASE: Words = Words("save-passphrase");
pub const REMOVE_PASSPHRASE: Words = Words("remove-passphrase");
pub const LOCK_AFTER: Words = Words("lock-after");
pub const LOCKED: Words = Words("locked");
pub const LOCKED_HINT: Words = Words("locked-hint");
pub const FORGOTTEN_HERE: Words = Words("forgotten-here");
pub const FORGOTTEN_AT_SERVER: Words = Words("forgotten-at-server");
pub const UNLOCK: Words = Words("unlock");
pub const WRONG_PASSPHRASE: Words = Words("wrong-passphrase");

pub const PRODUCT_HINT: Words = Words("product-hint");
pub const LICENSES: Words = Words("licenses");
pub const LICENSES_HINT: Words = Words("licenses-hint");
pub const SHOW_LICENSES: Words = Words("show-licenses");
pub const NO_LICENSES: Words = Words("no-licenses");

/// A part of the settings.
pub const fn section(section: Section) -> Words {
    match section {
        Section::Appearance => Words("section-appearance"),
        Section::Notifications => Words("section-notifications"),
        Section::Shortcuts => Words("section-shortcuts"),
        Section::Team => Words("section-team"),
        Section::Storage => Words("section-storage"),
        Section::Costs => Words("section-costs"),
        Section::Privacy => Words("section-privacy"),
        Section::About => Words("section-about"),
    }
}

/// Light or dark.
pub const fn theme(theme: Theme) -> Words {
    match theme {
        Theme::System => Words("theme-system"),
        Theme::Light => Words("theme-light"),
        Theme::Dark => Words("theme-dark"),
    }
}

/// How much room things take.
pub const fn density(density: Density) -> Words {
    match density {
        Density::Comfortable => Words("density-comfortable"),
        Density::Compact => Words("density-compact"),
    }
}

/// The chats whose new messages are told.
pub const fn notified_chats(chats: NotifiedChats) -> Words {
    match chats {
        NotifiedChats::All => Words("notified-chats-all"),
        NotifiedChats::MineAndUnassigned => Words("notified-chats-mine-and-unassigned"),
        NotifiedChats::Mine => Words("notified-chats-mine"),
    }
}

/// A share.
pub fn percent(percent: u16) -> String {
    say!("percent", percent = percent)
}

/// After how many minutes a window is locked.
pub fn lock_after(minutes: Option<u16>) -> String {
    match minutes {
        None => super::NEVER.to_owned(),
        Some(60) => say!("hours-short", hours = 1_u16),
        Some(minutes) => say!("minutes-short", minutes = minutes),
    }
}

/// Keys cannot have two meanings.
pub fn shortcut_taken(keys: &str, by: &str) -> String {
    say!("shortcut-taken", keys = keys, by = by)
}

/// How long messages are kept; `None`: for ever.
pub const fn kept_for(period: Option<RetentionPeriod>) -> Words {
    match period {
        None => Words("kept-for-ever"),
        Some(RetentionPeriod::FiveYears) => Words("kept-for-5-years"),
        Some(RetentionPeriod::TwoYears) => Words("kept-for-2-years"),
        Some(RetentionPeriod::OneYear) => Words("kept-for-1-year"),
        Some(RetentionPeriod::SixMonths) => Words("kept-for-6-months"),
    }
}

/// Before messages of before a day go.
pub fn retention_question(count: u64, day: &str) -> String {
    say!("retention-question", count = count, day = day)
}

/// Exporting a chat.
pub fn export_chat(name: &str) -> String {
    say!("export-chat", name = name)
}

/// Erasing a person.
pub fn erase_person(name: &str) -> String {
    say!("erase-person", name = name)
}

/// Before it is done.
pub fn erase_question(name: &str) -> String {
    say!("erase-question", name = name)
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
