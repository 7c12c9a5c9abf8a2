//! Who goes first when a number may not send everything at once.

use serde::{Deserialize, Serialize};

/// A lane of the send queue, in strict order of precedence: people first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// A reply a person typed.
    Agent,
    /// A rule or a bot.
    Automation,
    /// A bulk message.
    Campaign,
}

impl Lane {
    /// All of them, those that go first first.
    pub const ALL: [Self; 3] = [Self::Agent, Self::Automation, Self::Campaign];

    /// Its precedence as the store orders it: 0 goes first.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Agent => 0,
            Self::Automation => 1,
            Self::Campaign => 2,
        }
    }
}
