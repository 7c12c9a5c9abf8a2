//! A text with more around it: a template, buttons, a list.

use super::ContentView;
use crate::components::rich_text::RichText;
use leptos::prelude::*;
use twinbox_domain::{Content, MessageId};
use twinbox_protocol::FileView;

/// As the customer sees it; the buttons are the customer's to tap.
#[component]
pub fn Card(
    message: MessageId,
    header: Option<Box<Content>>,
    body: String,
    footer: String,
    buttons: Vec<String>,
    file: Option<FileView>,
    meta: AnyView,
) -> impl IntoView {
    let header = header.map(|header| match *header {
        Content::Text { body } => view! { <b class="card__head" dir="auto">{body}</b> }.into_any(),
        content => view! { <ContentView message content file meta=().into_any()/> }.into_any(),
    });
    let footer = (!footer.is_empty()).then(|| view! { <span class="card__foot sm muted" dir="auto">{footer}</span> });
    let button = |says: String| view! { <li class="card__button"><bdi>{says}</bdi></li> };
    let buttons = (!buttons.is_empty())
        .then(|| view! { <ul class="card__buttons">{buttons.into_iter().map(button).collect_view()}</ul> });
    view! {
        {header}
        <div class="bubble__text"><RichText body/></div>
        {footer}
        <div class="bubble__foot">{meta}</div>
        {buttons}
    }
}
