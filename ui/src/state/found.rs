//! What was looked for, and what was found.

use std::fmt;
use twinbox_domain::ConversationId;
use twinbox_protocol::{ChatHit, MessageCursor, MessageHit, SearchResults};

/// The search field and its results.
#[derive(Default)]
pub struct Found {
    /// As typed. Blank: nothing is looked for, and the list is shown.
    pub text: String,
    /// The answer that is waited for, by its number in [`State::asked`](super::State::asked).
    pub loading: Option<u64>,
    /// What was found last, perhaps for what was typed before.
    pub results: Option<SearchResults>,
    /// Of which search they are: the number of its first answer.
    pub search: u64,
    /// The results are of something typed before.
    pub is_old: bool,
    /// The last answer did not come.
    pub failed: bool,
}

/// Never what was typed or found.
impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("loading", &self.loading)
            .finish_non_exhaustive()
    }
}

/// Where a result leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// To a conversation.
    Chat(ConversationId),
    /// To a message.
    Message(ConversationId, MessageCursor),
}

impl Found {
    /// Whether results are shown instead of the list.
    pub fn is_on(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// How many results are loaded.
    pub fn len(&self) -> usize {
        self.chats() + self.messages()
    }

    /// How many of them are people.
    pub fn chats(&self) -> usize {
        self.results.as_ref().map_or(0, |results| results.chats.len())
    }

    /// How many of them are messages.
    pub fn messages(&self) -> usize {
        self.results.as_ref().map_or(0, |results| results.messages.items.len())
    }

    /// The result at a place: people first, then messages.
    pub fn hit(&self, index: usize) -> Option<Hit> {
        match self.chat(index) {
            Some(chat) => Some(Hit::Chat(chat.row.id)),
            None => {
                let hit = self.message(index)?;
                let (at, id) = (hit.at, hit.message);
                Some(Hit::Message(hit.conversation, MessageCursor { at, id }))
            }
        }
    }

    /// The person at a place among the results.
    pub fn chat(&self, index: usize) -> Option<&ChatHit> {
        self.results.as_ref()?.chats.get(index)
    }

    /// The message at a place among the results, which come after the people.
    pub fn message(&self, index: usize) -> Option<&MessageHit> {
        let place = index.checked_sub(self.chats())?;
        self.results.as_ref()?.messages.items.get(place)
    }

    /// Where the results go on from; `None` when all are here or a page is on its way.
    pub fn next_page(&self) -> Option<MessageCursor> {
        let messages = &self.results.as_ref()?.messages;
        let last = messages
            .items
            .last()
            .filter(|_| messages.more && self.loading.is_none())?;
        Some(MessageCursor {
            at: last.at,
            id: last.message,
        })
    }

    /// Takes an answer over: the next page, or another search.
    pub fn extend(&mut self, before: Option<MessageCursor>, results: SearchResults) {
        let asked = self.loading.take();
        self.is_old = false;
        match &mut self.results {
            Some(known) if before.is_some() => {
                known.messages.items.extend(results.messages.items);
                known.messages.more = results.messages.more;
                known.is_complete = results.is_complete;
            }
            _ => {
                self.search = asked.unwrap_or_default();
                self.results = Some(results);
            }
        }
    }
}
