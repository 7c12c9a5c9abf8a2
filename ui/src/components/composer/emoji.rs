//! Putting an emoji into the text.

use super::anew;
use crate::commands::{Command, titled};
use crate::components::emoji_picker::emoji_picker;
use crate::components::{Icon, IconName};
use crate::keyboard::EMOJI_ID;
use crate::session::Session;
use crate::text;
use crate::writing;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// The button, and the picker while it is open. What was chosen goes where the caret was, and so does the focus.
pub fn emoji(session: Session, conversation: Memo<ConversationId>, closed: Memo<bool>) -> AnyView {
    let is_open = anew(move || conversation.get(), false);
    let selected = StoredValue::new(None);
    let open = move |_| {
        let at = writing::selection();
        // Nowhere to put one while a form stands in the composer's place.
        is_open.set(at.is_some());
        selected.set_value(at);
    };
    let choose = Callback::new(|emoji: String| writing::insert(&emoji));
    let close = Callback::new(move |()| {
        is_open.set(false);
        writing::go_back_to(selected.get_value());
    });
    let picker = move || {
        let button = is_open.get().then(|| document().get_element_by_id(EMOJI_ID));
        button
            .flatten()
            .map(|button| emoji_picker(session, button, choose, close))
    };
    view! {
        <button
            id=EMOJI_ID
            class="icon-btn composer__emoji"
            type="button"
            aria-label=text::EMOJI
            aria-haspopup="dialog"
            title=move || titled(session, &text::EMOJI, Command::Emoji)
            prop:disabled=move || closed.get()
            on:click=open
        >
            <Icon name=IconName::Smile size=18/>
        </button>
        {picker}
    }
    .into_any()
}
