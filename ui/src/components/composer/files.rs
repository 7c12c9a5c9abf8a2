//! The files that wait above the text.

use super::file_chip::FileChip;
use crate::components::Keyed;
use crate::session::Session;
use crate::state::{Attached, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// How many files wait; `None` while one of them cannot be sent.
pub fn ready_files(session: Session, conversation: Memo<ConversationId>) -> Memo<Option<usize>> {
    Memo::new(move |_| {
        let conversation = conversation.get();
        session.read(Part::Files(conversation), |state| {
            let files = state.attached(conversation);
            files.iter().all(Attached::is_ready).then_some(files.len())
        })
    })
}

/// One chip for each; nothing without any.
#[component]
pub fn Files(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let keys = session.memo(Part::Files(conversation), move |state| {
        state
            .attached(conversation)
            .iter()
            .map(|file| file.key)
            .collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| keys.with(|keys| !keys.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <ul class="composer__files scroll" aria-label=text::ATTACHED>
                    <Keyed each=move || keys.get() key=|key| *key let:key>
                        <FileChip conversation file=key/>
                    </Keyed>
                </ul>
            }
        })
    }
}
