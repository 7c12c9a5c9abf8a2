//! Why nothing goes out from this number now.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::{Part, wants_signup};
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::ConversationRow;

/// The reason and what helps; nothing while messages go out. What is written waits meanwhile.
#[component]
pub fn Paused(row: Memo<Option<ConversationRow>>) -> impl IntoView {
    let session = Session::use_();
    let why = session.memo(Part::Numbers, move |state| {
        text::why_paused(row.with(|row| state.number_with(&row.as_ref()?.number))?)
    });
    // Where it helps, and whoever sees this can do it.
    let helps = session.memo(Part::Numbers, move |state| {
        let number = row.with(|row| state.number_with(&row.as_ref()?.number))?;
        let is_wanted = state.sets_up() && wants_signup(number, None, state.now);
        is_wanted.then(|| number.display_phone_number.clone())
    });
    let again = move |_| {
        helps
            .get_untracked()
            .into_iter()
            .for_each(|phone| session.connect_again(phone))
    };
    let again = move || {
        helps.get().map(|_| {
            view! { <button class="btn btn--sm btn--line" type="button" on:click=again>{text::CONNECT_AGAIN}</button> }
        })
    };
    move || {
        why.get().map(|why| {
            view! {
                <div class="paused" role="status">
                    <Icon name=IconName::Pause size=16/>
                    <span>{why}</span>
                    <span class="sm muted">{text::WAITS_MEANWHILE}</span>
                    {again}
                </div>
            }
        })
    }
}
