//! The way from the inbox to connecting a number.

use super::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, Place};
use crate::text;
use leptos::prelude::*;

/// In the rail, as long as no number is connected or a signup is not finished, for whoever sets up.
#[component]
pub fn ConnectButton() -> impl IntoView {
    let session = Session::use_();
    let has_none = session.memo(Part::Numbers, |state| {
        state
            .overview
            .as_ref()
            .is_some_and(|overview| overview.numbers.is_empty())
    });
    let is_begun = session.memo(Part::Connecting, |state| state.connecting.is_begun());
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    let words = move || {
        if is_begun.get() {
            text::GO_ON_CONNECTING
        } else {
            text::CONNECT_A_NUMBER
        }
    };
    view! {
        <Show when=move || sets_up.get() && (has_none.get() || is_begun.get())>
            <button
                class="rail__item"
                type="button"
                aria-label=words
                title=words
                on:click=move |_| session.enter(Place::Connect)
            >
                <Icon name=IconName::Coexist size=20/>
                {move || is_begun.get().then(|| view! { <span class="rail__dot"></span> })}
            </button>
        </Show>
    }
}
