//! What changes on the phone, told before anything does.

use crate::components::{Icon, IconName};
use crate::text::{self, Fate};
use leptos::prelude::*;

/// In short, beside the questions.
#[component]
pub fn PhoneNotes() -> impl IntoView {
    let list = |icon: IconName, class: &'static str, words: &[&'static str]| {
        let items = words.iter().map(|words| note(icon, class, words));
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
pub fn note(icon: IconName, class: &'static str, words: &'static str) -> impl IntoView + use<> {
    view! { <li><Icon name=icon class/><span>{words}</span></li> }
}

/// All of it, as a table.
#[component]
pub fn Comparison() -> impl IntoView {
    let head = text::COMPARISON_HEAD
        .into_iter()
        .map(|title| view! { <th scope="col">{title}</th> });
    let rows = text::COMPARISON.into_iter().map(|(what, fate, phone, here)| {
        let (icon, class) = match fate {
            Fate::Stays => (IconName::Tick, "is-accent"),
            Fate::Changes => (IconName::Close, "faint"),
        };
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td><span class="compare__fate"><Icon name=icon size=14 class/>{phone}</span></td>
                <td>{here}</td>
            </tr>
        }
    });
    view! {
        <table class="compare">
            <caption class="vh">{text::EVERYTHING_THAT_CHANGES}</caption>
            <thead><tr>{head.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
