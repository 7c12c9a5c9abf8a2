//! The text below a frame or card.

use crate::components::rich_text::RichText;
use leptos::prelude::*;

/// The text with `meta` at its end, or `meta` alone.
#[component]
pub fn Caption(caption: String, meta: AnyView) -> impl IntoView {
    if caption.trim().is_empty() {
        view! { <div class="bubble__foot">{meta}</div> }.into_any()
    } else {
        view! { <div class="bubble__text"><RichText body=caption/>{meta}</div> }.into_any()
    }
}
