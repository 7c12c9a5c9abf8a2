//! The emoji there are: the engine knows them, so that a UI need not carry the list.

use serde::{Deserialize, Serialize};

/// All emoji that can be chosen, in Unicode's nine groups and order: smileys, people, nature, food, travel, activities,
/// objects, symbols, flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEmoji {}

/// An emoji.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmojiView {
    /// As it is written.
    pub emoji: String,
    /// Unicode's English name, in lower case but for proper names.
    pub name: String,
    /// What else it is found by, with spaces between.
    pub words: String,
    /// The same in the five skin tones, from light to dark; empty when it has none.
    pub tones: Vec<String>,
}
