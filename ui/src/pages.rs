//! What fills the window: the inbox, the first set-up, or the sign-in form.

mod inbox;
mod no_number;
mod sign_in;

use crate::components::{Notice, Rail, StatusBar};
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Connection, Part};
use inbox::Inbox;
use leptos::prelude::*;
use no_number::NoNumber;
use sign_in::SignIn;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

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
    set_interval(move || session.tick(), MINUTE);

    let signed_out = session.memo(Part::Connection, |state| {
        matches!(state.connection, Connection::SignedOut { .. })
    });
    view! {
        <Show when=move || signed_out.get() fallback=Frame>
            <SignIn/>
        </Show>
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
