//! A text with what was looked for marked.

use leptos::prelude::*;
use twinbox_domain::FragmentPart;

/// The parts, one after the other. They are text, whatever they look like.
#[component]
pub fn Marked(parts: Vec<FragmentPart>) -> impl IntoView {
    let part = |part: FragmentPart| match part.is_match {
        true => view! { <mark>{part.text}</mark> }.into_any(),
        false => part.text.into_any(),
    };
    parts.into_iter().map(part).collect_view()
}
