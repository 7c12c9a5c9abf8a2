//! What was found, in place of the list.

mod sections;

use super::{Icon, IconName, Skeleton, Spoken};
use crate::session::Session;
use crate::state::{Part, State};
use crate::text;
use leptos::html::Div;
use leptos::prelude::*;
use sections::Sections;

/// The list of results.
pub const RESULTS_ID: &str = "found";
/// More are asked for when less than this is left below the screen, in pixels.
const LOAD_AHEAD: i32 = 800;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Hits,
    Loading,
    Nothing,
    /// Said below.
    Failed,
}

/// The element of a result.
pub fn option_id(index: usize) -> String {
    format!("{RESULTS_ID}-{index}")
}

/// People, then messages; or a word that there are none.
#[component]
pub fn Results(active: RwSignal<usize>) -> impl IntoView {
    let session = Session::use_();
    let scroller = NodeRef::<Div>::new();
    let typed = session.memo(Part::Found, State::typed_search);
    let has_failed = session.memo(Part::Found, |state| state.found.failed);
    let is_scrolled = StoredValue::new(false);
    let on_scroll = move |_| {
        is_scrolled.set_value(true);
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
    // Another search is looked at from its top.
    let search = session.memo(Part::Found, |state| state.found.search);
    Effect::new(move |_| {
        search.track();
        if let Some(scroller) = scroller.get_untracked().filter(|_| is_scrolled.get_value()) {
            scroller.set_scroll_top(0);
            is_scrolled.set_value(false);
        }
    });
    let says = session.memo(Part::Found, |state| match &state.found.results {
        Some(found) if state.found.loading.is_none() => {
            text::found(found.chats.len(), found.messages.items.len(), found.messages.more)
        }
        _ => String::new(),
    });
    let nothing = move || {
        view! {
            <div class="empty">
                <Icon name=IconName::Search size=24/>
                <b dir="auto">{typed.with(|typed| text::nothing_says(&typed.words, !typed.filters.is_empty()))}</b>
                <span class="sm">
                    {typed.with(|typed| if typed.filters.is_empty() { text::SEARCHED_ALL } else { text::SEARCHED_SOME })}
                </span>
            </div>
        }
    };
    // What was found before stays until the next is here.
    let shown = session.memo(Part::Found, |state| match &state.found {
        found if found.len() > 0 => Shown::Hits,
        found if found.loading.is_some() => Shown::Loading,
        found if found.failed => Shown::Failed,
        _ => Shown::Nothing,
    });
    let shown_view = move || match shown.get() {
        Shown::Hits => view! { <Sections active/> }.into_any(),
        Shown::Loading => view! { <Skeleton/> }.into_any(),
        Shown::Nothing => nothing().into_any(),
        Shown::Failed => ().into_any(),
    };
    let failed = move || {
        has_failed.get().then(|| {
            view! {
                <div class="empty">
                    <span>{text::LOAD_FAILED}</span>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.search_again()>
                        {text::TRY_AGAIN}
                    </button>
                </div>
            }
        })
    };
    let has_hits = move || shown.get() == Shown::Hits;
    let is_complete = session.memo(Part::Found, |state| {
        let results = state.found.results.as_ref();
        results.is_none_or(|results| results.is_complete)
    });
    let indexing =
        move || (!is_complete.get()).then(|| view! { <p class="found__note" role="status">{text::STILL_INDEXING}</p> });
    view! {
        <div id=RESULTS_ID class="rows found scroll grow" role=move || has_hits().then_some("listbox") aria-label=move || has_hits().then_some(text::SEARCH_RESULTS) node_ref=scroller on:scroll=on_scroll>
            {shown_view}
            {failed}
        </div>
        {indexing}
        <Spoken words=says/>
    }
}
