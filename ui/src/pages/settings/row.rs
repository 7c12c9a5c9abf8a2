//! Rows of settings: what it is, what it means, and its control.

use crate::session::Session;
use crate::state::Part;
use leptos::prelude::*;
use twinbox_protocol::UserSettings;

/// A control with its words.
#[component]
pub fn Row(
    #[prop(into)] label: String,
    #[prop(into, default = String::new())] hint: String,
    children: Children,
) -> impl IntoView {
    let hint = (!hint.is_empty()).then(|| view! { <span class="set__hint sm muted">{hint}</span> });
    view! {
        <div class="set">
            <div class="set__words"><span>{label}</span>{hint}</div>
            <div class="set__control">{children()}</div>
        </div>
    }
}

/// Something that is on or off.
#[component]
pub fn Switch(
    #[prop(into)] label: String,
    #[prop(into, default = String::new())] hint: String,
    read: fn(&UserSettings) -> bool,
    set: fn(&mut UserSettings, bool),
) -> impl IntoView {
    let session = Session::use_();
    let is_on = session.memo(Part::Settings, move |state| read(&state.settings));
    let name = label.clone();
    view! {
        <Row label hint>
            <input
                class="switch"
                type="checkbox"
                role="switch"
                aria-label=name
                prop:checked=move || is_on.get()
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    session.change_settings(move |settings| set(settings, on));
                }
            />
        </Row>
    }
}

/// One of a few.
#[component]
pub fn Choice<T>(
    #[prop(into)] label: String,
    #[prop(into, default = String::new())] hint: String,
    options: Vec<(T, String)>,
    read: fn(&UserSettings) -> T,
    set: fn(&mut UserSettings, T),
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let session = Session::use_();
    let chosen = session.memo(Part::Settings, move |state| read(&state.settings));
    let name = label.clone();
    let group = label.clone();
    let option = move |(value, words): (T, String)| {
        view! {
            <label class="seg__opt">
                <input
                    class="vh"
                    type="radio"
                    name=group.clone()
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| session.change_settings(move |settings| set(settings, value))
                />
                {words}
            </label>
        }
    };
    let options = options.into_iter().map(option).collect_view();
    view! {
        <Row label hint><div class="seg" role="radiogroup" aria-label=name>{options}</div></Row>
    }
}
