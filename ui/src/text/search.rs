//! The words of searching.

use twinbox_domain::{Day, Origin, SearchNames, TypedFilter};

pub const SEARCH: &str = "Search chats and people";
pub const SEARCH_RESULTS: &str = "Search results";
pub const FOUND_CHATS: &str = "Chats and people";
pub const FOUND_MESSAGES: &str = "Messages";
pub const SEARCH_IN_CHAT: &str = "Search in this chat";
pub const GO_TO_DATE: &str = "Go to a date";
pub const GO_TO_DATE_HINT: &str = "2026-01-31";
pub const OLDER_HIT: &str = "Older match";
pub const NEWER_HIT: &str = "Newer match";
pub const CLOSE_FIND: &str = "Close search";
pub const NO_HITS: &str = "Nothing found";
pub const FILTERS: &str = "Filters";
pub const FILTER_FROM: &str = "From";
pub const FILTER_LABEL: &str = "Label";
pub const FILTER_AGENT: &str = "Assigned to";
pub const FILTER_DATE: &str = "Date";
pub const HAS_FILE: &str = "Has file";
pub const SEARCHED_SOME: &str = "Dropping a filter searches more.";
pub const SEARCHED_ALL: &str = "Searched all numbers and all dates.";
pub const STILL_INDEXING: &str = "Older messages are still being prepared for searching.";

/// Nothing was found.
pub fn nothing_says(words: &str, is_filtered: bool) -> String {
    match (words.trim(), is_filtered) {
        ("", true) => "No message is like this".to_owned(),
        ("", false) => "Nothing to look for yet".to_owned(),
        (words, true) => format!("No such message says “{words}”"),
        (words, false) => format!("Nothing says “{words}”"),
    }
}

/// A filter among the choices of its kind.
pub fn filter_choice(filter: TypedFilter, names: &SearchNames) -> String {
    match filter {
        TypedFilter::From(Origin::Customer) => "Customer".to_owned(),
        TypedFilter::From(Origin::Phone) => "Phone".to_owned(),
        TypedFilter::From(Origin::Agent) => "Team".to_owned(),
        TypedFilter::From(Origin::Automation) => "Bot".to_owned(),
        TypedFilter::From(Origin::Campaign) => "Campaign".to_owned(),
        TypedFilter::From(Origin::History) => "History".to_owned(),
        TypedFilter::From(Origin::System) => "WhatsApp".to_owned(),
        TypedFilter::In(place) => names.numbers.get(place).cloned().unwrap_or_default(),
        TypedFilter::Label(place) => names.labels.get(place).cloned().unwrap_or_default(),
        TypedFilter::Agent(place) => names.people.get(place).cloned().unwrap_or_default(),
        TypedFilter::HasMedia => HAS_FILE.to_owned(),
        TypedFilter::After(day) | TypedFilter::Before(day) => day.to_string(),
    }
}

/// A filter that is set. `write` writes a day.
pub fn typed_filter(filter: TypedFilter, names: &SearchNames, write: fn(Day) -> String) -> String {
    match filter {
        TypedFilter::From(_) => format!("From: {}", filter_choice(filter, names)),
        TypedFilter::In(_) => format!("Number: {}", filter_choice(filter, names)),
        TypedFilter::Label(_) => format!("{FILTER_LABEL}: {}", filter_choice(filter, names)),
        TypedFilter::Agent(_) => format!("{FILTER_AGENT}: {}", filter_choice(filter, names)),
        TypedFilter::HasMedia => HAS_FILE.to_owned(),
        TypedFilter::After(day) => format!("After {}", write(day)),
        TypedFilter::Before(day) => format!("Before {}", write(day)),
    }
}

/// The button that drops a filter.
pub fn drop_filter(label: &str) -> String {
    format!("Drop the filter {label}")
}

/// A date so many days back.
pub fn last_days(days: u16) -> String {
    match days {
        365 => "Last year".to_owned(),
        days => format!("Last {days} days"),
    }
}

/// The choice of a date that is typed after this operator.
pub fn typed_date(operator: &str) -> &'static str {
    match operator {
        "before:" => "Before a day …",
        _ => "After a day …",
    }
}

/// Which hit in a chat is shown.
pub fn hit_of(at: usize, of: usize, more: bool) -> String {
    let more = if more { "+" } else { "" };
    format!("{at} of {of}{more}")
}

/// How much was found.
pub fn found(chats: usize, messages: usize, more: bool) -> String {
    let chats = match chats {
        0 => None,
        1 => Some("1 chat".to_owned()),
        many => Some(format!("{many} chats")),
    };
    let messages = match (messages, more) {
        (0, _) => None,
        (1, false) => Some("1 message".to_owned()),
        (many, false) => Some(format!("{many} messages")),
        (many, true) => Some(format!("{many} or more messages")),
    };
    let found: Vec<String> = chats.into_iter().chain(messages).collect();
    match found.is_empty() {
        true => "Nothing found".to_owned(),
        false => found.join(", "),
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
