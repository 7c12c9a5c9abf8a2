//! The pane with the open conversation.

use super::drop_zone::{DropZone, brings_files, keep_page};
use super::nothing_open::NothingOpen;
use super::thread::Thread;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use crate::thread_scroll::Places;
use leptos::ev::DragEvent;
use leptos::prelude::*;

/// The open conversation, or a word that none is.
#[component]
pub fn ThreadPane() -> impl IntoView {
    let session = Session::use_();
    let open = session.memo(Part::Open, |state| state.open);
    // Where each conversation was left, also before another page was shown.
    let places = use_context::<Places>().unwrap_or_default();
    let thread = move || match open.get() {
        Some(conversation) => view! { <Thread conversation places/> }.into_any(),
        None => view! { <NothingOpen/> }.into_any(),
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
        <section class="pane pane--thread" aria-label=text::THREAD on:dragover=on_drag>
            {thread}
            {drop_zone}
        </section>
    }
}
