//! How quiet the phone is, and until when its app has to be opened.

use super::Shown;
use crate::clock;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, wants_signup};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{KeepAlive, Millis, QUIET_DAYS_ALLOWED, Standing};

/// A pip for each quiet day that is allowed, and the same in words.
#[component]
pub fn KeepAliveBox(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    // `None` without a link that could end.
    let keep_alive = Memo::new(move |_| {
        let now = session.read(Part::Now, |state| state.now);
        let number = shown
            .get()
            .filter(|number| number.can_send && number.standing.may_send())?;
        Some(KeepAlive::at(now, number.evidence.last_sign_at))
    });
    let is_warned = Memo::new(move |_| keep_alive.get().is_some_and(|quiet| quiet.warned_at_day().is_some()));
    let is_counted = move || matches!(keep_alive.get(), Some(KeepAlive::Quiet { .. }));
    let trouble = Memo::new(move |_| shown.with(|number| text::why_paused(number.as_ref()?)));
    let title = move || match keep_alive.get() {
        None => shown.with(|number| {
            number
                .as_ref()
                .map_or_else(String::new, |number| text::standing_title(number, clock::date))
        }),
        Some(KeepAlive::CannotTell) => text::PHONE_UNKNOWN.to_owned(),
        Some(quiet) => text::open_the_phone(quiet).unwrap_or_else(|| text::PHONE_IN_USE.to_owned()),
    };
    let why = move || match keep_alive.get() {
        None => trouble.get().unwrap_or(text::NOT_CONNECTED_WHY.into()),
        Some(KeepAlive::CannotTell) => text::PHONE_UNKNOWN_WHY.into(),
        Some(quiet) if quiet.days_left() == Some(0) => text::KEEP_ALIVE_OVER.into(),
        Some(_) => text::KEEP_ALIVE_WHY.into(),
    };
    let count = move || match keep_alive.get() {
        None | Some(KeepAlive::CannotTell) => None,
        Some(KeepAlive::Quiet { days, until }) => Some(view! { <Quiet days until/> }),
    };
    let resume = move || {
        let number = shown.get()?;
        matches!(number.standing, Standing::Blocked { .. }).then(|| {
            view! {
                <button class="btn btn--line" type="button" on:click=move |_| session.resume_sending(number.id.clone())>
                    {text::RESUME}
                </button>
            }
        })
    };
    let icon = move || if is_warned.get() { "is-warn" } else { "muted" };
    view! {
        <section class="box keep" class:is-warned=move || is_warned.get() aria-labelledby="keep-alive">
            <div class="hstack">
                <span class=icon><Icon name=IconName::Smartphone/></span>
                <h3 id="keep-alive">{title}</h3>
            </div>
            {count}
            {move || Some(why()).filter(|why| !why.is_empty()).map(|why| view! { <p class="sm muted">{why}</p> })}
            {resume}
            <Unlock shown/>
            <ConnectAgain shown/>
            <Show when=is_counted>
                <p class="xs keep__how">{text::KEEP_ALIVE_HOW}</p>
            </Show>
        </section>
    }
}

/// Leads to what can be done about a locked keychain, for whoever sets up.
#[component]
fn Unlock(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    let is_locked = Memo::new(move |_| shown.with(|number| number.as_ref().is_some_and(|number| number.is_locked)));
    view! {
        <Show when=move || sets_up.get() && is_locked.get()>
            <button class="btn btn--line" type="button" on:click=move |_| session.show_connection_settings()>
                <Icon name=IconName::Lock/>
                {text::SECRETS}
            </button>
        </Show>
    }
    .into_any()
}

/// The way back, beside the reason, for whoever sets up.
#[component]
fn ConnectAgain(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    let number = Memo::new(move |_| {
        let number = shown.get()?;
        let token_ends = session.read(Part::Health, |state| {
            state.numbers.health.get(&number.id)?.token_expires_at
        });
        let now = session.read(Part::Now, |state| state.now);
        let is_wanted = wants_signup(&number, token_ends, now);
        let is_linked = number.standing == Standing::Connected;
        is_wanted.then_some((number.display_phone_number, is_linked, number.can_send))
    });
    let busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    let again = move |_| {
        if let Some((phone, ..)) = number.get_untracked() {
            session.connect_again(phone);
        }
    };
    // One that was only heard of was never connected, as far as is known.
    let words = move || match number.get() {
        Some((_, true, false)) => text::CONNECT_THIS,
        _ => text::CONNECT_AGAIN,
    };
    let ends_soon = move || matches!(number.get(), Some((_, true, true))).then_some(text::ACCESS_ENDS_SOON);
    view! {
        <Show when=move || sets_up.get() && number.with(Option::is_some)>
            <p class="sm is-warn">{ends_soon}</p>
            <button class="btn btn--primary" type="button" disabled=move || busy.get() on:click=again>
                <Icon name=IconName::Coexist/>
                {words}
            </button>
        </Show>
    }
    .into_any()
}

#[component]
fn Quiet(days: i64, until: Millis) -> impl IntoView {
    let session = Session::use_();
    let words = text::quiet_days(days);
    let day = move || {
        let now = session.read(Part::Now, |state| state.now);
        text::until(&clock::day(until, now))
    };
    let pips = (0..QUIET_DAYS_ALLOWED).map(|pip| view! { <i class:is-used=pip < days></i> });
    view! {
        <span class="pips" aria-hidden="true">{pips.collect_view()}</span>
        <div class="keep__count sm muted num">
            <span>{words}</span>
            <span>{day}</span>
        </div>
    }
}
