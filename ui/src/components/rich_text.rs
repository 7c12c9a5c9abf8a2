//! A text with WhatsApp's marks, as nodes.

use super::marked::Marked;
use crate::rich_text::{Span, parse};
use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;
use twinbox_domain::Query;

/// The text; each paragraph takes its own direction. What is looked for in the conversation is marked.
#[component]
pub fn RichText(body: String) -> impl IntoView {
    let session = Session::use_();
    let query = session.memo(Part::Within, |state| state.within.as_ref()?.query());
    let inside = move || query.with(|query| spans(parse(&body), query.as_ref()));
    view! { <span class="rich" dir="auto">{inside}</span> }
}

fn spans(spans: Vec<Span>, query: Option<&Query>) -> Vec<AnyView> {
    spans.into_iter().map(|it| span(it, query)).collect()
}

fn words(text: String, query: Option<&Query>) -> AnyView {
    match query {
        Some(query) if !query.places(&text).is_empty() => {
            let parts = query.marked_as_written(&text);
            view! { <Marked parts/> }.into_any()
        }
        _ => text.into_any(),
    }
}

fn span(span: Span, query: Option<&Query>) -> AnyView {
    match span {
        Span::Text(text) => words(text, query),
        Span::Bold(inside) => view! { <strong>{spans(inside, query)}</strong> }.into_any(),
        Span::Italic(inside) => view! { <em>{spans(inside, query)}</em> }.into_any(),
        Span::Strike(inside) => view! { <s>{spans(inside, query)}</s> }.into_any(),
        Span::Mono(text) => view! { <code>{words(text, query)}</code> }.into_any(),
        Span::Link { href, text } => {
            view! { <a href=href target="_blank" rel="noreferrer noopener">{words(text, query)}</a> }.into_any()
        }
    }
}
