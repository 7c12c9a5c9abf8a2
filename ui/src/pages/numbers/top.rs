//! Which number it is, and the way to its settings.

use super::Shown;
use super::list::{Tile, number_state};
use super::settings::Settings;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Action, NumberAction, Part, Saving};
use crate::text;
use leptos::prelude::*;

/// The element of the settings.
const SETTINGS_ID: &str = "number-settings";
/// The button that opens them.
const BUTTON_ID: &str = "number-settings-button";

/// Glyph, name, number, and the settings when they are opened.
#[component]
pub fn Top(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let is_open = RwSignal::new(false);
    let id = Memo::new(move |_| shown.with(|number| number.as_ref().map(|number| number.id.clone())));
    // Another number's settings are not these.
    Effect::new(move |before: Option<_>| {
        let now = id.get();
        if before.is_some_and(|before| before != now) {
            is_open.set(false);
        }
        now
    });
    let close = move || {
        is_open.set(false);
        crate::keyboard::focus_id(BUTTON_ID);
    };
    let saving = session.memo(Part::Saving, |state| state.numbers.saving.clone());
    Effect::new(move |_| {
        if saving.get() == Saving::Done && is_open.get_untracked() {
            close();
        }
    });
    let toggle = move |_| {
        session.dispatch(Action::Number(NumberAction::Editing));
        is_open.update(|open| *open = !*open);
    };
    let name = move || shown.get().map(|number| number.name);
    let about = move || {
        let number = shown.get()?;
        let digits = text::phone_number(&number.display_phone_number);
        Some(text::number_and_cap(
            &digits,
            number.cap_per_second,
            number.tier.as_deref(),
        ))
    };
    let saved = move || (saving.get() == Saving::Done).then_some(text::SAVED);
    view! {
        <header class="numbers__top">
            <Tile state=number_state(shown) large=true/>
            <div class="grow">
                <h2 class="numbers__name truncate selectable" dir="auto">{name}</h2>
                <div class="muted num truncate selectable" dir="auto">{about}</div>
            </div>
            <span class="sm muted" role="status" hidden=move || saved().is_none()>{saved}</span>
            {pause_button(session, shown)}
            <button
                id=BUTTON_ID
                class="btn btn--line"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=SETTINGS_ID
                on:click=toggle
            >
                <Icon name=IconName::Timer/>
                {text::NAME_AND_SPEED}
            </button>
        </header>
        <div id=SETTINGS_ID class="numbers__settings" hidden=move || !is_open.get()>
            <Show when=move || is_open.get()>
                <Settings shown close/>
            </Show>
        </div>
    }
}

/// Stops the sending of the number, or has it go on; who stopped it is said beside.
fn pause_button(session: Session, shown: Shown) -> AnyView {
    let pause = Memo::new(move |_| shown.with(|number| number.as_ref().and_then(|number| number.pause.clone())));
    let is_paused = Memo::new(move |_| pause.with(Option::is_some));
    let who = move || {
        let pause = pause.get()?;
        let now = session.read(Part::Now, |state| state.now);
        Some(text::paused_by(&pause.by, &crate::clock::since(pause.since, now)))
    };
    let switch = move |_| {
        let Some(number) = shown.get_untracked() else { return };
        if is_paused.get_untracked() {
            session.resume_sending(number.id);
        } else {
            session.pause_sending(number.id);
        }
    };
    let words = move || {
        if is_paused.get() {
            text::RESUME_SENDING
        } else {
            text::PAUSE_SENDING
        }
    };
    view! {
        <span class="sm is-warn truncate" hidden=move || !is_paused.get()>{who}</span>
        <button class="btn btn--line" type="button" on:click=switch><Icon name=IconName::Pause/>{words}</button>
    }
    .into_any()
}
