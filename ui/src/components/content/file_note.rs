//! Why a file is not shown, and what can be done.

use crate::keyboard;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::MessageId;
use twinbox_protocol::{FileState, FileView};

/// A line about a file; `here` is said of one that is here.
#[component]
pub fn FileNote(message: MessageId, file: Option<FileView>, here: text::Words) -> impl IntoView {
    let session = Session::use_();
    let retry = move |_| {
        session.retry_file(message);
        // The button is about to go.
        keyboard::focus_thread();
    };
    match file.map(|file| file.state) {
        None => view! { <span class="sm">{text::FILE_ON_PHONE}</span> }.into_any(),
        Some(FileState::Waiting) => {
            view! { <span class="sm filewait">{text::FILE_COMING}<i aria-hidden="true"></i></span> }.into_any()
        }
        Some(FileState::Here { .. }) => view! { <span class="sm">{here}</span> }.into_any(),
        Some(FileState::Removed { can_fetch }) => view! {
            <span class="sm filefail">
                {if can_fetch { text::FILE_REMOVED } else { text::FILE_REMOVED_FOR_GOOD }}
                {can_fetch.then(|| view! { <button class="link" type="button" on:click=retry>{text::FETCH_AGAIN}</button> })}
            </span>
        }
        .into_any(),
        Some(FileState::Failed { reason, can_retry }) => view! {
            <span class="sm filefail">
                {text::said(&reason)}
                {can_retry.then(|| view! { <button class="link" type="button" on:click=retry>{text::RETRY}</button> })}
            </span>
        }
        .into_any(),
    }
}
