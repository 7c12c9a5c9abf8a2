//! The send queue: what waits and why, what went wrong, and what a person can do about it.

use crate::{PersonView, Quoted, SendMessage};
use serde::{Deserialize, Serialize};
use std::fmt;
use twinbox_domain::{Content, ConversationId, Lane, Millis, NumberId, OutboxId, Seq};

/// The longest time in which a reply can be taken back before it leaves, in milliseconds.
pub const LONGEST_UNDO_MS: u32 = 5_000;

/// The queue of a number, or of all: how fast each sends, what waits, what nobody knows of, and what failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetQueue {
    /// Whose lanes; `None`: those of all numbers. The gauges are always of all.
    pub number: Option<NumberId>,
    /// How much of what is sent later, 20 at least and 1000 at most.
    #[serde(default)]
    pub scheduled: u32,
}

/// What waits in a lane after the first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQueue {
    /// As in [`GetQueue`].
    pub number: Option<NumberId>,
    /// Which lane.
    pub lane: Lane,
    /// Continue after the item of this position.
    pub after: Seq,
    /// At most this many, 1 to 200; more is treated as 200.
    pub limit: u32,
}

/// What of a conversation waits: in the queue, or for its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListWaiting {
    /// Which conversation.
    pub conversation: ConversationId,
}

/// The messages of a group of failures, the newest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFailed {
    /// The number.
    pub number: NumberId,
    /// Which group.
    pub group: FailureKey,
    /// Continue before the item of this position; `None` starts at the newest.
    pub before: Option<Seq>,
    /// At most this many, 1 to 200; more is treated as 200.
    pub limit: u32,
}

/// Queues every message of a group of failures again. `Conflict` when none of them can be.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryFailed {
    /// The number.
    pub number: NumberId,
    /// Which group.
    pub group: FailureKey,
}

/// Takes back what waits in a lane of a number now. What is on the wire goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelLane {
    /// The number.
    pub number: NumberId,
    /// Which lane.
    pub lane: Lane,
}

/// Nothing is sent from a number until [`ResumeSending`](crate::ResumeSending), also across a restart. What is on the wire
/// goes on. `Conflict` when it is paused already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseSending {
    /// The number.
    pub number: NumberId,
}

/// Nothing of a lane of a number is sent until [`ResumeLane`], also across a restart; its other lanes go on. Nor does what
/// follows in the same conversation. `Conflict` when it is paused already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseLane {
    /// The number.
    pub number: NumberId,
    /// Which lane.
    pub lane: Lane,
}

/// A lane goes on. `Conflict` when it is not paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeLane {
    /// The number.
    pub number: NumberId,
    /// Which lane.
    pub lane: Lane,
}

/// A waiting message is not sent until [`ResumeMessage`], also across a restart. It keeps its place, and what follows it in its
/// conversation waits for it, so that the customer reads everything in the order of the thread; only what goes first anyway, such
/// as a reply before a campaign, still does. `Conflict` when it has left, or is paused already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseMessage {
    /// Which one.
    pub id: OutboxId,
}

/// A paused message goes when its turn has come. `Conflict` when it is not paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeMessage {
    /// Which one.
    pub id: OutboxId,
}

/// How long replies from a number can be taken back before they leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUndo {
    /// The number.
    pub number: NumberId,
    /// At most [`LONGEST_UNDO_MS`]; 0: not at all.
    pub undo_ms: u32,
}

/// Keeps a message to be sent later. The same id again changes nothing. `WindowClosed` when it is no template and the
/// customer will not have written for 24 hours then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleMessage {
    /// The message; a reaction cannot wait.
    pub message: SendMessage,
    /// When.
    pub when: When,
}

/// When something is sent that waits for its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At this point, in the future and at most a year ahead.
    At(Millis),
    /// As soon as it can no longer be taken back, as [`SetUndo`] says for its number.
    AfterUndo,
    /// Now.
    Now,
}

/// Another time for a message that waits for its time. `Conflict` when it has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RescheduleMessage {
    /// Which one.
    pub id: OutboxId,
    /// When.
    pub when: When,
}

/// Takes a message back that waits for its time. `Conflict` when it has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnscheduleMessage {
    /// Which one.
    pub id: OutboxId,
}

/// What [`GetQueue`] answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// Every number.
    pub numbers: Vec<GaugeView>,
    /// The lanes, those that go first first.
    pub lanes: Vec<LaneView>,
    /// Of which nobody knows whether they were sent, the oldest first, at most 20.
    pub unknown: Vec<WaitingView>,
    /// How many of them there are.
    pub unknown_count: u64,
    /// What failed in the last 7 days, the largest groups first, at most 30.
    pub failures: Vec<FailureGroup>,
    /// What is to be sent later, the next one first, at most 20.
    pub scheduled: Vec<ScheduledView>,
    /// How many of them there are.
    pub scheduled_count: u64,
}

/// How fast a number sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeView {
    /// The number.
    pub number: NumberId,
    /// On the wire, or received by Meta within a second, also what it refused.
    pub busy: u64,
    /// On the wire.
    pub in_flight: u64,
    /// Most messages a second, as it is set.
    pub cap_per_second: u32,
    /// Most messages a second now: fewer after Meta asked for patience.
    pub pace_per_second: u32,
    /// Accepted in each of the last 60 seconds, the oldest first.
    pub minute: Vec<u32>,
    /// Accepted in the last 24 hours.
    pub sent_in_a_day: u64,
    /// Waiting, in all lanes.
    pub waiting: u64,
    /// How long nothing is sent, because Meta is in trouble or asked for it; `None`: not for that.
    pub waits_ms: Option<u64>,
    /// Whether it may send at all; its page says why not.
    pub may_send: bool,
    /// How long until all of it has left; `None`: nobody can tell, or nothing waits.
    pub done_in_ms: Option<u64>,
    /// Who paused it; `None`: nobody.
    pub pause: Option<PauseView>,
}

/// Who paused the sending of a number, or a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseView {
    /// A colleague's name.
    pub by: String,
    /// Since when.
    pub since: Millis,
}

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneView {
    /// Which one.
    pub lane: Lane,
    /// How many wait in it.
    pub waiting: u64,
    /// What is on the wire, then what waits, at most 50.
    pub items: Vec<WaitingView>,
    /// Whether more wait than these.
    pub more: bool,
    /// Those of the numbers asked for whose lane somebody has paused.
    pub paused: Vec<NumberId>,
}

/// A message that has not left.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// Which one.
    pub id: OutboxId,
    /// Where a page goes on.
    pub position: Seq,
    /// Its place in the line of its number, from 1 on; 0 for one that stands in none, or is paused.
    pub place: u64,
    /// Its number.
    pub number: NumberId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub person: PersonView,
    /// Its lane.
    pub lane: Lane,
    /// A colleague's name, or empty.
    pub author: String,
    /// What it says, cut to 200 characters.
    pub content: Content,
    /// Why it has not left.
    pub wait: Wait,
    /// Since when it stands as it does.
    pub since: Millis,
    /// How long until it leaves, as far as is known now; `None`: nobody can tell.
    pub leaves_in_ms: Option<u64>,
    /// Who paused this message by itself; `None`: nobody.
    pub pause: Option<PauseView>,
}

/// Never what it says, nor to whom.
impl fmt::Debug for WaitingView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WaitingView({}, {:?})", self.id, self.wait)
    }
}

/// Why a message has not left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// It is leaving.
    OnTheWire,
    /// Others are before it.
    Turn,
    /// One to the same person is before it.
    Earlier,
    /// WhatsApp allows one message every 6 seconds to the same person.
    SamePerson,
    /// Nobody knows yet whether the one before it was sent.
    Doubt,
    /// Its file is on its way to WhatsApp.
    Upload,
    /// WhatsApp or the network asked for patience.
    Retry,
    /// Somebody paused the number, or the lane.
    Paused,
    /// Somebody paused it.
    Held,
    /// Somebody paused the one before it in its conversation.
    BehindHeld,
    /// The number cannot send.
    NumberCannot,
    /// Nobody knows whether it was sent.
    Unknown,
}

/// What makes failures one group.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FailureKey {
    /// Whether WhatsApp had taken them, and told later that they did not arrive. These cannot be sent again as they are.
    pub was_taken: bool,
    /// Meta's code; `None` when Meta said nothing.
    pub code: Option<i64>,
    /// The reason as it was told.
    pub told: String,
}

/// Failures with one reason.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureGroup {
    /// The number.
    pub number: NumberId,
    /// What they have in common.
    pub key: FailureKey,
    /// Why, a sentence for a person.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// A message that failed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedView {
    /// Which one.
    pub id: OutboxId,
    /// Where a page goes on.
    pub position: Seq,
    /// Its conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub person: PersonView,
    /// What it says, cut to 200 characters.
    pub content: Content,
    /// When it failed.
    pub at: Millis,
}

/// A message that waits for its time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledView {
    /// Which one.
    pub id: OutboxId,
    /// Its number.
    pub number: NumberId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub person: PersonView,
    /// Who wrote it.
    pub author: String,
    /// What the customer will see.
    pub content: Content,
    /// How long its file is; `None`: it has none.
    pub file_size_bytes: Option<u64>,
    /// The message it quotes, as long as that is known here.
    pub quoted: Option<Quoted>,
    /// When it is sent.
    pub send_at: Millis,
    /// Whether it waits only so that it can be taken back.
    pub is_undo: bool,
}

/// What [`ListWaiting`] answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingList {
    /// In the queue, in its order, at most 50.
    pub queued: Vec<WaitingView>,
    /// Waiting for their time, the next one first, at most 50.
    pub scheduled: Vec<ScheduledView>,
}

macro_rules! silent {
    ($($name:ident),*) => {
        $(
            /// Never what it says: it does not belong in logs.
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!(stringify!($name), "(..)"))
                }
            }
        )*
    };
}

silent!(
    FailureKey,
    FailureGroup,
    FailedView,
    ScheduledView,
    ListFailed,
    RetryFailed
);
