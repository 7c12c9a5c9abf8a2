//! Sending what the composer holds at another time.

use crate::clock;
use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Millis};
use twinbox_protocol::When;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// A button beside Send, which shows the times to choose from; Escape puts them away.
pub fn later(session: Session, conversation: ConversationId, can_send: Memo<bool>) -> AnyView {
    let is_open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let send = move |at: Millis| {
        if can_send.get_untracked() {
            session.submit_later(conversation, When::At(at));
        }
        is_open.set(false);
        keyboard::focus_composer();
    };
    let at_typed = move |_| match clock::typed_time(&typed.get_untracked()) {
        Some(at) if at > clock::now() => send(at),
        _ => is_wrong.set(true),
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !keyboard::is_composing(&event) {
            event.prevent_default();
            is_open.set(false);
            keyboard::focus_composer();
        }
    };
    let choices = move || {
        is_open.get().then(|| {
            view! {
                <div class="later" role="group" aria-label=text::SEND_LATER on:keydown=on_key>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| send(clock::now().plus_ms(HOUR_MS))>{text::IN_AN_HOUR}</button>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| send(clock::ahead_at(1, 9))>{text::TOMORROW_MORNING}</button>
                    <span class="field" class:is-wrong=move || is_wrong.get()>
                        <input type="datetime-local" aria-label=text::SEND_AT bind:value=typed on:input=move |_| is_wrong.set(false)/>
                    </span>
                    <button class="btn btn--sm btn--line" type="button" on:click=at_typed>{text::SCHEDULE}</button>
                    <span class="sm is-danger" role="alert">{move || is_wrong.get().then_some(text::WRONG_TIME)}</span>
                </div>
            }
        })
    };
    view! {
        {choices}
        <button
            class="icon-btn"
            type="button"
            aria-label=text::SEND_LATER_MENU
            title=text::SEND_LATER_MENU
            aria-expanded=move || is_open.get().to_string()
            prop:disabled=move || !can_send.get()
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            <Icon name=IconName::Clock size=18/>
        </button>
    }
    .into_any()
}
