//! How far a message of ours came, as a small mark with a name.

use super::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Status;
use twinbox_protocol::Delivery;

/// One tick, two, or two blue ones.
#[component]
pub fn Tick(status: Status) -> impl IntoView {
    let (class, href) = match status {
        Status::Read | Status::Played => ("tick tick--read", "#i-tick-delivered"),
        Status::Delivered => ("tick", "#i-tick-delivered"),
        _ => ("tick", "#i-tick-sent"),
    };
    let name = text::status(status);
    view! {
        <svg class=class role="img" aria-label=name>
            <title>{name}</title>
            <use_ href=href/>
        </svg>
    }
}

/// The mark beside a message's time.
#[component]
pub fn DeliveryMark(delivery: Delivery) -> impl IntoView {
    let icon = |name, class, words: text::Words| {
        view! {
            <span role="img" aria-label=words title=words><Icon name size=14 class/></span>
        }
        .into_any()
    };
    match delivery {
        Delivery::Queued { .. } => icon(IconName::Clock, "", text::QUEUED),
        Delivery::Sending => icon(IconName::Send, "", text::SENDING),
        Delivery::NotSure => icon(IconName::Help, "is-warn", text::NOT_SURE),
        Delivery::Failed { .. } => icon(IconName::Alert, "is-danger", text::FAILED),
        Delivery::Known { status } => view! { <Tick status/> }.into_any(),
    }
}
