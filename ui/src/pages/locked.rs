//! The window shows nothing until the passphrase is typed.

use crate::clock;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, State};
use crate::text;
use leptos::ev::{self, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use twinbox_domain::Millis;

/// Locks the window when nobody has used it for as long as is set.
pub fn lock_when_idle(session: Session) {
    let used_at = StoredValue::new(clock::now());
    let lock_when_left = move |now: Millis| {
        let since = used_at.get_value();
        if session.peek(|state| state.was_left(since, now)) {
            session.lock();
        }
    };
    let used = move || {
        let now = clock::now();
        // Seconds stand still while the machine sleeps: the first movement may come before the next of them.
        lock_when_left(now);
        used_at.set_value(now);
    };
    // They live as long as the window.
    std::mem::forget(window_event_listener(ev::keydown, move |_| used()));
    std::mem::forget(window_event_listener(ev::pointerdown, move |_| used()));
    std::mem::forget(window_event_listener(ev::pointermove, move |_| used()));
    std::mem::forget(window_event_listener(ev::wheel, move |_| used()));
    Effect::new(move |_| {
        session.track(Part::Second);
        lock_when_left(session.peek(|state| state.now));
    });
}

/// Asks for the passphrase.
#[component]
pub fn Locked() -> impl IntoView {
    let session = Session::use_();
    let field = NodeRef::<Input>::new();
    let typed = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A click does the same.
            let _ = field.focus();
        }
    });
    let told = Callback::new(move |problem: Option<String>| {
        is_busy.set(false);
        match problem {
            None => session.unlocked(),
            Some(problem) => {
                typed.set(String::new());
                trouble.set(Some(problem));
            }
        }
    });
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        if !is_busy.get_untracked() {
            is_busy.set(true);
            session.unlock(typed.get_untracked(), told);
        }
    };
    let forgotten = match session.peek(State::is_desktop) {
        true => text::FORGOTTEN_HERE,
        false => text::FORGOTTEN_AT_SERVER,
    };
    view! {
        <main class="sign-in">
            <form class="sign-in__form" on:submit=unlock>
                <Icon name=IconName::Lock size=24 class="muted"/>
                <h1 class="setup__title">{text::LOCKED}</h1>
                <p class="muted">{text::LOCKED_HINT}</p>
                <label class="sign-in__label">
                    {text::PASSPHRASE}
                    <span class="field">
                        <input type="password" autocomplete="current-password" required node_ref=field bind:value=typed/>
                    </span>
                </label>
                <p class="is-danger" role="alert">{move || trouble.get()}</p>
                <button class="btn btn--primary" type="submit" aria-disabled=move || is_busy.get().to_string()>{text::UNLOCK}</button>
                <p class="muted">{forgotten}</p>
            </form>
        </main>
    }
}
