//! The page of numbers.

use super::*;
use crate::state::fixtures::number;
use twinbox_domain::{NumberId, Standing};
use twinbox_protocol::{ArrivalsView, EvidenceView, HealthView, NumberView, Overview};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const NOW: Millis = Millis(100 * DAY_MS);

fn ago(ms: i64) -> Option<Millis> {
    Some(NOW.plus_ms(-ms))
}

fn seen(id: &str, last_event_at: Option<Millis>, last_sign_at: Option<Millis>) -> NumberView {
    NumberView {
        evidence: EvidenceView {
            last_event_at,
            last_sign_at,
        },
        ..number(id)
    }
}

fn with_numbers(numbers: Vec<NumberView>) -> State {
    let mut state = State::default();
    state.reduce(Action::Tick(NOW));
    let mut greeting = greeting(10);
    greeting.overview.numbers = numbers;
    state.reduce(Action::Greeted(greeting));
    state
}

fn shown_id(state: &State) -> Option<&str> {
    state.shown_number().map(|number| number.id.as_str())
}

fn health(id: &str) -> HealthView {
    HealthView {
        number: NumberId::from(id),
        from: Millis(0),
        messages: ArrivalsView::default(),
        phone: ArrivalsView::default(),
        statuses: ArrivalsView::default(),
        delay: None,
        refused_signatures: 0,
        token_is_valid: None,
        token_expires_at: None,
        missing_fields: None,
        callback_is_elsewhere: false,
        asked_at: None,
        notices: Vec::new(),
    }
}

fn error(code: ErrorCode) -> ApiError {
    ApiError::new(code, "No.")
}

#[test]
fn a_number_works_as_long_as_something_of_the_last_day_shows_it() {
    let state = |event, sign| NumberState::at(NOW, &seen("1", event, sign));
    assert_eq!(state(ago(2_000), ago(2_000)), NumberState::Working(2_000));
    assert_eq!(state(ago(DAY_MS), None), NumberState::Silent(DAY_MS));
    assert_eq!(state(None, None), NumberState::New);
    assert!(matches!(state(ago(2_000), ago(9 * DAY_MS)), NumberState::PhoneQuiet(_)));
    let heard_of = NumberView {
        can_send: false,
        ..seen("1", ago(2_000), ago(9 * DAY_MS))
    };
    assert_eq!(NumberState::at(NOW, &heard_of), NumberState::Unconnected);
    assert!(!NumberState::at(NOW, &heard_of).needs_someone());
    let locked = NumberView {
        can_send: false,
        is_locked: true,
        ..seen("1", ago(2_000), ago(2_000))
    };
    assert_eq!(NumberState::at(NOW, &locked), NumberState::Locked);
    assert!(NumberState::at(NOW, &locked).needs_someone() && !wants_signup(&locked, None, NOW));
    let parted = NumberView {
        standing: Standing::Suspended { since: NOW },
        ..seen("1", ago(2_000), ago(2_000))
    };
    assert_eq!(NumberState::at(NOW, &parted), NumberState::Suspended);
    assert!(NumberState::at(NOW, &parted).needs_someone());
}

#[test]
fn the_glyph_of_a_number_says_when_a_home_of_it_is_gone_or_quiet() {
    let since = NOW;
    let reason = String::new();
    let look = |standing, sign| {
        let number = NumberView {
            standing,
            ..seen("1", ago(2_000), ago(sign))
        };
        NumberState::at(NOW, &number).look()
    };
    for (standing, sign, expected) in [
        (Standing::Connected, 2_000, Look::Working),
        (Standing::Connected, 9 * DAY_MS, Look::Quiet),
        (Standing::Suspended { since }, 2_000, Look::Quiet),
        (Standing::Disconnected { since, reason }, 2_000, Look::Off),
        (Standing::NoAccess { since }, 2_000, Look::Off),
    ] {
        assert_eq!(look(standing.clone(), sign), expected, "{standing:?}");
    }
}

#[test]
fn connecting_again_is_offered_where_it_helps() {
    let offered = |standing, can_send, ends| {
        let number = NumberView {
            standing,
            can_send,
            ..number("1")
        };
        wants_signup(&number, ends, NOW)
    };
    let since = NOW;
    let reason = String::new();
    for (standing, is_offered) in [
        (Standing::Connected, false),
        (Standing::Suspended { since }, false),
        (Standing::Disconnected { since, reason }, true),
        (Standing::Disabled { since }, false),
        (Standing::NoAccess { since }, true),
        // It is no longer registered; it is locked.
        (Standing::Blocked { since, code: 133_010 }, true),
        (Standing::Blocked { since, code: 131_031 }, false),
    ] {
        assert_eq!(offered(standing.clone(), true, None), is_offered, "{standing:?}");
        assert!(offered(standing, false, None));
    }
    let in_days = |days| Some(NOW.plus_ms(days * DAY_MS));
    assert!(offered(Standing::Connected, true, in_days(6)));
    assert!(!offered(Standing::Connected, true, in_days(19)));
}

#[test]
fn the_number_that_needs_someone_is_shown_first_and_one_that_was_chosen_stays() {
    let mut state = with_numbers(vec![seen("1", ago(1), ago(1)), seen("2", ago(1), ago(9 * DAY_MS))]);
    assert_eq!(shown_id(&state), Some("2"));
    let touched = state.reduce(Action::Number(NumberAction::Chosen(NumberId::from("1"))));
    assert!(touched.contains(Part::ShownNumber));
    assert_eq!(shown_id(&state), Some("1"));
    // One that is no more gives way.
    state.reduce(Action::Number(NumberAction::Chosen(NumberId::from("9"))));
    assert_eq!(shown_id(&state), Some("2"));
    assert_eq!(shown_id(&with_numbers(Vec::new())), None);
}

#[test]
fn the_last_evidence_stays_when_it_cannot_be_told_anew() {
    let mut state = with_numbers(vec![number("1")]);
    state.reduce(Action::Number(NumberAction::Told(Box::new(health("1")))));
    let failed = NumberAction::NotTold(NumberId::from("1"), error(ErrorCode::Unavailable));
    assert!(state.reduce(Action::Number(failed)).contains(Part::Health));
    assert_eq!(state.numbers.failed, Some(NumberId::from("1")));
    assert!(state.numbers.health.contains_key(&NumberId::from("1")));
    state.reduce(Action::Number(NumberAction::Told(Box::new(health("1")))));
    assert_eq!(state.numbers.failed, None);
}

#[test]
fn settings_that_were_refused_say_why_until_they_are_changed() {
    let mut state = with_numbers(vec![number("1"), number("2")]);
    state.reduce(Action::Number(NumberAction::Chosen(NumberId::from("1"))));
    state.reduce(Action::Number(NumberAction::Saving));
    assert_eq!(state.numbers.saving, Saving::UnderWay);
    state.reduce(Action::Number(NumberAction::NotSaved(error(ErrorCode::Invalid))));
    assert_eq!(state.numbers.saving, Saving::Refused("No.".to_owned()));
    assert_eq!(state.notice, None, "the field says it");
    state.reduce(Action::Number(NumberAction::Editing));
    assert_eq!(state.numbers.saving, Saving::Nothing);
    state.reduce(Action::Number(NumberAction::Saved));
    state.reduce(Action::Number(NumberAction::Chosen(NumberId::from("2"))));
    assert_eq!(state.numbers.saving, Saving::Nothing, "another number was not saved");
}

#[test]
fn whoever_is_signed_out_meanwhile_is_told() {
    let mut state = with_numbers(vec![number("1")]);
    let failed = NumberAction::NotTold(NumberId::from("1"), error(ErrorCode::Unauthorized));
    state.reduce(Action::Number(failed));
    assert!(matches!(state.connection, Connection::SignedOut { .. }));
}

#[test]
fn a_new_event_of_a_number_wakes_who_shows_numbers() {
    let mut state = with_numbers(vec![seen("1", ago(5_000), None)]);
    let overview = Overview {
        numbers: vec![seen("1", ago(0), None)],
        ..state.overview.clone().unwrap()
    };
    let event = next(&state, vec![ChangeView::Overview(overview)]);
    assert!(state.reduce(event).contains(Part::Numbers));
}

#[test]
fn whoever_looks_at_numbers_stays_there_when_the_engine_is_greeted_again() {
    let mut state = with_numbers(vec![number("1")]);
    assert_eq!(state.place, Some(Place::Inbox));
    assert!(state.reduce(Action::GoTo(Place::Numbers)).contains(Part::Place));
    assert!(!state.reduce(Action::GoTo(Place::Numbers)).contains(Part::Place));
    state.reduce(Action::Greeted(greeting(11)));
    assert_eq!(state.place, Some(Place::Numbers));
}
