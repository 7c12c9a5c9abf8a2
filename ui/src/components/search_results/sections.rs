//! The results under their headings.

use super::option_id;
use crate::components::chat_hit::ChatHitRow;
use crate::components::message_hit::MessageHitRow;
use crate::components::search_field::open;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::SearchResults;

/// People, then messages; each can be chosen.
pub fn sections(session: Session, active: RwSignal<usize>, found: SearchResults) -> impl IntoView {
    let first_message = found.chats.len();
    let chats = found.chats.into_iter().enumerate().map(move |(index, hit)| {
        view! { <Choice index active session><ChatHitRow hit=hit.clone()/></Choice> }
    });
    let chats = chats.collect_view();
    let messages = (first_message..).zip(found.messages.items).map(move |(index, hit)| {
        view! { <Choice index active session><MessageHitRow hit=hit.clone()/></Choice> }
    });
    let messages = messages.collect::<Vec<_>>();
    let section = |title: text::Words, rows: AnyView| {
        view! {
            <div role="group" aria-label=title>
                <div class="found__head" role="presentation">{title}</div>
                {rows}
            </div>
        }
    };
    view! {
        {(first_message > 0).then(|| section(text::FOUND_CHATS, chats.into_any()))}
        {(!messages.is_empty()).then(|| section(text::FOUND_MESSAGES, messages.collect_view().into_any()))}
    }
}

/// One result.
#[component]
fn Choice(index: usize, active: RwSignal<usize>, session: Session, children: Children) -> impl IntoView {
    let go = move |_| {
        active.set(index);
        open(session, index);
    };
    view! {
        <div
            id=option_id(index)
            class="row"
            role="option"
            aria-selected=move || (active.get() == index).to_string()
            on:mousedown=|event| event.prevent_default()
            on:click=go
        >
            {children()}
        </div>
    }
}
