//! A message that was found.

use super::marked::Marked;
use super::{Avatar, Icon, IconName};
use crate::clock;
use crate::rich_text;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Origin;
use twinbox_protocol::MessageHit;

/// With whom, when, who wrote it, and the words around what was looked for.
#[component]
pub fn MessageHitRow(hit: MessageHit) -> impl IntoView {
    let session = Session::use_();
    let MessageHit {
        person,
        at,
        origin,
        author,
        fragment,
        ..
    } = hit;
    let name = session.name_of(&person);
    let time = move || clock::row_time(at, session.read(Part::Now, |state| state.now));
    let icon = match origin {
        Origin::Automation => Some((IconName::Bot, "o-bot")),
        Origin::Campaign => Some((IconName::Megaphone, "o-bot")),
        Origin::Phone => Some((IconName::Smartphone, "o-phone")),
        Origin::Customer | Origin::Agent | Origin::History | Origin::System => None,
    };
    let icon = icon.map(|(name, class)| view! { <Icon name size=14 class/> });
    let is_you = session.peek(|state| state.you.as_ref().is_some_and(|you| you.user == author));
    let author = match origin {
        Origin::Agent if is_you => Some(text::YOU.to_owned()),
        Origin::Agent | Origin::Phone => Some(text::author(origin, &author)),
        _ => None,
    };
    // The gap runs with the line, whichever way the name does.
    let author = author.map(|author| view! { <span class="row__author" dir="auto">{author}":"</span>" " });
    view! {
        <span class="row__avatar"><Avatar name=name.clone() id=person.id.0/></span>
        <div class="row__body">
            <div class="row__line">
                <span class="row__name truncate" dir="auto">{name}</span>
                <time class="row__time">{time}</time>
            </div>
            <p class="found__words" dir="auto">{icon}{author}<Marked parts=rich_text::plain_parts(fragment)/></p>
        </div>
    }
}
