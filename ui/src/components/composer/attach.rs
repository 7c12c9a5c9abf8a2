//! Ways to attach files: a button, keys, and the clipboard.

use crate::commands::{Command, titled};
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::ev::ClipboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// Opens the system's choice of files.
#[component]
pub fn Attach(conversation: Memo<ConversationId>, closed: Memo<bool>) -> impl IntoView {
    let session = Session::use_();
    let input = NodeRef::<Input>::new();
    // Another one may be open by the time files are chosen.
    let chosen_for = StoredValue::new(conversation.get_untracked());
    let choose = move || {
        chosen_for.set_value(conversation.get_untracked());
        if let Some(input) = input.get_untracked().filter(|_| !closed.get_untracked()) {
            input.click();
        }
    };
    let on_change = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(files) = input.files() {
            session.attach(chosen_for.get_value(), &files);
        }
        // So that the same file can be chosen again.
        input.set_value("");
        keyboard::focus_composer();
    };
    view! {
        <button
            id=keyboard::ATTACH_ID
            class="icon-btn"
            type="button"
            aria-label=text::ATTACH
            title=move || titled(session, &text::ATTACH, Command::Attach)
            prop:disabled=move || closed.get()
            on:click=move |_| choose()
        >
            <Icon name=IconName::Paperclip size=18/>
        </button>
        <input type="file" multiple hidden tabindex="-1" aria-label=text::ATTACH node_ref=input on:change=on_change/>
    }
}

/// Attaches the files of the clipboard. A program that copies text as a picture as well means the text.
pub fn paste(session: Session, conversation: ConversationId, event: &ClipboardEvent) {
    let data = event.clipboard_data();
    let data = data.filter(|data| data.get_data("text/plain").is_ok_and(|text| text.is_empty()));
    if let Some(files) = data.and_then(|data| data.files()).filter(|files| files.length() > 0) {
        event.prevent_default();
        session.attach(conversation, &files);
    }
}
