//! What can happen while someone searches.

use twinbox_domain::{ConversationId, MessageId};
use twinbox_protocol::{ApiError, ConversationRow, MessageCursor, MessageView, Page, SearchResults};

/// For a place in a thread that is a time alone.
pub const NO_MESSAGE: MessageId = MessageId(0);

/// Something that happened to a search, or on the way to what it found.
#[derive(Debug)]
pub enum FindAction {
    /// Something else is looked for; blank ends the search.
    Typed(String),
    /// The next page of results was asked for.
    MoreAsked,
    /// Results have come.
    Found {
        /// Their number. Those no longer waited for belong to nothing.
        asked: u64,
        /// What the page goes on from.
        before: Option<MessageCursor>,
        /// The page.
        results: SearchResults,
    },
    /// They have not.
    Failed(u64, ApiError),
    /// The messages around one have come.
    AroundLoaded {
        /// Of which conversation.
        conversation: ConversationId,
        /// Their number, as in [`Action::ThreadLoaded`](super::Action::ThreadLoaded).
        asked: u64,
        /// It and what is older, newest first.
        older: Page<MessageView>,
        /// What is newer, oldest first.
        newer: Page<MessageView>,
        /// Where the view goes then.
        goes_to: Option<MessageCursor>,
    },
    /// The messages after those loaded have come.
    NewerLoaded {
        /// Of which conversation.
        conversation: ConversationId,
        /// Their number.
        asked: u64,
        /// The page, oldest first.
        page: Page<MessageView>,
    },
    /// The messages around one were asked for.
    AroundAsked(ConversationId, MessageCursor),
    /// The view goes to a loaded message.
    Jumped(ConversationId, MessageCursor),
    /// It is there.
    JumpShown,
    /// The row of a conversation that is not in the loaded part of a list.
    RowLoaded(Box<ConversationRow>),
    /// The search bar of a conversation is shown.
    WithinOpened(ConversationId),
    /// It is not any more.
    WithinClosed,
    /// Something else is looked for in the conversation.
    WithinTyped(String),
    /// The next hits in it were asked for.
    WithinMoreAsked,
    /// Hits in it have come.
    WithinFound {
        /// Their number, as in `Found`.
        asked: u64,
        /// What they go on from.
        before: Option<MessageCursor>,
        /// The page.
        results: SearchResults,
    },
    /// They have not.
    WithinFailed(u64, ApiError),
    /// This one of them is shown.
    WithinAt(usize),
}
