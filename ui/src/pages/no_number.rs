//! Nothing is connected yet: what to do.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Shown instead of the inbox before the first number.
#[component]
pub fn NoNumber() -> impl IntoView {
    let session = Session::use_();
    let webhook_url = session.memo(Part::Overview, |state| state.overview.as_ref()?.webhook_url.clone());
    let settings = text::SETTINGS.map(|(name, meaning)| {
        view! {
            <li>
                <code class="setup__name selectable">{name}</code>
                <span class="muted">{meaning}</span>
            </li>
        }
    });
    let webhook = move || match webhook_url.get() {
        Some(url) => view! {
            <p>{text::CONNECT_WEBHOOK}</p>
            <code class="setup__url selectable">{url}</code>
        }
        .into_any(),
        None => view! { <p class="muted">{text::NO_WEBHOOK}</p> }.into_any(),
    };
    view! {
        <main class="page scroll">
            <section class="setup" aria-labelledby="setup-title">
                <span class="setup__mark"><Icon name=IconName::Coexist size=32/></span>
                <h1 id="setup-title" class="setup__title">{text::CONNECT_NUMBER}</h1>
                <p class="muted">{text::CONNECT_HINT}</p>
                <ol class="setup__list">{settings}</ol>
                {webhook}
            </section>
        </main>
    }
}
