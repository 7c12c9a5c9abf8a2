//! Before the engine has told how connecting stands.

use super::changes::PhoneNotes;
use super::frame::Wizard;
use crate::session::Session;
use crate::state::{ConnectPage, Part};
use crate::text;
use leptos::prelude::*;

/// A quick answer shows nothing of it.
#[component]
pub fn Loading() -> impl IntoView {
    let session = Session::use_();
    let failed = session.memo(Part::Connecting, |state| state.connecting.error.is_some());
    let rows = (0..6).map(|_| view! { <div class="chk chk--skel"><i></i><i></i></div> });
    view! {
        <Wizard
            page=ConnectPage::Loading
            title=text::CHECK_TITLE
            lede=text::CHECK_LEDE
            aside=|| view! { <PhoneNotes/> }
            foot=move || view! { <AgainButton failed/> }
        >
            <div class="checks checks--late" aria-busy="true" aria-label=text::LOADING>{rows.collect_view()}</div>
        </Wizard>
    }
}

/// When the engine did not tell.
#[component]
fn AgainButton(failed: Memo<bool>) -> impl IntoView {
    let session = Session::use_();
    view! {
        <Show when=move || failed.get()>
            <button class="btn btn--lg btn--primary" type="button" on:click=move |_| session.load_connection()>
                {text::TRY_AGAIN}
            </button>
        </Show>
    }
}
