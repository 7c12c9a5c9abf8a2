//! Searching: what is asked and what is found.

use crate::{ConversationRow, MessageCursor, Page, PersonView};
use serde::{Deserialize, Serialize};
use std::fmt;
use twinbox_domain::{ConversationId, FragmentPart, LabelId, MessageId, Millis, NumberId, Origin, PersonId};

/// Looks for words in messages and for people by name or number. Made to be asked with every key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// As it was typed: every word has to be there, the last one may be unfinished. Nothing in it is syntax.
    pub text: String,
    /// What a message must be beside.
    #[serde(default)]
    pub filters: SearchFilters,
    /// Continue with messages older than this one; `None` starts at the newest, and with people.
    pub before: Option<MessageCursor>,
    /// At most this many messages, 1 to 200; more is treated as 200.
    pub limit: u32,
}

/// Never what was typed: it does not belong in logs.
impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search")
            .field("filters", &self.filters)
            .finish_non_exhaustive()
    }
}

/// What a message must be beside holding the words. The default lets all through.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchFilters {
    /// With this business number.
    pub number: Option<NumberId>,
    /// With this customer.
    pub person: Option<PersonId>,
    /// In this conversation.
    pub conversation: Option<ConversationId>,
    /// Sent by these.
    pub origin: Option<Origin>,
    /// With a file, or the place of one.
    pub has_media: bool,
    /// Not before this time, by the second.
    pub from: Option<Millis>,
    /// Before this time, by the second.
    pub before: Option<Millis>,
    /// In a conversation with this label.
    pub label: Option<LabelId>,
    /// In a conversation that this colleague is to deal with.
    pub assignee: Option<String>,
}

/// Never the colleague.
impl fmt::Debug for SearchFilters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchFilters")
            .field("number", &self.number)
            .field("conversation", &self.conversation)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
    /// Conversations with people whose name or number it is, newest first, at most 20; only in the first page, and only
    /// when the filters say nothing about messages.
    pub chats: Vec<ChatHit>,
    /// Messages that hold the words, newest first.
    pub messages: Page<MessageHit>,
    /// `false` while messages of before an upgrade are still being indexed, newest first.
    pub is_complete: bool,
}

/// A conversation whose person was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChatHit {
    /// Its row in the list.
    pub row: ConversationRow,
    /// The person's name with what was found in it.
    pub name: Vec<FragmentPart>,
    /// Another name or the phone number, when that is what was found; empty otherwise.
    pub also: Vec<FragmentPart>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageHit {
    /// Our id of it.
    pub message: MessageId,
    /// Where it stands.
    pub conversation: ConversationId,
    /// The business number.
    pub number: NumberId,
    /// The customer.
    pub person: PersonView,
    /// Meta's time of it.
    pub at: Millis,
    /// Who sent it.
    pub origin: Origin,
    /// The colleague's name for `Origin::Agent`, empty otherwise.
    pub author: String,
    /// What it says around the words.
    pub fragment: Vec<FragmentPart>,
}
