//! Twinbox does not run, or speaks another version than this window: why, and what to do.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::ErrorCode;

/// Shown instead of everything else.
#[component]
pub fn CannotStart() -> impl IntoView {
    let session = Session::use_();
    let error = session.memo(Part::Connection, |state| state.cannot_start.clone());
    let sentence = move || error.with(|error| error.as_ref().map(|error| error.message.clone()));
    // What does not run in the desktop app is started anew; anything else may be this window's fault.
    let runs = move || error.with(|error| error.as_ref().is_some_and(|error| error.code != ErrorCode::Unavailable));
    let reload = move |_| {
        // A page can always be loaded again.
        let _ = window().location().reload();
    };
    let title = move || if runs() { text::CANNOT_SHOW } else { text::NOT_RUNNING };
    let what_to_do = move || match runs() {
        false => view! { <p class="muted">{text::START_AGAIN}</p> }.into_any(),
        true => view! {
            <p class="muted">{text::RELOAD_OR_UPDATE}</p>
            <button class="btn btn--primary" type="button" on:click=reload>{text::RELOAD}</button>
        }
        .into_any(),
    };
    view! {
        <main class="stopped scroll">
            <section class="setup" role="alert">
                <span class="is-danger"><Icon name=IconName::Alert size=32/></span>
                <h1 class="setup__title">{title}</h1>
                <p class="stopped__why selectable">{sentence}</p>
                {what_to_do}
            </section>
        </main>
    }
}
