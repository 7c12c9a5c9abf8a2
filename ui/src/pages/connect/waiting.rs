//! Step 3: Meta's page is open, and the phone is in somebody's hand.

use super::changes::note;
use super::frame::Wizard;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use leptos::prelude::*;

/// Meta's page may come back for so long.
const PAGE_LIFE_S: i64 = 10 * 60;
/// The circumference of the ring, in its own units.
const RING: f64 = 226.2;

/// What to do on the phone, in order.
#[component]
pub fn Waiting() -> impl IntoView {
    let steps = (1..).zip(text::PHONE_STEPS).map(|(number, (what, how))| {
        view! {
            <li class="phone-step">
                <span class="phone-step__n" aria-hidden="true">{number}</span>
                <span><b>{what}</b><span class="phone-step__how">{how}</span></span>
            </li>
        }
    });
    view! {
        <Wizard
            page=ConnectPage::Waiting
            title=text::WAITING_TITLE
            lede=text::WAITING_LEDE
            aside=|| view! { <Notes/> }
            aside_label=text::GOOD_TO_KNOW
            foot=|| view! { <WaitingFoot/> }
        >
            <ol class="phone-steps">{steps.collect_view()}</ol>
            <OpenAgain/>
        </Wizard>
    }
}

/// The countdown, and what the choice on the phone means.
#[component]
fn Notes() -> impl IntoView {
    let session = Session::use_();
    let until = session.memo(Part::Connecting, |state| state.connecting.signup()?.waiting_until);
    let left = Memo::new(move |_| {
        let now = session.read(Part::Second, |state| state.now);
        until
            .get()
            .map_or(0, |until| until.ms_since(now) / 1000)
            .clamp(0, PAGE_LIFE_S)
    });
    let dash = move || format!("{:.1} {RING}", left.get() as f64 / PAGE_LIFE_S as f64 * RING);
    view! {
        <section>
            <div class="dial">
                <svg viewBox="0 0 84 84" aria-hidden="true">
                    <circle class="dial__track" cx="42" cy="42" r="36"/>
                    <circle class="dial__value" cx="42" cy="42" r="36" stroke-dasharray=dash transform="rotate(-90 42 42)"/>
                    <text x="42" y="46" text-anchor="middle">{move || text::minutes_and_seconds(left.get())}</text>
                    <text class="dial__unit" x="42" y="58" text-anchor="middle">{text::MINUTES_LEFT}</text>
                </svg>
                <div>
                    <h2>{text::TIME_TO_FINISH}</h2>
                    <p class="dial__words">{text::TIME_TO_FINISH_HINT}</p>
                </div>
            </div>
        </section>
        <section>
            <h2>{text::SHARE_TITLE}</h2>
            <ul>
                {note(IconName::Tick, "is-accent", text::SHARE_YES)}
                {note(IconName::Close, "faint", text::SHARE_NO)}
            </ul>
        </section>
    }
}

/// A browser may have blocked the page.
#[component]
fn OpenAgain() -> impl IntoView {
    let session = Session::use_();
    let address = session.memo(Part::Connecting, |state| state.connecting.address.clone());
    move || {
        address.get().map(|address| {
            view! {
                <p class="wiz__aside-line muted">
                    {text::NOTHING_OPENED}" "
                    <a class="link" href=address target="_blank" rel="noreferrer noopener">
                        {text::OPEN_META}<Icon name=IconName::Outside size=14/>
                    </a>
                </p>
            }
        })
    }
}

#[component]
fn WaitingFoot() -> impl IntoView {
    let session = Session::use_();
    let is_busy = session.memo(Part::Connecting, |state| state.connecting.is_busy);
    view! {
        <span class="wiz__why faint" role="status"><Icon name=IconName::Refresh size=14 class="spin"/>{text::WAITING_FOR_META}</span>
        <button
            class="btn btn--lg btn--line"
            type="button"
            disabled=move || is_busy.get()
            on:click=move |_| session.stop_waiting()
        >
            {text::STOP_WAITING}
        </button>
    }
}
