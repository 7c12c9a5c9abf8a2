//! What a client is told without asking.

use crate::{ConversationRow, MessageCursor, MessageView, Overview};
use serde::{Deserialize, Serialize};
use twinbox_domain::{ConversationId, MessageId, Millis, Seq};

/// All changes of `after < seq <= self.seq`, the newest state of each thing once. A client that does not stand at
/// `after` has missed something and asks [`ChangesSince`](crate::ChangesSince).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where the client must stand to apply it.
    pub after: Seq,
    /// Where the client stands then.
    pub seq: Seq,
    /// In no particular order: each is a whole new state.
    pub changes: Vec<ChangeView>,
}

/// What the window of the desktop app is told over its channel. A browser is told [`Event`]s alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Something changed.
    Event(Event),
    /// A link from outside leads to a conversation, which may not be here: show it.
    Open {
        /// Which one.
        conversation: ConversationId,
    },
    /// A file lies where downloads go.
    Saved {
        /// What it is called there.
        name: String,
    },
    /// A file does not, or not all of it.
    NotSaved {
        /// What it would have been called there.
        name: String,
    },
}

/// One thing in its new state.
#[allow(
    clippy::large_enum_variant,
    reason = "most changes are messages, and each lives but a moment"
)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeView {
    /// A conversation's row.
    Conversation(ConversationRow),
    /// A conversation that is no more: two people turned out to be one, and their messages are in the other one.
    ConversationGone {
        /// Which one.
        conversation: ConversationId,
        /// The other one; `None` when it is not known any more.
        into: Option<ConversationId>,
    },
    /// A message.
    Message(MessageView),
    /// A message that is no more.
    MessageGone {
        /// Where it was.
        conversation: ConversationId,
        /// Which one.
        message: MessageId,
    },
    /// Old messages of a conversation are no more: those before the first one that is left, or all of them. Not those of
    /// ours that are not settled ([`Delivery::is_settled`](crate::Delivery::is_settled)).
    OldMessagesGone {
        /// Where they were.
        conversation: ConversationId,
        /// The first one that is left and settled; `None`: there is none.
        first: Option<MessageCursor>,
    },
    /// The counters of the status line.
    Overview(Overview),
    /// Everybody who writes a reply now, in all conversations. It is in no log, so it comes in an event of its own, with
    /// `after == seq`, and holds whatever the client has missed.
    Replying {
        /// Who and where.
        people: Vec<ReplyingView>,
    },
}

/// Somebody who writes a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyingView {
    /// Where.
    pub conversation: ConversationId,
    /// A colleague's name.
    pub user: String,
    /// Not any more from then on, unless it is told again.
    pub until: Millis,
}

/// The answer to [`ChangesSince`](crate::ChangesSince).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changes {
    /// The next batch; empty, with `seq == after`, when nothing was missed.
    Next(Event),
    /// It is too long ago: say [`Hello`](crate::Hello) and load everything anew.
    Reload,
}
