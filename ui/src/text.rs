//! Every word the UI itself says, in American English. Sentences of the engine come with its replies.

mod apart;
mod commands;
mod connect;
mod content;
mod files;
mod making;
mod meta_app;
mod numbers;
mod phone;
mod preflight;
mod queue;
mod remedy;
mod search;
mod settings;
mod spending;
mod standing;
mod status_line;
mod sync;
mod team;
mod templates;
mod writing;

pub use apart::*;
pub use commands::*;
pub use connect::*;
pub use content::*;
pub use files::*;
pub use making::*;
pub use meta_app::*;
pub use numbers::*;
pub use phone::{masked_phone_number, masked_phone_parts, phone_number};
pub use preflight::*;
pub use queue::*;
pub use remedy::*;
pub use search::*;
pub use settings::*;
pub use spending::*;
pub use standing::*;
pub use status_line::*;
pub use sync::*;
pub use team::*;
pub use templates::*;
use twinbox_domain::{Origin, Status};
use twinbox_protocol::ConversationFilter;
pub use writing::*;

pub const PRODUCT: &str = "Twinbox";
pub const MAIN: &str = "Main";
pub const INBOX: &str = "Inbox";
pub const CONVERSATIONS: &str = "Conversations";
pub const VIEWS: &str = "Views";
pub const STATUS: &str = "Status";
pub const DETAILS: &str = "Details";
pub const MESSAGES: &str = "Messages";
pub const MESSAGE: &str = "Message";
pub const THREAD: &str = "Conversation";
pub const SEND: &str = "Send";
pub const CANCEL: &str = "Cancel";
pub const RETRY: &str = "Retry";
pub const TRY_AGAIN: &str = "Try again";
pub const DISMISS: &str = "Dismiss";
pub const REPLY: &str = "Reply";
pub const DARK_THEME: &str = "Switch to dark";
pub const LIGHT_THEME: &str = "Switch to light";
pub const SHOW_DETAILS: &str = "Show details";
pub const HIDE_DETAILS: &str = "Hide details";
pub const REPLY_TO_MESSAGE: &str = "Reply to this message";
pub const GO_TO_QUOTED: &str = "Go to the quoted message";
pub const DROP_QUOTE: &str = "Do not quote";
pub const YOU: &str = "You";
pub const FROM_PHONE: &str = "From the phone";
pub const SYSTEM: &str = "WhatsApp";
pub const FROM_HISTORY: &str = "Sent before Twinbox";
pub const AUTOMATION: &str = "Automation";
pub const CAMPAIGN: &str = "Campaign";
pub const COLLEAGUE: &str = "A colleague";
pub const QUOTED_UNKNOWN: &str = "A message that is not here";
pub const NO_ONE_OPEN: &str = "No chat open";
pub const NO_ONE_OPEN_HINT: &str = "Choose one from the list.";
pub const NO_MESSAGES: &str = "No messages yet";
pub const NO_MESSAGES_HINT: &str = "A template can start it.";
pub const TOO_LONG: &str = "This is too long for one message";
pub const SHOW_NUMBER: &str = "Show number";
pub const LOADING: &str = "Loading";
pub const LOAD_FAILED: &str = "This could not be loaded.";
pub const DRAFT: &str = "Draft:";
pub const QUEUED: &str = "Queued";
pub const QUEUED_NEXT: &str = "Queued, sends as soon as it may.";
pub const SENDING: &str = "Sending";
pub const NOT_SURE: &str = "Not sure";
pub const NOT_SURE_QUESTION: &str = "Not sure it went out.";
pub const WAS_SENT: &str = "It was sent";
pub const SEND_AGAIN: &str = "Send again";
pub const FAILED: &str = "Not delivered";
pub const BACK_TO_COMPOSER: &str = "Edit";
pub const JUMP_TO_NEWEST: &str = "Newest messages";
pub const WINDOW_OVER: &str = "Reply time is over";
pub const WINDOW_NEVER: &str = "No message from the customer yet";
pub const WINDOW_EXPLAINED: &str = "Free-form replies are allowed for 24 hours after the customer last wrote.";
pub const NEVER_WROTE: &str = "This person has not written to this number yet";
pub const PHONE_STILL_WRITES: &str =
    "From the phone you can still write freely. When they write back, you can reply here.";
pub const WAITS_MEANWHILE: &str = "What you send waits here until then.";
pub const MARKETING: &str = "Marketing";
pub const NO_MARKETING: &str = "Does not want marketing messages";
pub const IDENTITIES: &str = "Identities";
pub const PHONE_NUMBER: &str = "Phone number";
pub const USERNAME: &str = "Username";
pub const WHATSAPP_ID: &str = "WhatsApp ID";
pub const NO_IDENTITIES: &str = "WhatsApp shares no number or name for this person.";
pub const ABOUT: &str = "Chat";
pub const NUMBER: &str = "Number";
pub const FIRST_MESSAGE: &str = "First message";
pub const LAST_WROTE: &str = "Last wrote";
pub const NEVER: &str = "Never";
pub const WHO_ANSWERED: &str = "Who answered";
pub const LAST_30_DAYS: &str = "last 30 days";
pub const NOBODY_ANSWERED: &str = "Nobody in the last 30 days.";
pub const AGENTS: &str = "Agents";
pub const PHONE: &str = "Phone";
pub const BOTS: &str = "Bots";
pub const CONNECTED: &str = "Connected";
pub const CONNECTING: &str = "Connecting";
pub const NO_EVENT_YET: &str = "No event yet";
pub const TODAY: &str = "Today";
pub const YESTERDAY: &str = "Yesterday";
pub const NOTHING_WAITING: &str = "Nothing is waiting";
pub const NEEDS_REPLY: &str = "Needs a reply";

pub const NOT_RUNNING: &str = "Twinbox is not running";
pub const CANNOT_SHOW: &str = "Twinbox cannot be shown";
pub const START_AGAIN: &str = "Change what is in the way, then start Twinbox again.";
pub const RELOAD_OR_UPDATE: &str =
    "Reload this window. If that does not help, install the newest Twinbox here and on the server.";
pub const RELOAD: &str = "Reload this window";
pub const FROZEN: &str = "This window cannot read what is new.";

pub const SIGN_IN: &str = "Sign in";
pub const SIGN_IN_HINT: &str = "This Twinbox asks for an access token. Whoever runs it can give you one.";
pub const ACCESS_TOKEN: &str = "Access token";
pub const TOKEN_REFUSED: &str = "This token is not accepted.";

/// A tab above the list.
pub const fn filter(filter: ConversationFilter) -> &'static str {
    match filter {
        ConversationFilter::All => "All",
        ConversationFilter::NeedsReply => "Needs reply",
        ConversationFilter::Unread => "Unread",
        ConversationFilter::Mine => "Mine",
        ConversationFilter::Unassigned => "Unassigned",
        ConversationFilter::Pending => "Pending",
        ConversationFilter::Snoozed => "Snoozed",
        ConversationFilter::Resolved => "Resolved",
        ConversationFilter::Mentions => "Mentions of you",
        ConversationFilter::Number(_) => "Number",
        ConversationFilter::Label(_) => "Label",
    }
}

/// A count with commas between thousands.
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A row of the list that shows only a face.
pub fn row_label(name: &str, unread: u64, needs_reply: bool) -> String {
    match (unread, needs_reply) {
        (0, false) => name.to_owned(),
        (0, true) => format!("{name}, {NEEDS_REPLY}"),
        (count, _) => format!("{name}, {count} unread"),
    }
}

/// What an empty list says, and a second line.
pub const fn empty_list(filter: ConversationFilter) -> (&'static str, &'static str) {
    match filter {
        ConversationFilter::All => ("No chats yet", "They appear here when a customer writes."),
        ConversationFilter::NeedsReply => ("Nothing needs a reply", "Every chat has an answer."),
        ConversationFilter::Unread => ("Nothing is unread", "You have seen every message."),
        ConversationFilter::Mine => ("Nothing is yours to do", "Chats you are given appear here."),
        ConversationFilter::Unassigned => (
            "Every chat is somebody's",
            "New ones appear here until somebody takes them.",
        ),
        ConversationFilter::Pending => ("Nothing is pending", "Chats that wait for somebody else appear here."),
        ConversationFilter::Snoozed => ("Nothing is snoozed", "Chats that were put off wait here."),
        ConversationFilter::Resolved => ("Nothing is resolved", "Resolved chats are kept here."),
        ConversationFilter::Mentions => (
            "Nobody calls you",
            "Chats with a note that has @ and your name appear here.",
        ),
        ConversationFilter::Number(_) => ("No chats with this number", "They appear here when a customer writes."),
        ConversationFilter::Label(_) => ("No chat has this label", "Press L in a chat to label it."),
    }
}

/// How far one of our messages came, for people who do not see the ticks.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Queued => QUEUED,
        Status::Accepted | Status::Sent => "Sent",
        Status::Failed => FAILED,
        Status::Delivered => "Delivered",
        Status::Read => "Read",
        Status::Played => "Played",
    }
}

/// Who wrote a message of ours.
pub fn author(origin: Origin, author: &str) -> String {
    match origin {
        Origin::Agent if author.is_empty() => COLLEAGUE.to_owned(),
        Origin::Customer | Origin::Agent => author.to_owned(),
        Origin::Phone => FROM_PHONE.to_owned(),
        Origin::Automation => AUTOMATION.to_owned(),
        Origin::Campaign => CAMPAIGN.to_owned(),
        Origin::History => FROM_HISTORY.to_owned(),
        Origin::System if author.is_empty() => SYSTEM.to_owned(),
        Origin::System => author.to_owned(),
    }
}

/// The accessible name of the inbox link.
pub fn inbox_needs_reply(count: u64) -> String {
    match count {
        0 => INBOX.to_owned(),
        1 => "Inbox, 1 needs a reply".to_owned(),
        n => format!("Inbox, {n} need a reply"),
    }
}

/// The accessible name of the list.
pub fn list_of(which: ConversationFilter) -> String {
    format!("{}, {}", CONVERSATIONS, filter(which))
}

/// Unread messages of a row.
pub fn unread(count: u64) -> String {
    format!("{count} unread")
}

/// The placeholder of the composer.
pub fn write_to(name: &str) -> String {
    format!("Write to {name}")
}

/// The button that leads down to what has arrived.
pub fn new_messages(count: usize) -> String {
    match count {
        0 => JUMP_TO_NEWEST.to_owned(),
        1 => "1 new message".to_owned(),
        n => format!("{n} new messages"),
    }
}

/// A message, read aloud.
pub fn says(name: &str, words: &str) -> String {
    format!("{name}: {words}")
}

/// The accessible name of a message.
pub fn message_label(author: &str, time: &str, words: &str) -> String {
    format!("{author}, {time}: {words}")
}

/// The countdown of the 24 hours, short.
pub fn time_left(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s}s left"),
        (0, m, 0) => format!("{m}m left"),
        (0, m, s) => format!("{m}m {s:02}s left"),
        (h, 0, _) => format!("{h}h left"),
        (h, m, _) => format!("{h}h {m}m left"),
    }
}

/// The countdown of the 24 hours in the header.
pub fn time_left_to_reply(seconds: i64) -> String {
    format!("{} to reply freely", time_left(seconds))
}

/// A length of time in words.
pub fn duration(ms: i64) -> String {
    let minutes = ms / 60_000;
    let (days, hours) = (minutes / 1440, minutes / 60);
    match (days, hours, minutes) {
        (2.., ..) => format!("{days} days"),
        (_, 2.., _) => format!("{hours} hours"),
        (_, 1, _) => "1 hour".to_owned(),
        (.., 2..) => format!("{minutes} minutes"),
        _ => "1 minute".to_owned(),
    }
}

/// Why the composer is closed.
pub fn last_wrote_ago(name: &str, ms: i64) -> String {
    format!("{name} last wrote {} ago", duration(ms))
}

/// Characters left in the composer; negative when there are too many.
pub fn characters_left(left: i64) -> String {
    match left {
        0.. => format!("{left} characters left"),
        -1 => "1 character too many".to_owned(),
        _ => format!("{} characters too many", -left),
    }
}

/// A queued message that Meta asked to wait with.
pub fn queued_until(time: &str) -> String {
    format!("Queued. WhatsApp asks to wait, next try about {time}.")
}

/// A failed message.
pub fn not_delivered(reason: &str) -> String {
    format!("{FAILED}. {reason}")
}

/// A text the engine did not take.
pub fn not_handed_over(reason: &str) -> String {
    format!("Not handed over. {reason}")
}

/// The shares of who answered, in a sentence.
pub fn shares(agents: u64, phone: u64, bots: u64) -> String {
    format!("{AGENTS} {agents} percent, {PHONE} {phone} percent, {BOTS} {bots} percent")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas_between_thousands() {
        let counts = [0, 999, 1000, 20_010, 1_234_567].map(count);
        assert_eq!(counts, ["0", "999", "1,000", "20,010", "1,234,567"]);
    }

    #[test]
    fn durations_are_as_coarse_as_people_say_them() {
        let minute = 60_000;
        let words = [0, minute, 5 * minute, 60 * minute, 27 * 60 * minute, 49 * 60 * minute].map(duration);
        assert_eq!(
            words,
            ["1 minute", "1 minute", "5 minutes", "1 hour", "27 hours", "2 days"]
        );
    }

    #[test]
    fn countdowns_are_short() {
        assert_eq!(
            [7, 245, 300, 3600, 6000].map(time_left),
            ["7s left", "4m 05s left", "5m left", "1h left", "1h 40m left"]
        );
    }
}
