//! Which conversations the list shows.

use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use twinbox_protocol::{ConversationFilter, Overview};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the tabs show.
pub const PANEL_ID: &str = "conversation-panel";

const FILTERS: [ConversationFilter; 3] = [
    ConversationFilter::All,
    ConversationFilter::NeedsReply,
    ConversationFilter::Unread,
];

fn count(filter: ConversationFilter, overview: &Overview) -> u64 {
    match filter {
        ConversationFilter::All => overview.conversations,
        ConversationFilter::NeedsReply => overview.needs_reply,
        ConversationFilter::Unread => overview.unread,
    }
}

/// The tabs above the list; arrows move between them.
#[component]
pub fn FilterTabs() -> impl IntoView {
    let session = Session::use_();
    let tabs = NodeRef::<Div>::new();
    let on_key = move |event: KeyboardEvent| {
        let at = FILTERS
            .iter()
            .position(|filter| *filter == session.peek(|state| state.filter))
            .unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % FILTERS.len(),
            "ArrowLeft" => (at + FILTERS.len() - 1) % FILTERS.len(),
            "Home" => 0,
            "End" => FILTERS.len() - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(filter) = FILTERS.get(to) {
            session.choose_filter(*filter);
        }
        let tab = tabs
            .get_untracked()
            .and_then(|tabs| tabs.children().item(u32::try_from(to).ok()?));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            // A tab can always take the focus.
            let _ = tab.focus();
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=text::VIEWS node_ref=tabs on:keydown=on_key>
            {FILTERS.map(|filter| view! { <FilterTab filter/> })}
        </div>
    }
}

#[component]
fn FilterTab(filter: ConversationFilter) -> impl IntoView {
    let session = Session::use_();
    let chosen = session.memo(Part::Filter, move |state| state.filter == filter);
    let count = session.memo(Part::Overview, move |state| {
        state.overview.as_ref().map(|overview| count(filter, overview))
    });
    view! {
        <button
            class="tabs__tab"
            type="button"
            role="tab"
            aria-controls=PANEL_ID
            aria-selected=move || chosen.get().to_string()
            tabindex=move || if chosen.get() { "0" } else { "-1" }
            on:click=move |_| session.choose_filter(filter)
        >
            {text::filter(filter)}
            <span class="tabs__count">{move || count.get().map(text::count)}</span>
        </button>
    }
}
