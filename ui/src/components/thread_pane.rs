//! The pane with the open conversation.

use super::Keyed;
use super::composer::Composer;
use super::drop_zone::{DropZone, brings_files, keep_page};
use super::nothing_open::NothingOpen;
use super::thread::Thread;
use super::thread_find::ThreadFind;
use super::thread_header::ThreadHeader;
use crate::apart::{Page, page};
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::DragEvent;
use leptos::prelude::*;

/// The open conversation, or a word that none is.
#[component]
pub fn ThreadPane() -> impl IntoView {
    let session = Session::use_();
    let open = session.memo(Part::Open, |state| state.open);
    let is_open = Memo::new(move |_| open.get().is_some());
    keep_page();
    let dragging = RwSignal::new(false);
    let on_drag = move |event: DragEvent| {
        if brings_files(&event) {
            event.prevent_default();
            dragging.set(true);
        }
    };
    view! {
        <section class="pane pane--thread" aria-label=text::THREAD on:dragover=on_drag>
            <Show when=move || is_open.get() fallback=NothingOpen>{page(Page::Conversation(dragging))}</Show>
        </section>
    }
}

/// The open conversation. `dragging` says whether files are dragged over it.
#[component]
pub fn Conversation(dragging: RwSignal<bool>) -> impl IntoView {
    let session = Session::use_();
    let open = session.memo(Part::Open, |state| state.open);
    let shown = session.shown();
    let drawn = move || {
        // The focus would go with what has it.
        if keyboard::is_in(".thread__body, .composer") {
            keyboard::focus_opened(session);
        }
        open.get()
    };
    view! {
        <ThreadHeader conversation=shown/>
        <ThreadFind/>
        // New elements for each: those of another one would be gone through attribute by attribute.
        <Keyed each=drawn key=|conversation| *conversation let:conversation>
            <Thread conversation/>
        </Keyed>
        <Composer conversation=shown/>
        {move || open.get().map(|conversation| view! { <DropZone conversation dragging/> })}
    }
}
