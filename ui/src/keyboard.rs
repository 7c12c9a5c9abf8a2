//! The keys that work everywhere, and those that work everywhere in the inbox. Keys of one list or field are handled there.

use crate::screen::Screen;
use crate::session::Session;
use crate::state::Place;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use twinbox_domain::MessageId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The element of the list that takes J, K and arrows.
pub const LIST_ID: &str = "conversations";
/// The search field.
pub const SEARCH_ID: &str = "search";
/// The field that searches within a conversation.
pub const FIND_ID: &str = "find";
/// The composer's text field.
pub const COMPOSER_ID: &str = "message";
/// A pane, and what in it takes the focus.
type Pane = (&'static str, fn() -> Option<Element>);

/// How long after G the key that says where to may come, in milliseconds.
const GO_WITHIN_MS: f64 = 1500.0;

/// The places F6 moves between. Those of other pages are not there.
const PANES: [Pane; 5] = [
    (".pane--list", list),
    (".pane--thread", thread),
    (".pane--details", || find(".pane--details")),
    (".numbers__list", numbers),
    (".numbers__detail", || find(".numbers__detail")),
];

/// Starts listening to what works on every page, for as long as the calling view lives.
pub fn listen_everywhere(session: Session) {
    let went_at = StoredValue::new(None);
    let handle = window_event_listener(ev::keydown, move |event| on_key_everywhere(session, went_at, &event));
    on_cleanup(move || handle.remove());
}

/// F6 moves between panes. G, then the first letter of a page, goes there.
fn on_key_everywhere(session: Session, went_at: StoredValue<Option<f64>>, event: &KeyboardEvent) {
    let went = went_at.get_value().filter(|at| event.time_stamp() - at < GO_WITHIN_MS);
    went_at.set_value(None);
    if event.default_prevented() || !is_plain(event) {
        return;
    }
    match (event.key().as_str(), went.is_some()) {
        ("F6", _) => next_pane(event.shift_key()),
        _ if is_typing(event) => return,
        ("i" | "I", true) => {
            session.enter(Place::Inbox);
            request_animation_frame(focus_list);
        }
        ("q" | "Q", true) => session.enter(Place::Queue),
        ("n" | "N", true) => {
            session.enter(Place::Numbers);
            request_animation_frame(focus_numbers);
        }
        ("g" | "G", _) => went_at.set_value(Some(event.time_stamp())),
        _ => return,
    }
    event.prevent_default();
}

/// Starts listening to what works in the inbox, for as long as the calling view lives.
pub fn listen(session: Session, screen: Screen) {
    let handle = window_event_listener(ev::keydown, move |event| on_key(session, screen, &event));
    on_cleanup(move || handle.remove());
}

/// Moves the focus into the open conversation: to the composer, or to the messages when that is closed.
pub fn focus_thread() {
    focus(thread());
}

fn thread() -> Option<Element> {
    find(&format!("#{COMPOSER_ID}:not([disabled])")).or_else(|| find(".thread__scroll"))
}

/// Moves the focus to a message that is drawn, or to the messages.
pub fn focus_message(id: MessageId) {
    focus(find(&format!(".thread__scroll [data-message='{id}']")).or_else(|| find(".thread__scroll")));
}

/// Moves the focus into the search field.
pub fn focus_search() {
    focus(document().get_element_by_id(SEARCH_ID));
}

/// Moves the focus into the field that searches within the conversation.
pub fn focus_find() {
    focus(document().get_element_by_id(FIND_ID));
}

/// Moves the focus back to where it was, or into the open conversation when that is gone.
pub fn focus_again(element: Option<&Element>) {
    let is_here = element.filter(|element| element.is_connected() && element.tag_name() != "BODY");
    focus(is_here.cloned().or_else(thread));
}

/// Moves the focus to the messages.
pub fn focus_log() {
    focus(find(".thread__scroll"));
}

/// Moves the focus into the composer.
pub fn focus_composer() {
    focus(document().get_element_by_id(COMPOSER_ID));
}

/// Moves the focus to the list's row that has the tab stop.
pub fn focus_list() {
    focus(list());
}

/// Moves the focus to the number that is shown.
pub fn focus_numbers() {
    focus(numbers());
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    focus(document().get_element_by_id(id));
}

fn numbers() -> Option<Element> {
    find(".numbers__list [tabindex='0']")
}

fn list() -> Option<Element> {
    find(&format!("#{LIST_ID} [tabindex='0'], #{LIST_ID}[tabindex='0']"))
        .or_else(|| find(".pane--list button[tabindex='0']"))
}

fn on_key(session: Session, screen: Screen, event: &KeyboardEvent) {
    let is_find = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    if is_find && event.key().eq_ignore_ascii_case("f") && session.open_within() {
        event.prevent_default();
        focus_find();
        return;
    }
    if event.default_prevented() || !is_plain(event) {
        return;
    }
    match event.key().as_str() {
        "Escape" if screen.details_cover_thread() => {
            screen.details.set(false);
            focus_thread();
        }
        "Escape" => focus_list(),
        _ if is_typing(event) => return,
        "/" => focus_search(),
        "]" => screen.details.update(|shown| *shown = !*shown),
        "r" | "R" if session.peek(|state| state.open.is_some()) => focus_thread(),
        _ => return,
    }
    event.prevent_default();
}

/// Whether a key is meant for the page: without a modifier other than Shift, and not part of a word being put together.
pub fn is_plain(event: &KeyboardEvent) -> bool {
    !is_composing(event) && !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}

/// Whether a key belongs to an input method that puts a word together. WebKit says so by the code 229 alone.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Whether a key goes into a field.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

fn next_pane(back: bool) {
    let here = document().active_element();
    // A pane without anything to focus is passed over.
    let panes: Vec<_> = PANES
        .iter()
        .filter_map(|(pane, target)| Some((find(pane)?, target()?)))
        .collect();
    let at = panes.iter().position(|(pane, _)| pane.contains(here.as_deref()));
    let next = match (at, back) {
        (None, _) => 0,
        (Some(at), false) => (at + 1) % panes.len(),
        (Some(at), true) => (at + panes.len() - 1) % panes.len(),
    };
    focus(panes.into_iter().nth(next).map(|(_, target)| target));
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
