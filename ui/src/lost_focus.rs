//! Where the focus goes when what had it is taken away.
//!
//! Browsers leave it nowhere then: whoever works by keyboard would begin at the top of the window, and a screen reader says
//! nothing. Whoever takes something away and knows a better place moves the focus there; this is for the rest.

use crate::keyboard;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, EventTarget, MutationObserver, MutationObserverInit, Node};

/// Follows the focus from now on, for as long as the calling view lives.
pub fn follow() {
    // What had the focus last and what it was in, from the inside out: once it is taken out, only this says where it was.
    let last = StoredValue::new_local(Vec::<Element>::new());
    let focused = window_event_listener(ev::focusin, move |event| last.set_value(path(event.target())));
    // Whoever presses elsewhere takes the focus away themselves.
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        let at = event.target().and_then(|at| at.dyn_into::<Node>().ok());
        last.update_value(|last| {
            if !last.first().is_some_and(|had| had.contains(at.as_ref())) {
                last.clear();
            }
        });
    });
    let is_gone = move || last.with_value(|last| last.first().is_some_and(|had| !had.is_connected()));
    let look = Closure::<dyn Fn()>::new(move || {
        if keyboard::is_nowhere() && is_gone() {
            // Whoever knows better has had their turn by then.
            request_animation_frame(move || {
                if keyboard::is_nowhere() && last.try_with_value(|last| !last.is_empty()) == Some(true) {
                    keyboard::focus_near(&last.try_update_value(std::mem::take).unwrap_or_default());
                }
            });
        }
    });
    let observer = observer(&look);
    let observed = StoredValue::new_local((observer, look));
    on_cleanup(move || {
        focused.remove();
        pressed.remove();
        observed.try_with_value(|(observer, _)| observer.iter().for_each(MutationObserver::disconnect));
    });
}

/// Tells of everything that is added to the window or taken out of it. `None` where there is none.
fn observer(look: &Closure<dyn Fn()>) -> Option<MutationObserver> {
    let observer = MutationObserver::new(look.as_ref().unchecked_ref()).ok()?;
    let all = MutationObserverInit::new();
    all.set_child_list(true);
    all.set_subtree(true);
    observer.observe_with_options(document().body()?.as_ref(), &all).ok()?;
    Some(observer)
}

fn path(of: Option<EventTarget>) -> Vec<Element> {
    let first = of.and_then(|of| of.dyn_into::<Element>().ok());
    std::iter::successors(first, |element| element.parent_element()).collect()
}
