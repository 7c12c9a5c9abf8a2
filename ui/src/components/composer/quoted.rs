//! The message the next text answers to.

use crate::components::quote::quoted_author;
use crate::components::quoted_words::QuotedWords;
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// Shown above the text field until sent or dropped.
#[component]
pub fn Quoted(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let quoted = Memo::new(move |_| {
        session.track(Part::Thread(conversation));
        session.read(Part::Quote(conversation), |state| {
            let quoted = state.quotes.get(&conversation)?;
            Some(state.message(conversation, quoted.message).cloned())
        })
    });
    let drop_it = move |_| {
        session.quote(conversation, None);
        keyboard::focus_composer();
    };
    move || {
        quoted.get().map(|message| {
            let words = match message {
                Some(message) => {
                    let author = quoted_author(session, conversation, message.origin, &message.author);
                    view! { <QuotedWords author content=message.content is_deleted=message.is_deleted/> }.into_any()
                }
                // Quoted all the same.
                None => view! { <span>{text::QUOTED_UNKNOWN}</span> }.into_any(),
            };
            view! {
                <div class="composer__quote">
                    <div class="quote">{words}</div>
                    <button
                        class="icon-btn icon-btn--sm"
                        type="button"
                        aria-label=text::DROP_QUOTE
                        title=text::DROP_QUOTE
                        on:click=drop_it
                    >
                        <Icon name=IconName::Close size=14/>
                    </button>
                </div>
            }
        })
    }
}
