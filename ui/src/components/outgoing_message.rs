//! Texts between the composer and the engine. Each looks like the message it becomes, so that nothing moves then.

use super::bubble::Bubble;
use super::day::Day;
use super::message_item::place_below;
use super::{Icon, IconName, Keyed};
use crate::keyboard;
use crate::session::Session;
use crate::state::{Action, Outgoing, Part, State};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;
use twinbox_protocol::MessageView;

/// The ones of a conversation, after its last message.
#[component]
pub fn OutgoingMessages(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let outgoing = session.memo(Part::Outgoing, move |state| {
        let here = state
            .outgoing
            .iter()
            .filter(|outgoing| outgoing.conversation == conversation);
        here.cloned().collect::<Vec<_>>()
    });
    view! {
        <Keyed each=move || outgoing.get() key=|outgoing| (outgoing.id, outgoing.failed.is_some()) let:outgoing>
            <OutgoingMessage outgoing/>
        </Keyed>
    }
}

/// The message above a text: the last of the thread, or the text before it.
fn above(state: &State, outgoing: &Outgoing) -> Option<MessageView> {
    let before = state.outgoing.iter().take_while(|other| other.id != outgoing.id);
    let text = before
        .filter(|other| other.conversation == outgoing.conversation)
        .last();
    text.map(|text| text.as_message(state)).or_else(|| {
        let thread = state.threads.get(&outgoing.conversation)?;
        thread.message(thread.order().next_back()?.id).cloned()
    })
}

#[component]
fn OutgoingMessage(outgoing: Outgoing) -> impl IntoView {
    let session = Session::use_();
    let message = session.peek(|state| outgoing.as_message(state));
    let (delivery, at) = (message.delivery.clone(), message.at);
    let delivery = Memo::new(move |_| delivery.clone());
    let Outgoing {
        id,
        conversation,
        failed,
        is_refused,
        ..
    } = outgoing.clone();
    let is_failed = failed.is_some();
    let below = message.clone();
    let place = Memo::new(move |_| {
        session.track(Part::Thread(conversation));
        session.read(Part::Outgoing, |state| {
            place_below(above(state, &outgoing).as_ref(), &below)
        })
    });
    let joined = Memo::new(move |_| place.get().1);
    let day = move || {
        let now = session.read(Part::Now, |state| state.now);
        place.get().0.then(|| view! { <Day at now/> })
    };
    let edit = is_refused.then(|| {
        let edit = move |_| {
            if session.begin_reply(conversation) {
                session.dispatch(Action::Withdrawn(id));
            }
            keyboard::focus_thread();
        };
        view! { <button type="button" on:click=edit>{text::BACK_TO_COMPOSER}</button> }
    });
    let again = move |_| {
        session.resubmit(id, conversation);
        keyboard::focus_thread();
    };
    let state = failed.map(|reason| {
        view! {
            <div class="msg__fail" role="alert">
                <Icon name=IconName::Alert size=14/>
                <span>{text::not_handed_over(&reason)}</span>
                <button type="button" on:click=again>{text::TRY_AGAIN}</button>
                {edit}
            </div>
        }
    });
    view! {
        <div class="thread__item" class:is-joined=move || joined.get()>
            {day}
            <div class="msg msg--out is-queued" class:is-failed=is_failed data-origin="agent">
                <Bubble now=Some(message.clone()) message delivery joined can_quote=false near=false/>
                {state}
            </div>
        </div>
    }
}
