//! What changes on the phone, told before anything does.

use crate::components::{ComparisonRows, Icon, IconName};
use crate::text;
use leptos::prelude::*;

/// In short, beside the questions.
#[component]
pub fn PhoneNotes() -> impl IntoView {
    let list = |icon: IconName, class: &'static str, words: &[text::Words]| {
        let items = words.iter().map(|words| note(icon, class, *words));
        items.collect_view()
    };
    view! {
        <section>
            <h2>{text::STAYS_TITLE}</h2>
            <ul>{list(IconName::Tick, "is-accent", &text::STAYS)}</ul>
        </section>
        <section>
            <h2>{text::SWITCHES_OFF_TITLE}</h2>
            <ul>{list(IconName::Close, "faint", &text::SWITCHES_OFF)}</ul>
        </section>
        <section>
            <h2>{text::GOOD_TO_KNOW}</h2>
            <ul>
                {note(IconName::Clock, "faint", text::ABOUT_TEN_MINUTES)}
                {note(IconName::Unplug, "faint", text::DISCONNECT_ANY_TIME)}
            </ul>
        </section>
    }
}

/// One line of the notes.
pub fn note(icon: IconName, class: &'static str, words: text::Words) -> impl IntoView + use<> {
    view! { <li><Icon name=icon class/><span>{words}</span></li> }
}

/// All of it, as a table.
#[component]
pub fn Comparison() -> impl IntoView {
    let head = text::COMPARISON_HEAD
        .into_iter()
        .map(|title| view! { <th scope="col">{title}</th> });
    view! {
        <table class="compare">
            <caption class="vh">{text::EVERYTHING_THAT_CHANGES}</caption>
            <thead><tr>{head.collect_view()}</tr></thead>
            <ComparisonRows/>
        </table>
    }
}
