//! Words of what comes over from the phone.

use super::{count, duration};
use crate::state::HistoryStanding;
use twinbox_protocol::{SyncRequest, SyncView};

pub const SYNC_TITLE: &str = "Your chats are coming over";
pub const SYNC_LEDE: &str =
    "You can close this window and work on. It goes on in the background, and this page shows how far it is.";
pub const SYNC_DONE_TITLE: &str = "Your chats are here";
pub const SYNC_DONE_LEDE: &str =
    "Every message that the phone shared has come over; photos and files may follow. Your team can start.";
pub const SYNC_OVER_TITLE: &str = "The number is connected";
pub const SYNC_OVER_LEDE: &str = "New messages arrive here. Read below what became of the past chats.";
pub const SYNC_NOT_ASKED_LEDE: &str = "The phone has not been asked for its chats yet.";
pub const SYNC_QUIET_TITLE: &str = "Waiting for the phone";
pub const SYNC_QUIET_LEDE: &str =
    "The number is connected. The phone was asked for its chats and has sent nothing for a while.";
pub const ALL_HERE: &str = "All chats are here";
pub const OPEN_APP_REGULARLY: &str =
    "Open WhatsApp Business on the phone at least every 13 days, or WhatsApp disconnects it";
pub const KEEP_OPEN: &str = "Keep WhatsApp Business open on the phone";
pub const KEEP_OPEN_HINT: &str = "The phone sends the chats. If it sleeps, this pauses.";
pub const SYNC_CONTACTS: &str = "Contacts";
pub const CONTACTS_HINT: &str = "Everyone saved on the phone who uses WhatsApp.";
pub const CHAT_HISTORY: &str = "Chat history";
pub const FILES: &str = "Photos, voice notes and files";
pub const FILES_HINT: &str = "From the last 14 days. Older ones stay on the phone.";
pub const PHASES: [&str; 3] = ["Last day", "1 to 90 days old", "90 to 180 days old"];
pub const OF_EVERYTHING: &str = "of everything";
pub const SO_FAR: &str = "so far";
pub const WAITING_MESSAGES: &str = "New messages appear when the first sync is complete.";
pub const SHOW_THEM_NOW: &str = "Show them now";
pub const HOURS_LEFT: &str = "hours left";
pub const DEADLINE_OVER: &str = "over";
pub const DEADLINE_TITLE: &str = "24 hours, once";
pub const DOES_NOT_COME: &str = "Does not come over";
pub const NO_GROUPS: &str = "Groups and calls";
pub const NO_OLD_CHATS: &str = "Chats older than 180 days";
pub const NO_OLD_FILES: &str = "Files older than 14 days";
pub const IF_NOTHING_MOVES: &str = "If nothing moves for 5 minutes";
pub const WAKE_PHONE: &str = "Wake the phone and open WhatsApp Business";
pub const PHONE_ONLINE: &str = "Check that the phone is online";
pub const TOMORROW_IN_SENTENCE: &str = "tomorrow";
pub const TODAY_IN_SENTENCE: &str = "today";
pub const YESTERDAY_IN_SENTENCE: &str = "yesterday";
pub const DEADLINE_AND_LIMITS: &str = "Deadline and limits";
pub const GO_TO_INBOX: &str = "Go to the inbox";
pub const CONNECT_ANOTHER: &str = "Connect another number";
pub const ASK_THE_PHONE: &str = "Ask the phone now";
pub const NOT_SUBSCRIBED: &str = "Messages do not come here yet";
pub const SHARE_AGAIN: &str = "To share them after all: on the phone, Settings, Account, Business Platform, disconnect. Then connect the number again and choose Share chats.";

/// Whom the number is connected to.
pub const CONNECTED_TO: &str = "Connected to";

/// Title of the whole page, and a sentence below.
pub fn sync_title(standing: HistoryStanding) -> (&'static str, &'static str) {
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
    match request {
        _ if contacts > 0 => if is_over { super::DONE } else { SO_FAR }.to_owned(),
        SyncRequest::NotMade => "not asked yet".to_owned(),
        SyncRequest::MaybeMade { .. } => "asked, perhaps".to_owned(),
        SyncRequest::Made { .. } if is_over => "none came".to_owned(),
        SyncRequest::Made { .. } => "asked".to_owned(),
        SyncRequest::Refused { code, .. } => format!("refused ({code})"),
    }
}

/// Title of the history: with its phase while one comes.
pub fn history_title(phase: Option<usize>) -> String {
    match phase {
        Some(phase) => format!("{CHAT_HISTORY}, phase {} of 3", phase + 1),
        None => CHAT_HISTORY.to_owned(),
    }
}

/// How the history stands, in a sentence or two. `last_ms`: how long ago the last piece came.
pub fn history_words(standing: HistoryStanding, sync: &SyncView, last_ms: Option<i64>) -> String {
    let so_far = format!(
        "{} in {} so far.",
        plural(sync.message_count, "message"),
        plural(sync.conversation_count, "chat")
    );
    match standing {
        HistoryStanding::NotAsked { is_in_time: true } => {
            "Not asked for yet. The phone can be asked once, before the 24 hours are over.".to_owned()
        }
        HistoryStanding::NotAsked { is_in_time: false } => {
            format!("It was not asked for within 24 hours of connecting, so it does not come any more. {SHARE_AGAIN}")
        }
        HistoryStanding::AskedBefore => {
            format!("WhatsApp says it was asked for before (2593107). If nothing comes, it was used up. {SHARE_AGAIN}")
        }
        HistoryStanding::TooLate => {
            format!("WhatsApp says the 24 hours are over (2593108), so it does not come any more. {SHARE_AGAIN}")
        }
        HistoryStanding::Refused(code) => format!("WhatsApp refused to ask the phone ({code}). {SHARE_AGAIN}"),
        HistoryStanding::Coming if sync.percent.is_none() => {
            "Asked for. The first piece takes a few minutes.".to_owned()
        }
        HistoryStanding::Coming => match last_ms {
            Some(ms) => format!("{so_far} Last piece {} ago.", short_ago(ms)),
            None => so_far,
        },
        HistoryStanding::MayCome => {
            "Asked for, but the answer was lost. It can only be asked once, so Twinbox waits whether something comes."
                .to_owned()
        }
        HistoryStanding::Quiet(ms) => {
            let quiet = format!(
                "Nothing for {}. Wake the phone, open WhatsApp Business and look that it is online.",
                duration(ms)
            );
            match sync.percent {
                Some(_) => format!("{so_far} {quiet}"),
                None => format!("{quiet} If the phone has no chats to share, that is fine as well."),
            }
        }
        HistoryStanding::Declined => format!("Not shared: you chose that on the phone. {SHARE_AGAIN}"),
        HistoryStanding::Complete => {
            format!(
                "{} in {}.",
                plural(sync.message_count, "message"),
                plural(sync.conversation_count, "chat")
            )
        }
        HistoryStanding::Nothing => "The phone has no history to share. That is fine.".to_owned(),
    }
}

/// What has come, when all of it has.
pub fn all_here(sync: &SyncView) -> String {
    format!(
        "{}, {} and {}.",
        plural(sync.contact_count, "contact"),
        plural(sync.conversation_count, "chat"),
        plural(sync.message_count, "message")
    )
}

/// Files of the history, in all.
pub fn of_about(files: u64, is_over: bool) -> String {
    match files {
        0 if is_over => "none came".to_owned(),
        0 => "none so far".to_owned(),
        files => format!("of about {}", count(files)),
    }
}

/// New messages that are held back.
pub fn waiting(messages: u64) -> String {
    format!("{} waiting", count(messages))
}

/// Hours and minutes of the deadline: `21:46`.
pub fn hours_and_minutes(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// The same, read aloud.
pub fn hours_and_minutes_left(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    format!("{} hours {} minutes left", minutes / 60, minutes % 60)
}

/// What the deadline is about.
pub fn deadline(ends: &str, is_over: bool) -> String {
    let end = if is_over { "Ended" } else { "Ends" };
    format!("WhatsApp lets a phone share its history once, within a day of connecting. {end} {ends}.")
}

fn short_ago(ms: i64) -> String {
    match ms.max(0) {
        ms @ ..60_000 => format!("{} s", ms / 1000),
        ms => duration(ms),
    }
}

fn plural(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        number => format!("{} {what}s", count(number)),
    }
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
    fn one_message_is_no_messages() {
        assert_eq!(
            [1, 2, 18_240].map(|n| plural(n, "message")),
            ["1 message", "2 messages", "18,240 messages"]
        );
    }
}
