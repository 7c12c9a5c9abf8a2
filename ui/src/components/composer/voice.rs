//! Voice notes. The windows Twinbox runs in record nothing that WhatsApp takes as one: neither WebKitGTK's recorder nor
//! Chromium's writes Ogg. So a recording is chosen as a file; Ogg Opus in mono goes as a voice note.

use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// The button of a microphone; `says_why` shows [`why`].
pub fn voice(says_why: RwSignal<bool>, closed: Memo<bool>) -> AnyView {
    view! {
        <button
            class="icon-btn"
            type="button"
            aria-label=text::SEND_VOICE_NOTE
            title=text::SEND_VOICE_NOTE
            aria-expanded=move || says_why.get().to_string()
            prop:disabled=move || closed.get()
            on:click=move |_| says_why.update(|says| *says = !*says)
        >
            <Icon name=IconName::Mic size=18/>
        </button>
    }
    .into_any()
}

/// Why nothing is recorded, and a way to send a recording.
pub fn why(session: Session, conversation: ConversationId, says_why: RwSignal<bool>) -> AnyView {
    let input = NodeRef::<Input>::new();
    let close = move || {
        says_why.set(false);
        keyboard::focus_composer();
    };
    let on_change = move |_| {
        let files = input.get_untracked().and_then(|input| input.files());
        files.iter().for_each(|files| session.attach(conversation, files));
        close();
    };
    let choose = move |_| input.get_untracked().iter().for_each(|input| input.click());
    (move || {
        says_why.get().then(|| {
            view! {
                <div class="voicewhy" role="status">
                    <Icon name=IconName::Mic size=16/>
                    <span class="grow">{text::CANNOT_RECORD}</span>
                    <button class="btn btn--sm btn--line" type="button" on:click=choose>{text::CHOOSE_RECORDING}</button>
                    <button class="icon-btn icon-btn--sm" type="button" aria-label=text::CLOSE title=text::CLOSE on:click=move |_| close()>
                        <Icon name=IconName::Close size=14/>
                    </button>
                    <input type="file" accept=".ogg,.opus,.oga,audio/ogg" hidden tabindex="-1" aria-label=text::CHOOSE_RECORDING node_ref=input on:change=on_change/>
                </div>
            }
        })
    })
    .into_any()
}
