//! What fills the window: the inbox, the numbers, the first set-up, the sign-in form, or why none of them can be.

mod cannot_start;
mod connect;
mod inbox;
mod locked;
mod numbers;
mod queue;
mod settings;
mod sign_in;

use crate::apart::{Apart, Page, page};
use crate::components::{Notice, Rail, StatusBar};
use crate::keyboard;
use crate::lost_focus;
use crate::screen::{Screen, after_paint};
use crate::session::Session;
use crate::state::{Connection, Part, Place};
use cannot_start::CannotStart;
pub use connect::Connect;
use inbox::Inbox;
use leptos::prelude::*;
use locked::{Locked, lock_when_idle};
pub use numbers::Numbers;
pub use queue::Queue;
pub use settings::Settings;
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
    let apart = Apart::new();
    provide_context(apart);
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
    Effect::new(move |_| {
        if place.get().is_some() {
            after_paint(move || {
                // Whether a signup was begun decides about the way to it.
                session.load_connection();
                apart.begin();
            });
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
    // The desktop tells of messages as well.
    let locked = session.memo(Part::Settings, |state| state.you.as_ref().map(|_| state.is_locked));
    Effect::new(move |_| {
        if let Some(is_locked) = locked.get() {
            session.tell_locked(is_locked);
        }
    });
    let connects = Memo::new(move |_| place.get() == Some(Place::Connect));
    move || match (cannot_start.get(), signed_out.get(), is_locked.get()) {
        (true, ..) => view! { <CannotStart/> }.into_any(),
        (false, true, _) => view! { <SignIn/> }.into_any(),
        (false, false, true) => view! { <Locked/> }.into_any(),
        (false, false, false) if connects.get() => page(Page::Connect),
        (false, false, false) => view! { <Frame/> }.into_any(),
    }
}

/// Rail, page and status bar.
#[component]
fn Frame() -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    keyboard::listen(session, screen);
    lost_focus::follow();
    let has_palette = session.memo(Part::Palette, |state| state.palette.is_some());
    // The inbox also stands there until it is known what to show, and is not built once more then.
    let place = session.memo(Part::Place, |state| state.place.unwrap_or(Place::Inbox));
    let shown = move || match place.get() {
        Place::Queue => page(Page::Queue),
        Place::Numbers => page(Page::Numbers),
        Place::Settings => page(Page::Settings),
        Place::Inbox | Place::Connect => view! { <Inbox/> }.into_any(),
    };
    view! {
        <div class="app">
            <Rail/>
            {shown}
            <StatusBar/>
            {move || (!screen.picture.get()).then(|| view! { <Notice/> })}
            {move || has_palette.get().then(|| page(Page::Palette))}
            {move || screen.shortcuts.get().then(|| page(Page::ShortcutSheet))}
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
