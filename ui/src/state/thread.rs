//! The loaded messages of one conversation.

use std::collections::{HashMap, VecDeque};
use twinbox_domain::{MessageId, OutboxId};
use twinbox_protocol::{ChangeView, Delivery, MessageCursor, MessageView};

/// Messages of a conversation without a gap, as many as were loaded: the newest, or those around one that was gone to.
#[derive(Debug, Default)]
pub struct Thread {
    order: VecDeque<MessageCursor>,
    messages: HashMap<MessageId, MessageView>,
    newest_id: Option<MessageId>,
    /// There are older ones, as far as is known.
    pub more: bool,
    /// There are newer ones than those loaded, because someone went to an old one.
    pub newer: bool,
    /// The page that is on its way, by its number in [`State::asked`](super::State::asked).
    pub loading: Option<u64>,
    /// At least one page has come.
    pub loaded: bool,
    /// The last page asked for did not come.
    pub failed: bool,
    /// The message that is gone to, whose surroundings were asked for last.
    pub going_to: Option<MessageCursor>,
    /// The engine was told that everything up to here is read.
    pub marked: Option<MessageId>,
    /// What changed while a page was on its way, which may be older than it is.
    pub changed_meanwhile: Vec<ChangeView>,
}

/// Where a message stands.
pub fn cursor_of(message: &MessageView) -> MessageCursor {
    MessageCursor {
        at: message.at,
        id: message.id,
    }
}

impl Thread {
    /// Where the loaded messages stand, oldest first.
    pub fn order(&self) -> impl DoubleEndedIterator<Item = MessageCursor> + '_ {
        self.order.iter().copied()
    }

    /// Whether no message is loaded.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// A loaded message.
    pub fn message(&self, id: MessageId) -> Option<&MessageView> {
        self.messages.get(&id)
    }

    /// Whether what was sent under this id is loaded.
    pub fn has_sent(&self, id: OutboxId) -> bool {
        self.messages.values().any(|message| message.outbox == Some(id))
    }

    /// The message above the one at `cursor`.
    pub fn before(&self, cursor: MessageCursor) -> Option<&MessageView> {
        let index = self.order.partition_point(|at| *at < cursor);
        let above = self.order.get(index.checked_sub(1)?)?;
        self.messages.get(&above.id)
    }

    /// The messages below `cursor`, oldest first.
    pub fn after(&self, cursor: MessageCursor) -> impl Iterator<Item = &MessageView> {
        let index = self.order.partition_point(|at| *at <= cursor);
        self.order.range(index..).filter_map(|at| self.messages.get(&at.id))
    }

    /// Where older messages go on from; `None` when none is loaded.
    pub fn next_page(&self) -> Option<MessageCursor> {
        self.oldest().filter(|_| self.loaded)
    }

    /// Whether a page can be asked for.
    pub fn can_load(&self) -> bool {
        self.loading.is_none() && (!self.loaded || self.more)
    }

    /// Where newer messages go on from; `None` when the newest are loaded, or a page is on its way.
    pub fn newer_page(&self) -> Option<MessageCursor> {
        let newest = self.order.back().copied();
        newest.filter(|_| self.newer && self.loading.is_none())
    }

    fn oldest(&self) -> Option<MessageCursor> {
        self.order.front().copied()
    }

    /// The last message by arrival.
    pub fn newest_id(&self) -> Option<MessageId> {
        self.newest_id
    }

    /// Adds or replaces a message unless it is older or newer than the loaded part. `true` when the order is different now.
    pub fn upsert(&mut self, message: MessageView) -> bool {
        let cursor = cursor_of(&message);
        let stood = self.messages.get(&message.id).map(cursor_of);
        if stood == Some(cursor) {
            self.messages.insert(message.id, message);
            return false;
        }
        let moved = stood.is_some_and(|stood| self.remove_at(stood));
        if self.more && self.oldest().is_none_or(|oldest| cursor < oldest) {
            return moved;
        }
        if self.newer && self.order.back().is_none_or(|newest| cursor > *newest) {
            return moved;
        }
        self.insert(cursor, message);
        true
    }

    /// Takes a message out. `true` when it was there.
    pub fn remove(&mut self, id: MessageId) -> bool {
        let stood = self.messages.get(&id).map(cursor_of);
        stood.is_some_and(|stood| self.remove_at(stood))
    }

    /// Takes out what stands before `first`, or everything (`None`), but what is not settled. Which messages these were.
    pub fn forget_old(&mut self, first: Option<MessageCursor>) -> Vec<MessageId> {
        let is_old = |at: &&MessageCursor| first.is_none_or(|first| **at < first);
        let is_settled = |message: &MessageView| message.delivery.as_ref().is_none_or(Delivery::is_settled);
        let old = self.order.iter().take_while(is_old).copied();
        let gone: Vec<_> = old
            .filter(|at| self.messages.get(&at.id).is_some_and(is_settled))
            .collect();
        for at in &gone {
            self.remove_at(*at);
        }
        if self.order.is_empty() && !gone.is_empty() {
            // The newest of what is left, if there is any, is not here.
            self.more = false;
            self.loaded = !self.newer;
            self.newer = false;
        }
        gone.iter().map(|at| at.id).collect()
    }

    /// The first message that stands there or later, or the last one; `None` when nothing is loaded.
    pub fn nearest(&self, cursor: MessageCursor) -> Option<MessageCursor> {
        let at = self.order.partition_point(|known| *known < cursor);
        self.order.get(at).or(self.order.back()).copied()
    }

    /// Adds a page, wherever its messages belong by now.
    pub fn extend(&mut self, page: Vec<MessageView>) {
        for message in page {
            if let Some(stood) = self.messages.get(&message.id).map(cursor_of) {
                self.remove_at(stood);
            }
            self.insert(cursor_of(&message), message);
        }
    }

    fn insert(&mut self, cursor: MessageCursor, message: MessageView) {
        if let Err(index) = self.order.binary_search(&cursor) {
            self.order.insert(index, cursor);
        }
        self.newest_id = self.newest_id.max(Some(message.id));
        self.messages.insert(message.id, message);
    }

    fn remove_at(&mut self, cursor: MessageCursor) -> bool {
        if let Ok(index) = self.order.binary_search(&cursor) {
            self.order.remove(index);
        }
        self.messages.remove(&cursor.id).is_some()
    }
}
