//! A button with a menu below it.

use crate::keyboard;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Span;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A line of a menu.
pub struct MenuItem {
    /// What it says.
    pub words: String,
    /// Whether it holds now.
    pub is_on: bool,
    /// The color of its dot, where it has one.
    pub color: Option<u8>,
    /// What it does.
    pub run: Box<dyn Fn() + Send + Sync>,
}

impl MenuItem {
    /// A line without a dot.
    pub fn new(words: impl Into<String>, is_on: bool, run: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            words: words.into(),
            is_on,
            color: None,
            run: Box::new(run),
        }
    }
}

/// What a menu's button is like.
pub struct MenuButton {
    /// For commands that press it.
    pub id: Option<&'static str>,
    /// Of the button.
    pub class: &'static str,
    /// What it is for.
    pub label: String,
    /// What it shows.
    pub face: AnyView,
}

/// The button, and while it is open its lines, made anew each time. Arrows move, Escape closes, so does leaving it.
pub fn menu(button: MenuButton, items: impl Fn() -> Vec<MenuItem> + Send + Sync + 'static) -> AnyView {
    let MenuButton { id, class, label, face } = button;
    let is_open = RwSignal::new(false);
    let root = NodeRef::<Span>::new();
    let focus = move |find: fn(&HtmlElement) -> Option<web_sys::Element>| {
        let root = root
            .get_untracked()
            .and_then(|root| root.dyn_into::<HtmlElement>().ok());
        let to = root
            .and_then(|root| find(&root))
            .and_then(|to| to.dyn_into::<HtmlElement>().ok());
        // It can always take the focus.
        to.iter().for_each(|to| drop(to.focus()));
    };
    let first = |root: &HtmlElement| root.query_selector("[role=menuitemcheckbox]").ok().flatten();
    let button = |root: &HtmlElement| root.query_selector("button").ok().flatten();
    let toggle = move |_| {
        is_open.update(|open| *open = !*open);
        if is_open.get_untracked() {
            request_animation_frame(move || focus(first));
        }
    };
    let close = move || {
        is_open.set(false);
        focus(button);
    };
    let on_key = move |event: KeyboardEvent| {
        if !is_open.get_untracked() || keyboard::is_composing(&event) {
            return;
        }
        let at = document().active_element();
        let to = match event.key().as_str() {
            "ArrowDown" => at.and_then(|at| at.next_element_sibling()),
            "ArrowUp" => at.and_then(|at| at.previous_element_sibling()),
            "Home" => at.and_then(|at| at.parent_element()?.first_element_child()),
            "End" => at.and_then(|at| at.parent_element()?.last_element_child()),
            "Escape" => {
                close();
                None
            }
            // What is typed is looked for here, and does nothing to what lies behind.
            key if key != " " && key.chars().count() == 1 && keyboard::is_plain(&event) => {
                at.and_then(|at| next_that_begins_with(&at, key))
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        keyboard::focus_on(to);
    };
    let on_leave = move |event: FocusEvent| {
        let root = root.try_get_untracked().flatten();
        if keyboard::leaves(root, &event) {
            is_open.try_set(false);
        }
    };
    let line = move |item: MenuItem| {
        let MenuItem {
            words,
            is_on,
            color,
            run,
        } = item;
        let run = Arc::new(run);
        let press = move |_| {
            close();
            run();
        };
        let dot = color.map(|color| view! { <i class="lab__dot" data-color=color></i> });
        view! {
            <button class="menu__item" type="button" role="menuitemcheckbox" aria-checked=is_on.to_string() tabindex="-1" on:click=press>
                {dot}
                <span class="truncate grow" dir="auto">{words}</span>
            </button>
        }
        .into_any()
    };
    let name = label.clone();
    let lines = move || {
        is_open.get().then(|| {
            let lines: Vec<AnyView> = items().into_iter().map(line).collect();
            view! { <span class="menu__pop scroll" role="menu" aria-label=name.clone()>{lines}</span> }
        })
    };
    view! {
        <span class="menu" node_ref=root on:keydown=on_key on:focusout=on_leave>
            <button
                id=id
                class=class
                type="button"
                aria-label=label.clone()
                title=label
                aria-haspopup="menu"
                aria-expanded=move || is_open.get().to_string()
                on:click=toggle
            >
                {face}
            </button>
            {lines}
        </span>
    }
    .into_any()
}

/// The next line after this one, from the top again after the last, whose words begin with what was typed.
fn next_that_begins_with(at: &Element, typed: &str) -> Option<Element> {
    let typed = typed.to_lowercase();
    let lines = at.parent_element()?.children();
    let lines: Vec<Element> = (0..lines.length()).filter_map(|index| lines.item(index)).collect();
    let here = lines.iter().position(|line| line == at)?;
    let (before, after) = lines.split_at(here + 1);
    let mut others = after.iter().chain(before);
    let begins = |line: &&Element| {
        let words = line.text_content().unwrap_or_default();
        words.trim().to_lowercase().starts_with(&typed)
    };
    others.find(begins).cloned()
}
