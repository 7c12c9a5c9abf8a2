//! One list of conversations: which rows, in which order.

use std::cmp::Reverse;
use twinbox_domain::{ConversationId, ConversationState};
use twinbox_protocol::{ChangeView, ConversationFilter, ConversationRow, RowCursor};

/// The loaded head of a list, newest first. The rows themselves are in [`State::rows`](super::State::rows).
#[derive(Debug, Default)]
pub struct List {
    order: Vec<RowCursor>,
    /// There are more after the loaded ones, as far as is known.
    pub more: bool,
    /// The page that is on its way, by its number in [`State::asked`](super::State::asked).
    pub loading: Option<u64>,
    /// At least one page has come.
    pub loaded: bool,
    /// The last page asked for did not come.
    pub failed: bool,
    /// What happened to rows while a page was on its way, which may be older than that.
    pub changed_meanwhile: Vec<ChangeView>,
}

/// Where a row stands.
pub fn cursor_of(row: &ConversationRow) -> RowCursor {
    RowCursor {
        last_at: row.last_at,
        id: row.id,
    }
}

/// Whether a row belongs into the list of `filter`, for whoever is called `me`; `place` is that of its number.
pub fn matches(filter: ConversationFilter, row: &ConversationRow, me: &str, place: Option<u8>) -> bool {
    match filter {
        ConversationFilter::All => row.state.is_active(),
        ConversationFilter::NeedsReply => row.needs_reply,
        ConversationFilter::Unread => row.unread > 0,
        ConversationFilter::Mine => row.state.is_active() && row.assignee == me,
        ConversationFilter::Unassigned => row.state.is_active() && row.assignee.is_empty(),
        ConversationFilter::Pending => row.state == ConversationState::Pending,
        ConversationFilter::Snoozed => matches!(row.state, ConversationState::Snoozed { .. }),
        ConversationFilter::Resolved => row.state == ConversationState::Resolved,
        ConversationFilter::Mentions => row.state.is_active() && row.mentions.iter().any(|name| name == me),
        ConversationFilter::Number(number) => row.state.is_active() && place == Some(number),
        ConversationFilter::Label(label) => row.labels.contains(&label),
    }
}

impl List {
    /// How many rows are loaded.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The row at a place, 0 at the top.
    pub fn get(&self, index: usize) -> Option<ConversationId> {
        self.order.get(index).map(|cursor| cursor.id)
    }

    /// The place of a row.
    pub fn index_of(&self, row: &ConversationRow) -> Option<usize> {
        self.find(cursor_of(row)).ok()
    }

    /// Where the row at a place stands.
    pub fn cursor(&self, index: usize) -> Option<RowCursor> {
        self.order.get(index).copied()
    }

    /// The place of what stands there.
    pub fn place_of(&self, cursor: RowCursor) -> Option<usize> {
        self.find(cursor).ok()
    }

    /// Where the next page goes on; `None` when it is the first.
    pub fn next_page(&self) -> Option<RowCursor> {
        self.last().filter(|_| self.loaded)
    }

    /// Whether a page can be asked for.
    pub fn can_load(&self) -> bool {
        self.loading.is_none() && (!self.loaded || self.more)
    }

    fn last(&self) -> Option<RowCursor> {
        self.order.last().copied()
    }

    fn find(&self, cursor: RowCursor) -> Result<usize, usize> {
        self.order.binary_search_by_key(&Reverse(cursor), |at| Reverse(*at))
    }

    /// Whether a row stands there.
    pub fn contains(&self, cursor: RowCursor) -> bool {
        self.find(cursor).is_ok()
    }

    /// Takes a row out from where it stood. `true` when it was there.
    pub fn remove(&mut self, cursor: RowCursor) -> bool {
        match self.find(cursor) {
            Ok(index) => {
                self.order.remove(index);
                true
            }
            Err(_) => false,
        }
    }

    /// Puts a row where it belongs, unless that is behind the loaded part. `true` when it is there now.
    pub fn insert(&mut self, cursor: RowCursor) -> bool {
        let behind = self.more && self.last().is_none_or(|last| cursor < last);
        match self.find(cursor) {
            Ok(_) => true,
            Err(index) if !behind => {
                self.order.insert(index, cursor);
                true
            }
            Err(_) => false,
        }
    }

    /// Adds a page, wherever its rows belong by now.
    pub fn extend(&mut self, cursors: impl Iterator<Item = RowCursor>) {
        for cursor in cursors {
            if let Err(index) = self.find(cursor) {
                self.order.insert(index, cursor);
            }
        }
    }
}
