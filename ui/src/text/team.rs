//! Words of working on chats together.

use twinbox_domain::Origin;

pub const MORE_VIEWS: &str = "More views";
pub const NOTHING_UNREAD: &str = "No other chat of this list is unread.";
pub const SHOW_ALL: &str = "Show all";
pub const ASSIGN: &str = "Assign";
pub const NOBODY: &str = "Nobody";
pub const SNOOZE: &str = "Snooze";
pub const IN_FOUR_HOURS: &str = "In four hours";
pub const IN_A_WEEK: &str = "In a week";
pub const PICK_TIME: &str = "Pick date and time…";
pub const SNOOZE_UNTIL: &str = "Snooze until";
pub const WAITS_FOR_OTHERS: &str = "Pending: somebody else is to act";
pub const LABELS: &str = "Labels";
pub const EDIT_LABELS: &str = "Edit labels";
pub const NEW_LABEL: &str = "New label";
pub const NEXT_COLOR: &str = "Next color";
pub const RESOLVE: &str = "Resolve";
pub const REOPEN: &str = "Reopen";
pub const SELECTED: &str = "Selected chats";
pub const SELECT_ALL: &str = "All";
pub const SELECT_NONE: &str = "Select none";
pub const PRIVATE_NOTE: &str = "Private note";
pub const DELETE_NOTE: &str = "Delete this note";
pub const REPLY_MODE: &str = "Reply";
pub const NOTE_MODE: &str = "Note";
pub const WRITE_AS: &str = "What is written";
pub const NOTE_PLACEHOLDER: &str = "Only the team sees this. @ calls a colleague.";
pub const SAVE_NOTE: &str = "Save note";
pub const SUGGESTIONS: &str = "Suggestions";
pub const DISCARD: &str = "Discard";
pub const WRITE_ANYWAY: &str = "Keep writing";
pub const FIELDS: &str = "Fields";
pub const FIELD_NAME: &str = "Name";
pub const FIELD_VALUE: &str = "Value";
pub const ADD_FIELD: &str = "Add a field";
pub const SAVED_REPLIES: &str = "Saved replies";
pub const SAVED_REPLIES_HINT: &str = "Type / and the shortcut in an empty reply. {name} becomes the customer's name.";
pub const LABELS_HINT: &str = "Everybody in the team has the same ones.";
pub const SHORTCUT: &str = "Shortcut";
pub const REPLY_TEXT: &str = "Text";
pub const ADD: &str = "Add";

/// A view and how many chats are in it.
pub fn with_count(view: &str, count: u64) -> String {
    format!("{view} ({})", super::count(count))
}

/// The first word of a name.
pub fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Whoever uses this window, in the list of colleagues.
pub fn to_me(me: &str) -> String {
    format!("{me} (you)")
}

/// A way to put something off, and when it comes back.
pub fn snooze_until(words: &str, time: &str) -> String {
    format!("{words}: {time}")
}

/// How many chats are selected.
pub fn selected(count: usize) -> String {
    format!("{count} selected")
}

/// That controls and keys act on the selected chats, although another one is open.
pub fn chats_selected(count: usize) -> String {
    match count {
        1 => "1 chat selected".to_owned(),
        count => format!("{count} chats selected"),
    }
}

/// Who is writing a reply in the open chat.
pub fn is_replying(people: &[String]) -> String {
    match people {
        [] => String::new(),
        [one] => format!("{} is replying", first_name(one)),
        [one, other] => format!("{} and {} are replying", first_name(one), first_name(other)),
        [one, others @ ..] => format!("{} and {} others are replying", first_name(one), others.len()),
    }
}

/// Somebody else answered while a reply was being written.
pub fn was_faster(origin: Origin, author: &str, ms_ago: i64) -> String {
    let seconds = (ms_ago / 1000).max(1);
    match origin {
        Origin::Phone => format!("Answered from the phone {seconds} s ago."),
        _ if author.is_empty() => format!("A colleague answered {seconds} s ago."),
        _ => format!("{author} answered {seconds} s ago."),
    }
}
