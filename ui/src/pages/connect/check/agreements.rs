//! What the owner has to do, and to agree to.

use super::{found, row::CheckRow};
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::PreflightOutcome;

/// The phone is there.
#[component]
pub fn PhoneRow() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    let is_here = session.memo(Part::Answers, |state| state.connecting.answers.has_phone_at_hand);
    let mark = view! {
        <input
            class="check"
            type="checkbox"
            aria-label=text::PHONE_AT_HAND
            prop:checked=is_here
            on:change=move |event| session.answer(|answers| answers.has_phone_at_hand = event_target_checked(&event))
        />
    };
    view! {
        <CheckRow
            outcome=Signal::derive(move || found.get().phone_at_hand)
            title=text::PHONE_AT_HAND
            hint=text::PHONE_AT_HAND_HINT
            mark=mark.into_any()
        >
            <Told is_told=is_here/>
        </CheckRow>
    }
}

/// Other devices are signed out.
#[component]
pub fn UnlinkingRow() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    // It stays a warning, whoever agrees to it.
    let outcome = Signal::derive(move || match found.get().unlinking {
        PreflightOutcome::Open => PreflightOutcome::Warning,
        other => other,
    });
    let is_agreed = session.memo(Part::Answers, |state| state.connecting.answers.accepts_unlinking);
    let agree = move |_| session.answer(|answers| answers.accepts_unlinking = !answers.accepts_unlinking);
    view! {
        <CheckRow outcome title=text::UNLINKING hint=text::UNLINKING_HINT>
            <button class="btn btn--sm btn--line" type="button" on:click=agree>
                {move || is_agreed.get().then(|| view! { <Icon name=IconName::Tick size=14/> })}
                {move || if is_agreed.get() { text::UNDERSTOOD } else { text::I_UNDERSTAND }}
            </button>
        </CheckRow>
    }
}

/// From whom it is known.
#[component]
fn Told(#[prop(into)] is_told: Signal<bool>) -> impl IntoView {
    move || {
        is_told
            .get()
            .then(|| view! { <span class="chk__how">{text::YOU_TOLD}</span> })
    }
}
