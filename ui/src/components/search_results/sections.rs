//! The results under their headings.

use super::option_id;
use crate::components::Keyed;
use crate::components::chat_hit::ChatHitRow;
use crate::components::message_hit::MessageHitRow;
use crate::components::row_list::screenful;
use crate::components::search_field::open;
use crate::screen::{PAINTS_WITHIN, Screen};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// People, then messages; each can be chosen. A screenful is drawn at once, the rest when that is painted.
#[component]
pub fn Sections(active: RwSignal<usize>) -> impl IntoView {
    let session = Session::use_();
    // Whoever types on waits for the next answer, not for the rest of this one.
    let settled = session.memo(Part::Found, |state| {
        state.found.loading.is_none().then_some(state.found.search)
    });
    let painted = RwSignal::new(None);
    Effect::new(move |_| {
        let Some(search) = settled.get() else { return };
        let paint = move || {
            if settled.try_get_untracked().flatten() == Some(search) {
                painted.set(Some(search));
            }
        };
        set_timeout(paint, PAINTS_WITHIN);
    });
    let screen = Screen::use_();
    // The search, how many people it found, and how many results are drawn.
    let drawn = Memo::new(move |_| {
        let painted = painted.get();
        session.read(Part::Found, |state| {
            let found = &state.found;
            let most = match painted == Some(found.search) {
                true => usize::MAX,
                false => screenful(screen),
            };
            (found.search, found.chats(), found.len().min(most))
        })
    });
    let chats = move || {
        let (search, chats, drawn) = drawn.get();
        (0..chats.min(drawn)).map(move |index| (search, index))
    };
    let messages = move || {
        let (search, chats, drawn) = drawn.get();
        (chats..drawn).map(move |index| (search, index))
    };
    let chat = move |index| {
        let hit = session.peek(|state| state.found.chat(index).cloned());
        hit.map(|hit| view! { <Choice index active session><ChatHitRow hit/></Choice> })
    };
    let message = move |index| {
        let hit = session.peek(|state| state.found.message(index).cloned());
        hit.map(|hit| view! { <Choice index active session><MessageHitRow hit/></Choice> })
    };
    view! {
        <div role="group" aria-label=text::FOUND_CHATS hidden=move || chats().len() == 0>
            <div class="found__head" role="presentation">{text::FOUND_CHATS}</div>
            <Keyed each=chats key=|at| *at let:at>{chat(at.1)}</Keyed>
        </div>
        <div role="group" aria-label=text::FOUND_MESSAGES hidden=move || messages().len() == 0>
            <div class="found__head" role="presentation">{text::FOUND_MESSAGES}</div>
            <Keyed each=messages key=|at| *at let:at>{message(at.1)}</Keyed>
        </div>
    }
}

/// One result.
#[component]
fn Choice(index: usize, active: RwSignal<usize>, session: Session, children: Children) -> impl IntoView {
    let go = move |_| {
        active.set(index);
        open(session, index);
    };
    // -1: more than are loaded, nobody counted.
    let total = session.memo(Part::Found, |state| match &state.found.results {
        Some(results) if !results.messages.more => i64::try_from(state.found.len()).unwrap_or(-1),
        _ => -1,
    });
    view! {
        <div
            id=option_id(index)
            class="row"
            role="option"
            aria-posinset=index + 1
            aria-setsize=move || total.get()
            aria-selected=move || (active.get() == index).to_string()
            on:mousedown=|event| event.prevent_default()
            on:click=go
        >
            {children()}
        </div>
    }
}
