//! A colleague's remark, which no customer sees.

use super::rich_text::RichText;
use super::{Icon, IconName};
use crate::clock;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::MessageView;

/// Who wrote it, what, and when; its author can delete it.
pub fn note(session: Session, message: MessageView, body: String) -> AnyView {
    let (id, conversation, written) = (message.id, message.conversation, body.clone());
    let is_mine = session.peek(|state| state.me() == message.author);
    let delete = is_mine.then(|| {
        view! {
            <button
                class="msg__reply icon-btn icon-btn--xs"
                type="button"
                aria-label=text::DELETE_NOTE
                title=text::DELETE_NOTE
                on:click=move |_| session.delete_note(conversation, id, written.clone())
            >
                <Icon name=IconName::Close size=14/>
            </button>
        }
    });
    view! {
        <div class="msg__line">
            <div class="bubble">
                <div class="bubble__from">
                    <Icon name=IconName::Lock size=14/>
                    {text::PRIVATE_NOTE}
                    <span class="note__author" dir="auto">{message.author}</span>
                </div>
                <div class="bubble__text">
                    <RichText body/>
                    <span class="bubble__meta"><time title=clock::date_and_time(message.at)>{clock::time(message.at)}</time></span>
                </div>
            </div>
            {delete}
        </div>
    }
    .into_any()
}
