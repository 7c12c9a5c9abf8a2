//! What is shown. A view is made for a screen and is not a row of the store.

use crate::{CostView, EvidenceView, FieldView, FileView, PauseView, SettingsView, WorkloadView};
use serde::{Deserialize, Serialize};
use std::fmt;
use twinbox_domain::{
    Content, ConversationId, ConversationState, Direction, LabelId, MessageId, Millis, NumberId, Origin, OutboxId,
    PersonId, Seq, Standing, Status, Wamid,
};

/// A page of a longer list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// Whether the list goes on after the last item.
    pub more: bool,
}

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The name colleagues see on this person's messages.
    pub user: String,
    /// What they may do.
    pub role: Role,
    /// The program they use, for example `desktop`.
    pub client: String,
}

/// What a person of the team may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads and answers.
    Agent,
    /// Reviews without leaving traces.
    Manager,
    /// Sets up.
    Admin,
}

/// The answer to a client's first request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Greeting {
    /// Who the client is to the engine.
    pub you: Caller,
    /// Where events go on from.
    pub seq: Seq,
    /// The counters of the status line.
    pub overview: Overview,
    /// What the caller has set.
    pub settings: SettingsView,
    /// The first page of all conversations: what a window begins with.
    pub conversations: Page<ConversationRow>,
}

/// The counters of the status line, and what is connected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The connected numbers; empty before the first set-up.
    pub numbers: Vec<NumberView>,
    /// Conversations in all.
    pub conversations: u64,
    /// Conversations with something unread.
    pub unread: u64,
    /// Conversations whose last word is the customer's.
    pub needs_reply: u64,
    /// Conversations that were put off.
    pub snoozed: u64,
    /// Open and pending conversations, by who is to deal with them.
    pub workloads: Vec<WorkloadView>,
    /// The same, by who is called in a note.
    pub mentioned: Vec<WorkloadView>,
    /// Messages waiting for their turn or on the wire.
    pub queued: u64,
    /// Messages of which nobody knows whether they were sent.
    pub outcome_unknown: u64,
    /// Webhooks, or parts of one, that could not be read. They are kept.
    pub not_understood: u64,
    /// Webhooks refused because their signature was missing or wrong.
    pub refused_signatures: u64,
    /// How often people saved settings of theirs. Whoever finds another number here asks for their own.
    pub settings_saved: u64,
    /// How often labels, canned replies or colleagues changed. Whoever finds another number here asks for them.
    pub team_saved: u64,
    /// When the last genuine webhook arrived; `None` before the first.
    pub last_webhook_at: Option<Millis>,
    /// Where this engine listens for webhooks, for example `http://127.0.0.1:8787/webhooks/meta`.
    pub webhook_url: Option<String>,
}

/// A connected business number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberView {
    /// Meta's id of it.
    pub id: NumberId,
    /// Short name the team gave it.
    pub name: String,
    /// The number itself, digits only.
    pub display_phone_number: String,
    /// Most messages a second.
    pub cap_per_second: u32,
    /// Whether Meta counts what it receives like what it sends.
    pub counts_received: bool,
    /// Whether customers are told what was read, and that somebody types.
    pub tells_read: bool,
    /// How far the phone's history has come.
    pub history: HistoryView,
    /// Whether messages go out; while they do not, what is queued waits.
    pub standing: Standing,
    /// WhatsApp thinks that people do not like its messages.
    pub is_flagged: bool,
    /// To how many people it may write first in 24 hours, in Meta's word, for example `TIER_2K` or `2000`; `None`: not
    /// told.
    pub tier: Option<String>,
    /// Whether Twinbox can send from it; `false` for one that was only heard of in webhooks.
    pub can_send: bool,
    /// It was connected here, but what it sends with lies under a key that cannot be had now: the keychain is locked.
    pub is_locked: bool,
    /// Who paused its sending; `None`: nobody.
    pub pause: Option<PauseView>,
    /// How long a reply can be taken back before it leaves; 0: not at all.
    pub undo_ms: u32,
    /// When it last showed that it works.
    pub evidence: EvidenceView,
}

/// How far the history of a number's phone has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    /// 0 to 100; `None` while nothing of it has come.
    pub percent: Option<u8>,
    /// Meta's code when it is not shared (2593109: the owner declined).
    pub refused: Option<i64>,
}

/// Never the phone number: it does not belong in logs.
impl fmt::Debug for NumberView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NumberView")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A customer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Our id of them.
    pub id: PersonId,
    /// The best name known: that of the phone's address book, else profile name, else `@username`, else `+phone`. Empty when nothing is known.
    pub name: String,
    /// Digits only; empty when WhatsApp does not share it.
    pub phone: String,
    /// Without `@`; empty when they have none.
    pub username: String,
    /// Business-scoped user id; empty when never seen.
    pub bsuid: String,
}

impl PersonView {
    /// Their phone number, digits only, when they are called by it alone.
    pub fn phone_as_name(&self) -> Option<&str> {
        self.is_phone(&self.name).then_some(&self.phone)
    }

    /// Whether a text is their phone number, however it is written.
    pub fn is_phone(&self, text: &str) -> bool {
        let is_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c);
        let digits = text.chars().filter(char::is_ascii_digit);
        !self.phone.is_empty() && text.chars().all(is_number) && digits.eq(self.phone.chars())
    }

    /// What people call them; empty when only their number or username stands in its place.
    pub fn own_name(&self) -> &str {
        let is_username = !self.username.is_empty() && self.name.strip_prefix('@') == Some(&self.username);
        match is_username || self.phone_as_name().is_some() {
            true => "",
            false => &self.name,
        }
    }
}

/// Never the person's ids or name: they do not belong in logs.
impl fmt::Debug for PersonView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonView")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Which conversations a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationFilter {
    /// All that are open or pending.
    #[default]
    All,
    /// The last word is the customer's.
    NeedsReply,
    /// Something has not been seen here.
    Unread,
    /// The caller is to deal with them.
    Mine,
    /// Nobody is to deal with them yet.
    Unassigned,
    /// Somebody else is to do something.
    Pending,
    /// Put off.
    Snoozed,
    /// Nothing is left to be done.
    Resolved,
    /// On the desk, and a note in them calls the caller.
    Mentions,
    /// On the desk, with the business number at this place of [`Overview::numbers`], from 0. Numbers keep their places.
    Number(u8),
    /// With this label, whatever their state.
    Label(LabelId),
}

/// A conversation in the list. Sorted by `(last_at, id)`, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversationRow {
    /// Our id of it.
    pub id: ConversationId,
    /// The business number.
    pub number: NumberId,
    /// The customer.
    pub person: PersonView,
    /// Meta's time of the last message.
    pub last_at: Millis,
    /// The last message, short.
    pub preview: Preview,
    /// Customer messages not seen here.
    pub unread: u64,
    /// What had arrived up to this message has been seen here.
    pub read_up_to: MessageId,
    /// The last word is the customer's.
    pub needs_reply: bool,
    /// The customer wants no marketing messages from this number.
    pub stops_marketing: bool,
    /// When the customer last wrote, live; the 24 hour window counts from here. `None`: never.
    pub last_customer_at: Option<Millis>,
    /// What is to be done about it.
    pub state: ConversationState,
    /// Who is to do it: a colleague's name, empty for nobody.
    pub assignee: String,
    /// Its labels, which [`GetTeam`](crate::GetTeam) names.
    pub labels: Vec<LabelId>,
    /// Colleagues whom its notes call.
    pub mentions: Vec<String>,
}

/// The last message of a conversation, in one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Who sent it.
    pub origin: Origin,
    /// The colleague's name for `Origin::Agent`, empty otherwise.
    pub author: String,
    /// What it says, cut to 200 characters.
    pub content: Content,
    /// Whether who wrote it deleted it for everyone.
    pub is_deleted: bool,
    /// How far it came, for our own messages.
    pub delivery: Option<Delivery>,
}

/// Where a page of the conversation list goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowCursor {
    /// `last_at` of the last row.
    pub last_at: Millis,
    /// Its id.
    pub id: ConversationId,
}

/// Where a page of messages goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageCursor {
    /// `at` of the oldest message shown.
    pub at: Millis,
    /// Its id.
    pub id: MessageId,
}

/// A message in the thread. Sorted by `(at, id)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageView {
    /// Our id of it.
    pub id: MessageId,
    /// Where it stands.
    pub conversation: ConversationId,
    /// Meta's id; `None` while Meta has not accepted it.
    pub wamid: Option<Wamid>,
    /// Our own id, for messages sent through Twinbox.
    pub outbox: Option<OutboxId>,
    /// Which way it went.
    pub direction: Direction,
    /// Who sent it.
    pub origin: Origin,
    /// The colleague's name for `Origin::Agent`, empty otherwise.
    pub author: String,
    /// Meta's time; for our own messages, when they were queued.
    pub at: Millis,
    /// When a customer's message came in, if that was more than 10 minutes after `at`; `None` for all others.
    pub arrived_late_at: Option<Millis>,
    /// What it says; after an edit, what it says now. Unchanged when it was deleted: then only the fact is shown.
    pub content: Content,
    /// When it was last edited; `None`: never.
    pub edited_at: Option<Millis>,
    /// Whether who wrote it deleted it for everyone.
    pub is_deleted: bool,
    /// The emojis on it, the person's first.
    pub reactions: Vec<ReactionView>,
    /// The emoji of ours that is on its way to it, or did not get there.
    pub reacting: Option<ReactingView>,
    /// What it quotes.
    pub quote: Option<Quote>,
    /// Its file; `None` for a message without one. Not told for a deleted message.
    pub file: Option<FileView>,
    /// How far it came; `None` for customers' messages and those from the phone, where Meta tells nothing.
    pub delivery: Option<Delivery>,
    /// What Meta says it costs; `None` for what Meta has not told of yet, and for all that was not sent from here.
    pub cost: Option<CostView>,
}

/// An emoji on a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionView {
    /// Which side put it there: `In` is the person, `Out` the business.
    pub from: Direction,
    /// The emoji.
    pub emoji: String,
}

/// Never the emoji: it is content.
impl fmt::Debug for ReactionView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReactionView({:?})", self.from)
    }
}

/// An emoji of ours that is on its way to a message, or did not get there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactingView {
    /// Which one, for [`CancelMessage`](crate::CancelMessage) and its like.
    pub id: OutboxId,
    /// The emoji; empty: the one that is there is taken away.
    pub emoji: String,
    /// How far it is.
    pub delivery: Delivery,
}

/// Never the emoji: it is content.
impl fmt::Debug for ReactingView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReactingView({:?})", self.delivery)
    }
}

/// A quoted message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Meta's id of it.
    pub wamid: Wamid,
    /// The message itself, when it is known here.
    pub original: Option<QuoteOriginal>,
}

/// What is shown of a quoted message that is known here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteOriginal {
    /// To jump there, together with `at`.
    pub message: MessageId,
    /// Its time in the thread.
    pub at: Millis,
    /// Who sent it.
    pub origin: Origin,
    /// The colleague's name for `Origin::Agent`, empty otherwise.
    pub author: String,
    /// What it says, cut to 200 characters.
    pub content: Content,
    /// Whether who wrote it deleted it for everyone.
    pub is_deleted: bool,
}

/// The message that one to be sent answers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// Here.
    pub message: MessageId,
    /// At WhatsApp.
    pub wamid: Wamid,
}

/// How far a message of ours came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Waits for its turn; it can still be cancelled.
    Queued {
        /// Not before this time, after Meta asked for patience or could not be reached.
        retry_at: Option<Millis>,
    },
    /// On the wire.
    Sending,
    /// It may or may not have been sent; a person may decide.
    NotSure,
    /// Meta has it, or the customer does.
    Known {
        /// Accepted, sent, delivered, read or played.
        status: Status,
    },
    /// It did not arrive.
    Failed {
        /// Meta's code; `None` when Meta said nothing.
        code: Option<i64>,
        /// A sentence for a person.
        reason: String,
        /// Whether [`RetryMessage`](crate::RetryMessage) applies.
        can_retry: bool,
    },
}

impl Delivery {
    /// Whether it is known what became of it: it neither waits, nor is on the wire, nor may or may not have been sent.
    pub const fn is_settled(&self) -> bool {
        matches!(self, Self::Known { .. } | Self::Failed { .. })
    }
}

/// A conversation with what its details pane shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversationDetails {
    /// Its row in the list.
    pub row: ConversationRow,
    /// When its first message was sent.
    pub first_at: Millis,
    /// Who answered, of the last 30 days.
    pub answered: SourceSplit,
    /// What the team keeps about the person, by name.
    pub fields: Vec<FieldView>,
}

/// Messages of the business, by where they came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSplit {
    /// By people in Twinbox.
    pub agents: u64,
    /// On the phone.
    pub phone: u64,
    /// By automations and campaigns.
    pub bots: u64,
}
