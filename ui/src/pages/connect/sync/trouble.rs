//! What the owner has to do meanwhile, what did not work, and that all of it is here.

use super::{standing, told};
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{HistoryStanding, Part};
use crate::text;
use leptos::prelude::*;

/// The phone has to stay awake, until everything is here.
#[component]
pub fn KeepOpen() -> impl IntoView {
    let standing = standing(Session::use_());
    let shown = move || {
        let is_asked = |standing| !matches!(standing, HistoryStanding::NotAsked { .. });
        standing
            .get()
            .is_none_or(|standing| is_asked(standing) && !standing.is_over())
    };
    view! {
        <Show when=shown>
            <div class="keep-open" role="status">
                <svg class="keep-open__phone" width="44" height="44" viewBox="0 0 44 44" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="12" y="4" width="20" height="36" rx="5"/><path d="M19.500 8h5"/><rect x="16" y="15" width="7.500" height="7.500" rx="2.400" fill="currentColor" fill-opacity=".35" stroke="none"/><rect x="20" y="19" width="8" height="8" rx="2.400" fill="currentColor" stroke="none"/><path d="M5 17c-1.300 3.200-1.300 6.800 0 10M39 17c1.300 3.200 1.300 6.800 0 10"/></svg>
                <div><b>{text::KEEP_OPEN}</b><p>{text::KEEP_OPEN_HINT}</p></div>
            </div>
        </Show>
    }
}

/// Meta does not deliver the number's messages yet.
#[component]
pub fn Subscribing() -> impl IntoView {
    let session = Session::use_();
    let problem = session.memo(Part::Connecting, |state| state.connecting.signup()?.problem.clone());
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    move || {
        problem.get().map(|problem| {
            let words = text::problem(&problem);
            view! {
                <div class="banner banner--danger banner--above" role="alert">
                    <Icon name=IconName::Unplug/>
                    <div class="banner__words"><b>{text::NOT_SUBSCRIBED}</b><p>{words.title}". "{words.what}</p></div>
                    <button
                        class="btn btn--sm btn--line"
                        type="button"
                        disabled=move || is_busy.get()
                        on:click=move |_| session.resume_signup()
                    >
                        {text::TRY_AGAIN}
                    </button>
                </div>
            }
        })
    }
}

/// Everything has come: what everybody waited for.
#[component]
pub fn AllHere() -> impl IntoView {
    let session = Session::use_();
    let (told, standing) = (told(session), standing(session));
    let words = move || told.with(|sync| sync.as_ref().map(text::all_here));
    view! {
        <div role="status">
            <Show when=move || standing.get() == Some(HistoryStanding::Complete)>
                <div class="here">
                    <Icon name=IconName::Check size=24 class="is-accent"/>
                    <div><b>{text::ALL_HERE}</b><p class="num">{words}</p></div>
                </div>
            </Show>
        </div>
    }
}
