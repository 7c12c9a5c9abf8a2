//! When a message was written or last edited, whether it came late, and how far it came.

use super::delivery_mark::DeliveryMark;
use crate::clock;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Millis;
use twinbox_protocol::{CostView, Delivery};

/// Stands at the end of a bubble.
#[component]
pub fn BubbleMeta(
    at: Millis,
    arrived_late_at: Option<Millis>,
    edited_at: Option<Millis>,
    cost: Option<CostView>,
    delivery: Memo<Option<Delivery>>,
) -> impl IntoView {
    let sent = clock::date_and_time(at);
    let (time, title) = match edited_at {
        None => (clock::time(at), sent),
        Some(edited_at) => {
            let edited = clock::date_and_time(edited_at);
            (
                text::edited(&clock::time(edited_at)),
                text::sent_and_edited(&sent, &edited),
            )
        }
    };
    let title = match &cost {
        Some(cost) => format!("{title}\n{}", text::cost(cost)),
        None => title,
    };
    let late = arrived_late_at.map(|arrived_at| {
        let title = text::arrived_at(&clock::date_and_time(arrived_at));
        view! { <span class="bubble__late" role="note" title=title.clone() aria-label=title>{text::ARRIVED_LATE}</span> }
    });
    view! {
        <span class="bubble__meta">
            {late}
            <time title=title>{time}</time>
            {move || delivery.get().map(|delivery| view! { <DeliveryMark delivery/> })}
        </span>
    }
}
