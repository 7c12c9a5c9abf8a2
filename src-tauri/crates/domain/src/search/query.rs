//! What a person typed.

use super::{Token, tokens};
use std::{collections::BinaryHeap, fmt, ops::Range};

/// More words than this are not looked for.
const MOST_TERMS: usize = 8;
/// What is typed after this many characters is not looked at.
const MOST_CHARACTERS: usize = 200;
/// Fewer digits than this are no phone number.
const FEWEST_DIGITS: usize = 3;

/// What a person typed into a search field. Every word has to be there; the last one may be unfinished.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    /// Digits only, when what was typed is a part of a phone number; empty otherwise.
    digits: String,
}

/// Never what was typed.
impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Query(..)")
    }
}

/// What stood between two spaces. Its tokens have to follow each other.
#[derive(Clone, PartialEq, Eq)]
struct Term {
    tokens: Vec<String>,
    /// The last token may be only the beginning of a word.
    is_open: bool,
}

impl Query {
    /// Reads what was typed; anything can be.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().take(MOST_CHARACTERS).collect();
        let mut terms: Vec<Term> = typed
            .split_whitespace()
            .filter_map(Term::new)
            .take(MOST_TERMS)
            .collect();
        if !typed.ends_with(char::is_whitespace)
            && let Some(last) = terms.last_mut()
        {
            last.is_open = true;
        }
        let is_phone = typed
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-()./".contains(c));
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let is_phone = is_phone && digits.len() >= FEWEST_DIGITS;
        Self {
            terms,
            digits: if is_phone { digits } else { String::new() },
        }
    }

    /// Whether there is nothing to look for.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The words as an FTS5 expression; `None` when there are none. Holds letters, digits, marks and the quotes and
    /// stars written here, whatever was typed.
    pub fn expression(&self) -> Option<String> {
        let terms: Vec<String> = self.terms.iter().map(Term::expression).collect();
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }

    /// The same for a part of a phone number, in the form of [`index_digits`](super::index_digits).
    pub fn digits_expression(&self) -> Option<String> {
        (!self.digits.is_empty()).then(|| format!("\"{}\"", super::index_digits(&self.digits)))
    }

    /// Where in a text the words are, in bytes: sorted, none touching another.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let tokens = tokens(text);
        let mut places = Vec::new();
        for term in &self.terms {
            for at in 0..tokens.len() {
                let following = tokens.get(at..).unwrap_or_default();
                places.extend(term.place(following));
            }
        }
        merged(places)
    }

    /// Where in a phone number the digits are, in bytes.
    pub fn digit_places(&self, phone: &str) -> Vec<Range<usize>> {
        if self.digits.is_empty() {
            return Vec::new();
        }
        let found = phone.match_indices(&self.digits);
        merged(found.map(|(at, digits)| at..at + digits.len()).collect())
    }
}

impl Term {
    fn new(typed: &str) -> Option<Self> {
        let mut tokens = tokens(typed);
        // The last character of a run begins a pair in the texts that go on after it.
        let ends_in_pair = |tokens: &[Token]| match tokens {
            [.., pair, last] => last.is_dense && pair.is_dense && pair.ends.len() == 2,
            _ => false,
        };
        if ends_in_pair(&tokens) {
            tokens.pop();
        }
        let is_open = matches!(tokens.last(), Some(last) if last.is_dense && last.ends.len() == 1);
        let tokens: Vec<String> = tokens.into_iter().map(|token| token.folded).collect();
        (!tokens.is_empty()).then_some(Self { tokens, is_open })
    }

    fn expression(&self) -> String {
        let star = if self.is_open { " *" } else { "" };
        format!("\"{}\"{star}", self.tokens.join(" "))
    }

    /// Where it is when it begins with the first of these tokens.
    fn place(&self, text: &[Token]) -> Option<Range<usize>> {
        let (last, first) = self.tokens.split_last()?;
        let mut text = text.iter();
        let mut start = None;
        for wanted in first {
            let token = text.next().filter(|token| token.folded == *wanted)?;
            start = start.or(Some(token.start));
        }
        let is_last = |token: &&Token| {
            if self.is_open {
                token.folded.starts_with(last.as_str())
            } else {
                token.folded == *last
            }
        };
        let token = text.next().filter(is_last)?;
        let end = token.ends.get(last.chars().count().checked_sub(1)?)?;
        Some(start.unwrap_or(token.start)..*end)
    }
}

fn merged(places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    // A heap sorts with less code than a sort, which counts in the UI.
    let places: BinaryHeap<(usize, usize)> = places.into_iter().map(|place| (place.start, place.end)).collect();
    let mut merged: Vec<Range<usize>> = Vec::new();
    for (start, end) in places.into_sorted_vec() {
        match merged.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => merged.push(start..end),
        }
    }
    merged
}
