//! The settings of the Meta app, before Meta's page can be opened.

mod app_form;
mod field;
mod form;
mod no_key;
mod secrets;
mod trials;
mod webhooks;

use super::changes::note;
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use app_form::AppForm;
pub use field::LabeledField;
use form::Form;
use leptos::prelude::*;
use secrets::Secrets;
use trials::Trials;
use webhooks::Webhooks;

/// The form, what its test says, and where secrets are kept: first when nothing can be kept yet.
#[component]
pub fn Settings() -> impl IntoView {
    let session = Session::use_();
    let form = session.peek(|state| Form::of(state.connecting.view.as_ref().map(|view| &view.app)));
    view! {
        <Wizard
            page=ConnectPage::Settings
            title=text::SETTINGS_TITLE
            lede=text::SETTINGS_LEDE
            aside=|| view! { <Notes/> }
            aside_label=text::GOOD_TO_KNOW
            foot=move || view! { <WayOn form/> }
        >
            <div class="stackv">
                <Secrets is_trouble=true/>
                <AppForm form/>
                <Trials/>
                <Webhooks/>
                <Secrets is_trouble=false/>
            </div>
        </Wizard>
    }
}

#[component]
fn Notes() -> impl IntoView {
    view! {
        <section>
            <h2>{text::SETTINGS_WHERE_TITLE}</h2>
            <ol class="plain-steps">{text::SETTINGS_WHERE.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        </section>
        <section>
            <h2>{text::GOOD_TO_KNOW}</h2>
            <ul>
                {note(IconName::Lock, "faint", text::SECRETS_NEVER_SHOWN)}
                {note(IconName::Help, "faint", text::TECH_PROVIDER)}
            </ul>
        </section>
    }
}

/// Goes on once everything is kept.
#[component]
fn WayOn(form: Form) -> impl IntoView {
    let session = Session::use_();
    let is_complete = session.memo(Part::Connecting, |state| state.connecting.has_settings());
    let is_changed = form.is_changed(session);
    // Whoever came here on another way has not gone through the check.
    let words = Memo::new(move |_| {
        session.track(Part::Answers);
        session.read(Part::Connecting, |state| match state.connecting.after_settings() {
            Some(ConnectPage::SignUp) => text::CONTINUE_TO_SIGN_UP,
            _ => text::CONTINUE,
        })
    });
    let why = move || match (is_changed.get(), is_complete.get()) {
        (true, _) => Some(text::SETTINGS_UNSAVED),
        (false, false) => Some(text::SETTINGS_MISSING),
        (false, true) => None,
    };
    view! {
        <span class="wiz__why faint" id="why" role="status" hidden=move || why().is_none()>{why}</span>
        <button
            class="btn btn--lg btn--primary"
            type="button"
            aria-describedby="why"
            disabled=move || why().is_some()
            on:click=move |_| session.leave_settings()
        >
            {move || words.get()}
            <Icon name=IconName::ArrowRight class="icon--on"/>
        </button>
    }
}
