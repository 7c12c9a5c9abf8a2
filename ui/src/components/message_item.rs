//! A message's place in the thread: its day's label, and the bubble.

use super::bubble::Bubble;
use super::deleted::Deleted;
use super::message_state::MessageState;
use crate::clock::{self, day_number};
use crate::session::Session;
use crate::state::Part;
use crate::thread_scroll::ThreadScroll;
use leptos::html::Div;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Direction, Origin};
use twinbox_protocol::{Delivery, MessageCursor, MessageView};

/// Messages of one author within two minutes belong together.
const JOINED_MS: i64 = 2 * 60 * 1000;

/// How a message stands below another one: whether its day is another, and whether it joins that.
pub fn place_below(above: Option<&MessageView>, message: &MessageView) -> (bool, bool) {
    let starts_day = above.is_none_or(|above| day_number(above.at) != day_number(message.at));
    (starts_day, above.is_some_and(|above| joins(above, message)))
}

fn joins(above: &MessageView, message: &MessageView) -> bool {
    above.direction == message.direction
        && above.origin == message.origin
        && above.author == message.author
        && message.at.ms_since(above.at) < JOINED_MS
        && day_number(above.at) == day_number(message.at)
}

/// The name of an origin in the style sheet.
fn look(message: &MessageView) -> &'static str {
    match (message.direction, message.origin) {
        (Direction::In, _) => "customer",
        (_, Origin::Phone) => "phone",
        (_, Origin::Automation | Origin::Campaign) => "bot",
        (_, Origin::History) => "history",
        (_, Origin::Agent | Origin::Customer) => "agent",
    }
}

/// One message. How far it came changes on its own; the bubble stays what it is then.
#[component]
pub fn MessageItem(conversation: ConversationId, cursor: MessageCursor, scroll: ThreadScroll) -> impl IntoView {
    let session = Session::use_();
    let element = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            scroll.mounted(cursor, &element);
        }
    });
    on_cleanup(move || scroll.unmounted(cursor));

    let place = Memo::new(move |_| {
        session.track(Part::Message(cursor.id));
        session
            .read(Part::Thread(conversation), |state| {
                let thread = state.threads.get(&conversation)?;
                Some(place_below(thread.before(cursor), thread.message(cursor.id)?))
            })
            .unwrap_or_default()
    });
    let joined = Memo::new(move |_| place.get().1);
    let message = session.memo(Part::Message(cursor.id), move |state| {
        state.message(conversation, cursor.id).cloned()
    });
    let delivery = Memo::new(move |_| message.with(|message| message.as_ref()?.delivery.clone()));
    let body = Memo::new(move |_| {
        message.get().map(|message| MessageView {
            delivery: None,
            ..message
        })
    });

    let day = move || {
        let now = session.read(Part::Now, |state| state.now);
        place
            .get()
            .0
            .then(|| view! { <div class="day" role="separator">{clock::day(cursor.at, now)}</div> })
    };
    let is_failed = move || delivery.with(|delivery| matches!(delivery, Some(Delivery::Failed { .. })));
    let is_queued = move || delivery.with(|delivery| matches!(delivery, Some(Delivery::Queued { .. })));
    let bubble = move || {
        body.get().map(|message| {
            let (origin, is_ours) = (look(&message), message.direction == Direction::Out);
            let inside = if message.is_deleted {
                view! { <Deleted message/> }.into_any()
            } else {
                view! {
                    <Bubble delivery joined scroll message=message.clone()/>
                    <MessageState delivery message/>
                }
                .into_any()
            };
            view! {
                <div
                    class="msg"
                    class:msg--out=is_ours
                    class:is-joined=move || joined.get()
                    class:is-failed=is_failed
                    class:is-queued=is_queued
                    data-origin=origin
                >
                    {inside}
                </div>
            }
        })
    };
    view! { <div class="thread__item" class:is-joined=move || joined.get() node_ref=element>{day}{bubble}</div> }
}
