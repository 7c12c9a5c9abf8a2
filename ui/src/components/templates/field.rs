//! A variable of a template.

use crate::text;
use leptos::prelude::*;
use twinbox_domain::Slot;

/// Its name and what it is to say.
#[component]
pub fn Field(variable: Slot, text: RwSignal<String>) -> impl IntoView {
    let label = text::variable(&variable);
    view! {
        <label class="templates__field">
            <span class="sm">{label}</span>
            <span class="field"><input type="text"
                dir="auto"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            /></span>
        </label>
    }
}
