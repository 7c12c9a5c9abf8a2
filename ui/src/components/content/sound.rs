//! A recording or sound file.

use super::caption::Caption;
use super::doc_line;
use super::file_note::FileNote;
use super::player::Player;
use super::save_button::SaveButton;
use crate::components::{Icon, IconName};
use crate::file_kind::plain_mime;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Media, MessageId};
use twinbox_protocol::{FileState, FileView, SoundView};

/// Its player, or what is in its way.
#[component]
pub fn Sound(
    message: MessageId,
    file: Option<FileView>,
    media: Media,
    save_as: String,
    is_voice: bool,
    meta: AnyView,
) -> impl IntoView {
    let (icon, name) = if is_voice {
        (IconName::Mic, text::VOICE_NOTE)
    } else {
        (IconName::Music, text::AUDIO)
    };
    let broken = RwSignal::new(false);
    let here = file.as_ref().and_then(here);
    let size = here.as_ref().map(|(size, _)| *size);
    let is_playable = file.as_ref().is_some_and(is_sound);
    let mime_type = plain_mime(&media.mime_type).to_owned();
    let sound = move || {
        let (file, save_as) = (file.clone(), save_as.clone());
        match here.clone().filter(|_| is_playable && !broken.get()) {
            Some((size_bytes, sound)) => view! { <Player message name save_as size_bytes sound broken/> }.into_any(),
            None => view! {
                <div class="doc">
                    <span class="doc__mark"><Icon name=icon/></span>
                    <span class="doc__words">
                        <span class="doc__name">{name}</span>
                        <FileNote message file here=text::CANNOT_PLAY/>
                        {doc_line("xs muted", mime_type.clone())}
                    </span>
                    {size.map(|_| view! { <SaveButton message save_as/> })}
                </div>
            }
            .into_any(),
        }
    };
    view! {
        {sound}
        <Caption caption=media.caption meta/>
    }
}

/// The size of a file that is here, and what is known of it as a recording.
fn here(file: &FileView) -> Option<(u64, Option<SoundView>)> {
    match &file.state {
        FileState::Here { size_bytes, sound, .. } => Some((*size_bytes, sound.clone())),
        FileState::Waiting | FileState::Removed { .. } | FileState::Failed { .. } => None,
    }
}

fn is_sound(file: &FileView) -> bool {
    file.shown_type
        .as_deref()
        .is_some_and(|shown| shown.starts_with("audio/"))
}
