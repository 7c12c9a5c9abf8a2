//! Searching, and going to what was found.

use super::*;
use crate::state::fixtures::results;
use crate::state::{FindAction, Hit};
use twinbox_protocol::{MessageCursor, SearchResults};

fn typed(state: &mut State, text: &str) -> u64 {
    state.reduce(Action::Find(FindAction::Typed(text.to_owned())));
    state.asked
}

fn found(state: &mut State, asked: u64, before: Option<MessageCursor>, results: SearchResults) -> Touched {
    state.reduce(Action::Find(FindAction::Found { asked, before, results }))
}

fn cursor(id: i64) -> MessageCursor {
    MessageCursor {
        at: Millis(id),
        id: MessageId(id),
    }
}

#[test]
fn an_answer_about_what_was_typed_before_is_dropped() {
    let mut state = greeted();
    let old = typed(&mut state, "oa");
    let new = typed(&mut state, "oak");
    assert!(!found(&mut state, old, None, results([9], false)).contains(Part::Found));
    assert!(state.found.results.is_none());
    assert!(found(&mut state, new, None, results([8], false)).contains(Part::Found));
    assert_eq!(state.found.hit(0), Some(Hit::Chat(BOB)));
    assert_eq!(state.found.hit(1), Some(Hit::Message(ALICE, cursor(8))));
    assert_eq!(state.found.hit(2), None);
}

#[test]
fn the_next_page_belongs_to_the_same_search_another_answer_to_another_one() {
    let mut state = greeted();
    let first = typed(&mut state, "oak");
    found(&mut state, first, None, results([9], true));
    assert_eq!((state.found.search, state.found.messages()), (first, 1));
    state.reduce(Action::Find(FindAction::MoreAsked));
    let page = state.asked;
    found(&mut state, page, Some(cursor(9)), results([8], false));
    assert_eq!((state.found.search, state.found.messages()), (first, 2));
    let next = typed(&mut state, "oaks");
    found(&mut state, next, None, results([9], false));
    assert_eq!((state.found.search, state.found.chats()), (next, 1));
}

#[test]
fn a_blank_text_ends_the_search_and_what_was_asked_for_it_is_not_shown() {
    let mut state = greeted();
    let asked = typed(&mut state, "oak");
    typed(&mut state, "  ");
    assert!(!state.found.is_on());
    found(&mut state, asked, None, results([9], false));
    assert!(state.found.results.is_none());
}

#[test]
fn the_next_page_follows_the_last_message_and_comes_once() {
    let mut state = greeted();
    let asked = typed(&mut state, "oak");
    found(&mut state, asked, None, results([9, 8], true));
    assert_eq!(state.found.next_page(), Some(cursor(8)));
    state.reduce(Action::Find(FindAction::MoreAsked));
    assert_eq!(state.found.next_page(), None, "it is on its way");
    let asked = state.asked;
    found(&mut state, asked, Some(cursor(8)), results([7], false));
    assert_eq!((state.found.len(), state.found.next_page()), (4, None));
}

/// Alice's thread around message 50 of 100, of which 40 to 60 are loaded.
fn in_the_past() -> State {
    let mut state = with_thread((90..=100).rev().map(|id| message(1, id, id)), true);
    state.reduce(Action::ThreadAsked(ALICE));
    state.reduce(Action::Find(FindAction::AroundLoaded {
        conversation: ALICE,
        asked: state.asked,
        older: page((40..=50).rev().map(|id| message(1, id, id)), true),
        newer: page((51..=60).map(|id| message(1, id, id)), true),
        goes_to: None,
    }));
    state
}

fn loaded(state: &State) -> Vec<i64> {
    state.threads[&ALICE].order().map(|cursor| cursor.id.0).collect()
}

#[test]
fn the_messages_around_one_take_the_place_of_the_newest() {
    let mut state = in_the_past();
    assert_eq!(loaded(&state), (40..=60).collect::<Vec<_>>());
    assert_eq!(state.threads[&ALICE].next_page(), Some(cursor(40)));
    assert_eq!(state.threads[&ALICE].newer_page(), Some(cursor(60)));
    // What happens at the end is beyond what is loaded; what happens to a loaded one is not.
    let changes = vec![
        ChangeView::Message(message(1, 101, 101)),
        ChangeView::Message(message(1, 102, 45)),
    ];
    state.reduce(next(&state, changes));
    assert_eq!(state.threads[&ALICE].order().count(), 22);
    assert!(state.message(ALICE, MessageId(102)).is_some());
}

#[test]
fn nothing_is_read_to_the_end_before_the_end_is_loaded() {
    let mut state = in_the_past();
    state.reduce(next(&state, vec![ChangeView::Conversation(unread(1, 101))]));
    assert_eq!(state.markable(), None);
    state.reduce(Action::ThreadAsked(ALICE));
    let newer = FindAction::NewerLoaded {
        conversation: ALICE,
        asked: state.asked,
        page: page((61..=100).map(|id| message(1, id, id)), false),
    };
    // It arrives while the page is on its way.
    state.reduce(next(&state, vec![ChangeView::Message(message(1, 101, 101))]));
    state.reduce(Action::Find(newer));
    assert_eq!(loaded(&state), (40..=101).collect::<Vec<_>>());
    assert_eq!(state.markable(), Some((ALICE, MessageId(101))));
}

#[test]
fn the_newest_page_ends_the_stay_in_the_past() {
    let mut state = in_the_past();
    state.reduce(Action::ThreadAsked(ALICE));
    let newest = Action::ThreadLoaded {
        conversation: ALICE,
        asked: state.asked,
        before: None,
        page: page((90..=100).rev().map(|id| message(1, id, id)), true),
    };
    state.reduce(newest);
    assert_eq!(loaded(&state), (90..=100).collect::<Vec<_>>());
    assert_eq!(state.threads[&ALICE].newer_page(), None);
}

#[test]
fn a_day_is_gone_to_at_its_first_message_or_at_the_last_one_of_all() {
    let state = with_thread([message(1, 3, 300), message(1, 2, 200), message(1, 1, 100)], false);
    let thread = state.threads.get(&ALICE).unwrap();
    let nearest = |at: i64| {
        let id = MessageId(0);
        thread.nearest(MessageCursor { at: Millis(at), id }).unwrap().id.0
    };
    assert_eq!([0, 100, 101, 200, 201, 999].map(nearest), [1, 1, 2, 2, 3, 3]);
    assert_eq!(Thread::default().nearest(cursor(1)), None);
}

#[test]
fn the_thread_goes_to_a_message_once_and_leaves_it_marked() {
    let mut state = in_the_past();
    let jump = |state: &mut State| state.reduce(Action::Find(FindAction::Jumped(ALICE, cursor(50))));
    assert!(jump(&mut state).contains(Part::Jump));
    assert_eq!((state.jump_to(ALICE), state.jump_to(BOB)), (Some(cursor(50)), None));
    state.reduce(Action::Find(FindAction::JumpShown));
    assert_eq!((state.jump_to(ALICE), state.jump), (None, Some((ALICE, cursor(50)))));
    // Found once more, it is gone to once more.
    jump(&mut state);
    assert_eq!(state.jump_to(ALICE), Some(cursor(50)));
}

#[test]
fn a_date_is_gone_to_only_when_what_is_around_it_has_come() {
    let mut state = with_thread((90..=100).rev().map(|id| message(1, id, id)), true);
    let cursor = MessageCursor {
        at: Millis(45),
        id: NO_MESSAGE,
    };
    let around = |state: &mut State, asked, goes_to| {
        state.reduce(Action::Find(FindAction::AroundLoaded {
            conversation: ALICE,
            asked,
            older: page((40..=44).rev().map(|id| message(1, id, id)), true),
            newer: page((46..=60).map(|id| message(1, id, id)), true),
            goes_to,
        }));
    };
    state.reduce(Action::Find(FindAction::AroundAsked(ALICE, cursor)));
    let asked = state.asked;
    state.reduce(Action::ThreadAsked(ALICE));
    around(&mut state, asked, Some(cursor));
    assert_eq!(state.jump, None, "something else was asked for meanwhile");

    state.reduce(Action::Find(FindAction::AroundAsked(ALICE, cursor)));
    let asked = state.asked;
    around(&mut state, asked, Some(cursor));
    assert_eq!(state.jump.map(|(_, there)| there.id), Some(MessageId(46)));

    // A message that is gone is not gone to.
    state.jump = None;
    state.reduce(Action::Find(FindAction::AroundAsked(ALICE, cursor)));
    let asked = state.asked;
    let gone = MessageCursor {
        at: Millis(45),
        id: MessageId(45),
    };
    around(&mut state, asked, Some(gone));
    assert_eq!(state.jump, None);
}
