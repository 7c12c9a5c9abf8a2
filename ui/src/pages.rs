//! What fills the window: the inbox, the numbers, the first set-up, the sign-in form, or why none of them can be.

mod cannot_start;
mod connect;
mod inbox;
mod locked;
mod numbers;
mod queue;
mod settings;
mod sign_in;

use crate::components::{Notice, Palette, Rail, ShortcutSheet, StatusBar};
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Connection, Part, Place};
use crate::thread_scroll::Places;
use cannot_start::CannotStart;
use connect::Connect;
use inbox::Inbox;
use leptos::prelude::*;
use locked::{Locked, lock_when_idle};
use numbers::Numbers;
use queue::Queue;
use settings::Settings;
use sign_in::SignIn;
use std::time::Duration;
use twinbox_protocol::Overview;

const SECOND: Duration = Duration::from_secs(1);

/// The whole window.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::new();
    provide_context(session);
    let screen = Screen::new();
    provide_context(screen);
    provide_context(Places::default());
    // Whoever comes back to the window sees today's countdowns at once.
    Effect::new(move |_| {
        screen.focused.track();
        session.tick();
    });
    session.tick();
    session.start();
    set_interval(move || session.tick(), SECOND);

    let cannot_start = session.memo(Part::Connection, |state| state.cannot_start.is_some());
    let signed_out = session.memo(Part::Connection, |state| {
        matches!(state.connection, Connection::SignedOut { .. })
    });
    let place = session.memo(Part::Place, |state| state.place);
    // Whether a signup was begun decides about the way to it.
    Effect::new(move |_| {
        if place.get().is_some() {
            session.load_connection();
        }
    });
    Effect::new(move |_| {
        session.read(Part::Settings, |state| {
            // Until they are told, what this window keeps counts.
            if state.seq.is_some() {
                screen.follow(&state.settings);
            }
        });
    });
    // Another window may have changed them.
    when_other(session, |overview| overview.settings_saved, Session::load_settings);
    when_other(session, |overview| overview.team_saved, Session::load_team);
    lock_when_idle(session);
    let is_locked = session.memo(Part::Settings, |state| state.is_locked);
    let connects = Memo::new(move |_| place.get() == Some(Place::Connect));
    move || match (cannot_start.get(), signed_out.get(), is_locked.get()) {
        (true, ..) => view! { <CannotStart/> }.into_any(),
        (false, true, _) => view! { <SignIn/> }.into_any(),
        (false, false, true) => view! { <Locked/> }.into_any(),
        (false, false, false) if connects.get() => view! { <Connect/> }.into_any(),
        (false, false, false) => view! { <Frame/> }.into_any(),
    }
}

/// Rail, page and status bar.
#[component]
fn Frame() -> impl IntoView {
    let session = Session::use_();
    keyboard::listen(session, Screen::use_());
    let place = session.memo(Part::Place, |state| state.place);
    let page = move || match place.get() {
        Some(Place::Queue) => view! { <Queue/> }.into_any(),
        Some(Place::Numbers) => view! { <Numbers/> }.into_any(),
        Some(Place::Settings) => view! { <Settings/> }.into_any(),
        Some(Place::Inbox | Place::Connect) | None => view! { <Inbox/> }.into_any(),
    };
    view! {
        <div class="app">
            <Rail/>
            {page}
            <StatusBar/>
            <Notice/>
            <Palette/>
            <ShortcutSheet/>
        </div>
    }
}

/// Does something whenever a count of the overview is another one than before.
fn when_other(session: Session, count: fn(&Overview) -> u64, act: fn(Session)) {
    let now = session.memo(Part::Overview, move |state| state.overview.as_ref().map(count));
    Effect::new(move |before: Option<Option<u64>>| {
        let now = now.get();
        if before.flatten().is_some_and(|before| Some(before) != now) {
            act(session);
        }
        now
    });
}
