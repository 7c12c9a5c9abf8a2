//! The language of the app.

use super::row::Row;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Those there are.
#[component]
pub fn Language() -> impl IntoView {
    let session = Session::use_();
    let chosen = session.memo(Part::Settings, |state| state.settings.language.clone());
    let set = move |event| {
        let language = event_target_value(&event);
        session.change_settings(move |settings| settings.language = language);
    };
    let option = move |(tag, name): (&'static str, &'static str)| {
        view! { <option value=tag selected=move || chosen.with(|chosen| chosen == tag)>{name}</option> }
    };
    view! {
        <div class="box set__box">
            <Row label=text::LANGUAGE hint=text::LANGUAGE_HINT>
                <select class="select" aria-label=text::LANGUAGE on:change=set>{text::LANGUAGES.map(option)}</select>
            </Row>
        </div>
    }
}
