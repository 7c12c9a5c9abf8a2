//! The engine of a team asks who we are.

use crate::session::Session;
use crate::state::{Connection, Part};
use crate::text;
use leptos::{ev::SubmitEvent, prelude::*};

/// Asks for an access token.
#[component]
pub fn SignIn() -> impl IntoView {
    let session = Session::use_();
    let refused = session.memo(Part::Connection, |state| {
        state.connection == Connection::SignedOut { refused: true }
    });
    let token = RwSignal::new(String::new());
    let sign_in = move |event: SubmitEvent| {
        event.prevent_default();
        session.sign_in(token.get_untracked().trim());
    };
    view! {
        <main class="sign-in">
            <form class="sign-in__form" on:submit=sign_in>
                <h1 class="setup__title">{text::PRODUCT}</h1>
                <p class="muted">{text::SIGN_IN_HINT}</p>
                <label class="sign-in__label">
                    {text::ACCESS_TOKEN}
                    <span class="field">
                        <input type="password" autocomplete="current-password" required autofocus bind:value=token/>
                    </span>
                </label>
                <p class="is-danger" role="alert">{move || refused.get().then_some(text::TOKEN_REFUSED)}</p>
                <button class="btn btn--primary" type="submit">{text::SIGN_IN}</button>
            </form>
        </main>
    }
}
