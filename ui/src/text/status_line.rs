//! Words of the status bar, and of the bar above the list.

use super::{NOTHING_WAITING, duration};

/// The age of the last event.
pub fn last_event(ms: i64) -> String {
    match ms {
        ..60_000 => format!("Last event {} s ago", (ms / 1000).max(0)),
        _ => format!("Last event {} ago", duration(ms)),
    }
}

/// The connection is lost, in the status bar.
pub fn offline_since(time: &str) -> String {
    format!("Offline since {time}")
}

/// The same above the list.
pub fn offline_bar(time: &str) -> String {
    format!("Offline since {time}. You can still read.")
}

/// How far the phone's history has come.
pub fn history(percent: u8) -> String {
    format!("Past chats: {percent}%")
}

/// Webhooks that could not be read.
pub fn not_understood_count(count: u64) -> String {
    format!("{count} not understood")
}

/// Webhooks with a wrong signature.
pub fn refused_signatures(count: u64) -> String {
    match count {
        1 => "1 refused signature".to_owned(),
        n => format!("{n} refused signatures"),
    }
}

/// Messages that wait.
pub fn queue(count: u64) -> String {
    match count {
        0 => NOTHING_WAITING.to_owned(),
        1 => "Queue: 1 message".to_owned(),
        n => format!("Queue: {n} messages"),
    }
}

/// Messages of which nobody knows whether they were sent.
pub fn outcomes_unknown(count: u64) -> String {
    match count {
        1 => "1 message may not have been sent".to_owned(),
        n => format!("{n} messages may not have been sent"),
    }
}
