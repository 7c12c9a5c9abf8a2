//! The words of searching.

use super::{Words, in_a_row, say};
use twinbox_domain::{Day, Origin, SearchNames, TypedFilter};

pub const SEARCH: Words = Words("search");
pub const SEARCH_RESULTS: Words = Words("search-results");
pub const FOUND_CHATS: Words = Words("found-chats");
pub const FOUND_MESSAGES: Words = Words("found-messages");
pub const SEARCH_IN_CHAT: Words = Words("search-in-chat");
pub const GO_TO_DATE: Words = Words("go-to-date");
pub const GO_TO_DATE_HINT: &str = "2026-01-31";
pub const OLDER_HIT: Words = Words("older-hit");
pub const NEWER_HIT: Words = Words("newer-hit");
pub const CLOSE_FIND: Words = Words("close-find");
pub const NO_HITS: Words = Words("no-hits");
pub const FILTERS: Words = Words("filters");
pub const FILTER_FROM: Words = Words("filter-from");
pub const FILTER_LABEL: Words = Words("filter-label");
pub const FILTER_AGENT: Words = Words("filter-agent");
pub const FILTER_DATE: Words = Words("filter-date");
pub const HAS_FILE: Words = Words("has-file");
pub const SEARCHED_SOME: Words = Words("searched-some");
pub const SEARCHED_ALL: Words = Words("searched-all");
pub const STILL_INDEXING: Words = Words("still-indexing");

/// Nothing was found.
pub fn nothing_says(words: &str, is_filtered: bool) -> String {
    match (words.trim(), is_filtered) {
        ("", true) => Words("no-message-like-this").to_owned(),
        ("", false) => Words("nothing-to-look-for").to_owned(),
        (words, true) => say!("no-such-message-says", words = words),
        (words, false) => say!("nothing-says", words = words),
    }
}

/// Nobody was found.
pub fn no_person(words: &str) -> String {
    match words.trim() {
        "" => NO_HITS.to_owned(),
        words => say!("no-person", words = words),
    }
}

/// A filter among the choices of its kind.
pub fn filter_choice(filter: TypedFilter, names: &SearchNames) -> String {
    let words = match filter {
        TypedFilter::In(place) => return names.numbers.get(place).cloned().unwrap_or_default(),
        TypedFilter::Label(place) => return names.labels.get(place).cloned().unwrap_or_default(),
        TypedFilter::Agent(place) => return names.people.get(place).cloned().unwrap_or_default(),
        TypedFilter::After(day) | TypedFilter::Before(day) => return day.to_string(),
        TypedFilter::HasMedia => HAS_FILE,
        TypedFilter::From(origin) => match origin {
            Origin::Customer => Words("from-customer"),
            Origin::Phone => Words("from-the-phone"),
            Origin::Agent => Words("from-team"),
            Origin::Automation => Words("from-bot"),
            Origin::Campaign => Words("from-campaign"),
            Origin::History => Words("from-past"),
            Origin::System => return super::SYSTEM.to_owned(),
        },
    };
    words.to_owned()
}

/// A filter that is set. `write` writes a day.
pub fn typed_filter(filter: TypedFilter, names: &SearchNames, write: fn(Day) -> String) -> String {
    match filter {
        TypedFilter::From(_) => say!("filter-is-from", who = &filter_choice(filter, names)),
        TypedFilter::In(_) => say!("filter-is-number", number = &filter_choice(filter, names)),
        TypedFilter::Label(_) => say!("filter-is-label", label = &filter_choice(filter, names)),
        TypedFilter::Agent(_) => say!("filter-is-agent", name = &filter_choice(filter, names)),
        TypedFilter::HasMedia => HAS_FILE.to_owned(),
        TypedFilter::After(day) => say!("filter-is-after", day = &write(day)),
        TypedFilter::Before(day) => say!("filter-is-before", day = &write(day)),
    }
}

/// The button that drops a filter.
pub fn drop_filter(label: &str) -> String {
    say!("drop-filter", filter = label)
}

/// A date so many days back.
pub fn last_days(days: u16) -> String {
    match days {
        365 => Words("last-year").to_owned(),
        days => say!("last-days", days = days),
    }
}

/// The choice of a date that is typed after this operator.
pub fn typed_date(operator: &str) -> Words {
    match operator {
        "before:" => Words("typed-date-before"),
        _ => Words("typed-date-other"),
    }
}

/// Which hit in a chat is shown.
pub fn hit_of(at: usize, of: usize, more: bool) -> String {
    match more {
        true => say!("hit-of-more", at = at, of = of),
        false => say!("hit-of", at = at, of = of),
    }
}

/// How much was found.
pub fn found(chats: usize, messages: usize, more: bool) -> String {
    let chats = (chats > 0).then(|| say!("count-chats", count = chats));
    let messages = match (messages, more) {
        (0, _) => None,
        (many, false) => Some(say!("count-messages", count = many)),
        (many, true) => Some(say!("count-messages-or-more", count = many)),
    };
    let found: Vec<String> = chats.into_iter().chain(messages).collect();
    match found.is_empty() {
        true => NO_HITS.to_owned(),
        false => in_a_row(&found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_much_was_found_is_said_in_words() {
        assert_eq!(found(0, 0, false), "Nothing found");
        assert_eq!(found(1, 50, true), "1 chat, 50 or more messages");
        assert_eq!(found(2, 1, false), "2 chats, 1 message");
    }
}
