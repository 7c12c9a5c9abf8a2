//! What a team does with a conversation beside answering it.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// Whether something is still to be done about a conversation. Whatever it is, a customer who writes opens it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// The team is to do something.
    #[default]
    Open,
    /// Somebody else is to do something.
    Pending,
    /// Nothing is to be done before a certain time.
    Snoozed {
        /// Then it is open again, and unread.
        until: Millis,
    },
    /// Nothing is left to be done.
    Resolved,
}

impl ConversationState {
    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Snoozed { .. } => "snoozed",
            Self::Resolved => "resolved",
        }
    }

    /// The state of a word and a time; the time counts only where a state has one.
    pub fn from_word(word: &str, until: Millis) -> Option<Self> {
        [Self::Open, Self::Pending, Self::Snoozed { until }, Self::Resolved]
            .into_iter()
            .find(|state| state.as_str() == word)
    }

    /// Whether it is on the team's desk.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Open | Self::Pending)
    }
}

/// Who of `names` is called in a note: `@` and their name, or the first word of it where nobody else has the same one.
/// Capitals do not matter.
pub fn mentions(note: &str, names: &[String]) -> Vec<String> {
    let note = note.to_lowercase();
    let first_word = |name: &str| name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_called = |name: &String| {
        let first = first_word(name);
        let is_alone = names.iter().filter(|other| first_word(other) == first).count() == 1;
        calls(&note, &name.to_lowercase()) || (is_alone && calls(&note, &first))
    };
    names.iter().filter(|name| is_called(name)).cloned().collect()
}

/// Whether `@name` stands in the text, as a word of its own.
fn calls(text: &str, name: &str) -> bool {
    let mut parts = text.split('@');
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let begins = !before.ends_with(char::is_alphanumeric);
        let after = part.strip_prefix(name).filter(|_| begins && !name.is_empty());
        if after.is_some_and(|after| !after.starts_with(char::is_alphanumeric)) {
            return true;
        }
        before = part;
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn called(note: &str) -> Vec<String> {
        mentions(
            note,
            &["Omar Haddad", "Maya Lindqvist", "Maya Ortiz"].map(str::to_owned),
        )
    }

    #[test]
    fn a_note_calls_people_by_name_or_by_a_first_name_that_only_one_has() {
        assert_eq!(called("@omar 30% is paid"), ["Omar Haddad"]);
        assert_eq!(called("ask @Omar Haddad, please"), ["Omar Haddad"]);
        assert_eq!(called("@Maya Ortiz and @omar."), ["Omar Haddad", "Maya Ortiz"]);
        assert_eq!(called("@Maya"), [""; 0]);
    }

    #[test]
    fn an_address_or_a_longer_word_calls_nobody() {
        assert_eq!(called("write to shop@omar.example"), [""; 0]);
        assert_eq!(called("@omarion @ omar @"), [""; 0]);
        assert_eq!(mentions("@", &[String::new()]), [""; 0]);
    }

    #[test]
    fn each_state_is_read_from_its_own_word() {
        let until = Millis(5);
        for state in [
            ConversationState::Open,
            ConversationState::Pending,
            ConversationState::Snoozed { until },
            ConversationState::Resolved,
        ] {
            assert_eq!(ConversationState::from_word(state.as_str(), until).unwrap(), state);
        }
        assert_eq!(ConversationState::from_word("closed", until), None);
    }
}
