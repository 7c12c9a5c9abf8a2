//! Settings, the lock, and the palette.

use crate::state::fixtures::greeting;
use crate::state::{Action, PaletteAction, Part, Scope, SettingsAction, State};
use twinbox_domain::Millis;
use twinbox_protocol::{Greeting, Page, SearchResults, SettingsView, UserSettings};

fn locking(seq: i64) -> Greeting {
    Greeting {
        settings: SettingsView {
            settings: UserSettings {
                lock_after_minutes: Some(5),
                ..UserSettings::default()
            },
            has_passphrase: true,
        },
        ..greeting(seq)
    }
}

fn nothing() -> SearchResults {
    SearchResults {
        chats: Vec::new(),
        messages: Page {
            items: Vec::new(),
            more: false,
        },
        is_complete: true,
    }
}

#[test]
fn a_window_that_locks_itself_begins_locked_and_is_not_locked_again_by_a_new_connection() {
    let mut state = State::default();
    state.reduce(Action::Greeted(locking(1)));
    assert!(state.is_locked, "loading it anew would be a way around");
    state.reduce(Action::Settings(SettingsAction::Locked(false)));
    state.reduce(Action::Greeted(locking(2)));
    assert!(!state.is_locked);
    assert_eq!(state.locks_after_ms(), Some(300_000));
}

#[test]
fn a_window_that_nobody_used_for_longer_than_is_set_was_left_also_when_no_second_passed_in_between() {
    let mut state = State::default();
    state.reduce(Action::Greeted(locking(1)));
    let (since, over) = (Millis(1_000), Millis(301_001));
    assert!(!state.was_left(since, over), "it is locked already");
    state.reduce(Action::Settings(SettingsAction::Locked(false)));
    assert!(state.was_left(since, over));
    assert!(!state.was_left(since, Millis(301_000)));
}

#[test]
fn nobody_is_locked_out_without_a_passphrase() {
    let mut state = State::default();
    let mut greeting = locking(1);
    greeting.settings.has_passphrase = false;
    state.reduce(Action::Greeted(greeting));
    state.reduce(Action::Settings(SettingsAction::Locked(true)));
    assert!(!state.is_locked);
    assert_eq!(state.locks_after_ms(), None);
}

#[test]
fn a_locked_window_shows_no_palette() {
    let mut state = State::default();
    state.reduce(Action::Greeted(locking(1)));
    state.reduce(Action::Settings(SettingsAction::Locked(false)));
    state.reduce(Action::Palette(PaletteAction::Opened));
    let touched = state.reduce(Action::Settings(SettingsAction::Locked(true)));
    assert!(state.palette.is_none() && touched.contains(Part::Palette));
}

#[test]
fn results_for_what_was_typed_before_are_dropped_in_the_palette() {
    let mut state = State::default();
    let loading = |state: &State| state.palette.as_ref().and_then(|palette| palette.found.loading);
    state.reduce(Action::Palette(PaletteAction::Opened));
    state.reduce(Action::Palette(PaletteAction::Typed("oa".to_owned())));
    let first = loading(&state).unwrap();
    state.reduce(Action::Palette(PaletteAction::Typed("oak".to_owned())));
    state.reduce(Action::Palette(PaletteAction::Found(first, nothing())));
    let second = loading(&state).unwrap();
    assert!(second != first);
    state.reduce(Action::Palette(PaletteAction::Found(second, nothing())));
    assert_eq!(loading(&state), None);
}

#[test]
fn what_is_looked_for_elsewhere_is_asked_anew_only_when_it_is_another_question() {
    let mut state = State::default();
    let loading = |state: &State| state.palette.as_ref().and_then(|palette| palette.found.loading);
    state.reduce(Action::Palette(PaletteAction::Opened));
    state.reduce(Action::Palette(PaletteAction::Typed("oak".to_owned())));
    let asked = loading(&state).unwrap();
    state.reduce(Action::Palette(PaletteAction::Found(asked, nothing())));
    state.reduce(Action::Palette(PaletteAction::Scoped(Scope::People)));
    assert_eq!(loading(&state), None);
    state.reduce(Action::Palette(PaletteAction::Scoped(Scope::Files)));
    assert!(loading(&state).is_some());
}
