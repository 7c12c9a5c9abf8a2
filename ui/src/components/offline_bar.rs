//! The connection is lost: since when, and what still works.

use super::{Icon, IconName};
use crate::clock;
use crate::session::Session;
use crate::state::{Connection, Part};
use crate::text;
use leptos::prelude::*;

/// Above the list, while no events arrive. The status bar says it aloud.
#[component]
pub fn OfflineBar() -> impl IntoView {
    let session = Session::use_();
    let connection = session.memo(Part::Connection, |state| state.connection);
    let reload = move |_| {
        // A page can always be loaded again.
        let _ = window().location().reload();
    };
    move || {
        let (words, button) = match connection.get() {
            Connection::Offline { since } => (text::offline_bar(&clock::time(since)), None),
            Connection::Frozen => {
                let button = view! { <button class="link" type="button" on:click=reload>{text::RELOAD}</button> };
                (text::FROZEN.to_owned(), Some(button))
            }
            Connection::Starting | Connection::Online | Connection::SignedOut { .. } => return None,
        };
        Some(view! {
            <div class="offbar">
                <Icon name=IconName::Wifi size=14/>
                <span>{words}</span>
                {button}
            </div>
        })
    }
}
