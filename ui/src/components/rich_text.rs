//! A text with WhatsApp's marks, as nodes.

use crate::rich_text::{Span, parse};
use leptos::prelude::*;

/// The text; each paragraph takes its own direction.
#[component]
pub fn RichText(body: String) -> impl IntoView {
    view! { <span class="rich" dir="auto">{spans(parse(&body))}</span> }
}

fn spans(spans: Vec<Span>) -> Vec<AnyView> {
    spans.into_iter().map(span).collect()
}

fn span(span: Span) -> AnyView {
    match span {
        Span::Text(text) => text.into_any(),
        Span::Bold(inside) => view! { <strong>{spans(inside)}</strong> }.into_any(),
        Span::Italic(inside) => view! { <em>{spans(inside)}</em> }.into_any(),
        Span::Strike(inside) => view! { <s>{spans(inside)}</s> }.into_any(),
        Span::Mono(text) => view! { <code>{text}</code> }.into_any(),
        Span::Link { href, text } => {
            view! { <a href=href target="_blank" rel="noreferrer noopener">{text}</a> }.into_any()
        }
    }
}
