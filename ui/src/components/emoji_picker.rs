//! Choosing an emoji: by its words, its group, or out of those used last.

use super::{Icon, IconName, roving};
use crate::emoji::{COLUMNS, Cell, cell, find, keep_recent, recent, step};
use crate::keyboard;
use crate::screen::{keep, kept};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html::{Dialog, Div, Input};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What this device keeps.
const RECENT: &str = "twinbox.emoji";
const TONE: &str = "twinbox.tone";

/// The faces of the groups; the first one is that of those used last.
const GROUPS: [&str; 10] = ["", "😀", "👋", "🐻", "🍔", "🚗", "⚽", "💡", "🔣", "🏁"];
/// The tones, as they are chosen.
const TONES: [&str; 6] = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"];

/// A dialog beside `near`. `choose` is told the emoji once it is closed; `close` that it was, whether or not one was
/// chosen, and moves the focus back.
pub fn emoji_picker(session: Session, near: Element, choose: Callback<String>, close: Callback<()>) -> AnyView {
    session.load_emoji();
    let (dialog, grid, field) = (NodeRef::<Dialog>::new(), NodeRef::<Div>::new(), NodeRef::<Input>::new());
    let near = StoredValue::new_local(near);
    let used = kept(RECENT).unwrap_or_default();
    // A few are soon found among the smileys.
    let group = RwSignal::new(usize::from(used.split(' ').count() < COLUMNS));
    let used = StoredValue::new(used);
    let tone = RwSignal::new(kept(TONE).and_then(|tone| tone.parse().ok()).unwrap_or(0_usize));
    let typed = RwSignal::new(String::new());
    let named = RwSignal::new(String::new());
    let cells = Memo::new(move |_| {
        let (typed, group, tone) = (typed.get(), group.get(), tone.get());
        session.read(Part::Emoji, |state| match group.checked_sub(1) {
            _ if !typed.trim().is_empty() => find(&state.emoji, &typed, tone),
            Some(group) => state
                .emoji
                .get(group)
                .into_iter()
                .flatten()
                .map(|it| cell(it, tone))
                .collect(),
            None => used.with_value(|used| recent(&state.emoji, used)),
        })
    });
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // It is open already at worst. Its first field takes the focus.
            let _ = dialog.show_modal();
            near.with_value(|near| put_beside(&dialog, near));
        }
    });
    let shut = move || {
        // Before the focus goes elsewhere: the page behind takes none while a dialog is open.
        dialog.get_untracked().iter().for_each(|dialog| dialog.close());
        close.run(());
    };
    let take = move |at: usize| {
        let Some(Cell { emoji, .. }) = cells.with_untracked(|cells| cells.get(at).cloned()) else {
            return;
        };
        keep(RECENT, &used.with_value(|used| keep_recent(used, &emoji)));
        shut();
        choose.run(emoji);
    };
    let on_key = move |event: KeyboardEvent| {
        // The keys of the page behind are not meant.
        event.stop_propagation();
        if keyboard::is_composing(&event) {
            return;
        }
        let at = event.target().and_then(|target| place_of(&target));
        let count = cells.with_untracked(Vec::len);
        // The grid runs from left to right in every language.
        let (key, is_in_field) = (event.key(), keyboard::is_typing(&event));
        match (key.as_str(), at) {
            ("Escape", _) => shut(),
            ("Enter", None) if is_in_field => take(0),
            ("ArrowDown", None) if is_in_field => focus_cell(grid, 0),
            ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Home" | "End", Some(at)) => {
                match step(at, count, &key) {
                    Some(to) => focus_cell(grid, to),
                    None => focus(field),
                }
            }
            // Whoever types goes on searching.
            (letter, Some(_)) if letter != " " && letter.chars().count() == 1 && keyboard::is_plain(&event) => {
                return focus(field);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let on_press = move |event: Event| {
        let target = event.target();
        if target.is_some() && target.as_ref() == dialog.get_untracked().as_deref().map(AsRef::as_ref) {
            shut();
        } else if let Some(at) = target.and_then(|target| place_of(&target)) {
            take(at);
        }
    };
    let look = move |event: Event| {
        let at = event.target().and_then(|target| place_of(&target));
        let name = at.and_then(|at| cells.with_untracked(|cells| cells.get(at).map(|cell| cell.name.clone())));
        named.set(name.unwrap_or_default());
    };
    let on_focus = move |event: leptos::ev::FocusEvent| {
        let Some(cell) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let before = grid
            .get_untracked()
            .and_then(|grid| grid.query_selector("[tabindex='0']").ok().flatten());
        // The name of the attribute is valid.
        before
            .iter()
            .for_each(|before| drop(before.set_attribute("tabindex", "-1")));
        let _ = cell.set_attribute("tabindex", "0");
        look(event.into());
    };
    let choose_tone = move |event| {
        let chosen = event_target_value(&event);
        keep(TONE, &chosen);
        tone.set(chosen.parse().unwrap_or_default());
    };
    let found_nothing = move || {
        let is_waiting = session.read(Part::Emoji, |state| state.emoji.is_empty());
        (!is_waiting && cells.with(Vec::is_empty)).then(|| text::no_emoji(&typed.get()))
    };
    let tones = TONES.into_iter().enumerate();
    let tones = tones
        .map(|(at, hand)| view! { <option value=at.to_string() selected=at == tone.get_untracked()>{hand}</option> });
    view! {
        <dialog
            tabindex="-1"
            class="emoji"
            node_ref=dialog
            aria-label=text::EMOJI
            on:keydown=on_key
            on:click=move |event| on_press(event.into())
            on:cancel=move |event: Event| { event.prevent_default(); shut(); }
        >
            <div class="emoji__head">
                <label class="field grow">
                    <Icon name=IconName::Search/>
                    <input
                        type="text"
                        node_ref=field
                        aria-label=text::SEARCH_EMOJI
                        placeholder=text::SEARCH_EMOJI
                        autocomplete="off"
                        spellcheck="false"
                        maxlength="60"
                        bind:value=typed
                    />
                </label>
                <select class="emoji__tone" aria-label=text::SKIN_TONE title=text::SKIN_TONE on:change=choose_tone>{tones.collect_view()}</select>
            </div>
            {tabs(group, typed)}
            <div
                class="emoji__grid scroll"
                role="grid"
                aria-label=text::EMOJI
                dir="ltr"
                node_ref=grid
                on:focusin=on_focus
                on:mouseover=move |event| look(event.into())
            >
                {move || cells.with(|cells| rows(cells))}
            </div>
            <p class="emoji__name truncate" role="status">{move || found_nothing().unwrap_or_else(|| named.get())}</p>
        </dialog>
    }
    .into_any()
}

/// Those used last, and Unicode's groups; arrows move between them.
fn tabs(group: RwSignal<usize>, typed: RwSignal<String>) -> AnyView {
    let list = NodeRef::<Div>::new();
    let go = move |to: usize| {
        typed.set(String::new());
        group.set(to);
    };
    let on_key = move |event: KeyboardEvent| {
        let at = group.get_untracked();
        let Some(to) = roving::step(&keyboard::along(&event), at, GROUPS.len()) else {
            return;
        };
        event.prevent_default();
        go(to);
        let tab = list.get_untracked().and_then(|list| list.children().item(to as u32));
        keyboard::focus_on(tab);
    };
    let tab = |(at, face): (usize, &'static str)| {
        let face = match face {
            "" => view! { <Icon name=IconName::History size=18/> }.into_any(),
            face => face.into_any(),
        };
        view! {
            <button
                class="emoji__tab"
                type="button"
                role="tab"
                aria-label=text::emoji_group(at)
                title=text::emoji_group(at)
                aria-selected=move || (group.get() == at && typed.with(|typed| typed.trim().is_empty())).to_string()
                tabindex=move || if group.get() == at { "0" } else { "-1" }
                on:click=move |_| go(at)
            >
                {face}
            </button>
        }
        .into_any()
    };
    let tabs: Vec<AnyView> = GROUPS.into_iter().enumerate().map(tab).collect();
    view! { <div class="emoji__tabs" role="tablist" aria-label=text::EMOJI_GROUPS node_ref=list on:keydown=on_key>{tabs}</div> }
        .into_any()
}

/// Without a listener of their own: there are hundreds.
fn rows(cells: &[Cell]) -> Vec<AnyView> {
    let cell = |(at, cell): (usize, &Cell)| {
        let Cell { emoji, name } = cell.clone();
        view! {
            <button class="emoji__cell" type="button" role="gridcell" data-at=at.to_string() aria-label=name tabindex=if at == 0 { "0" } else { "-1" }>
                {emoji}
            </button>
        }
        .into_any()
    };
    let all: Vec<_> = cells.iter().enumerate().collect();
    let row = |cells: &[(usize, &Cell)]| {
        let cells: Vec<AnyView> = cells.iter().copied().map(cell).collect();
        view! { <div class="emoji__row" role="row">{cells}</div> }.into_any()
    };
    all.chunks(COLUMNS).map(row).collect()
}

/// The place of the cell that something happened in.
fn place_of(target: &web_sys::EventTarget) -> Option<usize> {
    let cell = target.dyn_ref::<Element>()?.closest("[data-at]").ok()??;
    cell.get_attribute("data-at")?.parse().ok()
}

fn focus_cell(grid: NodeRef<Div>, at: usize) {
    let cell = grid
        .get_untracked()
        .and_then(|grid| grid.query_selector(&format!("[data-at='{at}']")).ok().flatten());
    keyboard::focus_on(cell);
}

fn focus(field: NodeRef<Input>) {
    field.get_untracked().iter().for_each(|field| drop(field.focus()));
}

/// Above the element or below it, where there is room, within the window.
fn put_beside(dialog: &HtmlElement, near: &Element) {
    const GAP: f64 = 6.0;
    let inside = |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|it| it.as_f64()).unwrap_or_default();
    let (width, height) = (inside(window().inner_width()), inside(window().inner_height()));
    let (own, beside) = (dialog.get_bounding_client_rect(), near.get_bounding_client_rect());
    let at = if text::is_right_to_left() {
        beside.right() - own.width()
    } else {
        beside.left()
    };
    let left = at.min(width - own.width() - GAP).max(GAP);
    let above = beside.top() - own.height() - GAP;
    let below = (beside.bottom() + GAP).min(height - own.height() - GAP);
    let top = if above >= GAP { above } else { below.max(GAP) };
    // Both are valid values.
    let style = dialog.style();
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}
