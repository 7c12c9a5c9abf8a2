//! What stands above a message: where it comes from, or what it is about.

use crate::components::{Icon, IconName};
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Mark;

/// A line for each, outermost first.
pub fn marks(marks: Vec<Mark>) -> Vec<AnyView> {
    marks.into_iter().map(line).collect()
}

fn line(mark: Mark) -> AnyView {
    let words = text::mark(&mark);
    let (icon, hint, url) = match mark {
        Mark::Forwarded { .. } => (IconName::ArrowRight, String::new(), String::new()),
        Mark::Ad { body, url, .. } => (IconName::Megaphone, body, url),
        Mark::Product { .. } => (IconName::Cart, String::new(), String::new()),
    };
    let link = (!url.is_empty()).then(|| {
        view! { <a href=url target="_blank" rel="noreferrer noopener" aria-label=text::OPEN_AD title=text::OPEN_AD><Icon name=IconName::Outside size=14/></a> }
    });
    view! {
        <div class="bubble__kind" title=hint><Icon name=icon size=14/><span class="bubble__mark" dir="auto">{words}</span>{link}</div>
    }
    .into_any()
}
