//! Voice notes. The windows Twinbox runs in record nothing that WhatsApp takes as one: neither WebKitGTK's recorder nor
//! Chromium's writes Ogg. So a recording is chosen as a file; Ogg Opus in mono goes as a voice note.

use super::anew;
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Voice {
    conversation: Memo<ConversationId>,
    /// Shows [`why`](Self::why).
    says_why: RwSignal<bool>,
    /// Outlives the conversation: another one may be open by the time a file is chosen.
    input: NodeRef<Input>,
    chosen_for: StoredValue<ConversationId>,
}

impl Voice {
    /// Made once for a composer.
    pub fn new(conversation: Memo<ConversationId>, is_note: Memo<bool>) -> Self {
        Self {
            conversation,
            says_why: anew(move || (conversation.get(), is_note.get()), false),
            input: NodeRef::new(),
            chosen_for: StoredValue::new(conversation.get_untracked()),
        }
    }

    /// The button of a microphone.
    pub fn button(self, session: Session, closed: Memo<bool>) -> AnyView {
        let Self {
            says_why,
            input,
            chosen_for,
            ..
        } = self;
        let on_change = move |_| {
            let Some(input) = input.get_untracked() else { return };
            if let Some(files) = input.files() {
                session.attach(chosen_for.get_value(), &files);
            }
            // So that the same file can be chosen again.
            input.set_value("");
            self.close();
        };
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
            <input type="file" accept=".ogg,.opus,.oga,audio/ogg" hidden tabindex="-1" aria-label=text::CHOOSE_RECORDING node_ref=input on:change=on_change/>
        }
        .into_any()
    }

    /// Why nothing is recorded, and a way to send a recording.
    pub fn why(self) -> AnyView {
        let choose = move |_| {
            self.chosen_for.set_value(self.conversation.get_untracked());
            self.input.get_untracked().iter().for_each(|input| input.click());
        };
        (move || {
            self.says_why.get().then(|| {
                view! {
                    <div class="voicewhy" role="status">
                        <Icon name=IconName::Mic size=16/>
                        <span class="grow">{text::CANNOT_RECORD}</span>
                        <button class="btn btn--sm btn--line" type="button" on:click=choose>{text::CHOOSE_RECORDING}</button>
                        <button class="icon-btn icon-btn--sm" type="button" aria-label=text::CLOSE title=text::CLOSE on:click=move |_| self.close()>
                            <Icon name=IconName::Close size=14/>
                        </button>
                    </div>
                }
            })
        })
        .into_any()
    }

    fn close(self) {
        self.says_why.set(false);
        keyboard::focus_composer();
    }
}
