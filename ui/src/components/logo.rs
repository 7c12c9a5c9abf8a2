//! The sign of Twinbox.

use leptos::prelude::*;

/// Beside words that name it, or in something that has a name.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 26 26" aria-hidden="true"><path d="M6.6 2h7.3a4.6 4.6 0 0 1 4.6 4.6V7H12.6A5.6 5.6 0 0 0 7 12.6v5.9h-.4A4.6 4.6 0 0 1 2 13.9V6.6A4.6 4.6 0 0 1 6.6 2Z" fill="currentColor" fill-opacity=".42"/><rect x="9" y="9" width="15" height="15" rx="4.6" fill="currentColor"/></svg>
    }
}
