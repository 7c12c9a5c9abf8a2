//! Says aloud what a customer writes into the open conversation, and that the time to reply ends. History that is scrolled into view, and ticks, are
//! silent: the log itself announces nothing.

use super::chip::{Countdown, countdown};
use crate::session::Session;
use crate::state::Part;
use crate::text;
use leptos::prelude::*;
use twinbox_domain::{ConversationId, Direction};
use twinbox_protocol::MessageCursor;

/// A live region without looks. Several messages at once become their number.
#[component]
pub fn Announcer(conversation: ConversationId) -> impl IntoView {
    let session = Session::use_();
    let words = RwSignal::new(String::new());
    // A screen reader reads only what is different from before.
    let say = move |said: String| {
        words.update(|words| *words = if *words == said { said + "\u{a0}" } else { said });
    };
    Effect::new(move |heard: Option<Option<MessageCursor>>| {
        session.read(Part::Thread(conversation), |state| {
            let thread = state.threads.get(&conversation).filter(|thread| thread.loaded)?;
            // What is loaded on the way from an old message to the end is not new.
            let newest = thread.order().next_back().filter(|_| !thread.newer);
            if let Some(heard) = heard.flatten() {
                let arrived: Vec<_> = thread
                    .after(heard)
                    .filter(|message| message.direction == Direction::In)
                    .collect();
                let name = state
                    .rows
                    .get(&conversation)
                    .map(|row| state.name_of(&row.person))
                    .unwrap_or_default();
                match arrived.as_slice() {
                    [] => {}
                    [message] => {
                        let line = state.one_line(&message.content, message.is_deleted);
                        say(text::says(&name, &line));
                    }
                    many => say(text::new_messages(many.len())),
                }
            }
            newest
        })
    });
    let row = session.row(conversation);
    let last_customer_at = Memo::new(move |_| row.with(|row| row.as_ref()?.last_customer_at));
    let countdown = countdown(session, last_customer_at.into());
    Effect::new(move |before: Option<Countdown>| {
        let now = countdown.get();
        before
            .and_then(|before| now.news_since(before))
            .into_iter()
            .for_each(say);
        now
    });
    view! { <div class="vh" role="status">{move || words.get()}</div> }
}
