//! Which language the window speaks.

use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Each language by its own name, and what the system speaks.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let session = Session::use_();
    let chosen = session.memo(Part::Settings, |state| state.settings.language.clone());
    let option = move |(tag, name): (&'static str, String)| {
        view! { <option value=tag selected=move || chosen.with(|chosen| chosen == tag) dir="auto">{name}</option> }
    };
    let system = ("", text::SYSTEM_LANGUAGE.to_owned());
    let languages = text::LANGUAGES.map(|(tag, name)| (tag, name.to_owned()));
    let options = std::iter::once(system).chain(languages).map(option).collect_view();
    let set = move |event| session.change_language(event_target_value(&event));
    view! { <select class="select" aria-label=text::LANGUAGE on:change=set>{options}</select> }
}
