//! Searching within the open conversation, and operators in the search field.

use super::*;
use crate::state::FindAction;
use crate::state::fixtures::results;
use twinbox_domain::{Origin, TypedFilter};
use twinbox_protocol::SearchResults;

fn find(state: &mut State, action: FindAction) -> Touched {
    state.reduce(Action::Find(action))
}

fn searching(text: &str) -> State {
    let mut state = greeted();
    state.reduce(Action::Opened(ALICE));
    find(&mut state, FindAction::WithinOpened(ALICE));
    find(&mut state, FindAction::WithinTyped(text.to_owned()));
    state
}

fn found(state: &mut State, before: Option<i64>, results: SearchResults) {
    let before = before.map(|id| twinbox_protocol::MessageCursor {
        at: Millis(id),
        id: MessageId(id),
    });
    let asked = state.asked;
    find(state, FindAction::WithinFound { asked, before, results });
}

fn place(state: &State) -> Option<(usize, usize, bool)> {
    state.within.as_ref()?.place()
}

#[test]
fn hits_are_counted_from_the_newest_and_stepped_through_to_both_ends() {
    let mut state = searching("oak");
    found(&mut state, None, results([9, 8, 7], false));
    assert_eq!(place(&state), Some((1, 3, false)));
    let step = |state: &State, older| state.within.as_ref().and_then(|within| within.step(older));
    assert_eq!((step(&state, true), step(&state, false)), (Some(1), None));
    find(&mut state, FindAction::WithinAt(2));
    assert_eq!((step(&state, true), step(&state, false)), (None, Some(1)));
    assert_eq!(place(&state), Some((3, 3, false)));
}

#[test]
fn more_hits_follow_those_known_and_the_one_shown_stays() {
    let mut state = searching("oak");
    found(&mut state, None, results([9, 8], true));
    find(&mut state, FindAction::WithinAt(1));
    find(&mut state, FindAction::WithinMoreAsked);
    found(&mut state, Some(8), results([7], false));
    assert_eq!(place(&state), Some((2, 3, false)));
}

#[test]
fn hits_of_what_was_typed_before_are_dropped_and_a_blank_text_has_none() {
    let mut state = searching("oa");
    let old = state.asked;
    find(&mut state, FindAction::WithinTyped("oak".to_owned()));
    let late = FindAction::WithinFound {
        asked: old,
        before: None,
        results: results([9], false),
    };
    find(&mut state, late);
    assert_eq!(place(&state), None);
    found(&mut state, None, results([8], false));
    assert_eq!(place(&state), Some((1, 1, false)));
    find(&mut state, FindAction::WithinTyped(" ".to_owned()));
    assert_eq!(place(&state), None);
    assert!(state.within.as_ref().is_some_and(|within| within.loading.is_none()));
}

#[test]
fn the_bar_is_left_with_its_conversation() {
    let mut state = searching("oak");
    assert!(state.reduce(Action::Opened(BOB)).contains(Part::Within));
    assert!(state.within.is_none());
}

#[test]
fn a_jump_that_failed_is_known_until_something_else_is_asked_for() {
    let mut state = greeted();
    state.reduce(Action::Opened(ALICE));
    let cursor = twinbox_protocol::MessageCursor {
        at: Millis(5),
        id: MessageId(5),
    };
    let touched = find(&mut state, FindAction::AroundAsked(ALICE, cursor));
    assert!(touched.contains(Part::ThreadState(ALICE)));
    state.reduce(Action::ThreadFailed(ALICE, state.asked, ApiError::unavailable("Lost")));
    assert_eq!(state.threads[&ALICE].going_to, Some(cursor));
    state.reduce(Action::ThreadAsked(ALICE));
    assert_eq!(state.threads[&ALICE].going_to, None);
}

#[test]
fn the_name_of_a_number_is_an_operator_only_where_there_are_several() {
    let mut state = greeted();
    find(&mut state, FindAction::Typed("from:team in:shop oak".to_owned()));
    let typed = state.typed_search();
    assert_eq!(typed.words, "in:shop oak");
    assert_eq!(typed.filters, [TypedFilter::From(Origin::Agent)]);
}
