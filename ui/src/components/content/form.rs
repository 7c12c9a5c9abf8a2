//! A form that was filled in.

use crate::components::rich_text::RichText;
use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// Which kind it is, and what WhatsApp shows for it.
#[component]
pub fn Form(name: String, body: String, answers: Vec<(String, String)>, meta: AnyView) -> impl IntoView {
    let words = if body.trim().is_empty() && answers.is_empty() {
        view! { <span class="muted">{text::FORM_EMPTY}</span> }.into_any()
    } else {
        view! { <RichText body/> }.into_any()
    };
    let answer = |(name, said): (String, String)| view! { <dt dir="auto">{name}</dt><dd dir="auto">{said}</dd> };
    let answers = (!answers.is_empty())
        .then(|| view! { <dl class="answers">{answers.into_iter().map(answer).collect_view()}</dl> });
    view! {
        <div class="bubble__kind"><Icon name=IconName::Form size=14/>{text::form(&name)}</div>
        {answers}
        <div class="bubble__text">{words}{meta}</div>
    }
}
