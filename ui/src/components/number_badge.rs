//! Which business number.

use super::{Icon, IconName};
use crate::session::Session;
use crate::state::{Look, NumberState, Part};
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
            let number = state.number_with(&id)?;
            Some((number.name.clone(), number.display_phone_number.clone()))
        })
    });
    let name = move || found.get().map(|(name, _)| name);
    let digits = move || {
        let (_, digits) = found.get().filter(|_| in_full)?;
        Some(view! { <span class="numbadge__no num">{text::phone_number(&digits)}</span> })
    };
    view! {
        <span class="numbadge truncate">
            {number_glyph(number, 14)}
            <span class="truncate">{name}</span>
            {digits}
        </span>
    }
}

/// The coexistence glyph of a number as that is, looked at every minute: many are on screen. It has a name while something is the
/// matter.
pub fn number_glyph(number: Signal<Option<NumberId>>, size: u8) -> AnyView {
    let session = Session::use_();
    let found = Memo::new(move |_| {
        let id = number.get()?;
        session.track(Part::Now);
        let state = session.read(Part::Numbers, |state| {
            Some(NumberState::at(state.now, state.number_with(&id)?))
        })?;
        let look = state.look();
        Some((look, (look != Look::Working).then(|| text::number_state(state))))
    });
    (move || {
        let (look, words) = found.get().unwrap_or((Look::Working, None));
        let (name, class) = coexistence(look);
        let role = words.is_some().then_some("img");
        view! { <span class="coexist" data-state=class role=role aria-label=words.clone() title=words><Icon name size/></span> }
    })
    .into_any()
}

/// The glyph, and what its color is chosen by.
pub const fn coexistence(look: Look) -> (IconName, &'static str) {
    match look {
        Look::Working => (IconName::Coexist, "on"),
        Look::Quiet => (IconName::CoexistQuiet, "warn"),
        Look::Off => (IconName::CoexistOff, "off"),
    }
}
