//! Light or dark.

use super::{Icon, IconName};
use crate::commands::Command;
use crate::screen::Screen;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;

/// Changes the theme. `class` is how the button looks.
#[component]
pub fn ThemeButton(class: &'static str) -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let words = move || {
        if screen.dark.get() {
            text::LIGHT_THEME
        } else {
            text::DARK_THEME
        }
    };
    let icon = move || {
        let name = if screen.dark.get() {
            IconName::Sun
        } else {
            IconName::Moon
        };
        view! { <Icon name size=18/> }
    };
    view! {
        <button class=class type="button" aria-label=words title=words on:click=move |_| Command::Theme.run(session, screen)>
            {icon}
        </button>
    }
}
