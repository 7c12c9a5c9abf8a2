//! What is typed into the search field: words, and filters written as operators between them.
//!
//! `from:customer`, `from:phone`, `from:team`, `from:bot`, `from:campaign`, `has:media`, `after:2026-01-31`,
//! `before:2026-01-31`, and `in:`, `label:` and `agent:` with the name of a number, a label or a colleague. The text is the only state: a control that sets or drops a
//! filter writes or takes out its operator. What is no operator is words, whatever it looks like.

use crate::Origin;
use std::{fmt, mem, ops::Range};

/// A filter of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedFilter {
    /// Written by these.
    From(Origin),
    /// With a file.
    HasMedia,
    /// On the number with this place among the names given.
    In(usize),
    /// In a chat with the label at this place.
    Label(usize),
    /// In a chat that the colleague at this place is to deal with.
    Agent(usize),
    /// Later than this whole day.
    After(Day),
    /// Earlier than this day.
    Before(Day),
}

/// The names that operators choose from; none where there is nothing to choose.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SearchNames {
    /// Of numbers, after `in:`.
    pub numbers: Vec<String>,
    /// Of labels, after `label:`.
    pub labels: Vec<String>,
    /// Of colleagues, after `agent:`.
    pub people: Vec<String>,
}

/// Never the names.
impl fmt::Debug for SearchNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SearchNames(..)")
    }
}

/// A day of the calendar, wherever the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// 1970 to 2200.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31, as many as the month has.
    pub day: u8,
}

/// What was typed, taken apart.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedSearch {
    /// What is left without the operators. Ends with a space only when the last word is finished.
    pub words: String,
    /// One of a kind; of several, the one typed last.
    pub filters: Vec<TypedFilter>,
}

/// Never the words.
impl fmt::Debug for TypedSearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedSearch")
            .field("filters", &self.filters)
            .finish_non_exhaustive()
    }
}

/// Who can be asked for, and by which words; the first is the one that is written.
const AUTHORS: [(Origin, &[&str]); 5] = [
    (Origin::Customer, &["customer"]),
    (Origin::Phone, &["phone"]),
    (Origin::Agent, &["team", "agent"]),
    (Origin::Automation, &["bot"]),
    (Origin::Campaign, &["campaign"]),
];
/// Words for files.
const MEDIA: [&str; 2] = ["media", "file"];

/// What one piece of the text is.
enum Piece {
    Words,
    /// The beginning of an operator, still being typed. Nothing is looked for because of it.
    Unfinished,
    Filter(TypedFilter),
}

impl TypedFilter {
    /// The operator, as it is typed. Of what is not among `names`: nothing.
    pub fn operator(self, names: &SearchNames) -> String {
        match self {
            Self::From(origin) => {
                let known = AUTHORS.iter().find(|(author, _)| *author == origin);
                let word = known.and_then(|(_, words)| words.first());
                word.map(|word| format!("from:{word}")).unwrap_or_default()
            }
            Self::HasMedia => "has:media".to_owned(),
            Self::In(place) => named("in", &names.numbers, place),
            Self::Label(place) => named("label", &names.labels, place),
            Self::Agent(place) => named("agent", &names.people, place),
            Self::After(day) => format!("after:{day}"),
            Self::Before(day) => format!("before:{day}"),
        }
    }

    /// Whether both filter by the same thing.
    pub fn is_like(self, other: Self) -> bool {
        mem::discriminant(&self) == mem::discriminant(&other)
    }
}

fn named(key: &str, names: &[String], place: usize) -> String {
    match names.get(place) {
        Some(name) if name.contains(char::is_whitespace) => format!("{key}:\"{name}\""),
        Some(name) => format!("{key}:{name}"),
        None => String::new(),
    }
}

impl Day {
    /// `2026-01-31`; `None` for a day that is in no calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let is_shaped = text.len() == 10
            && (text.bytes().enumerate()).all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let mut parts = text.split('-').filter(|_| is_shaped);
        let year: u16 = parts.next()?.parse().ok()?;
        let month: u8 = parts.next()?.parse().ok()?;
        let day: u8 = parts.next()?.parse().ok()?;
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => 0,
        };
        let is_day = (1970..=2200).contains(&year) && (1..=days).contains(&day);
        is_day.then_some(Self { year, month, day })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TypedSearch {
    /// Takes apart what was typed; anything can be. `names` are those that can follow
    /// an operator.
    pub fn parse(typed: &str, names: &SearchNames) -> Self {
        let mut filters: Vec<TypedFilter> = Vec::new();
        let words = keep(typed, names, |piece| match piece {
            Piece::Words => true,
            Piece::Unfinished => false,
            Piece::Filter(filter) => {
                filters.retain(|known| !known.is_like(*filter));
                filters.push(*filter);
                false
            }
        });
        Self { words, filters }
    }

    /// Whether nothing is looked for yet.
    pub fn is_blank(&self) -> bool {
        self.words.trim().is_empty() && self.filters.is_empty()
    }

    /// `typed` without its filters like this one.
    pub fn without(typed: &str, filter: TypedFilter, names: &SearchNames) -> String {
        let is_other = |piece: &Piece| !matches!(piece, Piece::Filter(known) if known.is_like(filter));
        keep(typed, names, is_other)
    }

    /// `typed` with this filter in place of those like it. It stands in front, so that the last word goes on.
    pub fn with(typed: &str, filter: TypedFilter, names: &SearchNames) -> String {
        let rest = Self::without(typed, filter, names);
        format!("{} {rest}", filter.operator(names))
    }
}

/// The pieces that `keeps` wants, with the white space that follows each.
fn keep(typed: &str, names: &SearchNames, mut keeps: impl FnMut(&Piece) -> bool) -> String {
    let mut kept = String::new();
    for Range { start, end } in pieces(typed) {
        let text = typed.get(start..end).unwrap_or_default();
        let is_last = end == typed.len();
        if keeps(&piece(text.trim_end(), is_last, names)) {
            kept.push_str(text);
        }
    }
    kept
}

/// Pieces between white space, each with that which follows it; what stands in quotes after a colon is one.
fn pieces(typed: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut is_quoted = false;
    for (at, c) in typed.char_indices() {
        if is_quoted {
            is_quoted = c != '"';
        } else if c == '"' && before == ':' {
            // A quote that nobody closes is a letter.
            is_quoted = typed.get(at + 1..).is_some_and(|rest| rest.contains('"'));
        } else if before.is_whitespace() && !c.is_whitespace() && at > start {
            pieces.push(start..at);
            start = at;
        }
        before = c;
    }
    if start < typed.len() {
        pieces.push(start..typed.len());
    }
    pieces
}

fn piece(text: &str, is_last: bool, names: &SearchNames) -> Piece {
    let Some((key, value)) = text.trim_start().split_once(':') else {
        return Piece::Words;
    };
    let value = value.to_lowercase();
    let begins = |word: &str| is_last && word.starts_with(value.as_str());
    let by_name = |names: &[String], filter: fn(usize) -> TypedFilter| {
        let name = value.trim_matches('"');
        let found = names.iter().position(|known| known.to_lowercase() == name);
        let is_begun = is_last && names.iter().any(|known| known.to_lowercase().starts_with(name));
        (found.map(filter), is_begun)
    };
    let (found, is_begun) = match key.to_ascii_lowercase().as_str() {
        "from" => {
            let named = |(_, words): &&(Origin, &[&str])| words.contains(&value.as_str());
            let found = AUTHORS.iter().find(named).map(|(origin, _)| TypedFilter::From(*origin));
            let is_begun = AUTHORS.iter().any(|(_, words)| words.iter().any(|word| begins(word)));
            (found, is_begun)
        }
        "has" => {
            let found = MEDIA.contains(&value.as_str()).then_some(TypedFilter::HasMedia);
            (found, MEDIA.iter().any(|word| begins(word)))
        }
        "in" => by_name(&names.numbers, TypedFilter::In),
        "label" => by_name(&names.labels, TypedFilter::Label),
        "agent" => by_name(&names.people, TypedFilter::Agent),
        "after" => (
            Day::parse(&value).map(TypedFilter::After),
            is_last && begins_day(&value),
        ),
        "before" => (
            Day::parse(&value).map(TypedFilter::Before),
            is_last && begins_day(&value),
        ),
        _ => (None, false),
    };
    match found {
        Some(filter) => Piece::Filter(filter),
        None if is_begun => Piece::Unfinished,
        None => Piece::Words,
    }
}

fn begins_day(text: &str) -> bool {
    text.len() < 10
        && (text.bytes().enumerate()).all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
