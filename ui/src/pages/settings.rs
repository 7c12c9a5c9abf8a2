//! What this person has set, and what can be done about what is kept.

mod about;
mod appearance;
mod connection;
mod costs;
mod notifications;
mod passphrase;
mod people;
mod privacy;
mod retention;
mod row;
mod shortcuts;
mod storage;
mod team;

use crate::components::{Icon, IconName};
use crate::keyboard;
use crate::screen::{Screen, Section};
use crate::session::Session;
use crate::text;
use about::About;
use appearance::Appearance;
use connection::ConnectionRow;
use costs::costs;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use notifications::Notifications;
use privacy::Privacy;
use shortcuts::Shortcuts;
use storage::Storage;
use team::team;

const PAGE_ID: &str = "settings-page";

/// Parts at the start, the one that is chosen beside them.
#[component]
pub fn Settings() -> impl IntoView {
    let session = Session::use_();
    let section = Screen::use_().section;
    let page = move || match section.get() {
        Section::Appearance => view! { <Appearance/> }.into_any(),
        Section::Notifications => view! { <Notifications/> }.into_any(),
        Section::Shortcuts => view! { <Shortcuts/> }.into_any(),
        Section::Team => view! { {team(session)}<ConnectionRow/> }.into_any(),
        Section::Storage => view! { <Storage/> }.into_any(),
        Section::Costs => costs(Session::use_()),
        Section::Privacy => view! { <Privacy/> }.into_any(),
        Section::About => view! { <About/> }.into_any(),
    };
    view! {
        <main class="page settings" aria-label=text::SETTINGS>
            <header class="page__head"><h1 class="page__title">{text::SETTINGS}</h1></header>
            <div class="settings__panes">
                <Parts section/>
                <div
                    id=PAGE_ID
                    class="settings__page scroll"
                    tabindex="0"
                    role="tabpanel"
                    aria-label=move || text::section(section.get())
                >
                    <div class="settings__column">
                        <h2 class="settings__title">{move || text::section(section.get())}</h2>
                        {page}
                    </div>
                </div>
            </div>
        </main>
    }
}

/// One tab stop; arrows move through the parts.
#[component]
fn Parts(section: RwSignal<Section>) -> impl IntoView {
    let on_key = move |event: KeyboardEvent| {
        let at = Section::ALL
            .iter()
            .position(|it| *it == section.get_untracked())
            .unwrap_or_default();
        let last = Section::ALL.len() - 1;
        let to = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(last),
            "ArrowUp" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = Section::ALL.get(to) {
            section.set(*to);
            // The tab stop moves only after this event.
            request_animation_frame(keyboard::focus_settings);
        }
    };
    let part = move |it: Section| {
        view! {
            <button
                class="settings__part"
                type="button"
                role="tab"
                aria-controls=PAGE_ID
                aria-selected=move || (section.get() == it).to_string()
                tabindex=move || if section.get() == it { "0" } else { "-1" }
                on:click=move |_| section.set(it)
            >
                <Icon name=icon(it)/>
                {text::section(it)}
            </button>
        }
    };
    view! {
        <div class="settings__nav scroll" role="tablist" aria-orientation="vertical" aria-label=text::SETTINGS on:keydown=on_key>
            {Section::ALL.map(part)}
        </div>
    }
}

const fn icon(section: Section) -> IconName {
    match section {
        Section::Appearance => IconName::Sun,
        Section::Notifications => IconName::Bell,
        Section::Shortcuts => IconName::Keyboard,
        Section::Team => IconName::Tag,
        Section::Storage => IconName::Drive,
        Section::Costs => IconName::Cart,
        Section::Privacy => IconName::Lock,
        Section::About => IconName::Help,
    }
}
