//! The emojis on a message.

use super::quote::quoted_author;
use crate::session::Session;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Origin};
use twinbox_protocol::ReactionView;

/// Chips at the lower edge of the bubble; nothing when there are none.
#[component]
pub fn Reactions(conversation: ConversationId, reactions: Vec<ReactionView>) -> impl IntoView {
    let session = Session::use_();
    let chip = move |ReactionView { from, emoji }: ReactionView| {
        let shown = emoji.clone();
        let words = Memo::new(move |_| {
            let name = quoted_author(session, conversation, Origin::Customer, "");
            text::reaction(from, &name, &emoji)
        });
        view! { <span class="reaction" role="img" aria-label=words title=words>{shown}</span> }
    };
    (!reactions.is_empty())
        .then(|| view! { <div class="reactions">{reactions.into_iter().map(chip).collect_view()}</div> })
}
