//! Searching within the open conversation.

use super::Session;
use crate::state::{Action, FindAction};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_protocol::{MessageCursor, Search, SearchFilters};

/// The thread moves to a hit when nobody has typed for this long.
const TYPING_PAUSE: Duration = Duration::from_millis(100);

/// Hits in one request: as many as the engine gives, so that most searches know their count.
const HITS: u32 = 200;

impl Session {
    /// Shows the search bar of the open conversation. `false` when none is open.
    pub fn open_within(self) -> bool {
        let open = self.peek(|state| state.open);
        if let Some(conversation) = open.filter(|_| self.peek(|state| state.within.is_none())) {
            self.dispatch(Action::Find(FindAction::WithinOpened(conversation)));
        }
        open.is_some()
    }

    /// Ends it.
    pub fn close_within(self) {
        self.dispatch(Action::Find(FindAction::WithinClosed));
    }

    /// Looks for something else in the open conversation, and goes to its newest hit.
    pub fn search_within(self, text: String) {
        self.dispatch(Action::Find(FindAction::WithinTyped(text)));
        if let Some(asked) = self.within_asked() {
            let ask = move || {
                // More was typed meanwhile.
                if self.within_asked() == Some(asked) {
                    self.ask_within(asked, None);
                }
            };
            set_timeout(ask, TYPING_PAUSE);
        }
    }

    /// Goes to the hit before or after the one shown, or asks again after that failed.
    pub fn step_within(self, older: bool) {
        let step = self.peek(|state| {
            let within = state.within.as_ref().filter(|within| within.loading.is_none())?;
            let ends = older && (within.more || within.failed) && within.query().is_some();
            Some((within.step(older), ends, within.hits.last().copied()))
        });
        match step {
            Some((Some(at), ..)) => self.show_within(at),
            Some((None, true, before)) => {
                self.dispatch(Action::Find(FindAction::WithinMoreAsked));
                self.ask_within(self.peek(|state| state.asked), before);
            }
            _ => {}
        }
    }

    fn within_asked(self) -> Option<u64> {
        self.peek(|state| state.within.as_ref()?.loading)
    }

    fn show_within(self, at: usize) {
        self.dispatch(Action::Find(FindAction::WithinAt(at)));
        let hit = self.peek(|state| {
            let within = state.within.as_ref()?;
            Some((within.conversation, *within.hits.get(within.at)?))
        });
        if let Some((conversation, cursor)) = hit {
            self.go_to(conversation, cursor);
        }
    }

    fn ask_within(self, asked: u64, before: Option<MessageCursor>) {
        let asking = self.peek(|state| state.within.as_ref().map(|it| (it.conversation, it.text.clone())));
        let Some((conversation, text)) = asking else { return };
        let call = Search {
            text,
            filters: SearchFilters {
                conversation: Some(conversation),
                ..SearchFilters::default()
            },
            before,
            limit: HITS,
        };
        spawn_local(async move {
            let answer = self.backend.call(call).await;
            if self.within_asked() != Some(asked) {
                return;
            }
            let known = self.peek(|state| state.within.as_ref().map_or(0, |within| within.hits.len()));
            self.dispatch(Action::Find(match answer {
                Ok(results) => FindAction::WithinFound { asked, before, results },
                Err(error) => FindAction::WithinFailed(asked, error),
            }));
            let at = if before.is_some() { known } else { 0 };
            if self.peek(|state| {
                state
                    .within
                    .as_ref()
                    .is_some_and(|within| at < within.hits.len() && !within.failed)
            }) {
                self.show_within(at);
            }
        });
    }
}
