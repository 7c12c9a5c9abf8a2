//! What a webhook says, in our own words. The webhook parser makes facts, the store applies them.
//!
//! Applying facts is a join: twice, or in any order, gives the same rows.

mod account;
mod sync;

pub use account::{About, AccountFact, AccountTold, HandoverFact, PreferenceFact, Subject, TemplateFact, ThreadOwner};
pub use sync::{ContactFact, HistoryFact, HistoryTold, IdsChangedFact};

use crate::{Content, Millis, NumberId, OutboxId, Status, WabaId, Wamid};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing a webhook says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A business number exists.
    Number(NumberFact),
    /// A message exists.
    Message(MessageFact),
    /// A message was changed by who wrote it.
    Edit(EditFact),
    /// A message was deleted for everyone by who wrote it.
    Deletion(DeletionFact),
    /// Someone put an emoji on a message, changed it or took it away.
    Reaction(ReactionFact),
    /// A message of ours came this far.
    Status(StatusFact),
    /// A contact of the phone was added, changed or removed.
    Contact(ContactFact),
    /// A person has other ids now.
    IdsChanged(IdsChangedFact),
    /// How far the history is.
    History(HistoryFact),
    /// Something is told of an account or a number.
    Account(AccountFact),
    /// Something is told of a template.
    Template(TemplateFact),
    /// A person wants messages of some kind, or does not.
    Preference(PreferenceFact),
    /// Somebody else answers a person.
    Handover(HandoverFact),
    /// Something was said that this version cannot read. It is kept and counted.
    NotUnderstood(NotUnderstood),
}

impl Fact {
    /// The number it names by Meta's id.
    pub fn number_mut(&mut self) -> Option<&mut NumberId> {
        match self {
            Self::Number(fact) => Some(&mut fact.number),
            Self::Message(fact) => Some(&mut fact.number),
            Self::Edit(fact) => Some(&mut fact.number),
            Self::Deletion(fact) => Some(&mut fact.number),
            Self::Reaction(fact) => Some(&mut fact.number),
            Self::Status(fact) => Some(&mut fact.number),
            Self::Contact(fact) => Some(&mut fact.number),
            Self::IdsChanged(fact) => Some(&mut fact.number),
            Self::History(fact) => Some(&mut fact.number),
            Self::Account(AccountFact {
                subject: Subject::Number(number),
                ..
            }) => Some(number),
            Self::Preference(fact) => Some(&mut fact.number),
            Self::Handover(fact) => Some(&mut fact.number),
            Self::Account(_) | Self::Template(_) | Self::NotUnderstood(_) => None,
        }
    }
}

/// A business number exists.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberFact {
    /// Meta's id of it.
    pub number: NumberId,
    /// The account it belongs to, when told.
    pub waba: Option<WabaId>,
    /// The number itself, digits only; empty when not given.
    pub display_phone_number: String,
}

/// Never the phone number: it does not belong in logs.
impl fmt::Debug for NumberFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberFact({})", self.number)
    }
}

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the person to the business.
    In,
    /// From the business to the person.
    Out,
}

/// Who or what sent a message, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The person.
    Customer,
    /// Someone of the team, in Twinbox.
    Agent,
    /// Someone on the business phone.
    Phone,
    /// A rule or a bot.
    Automation,
    /// A bulk message.
    Campaign,
    /// Shared from the phone when the number was connected.
    History,
    /// WhatsApp itself: something happened, nobody wrote. It opens no window and wants no answer.
    System,
}

impl Direction {
    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// The direction of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::In, Self::Out]
            .into_iter()
            .find(|direction| direction.as_str() == word)
    }
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 7] = [
        Self::Customer,
        Self::Agent,
        Self::Phone,
        Self::Automation,
        Self::Campaign,
        Self::History,
        Self::System,
    ];

    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Phone => "phone",
            Self::Automation => "automation",
            Self::Campaign => "campaign",
            Self::History => "history",
            Self::System => "system",
        }
    }

    /// The origin of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == word)
    }
}

/// How a message came to be known. Who, when and which way is taken from the best telling, the later one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// A medium that follows its placeholder. In Meta's own sample, its sender and time are not those of the message
    /// (Meta, webhook reference `history`, Mar 2026).
    FollowUp,
    /// The history of the phone.
    History,
    /// As it happened.
    Live,
}

impl Telling {
    /// The number used in the store.
    pub const fn rank(self) -> i64 {
        match self {
            Self::FollowUp => 0,
            Self::History => 1,
            Self::Live => 2,
        }
    }
}

/// The ids one payload gives for a person. Any may be missing; all missing means the person is unknown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonIds {
    /// `wa_id`: the phone number, digits only.
    pub phone: Option<String>,
    /// Business-scoped user id, for example `US.13491208655302741918`.
    pub bsuid: Option<String>,
    /// Parent business-scoped user id, the same in every linked portfolio, for example `US.ENT.11815799212886844830`.
    pub parent: Option<String>,
    /// The account they were told in, when told: business-scoped ids are those of its portfolio.
    pub waba: Option<WabaId>,
    /// The name WhatsApp shows; empty when not given.
    pub profile_name: String,
    /// Chosen user name, without `@`; empty when not given.
    pub username: String,
}

/// Never the ids themselves: they do not belong in logs.
impl fmt::Debug for PersonIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonIds(..)")
    }
}

/// A message exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageFact {
    /// The business number it belongs to.
    pub number: NumberId,
    /// Meta's id of the message.
    pub wamid: Wamid,
    /// The other side.
    pub person: PersonIds,
    /// Which way it went.
    pub direction: Direction,
    /// Who sent it.
    pub origin: Origin,
    /// How it came to be known.
    pub telling: Telling,
    /// Meta's time, full seconds.
    pub at: Millis,
    /// What it says.
    pub content: Content,
    /// The message it quotes, which may never have been seen here.
    pub reply_to: Option<Wamid>,
    /// How far it came, as the history tells it; `None` when not told. Only of messages of the business.
    pub status: Option<Status>,
}

/// A message was changed by who wrote it. It may be one that was never seen here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditFact {
    /// The business number.
    pub number: NumberId,
    /// The message that was changed.
    pub wamid: Wamid,
    /// When, full seconds.
    pub at: Millis,
    /// What it says now.
    pub content: Content,
}

/// A message was deleted for everyone. It may come before the message itself, and wins all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletionFact {
    /// The business number.
    pub number: NumberId,
    /// The message that was deleted.
    pub wamid: Wamid,
    /// When, full seconds.
    pub at: Millis,
}

/// Someone put an emoji on a message. One for each side; the latest counts.
#[derive(Clone, PartialEq, Eq)]
pub struct ReactionFact {
    /// The business number.
    pub number: NumberId,
    /// The message it is on.
    pub wamid: Wamid,
    /// Which side: `In` is the person, `Out` the business.
    pub from: Direction,
    /// Who of that side.
    pub origin: Origin,
    /// The emoji; empty when it was taken away.
    pub emoji: String,
    /// When, full seconds.
    pub at: Millis,
}

/// Never the emoji: it is content.
impl fmt::Debug for ReactionFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReactionFact({:?})", self.wamid)
    }
}

/// A message of ours came this far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusFact {
    /// The business number it was sent from.
    pub number: NumberId,
    /// Meta's id of the message.
    pub wamid: Wamid,
    /// Our own id, when the message was sent by us: `biz_opaque_callback_data`.
    pub outbox: Option<OutboxId>,
    /// How far it came.
    pub status: Status,
    /// Meta's time of the status, full seconds.
    pub at: Millis,
    /// Why it failed.
    pub error: Option<StatusError>,
    /// What it costs; `None` when not told.
    pub pricing: Option<Pricing>,
    /// Whom it went to, as far as told: often the only place that names a phone number and its business-scoped id
    /// together (Meta, webhook reference `messages`, statuses, 2026).
    pub person: PersonIds,
}

/// What a message costs, as a status webhook says it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pricing {
    /// Meta's word: `marketing`, `utility`, `authentication`, `service` and others.
    pub category: String,
    /// Meta's word: `regular`, `free_customer_service` or `free_entry_point`; empty when not told.
    pub kind: String,
    /// Whether Meta bills it.
    pub is_billable: bool,
    /// The phone number it went to, digits only; empty when not told. Its country decides about the rate.
    pub recipient: String,
}

/// Never the phone number: it does not belong in logs.
impl fmt::Debug for Pricing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pricing({})", self.category)
    }
}

/// Why a message failed, as a status webhook says it.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusError {
    /// Meta's error code.
    pub code: i64,
    /// Meta's title of it.
    pub title: String,
}

/// Never Meta's words: they may repeat a phone number.
impl fmt::Debug for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusError({})", self.code)
    }
}

/// Something was said that this version cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUnderstood {
    /// The webhook field it stood in, for example `account_update`; empty when there was none.
    pub field: String,
    /// What could not be read, without any content.
    pub reason: String,
}
