//! What WhatsApp told of the number and its account, the newest first.

use super::Shown;
use crate::clock;
use crate::components::{Icon, IconName};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::NoticeView;

/// The box; none while nothing was told.
#[component]
pub fn Notices(shown: Shown) -> impl IntoView {
    let session = Session::use_();
    let notices = Memo::new(move |_| {
        let id = shown.with(|number| number.as_ref().map(|number| number.id.clone()))?;
        session.read(Part::Health, |state| {
            Some(state.numbers.health.get(&id)?.notices.clone())
        })
    });
    let is_flagged = Memo::new(move |_| shown.with(|number| number.as_ref().is_some_and(|number| number.is_flagged)));
    let has_some = Memo::new(move |_| {
        is_flagged.get() || notices.with(|notices| notices.as_ref().is_some_and(|notices| !notices.is_empty()))
    });
    let lines = move || notices.get().unwrap_or_default().iter().map(line).collect_view();
    view! {
        <Show when=move || has_some.get()>
            <section class="box" aria-labelledby="notices">
                <header class="box__head">
                    <h3 id="notices">{text::NOTICES}</h3>
                </header>
                <Show when=move || is_flagged.get()>
                    <p class="ev__failed sm is-warn">{text::IS_FLAGGED}</p>
                </Show>
                <div role="list">{lines}</div>
            </section>
        </Show>
    }
}

fn line(notice: &NoticeView) -> impl IntoView + use<> {
    let (tone, name) = if notice.told.needs_someone() {
        ("is-warn", IconName::Warning)
    } else {
        ("faint", IconName::Check)
    };
    view! {
        <div class="ev" role="listitem">
            <span class=tone><Icon name/></span>
            <span class="ev__title">{clock::date(notice.at)}</span>
            <span class="num is-alone">{text::notice(&notice.told, clock::date)}</span>
        </div>
    }
}
