//! Where deciding about conversations goes on, and what takes it back.

use super::{ALICE, BOB, happen, with_list};
use crate::state::fixtures::*;
use crate::state::{Action, State};
use twinbox_domain::{ConversationId, ConversationState, Millis, Seq};
use twinbox_protocol::{Assign, ChangeView, ConversationRow, SetState};

const CAROL: ConversationId = ConversationId(3);
const DAN: ConversationId = ConversationId(4);

/// Alice at the top, then Bob, Carol and Dan.
fn four() -> State {
    with_list([row(1, 400), row(2, 300), row(3, 200), row(4, 100)], false)
}

fn told(state: &mut State, id: ConversationId, change: impl FnOnce(&mut ConversationRow)) {
    let mut row = state.rows[&id].clone();
    change(&mut row);
    happen(state, vec![ChangeView::Conversation(row)]);
}

#[test]
fn it_goes_on_with_a_conversation_that_is_not_put_away_itself() {
    let mut state = four();
    assert_eq!(state.next_after(&[BOB]), Some(CAROL), "below a single one");
    assert_eq!(state.next_after(&[DAN]), Some(CAROL), "nothing is below it");
    assert_eq!(state.next_after(&[ALICE, BOB]), None, "none of many is open");
    state.reduce(Action::Opened(ALICE));
    assert_eq!(state.next_after(&[ALICE, BOB, CAROL]), Some(DAN));
    state.reduce(Action::Opened(CAROL));
    assert_eq!(state.next_after(&[BOB, CAROL, DAN]), Some(ALICE));
    assert_eq!(state.next_after(&[ALICE, BOB, CAROL, DAN]), None);
}

#[test]
fn a_decision_is_taken_back_only_up_to_what_was_seen_when_it_was_made() {
    let mut state = four();
    let snoozed = ConversationState::Snoozed { until: Millis(9_000) };
    told(&mut state, BOB, |row| row.state = ConversationState::Resolved);
    told(&mut state, CAROL, |row| row.state = snoozed);
    told(&mut state, DAN, |row| row.state = ConversationState::Resolved);
    let seen = Some(Seq(70));
    let before = state.states_before(&[ALICE, BOB, CAROL, DAN], ConversationState::Open);
    let back = |conversations: &[ConversationId], state| SetState {
        conversations: conversations.to_vec(),
        state,
        seen,
    };
    let all = [back(&[BOB, DAN], ConversationState::Resolved), back(&[CAROL], snoozed)];
    let taken_back = |state: &State| state.states_back(&before, ConversationState::Open, seen);
    assert_eq!(taken_back(&state), all, "the decision was not told yet");
    for id in [BOB, CAROL, DAN] {
        told(&mut state, id, |row| row.state = ConversationState::Open);
    }
    assert_eq!(taken_back(&state), all);
}

#[test]
fn what_a_colleague_decided_since_is_not_taken_back() {
    let mut state = four();
    let before = state.states_before(&[ALICE, BOB], ConversationState::Resolved);
    told(&mut state, ALICE, |row| row.state = ConversationState::Resolved);
    told(&mut state, BOB, |row| row.state = ConversationState::Pending);
    let back = state.states_back(&before, ConversationState::Resolved, None);
    assert_eq!(
        back.into_iter().flat_map(|call| call.conversations).collect::<Vec<_>>(),
        [ALICE]
    );

    let me = "Maya".to_owned();
    let before = state.assignees_before(&[ALICE, BOB], &me);
    told(&mut state, ALICE, |row| row.assignee = "Omar".to_owned());
    told(&mut state, BOB, |row| row.assignee = "Maya".to_owned());
    let nobody = Assign {
        conversations: vec![BOB],
        assignee: String::new(),
    };
    assert_eq!(state.assignees_back(&before, &me), [nobody]);
}
