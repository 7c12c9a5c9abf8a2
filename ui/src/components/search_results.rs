//! What was found, in place of the list.

use super::chat_hit::ChatHitRow;
use super::message_hit::MessageHitRow;
use super::search_field::open;
use super::{Icon, IconName, Skeleton};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::html::Div;
use leptos::prelude::*;
use twinbox_protocol::SearchResults;

/// The list of results.
pub const RESULTS_ID: &str = "found";
/// More are asked for when less than this is left below the screen, in pixels.
const LOAD_AHEAD: i32 = 800;

/// The element of a result.
pub fn option_id(index: usize) -> String {
    format!("{RESULTS_ID}-{index}")
}

/// People, then messages; or a word that there are none.
#[component]
pub fn Results(active: RwSignal<usize>) -> impl IntoView {
    let session = Session::use_();
    let scroller = NodeRef::<Div>::new();
    let results = session.memo(Part::Found, |state| state.found.results.clone());
    let typed = session.memo(Part::Found, |state| state.found.text.clone());
    let state = session.memo(Part::Found, |state| (state.found.loading.is_some(), state.found.failed));
    let on_scroll = move |_| {
        let left = scroller
            .get_untracked()
            .map(|it| it.scroll_height() - it.client_height() - it.scroll_top());
        if left.is_some_and(|left| left < LOAD_AHEAD) {
            session.load_more_results();
        }
    };
    Effect::new(move |_| {
        let id = option_id(active.get());
        // The row may be drawn only after this.
        request_animation_frame(move || {
            if let Some(row) = document().get_element_by_id(&id) {
                row.scroll_into_view_with_bool(false);
            }
        });
    });
    let says = move || {
        let is_loading = state.get().0;
        results.with(|results| match results {
            Some(found) if !is_loading => {
                text::found(found.chats.len(), found.messages.items.len(), found.messages.more)
            }
            _ => String::new(),
        })
    };
    let shown = move || match (results.get(), state.get()) {
        (Some(found), _) if !found.chats.is_empty() || !found.messages.items.is_empty() => {
            sections(session, active, found).into_any()
        }
        (_, (true, _)) => view! { <Skeleton/> }.into_any(),
        (_, (_, true)) => view! {
            <div class="empty">
                <span>{text::LOAD_FAILED}</span>
                <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.search_again()>
                    {text::TRY_AGAIN}
                </button>
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="empty">
                <Icon name=IconName::Search size=24/>
                <b dir="auto">{text::nothing_says(&typed.get())}</b>
                <span class="sm">{text::SEARCHED_ALL}</span>
            </div>
        }
        .into_any(),
    };
    let indexing = move || {
        let is_complete = results.with(|results| results.as_ref().is_none_or(|results| results.is_complete));
        (!is_complete).then(|| view! { <p class="found__note" role="status">{text::STILL_INDEXING}</p> })
    };
    view! {
        <div id=RESULTS_ID class="rows found scroll grow" role="listbox" aria-label=text::SEARCH_RESULTS node_ref=scroller on:scroll=on_scroll>
            {shown}
        </div>
        {indexing}
        <div class="vh" role="status">{says}</div>
    }
}

fn sections(session: Session, active: RwSignal<usize>, found: SearchResults) -> impl IntoView {
    let first_message = found.chats.len();
    let chats = found.chats.into_iter().enumerate().map(move |(index, hit)| {
        view! { <Choice index active session><ChatHitRow hit=hit.clone()/></Choice> }
    });
    let chats = chats.collect_view();
    let messages = (first_message..).zip(found.messages.items).map(move |(index, hit)| {
        view! { <Choice index active session><MessageHitRow hit=hit.clone()/></Choice> }
    });
    let messages = messages.collect::<Vec<_>>();
    let section = |title: &'static str, rows: AnyView| {
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
