//! What fills the window: the inbox, the first set-up, the sign-in form, or why none of them can be.

mod cannot_start;
mod inbox;
mod no_number;
mod sign_in;

use crate::components::{Notice, Rail, StatusBar};
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Connection, Part};
use cannot_start::CannotStart;
use inbox::Inbox;
use leptos::prelude::*;
use no_number::NoNumber;
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
    move || match (cannot_start.get(), signed_out.get()) {
        (true, _) => view! { <CannotStart/> }.into_any(),
        (false, true) => view! { <SignIn/> }.into_any(),
        (false, false) => view! { <Frame/> }.into_any(),
    }
}

/// Rail, page and status bar.
#[component]
fn Frame() -> impl IntoView {
    let session = Session::use_();
    let nothing_connected = session.memo(Part::Overview, |state| {
        state
            .overview
            .as_ref()
            .is_some_and(|overview| overview.numbers.is_empty() && overview.conversations == 0)
    });
    view! {
        <div class="app">
            <Rail/>
            <Show when=move || nothing_connected.get() fallback=Inbox>
                <NoNumber/>
            </Show>
            <StatusBar/>
            <Notice/>
        </div>
    }
}
