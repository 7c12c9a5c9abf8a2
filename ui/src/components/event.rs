//! Something that happened in a conversation, which nobody wrote: a line of its own across the thread.

use super::Icon;
use super::content::content_icon;
use crate::clock;
use crate::session::Session;
use leptos::prelude::*;
use twinbox_protocol::MessageView;

/// What happened, and when.
#[component]
pub fn Event(message: MessageView) -> impl IntoView {
    let icon = content_icon(&message.content).map(|name| view! { <Icon name size=14/> });
    view! {
        <div class="event">
            {icon}
            <span dir="auto">{Session::use_().one_line(&message.content, false)}</span>
            <span class="faint">{clock::time(message.at)}</span>
        </div>
    }
}
