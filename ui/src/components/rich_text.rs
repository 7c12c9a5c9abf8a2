//! A text with WhatsApp's marks, as nodes.

use super::marked::Marked;
use crate::rich_text::{Block, Span, blocks};
use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;
use twinbox_domain::Query;

/// The text; each paragraph takes its own direction. What is looked for in the conversation is marked.
#[component]
pub fn RichText(body: String) -> impl IntoView {
    let session = Session::use_();
    let query = session.memo(Part::Within, |state| state.within.as_ref()?.query());
    let inside = move || {
        query.with(|query| {
            blocks(&body)
                .into_iter()
                .map(|it| block(it, query.as_ref()))
                .collect::<Vec<_>>()
        })
    };
    view! { <span class="rich" dir="auto">{inside}</span> }
}

fn block(block: Block, query: Option<&Query>) -> AnyView {
    let items = |items: Vec<Vec<Span>>| -> Vec<AnyView> {
        let item = |item| view! { <li>{spans(item, query)}</li> }.into_any();
        items.into_iter().map(item).collect()
    };
    match block {
        Block::Lines(lines) => spans(lines, query).into_any(),
        Block::Quote(lines) => view! { <blockquote class="rich__quote">{spans(lines, query)}</blockquote> }.into_any(),
        Block::Bullets(lines) => view! { <ul class="rich__list">{items(lines)}</ul> }.into_any(),
        Block::Numbers(first, lines) => {
            view! { <ol class="rich__list" start=first.to_string()>{items(lines)}</ol> }.into_any()
        }
    }
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
