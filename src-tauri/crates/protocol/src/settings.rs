//! What people set for themselves.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use twinbox_domain::{ConversationId, MessageId};

/// The text sizes that can be chosen, in percent of the usual one.
pub const TEXT_PERCENTS: [u16; 5] = [90, 100, 115, 130, 150];

/// Fewest characters of a passphrase.
pub const SHORTEST_PASSPHRASE: usize = 8;

/// Erases the person of a conversation, with everything they said, on their demand. Only who sets up may; `Conflict`
/// while a message to them is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasePerson {
    /// A conversation with them.
    pub conversation: ConversationId,
}

/// Has the system open the file of a message, as it opens files of its kind. `Invalid` where there is no desktop, and for
/// one that may run something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFile {
    /// Which message.
    pub message: MessageId,
}

/// Has the desktop tell something, as it would tell a message. `Invalid` where there is no desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryNotification {}

/// Tells the desktop whether its window is locked. Until it is told that it is not, and while it is, notifications do not
/// say who wrote what. `Invalid` where there is no desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellLocked {
    /// Whether it shows nothing until the passphrase is typed.
    pub is_locked: bool,
}

/// What the settings of the caller are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSettings {}

/// Sets all of them. Other windows of the same person follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveSettings {
    /// All of them.
    pub settings: UserSettings,
}

/// Sets the passphrase that unlocks the windows of the caller; an empty one takes the lock away. `Invalid` when the
/// one before is not told right, or the new one is shorter than [`SHORTEST_PASSPHRASE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPassphrase {
    /// The one there is; empty when there is none.
    pub before: String,
    /// The new one.
    pub passphrase: String,
}

/// Never a passphrase.
impl std::fmt::Debug for SetPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetPassphrase(..)")
    }
}

/// Whether this is the caller's passphrase. Takes a moment, so that nobody can try many.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckPassphrase {
    /// What was typed.
    pub passphrase: String,
}

/// Never a passphrase.
impl std::fmt::Debug for CheckPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CheckPassphrase(..)")
    }
}

/// The answer to [`GetSettings`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// All of them.
    pub settings: UserSettings,
    /// Whether windows can be locked.
    pub has_passphrase: bool,
}

/// What a person has set for themselves. What a version does not know is left out, and has its usual value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserSettings {
    /// Light or dark.
    pub theme: Theme,
    /// How much room rows and messages take.
    pub density: Density,
    /// One of [`TEXT_PERCENTS`].
    pub text_percent: u16,
    /// The tag of a catalog, `en` or `ar`; empty for the system's.
    pub language: String,
    /// Of the desktop.
    pub notifications: NotificationSettings,
    /// The keys of commands where they are not the usual ones, by the command's name; empty for none.
    pub shortcuts: BTreeMap<String, String>,
    /// Whether single letters are shortcuts, outside of fields.
    pub letter_shortcuts: bool,
    /// Whether Enter sends what the composer holds, and Shift with it begins a line. Otherwise Ctrl and Enter send.
    pub enter_sends: bool,
    /// Whether phone numbers are shown in part until someone asks for one.
    pub masks_numbers: bool,
    /// After so many minutes without a key or a pointer a window is locked; `None`: never by itself.
    pub lock_after_minutes: Option<u16>,
    /// Whether the desktop app stays in the tray when its window is closed; `None`: nobody has said so yet.
    pub stays_in_tray: Option<bool>,
    /// Whether the desktop app starts with the system.
    pub starts_with_system: bool,
}

impl Default for UserSettings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            text_percent: 100,
            language: String::new(),
            notifications: NotificationSettings::default(),
            shortcuts: BTreeMap::new(),
            letter_shortcuts: true,
            enter_sends: true,
            masks_numbers: true,
            lock_after_minutes: None,
            stays_in_tray: None,
            starts_with_system: false,
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How much room rows and messages take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// The usual.
    #[default]
    Comfortable,
    /// More on a screen.
    Compact,
}

impl Density {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Comfortable => Self::Compact,
            Self::Compact => Self::Comfortable,
        }
    }
}

/// What the desktop tells of new messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationSettings {
    /// Whether it tells anything.
    pub shows_messages: bool,
    /// Of which chats. Notes that mention a person are always told them.
    pub chats: NotifiedChats,
    /// Whether it says that there is a message, but not what it says or whose it is.
    pub hides_content: bool,
    /// Whether it makes a sound.
    pub has_sound: bool,
    /// Nothing is told until this is switched off again.
    pub do_not_disturb: bool,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            shows_messages: true,
            chats: NotifiedChats::default(),
            hides_content: false,
            has_sound: true,
            do_not_disturb: false,
        }
    }
}

/// The chats whose new messages are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotifiedChats {
    /// Every chat.
    #[default]
    All,
    /// Those that this person deals with, and those that nobody does yet.
    MineAndUnassigned,
    /// Those that this person deals with.
    Mine,
}

impl NotifiedChats {
    /// Whether it is one of them for `me`, a person's name. Nobody deals with one whose `assignee` is empty.
    pub fn covers(self, assignee: &str, me: &str) -> bool {
        match self {
            Self::All => true,
            Self::MineAndUnassigned => assignee.is_empty() || assignee == me,
            Self::Mine => assignee == me,
        }
    }
}
