//! A person that was found.

use super::marked::Marked;
use super::{Avatar, NumberBadge};
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_protocol::ChatHit;

/// Avatar, name, and what else matched or was said last.
#[component]
pub fn ChatHitRow(hit: ChatHit) -> impl IntoView {
    let ChatHit { row, name, also } = hit;
    let session = Session::use_();
    let masks = session.peek(|state| state.settings.masks_numbers);
    let name = text::found_name(&row.person, &name, masks);
    let second = if also.is_empty() {
        let words = session.one_line(&row.preview.content, row.preview.is_deleted);
        view! { <span class="truncate" dir="auto">{words}</span> }.into_any()
    } else {
        let whole: String = also.iter().map(|part| part.text.as_str()).collect();
        let is_phone = row.person.is_phone(&whole);
        let dir = if is_phone { "ltr" } else { "auto" };
        let parts = if is_phone && masks {
            text::masked_phone_parts(&also)
        } else {
            also
        };
        view! { <span class="truncate" dir=dir><Marked parts/></span> }.into_any()
    };
    let number = Signal::stored(Some(row.number));
    view! {
        <span class="row__avatar"><Avatar name=session.name_of(&row.person) id=row.person.id.0/></span>
        <div class="row__body">
            <div class="row__line"><span class="row__name truncate" dir="auto"><Marked parts=name/></span></div>
            <div class="row__line"><span class="row__last">{second}</span></div>
            <div class="row__line row__line--foot"><NumberBadge number/></div>
        </div>
    }
}
