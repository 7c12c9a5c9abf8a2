//! What is to be said or decided about a message that has not arrived.

use super::{Icon, IconName};
use crate::clock;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::OutboxId;
use twinbox_protocol::{Delivery, MessageView};

/// A line below the bubble; nothing for a message that is on its way or there.
#[component]
pub fn MessageState(message: MessageView, delivery: Memo<Option<Delivery>>) -> impl IntoView {
    let session = Session::use_();
    let outbox = message.outbox;
    let conversation = message.conversation;
    // What is said of it, and whether somebody paused it.
    let in_line = session.memo(Part::Waiting, move |state| {
        let item = state.waiting(conversation, outbox?)?;
        Some((text::queued_in_line(item), item.pause.is_some()))
    });
    let shown_before = StoredValue::new(false);
    // A failure is said aloud when it happens, not whenever it is scrolled into view.
    let happens_now = move || {
        shown_before
            .try_update_value(|shown| std::mem::replace(shown, true))
            .unwrap_or_default()
    };
    move || {
        let now = happens_now();
        match delivery.get()? {
            Delivery::Queued { retry_at } => {
                let (words, is_held) = in_line.get().unzip();
                let words = words
                    .flatten()
                    .or_else(|| retry_at.map(|at| text::queued_until(&clock::time(at))));
                Some(queued(session, &message, words, is_held))
            }
            Delivery::NotSure => Some(not_sure(session, outbox)),
            Delivery::Failed {
                code,
                reason,
                can_retry,
            } => {
                let retry = outbox.filter(|_| can_retry && text::may_be_tried_again(code));
                Some(failed(session, retry, text::failed_and_what_helps(&reason, code), now))
            }
            Delivery::Sending | Delivery::Known { .. } => None,
        }
    }
}

/// Whoever has decided goes on writing: the button is about to go.
fn button(words: text::Words, act: impl Fn() + 'static) -> impl IntoView {
    let press = move |_| {
        act();
        keyboard::focus_thread();
    };
    view! { <button type="button" on:click=press>{words}</button> }
}

fn queued(session: Session, message: &MessageView, words: Option<String>, is_held: Option<bool>) -> AnyView {
    let words = words.unwrap_or_else(|| text::QUEUED_NEXT.to_owned());
    let cancel = message.outbox.map(|id| {
        let message = message.clone();
        button(text::CANCEL, move || session.cancel(id, &message))
    });
    let switch = message.outbox.zip(is_held).map(|(id, is_held)| {
        let words = if is_held {
            text::RESUME_MESSAGE
        } else {
            text::PAUSE_MESSAGE
        };
        button(words, move || session.switch_item(id, is_held))
    });
    view! { <div class="msg__state">{words}{switch}{cancel}</div> }.into_any()
}

fn not_sure(session: Session, outbox: Option<OutboxId>) -> AnyView {
    let was_sent = outbox.map(|id| button(text::WAS_SENT, move || session.settle(id, true)));
    let send_again = outbox.map(|id| button(text::SEND_AGAIN, move || session.settle(id, false)));
    view! { <div class="msg__state is-warn">{text::NOT_SURE_QUESTION}{was_sent}{send_again}</div> }.into_any()
}

fn failed(session: Session, outbox: Option<OutboxId>, words: String, now: bool) -> AnyView {
    let retry = outbox.map(|id| button(text::RETRY, move || session.retry(id)));
    view! {
        <div class="msg__fail" role=now.then_some("alert")>
            <Icon name=IconName::Alert size=14/>
            <span>{words}</span>
            {retry}
        </div>
    }
    .into_any()
}
