//! Putting an emoji on a message.

use super::emoji_picker::emoji_picker;
use super::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Button, Span};
use leptos::prelude::*;
use twinbox_domain::{ConversationId, MessageId};

/// Those that WhatsApp offers first.
const USUAL: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/// A button that opens a row of emojis; the one that is `there` is taken away by choosing it again. The last button shows
/// all there are.
#[component]
pub fn React(conversation: ConversationId, message: MessageId, there: Signal<Option<String>>) -> impl IntoView {
    let session = Session::use_();
    let (open, picking) = (RwSignal::new(false), RwSignal::new(false));
    let root = NodeRef::<Span>::new();
    let (button, row) = (NodeRef::<Button>::new(), NodeRef::<Span>::new());
    let choose = Callback::new(move |emoji: String| session.react(conversation, message, emoji));
    let close = move || {
        open.set(false);
        picking.set(false);
        keyboard::focus_message(message);
    };
    let emoji = move |emoji: &'static str| {
        let is_there = there.with(|there| there.as_deref() == Some(emoji));
        let says = if is_there {
            text::TAKE_REACTION_AWAY.get()
        } else {
            emoji
        };
        let press = move |_| {
            choose.run(if is_there { String::new() } else { emoji.to_owned() });
            close();
        };
        view! {
            <button class="react__emoji" class:is-on=is_there type="button" role="menuitem" aria-label=says title=says on:click=press>
                {emoji}
            </button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let at = document().active_element().filter(|_| open.get_untracked());
        let to = match keyboard::along(&event).as_str() {
            "ArrowRight" => at.and_then(|at| at.next_element_sibling()),
            "ArrowLeft" => at.and_then(|at| at.previous_element_sibling()),
            "Escape" if open.get_untracked() => {
                close();
                None
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        keyboard::focus_on(to);
    };
    let on_leave = move |event: FocusEvent| {
        let root = root.try_get_untracked().flatten();
        if keyboard::leaves(root, &event) {
            open.try_set(false);
        }
    };
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        request_animation_frame(move || {
            keyboard::focus_on(row.get_untracked().and_then(|row| row.first_element_child()))
        });
    };
    let more = move |_| {
        open.set(false);
        picking.set(true);
    };
    let picker = move || {
        let near = picking.get().then(|| button.get_untracked());
        near.flatten()
            .map(|near| emoji_picker(session, near.into(), choose, Callback::new(move |()| close())))
    };
    view! {
        <span class="react" node_ref=root on:keydown=on_key on:focusout=on_leave>
            <button
                class="msg__reply icon-btn icon-btn--xs"
                type="button"
                tabindex="-1"
                aria-label=text::REACT
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                title=text::REACT
                node_ref=button
                on:click=toggle
            >
                <Icon name=IconName::Smile size=14/>
            </button>
            {move || {
                open.get().then(|| view! {
                    <span class="react__menu" role="menu" aria-label=text::REACT node_ref=row>
                        {USUAL.map(emoji).into_iter().collect_view()}
                        <button class="react__emoji" type="button" role="menuitem" aria-label=text::MORE_EMOJI title=text::MORE_EMOJI on:click=more>
                            <Icon name=IconName::Plus/>
                        </button>
                    </span>
                })
            }}
        </span>
        {picker}
    }
}
