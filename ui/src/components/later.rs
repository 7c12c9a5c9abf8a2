//! Times to choose from for what is sent later.

use crate::clock::{self, HOUR_MS};
use crate::keyboard;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::Millis;

/// `choose` is told the time; Escape calls `close`.
pub fn times(choose: Callback<Millis>, close: Callback<()>) -> AnyView {
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
        <div class="later" role="group" aria-label=text::SEND_LATER on:keydown=on_key>
            <button class="btn btn--sm btn--line" type="button" on:click=move |_| choose.run(clock::now().plus_ms(HOUR_MS))>{text::IN_AN_HOUR}</button>
            <button class="btn btn--sm btn--line" type="button" on:click=move |_| choose.run(clock::ahead_at(1, 9))>{text::TOMORROW_MORNING}</button>
            <span class="field" class:is-wrong=move || is_wrong.get()>
                <input type="datetime-local" aria-label=text::SEND_AT bind:value=typed on:input=move |_| is_wrong.set(false)/>
            </span>
            <button class="btn btn--sm btn--line" type="button" on:click=at_typed>{text::SCHEDULE}</button>
            <span class="sm is-danger" role="alert">{move || is_wrong.get().then_some(text::WRONG_TIME)}</span>
        </div>
    }
    .into_any()
}
