//! Times to choose from: for what is sent later, and for what is put off.

use crate::clock::{self, HOUR_MS};
use crate::keyboard;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::Millis;

/// What happens at the time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A message is sent.
    Send,
    /// A chat comes back.
    Snooze,
}

/// `choose` is told the time; Escape calls `close`.
pub fn times(purpose: Purpose, choose: Callback<Millis>, close: Callback<()>) -> AnyView {
    let (group, at, set) = match purpose {
        Purpose::Send => (text::SEND_LATER, text::SEND_AT, text::SCHEDULE),
        Purpose::Snooze => (text::SNOOZE, text::SNOOZE_UNTIL, text::SNOOZE),
    };
    let typed = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let at_typed = move |_| match clock::typed_time(&typed.get_untracked()) {
        Some(at) if at > clock::now() => choose.run(at),
        _ => is_wrong.set(true),
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keyboard::is_composing(&event) {
            event.prevent_default();
            event.stop_propagation();
            close.run(());
        }
    };
    view! {
        <div class="later" role="group" aria-label=group on:keydown=on_key>
            <button class="btn btn--sm btn--line" type="button" on:click=move |_| choose.run(clock::now().plus_ms(HOUR_MS))>{text::IN_AN_HOUR}</button>
            <button class="btn btn--sm btn--line" type="button" on:click=move |_| choose.run(clock::ahead_at(1, 9))>{text::TOMORROW_MORNING}</button>
            <span class="field" class:is-wrong=move || is_wrong.get()>
                <input type="datetime-local" aria-label=at bind:value=typed on:input=move |_| is_wrong.set(false)/>
            </span>
            <button class="btn btn--sm btn--line" type="button" on:click=at_typed>{set}</button>
            <span class="sm is-danger" role="alert">{move || is_wrong.get().then_some(text::WRONG_TIME)}</span>
        </div>
    }
    .into_any()
}
