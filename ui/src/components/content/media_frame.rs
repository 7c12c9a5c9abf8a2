//! A picture, film or sticker whose file is not here.

use super::caption::Caption;
use crate::components::{Icon, IconName};
use crate::file_kind::plain_mime;
use leptos::prelude::*;
use twinbox_domain::Media;

/// Its place, with what is known about it.
#[component]
pub fn MediaFrame(
    icon: IconName,
    name: &'static str,
    hint: &'static str,
    media: Media,
    meta: AnyView,
) -> impl IntoView {
    view! {
        <div class="media" role="group" aria-label=name>
            <Icon name=icon size=24/>
            <span class="sm">{hint}</span>
            <span class="xs">{plain_mime(&media.mime_type).to_owned()}</span>
        </div>
        <Caption caption=media.caption meta/>
    }
}
