//! A recording or sound file whose file is not here.

use super::caption::Caption;
use crate::components::{Icon, IconName};
use crate::file_kind::plain_mime;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Media;

/// What it is, and where to hear it.
#[component]
pub fn Sound(media: Media, is_voice: bool, meta: AnyView) -> impl IntoView {
    let (icon, name) = if is_voice {
        (IconName::Mic, text::VOICE_NOTE)
    } else {
        (IconName::Music, text::AUDIO)
    };
    view! {
        <div class="doc">
            <span class="doc__mark"><Icon name=icon/></span>
            <span class="doc__words">
                <span class="doc__name">{name}</span>
                <span class="xs muted">{text::AUDIO_HINT}</span>
                <span class="xs muted">{plain_mime(&media.mime_type).to_owned()}</span>
            </span>
        </div>
        <Caption caption=media.caption meta/>
    }
}
