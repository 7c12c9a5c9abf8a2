//! Plays a recording: play and pause, where it is, how fast.

use super::save_button::SaveButton;
use super::waveform::Waveform;
use crate::components::{Icon, IconName};
use crate::file_url::{FileBytes, FileUrl};
use crate::text;
use leptos::html::Audio;
use leptos::prelude::*;
use leptos::task::spawn_local;
use twinbox_domain::MessageId;
use twinbox_protocol::{FileSize, SoundView};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlMediaElement;

/// Files up to this size are read when they come into sight, so that their length is known; larger ones when played.
const READ_AHEAD_BYTES: u64 = 1_000_000;

/// How fast, and how that is called.
const SPEEDS: [(f64, &str); 3] = [(1.0, "1×"), (1.5, "1.5×"), (2.0, "2×")];

/// The player of a file that is here. `broken` is set when it cannot be played.
#[component]
pub fn Player(
    message: MessageId,
    name: text::Words,
    save_as: String,
    size_bytes: u64,
    sound: Option<SoundView>,
    broken: RwSignal<bool>,
) -> impl IntoView {
    let url = FileUrl::new(message, FileSize::Whole);
    let audio = NodeRef::<Audio>::new();
    let playing = RwSignal::new(false);
    let wanted = RwSignal::new(false);
    let at = RwSignal::new(0.0);
    let known = sound.as_ref().map(|sound| sound.duration_ms as f64 / 1000.0);
    let levels = sound.map(|sound| sound.levels).unwrap_or_default();
    let is_plain = levels.is_empty();
    let length = RwSignal::new(known.unwrap_or_default());
    let speed = RwSignal::new(0_usize);
    if known.is_none() && size_bytes <= READ_AHEAD_BYTES {
        url.ask();
    }
    Effect::new(move |_| match url.get() {
        FileBytes::Here(_) => {
            // Asked for by a press of play.
            if let Some(audio) = audio.get().filter(|_| wanted.get_untracked()) {
                play(&audio);
            }
        }
        // Play asks again.
        FileBytes::NotAsked | FileBytes::Coming | FileBytes::Failed(_) => {}
    });
    let toggle = move |_| match audio.get_untracked() {
        Some(audio) if audio.paused() => play(&audio),
        // A pause cannot fail.
        Some(audio) => drop(audio.pause()),
        None => {
            wanted.set(true);
            url.ask();
        }
    };
    let faster = move |_| {
        speed.update(|speed| *speed = (*speed + 1) % SPEEDS.len());
        set_speed(audio, speed.get_untracked());
    };
    let seek = move |event| {
        let Ok(to) = event_target_value(&event).parse() else {
            return;
        };
        at.set(to);
        match audio.get_untracked() {
            Some(audio) => audio.set_current_time(to),
            // It begins there.
            None => url.ask(),
        }
    };
    let look = move |_| {
        if let Some(audio) = audio.get_untracked() {
            at.set(audio.current_time());
        }
    };
    let measure = move |_| {
        let told = audio.get_untracked().map(|audio| audio.duration());
        if let Some(told) = told.filter(|told| told.is_finite() && *told > 0.0) {
            length.set(told);
        }
    };
    let loaded = move |_| {
        if let Some(audio) = audio.get_untracked().filter(|_| at.get_untracked() > 0.0) {
            audio.set_current_time(at.get_untracked());
        }
    };
    let started = move |_| {
        playing.set(true);
        if let Some(audio) = audio.get_untracked() {
            hush_others(&audio);
        }
        set_speed(audio, speed.get_untracked());
    };
    let source = move || match url.get() {
        FileBytes::Here(src) => Some(view! {
            <audio
                node_ref=audio
                src=src
                preload="metadata"
                on:play=started
                on:pause=move |_| playing.set(false)
                on:ended=move |_| playing.set(false)
                on:timeupdate=look
                on:loadedmetadata=loaded
                on:durationchange=measure
                on:error=move |_| broken.set(true)
            ></audio>
        }),
        FileBytes::NotAsked | FileBytes::Coming | FileBytes::Failed(_) => None,
    };
    let played = Signal::derive(move || at.get() / length.get().max(0.1));
    let label = move || {
        if playing.get() {
            text::PAUSE.to_owned()
        } else {
            text::play(&name)
        }
    };
    let speed_name = move || SPEEDS.get(speed.get()).map_or("", |(_, name)| name);
    let icon = move || if playing.get() { IconName::Pause } else { IconName::Play };
    view! {
        <div class="voice" role="group" aria-label=name>
            {source}
            <button class="voice__play" type="button" aria-label=label title=label on:click=toggle>
                {move || view! { <Icon name=icon() size=14/> }}
            </button>
            <span class="voice__track" class:voice__track--plain=is_plain dir="ltr">
                <Waveform levels played/>
                <input
                    class="voice__bar"
                    type="range"
                    min="0"
                    step="0.1"
                    aria-label=text::POSITION
                    aria-valuetext=move || text::position(at.get(), length.get())
                    prop:max=move || length.get().max(0.1)
                    prop:value=move || at.get()
                    on:input=seek
                />
            </span>
            <span class="voice__time">
                {move || {
                    let length = length.get();
                    if length == 0.0 {
                        text::size(size_bytes)
                    } else if at.get() > 0.0 {
                        text::position(at.get(), length)
                    } else {
                        text::length(length)
                    }
                }}
            </span>
            <button
                class="voice__speed"
                type="button"
                aria-label=move || text::speed_label(speed_name())
                on:click=faster
            >
                {speed_name}
            </button>
            <SaveButton message save_as/>
        </div>
    }
}

/// Plays a recording or a film.
pub fn play(audio: &HtmlMediaElement) {
    if let Ok(begun) = audio.play() {
        // What keeps it from playing is told by its error event.
        spawn_local(async move { drop(JsFuture::from(begun).await) });
    }
}

fn set_speed(audio: NodeRef<Audio>, speed: usize) {
    if let (Some(audio), Some((speed, _))) = (audio.get_untracked(), SPEEDS.get(speed)) {
        audio.set_playback_rate(*speed);
    }
}

/// One voice at a time.
pub fn hush_others(audio: &HtmlMediaElement) {
    let Ok(all) = document().query_selector_all("audio, video") else {
        return;
    };
    for index in 0..all.length() {
        let other = all
            .item(index)
            .and_then(|node| node.dyn_into::<HtmlMediaElement>().ok());
        if let Some(other) = other.filter(|other| other != audio) {
            drop(other.pause());
        }
    }
}
