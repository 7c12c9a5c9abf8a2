//! All shortcuts on one sheet.

use super::kbd::Keys;
use super::{Icon, IconName};
use crate::commands::{self, Command, Entry};
use crate::keyboard;
use crate::screen::{Screen, Section};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;

/// There while it is shown; Escape closes it.
#[component]
pub fn ShortcutSheet() -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let came_from = StoredValue::new_local(document().active_element());
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // It is open already at worst.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        screen.shortcuts.set(false);
        came_from.with_value(|element| keyboard::focus_again(element.as_ref()));
    };
    // The keys of the page behind are not meant.
    let keep = move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
    };
    let change = move |_| {
        close();
        screen.section.set(Section::Shortcuts);
        Command::GoSettings.run(session, screen);
    };
    let settings = session.memo(Part::Settings, |state| state.settings.clone());
    let group = move |is_inbox: bool| {
        let is_in =
            move |entry: &&Entry| entry.is_of_inbox() == is_inbox && session.peek(|state| entry.is_known(state));
        let row = move |entry: &'static Entry| {
            let keys = move || settings.with(|settings| entry.shortcut(settings));
            let keys = move || {
                keys().map(|keys| view! { <div class="keys__row"><dt>{text::command(entry.command)}</dt><dd><Keys keys=keys.keys()/></dd></div> })
            };
            view! { {keys} }
        };
        view! {
            <section aria-label=text::shortcut_group(is_inbox)>
                <h3 class="keys__head">{text::shortcut_group(is_inbox)}</h3>
                <dl>{commands::ALL.iter().filter(is_in).map(row).collect_view()}</dl>
            </section>
        }
    };
    let fixed = move || {
        text::fixed_keys(settings.with(|settings| settings.enter_sends)).map(|(keys, does)| {
            let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            view! { <div class="keys__row"><dt>{does}</dt><dd><Keys keys/></dd></div> }
        })
    };
    view! {
        <dialog class="sheet keys" tabindex="-1" node_ref=dialog aria-label=text::KEYBOARD_SHORTCUTS on:close=move |_| close() on:keydown=keep>
            <header class="sheet__head">
                <h2>{text::KEYBOARD_SHORTCUTS}</h2>
                <span class="grow"></span>
                <button class="btn btn--sm btn--line" type="button" on:click=change>{text::CHANGE_SHORTCUTS}</button>
                <button class="icon-btn icon-btn--sm" type="button" aria-label=text::CLOSE title=text::CLOSE on:click=move |_| close()>
                    <Icon name=IconName::Close/>
                </button>
            </header>
            <div class="keys__groups scroll" tabindex="0" role="group" aria-label=text::KEYBOARD_SHORTCUTS>
                {group(false)}
                {group(true)}
                <section aria-label=text::ALWAYS_THE_SAME>
                    <h3 class="keys__head">{text::ALWAYS_THE_SAME}</h3>
                    <dl>{fixed}</dl>
                </section>
            </div>
        </dialog>
    }
}
