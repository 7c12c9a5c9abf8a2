//! The part of a text that shows why it was found.

use super::Query;
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Range};

/// Characters before the first word that was found.
const LEAD: usize = 32;
/// Of these, how many may be given up to begin with a whole word.
const SLACK: usize = 16;

/// A piece of a text; put together they are what is shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FragmentPart {
    /// The words, as they were written.
    pub text: String,
    /// Whether this is what was looked for.
    pub is_match: bool,
}

/// Never the words: they do not belong in logs.
impl fmt::Debug for FragmentPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FragmentPart(..)")
    }
}

impl Query {
    /// About `characters` of a text around the first word that was found, on one line.
    pub fn fragment(&self, text: &str, characters: usize) -> Vec<FragmentPart> {
        let places = self.places(text);
        let first = places.first().map_or(0, |place| place.start);
        let start = begin(text, first);
        let rest = text.get(start..).unwrap_or_default();
        let end = rest
            .char_indices()
            .nth(characters)
            .map_or(text.len(), |(at, _)| start + at);
        let mut parts = parts(text, start..end, &places);
        if start > 0 {
            parts.insert(0, plain("…".to_owned()));
        }
        if end < text.len() {
            parts.push(plain("…".to_owned()));
        }
        parts
    }

    /// All of a name, with what was looked for marked.
    pub fn marked(&self, name: &str) -> Vec<FragmentPart> {
        parts(name, 0..name.len(), &self.places(name))
    }

    /// All of a text with its lines as they are, likewise.
    pub fn marked_as_written(&self, text: &str) -> Vec<FragmentPart> {
        let mut at = 0;
        let mut parts = Vec::new();
        let mut push = |range: Range<usize>, is_match| {
            let text = text.get(range).unwrap_or_default().to_owned();
            if !text.is_empty() {
                parts.push(FragmentPart { text, is_match });
            }
        };
        for place in self.places(text) {
            push(at..place.start, false);
            at = place.end;
            push(place, true);
        }
        push(at..text.len(), false);
        parts
    }

    /// All of a phone number, likewise.
    pub fn marked_digits(&self, phone: &str) -> Vec<FragmentPart> {
        parts(phone, 0..phone.len(), &self.digit_places(phone))
    }
}

/// A little before `first`, at the beginning of a word if there is one near.
fn begin(text: &str, first: usize) -> usize {
    let before = text.get(..first).unwrap_or_default();
    let Some((start, _)) = before.char_indices().rev().nth(LEAD) else {
        return 0;
    };
    let lead = before.get(start..).unwrap_or_default();
    let word = lead
        .char_indices()
        .take(SLACK)
        .find(|(_, c)| c.is_whitespace())
        .map_or(0, |(at, space)| at + space.len_utf8());
    start + word
}

fn plain(text: String) -> FragmentPart {
    FragmentPart { text, is_match: false }
}

fn parts(text: &str, shown: Range<usize>, places: &[Range<usize>]) -> Vec<FragmentPart> {
    let mut parts = Vec::new();
    let mut at = shown.start;
    let mut push = |from: usize, to: usize, is_match: bool| {
        let piece = text.get(from..to).unwrap_or_default();
        if !piece.is_empty() {
            let text = piece.replace(['\n', '\r', '\t'], " ");
            parts.push(FragmentPart { text, is_match });
        }
    };
    for place in places {
        let (from, to) = (place.start.clamp(at, shown.end), place.end.clamp(at, shown.end));
        push(at, from, false);
        push(from, to, true);
        at = to;
    }
    push(at, shown.end, false);
    parts
}
