//! Step 4: name and website of the business.

use super::changes::PhoneNotes;
use super::frame::Wizard;
use super::settings::LabeledField;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part, is_web_address};
use crate::text;
use leptos::{ev::SubmitEvent, prelude::*};
use twinbox_protocol::BusinessDetails;

/// As the engine allows.
const LONGEST_NAME: usize = 256;
/// The form, which the button of the footer sends.
const FORM: &str = "business";

/// Both are checked while they are typed, and complained about once somebody wanted to go on.
#[component]
pub fn Details() -> impl IntoView {
    let session = Session::use_();
    let kept = session.peek(|state| {
        let signup = state.connecting.signup();
        signup.map(|signup| signup.business.clone()).unwrap_or_default()
    });
    let has_none = RwSignal::new(!kept.name.is_empty() && kept.website.is_none());
    let name = RwSignal::new(kept.name);
    let website = RwSignal::new(kept.website.unwrap_or_default());
    let was_tried = RwSignal::new(false);
    let name_fault = Signal::derive(move || {
        name.with(|name| match name.trim().chars().count() {
            0 if was_tried.get() => Some(text::BUSINESS_NAME_MISSING),
            0..=LONGEST_NAME => None,
            _ => Some(text::BUSINESS_NAME_LONG),
        })
    });
    let website_fault = Signal::derive(move || {
        let is_wrong = !has_none.get() && !website.with(|website| is_web_address(website));
        (is_wrong && was_tried.get()).then_some(text::WEBSITE_WRONG)
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        was_tried.set(true);
        if name_fault.get_untracked().is_none() && website_fault.get_untracked().is_none() {
            session.save_business(BusinessDetails {
                name: name.get_untracked().trim().to_owned(),
                website: (!has_none.get_untracked()).then(|| website.get_untracked().trim().to_owned()),
            });
        }
    };
    view! {
        <Wizard
            page=ConnectPage::Details
            title=text::DETAILS_TITLE
            lede=text::DETAILS_LEDE
            aside=|| view! { <PhoneNotes/> }
            foot=|| view! { <WayOn/> }
        >
            <form class="form" id=FORM on:submit=save novalidate>
                <LabeledField
                    label=text::BUSINESS_NAME
                    hint=text::BUSINESS_NAME_HINT
                    value=name
                    example=text::BUSINESS_NAME_EXAMPLE
                    fault=name_fault
                />
                <Show when=move || !has_none.get()>
                    <LabeledField
                        label=text::WEBSITE
                        hint=""
                        value=website
                        kind="url"
                        example=text::WEBSITE_EXAMPLE
                        fault=website_fault
                    />
                </Show>
                <label class="tick-line">
                    <input class="check" type="checkbox" bind:checked=has_none/>
                    {text::NO_WEBSITE}
                </label>
            </form>
        </Wizard>
    }
}

#[component]
fn WayOn() -> impl IntoView {
    let session = Session::use_();
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    view! {
        <button class="btn btn--lg btn--primary" type="submit" form=FORM disabled=move || is_busy.get()>
            {text::CONTINUE}
            <Icon name=IconName::ArrowRight class="icon--on"/>
        </button>
    }
}
