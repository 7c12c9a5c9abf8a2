//! Which language the window speaks.

use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// Each language by its own name, and what the system speaks.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let session = Session::use_();
    let option = move |(tag, name): (&'static str, String)| {
        // No memo: what holds stands in the field again also when it is what it was.
        let is_it = move || session.read(Part::Settings, |state| state.settings.language == tag);
        view! { <option value=tag prop:selected=is_it dir="auto">{name}</option> }
    };
    let system = ("", text::SYSTEM_LANGUAGE.to_owned());
    let languages = text::LANGUAGES.map(|(tag, name)| (tag, name.to_owned()));
    let options = std::iter::once(system).chain(languages).map(option).collect_view();
    let set = move |event| session.change_language(event_target_value(&event));
    view! { <select class="select" aria-label=text::LANGUAGE on:change=set>{options}</select> }
}
