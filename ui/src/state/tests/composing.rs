//! Texts on their way to the engine.

use super::*;

#[test]
fn a_text_is_on_screen_from_the_key_press_until_its_message_is() {
    let id = OutboxId(uuid::Uuid::now_v7());
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Typed(ALICE, "Hi".to_owned()));
    state.reduce(Action::Submitted {
        id,
        conversation: ALICE,
    });
    assert_eq!(state.outgoing.len(), 1);
    assert!(!state.drafts.contains_key(&ALICE));
    let mut mine = sent(1, 9, 90, Status::Accepted);
    mine.outbox = Some(id);
    happen(&mut state, vec![ChangeView::Message(mine)]);
    assert!(state.outgoing.is_empty());
    assert_eq!(thread(&state, 1), [6, 9]);
}

#[test]
fn an_answer_that_comes_after_its_events_does_not_take_the_message_back() {
    let id = OutboxId(uuid::Uuid::now_v7());
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Typed(ALICE, "Hi".to_owned()));
    state.reduce(Action::Submitted {
        id,
        conversation: ALICE,
    });
    let mine = |status| {
        let mut mine = sent(1, 9, 90, status);
        mine.outbox = Some(id);
        mine
    };
    happen(&mut state, vec![ChangeView::Message(mine(Status::Delivered))]);
    state.reduce(Action::Accepted(mine(Status::Accepted)));
    let shown = state.threads[&ALICE].message(MessageId(9)).unwrap();
    assert_eq!(
        shown.delivery,
        Some(Delivery::Known {
            status: Status::Delivered
        })
    );
}

#[test]
fn a_text_that_was_not_accepted_can_go_back_into_the_composer() {
    let id = OutboxId(uuid::Uuid::now_v7());
    let mut state = with_thread([], false);
    state.reduce(Action::Typed(ALICE, "First".to_owned()));
    state.reduce(Action::Submitted {
        id,
        conversation: ALICE,
    });
    state.reduce(Action::Typed(ALICE, "Second".to_owned()));
    state.reduce(Action::NotAccepted(id, ApiError::unavailable("Lost")));
    assert!(!state.outgoing[0].is_refused);
    state.reduce(Action::NotAccepted(id, ApiError::new(ErrorCode::WindowClosed, "No")));
    assert!(state.outgoing[0].is_refused);
    assert_eq!(state.outgoing[0].failed.as_deref(), Some("No"));
    let touched = state.reduce(Action::Withdrawn(id));
    assert!(touched.contains(Part::Draft(ALICE)));
    assert_eq!(state.drafts[&ALICE], "First\nSecond");
}
