//! The page of the queue.

use super::*;
use crate::state::QueueAction;
use twinbox_domain::{Lane, NumberId};
use twinbox_protocol::{GaugeView, LaneView, Page, QueueView};

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

fn queue() -> QueueView {
    QueueView {
        numbers: vec![gauge("1"), gauge("2")],
        lanes: vec![LaneView {
            lane: Lane::Agent,
            waiting: 0,
            items: Vec::new(),
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
    state.reduce(Action::Queue(QueueAction::Told(Box::new(queue()))));
    assert_eq!(state.queue.shown_numbers().len(), 2);
    let none = Page {
        items: Vec::new(),
        more: false,
    };
    state.reduce(Action::Queue(QueueAction::More(Lane::Agent, none)));
    assert!(!state.queue.has_more(Lane::Agent));
    state.reduce(Action::Queue(QueueAction::Only(Some(NumberId::from("2")))));
    assert!(state.queue.has_more(Lane::Agent));
    assert_eq!(state.queue.shown_numbers(), [NumberId::from("2")]);
    assert_eq!(state.queue.paused(Lane::Agent), [NumberId::from("2")]);
    assert!(state.queue.paused(Lane::Campaign).is_empty());
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
        state.reduce(Action::Queue(QueueAction::Told(Box::new(view))));
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
        state.reduce(Action::Queue(QueueAction::Told(Box::new(view))));
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
