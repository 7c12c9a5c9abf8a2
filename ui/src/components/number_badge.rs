//! Which business number.

use super::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::NumberId;

/// The coexistence glyph and the number's short name; with `in_full`, the number itself as well.
#[component]
pub fn NumberBadge(#[prop(into)] number: Signal<Option<NumberId>>, #[prop(optional)] in_full: bool) -> impl IntoView {
    let session = Session::use_();
    let found = Memo::new(move |_| {
        let id = number.get()?;
        session.read(Part::Numbers, |state| {
            let numbers = &state.overview.as_ref()?.numbers;
            numbers.iter().find(|number| number.id == id).cloned()
        })
    });
    let name = move || found.get().map(|number| number.name);
    let digits = move || {
        let number = found.get().filter(|_| in_full)?;
        let digits = text::phone_number(&number.display_phone_number);
        Some(view! { <span class="numbadge__no num">{digits}</span> })
    };
    view! {
        <span class="numbadge truncate">
            <Icon name=IconName::Coexist size=14/>
            <span class="truncate">{name}</span>
            {digits}
        </span>
    }
}
