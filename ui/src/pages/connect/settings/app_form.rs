//! What Meta shows for the app.

use super::field::LabeledField;
use super::form::Form;
use crate::session::Session;
use crate::state::{Part, Trial};
use crate::text;
use leptos::{ev::SubmitEvent, prelude::*};

/// Its fields, kept and tried out by one button.
#[component]
pub fn AppForm(form: Form) -> impl IntoView {
    let session = Session::use_();
    let has_secret = session.memo(Part::Connecting, |state| {
        state
            .connecting
            .view
            .as_ref()
            .is_some_and(|view| view.app.has_app_secret)
    });
    let is_changed = form.is_changed(session);
    let is_busy = Memo::new(move |_| {
        session.read(Part::Connecting, |state| state.connecting.is_busy)
            || session.read(Part::Trials, |state| {
                [&state.connecting.app_trial, &state.connecting.webhook_trial].contains(&&Trial::UnderWay)
            })
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if is_changed.get_untracked() {
            session.save_meta_app(untrack(|| form.call()), move || form.app_secret.set(String::new()));
        } else {
            session.try_settings();
        }
    };
    let digits = |field: RwSignal<String>| {
        Signal::derive(move || {
            let is_wrong = field.with(|text| text.trim().bytes().any(|byte| !byte.is_ascii_digit()));
            is_wrong.then_some(text::DIGITS_ONLY)
        })
    };
    let secret_hint = move || {
        if has_secret.get() {
            text::APP_SECRET_KEPT
        } else {
            text::APP_SECRET_HINT
        }
    };
    view! {
        <form class="form" on:submit=save aria-label=text::META_APP>
            <div class="form__pair">
                <LabeledField label=text::APP_ID hint=text::APP_ID_HINT value=form.app_id fault=digits(form.app_id)/>
                <LabeledField label=text::CONFIG_ID hint=text::CONFIG_ID_HINT value=form.config_id fault=digits(form.config_id)/>
            </div>
            <LabeledField label=text::APP_SECRET hint=secret_hint value=form.app_secret kind="password"/>
            <LabeledField
                label=text::PUBLIC_ADDRESS
                hint=text::PUBLIC_ADDRESS_HINT
                value=form.public_url
                kind="url"
                example=text::PUBLIC_ADDRESS_EXAMPLE
            />
            <details class="more">
                <summary>{text::ADVANCED}</summary>
                <div class="form more__form">
                    <LabeledField label=text::GRAPH_VERSION hint="" value=form.graph_version/>
                    <LabeledField label=text::GRAPH_URL hint="" value=form.graph_url kind="url"/>
                    <LabeledField label=text::DIALOG_URL hint="" value=form.dialog_url kind="url"/>
                </div>
            </details>
            <div>
                <button class="btn btn--line" type="submit" disabled=move || is_busy.get()>
                    {move || if is_changed.get() { text::SAVE_AND_TEST } else { text::TEST_THESE }}
                </button>
            </div>
        </form>
    }
}
