//! Words of working on chats together.

use super::{Words, say};
use crate::clock;
use twinbox_domain::{ConversationState, Millis, Origin};
use twinbox_protocol::{CannedReply, FieldView};

pub const MORE_VIEWS: Words = Words("more-views");
pub const NOTHING_UNREAD: Words = Words("nothing-unread");
pub const SHOW_ALL: Words = Words("show-all");
pub const ASSIGN: Words = Words("assign");
pub const NOBODY: Words = Words("nobody");
pub const SNOOZE: Words = Words("snooze");
pub const IN_FOUR_HOURS: Words = Words("in-four-hours");
pub const IN_THE_MORNING: Words = Words("in-the-morning");
pub const IN_A_WEEK: Words = Words("in-a-week");
pub const PICK_TIME: Words = Words("pick-time");
pub const SNOOZE_UNTIL: Words = Words("snooze-until-label");
pub const WAITS_FOR_OTHERS: Words = Words("waits-for-others");
pub const LABELS: Words = Words("labels");
pub const EDIT_LABELS: Words = Words("edit-labels");
pub const NEW_LABEL: Words = Words("new-label");
pub const NEXT_COLOR: Words = Words("next-color");
pub const RESOLVE: Words = Words("resolve");
pub const REOPEN: Words = Words("reopen");
pub const SELECTED: Words = Words("selected");
pub const SELECT_ALL: Words = Words("select-all");
pub const SELECT_NONE: Words = Words("select-none");
pub const PRIVATE_NOTE: Words = Words("private-note");
pub const DELETE_NOTE: Words = Words("delete-note");
pub const REPLY_MODE: Words = Words("reply-mode");
pub const NOTE_MODE: Words = Words("note-mode");
pub const WRITE_AS: Words = Words("write-as");
pub const NOTE_PLACEHOLDER: Words = Words("note-placeholder");
pub const SAVE_NOTE: Words = Words("save-note");
pub const SUGGESTIONS: Words = Words("suggestions");
pub const DISCARD: Words = Words("discard");
pub const WRITE_ANYWAY: Words = Words("write-anyway");
pub const FIELDS: Words = Words("fields");
pub const FIELD_NAME: Words = Words("field-name");
pub const FIELD_VALUE: Words = Words("field-value");
pub const ADD_FIELD: Words = Words("add-field");
pub const SAVED_REPLIES: Words = Words("saved-replies");
pub const SAVED_REPLIES_HINT: Words = Words("saved-replies-hint");
pub const LABELS_HINT: Words = Words("labels-hint");
pub const SHORTCUT: Words = Words("shortcut");
pub const REPLY_TEXT: Words = Words("reply-text");
pub const ADD: Words = Words("add");
pub const NOTE_IS_WRITTEN: Words = Words("note-is-written");
pub const DRAFT_DISCARDED: Words = Words("draft-discarded");
pub const NOTE_DELETED: Words = Words("note-deleted");
pub const REMOVE_EVERYWHERE: Words = Words("remove-everywhere");

/// What was decided about so many chats.
pub fn state_set(state: ConversationState, count: usize, now: Millis) -> String {
    match state {
        ConversationState::Open => say!("reopened-now", count = count),
        ConversationState::Pending => say!("pending-now", count = count),
        ConversationState::Resolved => say!("resolved-now", count = count),
        ConversationState::Snoozed { until } => {
            let time = clock::day_and_time_in_sentence(until, now);
            say!("snoozed-now", count = count, time = time.as_str())
        }
    }
}

/// To whom so many chats were assigned; empty for nobody.
pub fn assigned(to: &str, count: usize) -> String {
    match to {
        "" => say!("unassigned-now", count = count),
        name => say!("assigned-now", count = count, name = name),
    }
}

/// Which label so many chats were given, or lost.
pub fn labeled(label: &str, is_on: bool, count: usize) -> String {
    match is_on {
        true => say!("labeled-now", count = count, label = label),
        false => say!("unlabeled-now", count = count, label = label),
    }
}

/// So many chats were marked as unread.
pub fn unread_now(count: usize) -> String {
    say!("unread-now", count = count)
}

/// What was done to the chat with this person, which is not the open one.
pub fn about_chat(name: &str, words: &str) -> String {
    say!("about-chat", name = name, words = words)
}

/// Something with this name is gone.
pub fn removed(name: &str) -> String {
    say!("removed-now", name = name)
}

/// A saved reply has another text now, or none; `None`: it has the same.
pub fn reply_saved_over(before: &CannedReply, text: &str) -> Option<String> {
    let name = format!("/{}", before.shortcut);
    match text.trim() {
        "" => Some(removed(&name)),
        same if same == before.text => None,
        _ => Some(say!("changed-now", name = &name)),
    }
}

/// A field about a person has another value now; `None`: it has the same.
pub fn field_saved_over(before: &FieldView, value: &str) -> Option<String> {
    (value.trim() != before.value).then(|| say!("field-changed-now", name = &before.name))
}

/// A view and how many chats are in it.
pub fn with_count(view: &str, count: u64) -> String {
    say!("with-count", view = view, count = count)
}

/// The first word of a name.
pub fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Whoever uses this window, in the list of colleagues.
pub fn to_me(me: &str) -> String {
    say!("to-me", me = me)
}

/// A way to put something off, and when it comes back.
pub fn snooze_until(words: &str, time: &str) -> String {
    say!("snooze-until", words = words, time = time)
}

/// How many chats are selected.
pub fn selected(count: usize) -> String {
    say!("selected-count", count = count)
}

/// That controls and keys act on the selected chats, although another one is open.
pub fn chats_selected(count: usize) -> String {
    say!("chats-selected", count = count)
}

/// Who is writing a reply in the open chat.
pub fn is_replying(people: &[String]) -> String {
    match people {
        [] => String::new(),
        [one] => say!("is-replying", name = &first_name(one)),
        [one, other] => say!("two-are-replying", name = &first_name(one), other = &first_name(other)),
        [one, others @ ..] => say!("are-replying", name = &first_name(one), count = others.len()),
    }
}

/// Somebody else answered while a reply was being written, or the same person in another window.
pub fn was_faster(origin: Origin, author: &str, is_you: bool, ms_ago: i64) -> String {
    let ago = super::ago(ms_ago.max(1000));
    match origin {
        Origin::Phone => say!("answered-from-phone", ago = &ago),
        _ if is_you => say!("you-answered", ago = &ago),
        _ if author.is_empty() => say!("answered-by-colleague", ago = &ago),
        _ => say!("answered-by", name = author, ago = &ago),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_somebody_was_faster_is_as_coarse_as_people_say_it() {
        let words = [0, 4_000, 2_743_000, 7_200_000].map(|ms| was_faster(Origin::Phone, "", false, ms));
        assert_eq!(
            words,
            ["1 s ago", "4 s ago", "45 min ago", "2 h ago"].map(|ago| format!("Answered from the phone {ago}."))
        );
    }

    #[test]
    fn a_saved_reply_that_had_another_text_is_said_to_have_changed() {
        let before = CannedReply {
            shortcut: "hello".to_owned(),
            text: "Good morning!".to_owned(),
        };
        let said = ["Good evening!", " ", "Good morning! "].map(|text| reply_saved_over(&before, text));
        let words = [Some("/hello has a new text"), Some("/hello removed"), None];
        assert_eq!(said, words.map(|words| words.map(str::to_owned)));
    }

    #[test]
    fn a_field_that_had_another_value_is_said_to_have_changed() {
        let before = FieldView {
            name: "Order".to_owned(),
            value: "4711".to_owned(),
        };
        let said = ["4712", "4711 "].map(|value| field_saved_over(&before, value));
        assert_eq!(said, [Some("Order has a new value".to_owned()), None]);
    }
}
