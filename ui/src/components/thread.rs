//! The messages of one conversation.

mod keys;
mod older;

use super::announcer::Announcer;
use super::content::{OpenPicture, Viewer};
use super::jump_button::{JumpButton, UnreadButton};
use super::message_item::MessageItem;
use super::outgoing_message::OutgoingMessages;
use super::scheduled_messages::scheduled_messages;
use super::{Empty, IconName, Keyed};
use crate::clock;
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Action, FindAction, Part};
use crate::text;
use crate::thread_scroll::ThreadScroll;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use older::Older;
use twinbox_domain::ConversationId;

/// A conversation. Made anew for each one that is opened.
#[component]
pub fn Thread(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let scroll = ThreadScroll::new(
        conversation,
        session.places,
        move || session.load_older_ahead(conversation),
        move || session.load_newer_ahead(conversation),
    );
    let picture = OpenPicture::default();
    provide_context(picture);
    let scroller = NodeRef::<Div>::new();
    let canvas = NodeRef::<Div>::new();
    let tail = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let (Some(scroller), Some(canvas), Some(tail)) = (scroller.get(), canvas.get(), tail.get()) {
            scroll.attach(&scroller, &canvas, &tail);
        }
    });
    Effect::new(move |_| {
        session.read(Part::Thread(conversation), |state| {
            if let Some(thread) = state.threads.get(&conversation) {
                scroll.set_cut(thread.newer);
                scroll.set_keys(thread.order());
            }
        });
        scroll.settle();
    });
    Effect::new(move |_| {
        // Once: whoever comes back from another page finds the thread as it was left.
        if let Some(cursor) = session.read(Part::Jump, |state| state.jump_to(conversation)) {
            session.dispatch(Action::Find(FindAction::JumpShown));
            scroll.go_to(cursor);
            // It is drawn only after this.
            // Whoever searches in here goes on typing.
            if session.peek(|state| state.within.is_none()) {
                request_animation_frame(move || keyboard::focus_message(cursor.id));
            }
        }
    });
    Effect::new(move |_| {
        session.track(Part::Outgoing);
        session.track(Part::Waiting);
        scroll.tail_changes();
    });
    // Read means: on screen, to the end, in a window that has the focus.
    Effect::new(move |_| {
        session.track(Part::Thread(conversation));
        session.track(Part::Row(conversation));
        if screen.focused.get() && scroll.at_end.get() {
            session.mark_read();
        }
    });

    let is_empty = session.memo(Part::Thread(conversation), move |state| {
        let thread = state.threads.get(&conversation);
        thread.is_some_and(|thread| thread.is_empty() && thread.loaded)
    });
    let empty = move || {
        is_empty.get().then(|| {
            view! { <Empty icon=IconName::Message title=text::NO_MESSAGES hint=text::NO_MESSAGES_HINT/> }
        })
    };
    let day = move || {
        let now = session.read(Part::Now, |state| state.now);
        scroll
            .day_above
            .get()
            .map(|at| view! { <span class="day day--float" aria-hidden="true">{clock::day(at, now)}</span> })
    };
    let first_key = keyboard::FirstKey::use_();
    let on_key = move |event: KeyboardEvent| {
        if !first_key.waits_for(&event) {
            keys::on_key(session, conversation, scroll, scroller, &event);
        }
    };
    let unread_from = Memo::new(move |_| {
        session.track(Part::Unread);
        session.read(Part::Thread(conversation), |state| state.first_unread(conversation))
    });
    view! {
        <div class="thread__body">
            <Older conversation/>
            {day}
            <div
                class="thread__scroll"
                role="log"
                aria-label=text::MESSAGES
                aria-live="off"
                tabindex="0"
                node_ref=scroller
                on:scroll=move |_| scroll.on_scroll()
                on:keydown=on_key
            >
                <div class="thread__log" role="presentation">
                    {empty}
                    <div class="thread__canvas" role="presentation" node_ref=canvas>
                        <Keyed each=move || scroll.drawn.get() key=|cursor| *cursor let:cursor>
                            <MessageItem conversation cursor unread_from scroll/>
                        </Keyed>
                    </div>
                    <div class="thread__tail" role="presentation" node_ref=tail>
                        <OutgoingMessages conversation/>
                        {scheduled_messages(session, conversation)}
                    </div>
                </div>
            </div>
            <JumpButton conversation scroll/>
            <UnreadButton conversation unread_from scroll/>
            <Announcer conversation/>
            <Viewer open=picture/>
        </div>
    }
}
