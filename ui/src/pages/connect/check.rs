//! Step 1: what has to be right before.

mod admin;
mod agreements;
mod country;
mod days;
mod row;
mod version;

use super::changes::{Comparison, PhoneNotes};
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use admin::AdminRow;
use agreements::{PhoneRow, UnlinkingRow};
use country::CountryRow;
use days::DaysRow;
use leptos::prelude::*;
use twinbox_domain::{Preflight, PreflightOutcome, preflight};
use version::VersionRow;

/// What was found in the answers on screen.
fn found(session: Session) -> Memo<Preflight> {
    session.memo(Part::Answers, |state| preflight(&state.connecting.answers))
}

/// The questions. Answers are kept as they are given.
#[component]
pub fn Check() -> impl IntoView {
    view! {
        <Wizard
            page=ConnectPage::Check
            title=text::CHECK_TITLE
            lede=text::CHECK_LEDE
            aside=|| view! { <PhoneNotes/> }
            foot=|| view! { <WayOn/> }
        >
            <div class="checks" role="list" aria-label=text::CHECKS>
                <VersionRow/>
                <CountryRow/>
                <PhoneRow/>
                <DaysRow/>
                <UnlinkingRow/>
                <AdminRow/>
            </div>
            <details class="more">
                <summary>{text::EVERYTHING_THAT_CHANGES}</summary>
                <Comparison/>
            </details>
        </Wizard>
    }
}

/// Says why it does not go on.
#[component]
fn WayOn() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    let missing = Memo::new(move |_| {
        let found = found.get();
        (found.count(PreflightOutcome::Fail), found.count(PreflightOutcome::Open))
    });
    let why = move || {
        let (failed, open) = missing.get();
        let (icon, class) = match (failed, open) {
            (0, 0) => return None,
            (0, _) => (IconName::Help, "wiz__why faint"),
            _ => (IconName::CircleX, "wiz__why is-danger"),
        };
        Some(view! { <span class=class id="why"><Icon name=icon size=14/>{text::what_is_missing(failed, open)}</span> })
    };
    view! {
        <span role="status">{why}</span>
        <button
            class="btn btn--lg btn--primary"
            type="button"
            aria-describedby="why"
            disabled=move || !found.get().may_go_on()
            on:click=move |_| session.leave_check()
        >
            {text::CONTINUE_TO_SIGN_UP}
            <Icon name=IconName::ArrowRight class="icon--on"/>
        </button>
    }
}
