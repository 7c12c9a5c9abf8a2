//! The narrow bar at the start of the window.

use super::{ConnectButton, Icon, IconName, Logo, ThemeButton};
use crate::commands::Command;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{NumberState, Part, Place};
use crate::text;
use leptos::prelude::*;

/// Logo, the ways to the pages, and the theme.
#[component]
pub fn Rail() -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let needs_reply = session.memo(Part::Overview, |state| {
        state
            .overview
            .as_ref()
            .map(|overview| overview.needs_reply)
            .unwrap_or_default()
    });
    let count = move || {
        let count = needs_reply.get();
        let shown = if count > 99 {
            "99+".to_owned()
        } else {
            count.to_string()
        };
        (count > 0).then(|| view! { <span class="rail__count">{shown}</span> })
    };
    let wanting = Memo::new(move |_| {
        session.track(Part::Now);
        session.read(Part::Numbers, |state| {
            let numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
            numbers
                .filter(|number| NumberState::at(state.now, number).needs_someone())
                .count()
        })
    });
    let queue = session.memo(Part::Overview, |state| {
        let overview = state.overview.as_ref();
        let is_paused = overview.is_some_and(|overview| overview.numbers.iter().any(|number| number.pause.is_some()));
        let (waiting, unknown) = overview.map_or((0, 0), |overview| (overview.queued, overview.outcome_unknown));
        (waiting, unknown, is_paused)
    });
    let place = session.memo(Part::Place, |state| state.place);
    let current = move |page| (place.get() == Some(page)).then_some("page");
    view! {
        <nav class="rail" aria-label=text::MAIN>
            <span class="rail__logo" role="img" aria-label=text::PRODUCT>
                <Logo/>
            </span>
            <a
                class="rail__item"
                href="#"
                aria-current=move || current(Place::Inbox)
                title=text::INBOX
                aria-label=move || text::inbox_needs_reply(needs_reply.get())
                on:click=move |event| {
                    event.prevent_default();
                    Command::GoInbox.run(session, screen);
                }
            >
                <Icon name=IconName::Inbox size=20/>
                {count}
            </a>
            <a
                class="rail__item"
                href="#"
                aria-current=move || current(Place::Queue)
                title=text::QUEUE
                aria-label=move || queue.with(|(waiting, unknown, is_paused)| text::queue_label(*waiting, *unknown, *is_paused))
                on:click=move |event| {
                    event.prevent_default();
                    session.enter(Place::Queue);
                }
            >
                <Icon name=IconName::Queue size=20/>
                <Show when=move || queue.with(|(_, unknown, is_paused)| *unknown > 0 || *is_paused)><span class="rail__dot"></span></Show>
            </a>
            <a
                class="rail__item"
                href="#"
                aria-current=move || current(Place::Numbers)
                title=text::YOUR_NUMBERS
                aria-label=move || text::numbers_needing_attention(wanting.get())
                on:click=move |event| {
                    event.prevent_default();
                    Command::GoNumbers.run(session, screen);
                }
            >
                <Icon name=IconName::Smartphone size=20/>
                <Show when=move || wanting.get() != 0><span class="rail__dot"></span></Show>
            </a>
            <ConnectButton/>
            <span class="rail__spacer"></span>
            <ThemeButton class="rail__item"/>
            <a
                class="rail__item"
                href="#"
                aria-current=move || current(Place::Settings)
                title=text::SETTINGS
                aria-label=text::SETTINGS
                on:click=move |event| {
                    event.prevent_default();
                    Command::GoSettings.run(session, screen);
                }
            >
                <Icon name=IconName::Settings size=20/>
            </a>
        </nav>
    }
}
