use super::fixtures::{event, greeting, message, page, row, sent, shown, thread, unread};
use super::*;
use twinbox_domain::{Millis, OutboxId, Status};
use twinbox_protocol::{ApiError, ChangeView, ConversationFilter, Delivery, ErrorCode, Event};

const ALICE: ConversationId = ConversationId(1);
const BOB: ConversationId = ConversationId(2);

fn greeted() -> State {
    let mut state = State::default();
    state.reduce(Action::Greeted(greeting(10)));
    state
}

fn with_list(rows: impl IntoIterator<Item = ConversationRow>, more: bool) -> State {
    let mut state = greeted();
    state.reduce(Action::ListAsked(ConversationFilter::All));
    state.reduce(Action::ListLoaded {
        filter: ConversationFilter::All,
        before: None,
        page: page(rows, more),
    });
    state
}

fn load(state: &mut State, messages: impl IntoIterator<Item = MessageView>, more: bool) -> Touched {
    let before = state.threads.get(&ALICE).and_then(Thread::oldest);
    state.reduce(Action::ThreadAsked(ALICE));
    state.reduce(Action::ThreadLoaded {
        conversation: ALICE,
        before,
        page: page(messages, more),
    })
}

fn with_thread(messages: impl IntoIterator<Item = MessageView>, more: bool) -> State {
    let mut state = with_list([row(1, 100)], false);
    state.reduce(Action::Opened(ALICE));
    load(&mut state, messages, more);
    state
}

fn next(state: &State, changes: Vec<ChangeView>) -> Action {
    Action::Happened(event(state.seq.unwrap().0, changes))
}

fn happen(state: &mut State, changes: Vec<ChangeView>) -> Touched {
    let action = next(state, changes);
    state.reduce(action)
}

#[test]
fn a_tick_touches_only_its_message() {
    let mut state = with_thread([sent(1, 7, 70, Status::Sent), message(1, 6, 60)], false);
    let touched = happen(&mut state, vec![ChangeView::Message(sent(1, 7, 70, Status::Read))]);
    let parts: Vec<Part> = touched.into_parts().collect();
    assert_eq!(parts, [Part::Message(MessageId(7))]);
}

#[test]
fn an_event_that_was_seen_is_dropped() {
    let mut state = with_thread([message(1, 6, 60)], false);
    let old = Event {
        after: Seq(8),
        seq: Seq(9),
        changes: vec![ChangeView::Message(message(1, 7, 70))],
    };
    state.reduce(Action::Happened(old));
    assert_eq!(thread(&state, 1), [6]);
    assert_eq!(state.seq, Some(Seq(10)));
}

#[test]
fn a_message_goes_where_its_time_belongs() {
    let mut state = with_thread([message(1, 8, 80), message(1, 6, 60)], false);
    happen(&mut state, vec![ChangeView::Message(message(1, 9, 70))]);
    assert_eq!(thread(&state, 1), [6, 9, 8]);
}

#[test]
fn a_message_whose_time_changes_moves() {
    let mut state = with_thread([message(1, 8, 80), message(1, 6, 60)], false);
    let touched = happen(&mut state, vec![ChangeView::Message(message(1, 6, 90))]);
    assert_eq!(thread(&state, 1), [8, 6]);
    assert!(touched.contains(Part::Thread(ALICE)));
}

#[test]
fn a_change_older_than_the_loaded_part_waits_for_its_page() {
    let mut state = with_thread([message(1, 8, 80), message(1, 6, 60)], true);
    happen(&mut state, vec![ChangeView::Message(message(1, 3, 30))]);
    assert_eq!(thread(&state, 1), [6, 8]);
    load(&mut state, [message(1, 3, 30)], false);
    assert_eq!(thread(&state, 1), [3, 6, 8]);
}

#[test]
fn what_changed_while_a_page_was_on_its_way_is_not_undone_by_it() {
    let mut state = with_thread([], true);
    state.reduce(Action::ThreadAsked(ALICE));
    happen(&mut state, vec![ChangeView::Message(sent(1, 7, 70, Status::Read))]);
    happen(
        &mut state,
        vec![ChangeView::MessageGone {
            conversation: ALICE,
            message: MessageId(6),
        }],
    );
    state.reduce(Action::ThreadLoaded {
        conversation: ALICE,
        before: None,
        page: page([sent(1, 7, 70, Status::Sent), message(1, 6, 60)], false),
    });
    assert_eq!(thread(&state, 1), [7]);
    let delivery = &state.message(ALICE, MessageId(7)).unwrap().delivery;
    let read = twinbox_protocol::Delivery::Known { status: Status::Read };
    assert_eq!(delivery.as_ref(), Some(&read));
}

#[test]
fn a_message_that_is_gone_leaves() {
    let mut state = with_thread([message(1, 8, 80), message(1, 6, 60)], false);
    let gone = ChangeView::MessageGone {
        conversation: ALICE,
        message: MessageId(8),
    };
    assert!(happen(&mut state, vec![gone]).contains(Part::Thread(ALICE)));
    assert_eq!(thread(&state, 1), [6]);
}

#[test]
fn a_new_message_brings_its_conversation_to_the_top() {
    let mut state = with_list([row(3, 300), row(2, 200), row(1, 100)], false);
    let touched = happen(&mut state, vec![ChangeView::Conversation(unread(1, 400))]);
    assert_eq!(shown(&state), [1, 3, 2]);
    assert!(touched.contains(Part::List) && touched.contains(Part::Row(ALICE)));
}

#[test]
fn a_row_that_stays_in_its_place_leaves_the_order_alone() {
    let mut state = with_list([row(2, 200), row(1, 100)], false);
    let touched = happen(&mut state, vec![ChangeView::Conversation(unread(1, 100))]);
    assert!(!touched.contains(Part::List));
    assert!(touched.contains(Part::Row(ALICE)));
}

#[test]
fn a_row_behind_the_loaded_part_waits_for_its_page() {
    let mut state = with_list([row(3, 300), row(2, 200)], true);
    happen(&mut state, vec![ChangeView::Conversation(row(1, 100))]);
    assert_eq!(shown(&state), [3, 2]);
    state.reduce(Action::ListLoaded {
        filter: ConversationFilter::All,
        before: state.list().unwrap().last(),
        page: page([row(1, 100)], false),
    });
    assert_eq!(shown(&state), [3, 2, 1]);
}

#[test]
fn a_row_that_changed_while_its_page_was_on_its_way_stands_where_it_belongs() {
    let mut state = with_list([row(3, 300), row(2, 200)], true);
    let before = state.list().unwrap().last();
    state.reduce(Action::ListAsked(ConversationFilter::All));
    happen(&mut state, vec![ChangeView::Conversation(unread(1, 400))]);
    state.reduce(Action::ListLoaded {
        filter: ConversationFilter::All,
        before,
        page: page([row(1, 100)], false),
    });
    assert_eq!(shown(&state), [1, 3, 2]);
    assert_eq!(state.rows[&ALICE].unread, 1);
}

#[test]
fn what_is_read_stays_in_the_unread_list_until_another_is_opened() {
    let mut state = greeted();
    state.reduce(Action::Filter(ConversationFilter::Unread));
    state.reduce(Action::ListLoaded {
        filter: ConversationFilter::Unread,
        before: None,
        page: page([unread(2, 200), unread(1, 100)], false),
    });
    state.reduce(Action::Opened(ALICE));
    happen(&mut state, vec![ChangeView::Conversation(row(1, 100))]);
    assert_eq!(shown(&state), [2, 1]);
    state.reduce(Action::Opened(BOB));
    assert_eq!(shown(&state), [2]);
}

#[test]
fn a_conversation_that_is_gone_leaves_everywhere() {
    let mut state = with_thread([message(1, 6, 60)], false);
    happen(&mut state, vec![ChangeView::ConversationGone { conversation: ALICE }]);
    assert!(shown(&state).is_empty());
    assert_eq!(state.open, None);
    assert!(state.threads.is_empty());
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

#[test]
fn only_what_is_unread_is_marked_and_only_once() {
    let mut state = with_thread([message(1, 9, 90)], false);
    assert_eq!(state.markable(), None);
    happen(&mut state, vec![ChangeView::Conversation(unread(1, 100))]);
    assert_eq!(state.markable(), Some((ALICE, MessageId(9))));
    state.reduce(Action::Marked(ALICE, MessageId(9)));
    assert_eq!(state.markable(), None);
}

#[test]
fn offline_counts_from_when_it_began() {
    let mut state = greeted();
    let first = Connection::Offline { since: Millis(5) };
    state.reduce(Action::Connection(first));
    state.reduce(Action::Connection(Connection::Offline { since: Millis(9) }));
    assert_eq!(state.connection, first);
}

#[test]
fn a_refused_token_asks_for_another() {
    let mut state = greeted();
    let error = ApiError::new(ErrorCode::Unauthorized, "Sign in again.");
    state.reduce(Action::ListFailed(ConversationFilter::All, error));
    assert_eq!(state.connection, Connection::SignedOut { refused: false });
}

#[test]
fn the_least_recently_opened_thread_is_forgotten() {
    let mut state = greeted();
    for id in 1..=13 {
        state.reduce(Action::Opened(ConversationId(id)));
    }
    assert_eq!(state.threads.len(), 12);
    assert!(!state.threads.contains_key(&ALICE));
}

#[test]
fn a_greeting_voids_what_was_loaded_but_no_draft() {
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Typed(ALICE, "Hi".to_owned()));
    let before = state.threads[&ALICE].oldest();
    state.reduce(Action::Greeted(greeting(50)));
    assert!(state.threads.is_empty() && state.lists.is_empty());
    assert_eq!(state.drafts[&ALICE], "Hi");
    // A page asked for before belongs to nothing now.
    state.reduce(Action::ThreadAsked(ALICE));
    state.reduce(Action::ThreadLoaded {
        conversation: ALICE,
        before,
        page: page([message(1, 3, 30)], false),
    });
    assert!(thread(&state, 1).is_empty());
}
