//! What Meta tells of an account, a number or a template, of what people want to get, and of who answers them.

use super::PersonIds;
use crate::{Millis, NumberId, WEBHOOK_LOST, WabaId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something was told of an account or a number. In which order such things happened is known by their arrival only:
/// in Meta's own sample, a reconnection is a second older than the loss it ends (Meta, webhook reference
/// `account_update`, Apr 2026).
#[derive(Clone, PartialEq, Eq)]
pub struct AccountFact {
    /// Of whom.
    pub subject: Subject,
    /// When, by Meta's clock, full seconds; when it arrived if not told.
    pub at: Millis,
    /// What.
    pub told: AccountTold,
}

/// Never what was told, which may hold names, nor of which phone number.
impl fmt::Debug for AccountFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountFact({:?})", self.told.about())
    }
}

/// Of whom something is told.
#[derive(Clone, PartialEq, Eq)]
pub enum Subject {
    /// Of an account and with it of every number in it.
    Waba(WabaId),
    /// Of one number.
    Number(NumberId),
    /// Of one number, named by the number itself, digits only.
    Phone(String),
}

impl Subject {
    /// The words used in the store: what it is, and Meta's name of it.
    pub fn as_words(&self) -> (&'static str, &str) {
        match self {
            Self::Waba(waba) => ("waba", waba.as_str()),
            Self::Number(number) => ("number", number.as_str()),
            Self::Phone(phone) => ("phone", phone),
        }
    }
}

/// What was told of an account or a number. The store keeps it as this JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AccountTold {
    /// The number left the Cloud API until somebody signs it up again.
    PartnerRemoved {
        /// Meta's word, for example `PRIMARY_INACTIVITY`; empty when not told, as for the button on the phone.
        reason: String,
        /// `USER` or `SYSTEM`; empty when not told.
        initiated_by: String,
    },
    /// The phone was set up anew; WhatsApp reconnects by itself within minutes.
    Offboarded,
    /// It has.
    Reconnected,
    /// Somebody signed up.
    PartnerAdded,
    /// The account is deleted.
    Deleted,
    /// WhatsApp disabled the account, will, or gave it back.
    Ban {
        /// `DISABLE`, `REINSTATE` or `SCHEDULE_FOR_DISABLE`.
        state: String,
        /// As Meta writes it, for example `April 17, 2025`; empty when not told.
        date: String,
    },
    /// The quality of a number's messages.
    Quality {
        /// `FLAGGED`, `UNFLAGGED`, or another word.
        word: String,
    },
    /// To how many people it may write first in 24 hours.
    Tier {
        /// For example `TIER_2K` or `2000`: Meta writes both.
        tier: String,
    },
    /// A display name was decided about.
    Name {
        /// For example `APPROVED`.
        decision: String,
        /// The name that was asked for; empty when not told.
        requested: String,
        /// Why it was refused; empty when it was not.
        reason: String,
    },
    /// Some things are forbidden for a while.
    Restriction {
        /// What, in Meta's words.
        kinds: Vec<String>,
        /// When the last of them ends; `None`: not told.
        until: Option<Millis>,
        /// What helps, in Meta's sentences; empty when not told.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        remedy: String,
    },
    /// A rule was broken.
    Violation {
        /// Which, in Meta's word.
        kind: String,
        /// What helps, in Meta's sentences; empty when not told.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        remedy: String,
    },
    /// The account was reviewed.
    Review {
        /// For example `APPROVED`.
        decision: String,
    },
    /// Something is to be looked at.
    Alert {
        /// For example `WARNING`.
        severity: String,
        /// For example `ACTIVE`.
        status: String,
        /// For example `INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED`.
        kind: String,
        /// Meta's sentence; empty when not told.
        description: String,
    },
    /// An app was given the account, or lost it.
    App {
        /// Which.
        app: String,
        /// Whether it has it now.
        is_installed: bool,
    },
    /// A request failed, which names no message.
    Error {
        /// Meta's code.
        code: i64,
        /// Meta's title of it.
        title: String,
    },
    /// Something else that is known and changes nothing here.
    Other {
        /// Meta's word.
        word: String,
    },
}

/// What something told of an account is about. Of each, what was told last holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Whether the number and the Cloud API belong together.
    Link,
    /// Whether the account is disabled.
    Ban,
    /// The quality of the messages.
    Quality,
    /// How many people may be written to.
    Tier,
    /// The display name.
    Name,
    /// Anything else: a line of the account's story.
    Story,
}

impl About {
    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Ban => "ban",
            Self::Quality => "quality",
            Self::Tier => "tier",
            Self::Name => "name",
            Self::Story => "story",
        }
    }
}

impl AccountTold {
    /// What it is about.
    pub fn about(&self) -> About {
        match self {
            Self::PartnerRemoved { .. } | Self::Offboarded | Self::Reconnected | Self::PartnerAdded | Self::Deleted => {
                About::Link
            }
            Self::Ban { state, .. } if matches!(state.as_str(), "DISABLE" | "REINSTATE") => About::Ban,
            Self::Quality { word } if matches!(word.as_str(), "FLAGGED" | "UNFLAGGED") => About::Quality,
            Self::Tier { .. } => About::Tier,
            Self::Name { .. } => About::Name,
            Self::Ban { .. }
            | Self::Quality { .. }
            | Self::Restriction { .. }
            | Self::Violation { .. }
            | Self::Review { .. }
            | Self::Alert { .. }
            | Self::App { .. }
            | Self::Error { .. }
            | Self::Other { .. } => About::Story,
        }
    }
}

impl AccountTold {
    /// Whether a person has to hear of it at once: something is lost, ends, or is done by a stranger. That messages do
    /// not go out is told by itself.
    pub fn is_urgent(&self) -> bool {
        match self {
            Self::Restriction { .. } | Self::Violation { .. } => true,
            Self::Ban { state, .. } => state == "SCHEDULE_FOR_DISABLE",
            Self::Error { code, .. } => *code == WEBHOOK_LOST,
            Self::Other { word } => word == "PIN_RESET_REQUEST",
            _ => false,
        }
    }

    /// Whether a person should look at it.
    pub fn needs_someone(&self) -> bool {
        match self {
            Self::PartnerRemoved { .. } | Self::Deleted | Self::Error { .. } => true,
            Self::Restriction { .. } | Self::Violation { .. } | Self::Other { .. } => self.is_urgent(),
            Self::Ban { state, .. } => state != "REINSTATE",
            Self::Quality { word } => word == "FLAGGED",
            Self::Name { decision, .. } => decision == "DECLINED",
            Self::Review { decision } => decision == "REJECTED",
            Self::Alert { severity, .. } => matches!(severity.as_str(), "WARNING" | "CRITICAL"),
            Self::Offboarded | Self::Reconnected | Self::PartnerAdded | Self::Tier { .. } | Self::App { .. } => false,
        }
    }
}

/// What was told of a template. What is `None` was not told and stays what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFact {
    /// The account that has it.
    pub waba: WabaId,
    /// Meta's id of it, digits.
    pub id: String,
    /// Its name; empty when not told.
    pub name: String,
    /// For example `pt_BR`; empty when not told.
    pub language: String,
    /// For example `APPROVED`, and why: Meta's word for the reason, empty when there is none.
    pub status: Option<(String, String)>,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality: Option<String>,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`, and what it will be a day later; empty when it stays.
    pub category: Option<(String, String)>,
    /// When, full seconds.
    pub at: Millis,
}

/// A person wants messages of some kind, or does not want them any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreferenceFact {
    /// The business number.
    pub number: NumberId,
    /// Who.
    pub person: PersonIds,
    /// Which kind, in Meta's word: `marketing_messages`.
    pub category: String,
    /// Whether they want none of them.
    pub is_stopped: bool,
    /// When, full seconds.
    pub at: Millis,
}

/// Who answers a person from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverFact {
    /// The business number.
    pub number: NumberId,
    /// Whom.
    pub person: PersonIds,
    /// By whom.
    pub owner: ThreadOwner,
    /// When, full seconds.
    pub at: Millis,
}

/// Who answers a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadOwner {
    /// The team.
    Team,
    /// Meta's AI agent.
    AiAgent,
    /// Another app, or somebody this version does not know.
    Other,
}
