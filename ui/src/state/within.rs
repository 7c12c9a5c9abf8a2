//! What is looked for in the open conversation.

use std::fmt;
use twinbox_domain::{ConversationId, Query};
use twinbox_protocol::{MessageCursor, SearchResults};

/// The search bar of a thread and its hits.
pub struct Within {
    /// Where.
    pub conversation: ConversationId,
    /// As typed.
    pub text: String,
    /// The hits that are waited for, by their number in [`State::asked`](super::State::asked).
    pub loading: Option<u64>,
    /// Where the hits stand, newest first.
    pub hits: Vec<MessageCursor>,
    /// There are older ones than those loaded.
    pub more: bool,
    /// The hit that is shown.
    pub at: usize,
    /// The last answer did not come.
    pub failed: bool,
}

/// Never what was typed.
impl fmt::Debug for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Within").finish_non_exhaustive()
    }
}

impl Within {
    /// The empty bar.
    pub const fn new(conversation: ConversationId) -> Self {
        Self {
            conversation,
            text: String::new(),
            loading: None,
            hits: Vec::new(),
            more: false,
            at: 0,
            failed: false,
        }
    }

    /// What to mark in the messages; `None` when nothing is looked for.
    pub fn query(&self) -> Option<Query> {
        Some(Query::parse(&self.text)).filter(|query| !query.is_empty())
    }

    /// Which hit of how many, from 1, and whether there are more; `None` without hits.
    pub fn place(&self) -> Option<(usize, usize, bool)> {
        (!self.hits.is_empty()).then(|| (self.at + 1, self.hits.len(), self.more))
    }

    /// The place one hit older or newer.
    pub fn step(&self, older: bool) -> Option<usize> {
        let to = if older {
            self.at.checked_add(1)
        } else {
            self.at.checked_sub(1)
        };
        to.filter(|to| *to < self.hits.len())
    }

    /// Takes an answer over: the next page, or the first.
    pub fn extend(&mut self, before: Option<MessageCursor>, results: SearchResults) {
        self.loading = None;
        if before.is_none() {
            self.hits.clear();
            self.at = 0;
        }
        let place = |(at, id)| MessageCursor { at, id };
        let found = results.messages.items.iter().map(|hit| place((hit.at, hit.message)));
        self.hits.extend(found);
        self.more = results.messages.more;
    }
}
