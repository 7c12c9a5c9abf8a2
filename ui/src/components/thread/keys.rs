//! The keys of the messages: one Tab stop for all of them.

use crate::keyboard;
use crate::session::Session;
use crate::state::{State, thread_cursor};
use crate::thread_scroll::ThreadScroll;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, MessageId};
use twinbox_protocol::MessageCursor;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where a message carries its id.
const ID: &str = "data-message";

/// Arrows, Home and End move between messages; Enter and R answer the one that has the focus, + reacts to it, Q goes to what it
/// quotes.
pub fn on_key(
    session: Session,
    conversation: ConversationId,
    scroll: ThreadScroll,
    log: NodeRef<Div>,
    event: &KeyboardEvent,
) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let (Some(log), Some(target)) = (log.get_untracked(), target) else {
        return;
    };
    let message = target.get_attribute(ID).and_then(|id| id.parse().ok().map(MessageId));
    // Buttons and links inside a message keep their keys.
    let is_ours = message.is_some() || target.is_same_node(Some(&log));
    if !is_ours || !keyboard::is_plain(event) {
        return;
    }
    match (keyboard::latin_key(event).as_str(), message) {
        (key @ ("ArrowUp" | "ArrowDown" | "Home" | "End"), _) => {
            let to = session.peek(|state| neighbor(state, conversation, message, key, scroll));
            if let Some(to) = to {
                focus(&log, scroll, to);
            }
        }
        ("Enter" | "r" | "R", Some(message)) => {
            let knows = |state: &State| state.message(conversation, message)?.wamid.clone();
            if session.peek(knows).is_none() {
                return;
            }
            session.quote(conversation, Some(message));
            keyboard::focus_composer();
        }
        ("+", Some(_)) => press(&target, ".react > button"),
        ("q" | "Q", Some(_)) => press(&target, "button.quote"),
        _ => return,
    }
    event.prevent_default();
}

/// Presses a button of a message.
fn press(message: &Element, button: &str) {
    let button = message.query_selector(button).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

fn neighbor(
    state: &State,
    conversation: ConversationId,
    from: Option<MessageId>,
    key: &str,
    scroll: ThreadScroll,
) -> Option<MessageCursor> {
    let thread = state.threads.get(&conversation)?;
    let from = from.and_then(|from| thread.message(from)).map(thread_cursor);
    match (key, from) {
        ("Home", _) => thread.order().next(),
        ("ArrowUp", Some(from)) => thread.before(from).map(thread_cursor),
        ("ArrowDown", Some(from)) => thread.after(from).next().map(thread_cursor),
        // From the log itself: where the reader is.
        ("ArrowUp" | "ArrowDown", None) if !scroll.at_end.get_untracked() => scroll.top(),
        _ => thread.order().next_back(),
    }
}

fn focus(log: &HtmlElement, scroll: ThreadScroll, to: MessageCursor) {
    if focus_drawn(log, to) {
        return;
    }
    scroll.go_to(to);
    let log = log.clone();
    // It is drawn only after this event.
    request_animation_frame(move || {
        focus_drawn(&log, to);
    });
}

fn focus_drawn(log: &HtmlElement, message: MessageCursor) -> bool {
    let found = log.query_selector(&format!("[{ID}='{}']", message.id.0)).ok().flatten();
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
}
