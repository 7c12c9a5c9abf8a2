//! What is left of a deleted message.

use super::quote::quoted_author;
use super::{Icon, IconName};
use crate::clock;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Origin;
use twinbox_protocol::MessageView;

/// Who deleted it, and when it was written: never what it said.
#[component]
pub fn Deleted(message: MessageView) -> impl IntoView {
    let session = Session::use_();
    let MessageView {
        conversation,
        at,
        direction,
        ..
    } = message;
    let words = move || {
        let name = quoted_author(session, conversation, Origin::Customer, "");
        text::deleted(direction, &name)
    };
    view! {
        <div class="bubble bubble--tiny">
            <Icon name=IconName::Ban size=14/>
            <span>{words}</span>
            <span class="bubble__meta">
                <time title=clock::date_and_time(at)>{clock::time(at)}</time>
            </span>
        </div>
    }
}
