//! The way to what connects numbers, for whoever sets up.

use super::row::Row;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;

/// What is set there for the whole team.
#[component]
pub fn ConnectionRow() -> impl IntoView {
    let session = Session::use_();
    let sets_up = session.memo(Part::Connection, |state| state.sets_up());
    view! {
        <Show when=move || sets_up.get()>
            <h3 class="settings__sub">{text::META_APP}</h3>
            <div class="box set__box">
                <Row label=text::SETTINGS_TITLE hint=text::CONNECTION_SETTINGS_HINT>
                    <button class="btn btn--sm btn--line" type="button" on:click=move |_| session.show_connection_settings()>
                        {text::CHANGE_SETTINGS}
                    </button>
                </Row>
            </div>
        </Show>
    }
    .into_any()
}
