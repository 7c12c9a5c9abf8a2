//! The ways to what is not on screen: down to what has arrived while someone reads further up, and up to what was unread.

use super::{Icon, IconName};
use crate::commands::{Command, titled};
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use crate::thread_scroll::ThreadScroll;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Direction};
use twinbox_protocol::MessageCursor;

/// Shown away from the end; counts the customer's messages that arrived since.
#[component]
pub fn JumpButton(conversation: ConversationId, scroll: ThreadScroll) -> impl IntoView {
    let session = Session::use_();
    let arrived = Memo::new(move |_| {
        let seen = scroll.seen.get()?;
        session.read(Part::Thread(conversation), |state| {
            let after = state.threads.get(&conversation)?.after(seen);
            Some(after.filter(|message| message.direction == Direction::In).count())
        })
    });
    let go = move |_| {
        session.load_newest(conversation);
        scroll.go_to_end();
        // The button is gone then.
        keyboard::focus_thread();
    };
    let button = move || {
        let count = arrived.get().unwrap_or_default();
        let look = if count > 0 { "jump jump--new" } else { "jump" };
        (!scroll.at_end.get()).then(|| {
            view! {
                <button class=look type="button" on:click=go>
                    <Icon name=IconName::ChevronDown size=14/>
                    {text::new_messages(count)}
                </button>
            }
        })
    };
    view! { <div class="thread__jump">{button}</div> }
}

/// Shown until the reader has been where what was unread begins, which is above the screen.
#[component]
pub fn UnreadButton(
    conversation: ConversationId,
    unread_from: Memo<Option<MessageCursor>>,
    scroll: ThreadScroll,
) -> impl IntoView {
    let session = Session::use_();
    let count = session.memo(Part::Unread, move |state| {
        state.unread_in(conversation).map(|unread| unread.count)
    });
    let was_there = RwSignal::new(false);
    let is_above = Memo::new(move |_| {
        scroll.drawn.track();
        let top = count.get().and_then(|_| scroll.top())?;
        Some(unread_from.get().is_none_or(|first| first < top))
    });
    Effect::new(move |_| {
        if is_above.get() == Some(false) {
            was_there.set(true);
        }
    });
    let go = move |_| {
        was_there.set(true);
        session.go_to_unread();
    };
    let button = move || {
        let count = count
            .get()
            .filter(|_| is_above.get() == Some(true) && !was_there.get())?;
        Some(view! {
            <button class="jump jump--up" type="button" title=move || titled(session, &text::unread_above(count), Command::FirstUnread) on:click=go>
                <Icon name=IconName::ChevronDown size=14/>
                {text::unread_above(count)}
            </button>
        })
    };
    view! { <div class="thread__unread">{button}</div> }
}
