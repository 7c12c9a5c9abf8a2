mod attaching;
mod composing;
mod connecting;
mod deciding;
mod finding;
mod numbers;
mod pages;
mod queue;
mod settings;
mod team;
mod within;

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
    load_list(&mut state, ConversationFilter::All, rows, more);
    state
}

fn load_list(
    state: &mut State,
    filter: ConversationFilter,
    rows: impl IntoIterator<Item = ConversationRow>,
    more: bool,
) {
    let before = state.lists.get(&filter).and_then(List::next_page);
    state.reduce(Action::ListAsked(filter));
    state.reduce(Action::ListLoaded {
        filter,
        asked: state.asked,
        before,
        page: page(rows, more),
    });
}

fn load(state: &mut State, messages: impl IntoIterator<Item = MessageView>, more: bool) -> Touched {
    let before = state.threads.get(&ALICE).and_then(Thread::next_page);
    state.reduce(Action::ThreadAsked(ALICE));
    state.reduce(Action::ThreadLoaded {
        conversation: ALICE,
        asked: state.asked,
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
fn what_is_read_stays_in_the_unread_list_until_another_is_opened() {
    let mut state = greeted();
    state.reduce(Action::Filter(ConversationFilter::Unread));
    let rows = [unread(2, 200), unread(1, 100)];
    load_list(&mut state, ConversationFilter::Unread, rows, false);
    state.reduce(Action::Opened(ALICE));
    happen(&mut state, vec![ChangeView::Conversation(row(1, 100))]);
    assert_eq!(shown(&state), [2, 1]);
    state.reduce(Action::Opened(BOB));
    assert_eq!(shown(&state), [2]);
}

#[test]
fn a_conversation_is_opened_when_its_messages_are_here() {
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Opening(BOB));
    assert_eq!((state.open, state.opening), (Some(ALICE), Some(BOB)));
    load(&mut state, [message(1, 5, 50)], false);
    assert_eq!(state.open, Some(ALICE), "those of another one came");

    state.reduce(Action::ThreadAsked(BOB));
    let asked = state.asked;
    let touched = state.reduce(Action::ThreadFailed(
        BOB,
        asked,
        ApiError::new(ErrorCode::Internal, "No."),
    ));
    assert!(touched.contains(Part::Open));
    assert_eq!((state.open, state.opening), (Some(BOB), None));

    state.reduce(Action::Opening(ALICE));
    assert_eq!(state.open, Some(ALICE), "they were here");
}

#[test]
fn a_conversation_that_was_to_be_opened_is_not_when_people_go_on() {
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Opening(BOB));
    state.reduce(Action::Closed);
    assert_eq!((state.open, state.opening), (None, None));
    state.reduce(Action::Opening(BOB));
    let gone = ChangeView::ConversationGone {
        conversation: BOB,
        into: None,
    };
    happen(&mut state, vec![gone]);
    assert_eq!(state.opening, None);
}

#[test]
fn a_conversation_that_is_gone_leaves_everywhere() {
    let mut state = with_thread([message(1, 6, 60)], false);
    happen(
        &mut state,
        vec![ChangeView::ConversationGone {
            conversation: ALICE,
            into: None,
        }],
    );
    assert!(shown(&state).is_empty());
    assert_eq!(state.open, None);
    assert!(state.threads.is_empty());
}

#[test]
fn what_was_typed_goes_on_in_the_conversation_that_another_was_merged_into() {
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Typed(ALICE, "We open at".to_owned()));
    let merged = ChangeView::ConversationGone {
        conversation: ALICE,
        into: Some(BOB),
    };
    happen(&mut state, vec![merged]);
    assert_eq!(state.open, None);
    assert_eq!(state.drafts.get(&BOB).map(String::as_str), Some("We open at"));
    assert!(!state.drafts.contains_key(&ALICE));
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
fn a_chat_that_was_marked_as_unread_is_marked_as_read_when_it_is_opened_again() {
    let mut state = with_thread([message(1, 9, 90)], false);
    let told = |state: &mut State, unread, read_up_to| {
        let row = ConversationRow {
            unread,
            read_up_to: MessageId(read_up_to),
            ..row(1, 100)
        };
        happen(state, vec![ChangeView::Conversation(row)]);
    };
    told(&mut state, 1, 8);
    state.reduce(Action::Marked(ALICE, MessageId(9)));
    told(&mut state, 0, 9);
    told(&mut state, 1, 8);
    assert_eq!(state.markable(), None, "it is not read at once while it is open");
    state.reduce(Action::Closed);
    state.reduce(Action::Opened(ALICE));
    assert_eq!(state.markable(), Some((ALICE, MessageId(9))));

    state.reduce(Action::Marked(ALICE, MessageId(9)));
    told(&mut state, 0, 9);
    state.reduce(Action::Closed);
    state.reduce(Action::Opened(ALICE));
    told(&mut state, 1, 8);
    assert_eq!(state.markable(), None, "a colleague did it meanwhile");
}

#[test]
fn whoever_signs_in_after_another_person_is_somebody_else() {
    let mut state = State::default();
    let mut you = greeting(10).you;
    assert!(!state.is_somebody_else(&you), "nobody was here before");
    state.reduce(Action::Greeted(greeting(10)));
    assert!(!state.is_somebody_else(&you));
    you.user = "Bob".to_owned();
    assert!(state.is_somebody_else(&you));
}

#[test]
fn what_was_done_is_taken_back_only_while_it_is_told() {
    let mut state = greeted();
    assert!(!state.tells_what_was_done());
    state.reduce(Action::Done("Chat resolved".to_owned()));
    assert!(state.tells_what_was_done());
    state.reduce(Action::Notice("No".to_owned()));
    assert!(!state.tells_what_was_done());
    state.reduce(Action::Done("Chat resolved".to_owned()));
    state.reduce(Action::NoticeSeen);
    assert!(!state.tells_what_was_done());
}

#[test]
fn the_same_sentence_said_again_is_another_one() {
    let mut state = greeted();
    state.reduce(Action::Done("Chat resolved".to_owned()));
    let first = state.notice.clone();
    state.reduce(Action::Done("Chat resolved".to_owned()));
    assert_ne!(state.notice, first);
}

#[test]
fn a_row_that_is_told_as_it_was_is_told_nevertheless() {
    let mut state = with_list([row(1, 100)], false);
    let touched = happen(&mut state, vec![ChangeView::Conversation(row(1, 100))]);
    assert!(touched.contains(Part::RowTold(ALICE)) && !touched.contains(Part::Row(ALICE)));
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
fn a_greeting_alone_is_no_proof_of_a_connection() {
    let mut state = greeted();
    assert_eq!(state.connection, Connection::Starting);
    state.reduce(Action::Connection(Connection::Online));
    state.reduce(Action::Greeted(greeting(50)));
    assert_eq!(state.connection, Connection::Online);
    state.reduce(Action::Connection(Connection::SignedOut { refused: true }));
    state.reduce(Action::Greeted(greeting(60)));
    assert_eq!(state.connection, Connection::Starting);
}

#[test]
fn a_window_that_cannot_read_an_event_says_so_from_then_on() {
    let mut state = greeted();
    state.reduce(Action::Connection(Connection::Frozen));
    state.reduce(Action::Connection(Connection::Offline { since: Millis(5) }));
    state.reduce(Action::Connection(Connection::Online));
    assert_eq!(state.connection, Connection::Frozen);
}

#[test]
fn a_refused_token_asks_for_another() {
    let mut state = greeted();
    let error = ApiError::new(ErrorCode::Unauthorized, "Sign in again.");
    state.reduce(Action::ListFailed(ConversationFilter::All, state.asked, error));
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
