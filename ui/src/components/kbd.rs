//! Keys, as they are written on them.

use leptos::prelude::*;

/// One key after the other.
#[component]
pub fn Keys(#[prop(into)] keys: Vec<String>) -> impl IntoView {
    let keys = keys.into_iter().map(|key| view! { <kbd class="kbd">{key}</kbd> });
    view! { <span class="kbds">{keys.collect_view()}</span> }
}
