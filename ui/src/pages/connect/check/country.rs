//! Which number, and where it is from.

use super::{found, row::CheckRow};
use crate::locale::country_name;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{phone_digits, written_phone};

/// With its field, which keeps what is typed as it is typed.
#[component]
pub fn CountryRow() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    let item = Memo::new(move |_| found.get().country);
    let phone = session.memo(Part::Answers, |state| state.connecting.answers.phone.clone());
    let words = Memo::new(move |_| text::country_words(item.get().finding, &phone.get(), country_name));
    let typed = RwSignal::new(String::new());
    // Only what did not come from this field is written into it.
    Effect::new(move |_| {
        let phone = phone.get();
        if phone_digits(&typed.get_untracked()) != phone {
            typed.set(written_phone(&phone));
        }
    });
    let on_input = move |event| {
        let value = event_target_value(&event);
        let digits = phone_digits(&value);
        typed.set(value);
        session.answer(|answers| answers.phone = digits);
    };
    view! {
        <CheckRow outcome=Signal::derive(move || item.get().outcome) title=move || words.get().0 hint=move || words.get().1>
            <span class="field field--number">
                <input
                    type="tel"
                    dir="ltr"
                    maxlength="32"
                    autocomplete="tel"
                    aria-label=text::NUMBER_LABEL
                    placeholder=text::NUMBER_EXAMPLE
                    prop:value=typed
                    on:input=on_input
                />
            </span>
        </CheckRow>
    }
}
