//! Words of the status bar, and of the bar above the list.

use super::{NOTHING_WAITING, duration, say};

/// The age of the last event.
pub fn last_event(ms: i64) -> String {
    say!("last-event", time = &short(ms))
}

/// Seconds while it is no minute, else as people say it.
pub(super) fn short(ms: i64) -> String {
    match ms.max(0) {
        ms @ ..60_000 => say!("seconds-short", seconds = ms / 1000),
        ms => duration(ms),
    }
}

/// The connection is lost, in the status bar.
pub fn offline_since(time: &str) -> String {
    say!("offline-since", time = time)
}

/// The same above the list.
pub fn offline_bar(time: &str) -> String {
    say!("offline-bar", time = time)
}

/// How far the phone's history has come.
pub fn history(percent: u8) -> String {
    say!("past-chats", percent = percent)
}

/// Webhooks that could not be read.
pub fn not_understood_count(count: u64) -> String {
    say!("not-understood-count", count = count)
}

/// Webhooks with a wrong signature.
pub fn refused_signatures(count: u64) -> String {
    say!("refused-signatures", count = count)
}

/// Messages that wait.
pub fn queue(count: u64) -> String {
    match count {
        0 => NOTHING_WAITING.to_owned(),
        count => say!("queue-of", count = count),
    }
}

/// Messages of which nobody knows whether they were sent.
pub fn outcomes_unknown(count: u64) -> String {
    say!("outcomes-unknown", count = count)
}
