//! Working on conversations together: what is to be done, by whom, and what colleagues tell each other.

use serde::{Deserialize, Serialize};
use std::fmt;
use twinbox_domain::{ConversationId, ConversationState, LabelId, MessageId, Seq};

/// How many conversations one request may change.
pub const MOST_AT_ONCE: usize = 500;

/// How many colors a label can have.
pub const LABEL_COLORS: u8 = 8;

/// Says what is to be done about conversations. `Invalid` for a time that has passed, or more than [`MOST_AT_ONCE`];
/// `Conflict` when a customer wrote after what was seen: that conversation stays as it is, the others do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetState {
    /// Which ones.
    pub conversations: Vec<ConversationId>,
    /// What is to be done.
    pub state: ConversationState,
    /// Changes up to here were seen; `None`: it holds whatever was said meanwhile.
    #[serde(default)]
    pub seen: Option<Seq>,
}

/// Says who is to deal with conversations. `Invalid` for somebody who does not work here, or more than [`MOST_AT_ONCE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// Which ones.
    pub conversations: Vec<ConversationId>,
    /// A colleague's name; empty for nobody.
    pub assignee: String,
}

/// The last thing the customer said has not been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkUnread {
    /// Where.
    pub conversation: ConversationId,
}

/// Puts a label on conversations, or takes it off. `NotFound` without such a label, `Invalid` for more than
/// [`MOST_AT_ONCE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelConversations {
    /// Which ones.
    pub conversations: Vec<ConversationId>,
    /// Which label.
    pub label: LabelId,
    /// Whether it is on them from now on.
    pub is_on: bool,
}

/// Makes a label, or changes one. `Invalid` for a name that is taken, empty or longer than 40 characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveLabel {
    /// Which one; `None` makes one.
    pub id: Option<LabelId>,
    /// What it says.
    pub name: String,
    /// Below [`LABEL_COLORS`].
    pub color: u8,
}

/// Deletes a label, and takes it off every conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteLabel {
    /// Which one.
    pub label: LabelId,
}

/// Sets the text of a canned reply; an empty one deletes it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCannedReply {
    /// All of it.
    pub reply: CannedReply,
}

/// The team, its labels and its canned replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetTeam {}

/// Writes a note into a conversation, for colleagues. `Invalid` when it is empty or longer than 4096 characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteNote {
    /// Where.
    pub conversation: ConversationId,
    /// `@` and a colleague's name calls them.
    pub text: String,
}

/// Deletes a note of the caller's. `Conflict` for anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteNote {
    /// Which one.
    pub note: MessageId,
}

/// The texts that the caller has not sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetDrafts {}

/// Keeps a text that the caller has not sent yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveDraft {
    /// All of it; an empty text is no draft.
    pub draft: DraftView,
}

/// Keeps something about the person of a conversation. `Invalid` for what is too long, or too much.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetField {
    /// A conversation with them.
    pub conversation: ConversationId,
    /// All of it; an empty value takes the field away.
    pub field: FieldView,
}

/// The answer to [`GetTeam`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    /// The names of everybody who works here.
    pub teammates: Vec<String>,
    /// By name.
    pub labels: Vec<LabelView>,
    /// By shortcut.
    pub replies: Vec<CannedReply>,
}

/// A label of the team's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelView {
    /// Our id of it.
    pub id: LabelId,
    /// What it says.
    pub name: String,
    /// Below [`LABEL_COLORS`].
    pub color: u8,
}

/// A text that is written often.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedReply {
    /// One word that stands for it.
    pub shortcut: String,
    /// The text; `{name}` stands for the person's.
    pub text: String,
}

/// A text not sent yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// Where it is to go.
    pub conversation: ConversationId,
    /// So far.
    pub text: String,
    /// It is for the team alone.
    #[serde(default)]
    pub is_note: bool,
}

/// Something the team keeps about a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// What it is about, for example `Order`.
    pub name: String,
    /// What is kept.
    pub value: String,
}

/// How many open and pending conversations somebody has.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkloadView {
    /// A colleague's name; empty for nobody.
    pub assignee: String,
    /// How many.
    pub conversations: u64,
}

/// Never what people wrote or are called.
macro_rules! silent {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

silent! {
    SaveLabel, SaveCannedReply, WriteNote, SaveDraft, SetField, LabelView, CannedReply, DraftView, FieldView, WorkloadView
}
