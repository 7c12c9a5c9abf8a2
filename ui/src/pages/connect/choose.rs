//! Which of the numbers that Meta named is to be connected.

use super::changes::PhoneNotes;
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::NumberId;
use twinbox_protocol::Candidate;

/// The numbers. One alone is chosen from the start.
#[component]
pub fn Choose() -> impl IntoView {
    let session = Session::use_();
    let candidates = session.memo(Part::Connecting, |state| {
        let signup = state.connecting.signup();
        signup.map(|signup| signup.candidates.clone()).unwrap_or_default()
    });
    let told = session.memo(Part::Connecting, |state| state.connecting.answers.phone.clone());
    let fit = candidates.with_untracked(|all| {
        let fit: Vec<_> = all
            .iter()
            .filter(|number| number.is_coexistence)
            .map(|number| number.id.clone())
            .collect();
        fit
    });
    let only = <[NumberId; 1]>::try_from(fit).ok().map(|[only]| only);
    let chosen = RwSignal::new(only);
    let not_expected = move || {
        let chosen = chosen.get()?;
        let came = candidates.with(|all| all.iter().find(|number| number.id == chosen).cloned())?;
        let told = told.get();
        (!came.is_expected && !told.is_empty()).then(|| text::not_expected(&came.display_phone_number, &told))
    };
    view! {
        <Wizard
            page=ConnectPage::Choose
            title=text::CHOOSE_TITLE
            lede=text::CHOOSE_LEDE
            aside=|| view! { <PhoneNotes/> }
            foot=move || view! { <WayOn chosen candidates/> }
        >
            <div class="checks" role="radiogroup" aria-label=text::NUMBERS>
                {move || candidates.get().into_iter().map(|number| view! { <Number number chosen/> }).collect_view()}
            </div>
            <div role="status">
                {move || not_expected().map(|words| view! {
                    <div class="banner banner--warn banner--below"><Icon name=IconName::Warning/><p>{words}</p></div>
                })}
            </div>
        </Wizard>
    }
}

/// One number.
#[component]
fn Number(number: Candidate, chosen: RwSignal<Option<NumberId>>) -> impl IntoView {
    let can_be = number.is_coexistence;
    let (id, this) = (number.id.clone(), number.id);
    let name = number.verified_name;
    let note = if can_be { text::COEXISTS } else { text::NOT_ON_PHONE };
    let icon = if can_be { IconName::Coexist } else { IconName::Ban };
    let class = if can_be { "is-coexist" } else { "faint" };
    view! {
        <label class="chk chk--choice" class:is-off=!can_be>
            <input
                class="radio"
                type="radio"
                name="number"
                disabled=!can_be
                prop:checked=move || chosen.get().as_ref() == Some(&id)
                on:change=move |_| chosen.set(Some(this.clone()))
            />
            <div class="chk__words">
                <b class="num" dir="ltr">{text::phone_number(&number.display_phone_number)}</b>
                <p class="truncate" dir="auto" title=name.clone()>{name.clone()}</p>
            </div>
            <span class="chk__acts">
                {number.is_expected.then(|| view! { <span class="chip chip--accent">{text::THE_ONE_YOU_TOLD}</span> })}
                <span class="chk__how hstack"><Icon name=icon class/>{note}</span>
            </span>
        </label>
    }
}

#[component]
fn WayOn(chosen: RwSignal<Option<NumberId>>, candidates: Memo<Vec<Candidate>>) -> impl IntoView {
    let session = Session::use_();
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    let words = move || {
        let number = chosen
            .get()
            .and_then(|chosen| candidates.with(|all| all.iter().find(|number| number.id == chosen).cloned()));
        number.map_or_else(
            || text::CHOOSE_FIRST.to_owned(),
            |number| text::continue_with(&number.display_phone_number),
        )
    };
    let go = move |_| {
        if let Some(number) = chosen.get_untracked() {
            session.choose_candidate(number);
        }
    };
    view! {
        <button class="btn btn--lg btn--line" type="button" on:click=move |_| session.look_at(Some(ConnectPage::SignUp))>
            {text::USE_ANOTHER}
        </button>
        <button
            class="btn btn--lg btn--primary"
            type="button"
            disabled=move || is_busy.get() || chosen.with(Option::is_none)
            on:click=go
        >
            {words}
        </button>
    }
}
