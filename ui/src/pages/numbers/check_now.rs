//! Asks Meta how a number is.

use super::Shown;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::text;
use leptos::prelude::*;

/// The button, for a number that Twinbox has a token of.
#[component]
pub fn CheckNow(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let is_asking = RwSignal::new(false);
    let can_ask = Memo::new(move |_| shown.with(|number| number.as_ref().is_some_and(|number| number.can_send)));
    let ask = move |_| {
        if let Some(number) = shown.get_untracked().filter(|_| !is_asking.get_untracked()) {
            session.check_number(number.id, is_asking);
        }
    };
    let words = move || {
        if is_asking.get() {
            text::CHECKING
        } else {
            text::CHECK_NOW
        }
    };
    view! {
        <Show when=move || can_ask.get()>
            <button class="btn btn--sm btn--line" type="button" aria-busy=move || is_asking.get().to_string() on:click=ask>
                <Icon name=IconName::Refresh size=14/>
                <span aria-live="polite">{words}</span>
            </button>
        </Show>
    }
}
