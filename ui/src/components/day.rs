//! The label of a day in the thread.

use crate::clock;
use leptos::prelude::*;
use twinbox_domain::Millis;

/// Above the first message of a day.
#[component]
pub fn Day(at: Millis, now: Millis) -> impl IntoView {
    let day = clock::day(at, now);
    let name = day.clone();
    view! { <div class="day" role="separator" aria-label=name>{day}</div> }
}
