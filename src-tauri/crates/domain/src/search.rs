//! How words are found: what the index holds of a text, what a person typed means, and what to mark in a hit.
//!
//! The store indexes [`index_words`] and asks for [`Query::expression`]; the engine marks with [`Query::fragment`]. All three
//! cut texts by the same rules, so a hit always shows why it is one. Case, accents, vowel points and width do not
//! count. Words of scripts that put no spaces between them are cut into pairs of characters, of which any part of two
//! characters or more is found again as neighbours. Nothing a person types reaches the index as syntax.

mod fold;
mod fragment;
mod query;
mod typed;

pub use fragment::FragmentPart;
pub use query::Query;
pub use typed::{Day, SearchNames, TypedFilter, TypedSearch};

use crate::{Content, Mark};
use fold::{Folded, fold};

/// One entry of the index: a word, or a pair of characters of a script without spaces.
struct Token {
    folded: String,
    /// Where in the text it begins, in bytes.
    start: usize,
    /// Where in the text each of its folded characters ends, in bytes.
    ends: Vec<usize>,
    is_dense: bool,
}

/// Cuts a text. In a run without spaces every character begins a token, the last one by itself.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    // The token that the next character may go on with.
    let mut open: Option<bool> = None;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        fold(character, |folded| match folded {
            Folded::Nothing => {}
            Folded::Gap => open = None,
            Folded::Spaced(c) => {
                if open == Some(false)
                    && let Some(token) = tokens.last_mut()
                {
                    token.folded.push(c);
                    token.ends.push(end);
                } else {
                    tokens.push(token(c, start, end, false));
                }
                open = Some(false);
            }
            Folded::Dense(c) => {
                if open == Some(true)
                    && let Some(token) = tokens.last_mut()
                {
                    token.folded.push(c);
                    token.ends.push(end);
                }
                tokens.push(token(c, start, end, true));
                open = Some(true);
            }
        });
    }
    tokens
}

fn token(c: char, start: usize, end: usize, is_dense: bool) -> Token {
    Token {
        folded: c.to_string(),
        start,
        ends: vec![end],
        is_dense,
    }
}

/// The words of a text as the index holds them, with spaces between.
pub fn index_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 8);
    for token in tokens(text) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&token.folded);
    }
    words
}

/// The digits of a phone number as the index holds them: every three in a row, so that any part of three is found.
pub fn index_digits(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let threes: Vec<String> = digits.windows(3).map(|three| three.iter().collect()).collect();
    threes.join(" ")
}

impl Content {
    /// Everything of it that can be searched: text, captions, file names, places, cards.
    pub fn searchable(&self) -> String {
        let above;
        let mut parts: Vec<&str> = Vec::new();
        match self {
            Self::Card {
                header,
                body,
                footer,
                buttons,
            } => {
                above = header.as_ref().map(|header| header.searchable()).unwrap_or_default();
                parts.extend([above.as_str(), body, footer]);
                parts.extend(buttons.iter().map(String::as_str));
            }
            Self::Marked { mark, content } => {
                above = content.searchable();
                parts.push(&above);
                match mark {
                    Mark::Ad { headline, body, .. } => parts.extend([headline.as_str(), body]),
                    Mark::Product { id } => parts.push(id),
                    Mark::Forwarded { .. } => {}
                }
            }
            Self::Text { body } | Self::Note { body, .. } => parts.push(body),
            Self::Form { body, answers, .. } => {
                parts.push(body);
                parts.extend(answers.iter().map(|(_, answer)| answer.as_str()));
            }
            Self::Image(media) | Self::Video(media) | Self::Audio { media, .. } | Self::Sticker(media) => {
                parts.push(&media.caption);
            }
            Self::Document { media, filename } => parts.extend([media.caption.as_str(), filename]),
            Self::Location { name, address, .. } => parts.extend([name.as_str(), address]),
            Self::Contacts { cards } => {
                for card in cards {
                    parts.extend([card.name.as_str(), &card.organization]);
                    let rest = card.phones.iter().chain(&card.emails).chain(&card.details);
                    parts.extend(rest.map(String::as_str));
                }
            }
            Self::Choice { title, description } => parts.extend([title.as_str(), description]),
            Self::Order { text, items } => {
                parts.push(text);
                parts.extend(items.iter().map(|item| item.product_id.as_str()));
            }
            Self::Placeholder
            | Self::IdsChanged { .. }
            | Self::HandedOver { .. }
            | Self::CallPermission { .. }
            | Self::NotUnderstood { .. } => {}
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }

    /// Whether it is a file.
    pub fn has_media(&self) -> bool {
        self.media().is_some() || matches!(self, Self::Placeholder)
    }
}

#[cfg(test)]
mod tests;
