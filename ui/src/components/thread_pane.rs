//! The pane with the open conversation.

use super::drop_zone::{DropZone, brings_files, keep_page};
use super::nothing_open::NothingOpen;
use super::thread::Thread;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::DragEvent;
use leptos::html::Section;
use leptos::prelude::*;

/// The open conversation, or a word that none is.
#[component]
pub fn ThreadPane() -> impl IntoView {
    let session = Session::use_();
    let open = session.memo(Part::Open, |state| state.open);
    let is_none = move || open.get().is_none();
    let pane = NodeRef::<Section>::new();
    let drawn = move || {
        // The focus would go with what has it.
        if pane.get_untracked().is_some_and(|pane| keyboard::is_in(&pane)) {
            keyboard::focus_opened(session);
        }
        open.get()
    };
    keep_page();
    let dragging = RwSignal::new(false);
    let on_drag = move |event: DragEvent| {
        if brings_files(&event) {
            event.prevent_default();
            dragging.set(true);
        }
    };
    let drop_zone = move || {
        open.get()
            .map(|conversation| view! { <DropZone conversation dragging/> })
    };
    view! {
        <section node_ref=pane class="pane pane--thread" aria-label=text::THREAD on:dragover=on_drag>
            <Show when=is_none><NothingOpen/></Show>
            // New elements for each: those of another one would be gone through attribute by attribute, and a text field
            // would undo what was written there.
            <For each=drawn key=|conversation| *conversation let:conversation>
                <Thread conversation/>
            </For>
            {drop_zone}
        </section>
    }
}
