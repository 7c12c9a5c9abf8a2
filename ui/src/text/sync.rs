//! Words of what comes over from the phone.

use super::{Words, duration, say};
use crate::clock::HOUR_MS;
use crate::state::HistoryStanding;
use twinbox_protocol::{SyncRequest, SyncView};

pub const SYNC_TITLE: Words = Words("sync-title");
pub const SYNC_LEDE: Words = Words("sync-lede");
pub const SYNC_DONE_TITLE: Words = Words("sync-done-title");
pub const SYNC_DONE_LEDE: Words = Words("sync-done-lede");
pub const SYNC_OVER_TITLE: Words = Words("sync-over-title");
pub const SYNC_OVER_LEDE: Words = Words("sync-over-lede");
pub const SYNC_NOT_ASKED_LEDE: Words = Words("sync-not-asked-lede");
pub const SYNC_QUIET_TITLE: Words = Words("sync-quiet-title");
pub const SYNC_QUIET_LEDE: Words = Words("sync-quiet-lede");
pub const ALL_HERE: Words = Words("all-here");
pub const OPEN_APP_REGULARLY: Words = Words("open-app-regularly");
pub const KEEP_OPEN: Words = Words("keep-open");
pub const KEEP_OPEN_HINT: Words = Words("keep-open-hint");
pub const SYNC_CONTACTS: Words = Words("sync-contacts");
pub const CONTACTS_HINT: Words = Words("contacts-hint");
pub const CHAT_HISTORY: Words = Words("chat-history");
pub const FILES: Words = Words("files");
pub const FILES_HINT: Words = Words("files-hint");
pub const PHASES: [Words; 3] = [Words("phases-1"), Words("phases-2"), Words("phases-3")];
pub const OF_EVERYTHING: Words = Words("of-everything");
pub const SO_FAR: Words = Words("so-far");
pub const WAITING_MESSAGES: Words = Words("waiting-messages");
pub const SHOW_THEM_NOW: Words = Words("show-them-now");
pub const HOURS_LEFT: Words = Words("deadline-hours-left");
pub const DEADLINE_OVER: Words = Words("deadline-over");
pub const DEADLINE_TITLE: Words = Words("deadline-title");
pub const DOES_NOT_COME: Words = Words("does-not-come");
pub const NO_GROUPS: Words = Words("no-groups");
pub const NO_OLD_CHATS: Words = Words("no-old-chats");
pub const NO_OLD_FILES: Words = Words("no-old-files");
pub const IF_NOTHING_MOVES: Words = Words("if-nothing-moves");
pub const WAKE_PHONE: Words = Words("wake-phone");
pub const PHONE_ONLINE: Words = Words("phone-online");
pub const TOMORROW_IN_SENTENCE: Words = Words("tomorrow-in-sentence");
pub const TODAY_IN_SENTENCE: Words = Words("today-in-sentence");
pub const YESTERDAY_IN_SENTENCE: Words = Words("yesterday-in-sentence");
pub const DEADLINE_AND_LIMITS: Words = Words("deadline-and-limits");
pub const GO_TO_INBOX: Words = Words("go-to-inbox");
pub const CONNECT_ANOTHER: Words = Words("connect-another");
pub const ASK_THE_PHONE: Words = Words("ask-the-phone");
pub const ASK_THE_PHONE_AGAIN: Words = Words("ask-the-phone-again");
pub const NOT_SUBSCRIBED: Words = Words("not-subscribed");

/// Whom the number is connected to.
pub const CONNECTED_TO: Words = Words("connected-to");

/// Title of the whole page, and a sentence below.
pub fn sync_title(standing: HistoryStanding) -> (Words, Words) {
    match standing {
        HistoryStanding::Complete => (SYNC_DONE_TITLE, SYNC_DONE_LEDE),
        HistoryStanding::NotAsked { is_in_time: true } => (SYNC_OVER_TITLE, SYNC_NOT_ASKED_LEDE),
        HistoryStanding::Quiet(_) if !standing.is_over() => (SYNC_QUIET_TITLE, SYNC_QUIET_LEDE),
        _ if standing.is_over() => (SYNC_OVER_TITLE, SYNC_OVER_LEDE),
        _ => (SYNC_TITLE, SYNC_LEDE),
    }
}

/// The small line below the number of contacts, and what is said when there is none.
pub fn contacts_state(request: SyncRequest, is_over: bool, contacts: u64) -> String {
    let words = match request {
        _ if contacts > 0 && is_over => super::DONE,
        _ if contacts > 0 => SO_FAR,
        SyncRequest::NotMade => Words("contacts-not-asked"),
        SyncRequest::MaybeMade { .. } => Words("contacts-maybe-asked"),
        SyncRequest::Made { .. } if is_over => Words("none-came"),
        SyncRequest::Made { .. } => Words("contacts-asked"),
        SyncRequest::Refused { code, .. } => return say!("contacts-refused", code = &code.to_string()),
    };
    words.to_owned()
}

/// Title of the history: with its phase while one comes.
pub fn history_title(phase: Option<usize>) -> String {
    match phase {
        Some(phase) => say!("history-phase", phase = phase + 1),
        None => CHAT_HISTORY.to_owned(),
    }
}

/// How the history stands, in a sentence or two. `last_ms`: how long ago the last piece came.
pub fn history_words(standing: HistoryStanding, sync: &SyncView, last_ms: Option<i64>) -> String {
    let (messages, chats) = (messages(sync.message_count), chats(sync.conversation_count));
    let so_far = || say!("history-so-far", messages = &messages, chats = &chats);
    let words = match standing {
        HistoryStanding::NotAsked { is_in_time: true } => Words("history-not-asked"),
        HistoryStanding::NotAsked { is_in_time: false } => Words("history-not-asked-in-time"),
        HistoryStanding::AskedBefore => Words("history-asked-before"),
        HistoryStanding::TooLate => Words("history-too-late"),
        HistoryStanding::Refused(code) => return say!("history-refused", code = &code.to_string()),
        HistoryStanding::Coming if sync.percent.is_none() => Words("history-first-piece"),
        HistoryStanding::Coming => {
            return match last_ms {
                Some(ms) => {
                    let ago = super::status_line::short(ms);
                    say!("history-last-piece", so_far = &so_far(), time = &ago)
                }
                None => so_far(),
            };
        }
        HistoryStanding::MayCome => Words("history-may-come"),
        HistoryStanding::Quiet(ms) => {
            let quiet = duration(ms);
            return match sync.percent {
                Some(_) => say!("history-quiet", so_far = &so_far(), time = &quiet),
                None => say!("history-quiet-from-the-start", time = &quiet),
            };
        }
        HistoryStanding::Declined => Words("history-declined"),
        HistoryStanding::Complete => return say!("history-complete", messages = &messages, chats = &chats),
        HistoryStanding::Nothing => Words("history-nothing"),
    };
    words.to_owned()
}

/// What has come, when all of it has.
pub fn all_here(sync: &SyncView) -> String {
    say!(
        "all-that-came",
        contacts = &say!("count-contacts", count = sync.contact_count),
        chats = &chats(sync.conversation_count),
        messages = &messages(sync.message_count),
    )
}

/// Files of the history, in all.
pub fn of_about(files: u64, is_over: bool) -> String {
    match files {
        0 if is_over => Words("none-came").to_owned(),
        0 => Words("none-so-far").to_owned(),
        files => say!("of-about", count = files),
    }
}

/// New messages that are held back.
pub fn waiting(messages: u64) -> String {
    say!("queue-waiting", count = messages)
}

/// Hours and minutes of the deadline: `21:46`.
pub fn hours_and_minutes(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// The same, read aloud.
pub fn hours_and_minutes_left(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let hours = duration(minutes / 60 * HOUR_MS);
    let time = match (minutes / 60, minutes % 60) {
        (0, _) => duration(minutes * 60_000),
        (_, 0) => hours,
        (_, minutes) => say!(
            "hours-and-minutes",
            hours = &hours,
            minutes = &duration(minutes * 60_000)
        ),
    };
    say!("deadline-left", time = &time)
}

/// What the deadline is about.
pub fn deadline(ends: &str, is_over: bool) -> String {
    match is_over {
        true => say!("deadline-ended", when = ends),
        false => say!("deadline-ends", when = ends),
    }
}

fn messages(count: u64) -> String {
    say!("count-messages", count = count)
}

fn chats(count: u64) -> String {
    say!("count-chats", count = count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deadline_is_written_as_hours_and_minutes() {
        assert_eq!(
            [21 * 60 + 46, 9, 0, -5].map(|minutes| hours_and_minutes(minutes * 60_000)),
            ["21:46", "0:09", "0:00", "0:00"]
        );
    }

    #[test]
    fn the_deadline_is_read_aloud_as_people_say_it() {
        let minutes = [61, 21 * 60 + 46, 120, 30].map(|minutes| hours_and_minutes_left(minutes * 60_000));
        assert_eq!(
            minutes,
            ["1 hour 1 minute", "21 hours 46 minutes", "2 hours", "30 minutes"].map(|time| format!("{time} left"))
        );
    }

    #[test]
    fn one_message_is_no_messages() {
        assert_eq!(
            [1, 2, 18_240].map(messages),
            ["1 message", "2 messages", "18,240 messages"]
        );
    }
}
