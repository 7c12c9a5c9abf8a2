//! The button that attaches files.

use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// Opens the system's choice of files; so does Ctrl, Shift and A.
#[component]
pub fn Attach(conversation: ConversationId, closed: Memo<bool>) -> impl IntoView {
    let session = Session::use_();
    let input = NodeRef::<Input>::new();
    let choose = move || {
        if let Some(input) = input.get_untracked().filter(|_| !closed.get_untracked()) {
            input.click();
        }
    };
    let keys = window_event_listener(ev::keydown, move |event| {
        let is_ours = (event.ctrl_key() || event.meta_key()) && event.shift_key() && !event.alt_key();
        if is_ours && event.key().eq_ignore_ascii_case("a") {
            event.prevent_default();
            choose();
        }
    });
    on_cleanup(move || keys.remove());
    let on_change = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(files) = input.files() {
            session.attach(conversation, &files);
        }
        // So that the same file can be chosen again.
        input.set_value("");
        keyboard::focus_composer();
    };
    view! {
        <button
            class="icon-btn"
            type="button"
            aria-label=text::ATTACH
            title=text::ATTACH_HINT
            prop:disabled=move || closed.get()
            on:click=move |_| choose()
        >
            <Icon name=IconName::Paperclip size=18/>
        </button>
        <input type="file" multiple hidden tabindex="-1" aria-label=text::ATTACH node_ref=input on:change=on_change/>
    }
}
