//! Step 5: everything once more, before anything is asked of the phone.

use super::changes::{Comparison, PhoneNotes};
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::{BusinessDetails, Candidate};

/// Number, business, what happens, what was allowed, what changes.
#[component]
pub fn Confirm() -> impl IntoView {
    let happens = (1..).zip(text::WHAT_HAPPENS_STEPS).map(|(number, (what, how))| {
        view! {
            <li class="phone-step">
                <span class="phone-step__n" aria-hidden="true">{number}</span>
                <span><b>{what}</b><span class="phone-step__how">{how}</span></span>
            </li>
        }
    });
    let allowed = text::PERMISSIONS.into_iter().map(|(words, name)| {
        view! { <li><Icon name=IconName::Tick class="is-accent"/><span>{words}" "<code class="code-name faint">{name}</code></span></li> }
    });
    view! {
        <Wizard
            page=ConnectPage::Confirm
            title=text::CONFIRM_TITLE
            lede=text::CONFIRM_LEDE
            aside=|| view! { <PhoneNotes/> }
            foot=|| view! { <ConnectIt/> }
        >
            <Summary/>
            <h2 class="wiz__h2">{text::WHAT_HAPPENS}</h2>
            <ol class="phone-steps">{happens.collect_view()}</ol>
            <h2 class="wiz__h2">{text::ALLOWED}</h2>
            <ul class="marked-list">{allowed.collect_view()}</ul>
            <h2 class="wiz__h2">{text::EVERYTHING_THAT_CHANGES}</h2>
            <Comparison/>
        </Wizard>
    }
}

/// What was chosen and told.
#[component]
fn Summary() -> impl IntoView {
    let session = Session::use_();
    let number = session.memo(Part::Connecting, |state| state.connecting.chosen().cloned());
    let business = session.memo(Part::Connecting, |state| {
        let signup = state.connecting.signup();
        signup.map(|signup| signup.business.clone()).unwrap_or_default()
    });
    let number_line = move || {
        number.get().map(
            |Candidate {
                 display_phone_number,
                 verified_name,
                 ..
             }| {
                view! {
                    <Icon name=IconName::Coexist class="is-coexist"/>
                    <b class="num" dir="ltr">{text::phone_number(&display_phone_number)}</b>
                    <bdi class="muted facts__name">{verified_name}</bdi>
                }
            },
        )
    };
    view! {
        <dl class="facts">
            <div class="facts__row"><dt>{text::NUMBER}</dt><dd>{number_line}</dd></div>
            {move || {
                let BusinessDetails { name, website } = business.get();
                view! {
                    <div class="facts__row"><dt>{text::BUSINESS_NAME}</dt><dd><bdi class="facts__name">{name}</bdi></dd></div>
                    <div class="facts__row">
                        <dt>{text::WEBSITE}</dt>
                        <dd><span class="facts__name">{website.unwrap_or_else(|| text::NO_WEBSITE_TOLD.to_owned())}</span></dd>
                    </div>
                }
            }}
        </dl>
    }
}

#[component]
fn ConnectIt() -> impl IntoView {
    let session = Session::use_();
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    view! {
        <button
            class="btn btn--lg btn--primary"
            type="button"
            disabled=move || is_busy.get()
            on:click=move |_| session.confirm_signup()
        >
            {text::CONNECT_THIS}
        </button>
    }
}
