//! The page of the queue.

use super::*;
use crate::state::QueueAction;
use twinbox_domain::{Lane, NumberId, Seq};
use twinbox_protocol::{GaugeView, LaneView, Page, QueueView, Wait, WaitingView};

fn gauge(number: &str) -> GaugeView {
    GaugeView {
        number: NumberId::from(number),
        busy: 0,
        in_flight: 0,
        cap_per_second: 5,
        pace_per_second: 5,
        minute: Vec::new(),
        sent_in_a_day: 0,
        waiting: 0,
        waits_ms: None,
        may_send: true,
        done_in_ms: None,
        pause: None,
    }
}

fn waiting(position: i64) -> WaitingView {
    WaitingView {
        id: OutboxId(uuid::Uuid::from_u128(position as u128)),
        position: Seq(position),
        place: 1,
        number: NumberId::from("1"),
        conversation: ALICE,
        person: row(1, 0).person,
        lane: Lane::Agent,
        author: String::new(),
        content: message(1, 1, 0).content,
        wait: Wait::Turn,
        since: Millis(0),
        leaves_in_ms: None,
        pause: None,
    }
}

/// The last one of a number, or of all, follows.
fn more(state: &mut State, only: Option<NumberId>, after: i64, position: i64) {
    state.reduce(Action::Queue(QueueAction::More {
        only,
        lane: Lane::Agent,
        after: Seq(after),
        page: Page {
            items: vec![waiting(position)],
            more: false,
        },
    }));
}

fn positions(state: &State) -> Vec<i64> {
    let items = state.queue.items(Lane::Agent);
    items.map(|item| item.position.0).collect()
}

fn queue() -> QueueView {
    QueueView {
        numbers: vec![gauge("1"), gauge("2")],
        lanes: vec![LaneView {
            lane: Lane::Agent,
            waiting: 0,
            items: vec![waiting(1)],
            more: true,
            paused: vec![NumberId::from("2")],
        }],
        unknown: Vec::new(),
        unknown_count: 0,
        failures: Vec::new(),
        scheduled: Vec::new(),
        scheduled_count: 0,
    }
}

#[test]
fn showing_one_number_alone_forgets_what_was_asked_for_of_the_others() {
    let mut state = State::default();
    state.reduce(Action::Queue(QueueAction::Told(None, Box::new(queue()))));
    assert_eq!(state.queue.shown_numbers().len(), 2);
    more(&mut state, None, 1, 2);
    assert!(!state.queue.has_more(Lane::Agent));
    assert_eq!(positions(&state), [1, 2]);
    state.reduce(Action::Queue(QueueAction::Only(Some(NumberId::from("2")))));
    assert!(state.queue.has_more(Lane::Agent));
    assert_eq!(state.queue.shown_numbers(), [NumberId::from("2")]);
    assert_eq!(state.queue.paused(Lane::Agent), [NumberId::from("2")]);
    assert!(state.queue.paused(Lane::Campaign).is_empty());
}

#[test]
fn what_follows_in_a_lane_is_shown_once_and_only_below_what_it_follows_on() {
    let mut state = State::default();
    let told = |state: &mut State, only: Option<NumberId>, position| {
        let mut view = queue();
        view.lanes[0].items = vec![waiting(position)];
        state.reduce(Action::Queue(QueueAction::Told(only, Box::new(view))));
    };
    told(&mut state, None, 1);
    more(&mut state, None, 1, 2);
    more(&mut state, None, 1, 2);
    assert_eq!(positions(&state), [1, 2], "the button was pressed twice");

    let one = Some(NumberId::from("2"));
    state.reduce(Action::Queue(QueueAction::Only(one.clone())));
    told(&mut state, None, 7);
    more(&mut state, None, 1, 2);
    assert_eq!(positions(&state), [1], "it is of all numbers");
    told(&mut state, one.clone(), 5);
    more(&mut state, one, 5, 6);
    assert_eq!(positions(&state), [5, 6]);
}

#[test]
fn what_is_sent_leaves_at_once_only_while_nothing_is_paused_and_every_number_may_send() {
    let at_once = |change: &dyn Fn(&mut QueueView)| {
        let mut view = queue();
        for lane in &mut view.lanes {
            lane.paused.clear();
        }
        change(&mut view);
        let mut state = State::default();
        state.reduce(Action::Queue(QueueAction::Told(None, Box::new(view))));
        state.sends_at_once()
    };
    assert!(!State::default().sends_at_once(), "nothing was told yet");
    assert!(at_once(&|_| {}));
    assert!(!at_once(&|view| view.numbers[1].may_send = false));
    assert!(!at_once(&|view| view.numbers[1].waits_ms = Some(9000)));
    assert!(!at_once(&|view| view.lanes[0].paused = vec![NumberId::from("2")]));
}

#[test]
fn more_of_what_is_sent_later_can_be_asked_for_until_all_of_it_is_shown() {
    let mut state = State::default();
    let told = |state: &mut State, count| {
        let mut view = queue();
        view.scheduled_count = count;
        state.reduce(Action::Queue(QueueAction::Told(None, Box::new(view))));
    };
    told(&mut state, 0);
    assert!(!state.queue.has_more_scheduled());
    told(&mut state, 37);
    assert!(state.queue.has_more_scheduled());
    state.reduce(Action::Queue(QueueAction::MoreScheduled(100)));
    assert_eq!(state.queue.scheduled, 100);
    state.reduce(Action::Queue(QueueAction::Only(None)));
    assert_eq!(state.queue.scheduled, 0);
}
