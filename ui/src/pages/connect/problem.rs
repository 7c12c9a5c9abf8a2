//! It did not work: what happened, what it means for the phone, and one way on.

use super::changes::PhoneNotes;
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part, Remedy, remedy};
use crate::text;
use leptos::prelude::*;

/// One calm page for each problem.
#[component]
pub fn Problem() -> impl IntoView {
    let session = Session::use_();
    let problem = session.memo(Part::Connecting, |state| state.connecting.signup()?.problem.clone());
    let words = Memo::new(move |_| problem.with(|problem| problem.as_ref().map(text::problem)));
    let title = move || words.with(|words| words.as_ref().map_or("", |words| words.title.get()));
    let what = move || words.with(|words| words.as_ref().map(|words| words.what.clone()).unwrap_or_default());
    let phone = move || words.with(|words| words.as_ref().map(|words| words.phone));
    view! {
        <Wizard
            page=ConnectPage::Problem
            title
            lede=what
            aside=|| view! { <PhoneNotes/> }
            foot=move || view! { <Next/> }
        >
            <div class="banner" role="status">
                <Icon name=IconName::Smartphone/>
                <div class="banner__words"><b>{text::FOR_THE_PHONE}</b><p>{phone}</p></div>
            </div>
        </Wizard>
    }
}

/// The one next action.
#[component]
fn Next() -> impl IntoView {
    let session = Session::use_();
    let next = session.memo(Part::Connecting, |state| {
        let problem = state.connecting.signup()?.problem.as_ref()?;
        Some(remedy(problem))
    });
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    let words = move || match next.get() {
        Some(Remedy::BeginAgain) | None => text::BEGIN_AGAIN,
        Some(Remedy::Settings) => text::CHECK_SETTINGS,
        Some(Remedy::Resume) => text::TRY_AGAIN,
    };
    let go = move |_| match next.get_untracked() {
        Some(Remedy::BeginAgain) | None => session.look_at(Some(ConnectPage::SignUp)),
        Some(Remedy::Settings) => session.look_at(Some(ConnectPage::Settings)),
        Some(Remedy::Resume) => session.resume_signup(),
    };
    view! {
        <button class="btn btn--lg btn--primary" type="button" disabled=move || is_busy.get() on:click=go>{words}</button>
    }
}
