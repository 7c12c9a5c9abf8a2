//! A sentence about something that did not work, or that was done and can be taken back.

use super::{Icon, IconName, Keyed};
use crate::commands::{Command, titled};
use crate::keyboard;
use crate::session::Session;
use crate::state::{Action, Part, Toast};
use crate::text;
use leptos::prelude::*;
use std::time::Duration;

/// How long it stays.
const SHOWN: Duration = Duration::from_secs(6);

/// At the bottom of the window, until dismissed or for a while.
#[component]
pub fn Notice() -> impl IntoView {
    let session = Session::use_();
    let notice = session.memo(Part::Notice, |state| state.notice.clone());
    let dismiss = move || session.dispatch(Action::NoticeSeen);
    // Someone points at it, or has the focus in it: each by itself. What holds one does not hold the next.
    let (pointed, focused) = (RwSignal::new(false), RwSignal::new(false));
    let let_go = move || {
        pointed.set(false);
        focused.set(false);
    };
    Effect::new(move |_| {
        notice.track();
        let_go();
    });
    Effect::new(move |_| {
        let waits = notice.get().is_some() && !pointed.get() && !focused.get();
        if let Some(handle) = waits.then(|| set_timeout_with_handle(dismiss, SHOWN).ok()).flatten() {
            // Also once another one says it in the place of this.
            on_cleanup(move || handle.clear());
        }
    });
    let close = move |_| {
        dismiss();
        keyboard::focus_thread();
    };
    let one = move |Toast { words, can_undo, .. }: Toast| {
        let undo = move |_| {
            session.undo();
            keyboard::focus_thread();
        };
        let undo = can_undo.then(|| {
            view! {
                <button class="toast__undo" type="button" title=move || titled(session, &text::UNDO, Command::Undo) on:click=undo>
                    {text::UNDO}
                </button>
            }
        });
        view! {
            <div
                class="toast"
                on:mouseenter=move |_| pointed.set(true)
                on:mouseleave=move |_| pointed.set(false)
                on:focusin=move |_| focused.set(true)
                on:focusout=move |_| focused.set(false)
            >
                <span>{words}</span>
                {undo}
                <button class="icon-btn icon-btn--sm" type="button" aria-label=text::DISMISS on:click=close>
                    <Icon name=IconName::Close size=14/>
                </button>
            </div>
        }
    };
    // Each is a new element, so that screen readers say the same sentence again.
    let toast = move |is_done: bool| {
        let shown = move || notice.get().filter(|notice| notice.can_undo == is_done);
        view! { <Keyed each=shown key=|toast| toast.number children=one/> }
    };
    // What was done is told, what did not work interrupts.
    view! {
        <div class="toasts">
            <div role="alert">{toast(false)}</div>
            <div role="status">{toast(true)}</div>
        </div>
    }
}
