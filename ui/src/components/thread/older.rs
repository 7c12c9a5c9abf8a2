//! Older messages are on their way, or did not come.

use crate::keyboard;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::ConversationId;

/// Floats above the messages.
#[component]
pub fn Older(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let state = session.memo(Part::ThreadState(conversation), move |state| {
        let thread = state.threads.get(&conversation);
        thread.map_or((false, false), |thread| (thread.loading.is_some(), thread.failed))
    });
    let again = move |_| {
        session.load_thread_again(conversation);
        // The button is gone then.
        keyboard::focus_log();
    };
    move || match state.get() {
        (true, _) => Some(view! { <span class="thread__above">{text::LOADING}</span> }.into_any()),
        (false, true) => Some(
            view! {
                <span class="thread__above is-warn" role="status">
                    {text::LOAD_FAILED}" "
                    <button class="link" type="button" on:click=again>{text::TRY_AGAIN}</button>
                </span>
            }
            .into_any(),
        ),
        (false, false) => None,
    }
}
