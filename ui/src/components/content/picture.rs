//! A photo or sticker.

use super::caption::Caption;
use super::media_frame::MediaFrame;
use super::viewer::OpenPicture;
use crate::components::IconName;
use crate::file_url::{FileBytes, FileUrl};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Media, MessageId};
use twinbox_protocol::{FileSize, FileState, FileView, Pixels};

/// The largest box in the thread, in CSS pixels: of a photo, and of a sticker.
const PHOTO_BOX: (f64, f64) = (330.0, 360.0);
const STICKER_BOX: (f64, f64) = (140.0, 140.0);

/// The picture in a place as large as it will be, or what is in its way.
#[component]
pub fn Picture(
    message: MessageId,
    file: Option<FileView>,
    media: Media,
    save_as: String,
    is_sticker: bool,
    meta: AnyView,
) -> impl IntoView {
    let (icon, name) = if is_sticker {
        (IconName::Sticker, text::STICKER)
    } else {
        (IconName::Image, text::PHOTO)
    };
    let broken = RwSignal::new(false);
    let pixels = file.as_ref().and_then(shown_pixels);
    let caption = media.caption;
    let label = if caption.trim().is_empty() {
        name.to_owned()
    } else {
        caption.clone()
    };
    let picture = move || match pixels.filter(|_| !broken.get()) {
        Some(pixels) => {
            let label = label.clone();
            view! { <Shown message pixels label is_sticker broken/> }.into_any()
        }
        None => {
            let (file, save_as) = (file.clone(), save_as.clone());
            view! { <MediaFrame message file save_as icon name here=text::CANNOT_SHOW_FILE/> }.into_any()
        }
    };
    view! {
        {picture}
        <Caption caption meta/>
    }
}

#[component]
fn Shown(message: MessageId, pixels: Pixels, label: String, is_sticker: bool, broken: RwSignal<bool>) -> impl IntoView {
    let file = FileUrl::new(message, FileSize::Thumbnail);
    file.ask();
    let open = use_context::<OpenPicture>().unwrap_or_default();
    let src = Signal::derive(move || match file.get() {
        FileBytes::Here(src) => Some(src),
        FileBytes::NotAsked | FileBytes::Coming | FileBytes::Failed(_) => None,
    });
    // Why it cannot be read now; a press tries again.
    let why = move || match file.get() {
        FileBytes::Failed(why) => Some(why),
        FileBytes::Here(_) | FileBytes::NotAsked | FileBytes::Coming => None,
    };
    let (width, height) = fit(pixels, if is_sticker { STICKER_BOX } else { PHOTO_BOX });
    let alt = label.clone();
    let img = move || {
        src.get()
            .map(|src| view! { <img src=src alt=alt.clone() on:error=move |_| broken.set(true)/> })
    };
    let width = format!("{width}px");
    let ratio = format!("{} / {height}", width.trim_end_matches("px"));
    if is_sticker {
        return view! { <div class="photo photo--sticker" style:width=width style:aspect-ratio=ratio>{img}</div> }
            .into_any();
    }
    view! {
        <button
            class="photo"
            type="button"
            title=text::OPEN_PHOTO
            style:width=width
            style:aspect-ratio=ratio
            on:click=move |_| if why().is_some() {
                file.ask();
            } else {
                open.0.set(Some(message));
            }
        >
            {img}
            {move || why().map(|why| view! { <span class="photo__why">{why}</span> })}
        </button>
    }
    .into_any()
}

/// The size of a picture that is here and can be shown.
fn shown_pixels(file: &FileView) -> Option<Pixels> {
    let is_picture = file
        .shown_type
        .as_deref()
        .is_some_and(|shown| shown.starts_with("image/"));
    match file.state {
        FileState::Here { pixels, .. } if is_picture => pixels,
        _ => None,
    }
}

/// Width and height of a picture in a box, as large as it is at most. Very long ones keep a side that can be seen.
fn fit(pixels: Pixels, (most_width, most_height): (f64, f64)) -> (u32, u32) {
    let (width, height) = (f64::from(pixels.width.max(1)), f64::from(pixels.height.max(1)));
    let scale = (most_width / width).min(most_height / height).min(1.0);
    let side = |length: f64| ((length * scale).round() as u32).max(48);
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fits_its_box_and_is_not_enlarged() {
        let fit = |width, height| fit(Pixels { width, height }, PHOTO_BOX);
        assert_eq!(fit(192, 144), (192, 144));
        assert_eq!(fit(3300, 1650), (330, 165));
        assert_eq!(fit(1000, 2000), (180, 360));
        assert_eq!(fit(20_000, 10), (330, 48));
    }
}
