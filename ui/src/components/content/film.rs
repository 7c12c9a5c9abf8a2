//! A video.

use super::caption::Caption;
use super::media_frame::MediaFrame;
use super::player::{hush_others, play};
use super::save_button::SaveButton;
use crate::components::{Icon, IconName};
use crate::file_url::{FileBytes, FileUrl};
use crate::keyboard;
use crate::text;
use leptos::html::Video;
use leptos::prelude::*;
use twinbox_domain::{Media, MessageId};
use twinbox_protocol::{FileSize, FileState, FileView};

/// A frame to press, then the video with the system's own controls. It is read only when it is to be played.
#[component]
pub fn Film(message: MessageId, file: Option<FileView>, media: Media, save_as: String, meta: AnyView) -> impl IntoView {
    let url = FileUrl::new(message, FileSize::Whole);
    let broken = RwSignal::new(false);
    let size = file.as_ref().and_then(playable_size);
    let can_play = Memo::new(move |_| size.is_some() && !broken.get() && !matches!(url.get(), FileBytes::Failed(_)));
    let player = NodeRef::<Video>::new();
    Effect::new(move |_| {
        // In the place of the button that was pressed.
        if let Some(player) = player.get().filter(|_| keyboard::is_nowhere()) {
            keyboard::focus_on(Some(player.into()));
        }
    });
    let name = save_as.clone();
    let save = move || {
        let save_as = name.clone();
        can_play.get().then(|| view! { <SaveButton message save_as/> })
    };
    let film = move || match (size.filter(|_| !broken.get()), url.get()) {
        (None, _) | (_, FileBytes::Failed(_)) => {
            let (file, save_as) = (file.clone(), save_as.clone());
            view! { <MediaFrame message file save_as icon=IconName::Video name=text::VIDEO here=text::CANNOT_PLAY/> }
                .into_any()
        }
        (Some(_), FileBytes::Here(src)) => view! {
            <video
                node_ref=player
                class="film"
                src=src
                controls=true
                // Not by autoplay: of a file that is here as a whole, WebKit does not tell what that waits for.
                on:loadeddata=|event| play(&event_target(&event))
                on:play=|event| hush_others(&event_target(&event))
                on:error=move |_| broken.set(true)
            ></video>
        }
        .into_any(),
        (Some(size), FileBytes::NotAsked | FileBytes::Coming) => view! {
            <button
                class="media media--play"
                type="button"
                aria-label=text::play(&text::VIDEO)
                aria-busy=move || matches!(url.get(), FileBytes::Coming).then_some("true")
                on:click=move |_| url.ask()
            >
                <span class="voice__play"><Icon name=IconName::Play size=14/></span>
                <span class="xs num">{text::size(size)}</span>
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="film__frame">{film}{save}</div>
        <Caption caption=media.caption meta/>
    }
}

fn playable_size(file: &FileView) -> Option<u64> {
    let is_film = file
        .shown_type
        .as_deref()
        .is_some_and(|shown| shown.starts_with("video/"));
    match file.state {
        FileState::Here { size_bytes, .. } if is_film => Some(size_bytes),
        _ => None,
    }
}
