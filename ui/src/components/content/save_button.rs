//! The button that saves a file.

use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::MessageId;

/// Saves the file of a message under this name, where downloads go.
#[component]
pub fn SaveButton(message: MessageId, save_as: String) -> impl IntoView {
    let session = Session::use_();
    let label = text::save(&save_as);
    view! {
        <button
            class="icon-btn icon-btn--sm"
            type="button"
            aria-label=label.clone()
            title=label
            on:click=move |_| session.save_file(message, save_as.clone())
        >
            <Icon name=IconName::Download/>
        </button>
    }
}
