//! Which number it is, and the ways on.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, Place, may_be_put_away};
use crate::text;
use leptos::prelude::*;

/// At the begin of the footer.
#[component]
pub fn ConnectedTo() -> impl IntoView {
    let session = Session::use_();
    let number = session.memo(Part::Connecting, |state| state.connecting.chosen().cloned());
    move || {
        number.get().map(|number| {
            view! {
                <span class="wiz__to">
                    <span class="dot dot--ok dot--sm"></span>
                    {text::CONNECTED_TO}
                    <b class="medium num" dir="ltr">{text::phone_number(&number.display_phone_number)}</b>
                </span>
            }
        })
    }
}

/// What is over is put away; what is not goes on in the background, and the rail leads back here.
#[component]
pub fn ToInbox() -> impl IntoView {
    let session = Session::use_();
    let is_over = Memo::new(move |_| {
        session.track(Part::Sync);
        session.read(Part::Now, |state| {
            let sync = state.connecting.sync.as_ref();
            sync.is_some_and(|sync| may_be_put_away(state.now, sync))
        })
    });
    let is_subscribed = session.memo(Part::Connecting, |state| {
        state.connecting.signup().is_none_or(|signup| signup.problem.is_none())
    });
    let go = move |_| {
        if is_over.get_untracked() && is_subscribed.get_untracked() {
            session.finish();
        } else {
            session.enter(Place::Inbox);
        }
    };
    view! {
        <Show when=move || is_over.get()>
            <button class="btn btn--lg btn--line" type="button" on:click=move |_| session.forget_signup()>
                {text::CONNECT_ANOTHER}
            </button>
        </Show>
        <button class="btn btn--lg btn--primary" type="button" on:click=go>
            {text::GO_TO_INBOX}
            <Icon name=IconName::ArrowRight class="icon--on"/>
        </button>
    }
}
