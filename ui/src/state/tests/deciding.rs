//! Where deciding about conversations goes on.

use super::{ALICE, BOB, with_list};
use crate::state::fixtures::*;
use crate::state::{Action, State};
use twinbox_domain::ConversationId;

const CAROL: ConversationId = ConversationId(3);
const DAN: ConversationId = ConversationId(4);

/// Alice at the top, then Bob, Carol and Dan.
fn four() -> State {
    with_list([row(1, 400), row(2, 300), row(3, 200), row(4, 100)], false)
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
