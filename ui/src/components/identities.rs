//! The ids a person is known by. Any of them may be missing.

use super::{Icon, IconName};
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::PersonView;

/// Phone, username, WhatsApp ID.
#[component]
pub fn Identities(person: PersonView) -> impl IntoView {
    let PersonView {
        phone, username, bsuid, ..
    } = person;
    if phone.is_empty() && username.is_empty() && bsuid.is_empty() {
        return view! { <p class="sm muted">{text::NO_IDENTITIES}</p> }.into_any();
    }
    let phone = (!phone.is_empty()).then(|| view! { <PhoneNumber phone/> });
    let username = (!username.is_empty()).then(|| line(IconName::At, text::USERNAME, username));
    let bsuid = (!bsuid.is_empty()).then(|| line(IconName::Fingerprint, text::WHATSAPP_ID, bsuid));
    view! { <ul class="idlist">{phone}{username}{bsuid}</ul> }.into_any()
}

fn line(icon: IconName, meaning: text::Words, value: String) -> impl IntoView {
    let is_id = icon == IconName::Fingerprint;
    view! {
        <li title=meaning>
            <Icon name=icon size=14/>
            <span class="vh">{meaning}": "</span>
            <span class="num selectable truncate" dir="ltr">{value}</span>
            {is_id.then(|| view! { <span class="chip idlist__kind" aria-hidden="true">{meaning}</span> })}
        </li>
    }
}

/// Masked, so that nobody reads it over a shoulder, until asked for.
#[component]
fn PhoneNumber(phone: String) -> impl IntoView {
    let masks = Session::use_().peek(|state| state.settings.masks_numbers);
    let (shown, show) = signal(!masks);
    let number = move || {
        if shown.get() {
            text::phone_number(&phone)
        } else {
            text::masked_phone_number(&phone)
        }
    };
    view! {
        <li title=text::PHONE_NUMBER>
            <Icon name=IconName::Phone size=14/>
            <span class="vh">{text::PHONE_NUMBER}": "</span>
            <span class="num selectable truncate" dir="ltr">{number}</span>
            <button
                class="icon-btn icon-btn--xs idlist__kind"
                type="button"
                aria-label=text::SHOW_NUMBER
                title=text::SHOW_NUMBER
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| show.update(|shown| *shown = !*shown)
            >
                <Icon name=IconName::Eye size=14/>
            </button>
        </li>
    }
}
