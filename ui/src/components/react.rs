//! Putting an emoji on a message.

use super::{Icon, IconName};
use crate::session::Session;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, MessageId};

/// Those that WhatsApp offers first.
const USUAL: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/// A button that opens a row of emojis; the one that is `there` is taken away by choosing it again.
#[component]
pub fn React(conversation: ConversationId, message: MessageId, there: Option<String>) -> impl IntoView {
    let session = Session::use_();
    let open = RwSignal::new(false);
    let choose = StoredValue::new(move |emoji: &'static str, is_there: bool| {
        open.set(false);
        let emoji = if is_there { "" } else { emoji };
        session.react(conversation, message, emoji.to_owned());
    });
    let emoji = move |emoji: &'static str| {
        let is_there = there.as_deref() == Some(emoji);
        let says = if is_there {
            text::TAKE_REACTION_AWAY.get()
        } else {
            emoji
        };
        view! {
            <button
                class="react__emoji"
                class:is-on=is_there
                type="button"
                role="menuitem"
                aria-label=says
                title=says
                on:click=move |_| choose.with_value(|choose| choose(emoji, is_there))
            >
                {emoji}
            </button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
        }
    };
    view! {
        <span class="react" on:keydown=on_key>
            <button
                class="msg__reply icon-btn icon-btn--xs"
                type="button"
                tabindex="-1"
                aria-label=text::REACT
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                title=text::REACT
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=IconName::Plus size=14/>
            </button>
            {move || {
                let emoji = emoji.clone();
                open.get().then(|| view! {
                    <span class="react__menu" role="menu" aria-label=text::REACT>
                        {USUAL.map(emoji).into_iter().collect_view()}
                    </span>
                })
            }}
        </span>
    }
}
