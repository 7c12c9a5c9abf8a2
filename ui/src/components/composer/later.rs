//! Sending what the composer holds at another time.

use super::anew;
use crate::components::later::{Purpose, times};
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Millis};
use twinbox_protocol::When;

/// A button beside Send, which shows the times to choose from; Escape puts them away.
pub fn later(
    session: Session,
    conversation: Memo<ConversationId>,
    is_note: Memo<bool>,
    can_send: Memo<bool>,
) -> AnyView {
    // A note has no time.
    let is_open = anew(move || (conversation.get(), is_note.get()), false);
    let close = Callback::new(move |()| {
        is_open.set(false);
        keyboard::focus_composer();
    });
    let send = Callback::new(move |at: Millis| {
        if can_send.get_untracked() {
            session.submit_later(conversation.get_untracked(), When::At(at));
        }
        close.run(());
    });
    view! {
        {move || is_open.get().then(|| times(Purpose::Send, send, close))}
        <button
            id=keyboard::LATER_ID
            class="icon-btn"
            type="button"
            aria-label=text::SEND_LATER_MENU
            title=text::SEND_LATER_MENU
            aria-expanded=move || is_open.get().to_string()
            prop:disabled=move || !can_send.get()
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            <Icon name=IconName::Clock size=18/>
        </button>
    }
    .into_any()
}
