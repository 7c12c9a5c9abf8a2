//! A field with its label, a hint and what is wrong with it.

use crate::text;
use leptos::prelude::*;

/// `kind` is the type of the input.
#[component]
pub fn LabeledField(
    label: text::Words,
    #[prop(into)] hint: TextProp,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "")] example: &'static str,
    /// What is wrong with it; `None` when nothing is.
    #[prop(into, optional)]
    fault: Signal<Option<text::Words>>,
) -> impl IntoView {
    let said = move || {
        let words = fault
            .get()
            .map_or_else(|| hint.get().into_owned(), text::Words::to_owned);
        let is_fault = fault.get().is_some();
        (!words.is_empty()).then(|| view! { <span class="labeled__hint" class:is-danger=is_fault>{words}</span> })
    };
    // A web address is read from left to right in every language.
    let dir = if kind == "text" { "auto" } else { "ltr" };
    view! {
        <label class="labeled">
            <span class="labeled__name">{label}</span>
            <span class="field" class:is-wrong=move || fault.get().is_some()>
                <input
                    type=kind
                    dir=dir
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=example
                    aria-invalid=move || fault.get().is_some().to_string()
                    bind:value=value
                />
            </span>
            {said}
        </label>
    }
}
