//! What waits to be sent, why, and what went wrong.

mod ask;
mod decisions;
mod failures;
mod gauges;
mod lane;
mod later;
mod part;

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, State};
use crate::text;
use decisions::decisions;
use failures::failures;
use gauges::gauges;
use lane::lane;
use later::later;
use leptos::prelude::*;
use twinbox_domain::{Lane, NumberId};

/// Figures are told anew each second while the page is shown; old ones are dim while nothing is.
#[component]
pub fn Queue() -> impl IntoView {
    let session = Session::use_();
    Effect::new(move |_| {
        session.track(Part::Second);
        session.load_queue();
    });
    let any_sends = session.memo(Part::Numbers, |state| {
        let mut numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
        numbers.any(|number| number.pause.is_none())
    });
    let switch = move |_| match any_sends.get_untracked() {
        true => session.pause_everything(),
        false => session.resume_everything(),
    };
    let sent = session.memo(Part::Queue, |state| {
        let gauges = state.queue.view.iter().flat_map(|view| &view.numbers);
        gauges.map(|gauge| gauge.sent_in_a_day).sum::<u64>()
    });
    let has_nothing_beside = session.memo(Part::Queue, |state| {
        let view = state.queue.view.as_ref();
        view.is_none_or(|view| view.unknown_count == 0 && view.failures.is_empty() && view.scheduled_count == 0)
    });
    view! {
        <main class="page" aria-label=text::QUEUE>
            <header class="page__head">
                <h1 class="page__title">{text::QUEUE}</h1>
                <span class="page__sub truncate">{text::QUEUE_SUB}</span>
                <span class="grow"></span>
                {only(session)}
                <span class="sm muted num">{move || text::sent_in_a_day(sent.get())}</span>
                <button class="btn btn--line" type="button" on:click=switch>
                    {move || if any_sends.get() {
                        view! { <Icon name=IconName::Pause/>{text::PAUSE_EVERYTHING} }.into_any()
                    } else {
                        view! { <Icon name=IconName::Play/>{text::RESUME_EVERYTHING} }.into_any()
                    }}
                </button>
            </header>
            <div class="q">
                {gauges(session)}
                <section class="box q__lanes scroll" aria-label=text::QUEUED_MESSAGES>
                    {lane(session, Lane::Agent)}
                    {lane(session, Lane::Automation)}
                    {lane(session, Lane::Campaign)}
                    {nothing(session)}
                </section>
                <aside class="q__side scroll" hidden=move || has_nothing_beside.get()>{decisions(session)}{failures(session)}{later(session)}</aside>
            </div>
        </main>
    }
}

/// Which number's lanes are shown; nothing while there is only one.
fn only(session: Session) -> AnyView {
    let numbers = session.memo(Part::Numbers, |state| {
        let numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
        numbers
            .map(|number| (number.id.clone(), number.name.clone()))
            .collect::<Vec<_>>()
    });
    let choose = move |event| {
        let chosen = NumberId(event_target_value(&event));
        session.show_queue_of(Some(chosen).filter(|chosen| !chosen.as_str().is_empty()));
    };
    (move || {
        let all = numbers.get();
        (all.len() > 1).then(|| {
            let only = session.peek(|state| state.queue.only.clone());
            let option = |(id, name): (NumberId, String)| {
                view! { <option value=id.to_string() selected=Some(&id) == only.as_ref()>{name}</option> }
            };
            view! {
                <select class="select" aria-label=text::SHOW_ONLY on:change=choose>
                    <option value="">{text::ALL_NUMBERS}</option>
                    {all.into_iter().map(option).collect_view()}
                </select>
            }
        })
    })
    .into_any()
}

fn nothing(session: Session) -> AnyView {
    let is_empty = session.memo(Part::Queue, |state| {
        let view = state.queue.view.as_ref();
        view.is_some_and(|view| view.lanes.iter().all(|lane| lane.items.is_empty()))
    });
    let sends_at_once = session.memo(Part::Queue, State::sends_at_once);
    (move || {
        is_empty.get().then(|| {
            view! {
                <div class="empty">
                    <Icon name=IconName::Queue size=32/>
                    <b>{text::NOTHING_WAITING}</b>
                    {move || sends_at_once.get().then(|| view! { <span class="sm">{text::QUEUE_EMPTY_HINT}</span> })}
                </div>
            }
        })
    })
    .into_any()
}
