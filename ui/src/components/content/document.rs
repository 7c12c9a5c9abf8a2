//! A document.

use super::caption::Caption;
use super::file_note::FileNote;
use super::save_button::SaveButton;
use crate::file_kind::{badge, plain_mime};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Media, MessageId};
use twinbox_protocol::{FileState, FileView};

/// Its kind and name, and the way to it.
#[component]
pub fn Document(
    message: MessageId,
    file: Option<FileView>,
    media: Media,
    save_as: String,
    filename: String,
    meta: AnyView,
) -> impl IntoView {
    let kind = badge(&filename, &media.mime_type);
    // The badge says the type already.
    let mime_type = match kind {
        Some(_) => String::new(),
        None => plain_mime(&media.mime_type).to_owned(),
    };
    let name = if filename.trim().is_empty() {
        text::DOCUMENT.to_owned()
    } else {
        filename
    };
    let size = match &file {
        Some(FileView {
            state: FileState::Here { size_bytes, .. },
            ..
        }) => Some(*size_bytes),
        _ => None,
    };
    let note = match size {
        Some(size) => view! { <span class="xs muted num">{text::size(size)}</span> }.into_any(),
        None => view! { <FileNote message file here=""/> }.into_any(),
    };
    view! {
        <div class="doc">
            <span class="doc__kind">{kind.unwrap_or_else(|| text::FILE.to_owned())}</span>
            <span class="doc__words">
                <span class="doc__name doc__name--file" dir="auto" title=name.clone()>{name.clone()}</span>
                {note}
                <span class="xs muted">{mime_type}</span>
            </span>
            {size.map(|_| view! { <SaveButton message save_as/> })}
        </div>
        <Caption caption=media.caption meta/>
    }
}
