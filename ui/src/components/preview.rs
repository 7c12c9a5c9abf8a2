//! The last message of a conversation in one line.

use super::content::content_icon;
use super::delivery_mark::Tick;
use super::{Icon, IconName};
use crate::rich_text;
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::Origin;
use twinbox_protocol::{ConversationRow, Delivery, Preview};

/// A mark of how it came, who wrote it, and what it says; or the draft that waits.
#[component]
pub fn PreviewLine(row: Memo<Option<ConversationRow>>) -> impl IntoView {
    let session = Session::use_();
    let draft = Memo::new(move |_| {
        let id = row.with(|row| row.as_ref().map(|row| row.id))?;
        session.read(Part::Row(id), |state| {
            let draft = state.drafts.get(&id).filter(|_| state.open != Some(id))?;
            let label = match state.notes.contains(&id) {
                true => text::NOTE_DRAFT,
                false => text::DRAFT,
            };
            (!draft.trim().is_empty()).then(|| (label, draft.clone()))
        })
    });
    let preview = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.preview.clone())));
    let you = session.memo(Part::Connection, |state| state.you.as_ref().map(|you| you.user.clone()));
    move || match (draft.get(), preview.get()) {
        (Some((label, draft)), _) => view! {
            <span class="row__last">
                <span class="row__draft">{label}</span>
                <span class="truncate grow" dir="auto">{rich_text::plain(&draft)}</span>
            </span>
        }
        .into_any(),
        (None, Some(preview)) => line(session, preview, you.get().as_deref()),
        (None, None) => ().into_any(),
    }
}

fn line(session: Session, preview: Preview, you: Option<&str>) -> AnyView {
    let is_failed = matches!(preview.delivery, Some(Delivery::Failed { .. }));
    let author = match preview.origin {
        _ if is_failed || preview.is_deleted => None,
        Origin::Agent if Some(preview.author.as_str()) == you => Some(text::YOU.to_owned()),
        Origin::Agent => Some(text::author(preview.origin, &preview.author)),
        Origin::Phone => Some(text::FROM_PHONE.to_owned()),
        _ => None,
    };
    let (look, words) = match &preview.delivery {
        Some(Delivery::Failed { reason, .. }) => ("row__last is-danger", text::not_delivered(reason)),
        _ => ("row__last", session.one_line(&preview.content, preview.is_deleted)),
    };
    // The gap runs with the line, whichever way the name does.
    let author = author.map(|author| view! { <span class="row__author" dir="auto">{author}":"</span>" " });
    view! {
        <span class=look>
            {mark(&preview)}
            <span class="truncate grow" dir="auto">{author}{words}</span>
        </span>
    }
    .into_any()
}

fn mark(preview: &Preview) -> Option<AnyView> {
    let icon = |name, class| Some(view! { <Icon name size=14 class/> }.into_any());
    match (&preview.delivery, preview.origin) {
        _ if preview.is_deleted => icon(IconName::Ban, ""),
        (Some(Delivery::Queued { .. }), _) => icon(IconName::Clock, ""),
        (Some(Delivery::Sending), _) => icon(IconName::Send, ""),
        (Some(Delivery::NotSure), _) => icon(IconName::Help, "is-warn"),
        (Some(Delivery::Failed { .. }), _) => icon(IconName::Alert, ""),
        (_, Origin::Automation) => icon(IconName::Bot, "o-bot"),
        (_, Origin::Campaign) => icon(IconName::Megaphone, "o-bot"),
        (_, Origin::Phone) => icon(IconName::Smartphone, "o-phone"),
        (Some(Delivery::Known { status }), _) => Some(view! { <Tick status=*status/> }.into_any()),
        _ => content_icon(&preview.content).and_then(|name| icon(name, "")),
    }
}
