//! Texts on their way to the engine.

use super::*;
use crate::state::TeamAction;
use twinbox_domain::Wamid;

fn write(state: &mut State, text: &str) -> OutboxId {
    let id = OutboxId(uuid::Uuid::now_v7());
    state.reduce(Action::Typed(ALICE, text.to_owned()));
    state.reduce(Action::Submitted {
        id,
        conversation: ALICE,
    });
    id
}

fn accepted(id: OutboxId, message_id: i64) -> MessageView {
    MessageView {
        outbox: Some(id),
        ..sent(1, message_id, 10 * message_id, Status::Accepted)
    }
}

fn quotable(id: i64) -> MessageView {
    MessageView {
        wamid: Some(Wamid::from(format!("wamid.{id}").as_str())),
        ..message(1, id, 10 * id)
    }
}

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
    state.reduce(Action::Accepted(Box::new(mine(Status::Accepted))));
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

#[test]
fn two_quick_texts_are_handed_over_one_after_the_other() {
    let mut state = with_thread([], false);
    let (first, second) = (write(&mut state, "One"), write(&mut state, "Two"));
    assert_eq!(state.next_outgoing(ALICE).unwrap().id, first);
    state.reduce(Action::HandedOver(first));
    assert_eq!(state.next_outgoing(ALICE), None);
    state.reduce(Action::Accepted(Box::new(accepted(first, 9))));
    assert_eq!(state.next_outgoing(ALICE).unwrap().id, second);
    state.reduce(Action::HandedOver(second));
    state.reduce(Action::NotAccepted(second, ApiError::unavailable("Lost")));
    assert_eq!(state.next_outgoing(ALICE), None);
    state.reduce(Action::Resubmitted(second));
    assert_eq!(state.next_outgoing(ALICE).unwrap().id, second);
}

#[test]
fn a_text_that_arrived_unheard_is_not_shown_twice_after_a_reload() {
    let mut state = with_thread([], false);
    let id = write(&mut state, "One");
    state.reduce(Action::Greeted(greeting(50)));
    state.reduce(Action::Opened(BOB));
    state.reduce(Action::Opened(ALICE));
    let touched = load(&mut state, [accepted(id, 9)], false);
    assert!(state.outgoing.is_empty() && touched.contains(Part::Outgoing));
}

#[test]
fn a_quote_outlives_a_reload_and_comes_back_with_its_text() {
    let mut state = with_thread([quotable(6)], false);
    state.reduce(Action::Quote(ALICE, Some(MessageId(6))));
    state.reduce(Action::Greeted(greeting(50)));
    let id = write(&mut state, "Yes");
    let quote = state.outgoing[0].quote.clone().unwrap();
    assert_eq!(quote.wamid, Wamid::from("wamid.6"));
    assert!(state.quotes.is_empty());
    state.reduce(Action::Withdrawn(id));
    assert!(state.quotes[&ALICE] == quote);
}

#[test]
fn what_whatsapp_does_not_know_cannot_be_quoted() {
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Quote(ALICE, Some(MessageId(6))));
    assert!(state.quotes.is_empty());
}

#[test]
fn a_message_taken_back_is_in_the_composer_with_its_quote() {
    // What it quotes may not be loaded.
    let mut state = with_thread([], false);
    let quoted = Quoted {
        message: MessageId(6),
        wamid: Wamid::from("wamid.6"),
    };
    state.reduce(Action::Typed(ALICE, "More".to_owned()));
    state.reduce(Action::TakenBack {
        id: OutboxId(uuid::Uuid::now_v7()),
        conversation: ALICE,
        text: "Yes".to_owned(),
        quote: Some(quoted.clone()),
        file: None,
    });
    assert_eq!(state.drafts[&ALICE], "Yes\nMore");
    assert_eq!(state.quotes[&ALICE], quoted);
}

fn take_back(state: &mut State, text: &str) -> OutboxId {
    let id = OutboxId(uuid::Uuid::now_v7());
    state.reduce(Action::TakenBack {
        id,
        conversation: ALICE,
        text: text.to_owned(),
        quote: None,
        file: None,
    });
    id
}

#[test]
fn a_message_taken_back_while_a_note_is_written_waits_beside_it_and_neither_becomes_the_other() {
    let mut state = with_thread([], false);
    state.reduce(Action::Team(TeamAction::WritesNote(ALICE, true)));
    state.reduce(Action::Typed(ALICE, "Not for them".to_owned()));
    let id = take_back(&mut state, "Your refund is approved");
    assert_eq!(state.drafts[&ALICE], "Not for them");
    let waits = &state.outgoing[0];
    assert_eq!((waits.id, waits.text.as_str()), (id, "Your refund is approved"));
    assert!(waits.is_refused && waits.failed.is_some());

    let touched = state.reduce(Action::Withdrawn(id));
    assert!(touched.contains(Part::Outgoing));
    assert_eq!(
        (state.drafts[&ALICE].as_str(), state.outgoing.len()),
        ("Not for them", 1)
    );

    // Once the note is saved.
    state.reduce(Action::Drafted(ALICE, String::new()));
    state.reduce(Action::Withdrawn(id));
    assert_eq!(state.drafts[&ALICE], "Your refund is approved");
    assert!(state.notes.is_empty() && state.composes(ALICE) && state.outgoing.is_empty());
}

#[test]
fn a_message_taken_back_where_a_note_was_only_to_be_written_is_a_reply_again() {
    let mut state = with_thread([], false);
    state.reduce(Action::Team(TeamAction::WritesNote(ALICE, true)));
    take_back(&mut state, "Your refund is approved");
    assert_eq!(state.drafts[&ALICE], "Your refund is approved");
    assert!(state.notes.is_empty() && state.composes(ALICE));
}

#[test]
fn a_text_leaves_without_the_blanks_around_it_now_or_later() {
    let mut state = with_thread([], false);
    write(&mut state, " Hello \n\n");
    assert_eq!(state.outgoing[0].text, "Hello");
}
