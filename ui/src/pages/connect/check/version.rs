//! Which app is on the phone.

use super::{found, row::CheckRow};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// With its field.
#[component]
pub fn VersionRow() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    let item = Memo::new(move |_| found.get().version);
    let words = move || text::version_words(item.get().finding);
    let told = session.memo(Part::Answers, |state| state.connecting.answers.app_version.clone());
    view! {
        <CheckRow outcome=Signal::derive(move || item.get().outcome) title=move || words().0 hint=move || words().1>
            <span class="field field--version">
                <input
                    type="text"
                    inputmode="decimal"
                    maxlength="24"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=text::VERSION_LABEL
                    placeholder=text::VERSION_EXAMPLE
                    prop:value=told
                    on:input=move |event| session.answer(|answers| answers.app_version = event_target_value(&event))
                />
            </span>
        </CheckRow>
    }
}
