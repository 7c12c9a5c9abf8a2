//! How long the number has been in use.

use super::{found, row::CheckRow};
use crate::session::Session;
use crate::state::Part;
use crate::{clock, text};
use leptos::prelude::*;
use twinbox_domain::UseFinding;

/// More days than any phone has lived.
const MOST_DAYS: u32 = 9999;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// With its field.
#[component]
pub fn DaysRow() -> impl IntoView {
    let session = Session::use_();
    let found = found(session);
    let item = Memo::new(move |_| found.get().use_so_far);
    let words = Memo::new(move |_| {
        let finding = item.get().finding;
        let days_left = match finding {
            UseFinding::Short { days_left, .. } => i64::from(days_left),
            UseFinding::NotTold | UseFinding::Long { .. } => 0,
        };
        let now = session.read(Part::Now, |state| state.now);
        text::use_words(finding, &clock::weekday(now.plus_ms(days_left * DAY_MS)))
    });
    let days = session.memo(Part::Answers, |state| state.connecting.answers.days_in_use);
    let on_input = move |event| {
        let value = event_target_value(&event);
        let days = value.trim().parse::<u32>().ok().map(|days| days.min(MOST_DAYS));
        session.answer(|answers| answers.days_in_use = days);
    };
    view! {
        <CheckRow outcome=Signal::derive(move || item.get().outcome) title=move || words.get().0 hint=move || words.get().1>
            <span class="field field--days">
                <input
                    type="text"
                    inputmode="numeric"
                    maxlength="4"
                    autocomplete="off"
                    aria-label=text::DAYS_LABEL
                    prop:value=move || days.get().map(|days| days.to_string()).unwrap_or_default()
                    on:input=on_input
                />
                <span>{move || text::days(days.get())}</span>
            </span>
        </CheckRow>
    }
}
