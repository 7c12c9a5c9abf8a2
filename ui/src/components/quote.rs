//! What a message answers to.

use super::quoted_words::QuotedWords;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Origin};
use twinbox_protocol::{MessageCursor, Quote, QuoteOriginal};

/// Who is quoted: the customer by name, everyone else by origin.
pub fn quoted_author(session: Session, conversation: ConversationId, origin: Origin, author: &str) -> String {
    match origin {
        Origin::Customer => session.read(Part::Row(conversation), |state| {
            state
                .rows
                .get(&conversation)
                .map(|row| state.name_of(&row.person))
                .unwrap_or_default()
        }),
        _ => text::author(origin, author),
    }
}

/// A quoted message. It leads there, however far back that is.
#[component]
pub fn QuoteView(conversation: ConversationId, quote: Quote) -> impl IntoView {
    let session = Session::use_();
    let Some(QuoteOriginal {
        message,
        at,
        origin,
        author,
        content,
        is_deleted,
    }) = quote.original
    else {
        return view! { <div class="quote"><span>{text::QUOTED_UNKNOWN}</span></div> }.into_any();
    };
    let inside = move || {
        let author = quoted_author(session, conversation, origin, &author);
        view! { <QuotedWords author content=content.clone() is_deleted/> }
    };
    let go = move |_| session.go_to(conversation, MessageCursor { at, id: message });
    view! {
        <button class="quote" type="button" tabindex="-1" title=text::GO_TO_QUOTED on:click=go>
            {inside}
        </button>
    }
    .into_any()
}
