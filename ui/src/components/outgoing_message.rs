//! Texts between the composer and the engine. Usually gone before anyone sees them.

use super::rich_text::RichText;
use super::{Icon, IconName};
use crate::session::Session;
use crate::state::{Action, Outgoing, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

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
        <For each=move || outgoing.get() key=|outgoing| (outgoing.id, outgoing.failed.is_some()) let:outgoing>
            <OutgoingMessage outgoing/>
        </For>
    }
}

#[component]
fn OutgoingMessage(outgoing: Outgoing) -> impl IntoView {
    let session = Session::use_();
    let Outgoing {
        id,
        conversation,
        text: body,
        failed,
        is_refused,
        ..
    } = outgoing;
    let is_failed = failed.is_some();
    let edit = is_refused.then(|| {
        let edit = move |_| session.dispatch(Action::Withdrawn(id));
        view! { <button type="button" on:click=edit>{text::BACK_TO_COMPOSER}</button> }
    });
    let state = match failed {
        None => view! { <div class="msg__state" role="status">{text::HANDING_OVER}</div> }.into_any(),
        Some(reason) => view! {
            <div class="msg__fail" role="alert">
                <Icon name=IconName::Alert size=14/>
                <span>{text::not_handed_over(&reason)}</span>
                <button type="button" on:click=move |_| session.resubmit(id, conversation)>{text::TRY_AGAIN}</button>
                {edit}
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="msg msg--out is-queued" class:is-failed=is_failed data-origin="agent">
            <div class="bubble"><div class="bubble__text"><RichText body/></div></div>
            {state}
        </div>
    }
}
