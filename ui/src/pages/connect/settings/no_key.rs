//! There is no key for secrets: why, and a file instead.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Why, and what can be done. With `has_secrets` there are some under a key that may still come, so a file gives them up.
#[component]
pub fn NoKey(reason: String, has_secrets: bool) -> impl IntoView {
    let (title, more) = match has_secrets {
        true => (text::SECRETS_LOCKED, text::SECRETS_LOCKED_HINT),
        false => (text::SECRETS_NOWHERE, text::KEEP_IN_FILE_WARNING),
    };
    let way = match has_secrets {
        true => view! { <GiveUp/> }.into_any(),
        false => view! { <Keep gives_up_secrets=false words=text::KEEP_IN_FILE/> }.into_any(),
    };
    view! {
        <div class="banner banner--danger" role="alert">
            <Icon name=IconName::Lock/>
            <div class="banner__words">
                <b>{title}</b>
                <p>{text::said(&reason)}</p>
                <p>{more}</p>
                {way}
            </div>
        </div>
    }
}

/// Asks once more: it cannot be taken back.
#[component]
fn GiveUp() -> impl IntoView {
    let asks = RwSignal::new(false);
    let sure = move || {
        asks.get().then(|| {
            view! {
                <div class="set__form" role="group" aria-label=text::GIVE_UP_SECRETS>
                    <p>{text::GIVE_UP_SECRETS_QUESTION}</p>
                    <p>{text::KEEP_IN_FILE_WARNING}</p>
                    <div class="hstack">
                        <Keep gives_up_secrets=true words=text::GIVE_UP_SECRETS_NOW/>
                        <button class="btn btn--sm" type="button" on:click=move |_| asks.set(false)>{text::CANCEL}</button>
                    </div>
                </div>
            }
        })
    };
    view! {
        <button class="btn btn--sm btn--line" type="button" aria-expanded=move || asks.get().to_string() on:click=move |_| asks.update(|asks| *asks = !*asks)>
            {text::GIVE_UP_SECRETS}
        </button>
        {sure}
    }
}

#[component]
fn Keep(gives_up_secrets: bool, words: text::Words) -> impl IntoView {
    let session = Session::use_();
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    view! {
        <button
            class="btn btn--sm btn--line"
            class:btn--danger-line=gives_up_secrets
            type="button"
            disabled=move || is_busy.get()
            on:click=move |_| session.keep_secrets_in_file(gives_up_secrets)
        >
            {words}
        </button>
    }
}
