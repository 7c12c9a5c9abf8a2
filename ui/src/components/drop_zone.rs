//! Where files can be dropped.

use super::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::ev::{self, DragEvent};
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// Lies over the conversation while files are dragged over it. `dragging` is set by what lies below.
#[component]
pub fn DropZone(conversation: ConversationId, dragging: RwSignal<bool>) -> impl IntoView {
    let session = Session::use_();
    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        dragging.set(false);
        if let Some(files) = event.data_transfer().and_then(|transfer| transfer.files()) {
            session.attach(conversation, &files);
            keyboard::focus_composer();
        }
    };
    move || {
        dragging.get().then(|| {
            view! {
                <div class="dropzone" on:dragleave=move |_| dragging.set(false) on:drop=drop_here>
                    <span class="dropzone__words">
                        <Icon name=IconName::Paperclip size=18/>
                        {text::DROP_FILES}
                    </span>
                </div>
            }
        })
    }
}

/// Whether what is dragged are files.
pub fn brings_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

/// A file that misses its place is not opened instead of the inbox, for as long as the calling view lives.
pub fn keep_page() {
    let over = window_event_listener(ev::dragover, |event| {
        if brings_files(&event) {
            event.prevent_default();
        }
    });
    let dropped = window_event_listener(ev::drop, |event| {
        if brings_files(&event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
}
