//! The line at the bottom: am I connected, does something need me, what is being sent.

use super::{Icon, IconName, Keys};
use crate::clock;
use crate::commands::Command;
use crate::session::Session;
use crate::state::{Connection, NumberState, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::{NumberView, Overview};

/// Nothing is said before the engine has said it. Counters that are zero take no room; old ones are dim.
#[component]
pub fn StatusBar() -> impl IntoView {
    let session = Session::use_();
    let overview = session.memo(Part::Overview, |state| state.overview.clone());
    let count = move |read: fn(&Overview) -> u64| overview.with(|overview| overview.as_ref().map_or(0, read));
    let last_event = Memo::new(move |_| {
        let last = overview.with(|overview| overview.as_ref()?.last_webhook_at);
        let now = session.read(Part::Second, |state| state.now);
        last.map_or(text::NO_EVENT_YET.to_owned(), |last| {
            text::last_event(now.ms_since(last))
        })
    });
    let greeted = move || overview.with(Option::is_some);
    let online = session.memo(Part::Connection, |state| state.connection == Connection::Online);
    let keys = session.memo(Part::Settings, |state| Command::Palette.keys(&state.settings));
    let queue = move || text::queue(count(|overview| overview.queued));
    let unknown = move || {
        let count = count(|overview| overview.outcome_unknown);
        item(count, "is-warn", IconName::Help, text::outcomes_unknown)
    };
    // Of several numbers, the one that is furthest from its end.
    let history = move || {
        let percent = overview.with(|overview| {
            let numbers = overview.iter().flat_map(|overview| &overview.numbers);
            numbers.filter_map(|number| number.history.percent).min()
        });
        let percent = percent.filter(|percent| *percent < 100)?;
        Some(
            view! { <span class="statusbar__item"><Icon name=IconName::History size=12/>{text::history(percent)}</span> },
        )
    };
    let trouble = move || {
        overview.with(|overview| {
            let numbers = overview.iter().flat_map(|overview| &overview.numbers);
            let troubles = numbers.filter_map(|number| text::number_trouble(&number.name, &number.standing));
            troubles
                .map(|trouble| view! { <span class="statusbar__item is-warn"><Icon name=IconName::Pause size=12/>{trouble}</span> })
                .collect_view()
        })
    };
    let warnings = Memo::new(move |_| {
        session.track(Part::Now);
        session.read(Part::Numbers, |state| {
            let numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
            let warning = |number: &NumberView| match NumberState::at(state.now, number) {
                NumberState::PhoneQuiet(keep_alive) => text::number_warning(&number.name, keep_alive),
                NumberState::Locked => Some(text::number_locked(&number.name)),
                _ => None,
            };
            numbers.filter_map(warning).collect::<Vec<_>>()
        })
    });
    let warned = move || {
        let item = |words| view! { <span class="statusbar__item is-warn"><Icon name=IconName::Warning size=12/><bdi>{words}</bdi></span> };
        warnings.get().into_iter().map(item).collect_view()
    };
    let not_understood = move || {
        let count = count(|overview| overview.not_understood);
        item(count, "", IconName::Message, text::not_understood_count)
    };
    let refused = move || {
        let count = count(|overview| overview.refused_signatures);
        item(count, "is-warn", IconName::Shield, text::refused_signatures)
    };
    view! {
        <footer class="statusbar" aria-label=text::STATUS>
            <ConnectionMark/>
            <Show when=greeted>
                <div class="statusbar__known" class:is-old=move || !online.get()>
                    <span class="statusbar__item faint hide-narrow">{move || last_event.get()}</span>
                    <span class="statusbar__quiet" role="status">{trouble}{warned}</span>
                    {history}
                    {unknown}
                    {refused}
                    {not_understood}
                    <span class="statusbar__spacer"></span>
                    <span class="statusbar__item">
                        <Icon name=IconName::Queue size=12/>
                        {queue}
                    </span>
                    <button class="statusbar__keys hide-narrow" type="button" on:click=move |_| session.toggle_palette()>
                        {move || view! { <Keys keys=keys.get()/> }}
                        {text::PALETTE}
                    </button>
                </div>
            </Show>
        </footer>
    }
}

fn item(count: u64, look: &str, icon: IconName, words: fn(u64) -> String) -> Option<impl IntoView + use<>> {
    let class = format!("statusbar__item {look}");
    (count > 0).then(|| view! { <span class=class><Icon name=icon size=12/>{words(count)}</span> })
}

/// Whether events arrive.
#[component]
fn ConnectionMark() -> impl IntoView {
    let session = Session::use_();
    let connection = session.memo(Part::Connection, |state| state.connection);
    let mark = move || match connection.get() {
        Connection::Online => ("dot dot--sm dot--ok", text::CONNECTED.to_owned()),
        Connection::Offline { since } => ("dot dot--sm dot--warn", text::offline_since(&clock::time(since))),
        Connection::Frozen => ("dot dot--sm dot--warn", text::RELOAD.to_owned()),
        Connection::Starting | Connection::SignedOut { .. } => ("dot dot--sm", text::CONNECTING.to_owned()),
    };
    view! {
        <span
            class="statusbar__item"
            class:is-warn=move || matches!(connection.get(), Connection::Offline { .. } | Connection::Frozen)
            role="status"
        >
            <span class=move || mark().0></span>
            {move || mark().1}
        </span>
    }
}
