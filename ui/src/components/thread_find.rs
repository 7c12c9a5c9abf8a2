//! Searching within the open conversation.

use super::{Icon, IconName};
use crate::clock;
use crate::keyboard::{self, DATE_ID, FIND_ID};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::Day;

/// The bar above the messages while someone searches in them. Enter goes to the next older hit, Shift and Enter to the
/// next newer one, Escape ends it.
#[component]
pub fn ThreadFind() -> impl IntoView {
    let session = Session::use_();
    let is_open = session.memo(Part::Within, |state| state.within.is_some());
    move || is_open.get().then(|| view! { <Bar/> })
}

#[component]
fn Bar() -> impl IntoView {
    let session = Session::use_();
    let came_from = document().active_element();
    // Unless the other field was meant.
    request_animation_frame(|| {
        if document().active_element().is_none_or(|at| at.id() != DATE_ID) {
            keyboard::focus_find();
        }
    });
    let typed = session.memo(Part::Within, |state| {
        state.within.as_ref().map(|it| it.text.clone()).unwrap_or_default()
    });
    let steps = session.memo(Part::Within, |state| {
        state.within.as_ref().map_or((false, false), |it| {
            let can_ask = it.more || it.failed;
            (it.step(true).is_some() || can_ask, it.step(false).is_some())
        })
    });
    let says = move || {
        session.read(Part::Within, |state| {
            let within = state.within.as_ref()?;
            Some(match (within.failed, within.place()) {
                (true, _) => text::LOAD_FAILED.to_owned(),
                (_, Some((at, of, more))) => text::hit_of(at, of, more),
                _ if within.loading.is_some() || within.query().is_none() => String::new(),
                _ => text::NO_HITS.to_owned(),
            })
        })
    };
    let close = StoredValue::new_local(move || {
        session.close_within();
        keyboard::focus_again(came_from.as_ref());
    });
    let close = move || close.with_value(|close| close());
    let on_key = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        match (event.key().as_str(), event.shift_key()) {
            ("Enter", true) | ("ArrowDown", _) => session.step_within(false),
            ("Enter", false) | ("ArrowUp", _) => session.step_within(true),
            _ => return,
        }
        event.prevent_default();
    };
    let on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && keyboard::is_plain(&event) {
            event.prevent_default();
            close();
        }
    };
    let go_to_day = move |event| {
        if let Some(day) = Day::parse(event_target_value(&event).trim()) {
            session.go_to_time(clock::start_of(day, 0));
        }
    };
    view! {
        <div class="thread__find" role="search" aria-label=text::SEARCH_IN_CHAT on:keydown=on_escape>
            <label class="field grow">
                <Icon name=IconName::Search/>
                <input
                    id=FIND_ID
                    type="text"
                    dir="auto"
                    placeholder=text::SEARCH_IN_CHAT
                    aria-label=text::SEARCH_IN_CHAT
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="200"
                    prop:value=move || typed.get()
                    on:input=move |event| session.search_within(event_target_value(&event))
                    on:keydown=on_key
                />
                <span class="thread__hits" role="status">{says}</span>
            </label>
            <input id=DATE_ID class="thread__date" type="date" min="2009-01-01" placeholder=text::GO_TO_DATE_HINT aria-label=text::GO_TO_DATE title=text::GO_TO_DATE on:change=go_to_day/>
            <Step label=text::OLDER_HIT class="is-up" off=Signal::derive(move || !steps.get().0) go=Callback::new(move |()| session.step_within(true))/>
            <Step label=text::NEWER_HIT class="" off=Signal::derive(move || !steps.get().1) go=Callback::new(move |()| session.step_within(false))/>
            <button class="icon-btn icon-btn--sm" type="button" aria-label=text::CLOSE_FIND title=text::CLOSE_FIND on:click=move |_| close()>
                <Icon name=IconName::Close/>
            </button>
        </div>
    }
}

#[component]
fn Step(label: text::Words, class: &'static str, off: Signal<bool>, go: Callback<()>) -> impl IntoView {
    view! {
        <button
            class=format!("icon-btn icon-btn--sm thread__step {class}")
            type="button"
            aria-label=label
            title=label
            aria-disabled=move || off.get().to_string()
            on:click=move |_| go.run(())
        >
            <Icon name=IconName::ChevronDown/>
        </button>
    }
}
