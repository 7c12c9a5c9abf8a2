//! Where the keys of commands are heard, and where the focus goes. Keys of one list or field are handled there.

use crate::commands::{self, Meaning};
use crate::screen::Screen;
use crate::session::Session;
use crate::shortcut::{Pressed, Stroke, latin};
use crate::state::Place;
use crate::text;
use leptos::ev::{self, FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use twinbox_domain::{ConversationId, MessageId};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEventInit, Node};

/// The element of the list that takes J, K and arrows.
pub const LIST_ID: &str = "conversations";
/// The search field.
pub const SEARCH_ID: &str = "search";
/// The field that searches within a conversation.
pub const FIND_ID: &str = "find";
/// The field for a day to go to, beside it.
pub const DATE_ID: &str = "go-to-date";
/// The composer's text field.
pub const COMPOSER_ID: &str = "message";
/// A pane, and what in it takes the focus.
type Pane = (&'static str, fn() -> Option<Element>);

/// The composer's buttons that commands press.
pub const TEMPLATE_ID: &str = "choose-template";
/// See [`TEMPLATE_ID`].
pub const ASSIGN_ID: &str = "assign";
/// See [`TEMPLATE_ID`].
pub const SNOOZE_ID: &str = "snooze";
/// See [`TEMPLATE_ID`].
pub const LABEL_ID: &str = "label";
/// The same for what is selected.
pub const ASSIGN_MANY_ID: &str = "assign-many";
/// See [`ASSIGN_MANY_ID`].
pub const SNOOZE_MANY_ID: &str = "snooze-many";
/// See [`ASSIGN_MANY_ID`].
pub const LABEL_MANY_ID: &str = "label-many";
/// See [`TEMPLATE_ID`].
pub const NOTE_ID: &str = "write-note";
/// See [`TEMPLATE_ID`].
pub const ATTACH_ID: &str = "attach-file";
/// See [`TEMPLATE_ID`].
pub const EMOJI_ID: &str = "choose-emoji";
/// See [`TEMPLATE_ID`].
pub const LATER_ID: &str = "send-later";
/// See [`TEMPLATE_ID`].
pub const MAKE_ID: &str = "make-message";

/// Presses a button that is there and not off.
pub fn click(id: &str) {
    click_first(&[id]);
}

/// The key, with the arrows along a line as they are in a left-to-right window.
pub fn along(event: &KeyboardEvent) -> String {
    match (event.key().as_str(), text::is_right_to_left()) {
        ("ArrowLeft", true) => "ArrowRight".to_owned(),
        ("ArrowRight", true) => "ArrowLeft".to_owned(),
        (key, _) => key.to_owned(),
    }
}

/// The key, as if on a keyboard of the Latin script.
pub fn latin_key(event: &KeyboardEvent) -> String {
    latin(&event.key(), &event.code(), event.shift_key()).to_owned()
}

/// How long after the first of two keys the other may come, in milliseconds.
const GO_ON_WITHIN_MS: f64 = 1500.0;

/// The places F6 moves between. Those of other pages are not there.
const PANES: [Pane; 9] = [
    (".pane--list", list),
    (".pane--thread", thread),
    (".pane--details", || find(".pane--details")),
    (".numbers__list", numbers),
    (".numbers__detail", || find(".numbers__detail")),
    (".page", queue),
    (".q__side:not([hidden])", || find(".q__side button")),
    (".settings__nav", settings),
    (".settings__page", || find(".settings__page")),
];

/// Where the focus goes on when something in it is taken away that had it, beside the panes: the innermost counts.
const PLACES: [Pane; 3] = [
    ("dialog[open]", || find("dialog[open]")),
    ("#conversations", list),
    (".thread__scroll", || find(".thread__scroll")),
];

/// The first of two keys, and when it was pressed. Those who hear keys before the commands do let the other one pass.
#[derive(Clone, Copy)]
pub struct FirstKey(StoredValue<Option<(Stroke, f64)>>);

impl FirstKey {
    /// Of the running app.
    pub fn use_() -> Self {
        use_context().unwrap_or_else(|| Self(StoredValue::new(None)))
    }

    /// The key that this one may go on from.
    fn before(self, event: &KeyboardEvent) -> Option<Stroke> {
        let first = self.0.get_value();
        let (first, _) = first.filter(|(_, at)| event.time_stamp() - at < GO_ON_WITHIN_MS)?;
        Some(first)
    }

    /// Whether this key may be the other one.
    pub fn waits_for(self, event: &KeyboardEvent) -> bool {
        self.before(event).is_some()
    }
}

/// Starts listening to the keys of commands, for as long as the calling view lives.
pub fn listen(session: Session, screen: Screen) {
    // Not one from before the window was locked, which is gone.
    let first = FirstKey(StoredValue::new(None));
    provide_context(first);
    let handle = window_event_listener(ev::keydown, move |event| on_key(session, screen, first, &event));
    on_cleanup(move || handle.remove());
}

/// Does what the table of commands says these keys mean. Escape goes back.
fn on_key(session: Session, screen: Screen, first: FirstKey, event: &KeyboardEvent) {
    let before = first.before(event);
    first.0.set_value(None);
    // What lies over the page keeps it from hearing keys, also where none of it has the focus.
    if event.default_prevented() || is_composing(event) || find("dialog[open]").is_some() {
        return;
    }
    if event.key() == "Escape" && is_plain(event) && session.peek(|state| state.place == Some(Place::Inbox)) {
        event.prevent_default();
        return back(screen);
    }
    let Some(stroke) = stroke(event).filter(|stroke| !stroke.writes() || !is_typing(event)) else {
        return;
    };
    let strokes: Vec<_> = before.into_iter().chain([stroke.clone()]).collect();
    match session.peek(|state| commands::meaning(state, &strokes, focused_row())) {
        Meaning::Do(command) => command.run(session, screen),
        Meaning::GoesOn => first.0.set_value(Some((stroke, event.time_stamp()))),
        Meaning::Nothing => return,
    }
    event.prevent_default();
}

/// The key that was pressed, as shortcuts know it.
pub fn stroke(event: &KeyboardEvent) -> Option<Stroke> {
    let is_alt_gr = event.get_modifier_state("AltGraph");
    Stroke::of(Pressed {
        key: &event.key(),
        code: &event.code(),
        ctrl: (event.ctrl_key() || event.meta_key()) && !is_alt_gr,
        shift: event.shift_key(),
        alt: event.alt_key() && !is_alt_gr,
    })
}

/// Details that lie over the thread are closed; the focus goes to the list otherwise.
fn back(screen: Screen) {
    if screen.details_cover_thread() {
        screen.details.set(false);
        focus_thread();
    } else {
        focus_list();
    }
}

/// Has the list take a key as if it had been pressed there.
pub fn press_in_list(key: &str) {
    press_in(document().get_element_by_id(LIST_ID), key);
}

/// The same of the messages.
pub fn press_in_log(key: &str) {
    press_in(find(".thread__scroll"), key);
}

fn press_in(element: Option<Element>, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    // It must not come back to where this may be called from.
    if let (Some(element), Ok(event)) = (element, event) {
        // Whether it was taken does not matter.
        let _ = element.dispatch_event(&event);
    }
}

/// Presses the first of these buttons that is there, unless it is off.
pub fn click_first(ids: &[&str]) {
    let button = ids.iter().find_map(|id| document().get_element_by_id(id));
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// Moves the focus into the open conversation: to the composer, or to the messages when that is closed.
pub fn focus_thread() {
    focus_on(thread());
}

/// Moves the focus into the conversation that is being opened, as soon as it is drawn.
pub fn focus_opened(session: Session) {
    request_animation_frame(move || {
        let is_drawn = find(".pane--thread > [aria-busy]").is_none();
        match session.peek(|state| state.opening) {
            None if is_drawn => focus_thread(),
            _ => focus_opened(session),
        }
    });
}

/// Whether the focus is in an element that is selected by this.
pub fn is_in(css: &str) -> bool {
    let at = document().active_element();
    at.is_some_and(|at| at.closest(css).is_ok_and(|found| found.is_some()))
}

/// What can be written in: the composer, or the form in its place; else the messages.
fn thread() -> Option<Element> {
    find_shown(&format!("#{COMPOSER_ID}:not([readonly])"))
        .or_else(|| find_shown(".composer .templates :is(input, textarea):enabled"))
        .or_else(|| find_shown(".composer .templates button:enabled"))
        .or_else(|| find(".thread__scroll"))
}

/// Moves the focus to a message that is drawn, or to the messages.
pub fn focus_message(id: MessageId) {
    focus_on(find(&format!(".thread__scroll [data-message='{id}']")).or_else(|| find(".thread__scroll")));
}

/// Whether a message has the focus.
pub fn is_on_message(id: MessageId) -> bool {
    let at = document()
        .active_element()
        .and_then(|at| at.get_attribute("data-message"));
    at.is_some_and(|at| at == id.0.to_string())
}

/// The row of the list that has the focus.
pub fn focused_row() -> Option<ConversationId> {
    let at = document().active_element()?;
    at.get_attribute("data-conversation")?.parse().ok().map(ConversationId)
}

/// Moves the focus into the search field.
pub fn focus_search() {
    focus_on(document().get_element_by_id(SEARCH_ID));
}

/// Moves the focus into the field that searches within the conversation.
pub fn focus_find() {
    focus_on(document().get_element_by_id(FIND_ID));
}

/// Moves the focus back to where it was, or into the open conversation when that is gone: once what is being put away is, because
/// nothing behind a dialog takes the focus while that is there.
pub fn focus_again(element: Option<&Element>) {
    let element = element.cloned();
    request_animation_frame(move || {
        let is_here = element.filter(|element| element.is_connected() && element.tag_name() != "BODY");
        focus_on(is_here.or_else(thread));
    });
}

/// Moves the focus to the messages.
pub fn focus_log() {
    focus_on(find(".thread__scroll"));
}

/// Moves the focus into the composer.
pub fn focus_composer() {
    focus_on(document().get_element_by_id(COMPOSER_ID));
}

/// Moves the focus to the list's row that has the tab stop.
pub fn focus_list() {
    focus_on(list());
}

/// Moves the focus to the number that is shown.
pub fn focus_numbers() {
    focus_on(numbers());
}

/// Moves the focus to the first element that is selected by this.
pub fn focus_first(css: &str) {
    focus_on(find(css));
}

/// Moves the focus to the list when what had it is gone.
pub fn focus_list_if_lost() {
    request_animation_frame(|| {
        if is_nowhere() {
            focus_list();
        }
    });
}

/// Whether the focus goes from `root` to something else in this window.
pub fn leaves(root: Option<impl AsRef<Node>>, event: &FocusEvent) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
    // Whoever looks something up in another window comes back.
    let is_here = to.is_some() || document().has_focus().unwrap_or(true);
    is_here && !root.is_some_and(|root| root.as_ref().contains(to.as_ref()))
}

/// Whether nothing has the focus.
pub fn is_nowhere() -> bool {
    let at = document().active_element();
    at.is_none_or(|at| at.tag_name() == "BODY")
}

/// What has the focus, when it is in one of these.
pub fn focused_in(elements: &[Element]) -> Option<Element> {
    let at = document().active_element()?;
    elements.iter().any(|element| element.contains(Some(&at))).then_some(at)
}

/// Moves the focus on from what was taken away: to the place in `path`, from the inside out, that is still there; to the page
/// else.
pub fn focus_near(path: &[Element]) {
    let places = || PLACES.iter().chain(&PANES);
    let of = |element: &Element| {
        let (_, target) = places().find(|(place, _)| element.matches(place).unwrap_or_default())?;
        target().filter(is_shown)
    };
    let near = path.iter().filter(|element| element.is_connected()).find_map(of);
    let page = || places().filter_map(|(place, target)| find(place).and_then(|_| target()));
    focus_on(near.or_else(|| page().find(is_shown)));
}

/// Moves the focus to the page of the queue.
pub fn focus_queue() {
    focus_on(queue());
}

fn queue() -> Option<Element> {
    find(".page__head button")
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    focus_on(document().get_element_by_id(id));
}

/// Moves the focus to the part of the settings that is shown.
pub fn focus_settings() {
    focus_on(settings());
}

fn settings() -> Option<Element> {
    find(".settings__nav [tabindex='0']")
}

fn numbers() -> Option<Element> {
    find(".numbers__list [tabindex='0']")
}

/// The row with the tab stop; the search field while results stand in the place of rows.
fn list() -> Option<Element> {
    find_shown(&format!("#{LIST_ID} [tabindex='0'], #{LIST_ID}[tabindex='0']"))
        .or_else(|| find_shown(&format!("#{SEARCH_ID}[aria-controls]")))
        .or_else(|| find_shown(".pane--list button[tabindex='0']"))
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
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Moves the focus to the next pane, or the one before.
pub fn next_pane(back: bool) {
    let here = document().active_element();
    // A pane without anything to focus is passed over.
    let panes: Vec<_> = PANES
        .iter()
        .filter_map(|(pane, target)| Some((find(pane)?, target().filter(is_shown)?)))
        .collect();
    let at = panes.iter().position(|(pane, _)| pane.contains(here.as_deref()));
    let next = match (at, back) {
        (None, _) => 0,
        (Some(at), false) => (at + 1) % panes.len(),
        (Some(at), true) => (at + panes.len() - 1) % panes.len(),
    };
    focus_on(panes.into_iter().nth(next).map(|(_, target)| target));
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}

fn find_shown(selector: &str) -> Option<Element> {
    find(selector).filter(is_shown)
}

/// Whether an element is on the page and not hidden with what it is in, so that it can take the focus.
pub fn is_shown(element: &Element) -> bool {
    element.get_bounding_client_rect().width() > 0.0
}

/// Moves the focus to an element that can take it.
pub fn focus_on(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
