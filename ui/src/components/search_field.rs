//! The search field above the list.

use super::search_filters::SearchFilters;
use super::search_results::{RESULTS_ID, option_id};
use super::{Icon, IconName};
use crate::commands::Command;
use crate::keyboard::{self, SEARCH_ID};
use crate::session::Session;
use crate::state::{Hit, Part};
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// The field. Arrows move through the results, Enter opens the one at `active`, Escape ends the search.
#[component]
pub fn SearchField(active: RwSignal<usize>, over: RwSignal<bool>) -> impl IntoView {
    let session = Session::use_();
    let typed = session.memo(Part::Found, |state| state.found.text.clone());
    let is_on = session.memo(Part::Found, |state| state.found.is_on());
    let count = session.memo(Part::Found, |state| state.found.len());
    // Enter came before the results of what was typed.
    let opens_first = StoredValue::new(false);
    Effect::new(move |_| {
        let is_loading = session.read(Part::Found, |state| state.found.loading.is_some());
        if !is_loading && opens_first.try_update_value(std::mem::take) == Some(true) {
            open(session, 0);
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let at = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set((at + 1).min(count.get_untracked().saturating_sub(1))),
            "ArrowUp" => active.set(at.saturating_sub(1)),
            "Enter" if session.peek(|state| state.found.loading.is_some()) && at == 0 => opens_first.set_value(true),
            "Enter" => open(session, at),
            "Escape" => {
                session.search(String::new());
                over.set(false);
                // The list is there only after this event.
                request_animation_frame(keyboard::focus_list);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let on_input = move |event| {
        // Each row looks whether it is the one.
        if active.get_untracked() != 0 {
            active.set(0);
        }
        opens_first.set_value(false);
        session.search(event_target_value(&event));
    };
    let described = move || (is_on.get() && count.get() > 0).then(|| option_id(active.get()));
    let (wants_filters, want_filters) = signal(false);
    let key = session.memo(Part::Settings, |state| Command::Search.keys(&state.settings).join(" "));
    let has_filters = move || wants_filters.get() || is_on.get();
    view! {
        <button
            class="icon-btn list__search"
            type="button"
            aria-label=text::SEARCH
            title=text::SEARCH
            aria-expanded=move || over.get().to_string()
            on:click=move |_| keyboard::focus_search()
        >
            <Icon name=IconName::Search size=18/>
        </button>
        <div class="list__filters" on:focusin=move |_| over.set(true)>
            <label class="field grow">
                <Icon name=IconName::Search/>
                <input
                    id=SEARCH_ID
                    type="search"
                    role="combobox"
                    placeholder=text::SEARCH
                    aria-label=text::SEARCH
                    aria-autocomplete="list"
                    aria-controls=move || is_on.get().then_some(RESULTS_ID)
                    aria-expanded=move || is_on.get().to_string()
                    aria-activedescendant=described
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="200"
                    prop:value=move || typed.get()
                    on:input=on_input
                    on:keydown=on_key
                />
                <kbd class="kbd" aria-hidden="true" hidden=move || key.with(String::is_empty)>{key}</kbd>
            </label>
            <button
                class="icon-btn"
                type="button"
                aria-label=text::FILTERS
                title=text::FILTERS
                aria-pressed=move || has_filters().to_string()
                on:click=move |_| want_filters.update(|wanted| *wanted = !*wanted)
            >
                <Icon name=IconName::Filter size=18/>
            </button>
        </div>
        {move || has_filters().then(|| view! { <SearchFilters/> })}
    }
}

/// Opens a result and moves the focus there.
pub fn open(session: Session, index: usize) {
    let Some(hit) = session.peek(|state| state.found.hit(index)) else {
        return;
    };
    session.open_hit(hit);
    if matches!(hit, Hit::Chat(_)) {
        keyboard::focus_opened(session);
    }
}
