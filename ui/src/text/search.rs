//! The words of searching.

pub const SEARCH: &str = "Search chats and people";
pub const SEARCH_RESULTS: &str = "Search results";
pub const FOUND_CHATS: &str = "Chats and people";
pub const FOUND_MESSAGES: &str = "Messages";
pub const SEARCHED_ALL: &str = "Searched all numbers and all dates.";
pub const STILL_INDEXING: &str = "Older messages are still being prepared for searching.";

/// Nothing was found.
pub fn nothing_says(typed: &str) -> String {
    format!("Nothing says “{}”", typed.trim())
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
