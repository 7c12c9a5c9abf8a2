//! Greeting the engine, and keeping up with it.

use super::Session;
use crate::backend::{self, Asked, Heard};
use crate::clock;
use crate::screen::after_paint;
use crate::state::{Action, Connection, State};
use futures_util::FutureExt;
use leptos::prelude::{GetValue, SetValue, window};
use leptos::task::spawn_local;
use std::future::ready;
use std::time::Duration;
use twinbox_domain::{ConversationId, Seq};
use twinbox_protocol::{ChangeView, Changes, ChangesSince, ErrorCode, Event, Greeting, Hello};

/// Between two tries to greet an engine that does not answer.
const GREET_AGAIN: Duration = Duration::from_secs(2);

impl Session {
    /// Greets the engine, loads what the screen shows and listens from then on.
    pub fn start(self) {
        let mut hello = self.backend.greet();
        // An answer that is here already is shown by the first screen. What is spawned begins only after that is drawn.
        let greeted = match hello.as_mut().now_or_never() {
            Some(Ok(greeting)) => Some(self.greeted(greeting)),
            Some(answer) => {
                hello = Box::pin(ready(answer));
                None
            }
            None => None,
        };
        spawn_local(async move {
            let greeted = match greeted {
                Some(greeted) => greeted,
                None => self.greet(hello).await,
            };
            if !greeted {
                return;
            }
            if self.hears.get_value() {
                // Signed in again while the stream stayed open.
                self.dispatch(Action::Connection(Connection::Online));
            }
            if !self.listening.get_value() {
                self.listening.set_value(true);
                let since = move || self.peek(|state| state.seq).unwrap_or(Seq(0));
                self.backend.listen(since, move |heard| self.hear(heard)).await;
                self.listening.set_value(false);
            }
        });
    }

    /// Tries again with a token.
    pub fn sign_in(self, token: &str) {
        backend::keep_token(token);
        self.start();
    }

    /// Shows what the engine told. `false` when the page is loaded anew instead.
    fn greeted(self, greeting: Greeting) -> bool {
        if self.peek(|state| state.is_somebody_else(&greeting.you)) {
            // What the one before has written and not sent is not theirs. A page can always be loaded again.
            let _ = window().location().reload();
            return false;
        }
        self.dispatch(Action::Greeted(greeting));
        self.stay_locked();
        if self.peek(|state| state.list().is_none()) {
            self.load_list();
        }
        // `Heard::Online` says when events arrive.
        if let Some(open) = self.peek(|state| state.open) {
            // What is about to be written there stays a note, also before its first letter.
            let is_note = self.peek(|state| state.notes.contains(&open));
            self.dispatch(Action::Closed);
            if is_note {
                self.write_as(open, true);
            }
            self.open(open);
            self.load_details(open);
        }
        // Nobody sees these first.
        after_paint(move || {
            self.load_team();
            self.load_drafts();
        });
        true
    }

    /// `false` when signed out, or when it cannot work at all.
    async fn greet(self, mut hello: Asked<Greeting>) -> bool {
        loop {
            match hello.await {
                Ok(greeting) => return self.greeted(greeting),
                Err(error) if error.code == ErrorCode::Unauthorized => {
                    let tried = self.peek(|state| matches!(state.connection, Connection::SignedOut { .. }));
                    self.dispatch(Action::Connection(Connection::SignedOut { refused: tried }));
                    return false;
                }
                Err(error) if error.retry_after_ms.is_none() => {
                    self.dispatch(Action::CannotStart(error));
                    return false;
                }
                Err(_) => {
                    self.dispatch(Action::Connection(Connection::Offline { since: clock::now() }));
                    backend::sleep(GREET_AGAIN).await;
                    hello = self.backend.call(Hello {});
                }
            }
        }
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Online => {
                self.hears.set_value(true);
                self.dispatch(Action::Connection(Connection::Online));
                self.load_what_failed();
                // Changes made while nobody listened, should the stream not bring them.
                self.catch_up();
            }
            Heard::Offline => {
                self.hears.set_value(false);
                self.dispatch(Action::Connection(Connection::Offline { since: clock::now() }));
            }
            Heard::SignedOut => {
                self.hears.set_value(false);
                self.dispatch(Action::Connection(Connection::SignedOut { refused: false }));
            }
            Heard::Event(event) => self.follow(event),
            Heard::Open(conversation) => self.show(conversation),
            Heard::Notice(words) => self.dispatch(Action::Notice(words)),
            Heard::Unreadable => self.dispatch(Action::Connection(Connection::Frozen)),
        }
    }

    fn follow(self, event: Event) {
        let seq = self.peek(|state| state.seq);
        if comes_next(&event, seq) {
            self.happened(event);
        } else if seq < Some(event.seq) {
            self.catch_up();
        }
    }

    /// Whoever reads a conversation that was merged into another goes on there.
    pub(super) fn happened(self, event: Event) {
        let goes_on = self.peek(|state| event.changes.iter().find_map(|change| goes_on_in(change, state)));
        let is_shortened = self.peek(|state| event.changes.iter().any(|change| shortens(change, state.open)));
        let merged = event.changes.iter().filter_map(merged_into).collect::<Vec<_>>();
        self.dispatch(Action::Happened(event));
        // What waited in the old one to be handed over waits here now.
        merged.into_iter().for_each(|into| self.hand_over(into));
        if let Some(open) = self.peek(|state| state.open).filter(|_| is_shortened) {
            // When its first message was sent; and what there is of it, when all that was loaded has gone.
            self.load_details(open);
            self.load_missing(open);
        }
        if let Some(conversation) = goes_on {
            self.need_row(conversation, None);
            self.open(conversation);
        }
    }

    /// Asks for what was missed until there is nothing more. Events that arrive meanwhile and follow on are applied; after
    /// others it is asked once more, since the last answer may be older than they are.
    fn catch_up(self) {
        self.missed_more.set_value(true);
        if self.catching_up.get_value() {
            return;
        }
        self.catching_up.set_value(true);
        spawn_local(async move {
            while self.missed_more.get_value() {
                self.missed_more.set_value(false);
                self.fetch_missed().await;
            }
            self.catching_up.set_value(false);
        });
    }

    async fn fetch_missed(self) {
        while let Some(seq) = self.peek(|state| state.seq) {
            match self.backend.call(ChangesSince { seq }).await {
                Ok(Changes::Next(event)) if event.seq == event.after => return,
                Ok(Changes::Next(event)) => self.happened(event),
                Ok(Changes::Reload) => {
                    self.greet(self.backend.call(Hello {})).await;
                    return;
                }
                Err(error) if error.code == ErrorCode::Unauthorized => {
                    return self.dispatch(Action::Connection(Connection::SignedOut { refused: false }));
                }
                // Whatever comes after what cannot be fetched would leave a gap.
                Err(error) if error.retry_after_ms.is_none() => {
                    return self.dispatch(Action::Connection(Connection::Frozen));
                }
                // The stream ends as well, and catches up when it is back.
                Err(_) => return,
            }
        }
    }
}

/// Whether whoever knows everything up to `seq` can take this in: it follows on, or is in no log. One without anything in it
/// stands for more than the engine still knows one by one.
fn comes_next(event: &Event, seq: Option<Seq>) -> bool {
    seq == Some(event.after) || (event.after == event.seq && !event.changes.is_empty())
}

/// Whether old messages of the `open` conversation have gone.
fn shortens(change: &ChangeView, open: Option<ConversationId>) -> bool {
    matches!(change, ChangeView::OldMessagesGone { conversation, .. } if open == Some(*conversation))
}

/// Where the conversation that is open, or about to be, goes on when this change ends it.
fn goes_on_in(change: &ChangeView, state: &State) -> Option<ConversationId> {
    match change {
        ChangeView::ConversationGone { conversation, .. }
            if [state.open, state.opening].contains(&Some(*conversation)) =>
        {
            merged_into(change)
        }
        _ => None,
    }
}

/// That a conversation was merged into another one, found out without being told: it is in no log.
pub(super) fn gone_into(conversation: ConversationId, into: ConversationId) -> Event {
    let into = Some(into);
    Event {
        after: Seq(0),
        seq: Seq(0),
        changes: vec![ChangeView::ConversationGone { conversation, into }],
    }
}

/// Which conversation has what another one had.
fn merged_into(change: &ChangeView) -> Option<ConversationId> {
    match change {
        ChangeView::ConversationGone { into, .. } => *into,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::{greeting, message, page, row};
    use twinbox_protocol::ConversationRow;

    const OLD: ConversationId = ConversationId(1);
    const NEW: ConversationId = ConversationId(2);

    fn listed(rows: Vec<ConversationRow>) -> State {
        let mut state = State::default();
        state.reduce(Action::Greeted(Greeting {
            conversations: page(rows, false),
            ..greeting(10)
        }));
        state
    }

    /// Where the view goes when it is found out that the old conversation is the new one.
    fn found_out(state: &mut State) -> Option<ConversationId> {
        let event = gone_into(OLD, NEW);
        let goes_on = event.changes.iter().find_map(|change| goes_on_in(change, state));
        state.reduce(Action::Happened(event));
        assert_eq!((state.open, state.opening, state.seq), (None, None, Some(Seq(10))));
        assert!(!state.rows.contains_key(&OLD));
        goes_on
    }

    #[test]
    fn an_event_without_changes_from_far_ahead_is_no_reason_to_think_that_nothing_happened() {
        let seq = Some(Seq(10));
        let event = |after, seq, changes| Event {
            after: Seq(after),
            seq: Seq(seq),
            changes,
        };
        let too_old = event(90, 90, Vec::new());
        assert!(!comes_next(&too_old, seq), "what was missed is asked for");
        assert!(comes_next(&too_old, Some(Seq(90))));
        assert!(!comes_next(&event(20, 21, Vec::new()), seq));
        assert!(comes_next(&event(10, 12, Vec::new()), seq));
        assert!(comes_next(&gone_into(OLD, NEW), seq));
        let replying = vec![ChangeView::Replying { people: Vec::new() }];
        assert!(comes_next(&event(90, 90, replying), seq), "it is in no log");
    }

    #[test]
    fn an_old_link_leads_to_the_conversation_that_its_own_was_merged_into() {
        let mut state = listed(vec![row(2, 100)]);
        state.reduce(Action::ThreadAsked(OLD));
        state.reduce(Action::Opening(OLD));
        assert_eq!((state.open, found_out(&mut state)), (None, Some(NEW)));
        // Its messages come after that.
        state.reduce(Action::ThreadLoaded {
            conversation: OLD,
            asked: state.asked,
            before: None,
            page: page([message(2, 6, 60)], false),
        });
        assert_eq!(state.open, None);
    }

    #[test]
    fn what_was_open_before_a_reload_goes_on_where_it_was_merged_into_meanwhile() {
        let mut state = listed(vec![row(1, 100)]);
        state.reduce(Action::Opened(OLD));
        state.reduce(Action::Typed(OLD, "Good morning".to_owned()));
        state.reduce(Action::Greeted(greeting(10)));
        assert!(state.rows.contains_key(&OLD), "it is looked at");
        assert_eq!(found_out(&mut state), Some(NEW));
        assert_eq!(state.drafts.get(&NEW).map(String::as_str), Some("Good morning"));

        state.reduce(Action::Opened(ConversationId(3)));
        let event = gone_into(OLD, NEW);
        assert_eq!(event.changes.iter().find_map(|change| goes_on_in(change, &state)), None);
    }
}
