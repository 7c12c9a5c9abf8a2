//! What changed, as the store logs it. A change names what to look at again; it carries no content, so replaying
//! an old one always shows today's truth.

use crate::{ConversationId, MessageId, Seq};

/// Something a client shows has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A message is new or different; so may be its conversation's row.
    Message(ConversationId, MessageId),
    /// A message turned out to be another one and is gone.
    MessageGone(ConversationId, MessageId),
    /// Old messages of a conversation are gone; so its row may be different.
    OldMessagesGone(ConversationId),
    /// Only the conversation's row is new, different, or gone.
    Conversation(ConversationId),
    /// Counters of the status line are different.
    Overview,
}

/// A change and its position in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedChange {
    /// Rises by one with each change.
    pub seq: Seq,
    /// What changed.
    pub change: Change,
}
