//! Words of the palette and the list of shortcuts.

use crate::commands::Command;
use crate::state::Scope;

pub const PALETTE: &str = "Search and commands";
pub const PALETTE_HINT: &str = "Search or type a command";
pub const PALETTE_RESULTS: &str = "Results";
pub const SEARCH_IN: &str = "Search in";
pub const RECENT_CHATS: &str = "Recent chats";
pub const FOUND_CONVERSATIONS: &str = "Conversations";
pub const FOUND_ACTIONS: &str = "Actions";
/// Between who wrote a message and to whom.
pub const TO_PERSON: &str = "to";
pub const PALETTE_MOVE: &str = "move";
pub const PALETTE_OPEN: &str = "open";
pub const PALETTE_NEXT_SCOPE: &str = "next filter";
pub const KEYBOARD_SHORTCUTS: &str = "Keyboard shortcuts";
pub const ALWAYS_THE_SAME: &str = "Always the same";
pub const CHANGE_SHORTCUTS: &str = "Change shortcuts";
pub const KEY_ENTER: &str = "Enter";
pub const KEY_ESCAPE: &str = "Esc";
pub const KEY_TAB: &str = "Tab";

/// What keys do that cannot be changed.
pub const FIXED_KEYS: [(&[&str], &str); 9] = [
    (&["Enter"], "Open, or send"),
    (&["Shift", "Enter"], "New line"),
    (&["Esc"], "Back, or close"),
    (&["↑", "↓"], "Move in a list, or between messages"),
    (&["Home"], "Go to the first"),
    (&["End"], "Go to the last"),
    (&["Q"], "On a message: go to what it quotes"),
    (&["+"], "On a message: react to it"),
    (&["Tab"], "Go to the next control"),
];

/// A heading of the list of shortcuts.
pub const fn shortcut_group(is_inbox: bool) -> &'static str {
    if is_inbox { "In the inbox" } else { "Everywhere" }
}

/// Where the palette looks.
pub const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Everything => "Everything",
        Scope::Messages => "Messages",
        Scope::People => "People",
        Scope::Files => "Files",
        Scope::Actions => "Actions",
    }
}

/// What a command does.
pub const fn command(command: Command) -> &'static str {
    match command {
        Command::Palette => "Search and commands",
        Command::Search => "Search all chats",
        Command::Find => "Search in this chat",
        Command::GoToDate => "Go to a date in this chat",
        Command::NextChat => "Next chat",
        Command::PreviousChat => "Previous chat",
        Command::NextUnread => "Next unread chat",
        Command::Reply => "Reply",
        Command::Note => "Write a private note",
        Command::Resolve => "Resolve this chat",
        Command::ResolveNext => "Resolve and go to the next",
        Command::Snooze => "Snooze",
        Command::Assign => "Assign",
        Command::AssignToMe => "Assign to me",
        Command::Label => "Label",
        Command::MarkUnread => "Mark as unread",
        Command::Undo => "Take the last change of state back",
        Command::Template => "Choose a template",
        Command::Attach => "Attach files",
        Command::Make => "Send a place, contact, buttons or list",
        Command::Emoji => "Choose an emoji",
        Command::Bold => "Bold",
        Command::Italic => "Italic",
        Command::Strike => "Strikethrough",
        Command::Details => "Show or hide details",
        Command::List => "Show or hide the list",
        Command::AllChats => "Show all chats",
        Command::Mine => "Show my chats",
        Command::Unassigned => "Show unassigned chats",
        Command::Pending => "Show pending chats",
        Command::Snoozed => "Show snoozed chats",
        Command::Resolved => "Show resolved chats",
        Command::Mentions => "Show chats that mention you",
        Command::Number(place) => match place {
            0 => "Switch to the first number",
            1 => "Switch to the second number",
            2 => "Switch to the third number",
            3 => "Switch to the fourth number",
            4 => "Switch to the fifth number",
            5 => "Switch to the sixth number",
            6 => "Switch to the seventh number",
            7 => "Switch to the eighth number",
            _ => "Switch to the ninth number",
        },
        Command::NeedsReply => "Show chats that need a reply",
        Command::Unread => "Show unread chats",
        Command::GoInbox => "Go to the inbox",
        Command::GoQueue => "Go to the queue",
        Command::GoNumbers => "Go to the numbers",
        Command::GoSettings => "Go to the settings",
        Command::Connect => "Connect a number",
        Command::Theme => "Switch between light and dark",
        Command::Density => "Switch between comfortable and compact",
        Command::DoNotDisturb => "Switch do not disturb on or off",
        Command::Lock => "Lock this window",
        Command::NextPane => "Go to the next pane",
        Command::PreviousPane => "Go to the previous pane",
        Command::Shortcuts => "Keyboard shortcuts",
    }
}

/// Nothing in the palette is like this.
pub fn palette_found_nothing(words: &str) -> String {
    format!("No chat says “{}”", words.trim())
}

/// For screen readers: how much was found.
pub fn palette_found(count: usize) -> String {
    match count {
        0 => "No results".to_owned(),
        1 => "1 result".to_owned(),
        _ => format!("{count} results"),
    }
}
