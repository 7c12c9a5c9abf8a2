//! The list of numbers: one tab stop, arrows move through it.

use super::Shown;
use crate::components::{Icon, IconName, Keyed, coexistence};
use crate::keyboard;
use crate::session::Session;
use crate::state::{Look, NumberState, Part};
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use twinbox_domain::NumberId;
use twinbox_protocol::NumberView;

/// Every number and how it is.
#[component]
pub fn NumberList(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let ids = session.memo(Part::Numbers, |state| {
        let numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
        numbers.map(|number| number.id.clone()).collect::<Vec<_>>()
    });
    let on_key = move |event: KeyboardEvent| {
        if !keyboard::is_plain(&event) {
            return;
        }
        let shown = shown.with_untracked(|number| number.as_ref().map(|number| number.id.clone()));
        let next = ids.with_untracked(|ids| {
            let at = ids.iter().position(|id| Some(id) == shown.as_ref()).unwrap_or_default();
            let to = match event.key().as_str() {
                "ArrowDown" | "j" | "J" => at + 1,
                "ArrowUp" | "k" | "K" => at.checked_sub(1)?,
                "Home" => 0,
                "End" => ids.len().checked_sub(1)?,
                _ => return None,
            };
            ids.get(to).cloned()
        });
        if let Some(next) = next {
            event.prevent_default();
            session.choose_number(next);
            // The tab stop moves only after this event.
            request_animation_frame(keyboard::focus_numbers);
        }
    };
    view! {
        <div class="numbers__list scroll" role="listbox" aria-label=text::CONNECTED_NUMBERS on:keydown=on_key>
            <Keyed each=move || ids.get() key=NumberId::clone let:id>
                <Card id shown/>
            </Keyed>
        </div>
    }
}

#[component]
fn Card(id: NumberId, shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let wanted = id.clone();
    let number = session.memo(Part::Numbers, move |state| state.number_with(&wanted).cloned());
    let state = number_state(number);
    let chosen = id.clone();
    let is_shown = Memo::new(move |_| shown.with(|number| number.as_ref().is_some_and(|number| number.id == chosen)));
    let name = move || number.get().map(|number| number.name);
    let digits = move || {
        number
            .get()
            .map(|number| text::phone_number(&number.display_phone_number))
    };
    let words = move || state.get().map(text::number_state);
    let look = move || match state.get() {
        Some(NumberState::Working(_)) => ("is-accent", IconName::Check),
        Some(NumberState::PhoneQuiet(_) | NumberState::Suspended | NumberState::Blocked) => {
            ("is-warn", IconName::Warning)
        }
        Some(NumberState::Locked) => ("is-warn", IconName::Lock),
        Some(NumberState::Disconnected | NumberState::Disabled | NumberState::NoAccess) => {
            ("is-warn", IconName::Unplug)
        }
        Some(NumberState::Unconnected) => ("muted", IconName::Unplug),
        Some(NumberState::Silent(_) | NumberState::New) | None => ("muted", IconName::Clock),
    };
    view! {
        <div
            class="ncard"
            role="option"
            aria-selected=move || is_shown.get().to_string()
            tabindex=move || if is_shown.get() { "0" } else { "-1" }
            on:click=move |_| session.choose_number(id.clone())
        >
            <Tile state/>
            <div class="ncard__words">
                <div class="strong truncate" dir="auto">{name}</div>
                <div class="sm muted num"><bdi>{digits}</bdi></div>
                <div class=move || format!("ncard__state {}", look().0)>
                    {move || view! { <Icon name=look().1 size=14/> }}
                    <span class="truncate">{words}</span>
                </div>
            </div>
        </div>
    }
}

/// How a number is, looked at every second: its age is told in seconds.
pub fn number_state(number: Shown) -> Memo<Option<NumberState>> {
    let session = Session::use_();
    Memo::new(move |_| {
        let now = session.read(Part::Second, |state| state.now);
        number.with(|number: &Option<NumberView>| Some(NumberState::at(now, number.as_ref()?)))
    })
}

/// The coexistence glyph on its ground.
#[component]
pub fn Tile(state: Memo<Option<NumberState>>, #[prop(optional)] large: bool) -> impl IntoView {
    // Not drawn again each second.
    let look = Memo::new(move |_| state.get().map_or(Look::Working, NumberState::look));
    let size = if large { 24 } else { 20 };
    let glyph = move || view! { <Icon name=coexistence(look.get()).0 size/> };
    view! { <span class="ntile" class=("ntile--lg", large) data-state=move || coexistence(look.get()).1>{glyph}</span> }
}
