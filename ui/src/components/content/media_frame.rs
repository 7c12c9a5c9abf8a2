//! A picture or film that is not shown, or not yet.

use super::file_note::FileNote;
use super::save_button::SaveButton;
use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::MessageId;
use twinbox_protocol::{FileState, FileView};

/// Its place, with what is known about it; a file that is here all the same can be saved.
#[component]
pub fn MediaFrame(
    message: MessageId,
    file: Option<FileView>,
    save_as: String,
    icon: IconName,
    name: text::Words,
    here: text::Words,
) -> impl IntoView {
    let is_here = matches!(
        file,
        Some(FileView {
            state: FileState::Here { .. },
            ..
        })
    );
    view! {
        <div class="media" role="group" aria-label=name>
            <Icon name=icon size=24/>
            <FileNote message file here/>
            {is_here.then(|| view! { <SaveButton message save_as/> })}
        </div>
    }
}
