//! What a text with WhatsApp's marks will look like.

use crate::components::rich_text::RichText;
use crate::components::{Icon, IconName};
use crate::rich_text::is_formatted;
use crate::text;
use leptos::prelude::*;

/// A quiet line below the text; nothing while it has no marks.
pub fn formatted(draft: RwSignal<String>) -> AnyView {
    let shown = Memo::new(move |_| draft.with(|draft| is_formatted(draft).then(|| draft.trim().to_owned())));
    (move || {
        shown.get().map(|body| {
            view! {
                <div class="formatted scroll" role="group" aria-label=text::FORMATTED title=text::FORMATTED>
                    <Icon name=IconName::Eye size=14/>
                    <RichText body/>
                </div>
            }
        })
    })
    .into_any()
}
