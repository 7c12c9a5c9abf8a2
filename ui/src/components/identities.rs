//! The ids a person is known by. Any of them may be missing.

use super::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::PersonView;

/// Phone, username, WhatsApp ID.
#[component]
pub fn Identities(person: PersonView) -> impl IntoView {
    let phone = text::phone_number(&person.phone);
    let known = [
        (person.phone.is_empty(), IconName::Phone, text::PHONE_NUMBER, phone),
        (
            person.username.is_empty(),
            IconName::At,
            text::USERNAME,
            person.username,
        ),
        (
            person.bsuid.is_empty(),
            IconName::Fingerprint,
            text::WHATSAPP_ID,
            person.bsuid,
        ),
    ];
    let known: Vec<_> = known.into_iter().filter(|(missing, ..)| !missing).collect();
    if known.is_empty() {
        return view! { <p class="sm muted">{text::NO_IDENTITIES}</p> }.into_any();
    }
    let line = |(_, icon, meaning, value): (bool, IconName, &'static str, String)| {
        view! {
            <li title=meaning>
                <Icon name=icon size=14/>
                <span class="vh">{meaning}": "</span>
                <span class="num selectable truncate" dir="ltr">{value}</span>
            </li>
        }
    };
    view! { <ul class="idlist">{known.into_iter().map(line).collect_view()}</ul> }.into_any()
}
