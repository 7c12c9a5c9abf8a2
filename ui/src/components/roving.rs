//! Groups of buttons with one Tab stop: arrows, Home and End move within them.

use crate::keyboard;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where a key leads from one of `count` buttons in a line; `None` when it is none of theirs.
pub fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        _ if count == 0 => None,
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

/// The buttons of a toolbar; those of menus that it opens are not among them.
#[derive(Clone, Copy)]
pub struct Toolbar(pub NodeRef<Div>);

impl Toolbar {
    /// Of the calling view. The first button is the Tab stop.
    pub fn new() -> Self {
        let toolbar = Self(NodeRef::new());
        Effect::new(move |_| {
            if toolbar.0.get().is_some() {
                toolbar.stop_at(0);
            }
        });
        toolbar
    }

    /// Moves the focus.
    pub fn on_key(self, event: &KeyboardEvent) {
        let buttons = self.buttons();
        let to = place_of(&buttons, event.target())
            .filter(|_| keyboard::is_plain(event))
            .and_then(|at| step(&keyboard::along(event), at, buttons.len()));
        if let Some(to) = to {
            event.prevent_default();
            keyboard::focus_on(buttons.into_iter().nth(to).map(Element::from));
        }
    }

    /// The button that has the focus is the one that Tab comes back to.
    pub fn on_focus(self, event: &FocusEvent) {
        if let Some(at) = place_of(&self.buttons(), event.target()) {
            self.stop_at(at);
        }
    }

    fn stop_at(self, stop: usize) {
        for (at, button) in self.buttons().iter().enumerate() {
            button.set_tab_index(if at == stop { 0 } else { -1 });
        }
    }

    fn buttons(self) -> Vec<HtmlElement> {
        let found = self.0.get_untracked();
        let found = found.and_then(|bar| bar.query_selector_all("button:not(.menu__pop *)").ok());
        let found = found
            .iter()
            .flat_map(|all| (0..all.length()).filter_map(|at| all.item(at)));
        found.filter_map(|node| node.dyn_into().ok()).collect()
    }
}

fn place_of(buttons: &[HtmlElement], target: Option<web_sys::EventTarget>) -> Option<usize> {
    let target = target?.dyn_into::<Element>().ok()?;
    buttons.iter().position(|button| button.contains(Some(&target)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_other_keys_go_elsewhere() {
        let to = |key, at| step(key, at, 3);
        assert_eq!([to("ArrowRight", 0), to("ArrowRight", 2)], [Some(1), Some(0)]);
        assert_eq!([to("ArrowLeft", 0), to("ArrowLeft", 2)], [Some(2), Some(1)]);
        assert_eq!([to("Home", 1), to("End", 1)], [Some(0), Some(2)]);
        assert_eq!([to("ArrowDown", 1), to("Enter", 1), step("Home", 0, 0)], [None; 3]);
    }
}
