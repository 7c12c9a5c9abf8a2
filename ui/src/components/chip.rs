//! How much is left of the 24 hours.

use super::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Millis, WINDOW_MS, Window};

/// From here on the countdown is amber: two hours.
const SHORT_S: i64 = 2 * 60 * 60;
/// Whoever cannot see the countdown is told when so much is left.
const SAID_AT_S: [i64; 2] = [SHORT_S, 15 * 60];
/// From here on it counts seconds: five minutes.
const SECONDS_S: i64 = 5 * 60;
/// The circumference of the ring, in its own units.
const RING: f64 = 34.56;

/// What a countdown says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Countdown {
    /// So many seconds are left: whole minutes while these are enough.
    Left(i64),
    /// None is.
    Over,
    /// It never began.
    Never,
}

impl Countdown {
    /// The countdown at `now` of a customer who last wrote then.
    pub fn at(now: Millis, last_customer_at: Option<Millis>) -> Self {
        match Window::at(now, last_customer_at) {
            Window::Open { closes_at } => {
                let left = closes_at.ms_since(now) / 1000;
                Self::Left(if left < SECONDS_S { left } else { left - left % 60 })
            }
            Window::Closed { .. } => Self::Over,
            Window::NeverOpened => Self::Never,
        }
    }

    /// What to say aloud when it was `before` and is this now.
    pub fn news_since(self, before: Self) -> Option<String> {
        match (before, self) {
            (Self::Left(before), Self::Left(now)) => {
                let passed = |at: &i64| (now..before).contains(at);
                SAID_AT_S.iter().any(passed).then(|| text::time_left_to_reply(now))
            }
            (Self::Left(_), Self::Over) => Some(text::WINDOW_OVER.to_owned()),
            _ => None,
        }
    }

    /// Whether someone should hurry.
    pub fn is_short(self) -> bool {
        matches!(self, Self::Left(seconds) if seconds < SHORT_S)
    }
}

/// The countdown of a conversation, computed again each minute, and each second towards its end.
pub fn countdown(session: Session, last_customer_at: Signal<Option<Millis>>) -> Memo<Countdown> {
    Memo::new(move |_| {
        let now = session.read(Part::Now, |state| state.now);
        let countdown = Countdown::at(now, last_customer_at.get());
        if matches!(countdown, Countdown::Left(seconds) if seconds <= SECONDS_S) {
            session.track(Part::Second);
        }
        countdown
    })
}

/// The chip of the header.
#[component]
pub fn WindowChip(#[prop(into)] last_customer_at: Signal<Option<Millis>>) -> impl IntoView {
    let countdown = countdown(Session::use_(), last_customer_at);
    move || match countdown.get() {
        Countdown::Left(seconds) => {
            let look = if countdown.get().is_short() {
                "chip chip--warn"
            } else {
                "chip chip--accent"
            };
            let share = (seconds * 1000) as f64 / WINDOW_MS as f64;
            view! {
                <span class=look title=text::WINDOW_EXPLAINED>
                    <svg class="ring" viewBox="0 0 14 14" aria-hidden="true">
                        <circle cx="7" cy="7" r="5.5"/>
                        <circle cx="7" cy="7" r="5.5" stroke-dasharray=format!("{:.2} {RING}", share * RING)/>
                    </svg>
                    {text::time_left_to_reply(seconds)}
                </span>
            }
            .into_any()
        }
        Countdown::Over => plain(IconName::Lock, text::WINDOW_OVER),
        Countdown::Never => plain(IconName::Plus, text::WINDOW_NEVER),
    }
}

fn plain(icon: IconName, words: text::Words) -> AnyView {
    view! {
        <span class="chip chip--line" title=text::WINDOW_EXPLAINED>
            <Icon name=icon size=12/>
            {words}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_hours_are_short() {
        let wrote = Millis(0);
        let at = |minutes_left: i64| Countdown::at(Millis(WINDOW_MS - minutes_left * 60_000), Some(wrote));
        assert_eq!(at(121), Countdown::Left(121 * 60));
        assert!(!at(120).is_short());
        assert!(at(119).is_short());
        assert_eq!(at(0), Countdown::Over);
        assert_eq!(Countdown::at(Millis(0), None), Countdown::Never);
    }

    #[test]
    fn the_end_of_the_reply_time_is_said_two_hours_and_15_minutes_ahead_and_when_it_comes() {
        let said = |before: i64, now: i64| Countdown::Left(now).news_since(Countdown::Left(before));
        assert_eq!(said(121 * 60, 120 * 60), Some(text::time_left_to_reply(120 * 60)));
        assert_eq!(said(16 * 60, 15 * 60), Some(text::time_left_to_reply(15 * 60)));
        // The computer slept.
        assert_eq!(said(180 * 60, 9 * 60), Some(text::time_left_to_reply(9 * 60)));
        assert_eq!([said(120 * 60, 119 * 60), said(15 * 60, 14 * 60)], [None, None]);
        // The customer has written again.
        assert_eq!(said(60, WINDOW_MS / 1000), None);
        assert_eq!(
            Countdown::Over.news_since(Countdown::Left(1)).as_deref(),
            Some(&*text::WINDOW_OVER)
        );
        assert_eq!(Countdown::Over.news_since(Countdown::Over), None);
    }

    #[test]
    fn the_last_five_minutes_count_seconds() {
        let at = |seconds_left: i64| Countdown::at(Millis(WINDOW_MS - seconds_left * 1000), Some(Millis(0)));
        assert_eq!([at(359), at(300)], [Countdown::Left(300); 2]);
        assert_eq!([at(299), at(1)], [Countdown::Left(299), Countdown::Left(1)]);
    }
}
