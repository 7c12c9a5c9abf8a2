//! The button that asks the phone.

use crate::session::Session;
use crate::state::{Ask, Part};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Millis;
use twinbox_protocol::SyncView;

/// There while `ask` says that the phone can be asked.
#[component]
pub fn AskThePhone(ask: fn(Millis, &SyncView) -> Option<Ask>) -> impl IntoView {
    let session = Session::use_();
    let shown = Memo::new(move |_| {
        session.track(Part::Sync);
        session.read(Part::Now, |state| {
            let sync = state.connecting.sync.as_ref()?;
            Some((ask(state.now, sync)?, sync.number.clone()))
        })
    });
    let is_subscribed = session.memo(Part::Connecting, |state| {
        state.connecting.signup().is_none_or(|signup| signup.problem.is_none())
    });
    move || {
        // What did not work before it has a button of its own, which does both.
        shown.get().filter(|_| is_subscribed.get()).map(|(ask, number)| {
            let words = match ask {
                Ask::First => text::ASK_THE_PHONE,
                Ask::Again => text::ASK_THE_PHONE_AGAIN,
            };
            view! {
                <button class="btn btn--sm btn--line sy__ask" type="button" on:click=move |_| session.request_sync(number.clone())>
                    {words}
                </button>
            }
        })
    }
}
