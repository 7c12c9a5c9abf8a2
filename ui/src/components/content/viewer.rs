//! Pictures as large as the window: zoomed, moved, and one after the other through the conversation.

mod shown;

use super::save_button::SaveButton;
use crate::components::{Icon, IconName, Notice};
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::State;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use shown::{Shown, View};
use twinbox_domain::{Content, MessageId, save_name};
use twinbox_protocol::FileState;

/// The message whose picture was opened. A thread has one of it and one viewer: its messages come and go as it is scrolled.
#[derive(Clone, Copy, Default)]
pub struct OpenPicture(pub RwSignal<Option<MessageId>>);

/// Shown while a picture is `open`, beginning with it. Arrows go to the ones before and after, plus, minus and the wheel
/// zoom; Escape, a click beside it and its button close it.
#[component]
pub fn Viewer(open: OpenPicture) -> impl IntoView {
    move || open.0.get().map(|message| view! { <Open message open/> })
}

#[component]
fn Open(message: MessageId, open: OpenPicture) -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    // What lies behind a dialog is neither seen nor heard.
    screen.picture.set(true);
    on_cleanup(move || screen.picture.set(false));
    let came_from = StoredValue::new_local(document().active_element());
    let dialog = NodeRef::<Dialog>::new();
    let at = RwSignal::new(message);
    let view = View::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // It is open already at worst.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        open.0.set(None);
        came_from.with_value(|element| keyboard::focus_again(element.as_ref()));
    };
    let go = move |back: bool| {
        if let Some(next) = session.peek(|state| neighbor(state, at.get_untracked(), back)) {
            view.fit();
            at.set(next);
        }
    };
    let has = move |back: bool| Memo::new(move |_| session.peek(|state| neighbor(state, at.get(), back).is_some()));
    let (has_before, has_after) = (has(true), has(false));
    let on_key = move |event: KeyboardEvent| {
        // The keys of the thread behind are not meant.
        event.stop_propagation();
        match (keyboard::along(&event).as_str(), view.is_fit()) {
            ("Escape", _) => close(),
            ("ArrowLeft", true) | ("PageUp", _) => go(true),
            ("ArrowRight", true) | ("PageDown", _) => go(false),
            _ if view.on_key(&event.key()) => {}
            _ => return,
        }
        event.prevent_default();
    };
    let name = move || session.peek(|state| open_picture(state, at.get())).unwrap_or_default();
    let button = |label: text::Words, icon: IconName, off: Memo<bool>, act: Callback<()>| {
        view! {
            <button class="icon-btn icon-btn--sm" type="button" aria-label=label title=label aria-disabled=move || off.get().to_string() on:click=move |_| act.run(())>
                <Icon name=icon/>
            </button>
        }
    };
    let never = Memo::new(|_| false);
    view! {
        <dialog class="viewer" tabindex="-1" node_ref=dialog aria-label=text::PHOTO on:close=move |_| close() on:keydown=on_key>
            <div class="viewer__bar">
                {button(text::PHOTO_BEFORE, IconName::ChevronLeft, Memo::new(move |_| !has_before.get()), Callback::new(move |()| go(true)))}
                {button(text::PHOTO_AFTER, IconName::ChevronRight, Memo::new(move |_| !has_after.get()), Callback::new(move |()| go(false)))}
                {button(text::ZOOM_OUT, IconName::ZoomOut, never, Callback::new(move |()| view.zoom(1.0 / 1.5)))}
                {button(text::ZOOM_IN, IconName::ZoomIn, never, Callback::new(move |()| view.zoom(1.5)))}
                {move || view! { <SaveButton message=at.get() save_as=name().0/> }}
                {button(text::CLOSE, IconName::Close, never, Callback::new(move |()| close()))}
            </div>
            <Notice/>
            {move || view! { <Shown message=at.get() label=name().1 view close=Callback::new(move |()| close())/> }}
        </dialog>
    }
}

/// The name to save the picture of a message by, and what it is called; `None` for anything else.
fn open_picture(state: &State, message: MessageId) -> Option<(String, String)> {
    let message = state.open_thread()?.message(message)?;
    let Content::Image(media) = message.content.unmarked() else {
        return None;
    };
    let label = match media.caption.trim() {
        "" => text::PHOTO.to_owned(),
        caption => caption.to_owned(),
    };
    Some((save_name(&message.content), label))
}

/// The loaded picture before or after this message that is here.
fn neighbor(state: &State, message: MessageId, back: bool) -> Option<MessageId> {
    let thread = state.open_thread()?;
    let is_here = |id: &MessageId| {
        let file = thread
            .message(*id)
            .filter(|message| !message.is_deleted)
            .and_then(|message| message.file.as_ref());
        let is_here = file.is_some_and(|file| matches!(file.state, FileState::Here { .. }));
        is_here && open_picture(state, *id).is_some()
    };
    let mut order: Vec<MessageId> = thread.order().map(|cursor| cursor.id).collect();
    if back {
        order.reverse();
    }
    let at = order.iter().position(|id| *id == message)?;
    order.into_iter().skip(at + 1).find(is_here)
}
