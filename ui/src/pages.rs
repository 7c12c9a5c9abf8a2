//! What fills the window: the inbox, the numbers, the first set-up, the sign-in form, or why none of them can be.

mod cannot_start;
mod connect;
mod inbox;
mod numbers;
mod queue;
mod sign_in;

use crate::components::{Notice, Rail, StatusBar};
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Connection, Part, Place};
use cannot_start::CannotStart;
use connect::Connect;
use inbox::Inbox;
use leptos::prelude::*;
use numbers::Numbers;
use queue::Queue;
use sign_in::SignIn;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// The whole window.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::new();
    provide_context(session);
    let screen = Screen::new();
    provide_context(screen);
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
    let connects = Memo::new(move |_| place.get() == Some(Place::Connect));
    move || match (cannot_start.get(), signed_out.get(), connects.get()) {
        (true, ..) => view! { <CannotStart/> }.into_any(),
        (false, true, _) => view! { <SignIn/> }.into_any(),
        (false, false, true) => view! { <Connect/> }.into_any(),
        (false, false, false) => view! { <Frame/> }.into_any(),
    }
}

/// Rail, page and status bar.
#[component]
fn Frame() -> impl IntoView {
    let session = Session::use_();
    keyboard::listen_everywhere(session);
    let place = session.memo(Part::Place, |state| state.place);
    let page = move || match place.get() {
        Some(Place::Queue) => view! { <Queue/> }.into_any(),
        Some(Place::Numbers) => view! { <Numbers/> }.into_any(),
        Some(Place::Inbox | Place::Connect) | None => view! { <Inbox/> }.into_any(),
    };
    view! {
        <div class="app">
            <Rail/>
            {page}
            <StatusBar/>
            <Notice/>
        </div>
    }
}
