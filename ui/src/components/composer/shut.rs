//! Why nothing can be written now.

use super::Instead;
use crate::components::chip::Countdown;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::WINDOW_MS;
use twinbox_protocol::ConversationRow;

/// What the text field is described by.
pub const SHUT_ID: &str = "composer-shut";

/// The reason and what still works; nothing while replies are free-form.
#[component]
pub fn Shut(
    row: Memo<Option<ConversationRow>>,
    countdown: Memo<Countdown>,
    instead: RwSignal<Option<Instead>>,
) -> impl IntoView {
    let session = Session::use_();
    move || {
        let title = match countdown.get() {
            Countdown::Left(_) => return None,
            Countdown::Never => text::NEVER_WROTE.to_owned(),
            Countdown::Over => {
                let now = session.read(Part::Now, |state| state.now);
                row.with(|row| {
                    let row = row.as_ref();
                    let ago = row.and_then(|row| row.last_customer_at).map(|last| now.ms_since(last));
                    let name = row.map(|row| session.name_of(&row.person)).unwrap_or_default();
                    text::last_wrote_ago(&name, ago.unwrap_or(WINDOW_MS))
                })
            }
        };
        Some(view! {
            <div class="shut" id=SHUT_ID role="note">
                <Icon name=IconName::Lock size=18/>
                <b>{title}</b>
                <span class="sm muted">{text::PHONE_STILL_WRITES}</span>
                <button class="btn btn--primary shut__template" type="button" on:click=move |_| instead.set(Some(Instead::Templates))>
                    {text::SEND_TEMPLATE}
                </button>
            </div>
        })
    }
}
