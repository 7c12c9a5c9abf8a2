//! Cards from an address book.

use super::doc_line;
use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ContactCard;

/// The cards, one below the other.
#[component]
pub fn Contacts(cards: Vec<ContactCard>, meta: AnyView) -> impl IntoView {
    view! {
        <ul class="cards" aria-label=text::CONTACTS>{cards.into_iter().map(card).collect_view()}</ul>
        <div class="bubble__foot">{meta}</div>
    }
}

fn card(card: ContactCard) -> impl IntoView {
    let name = if card.name.trim().is_empty() {
        text::NO_NAME.to_owned()
    } else {
        card.name
    };
    let ways = card.phones.into_iter().chain(card.emails);
    let ways = ways.map(|way| view! { <bdi class="sm" dir="ltr">{way}</bdi> });
    let details = card.details.into_iter();
    let details = details.map(|detail| view! { <span class="xs muted" dir="auto">{detail}</span> });
    view! {
        <li class="doc">
            <span class="doc__mark"><Icon name=IconName::User/></span>
            <span class="doc__words">
                {doc_line("doc__name", name)}
                {doc_line("xs muted", card.organization)}
                {ways.collect_view()}
                {details.collect_view()}
            </span>
        </li>
    }
}
