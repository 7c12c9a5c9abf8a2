//! Only an admin can connect a number.

use super::{found, row::CheckRow};
use crate::components::CopyButton;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Yes or no; with no, what to send to one.
#[component]
pub fn AdminRow() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    let answer = session.memo(Part::Answers, |state| state.connecting.answers.is_admin);
    let words = move || match answer.get() {
        None => (text::ADMIN_QUESTION, text::ADMIN_HINT),
        Some(true) => (text::ADMIN_YES, text::ADMIN_YES_HINT),
        Some(false) => (text::ADMIN_NO, text::ADMIN_NO_HINT),
    };
    let option = move |value: bool, name: text::Words| {
        view! {
            <label class="seg__opt">
                <input
                    class="vh"
                    type="radio"
                    name="admin"
                    prop:checked=move || answer.get() == Some(value)
                    on:change=move |_| session.answer(|answers| answers.is_admin = Some(value))
                />
                {name}
            </label>
        }
    };
    let request = Signal::stored(text::ADMIN_REQUEST.to_owned());
    view! {
        <CheckRow outcome=Signal::derive(move || found.get().admin) title=move || words().0 hint=move || words().1>
            {move || (answer.get() == Some(false)).then(|| view! { <CopyButton copied=request label=text::COPY_REQUEST/> })}
            <span class="seg" role="radiogroup" aria-label=text::ADMIN_QUESTION>
                {option(true, text::YES)}
                {option(false, text::NO)}
            </span>
        </CheckRow>
    }
}
