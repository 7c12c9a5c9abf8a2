//! Words of the palette and the list of shortcuts.

use super::{Words, say};
use crate::commands::Command;
use crate::state::Scope;

pub const PALETTE: Words = Words("palette");
pub const PALETTE_HINT: Words = Words("palette-hint");
pub const PALETTE_RESULTS: Words = Words("palette-results");
pub const SEARCH_IN: Words = Words("search-in");
pub const RECENT_CHATS: Words = Words("recent-chats");
pub const FOUND_CONVERSATIONS: Words = Words("found-conversations");
pub const FOUND_ACTIONS: Words = Words("found-actions");
/// Between who wrote a message and to whom.
pub const TO_PERSON: Words = Words("to-person");
pub const PALETTE_MOVE: Words = Words("palette-move");
pub const PALETTE_OPEN: Words = Words("palette-open");
pub const PALETTE_NEXT_SCOPE: Words = Words("palette-next-scope");
pub const KEYBOARD_SHORTCUTS: Words = Words("keyboard-shortcuts");
pub const ALWAYS_THE_SAME: Words = Words("always-the-same");
pub const CHANGE_SHORTCUTS: Words = Words("change-shortcuts");
pub const KEY_ENTER: &str = "Enter";
pub const KEY_CTRL_ENTER: &str = "Ctrl+Enter";
pub const KEY_ESCAPE: &str = "Esc";
pub const KEY_TAB: &str = "Tab";

/// What keys do that cannot be changed.
pub const fn fixed_keys(enter_sends: bool) -> [(&'static [&'static str], Words); 9] {
    let [enter, other]: [(&[&str], Words); 2] = match enter_sends {
        true => [
            (&["Enter"], Words("fixed-key-enter")),
            (&["Shift", "Enter"], Words("fixed-key-new-line")),
        ],
        false => [
            (&["Enter"], Words("fixed-key-enter-writes")),
            (&["Ctrl", "Enter"], super::SEND),
        ],
    };
    [
        enter,
        other,
        (&["Esc"], Words("fixed-key-escape")),
        (&["↑", "↓"], Words("fixed-key-arrows")),
        (&["Home"], Words("fixed-key-home")),
        (&["End"], Words("fixed-key-end")),
        (&["Q"], Words("fixed-key-quote")),
        (&["+"], Words("fixed-key-react")),
        (&["Tab"], Words("fixed-key-tab")),
    ]
}

/// A heading of the list of shortcuts.
pub const fn shortcut_group(is_inbox: bool) -> Words {
    if is_inbox {
        Words("shortcuts-in-inbox")
    } else {
        Words("shortcuts-everywhere")
    }
}

/// Where the palette looks.
pub const fn scope(scope: Scope) -> Words {
    match scope {
        Scope::Everything => Words("scope-everything"),
        Scope::Messages => Words("scope-messages"),
        Scope::People => Words("scope-people"),
        Scope::Files => Words("scope-files"),
        Scope::Actions => Words("scope-actions"),
    }
}

/// What a command does.
pub const fn command(command: Command) -> Words {
    match command {
        Command::Palette => Words("command-palette"),
        Command::Search => Words("command-search"),
        Command::Find => Words("command-find"),
        Command::GoToDate => Words("command-go-to-date"),
        Command::NextChat => Words("command-next-chat"),
        Command::PreviousChat => Words("command-previous-chat"),
        Command::NextUnread => Words("command-next-unread"),
        Command::FirstUnread => Words("command-first-unread"),
        Command::Reply => Words("command-reply"),
        Command::Note => Words("command-note"),
        Command::Resolve => Words("command-resolve"),
        Command::ResolveNext => Words("command-resolve-next"),
        Command::Snooze => Words("command-snooze"),
        Command::Wait => Words("command-wait"),
        Command::Assign => Words("command-assign"),
        Command::AssignToMe => Words("command-assign-to-me"),
        Command::Label => Words("command-label"),
        Command::MarkUnread => Words("command-mark-unread"),
        Command::Undo => Words("command-undo"),
        Command::Template => Words("command-template"),
        Command::Attach => Words("command-attach"),
        Command::Make => Words("command-make"),
        Command::Emoji => Words("command-emoji"),
        Command::SendLater => Words("command-send-later"),
        Command::ToEnd => Words("command-to-end"),
        Command::Select => Words("command-select"),
        Command::SelectAll => Words("command-select-all"),
        Command::SelectNone => Words("command-select-none"),
        Command::PauseSending => Words("command-pause-sending"),
        Command::ResumeSending => Words("command-resume-sending"),
        Command::Export => Words("command-export"),
        Command::Erase => Words("command-erase"),
        Command::Bold => Words("command-bold"),
        Command::Italic => Words("command-italic"),
        Command::Strike => Words("command-strike"),
        Command::Details => Words("command-details"),
        Command::List => Words("command-list"),
        Command::AllChats => Words("command-all-chats"),
        Command::Mine => Words("command-mine"),
        Command::Unassigned => Words("command-unassigned"),
        Command::Pending => Words("command-pending"),
        Command::Snoozed => Words("command-snoozed"),
        Command::Resolved => Words("command-resolved"),
        Command::Mentions => Words("command-mentions"),
        Command::Number(place) => match place {
            0 => Words("command-number-1"),
            1 => Words("command-number-2"),
            2 => Words("command-number-3"),
            3 => Words("command-number-4"),
            4 => Words("command-number-5"),
            5 => Words("command-number-6"),
            6 => Words("command-number-7"),
            7 => Words("command-number-8"),
            _ => Words("command-number-9"),
        },
        Command::NeedsReply => Words("command-needs-reply"),
        Command::Unread => Words("command-unread"),
        Command::GoInbox => Words("command-go-inbox"),
        Command::GoQueue => Words("command-go-queue"),
        Command::GoNumbers => Words("command-go-numbers"),
        Command::GoSettings => Words("command-go-settings"),
        Command::Connect => Words("command-connect"),
        Command::Theme => Words("command-theme"),
        Command::Density => Words("command-density"),
        Command::DoNotDisturb => Words("command-do-not-disturb"),
        Command::Lock => Words("command-lock"),
        Command::NextPane => Words("command-next-pane"),
        Command::PreviousPane => Words("command-previous-pane"),
        Command::Shortcuts => Words("command-shortcuts"),
    }
}

/// No action in the palette is like this.
pub fn no_action(words: &str) -> String {
    say!("no-action", words = words.trim())
}

/// For screen readers: how much was found.
pub fn palette_found(count: usize) -> String {
    say!("palette-found", count = count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_sends_only_where_that_was_not_switched_off() {
        let sending = |enter_sends: bool| {
            let keys = fixed_keys(enter_sends);
            [keys[0], keys[1]].map(|(keys, does)| (keys.join("+"), does.to_owned()))
        };
        let expected = |keys: [(&str, &str); 2]| keys.map(|(keys, does)| (keys.to_owned(), does.to_owned()));
        assert_eq!(
            sending(true),
            expected([("Enter", "Open, or send"), ("Shift+Enter", "New line")])
        );
        assert_eq!(
            sending(false),
            expected([("Enter", "Open, or a new line"), ("Ctrl+Enter", "Send")])
        );
    }
}
