//! What really arrived, each line beside what shows it.

use super::Shown;
use super::check_now::CheckNow;
use super::delay_line::DelayLine;
use super::row::{Look, Row};
use super::strip::Strip;
use crate::clock;
use crate::session::Session;
use crate::state::{FRESH_MS, NumberState, Part, token_ends_soon};
use crate::text;
use leptos::prelude::*;
use std::time::Duration;
use twinbox_domain::Millis;
use twinbox_protocol::{ArrivalsView, HealthView};

/// Asked again so long after something arrived, so that a burst is one question.
const SETTLES_AFTER: Duration = Duration::from_secs(1);
/// Delays that only few events may exceed: a minute.
const SLOW_MS: i64 = 60_000;

type Told = Memo<Option<HealthView>>;

/// The box; empty lines until it is told.
#[component]
pub fn Health(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    keep_up(session, shown);
    let told: Told = Memo::new(move |_| {
        let id = shown.with(|number| number.as_ref().map(|number| number.id.clone()))?;
        session.read(Part::Health, |state| state.numbers.health.get(&id).cloned())
    });
    let failed = Memo::new(move |_| {
        let id = shown.with(|number| number.as_ref().map(|number| number.id.clone()));
        session.read(Part::Health, |state| {
            state.numbers.failed.is_some() && state.numbers.failed == id
        })
    });
    let quiet = Memo::new(move |_| {
        let now = session.read(Part::Now, |state| state.now);
        shown.with(|number| {
            number
                .as_ref()
                .is_some_and(|number| NumberState::at(now, number).needs_someone())
        })
    });
    let never_quiet = Memo::new(|_| false);
    view! {
        <section class="box" aria-labelledby="health">
            <header class="box__head">
                <h3 id="health">{text::HEALTH}</h3>
                <span class="grow"></span>
                <span class="xs faint">{text::LAST_DAY}</span>
                <CheckNow shown/>
            </header>
            <Show when=move || failed.get()>
                <p class="ev__failed sm is-warn" role="status">{text::HEALTH_NOT_TOLD}</p>
            </Show>
            <div role="list">
                <Arrivals title=text::LAST_MESSAGE_IN warned=never_quiet told read=|health| &health.messages/>
                <Arrivals title=text::LAST_BY_PHONE warned=quiet told read=|health| &health.phone/>
                <Arrivals title=text::LAST_STATUS warned=never_quiet told read=|health| &health.statuses/>
                <Delay told/>
                <Access told/>
            </div>
        </section>
    }
}

/// Asks at once about another number, and about the same one when something has arrived or a minute has passed.
fn keep_up(session: Session, shown: Shown) {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop_waiting = move || {
        waiting.try_update_value(|waiting| waiting.take().iter().for_each(TimeoutHandle::clear));
    };
    on_cleanup(stop_waiting);
    let id = Memo::new(move |_| shown.with(|number| number.as_ref().map(|number| number.id.clone())));
    Effect::new(move |before: Option<_>| {
        session.track(Part::Overview);
        session.track(Part::Connection);
        session.track(Part::Now);
        let now = id.get();
        let is_other = before.flatten() != now;
        if let Some(id) = now.clone() {
            if is_other {
                stop_waiting();
                session.load_health(id);
            } else if waiting.with_value(Option::is_none) {
                let load = move || {
                    waiting.try_set_value(None);
                    session.load_health(id);
                };
                waiting.set_value(set_timeout_with_handle(load, SETTLES_AFTER).ok());
            }
        }
        now
    });
}

/// A kind of events.
#[component]
fn Arrivals(
    title: text::Words,
    warned: Memo<bool>,
    told: Told,
    read: fn(&HealthView) -> &ArrivalsView,
) -> impl IntoView {
    let session = Session::use_();
    let last_at = Memo::new(move |_| told.with(|told| told.as_ref().and_then(|health| read(health).last_at)));
    let slots = Memo::new(move |_| {
        let slots = told.with(|told| told.as_ref().map(|health| read(health).slots.clone()));
        slots.unwrap_or_else(|| vec![0; 48])
    });
    let ago = Memo::new(move |_| {
        let now = session.read(Part::Second, |state| state.now);
        last_at.get().map(|last: Millis| now.ms_since(last))
    });
    let is_told = move || told.with(Option::is_some);
    let look = Memo::new(move |_| match ago.get() {
        Some(_) if warned.get() => Look::Warning,
        Some(ago) if ago < FRESH_MS => Look::Fine,
        Some(_) => Look::Old,
        None => Look::Never,
    });
    let words = Memo::new(move |_| match ago.get() {
        Some(ago) => text::ago(ago),
        None if is_told() => text::NEVER_YET.to_owned(),
        None => String::new(),
    });
    view! { <Row look title words=words><Strip slots/></Row> }
}

/// How long they were on their way.
#[component]
fn Delay(told: Told) -> impl IntoView {
    let delay = Memo::new(move |_| told.with(|told| told.as_ref().and_then(|health| health.delay.clone())));
    let look = Memo::new(move |_| match delay.get() {
        Some(delay) if delay.p95_ms >= SLOW_MS => Look::Warning,
        Some(_) => Look::Fine,
        None => Look::Never,
    });
    let words = Memo::new(move |_| match delay.get() {
        Some(delay) => text::delays(delay.median_ms, delay.worst_ms),
        None => text::NO_DELAY.to_owned(),
    });
    let in_full = move || {
        let delay = delay.get()?;
        Some(text::delays_in_full(delay.median_ms, delay.p95_ms, delay.worst_ms))
    };
    let worst = Memo::new(move |_| delay.get().map(|delay| delay.worst_slots).unwrap_or_default());
    view! {
        <Row look title=text::DELAY words=words>
            <span class="ev__day" title=in_full>
                <DelayLine worst/>
                <span class="vh">{in_full}</span>
            </span>
        </Row>
    }
}

/// What is in the way of events; nothing while nothing is, or nothing is known.
#[component]
fn Access(told: Told) -> impl IntoView {
    let session = Session::use_();
    let refused = Memo::new(move |_| told.with(|told| told.as_ref().map_or(0, |health| health.refused_signatures)));
    let token = Memo::new(move |_| {
        told.with(|told| {
            told.as_ref()
                .and_then(|health| Some((health.token_is_valid?, health.token_expires_at)))
        })
    });
    let missing = Memo::new(move |_| told.with(|told| told.as_ref()?.missing_fields.clone()));
    let warning = Memo::new(|_| Look::Warning);
    let ends_soon = Memo::new(move |_| {
        let now = session.read(Part::Now, |state| state.now);
        token_ends_soon(token.get().and_then(|(_, ends)| ends), now)
    });
    let token_look = Memo::new(move |_| match token.get() {
        Some((true, _)) if !ends_soon.get() => Look::Fine,
        _ => Look::Warning,
    });
    let token_words = move || match token.get() {
        Some((true, Some(until))) => {
            let now = session.read(Part::Now, |state| state.now);
            text::access_until(&clock::day(until, now), ends_soon.get())
        }
        Some((true, None)) => text::ACCESS_WORKS.to_owned(),
        Some((false, _)) | None => text::ACCESS_ENDED.to_owned(),
    };
    let is_elsewhere =
        Memo::new(move |_| told.with(|told| told.as_ref().is_some_and(|health| health.callback_is_elsewhere)));
    let field_look = Memo::new(move |_| {
        if is_elsewhere.get() || missing.with(|missing| missing.as_ref().is_some_and(|missing| !missing.is_empty())) {
            Look::Warning
        } else {
            Look::Fine
        }
    });
    let field_words = move || match missing.get() {
        Some(missing) if !missing.is_empty() => text::events_missing(&missing),
        Some(_) | None if is_elsewhere.get() => text::EVENTS_ELSEWHERE.to_owned(),
        Some(_) | None => text::ALL_EVENTS_SENT.to_owned(),
    };
    view! {
        <Show when=move || token.get().is_some()>
            <Row look=token_look title=text::ACCESS words=Signal::derive(token_words)/>
        </Show>
        <Show when=move || missing.with(Option::is_some)>
            <Row look=field_look title=text::EVENTS_SENT words=Signal::derive(field_words)/>
        </Show>
        <Show when=move || refused.get() != 0>
            <Row look=warning title=text::REFUSED words=Signal::derive(move || refused.get().to_string())>
                <span class="sm muted">{text::REFUSED_EXPLAINED}</span>
            </Row>
        </Show>
    }
}
