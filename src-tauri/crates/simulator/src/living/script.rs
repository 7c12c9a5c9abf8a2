//! Who the living customers of "Tandem & Oak", a furniture and bike workshop, are and what they say. The words are in
//! `script.json`.

use crate::customer::{Customer, CustomerMessage};
use serde::Deserialize;
use serde_json::json;

/// The whole script.
#[derive(Debug, Deserialize)]
pub(super) struct Script {
    people: Vec<Role>,
    everyone: Lines,
    /// What the phone answers when the team is slow.
    pub phone_answers: Vec<String>,
    given_names: Vec<String>,
    family_names: Vec<String>,
}

/// One written part.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Role {
    name: String,
    phone: String,
    username: Option<String>,
    /// Whether blue ticks are shown.
    #[serde(default = "yes")]
    pub shows_reading: bool,
    /// Never writes first.
    #[serde(default)]
    pub quiet: bool,
    /// What was said before the simulator started.
    #[serde(default)]
    pub past: Vec<PastLine>,
    /// What they say, unless they just answer.
    #[serde(flatten)]
    pub lines: Lines,
}

/// What someone says in the present.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Lines {
    /// Unasked, in this order, again and again.
    pub asks: Vec<Line>,
    /// After the business wrote, likewise.
    pub answers: Vec<Line>,
}

/// Something said before the start.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct PastLine {
    /// How long before.
    pub ago_minutes: u64,
    /// Who said it.
    pub by: Side,
    /// What.
    #[serde(flatten)]
    pub line: Line,
}

/// A side of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Side {
    /// The customer.
    Customer,
    /// The business, on its phone.
    Phone,
}

/// One message.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// A text.
    Text(String),
    /// A photo with this caption.
    Photo(String),
    /// A film with this caption.
    Film(String),
    /// A document with this name.
    Document(String),
    /// The place with this name.
    Place(String),
    /// A voice message.
    Voice,
    /// A sticker.
    Sticker,
}

impl Script {
    /// The script that comes with the simulator.
    pub fn load() -> serde_json::Result<Self> {
        serde_json::from_str(include_str!("script.json"))
    }

    /// Everyone in a cast of `count`: the written parts first, then as many passers-by as it takes.
    pub fn cast(&self, count: usize) -> Vec<Role> {
        let passers_by = (0..).map(|number| self.passer_by(number));
        self.people.iter().cloned().chain(passers_by).take(count).collect()
    }

    fn passer_by(&self, number: usize) -> Role {
        let name_of =
            |names: &[String], place: usize| names.get(place % names.len().max(1)).cloned().unwrap_or_default();
        let given = name_of(&self.given_names, number);
        // One step further after each round of given names, so that the pairs repeat late.
        let family = name_of(&self.family_names, number + number / self.given_names.len().max(1));
        Role {
            name: format!("{given} {family}"),
            phone: format!("1555{:07}", 2_000_000 + number),
            username: None,
            shows_reading: true,
            quiet: false,
            past: Vec::new(),
            lines: self.everyone.clone(),
        }
    }
}

impl Role {
    /// The customer who plays it.
    pub fn customer(&self) -> Customer {
        Customer {
            username: self.username.clone(),
            ..Customer::new(self.phone.as_str(), self.name.as_str())
        }
    }
}

impl Line {
    /// As a customer's message. The library makes the media.
    pub fn message(&self) -> CustomerMessage {
        let raw = |kind: &str, body| CustomerMessage::Raw {
            type_name: kind.to_owned(),
            body,
        };
        match self {
            Self::Text(text) => CustomerMessage::Text(text.clone()),
            Self::Photo(caption) => CustomerMessage::Image {
                caption: caption.clone(),
            },
            Self::Film(caption) => raw("video", json!({"caption": caption})),
            Self::Document(name) => raw("document", json!({"filename": name})),
            Self::Place(name) => raw(
                "location",
                json!({"latitude": 52.5206, "longitude": 13.4098, "name": name}),
            ),
            Self::Voice => raw("audio", json!({"voice": true})),
            Self::Sticker => raw("sticker", json!({"animated": false})),
        }
    }

    /// Its words, if it has any.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Photo(words) | Self::Film(words) => words,
            Self::Document(_) | Self::Place(_) | Self::Voice | Self::Sticker => "",
        }
    }
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_script_is_readable_and_everyone_has_something_to_answer() {
        let cast = Script::load().unwrap().cast(40);
        assert_eq!(cast.len(), 40);
        assert!(cast.iter().all(|role| !role.lines.answers.is_empty()));
        assert!(cast.iter().all(|role| role.quiet || !role.lines.asks.is_empty()));
    }

    #[test]
    fn the_opening_shows_many_conversations_and_some_answers_from_the_phone() {
        let cast = Script::load().unwrap().cast(12);
        assert!(cast.iter().all(|role| role.past.len() >= 2));
        let echoes = cast
            .iter()
            .flat_map(|role| &role.past)
            .filter(|line| line.by == Side::Phone)
            .count();
        assert!(echoes >= 5, "{echoes}");
    }

    #[test]
    fn the_opening_shows_every_kind_of_message() {
        let cast = Script::load().unwrap().cast(14);
        let lines = || {
            cast.iter()
                .flat_map(|role| role.lines.asks.iter().chain(&role.lines.answers))
        };
        let kinds: HashSet<_> = lines().map(std::mem::discriminant).collect();
        assert_eq!(kinds.len(), 7);
    }

    #[test]
    fn no_two_people_share_a_name_or_a_number() {
        let cast = Script::load().unwrap().cast(300);
        let names: HashSet<_> = cast.iter().map(|role| &role.name).collect();
        let phones: HashSet<_> = cast.iter().map(|role| &role.phone).collect();
        assert_eq!((names.len(), phones.len()), (300, 300));
    }
}
