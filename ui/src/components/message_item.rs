//! A message's place in the thread: its day's label, and the bubble.

mod place;

use super::bubble::Bubble;
use super::day::Day;
use super::deleted::Deleted;
use super::event::Event;
use super::message_state::MessageState;
use super::note::note;
use super::quote::quoted_author;
use crate::clock;
use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use crate::thread_scroll::ThreadScroll;
use leptos::html::Div;
use leptos::prelude::*;
use place::look;
pub use place::place_below;
use twinbox_domain::{Content, ConversationId, Direction, Origin};
use twinbox_protocol::{Delivery, MessageCursor, MessageView};

/// One message. How far it came changes on its own; the bubble stays what it is then.
#[component]
pub fn MessageItem(
    conversation: ConversationId,
    cursor: MessageCursor,
    unread_from: Memo<Option<MessageCursor>>,
    scroll: ThreadScroll,
) -> impl IntoView {
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
    let now = session.memo(Part::Message(cursor.id), move |state| {
        state.message(conversation, cursor.id).cloned()
    });
    let delivery = Memo::new(move |_| now.with(|message| message.as_ref()?.delivery.clone()));
    let body = Memo::new(move |_| now.get().map(lasting));
    let can_quote = Memo::new(move |_| {
        now.with(|message| {
            message
                .as_ref()
                .is_some_and(|it| it.wamid.is_some() && it.origin != Origin::System)
        })
    });

    let near = RwSignal::new(false);
    let come_near = move || {
        if !near.get_untracked() {
            near.set(true);
        }
    };
    let is_found = session.memo(Part::Jump, move |state| {
        state.jump.is_some_and(|(_, found)| found == cursor)
    });
    let day = move || {
        let now = session.read(Part::Now, |state| state.now);
        place.get().0.then(|| view! { <Day at=cursor.at now/> })
    };
    let begins_unread = Memo::new(move |_| unread_from.get() == Some(cursor));
    let unread_line = move || {
        begins_unread
            .get()
            .then(|| view! { <div class="unreadline" role="separator" aria-label=text::UNREAD_FROM_HERE>{text::UNREAD_FROM_HERE}</div> })
    };
    let is_failed = move || delivery.with(|delivery| matches!(delivery, Some(Delivery::Failed { .. })));
    let is_queued = move || delivery.with(|delivery| matches!(delivery, Some(Delivery::Queued { .. })));
    let bubble = move || {
        body.get().map(|message| {
            // Whoever stood on it, as when it was edited, stays there.
            if keyboard::is_on_message(cursor.id) {
                request_animation_frame(move || keyboard::focus_message(cursor.id));
            }
            let (origin, is_ours) = (look(&message), message.direction == Direction::Out);
            let words = session.one_line(&message.content, message.is_deleted);
            let (from, author) = (message.origin, message.author.clone());
            let label = move || {
                let author = quoted_author(session, conversation, from, &author);
                text::message_label(&author, &clock::time(cursor.at), &words)
            };
            let inside = if let Content::Note { body, .. } = &message.content {
                let body = body.clone();
                note(session, message, body)
            } else if from == Origin::System {
                view! { <Event message/> }.into_any()
            } else if message.is_deleted {
                view! { <Deleted message/> }.into_any()
            } else {
                view! {
                    <Bubble now delivery joined can_quote near message=message.clone()/>
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
                    class:is-found=move || is_found.get()
                    data-origin=origin
                    data-message=cursor.id.0.to_string()
                    role="article"
                    aria-label=label
                    tabindex="-1"
                    on:pointerenter=move |_| come_near()
                    on:focusin=move |_| come_near()
                >
                    {inside}
                </div>
            }
        })
    };
    view! {
        <div
            class="thread__item"
            class:is-joined=move || joined.get()
            node_ref=element
            on:play:capture=move |_| scroll.keep(cursor)
            on:ended:capture=move |_| scroll.let_go(cursor)
        >
            {day}
            {unread_line}
            {bubble}
        </div>
    }
}

/// A message without what changes while its bubble stays, so that a recording plays on and an open menu stays open.
fn lasting(message: MessageView) -> MessageView {
    MessageView {
        wamid: None,
        edited_at: None,
        reactions: Vec::new(),
        reacting: None,
        delivery: None,
        cost: None,
        ..message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::{content, message, sent};
    use twinbox_domain::{Millis, Status};
    use twinbox_protocol::ReactionView;

    #[test]
    fn a_reaction_or_a_status_leaves_the_bubble_and_what_plays_in_it() {
        let mut later = sent(1, 7, 100, Status::Read);
        later.wamid = Some("wamid.A".into());
        later.reactions = vec![ReactionView {
            from: Direction::In,
            emoji: "👍".to_owned(),
        }];
        assert!(lasting(later) == lasting(sent(1, 7, 100, Status::Sent)));
    }

    #[test]
    fn another_text_makes_another_bubble() {
        let edited = MessageView {
            content: content("Hello again"),
            edited_at: Some(Millis(200)),
            ..message(1, 7, 100)
        };
        assert!(lasting(edited) != lasting(message(1, 7, 100)));
    }
}
