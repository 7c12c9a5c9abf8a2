//! What a message says.

use super::rich_text::RichText;
use super::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{Content, Media};

/// The content with `meta` (time and ticks) at its end.
#[component]
pub fn ContentView(content: Content, meta: AnyView) -> impl IntoView {
    match content {
        Content::Text { body } => view! { <div class="bubble__text"><RichText body/>{meta}</div> }.into_any(),
        Content::Image(media) => view! { <Photo media meta/> }.into_any(),
        Content::NotUnderstood { type_name } => view! {
            <div class="gone">
                <Icon name=IconName::Smartphone size=18/>
                <span>{text::not_understood(&type_name)}</span>
            </div>
            <div class="bubble__foot">{meta}</div>
        }
        .into_any(),
    }
}

/// The place of a photo whose file is not here.
#[component]
fn Photo(media: Media, meta: AnyView) -> impl IntoView {
    let caption = media.caption;
    view! {
        <div class="photo" role="img" aria-label=text::PHOTO>
            <Icon name=IconName::Image size=24/>
            <span class="sm">{text::PHOTO_HINT}</span>
            <span class="xs faint">{media.mime_type}</span>
        </div>
        {if caption.is_empty() {
            view! { <div class="bubble__foot">{meta}</div> }.into_any()
        } else {
            view! { <div class="bubble__text"><RichText body=caption/>{meta}</div> }.into_any()
        }}
    }
}
