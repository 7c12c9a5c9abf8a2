//! Search and commands over everything else: type, choose with arrows, Enter does it.

mod choices;
mod nothing;
mod option;

use super::kbd::Keys;
use super::{Icon, IconName};
use crate::commands::Command;
use crate::keyboard;
use crate::screen::Screen;
use crate::session::Session;
use crate::state::{Action, PaletteAction, Part, Scope};
use crate::text;
use choices::{Choice, choices, first_is_settled};
use leptos::ev::KeyboardEvent;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use option::{Options, option_id};

const LIST_ID: &str = "palette-list";

/// There while it is shown.
#[component]
pub fn Palette() -> impl IntoView {
    let session = Session::use_();
    let screen = Screen::use_();
    let came_from = document().active_element();
    let dialog = NodeRef::<Dialog>::new();
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let (Some(dialog), Some(field)) = (dialog.get(), field.get()) {
            // It is open already at worst, and a field takes the focus.
            let _ = dialog.show_modal();
            let _ = field.focus();
        }
    });
    let all = Memo::new(move |_| session.read(Part::Palette, choices));
    let active = RwSignal::new(0_usize);
    let put_away = move || session.dispatch(Action::Palette(PaletteAction::Closed));
    let came_from = StoredValue::new_local(came_from);
    let leave = move || {
        put_away();
        came_from.with_value(|element| keyboard::focus_again(element.as_ref()));
    };
    let choose = Callback::new(move |index: usize| {
        let Some(choice) = all.with_untracked(|all| all.get(index).cloned()) else {
            return;
        };
        match choice {
            Choice::Do(command) => {
                leave();
                // What has the focus now decides where some commands work.
                request_animation_frame(move || command.run(session, screen));
            }
            Choice::Go(hit, _) => {
                put_away();
                session.open_hit(hit);
                keyboard::focus_opened(session);
            }
        }
    });
    // Enter came before the results of what was typed.
    let opens_first = StoredValue::new(false);
    Effect::new(move |_| {
        let is_settled = session.read(Part::Palette, first_is_settled);
        if is_settled && opens_first.try_update_value(std::mem::take) == Some(true) {
            let has_failed = session.peek(|state| state.palette.as_ref().is_some_and(|palette| palette.found.failed));
            if !has_failed {
                choose.run(0);
            }
        }
    });
    let on_key = move |event: KeyboardEvent| {
        // The keys of the page behind are not meant.
        event.stop_propagation();
        if keyboard::is_composing(&event) {
            return;
        }
        let is_again = keyboard::stroke(&event).is_some_and(|stroke| is_palette(session, stroke));
        let last = all.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => active.update(|at| *at = at.checked_sub(1).unwrap_or(last)),
            "PageDown" => active.update(|at| *at = (*at + 8).min(last)),
            "PageUp" => active.update(|at| *at = at.saturating_sub(8)),
            "Enter" if active.get_untracked() == 0 && !session.peek(first_is_settled) => opens_first.set_value(true),
            "Enter" => choose.run(active.get_untracked()),
            "Tab" => {
                active.set(0);
                opens_first.set_value(false);
                session.look_in(next_scope(session, event.shift_key()));
            }
            "Escape" => leave(),
            _ if is_again => leave(),
            _ => return,
        }
        event.prevent_default();
    };
    let on_input = move |event| {
        active.set(0);
        opens_first.set_value(false);
        session.type_in_palette(event_target_value(&event));
    };
    let described = move || (!all.with(Vec::is_empty)).then(|| option_id(active.get()));
    let on_press = move |event: leptos::ev::MouseEvent| {
        // Beside it, on what lies behind.
        if dialog
            .get_untracked()
            .is_some_and(|dialog| event.target().as_ref() == Some(&dialog))
        {
            leave();
        }
    };
    view! {
        <dialog class="pal" tabindex="-1" node_ref=dialog aria-label=text::PALETTE on:keydown=on_key on:mousedown=on_press on:cancel=move |event: leptos::ev::Event| { event.prevent_default(); leave(); }>
            <div class="pal__in">
                <Icon name=IconName::Search size=20/>
                <input
                    type="text"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls=LIST_ID
                    aria-autocomplete="list"
                    aria-activedescendant=described
                    aria-label=text::PALETTE_HINT
                    placeholder=text::PALETTE_HINT
                    autocomplete="off"
                    spellcheck="false"
                    dir="auto"
                    maxlength="200"
                    node_ref=field
                    on:input=on_input
                />
                <kbd class="kbd" aria-hidden="true">{text::KEY_ESCAPE}</kbd>
            </div>
            <Scopes active/>
            <Options id=LIST_ID all active choose/>
            <Foot/>
        </dialog>
    }
}

fn is_palette(session: Session, stroke: crate::shortcut::Stroke) -> bool {
    let shortcut = session.peek(|state| Command::Palette.entry()?.shortcut(&state.settings));
    shortcut.is_some_and(|shortcut| shortcut.is(&[stroke]))
}

fn next_scope(session: Session, back: bool) -> Scope {
    let scope = session.peek(|state| state.palette.as_ref().map(|palette| palette.scope).unwrap_or_default());
    let count = Scope::ALL.len();
    let at = Scope::ALL.iter().position(|it| *it == scope).unwrap_or_default();
    let next = (at + if back { count - 1 } else { 1 }) % count;
    Scope::ALL.get(next).copied().unwrap_or_default()
}

/// Where to look. Tab moves through them from the field, so none takes the focus itself.
#[component]
fn Scopes(active: RwSignal<usize>) -> impl IntoView {
    let session = Session::use_();
    let chosen = session.memo(Part::Palette, |state| {
        state.palette.as_ref().map(|palette| palette.scope)
    });
    let one = move |scope: Scope| {
        let choose = move |_| {
            active.set(0);
            session.look_in(scope);
        };
        view! {
            <button
                class="scope"
                type="button"
                role="radio"
                tabindex="-1"
                aria-checked=move || (chosen.get() == Some(scope)).to_string()
                on:mousedown=|event| event.prevent_default()
                on:click=choose
            >
                {text::scope(scope)}
            </button>
        }
    };
    view! { <div class="pal__scopes" role="radiogroup" aria-label=text::SEARCH_IN>{Scope::ALL.map(one)}</div> }
}

#[component]
fn Foot() -> impl IntoView {
    let key = |keys: &[&str], words| {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        view! { <span><Keys keys/>{words}</span> }
    };
    view! {
        <div class="pal__foot" aria-hidden="true">
            {key(&["↑", "↓"], text::PALETTE_MOVE)}
            {key(&[text::KEY_ENTER], text::PALETTE_OPEN)}
            {key(&[text::KEY_TAB], text::PALETTE_NEXT_SCOPE)}
        </div>
    }
}
