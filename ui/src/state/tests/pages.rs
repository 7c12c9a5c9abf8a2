//! Pages, and what happens while one is on its way.

use super::*;
use crate::state::FindAction;
use twinbox_protocol::{Greeting, MessageCursor};

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
        asked: state.asked,
        before: None,
        page: page([sent(1, 7, 70, Status::Sent), message(1, 6, 60)], false),
    });
    assert_eq!(thread(&state, 1), [7]);
    let delivery = &state.message(ALICE, MessageId(7)).unwrap().delivery;
    let read = twinbox_protocol::Delivery::Known { status: Status::Read };
    assert_eq!(delivery.as_ref(), Some(&read));
}

#[test]
fn a_row_behind_the_loaded_part_waits_for_its_page() {
    let mut state = with_list([row(3, 300), row(2, 200)], true);
    happen(&mut state, vec![ChangeView::Conversation(row(1, 100))]);
    assert_eq!(shown(&state), [3, 2]);
    load_list(&mut state, ConversationFilter::All, [row(1, 100)], false);
    assert_eq!(shown(&state), [3, 2, 1]);
}

#[test]
fn a_row_that_changed_while_its_page_was_on_its_way_stands_where_it_belongs() {
    let mut state = with_list([row(3, 300), row(2, 200)], true);
    let before = state.list().unwrap().next_page();
    state.reduce(Action::ListAsked(ConversationFilter::All));
    happen(&mut state, vec![ChangeView::Conversation(unread(1, 400))]);
    state.reduce(Action::ListLoaded {
        filter: ConversationFilter::All,
        asked: state.asked,
        before,
        page: page([row(1, 100)], false),
    });
    assert_eq!(shown(&state), [1, 3, 2]);
    assert_eq!(state.rows[&ALICE].unread, 1);
}

#[test]
fn a_greeting_voids_what_was_loaded_but_no_draft_and_brings_the_first_page() {
    let mut state = with_thread([message(1, 6, 60)], false);
    state.reduce(Action::Filter(ConversationFilter::Unread));
    load_list(&mut state, ConversationFilter::Unread, [row(1, 100)], false);
    state.reduce(Action::Typed(ALICE, "Hi".to_owned()));
    // A page asked for before belongs to nothing now.
    state.reduce(Action::ThreadAsked(ALICE));
    let (stale, before) = (state.asked, state.threads[&ALICE].next_page());
    let conversations = page([row(3, 300), row(2, 200)], true);
    state.reduce(Action::Greeted(Greeting {
        conversations,
        ..greeting(50)
    }));
    assert!(
        state.threads.is_empty() && state.list().is_none(),
        "the unread ones are asked for anew"
    );
    state.reduce(Action::Filter(ConversationFilter::All));
    assert_eq!(shown(&state), [3, 2]);
    assert!(state.list().unwrap().more);
    assert_eq!(state.drafts[&ALICE], "Hi");
    state.reduce(Action::Opened(ALICE));
    load(&mut state, [message(1, 9, 90)], true);
    state.reduce(Action::ThreadLoaded {
        conversation: ALICE,
        asked: stale,
        before,
        page: page([message(1, 3, 30)], false),
    });
    assert_eq!(thread(&state, 1), [9]);
}

#[test]
fn a_change_before_the_first_page_does_not_make_it_the_second() {
    let mut state = greeted();
    state.reduce(Action::Opened(ALICE));
    state.reduce(Action::Filter(ConversationFilter::Unread));
    state.reduce(Action::Filter(ConversationFilter::All));
    load_list(&mut state, ConversationFilter::Unread, [unread(2, 200)], false);
    state.reduce(Action::ListAsked(ConversationFilter::All));
    let failed = state.asked;
    happen(&mut state, vec![ChangeView::Conversation(unread(1, 100))]);
    happen(&mut state, vec![ChangeView::Message(message(1, 9, 90))]);
    let error = ApiError::unavailable("Lost");
    state.reduce(Action::ListFailed(ConversationFilter::All, failed, error));
    load_list(
        &mut state,
        ConversationFilter::All,
        [unread(2, 200), unread(1, 100)],
        false,
    );
    load(&mut state, [message(1, 9, 90), message(1, 8, 80)], false);
    assert_eq!(shown(&state), [2, 1]);
    assert_eq!(thread(&state, 1), [8, 9]);
    assert!(state.list().unwrap().loading.is_none() && state.threads[&ALICE].loading.is_none());
}

#[test]
fn a_conversation_that_is_gone_does_not_come_back_with_an_older_page() {
    let mut state = with_list([row(3, 300), row(2, 200)], true);
    let before = state.list().unwrap().next_page();
    state.reduce(Action::ListAsked(ConversationFilter::All));
    happen(
        &mut state,
        vec![ChangeView::ConversationGone {
            conversation: ALICE,
            into: None,
        }],
    );
    state.reduce(Action::ListLoaded {
        filter: ConversationFilter::All,
        asked: state.asked,
        before,
        page: page([row(1, 100)], false),
    });
    assert_eq!(shown(&state), [3, 2]);
}

#[test]
fn no_row_of_before_a_reload_passes_for_what_is_so_now() {
    let mut state = with_list([row(3, 300), row(2, 200), row(1, 100)], false);
    state.reduce(Action::Opened(ALICE));
    state.reduce(Action::Greeted(Greeting {
        conversations: page([row(3, 300)], true),
        ..greeting(50)
    }));
    let known = |state: &State| {
        state
            .rows
            .keys()
            .map(|id| id.0)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(known(&state), [1, 3].into(), "the open one is asked for again");
    state.reduce(Action::Find(FindAction::RowLoaded(Box::new(unread(2, 200)))));
    assert_eq!(state.rows[&BOB].unread, 1);
}

#[test]
fn the_open_row_is_mended_after_a_reload_even_outside_the_first_page() {
    let mut state = with_thread([message(1, 6, 60)], false);
    let details = |row| twinbox_protocol::ConversationDetails {
        fields: Vec::new(),
        row,
        first_at: Millis(1),
        answered: twinbox_protocol::SourceSplit {
            agents: 0,
            phone: 0,
            bots: 0,
        },
    };
    state.reduce(Action::Greeted(greeting(50)));
    state.reduce(Action::DetailsLoaded(details(unread(1, 200))));
    assert_eq!(state.rows[&ALICE].unread, 1);
    // From then on events are newer than details.
    state.reduce(Action::DetailsLoaded(details(row(1, 100))));
    assert_eq!(state.rows[&ALICE].unread, 1);
}

fn shortened(first: Option<(i64, i64)>) -> ChangeView {
    ChangeView::OldMessagesGone {
        conversation: ALICE,
        first: first.map(|(id, at)| MessageCursor {
            at: Millis(at),
            id: MessageId(id),
        }),
    }
}

fn waiting(id: i64, at: i64) -> MessageView {
    MessageView {
        delivery: Some(Delivery::NotSure),
        ..sent(1, id, at, Status::Sent)
    }
}

#[test]
fn old_messages_that_are_gone_leave_and_those_that_are_not_settled_stay() {
    let messages = [message(1, 8, 80), message(1, 6, 60), waiting(5, 50), message(1, 4, 40)];
    let mut state = with_thread(messages, true);
    let touched = happen(&mut state, vec![shortened(Some((8, 80)))]);
    assert_eq!(thread(&state, 1), [5, 8]);
    assert!(touched.contains(Part::Thread(ALICE)) && touched.contains(Part::Message(MessageId(6))));
    let touched = happen(&mut state, vec![shortened(Some((8, 80)))]);
    assert!(!touched.contains(Part::Thread(ALICE)));
}

#[test]
fn a_page_that_was_on_its_way_does_not_bring_back_what_is_gone() {
    let mut state = with_thread([message(1, 8, 80)], true);
    let before = state.threads[&ALICE].next_page();
    state.reduce(Action::ThreadAsked(ALICE));
    happen(&mut state, vec![shortened(Some((6, 60)))]);
    state.reduce(Action::ThreadLoaded {
        conversation: ALICE,
        asked: state.asked,
        before,
        page: page([message(1, 6, 60), message(1, 4, 40)], false),
    });
    assert_eq!(thread(&state, 1), [6, 8]);
}

#[test]
fn a_thread_of_which_all_has_gone_takes_what_comes_next() {
    let mut state = with_thread([message(1, 6, 60)], true);
    happen(&mut state, vec![shortened(None)]);
    assert!(state.threads[&ALICE].loaded && thread(&state, 1).is_empty());
    happen(&mut state, vec![ChangeView::Message(message(1, 9, 90))]);
    assert_eq!(thread(&state, 1), [9]);
}

#[test]
fn who_reads_old_messages_that_have_gone_is_shown_the_newest() {
    let mut state = with_thread([message(1, 9, 90)], true);
    let cursor = MessageCursor {
        at: Millis(40),
        id: MessageId(4),
    };
    state.reduce(Action::Find(FindAction::AroundAsked(ALICE, cursor)));
    state.reduce(Action::Find(FindAction::AroundLoaded {
        conversation: ALICE,
        asked: state.asked,
        older: page([message(1, 4, 40)], false),
        newer: page([message(1, 5, 50)], true),
        goes_to: None,
    }));
    assert_eq!(thread(&state, 1), [4, 5]);
    happen(&mut state, vec![shortened(Some((9, 90)))]);
    let thread = &state.threads[&ALICE];
    assert!(thread.is_empty() && !thread.loaded && thread.can_load());
}

#[test]
fn what_was_unread_begins_where_it_did_when_the_chat_was_opened() {
    let mut state = with_list(
        [ConversationRow {
            unread: 2,
            read_up_to: MessageId(6),
            ..row(1, 100)
        }],
        false,
    );
    state.reduce(Action::Opened(ALICE));
    assert_eq!(state.first_unread(ALICE), None, "nothing is loaded");
    load(&mut state, [message(1, 8, 80), message(1, 7, 70)], true);
    assert_eq!(state.first_unread(ALICE), None, "there may be more above");
    load(&mut state, [message(1, 6, 60)], false);
    let first = MessageCursor {
        at: Millis(70),
        id: MessageId(7),
    };
    assert_eq!(state.first_unread(ALICE), Some(first));
    // Read by now, and still where the reader began.
    happen(&mut state, vec![ChangeView::Conversation(row(1, 100))]);
    assert_eq!(state.first_unread(ALICE), Some(first));
    state.reduce(Action::Closed);
    state.reduce(Action::Opened(ALICE));
    assert_eq!(state.unread, None);
}
