//! The emojis on a message.

use super::quote::quoted_author;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Origin};
use twinbox_protocol::{Delivery, ReactingView, ReactionView};

/// Chips at the lower edge of the bubble; nothing when there are none.
#[component]
pub fn Reactions(
    conversation: ConversationId,
    reactions: Vec<ReactionView>,
    reacting: Option<ReactingView>,
) -> impl IntoView {
    let session = Session::use_();
    let chip = move |ReactionView { from, emoji }: ReactionView| {
        let shown = emoji.clone();
        let words = Memo::new(move |_| {
            let name = quoted_author(session, conversation, Origin::Customer, "");
            text::reaction(from, &name, &emoji)
        });
        view! { <span class="reaction" role="img" aria-label=words title=words>{shown}</span> }
    };
    let coming = reacting.map(coming);
    (!reactions.is_empty() || coming.is_some())
        .then(|| view! { <div class="reactions">{reactions.into_iter().map(chip).collect_view()}{coming}</div> })
}

/// One of ours that is on its way, or why it did not get there.
fn coming(reacting: ReactingView) -> impl IntoView {
    let is_away = reacting.emoji.is_empty();
    let shown = if is_away { "×".to_owned() } else { reacting.emoji };
    let (words, has_failed) = match reacting.delivery {
        Delivery::Failed { reason, .. } => (text::said(&reason), true),
        Delivery::NotSure => (text::REACTION_NOT_SURE.to_owned(), true),
        Delivery::Queued { .. } | Delivery::Sending | Delivery::Known { .. } => {
            (text::REACTION_COMING.to_owned(), false)
        }
    };
    view! {
        <span
            class="reaction"
            class:reaction--coming=!has_failed
            class:reaction--failed=has_failed
            role="img"
            aria-label=words.clone()
            title=words
        >
            {shown}
        </span>
    }
}
