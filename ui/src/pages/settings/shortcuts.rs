//! The keys of commands, which can be changed.

use super::row::Switch;
use crate::commands::{self, Entry, Where};
use crate::components::Keys;
use crate::keyboard;
use crate::session::Session;
use crate::shortcut::{Shortcut, Stroke};
use crate::state::Part;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// All commands. One at a time listens for its new keys.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let session = Session::use_();
    let listening = RwSignal::new(None::<&'static str>);
    let trouble = RwSignal::new(String::new());
    let is_usual = session.memo(Part::Settings, |state| state.settings.shortcuts.is_empty());
    let reset = move |_| {
        listening.set(None);
        trouble.set(String::new());
        session.change_settings(|settings| settings.shortcuts.clear());
    };
    // Of the numbers only those there are.
    let is_there = move |entry: &&Entry| {
        !matches!(entry.place, Where::Number(_)) || session.peek(|state| entry.is_possible(state))
    };
    let rows = commands::ALL
        .iter()
        .filter(is_there)
        .map(|entry| view! { <One entry listening trouble/> });
    view! {
        <div class="box set__box">
            <Switch label=text::LETTER_SHORTCUTS hint=text::LETTER_SHORTCUTS_HINT read=|it| it.letter_shortcuts set=|it, on| it.letter_shortcuts = on/>
            <Switch label=text::ENTER_SENDS hint=text::ENTER_SENDS_HINT read=|it| it.enter_sends set=|it, on| it.enter_sends = on/>
        </div>
        <p class="is-danger" role="alert" hidden=move || trouble.with(String::is_empty)>{move || trouble.get()}</p>
        <div class="box set__box">{rows.collect_view()}</div>
        <div>
            <button class="btn btn--sm btn--line" type="button" prop:disabled=move || is_usual.get() on:click=reset>{text::USUAL_SHORTCUTS}</button>
        </div>
    }
}

#[component]
fn One(entry: &'static Entry, listening: RwSignal<Option<&'static str>>, trouble: RwSignal<String>) -> impl IntoView {
    let session = Session::use_();
    let keys = session.memo(Part::Settings, |state| entry.shortcut(&state.settings));
    let strokes = StoredValue::new(Vec::<Stroke>::new());
    let is_listening = Memo::new(move |_| listening.get() == Some(entry.name));
    let keep = move |text: String| {
        listening.set(None);
        session.change_settings(move |settings| {
            let is_usual = text == entry.keys;
            settings.shortcuts.remove(entry.name);
            if !is_usual {
                settings.shortcuts.insert(entry.name.to_owned(), text);
            }
        });
    };
    let take = move |shortcut: Shortcut| {
        let holder = session.peek(|state| commands::holder(&state.settings, &shortcut, entry.command));
        match holder {
            Some(holder) => {
                listening.set(None);
                trouble.set(text::shortcut_taken(
                    &shortcut.keys().join(" "),
                    &text::command(holder.command),
                ));
            }
            None => keep(shortcut.to_string()),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if !is_listening.get_untracked() || keyboard::is_composing(&event) || event.key() == "Tab" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => listening.set(None),
            "Backspace" | "Delete" => keep(String::new()),
            _ => {
                let Some(stroke) = keyboard::stroke(&event) else { return };
                let goes_on = strokes.with_value(Vec::is_empty) && stroke.begins_two();
                strokes.update_value(|strokes| strokes.push(stroke));
                if !goes_on {
                    take(strokes.with_value(|strokes| Shortcut::of(strokes)));
                }
            }
        }
    };
    let begin = move |_| {
        strokes.set_value(Vec::new());
        trouble.set(String::new());
        listening.set((!is_listening.get_untracked()).then_some(entry.name));
    };
    let shown = move || match (is_listening.get(), keys.get()) {
        (true, _) => view! { <span class="sm muted">{text::PRESS_KEYS}</span> }.into_any(),
        (false, Some(keys)) => view! { <Keys keys=keys.keys()/> }.into_any(),
        (false, None) => view! { <span class="sm muted">{text::NO_KEYS}</span> }.into_any(),
    };
    view! {
        <div class="set set--keys">
            <span class="set__words">{text::command(entry.command)}</span>
            <button
                class="btn btn--sm set__keys"
                class:is-listening=move || is_listening.get()
                type="button"
                title=text::CHANGE_KEYS_HINT
                on:click=begin
                on:keydown=on_key
                on:blur=move |_| if is_listening.try_get_untracked() == Some(true) { listening.set(None) }
            >
                <span class="vh">{text::command(entry.command)}</span>
                {shown}
            </button>
        </div>
    }
}
