//! Until when the phone can be asked, and what never comes.

use super::super::changes::note;
use super::{standing, told};
use crate::components::IconName;
use crate::session::Session;
use crate::state::{HistoryStanding, Part};
use crate::{clock, text};
use leptos::prelude::*;

/// The phone can be asked for so long.
const ASK_WITHIN_MS: i64 = 24 * 60 * 60 * 1000;
/// The circumference of the ring, in its own units.
const RING: f64 = 226.2;

/// The clock, and the limits.
#[component]
pub fn DeadlineNotes() -> impl IntoView {
    let standing = standing(Session::use_());
    // Over is what needs neither the clock nor the phone any more.
    let is_over = move || standing.get().is_some_and(HistoryStanding::is_over);
    let is_late = move || {
        matches!(
            standing.get(),
            Some(HistoryStanding::TooLate | HistoryStanding::NotAsked { .. })
        )
    };
    view! {
        <Show when=move || !is_over() || is_late()>
            <section><Deadline/></section>
        </Show>
        <section>
            <h2>{text::DOES_NOT_COME}</h2>
            <ul>
                {note(IconName::Users, "faint", text::NO_GROUPS)}
                {note(IconName::History, "faint", text::NO_OLD_CHATS)}
                {note(IconName::Image, "faint", text::NO_OLD_FILES)}
            </ul>
        </section>
        <Show
            when=is_over
            fallback=|| view! {
                <section>
                    <h2>{text::IF_NOTHING_MOVES}</h2>
                    <ul>
                        {note(IconName::Smartphone, "faint", text::WAKE_PHONE)}
                        {note(IconName::Wifi, "faint", text::PHONE_ONLINE)}
                    </ul>
                </section>
            }
        >
            <section>
                <h2>{text::GOOD_TO_KNOW}</h2>
                <ul>
                    {note(IconName::Smartphone, "faint", text::OPEN_APP_REGULARLY)}
                    {note(IconName::Unplug, "faint", text::DISCONNECT_ANY_TIME)}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Deadline() -> impl IntoView {
    let session = Session::use_();
    let told = told(session);
    let now = session.memo(Part::Now, |state| state.now);
    let deadline = Memo::new(move |_| told.with(|sync| sync.as_ref().map(|sync| sync.deadline)));
    let left = Memo::new(move |_| {
        let deadline = deadline.get()?;
        Some(deadline.ms_since(now.get()).clamp(0, ASK_WITHIN_MS))
    });
    let left_ms = move || left.get().unwrap_or(ASK_WITHIN_MS);
    let dash = move || format!("{:.1} {RING}", left_ms() as f64 / ASK_WITHIN_MS as f64 * RING);
    let figure = move || left.get().map(text::hours_and_minutes);
    let unit = move || {
        if left_ms() == 0 {
            text::DEADLINE_OVER
        } else {
            text::HOURS_LEFT
        }
    };
    let words = move || {
        deadline
            .get()
            .map(|deadline| text::deadline(&clock::day_and_time_in_sentence(deadline, now.get()), left_ms() == 0))
    };
    view! {
        <div class="dial">
            <svg viewBox="0 0 84 84" role="img" aria-label=move || text::hours_and_minutes_left(left_ms())>
                <circle class="dial__track" cx="42" cy="42" r="36"/>
                <circle
                    class="dial__value"
                    class:is-over=move || left_ms() == 0
                    cx="42"
                    cy="42"
                    r="36"
                    stroke-dasharray=dash
                    transform="rotate(-90 42 42)"
                />
                <text x="42" y="46" text-anchor="middle">{figure}</text>
                <text class="dial__unit" x="42" y="58" text-anchor="middle">{unit}</text>
            </svg>
            <div><h2>{text::DEADLINE_TITLE}</h2><p class="dial__words">{words}</p></div>
        </div>
    }
}
