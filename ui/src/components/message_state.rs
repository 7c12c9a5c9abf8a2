//! What is to be said or decided about a message that has not arrived.

use super::{Icon, IconName};
use crate::clock;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::OutboxId;
use twinbox_protocol::{Delivery, MessageView};

/// A line below the bubble; nothing for a message that is on its way or there.
#[component]
pub fn MessageState(message: MessageView, delivery: Memo<Option<Delivery>>) -> impl IntoView {
    let session = Session::use_();
    let outbox = message.outbox;
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
            Delivery::Queued { retry_at } => Some(queued(session, &message, retry_at.map(clock::time))),
            Delivery::NotSure => Some(not_sure(session, outbox)),
            Delivery::Failed { reason, can_retry, .. } => {
                Some(failed(session, outbox.filter(|_| can_retry), &reason, now))
            }
            Delivery::Sending | Delivery::Known { .. } => None,
        }
    }
}

fn queued(session: Session, message: &MessageView, retry_at: Option<String>) -> AnyView {
    let words = retry_at.map_or_else(|| text::QUEUED_NEXT.to_owned(), |time| text::queued_until(&time));
    let cancel = message.outbox.map(|id| {
        let message = message.clone();
        view! { <button type="button" on:click=move |_| session.cancel(id, &message)>{text::CANCEL}</button> }
    });
    view! { <div class="msg__state">{words}{cancel}</div> }.into_any()
}

fn not_sure(session: Session, outbox: Option<OutboxId>) -> AnyView {
    let decide = outbox.map(|id| {
        view! {
            <button type="button" on:click=move |_| session.settle(id, true)>{text::WAS_SENT}</button>
            <button type="button" on:click=move |_| session.settle(id, false)>{text::SEND_AGAIN}</button>
        }
    });
    view! { <div class="msg__state is-warn">{text::NOT_SURE_QUESTION}{decide}</div> }.into_any()
}

fn failed(session: Session, outbox: Option<OutboxId>, reason: &str, now: bool) -> AnyView {
    let retry =
        outbox.map(|id| view! { <button type="button" on:click=move |_| session.retry(id)>{text::RETRY}</button> });
    view! {
        <div class="msg__fail" role=now.then_some("alert")>
            <Icon name=IconName::Alert size=14/>
            <span>{text::not_delivered(reason)}</span>
            {retry}
        </div>
    }
    .into_any()
}
