//! The pane with the conversations.

use super::filter_tabs::{FilterTabs, PANEL_ID, more_views};
use super::offline_bar::OfflineBar;
use super::row_list::RowList;
use super::search_field::SearchField;
use super::triage::bulk_bar;
use super::{Empty, IconName, Skeleton};
use crate::apart::{Page, page};
use crate::commands::Command;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::html::Section;
use leptos::prelude::*;
use twinbox_protocol::ConversationFilter;
use wasm_bindgen::JsCast;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Rows,
    Loading,
    Nothing,
    Failed,
}

/// Nobody waits for a reply, but there may be chats that nobody has taken.
fn waiting_elsewhere(session: Session, filter: ConversationFilter) -> impl Fn() -> Option<AnyView> {
    let unassigned = session.memo(Part::Overview, |state| state.workload(""));
    let show = move |_| session.choose_filter(ConversationFilter::Unassigned);
    move || {
        let count = unassigned.get();
        (filter == ConversationFilter::NeedsReply && count > 0).then(|| {
            view! {
                <span class="sm">{text::unassigned(count)}</span>
                <button class="btn btn--sm btn--line" type="button" on:click=show>{text::command(Command::Unassigned)}</button>
            }
            .into_any()
        })
    }
}

/// Title, tabs and rows.
#[component]
pub fn ListPane() -> impl IntoView {
    let session = Session::use_();
    let shown = session.memo(Part::List, |state| match state.list() {
        Some(list) if !list.is_empty() => Shown::Rows,
        Some(list) if list.failed => Shown::Failed,
        Some(list) if list.loaded && !list.more => Shown::Nothing,
        _ => Shown::Loading,
    });
    let filter = session.memo(Part::Filter, |state| state.filter);
    // Every loaded row has left the list, but there are more.
    Effect::new(move |_| {
        let emptied = session.read(Part::List, |state| {
            state
                .list()
                .is_some_and(|list| list.loaded && list.is_empty() && list.more)
        });
        if emptied {
            session.load_list_ahead();
        }
    });
    let failed = move || {
        view! {
            <span>{text::LOAD_FAILED}</span>
            <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.load_list()>
                {text::TRY_AGAIN}
            </button>
        }
    };
    let more_failed = session.memo(Part::List, |state| {
        state.list().is_some_and(|list| list.failed && !list.is_empty())
    });
    let rows = move || match shown.get() {
        Shown::Rows => view! { <RowList/> }.into_any(),
        Shown::Loading => view! { <Skeleton/> }.into_any(),
        Shown::Nothing => {
            let filter = filter.get();
            let (title, hint) = text::empty_list(filter);
            let keys = session.read(Part::Settings, |state| Command::Label.keys(&state.settings));
            let hint = match filter {
                ConversationFilter::Label(_) if !keys.is_empty() => text::press_to_label(&keys),
                _ => hint.to_owned(),
            };
            view! { <Empty icon=IconName::Check title hint>{waiting_elsewhere(session, filter)}</Empty> }.into_any()
        }
        Shown::Failed => view! { <div class="empty">{failed()}</div> }.into_any(),
    };
    let is_searching = session.memo(Part::Found, |state| state.found.is_on());
    let active = RwSignal::new(0);
    // In a narrow window the search lies over the thread, while the focus is in it.
    let over = RwSignal::new(false);
    let pane = NodeRef::<Section>::new();
    let on_leave = move |event: leptos::ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        // Chromium also says so of what is being taken out of the page.
        let pane = pane.try_get_untracked().flatten();
        if !pane.is_some_and(|pane| pane.contains(to.as_ref())) {
            over.try_set(false);
        }
    };
    let list = move || {
        view! {
            <FilterTabs/>
            {bulk_bar(session)}
            <div id=PANEL_ID class="rows__panel" role="tabpanel" aria-label=move || text::filter(filter.get())>{rows}</div>
            {move || more_failed.get().then(|| view! { <div class="rows__failed" role="status">{failed()}</div> })}
        }
    };
    view! {
        <section
            class="pane pane--list"
            class:is-over=move || over.get()
            aria-label=text::CONVERSATIONS
            tabindex="-1"
            node_ref=pane
            on:focusout=on_leave
        >
            <header class="pane__head">
                <h1 class="pane__title grow">{text::INBOX}</h1>
                {more_views(session)}
            </header>
            <OfflineBar/>
            <SearchField active over/>
            {move || match is_searching.get() {
                true => page(Page::Results(active)),
                false => list().into_any(),
            }}
        </section>
    }
}
