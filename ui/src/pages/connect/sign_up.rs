//! Step 2: two equal ways to Meta's page.

use super::changes::PhoneNotes;
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::{SignupStep, SignupWay};

/// The ways, and what Meta will ask.
#[component]
pub fn SignUp() -> impl IntoView {
    let session = Session::use_();
    let has_windows = session.memo(Part::Connection, |state| state.is_desktop());
    let came_late = session.memo(Part::Connecting, |state| {
        let signup = state.connecting.signup();
        signup.is_some_and(|signup| {
            signup.step == SignupStep::SignUp && signup.waiting_until.is_none() && signup.problem.is_none()
        })
    });
    let asked = text::META_QUESTIONS
        .into_iter()
        .map(|question| view! { <li>{question}</li> });
    view! {
        <Wizard
            page=ConnectPage::SignUp
            title=text::SIGN_UP_TITLE
            lede=text::SIGN_UP_LEDE
            aside=|| view! { <PhoneNotes/> }
            foot=|| view! { <ToSettings/> }
        >
            {move || came_late.get().then(|| view! {
                <div class="banner banner--warn banner--above" role="status">
                    <Icon name=IconName::Hourglass/><div class="banner__words"><p>{text::TOOK_TOO_LONG}</p></div>
                </div>
            })}
            <div class="ways">
                <Show when=move || has_windows.get()>
                    <Way way=SignupWay::Window icon=IconName::Panel name=text::OPEN_IN_WINDOW hint=text::OPEN_IN_WINDOW_HINT/>
                </Show>
                <Way way=SignupWay::Browser icon=IconName::Outside name=text::OPEN_IN_BROWSER hint=text::OPEN_IN_BROWSER_HINT/>
            </div>
            <h2 class="wiz__h2">{text::META_ASKS}</h2>
            <ol class="plain-steps">{asked.collect_view()}</ol>
        </Wizard>
    }
}

/// One of the ways.
#[component]
fn Way(way: SignupWay, icon: IconName, name: text::Words, hint: text::Words) -> impl IntoView {
    let session = Session::use_();
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    view! {
        <button
            class="way"
            type="button"
            disabled=move || is_busy.get()
            on:click=move |_| session.begin_signup(way)
        >
            <Icon name=icon size=20 class="is-accent"/>
            <span><b>{name}</b><span class="way__hint">{hint}</span></span>
        </button>
    }
}

#[component]
fn ToSettings() -> impl IntoView {
    let session = Session::use_();
    view! {
        <button class="btn muted" type="button" on:click=move |_| session.look_at(Some(ConnectPage::Settings))>
            {text::CHANGE_SETTINGS}
        </button>
    }
}
