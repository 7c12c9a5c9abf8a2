//! The way down to what has arrived while someone reads further up.

use super::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use crate::thread_scroll::ThreadScroll;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Direction};

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
