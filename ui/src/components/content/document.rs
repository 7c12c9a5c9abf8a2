//! A document whose file is not here.

use super::caption::Caption;
use crate::file_kind::{badge, plain_mime};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Media;

/// Its kind and name.
#[component]
pub fn Document(media: Media, filename: String, meta: AnyView) -> impl IntoView {
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
    view! {
        <div class="doc">
            <span class="doc__kind">{kind.unwrap_or_else(|| text::FILE.to_owned())}</span>
            <span class="doc__words">
                <span class="doc__name doc__name--file" dir="auto" title=name.clone()>{name.clone()}</span>
                <span class="xs muted">{text::DOCUMENT_HINT}</span>
                <span class="xs muted">{mime_type}</span>
            </span>
        </div>
        <Caption caption=media.caption meta/>
    }
}
