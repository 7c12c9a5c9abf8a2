//! Every word the UI itself says, by its place in the catalog (`assets/locales`). Sentences of the engine come in English
//! with its replies; [`said`] looks them up.

mod apart;
mod backend;
mod catalog;
mod commands;
mod comparison;
mod connect;
mod content;
mod files;
mod in_full;
mod making;
mod meta_app;
mod notices;
mod numbers;
mod people;
mod phone;
mod preflight;
mod queue;
mod remedy;
mod search;
mod send_problem;
mod settings;
mod spending;
mod standing;
mod status_line;
mod sync;
mod team;
mod templates;
mod words;
mod writing;

pub use apart::*;
pub use backend::*;
pub use catalog::is_right_to_left;
use catalog::say;
pub use commands::*;
pub use comparison::{COMPARISON, Cell};
pub use connect::*;
pub use content::*;
pub use files::*;
pub use in_full::in_full;
pub use making::*;
pub use meta_app::*;
pub use notices::*;
pub use numbers::*;
pub use people::*;
pub use phone::{masked_phone_number, masked_phone_parts, phone_number};
pub use preflight::*;
pub use queue::*;
pub use remedy::*;
pub use search::*;
pub use send_problem::send_problem;
pub use settings::*;
pub use spending::*;
pub use standing::*;
pub use status_line::*;
pub use sync::*;
pub use team::*;
pub use templates::*;
use twinbox_domain::{Origin, Status};
use twinbox_protocol::ConversationFilter;
pub use words::Words;
pub use writing::*;

/// Names of products are the same in every language.
pub const PRODUCT: &str = "Twinbox";
pub const MAIN: Words = Words("main");
pub const INBOX: Words = Words("inbox");
pub const CONVERSATIONS: Words = Words("conversations");
pub const VIEWS: Words = Words("views");
pub const STATUS: Words = Words("status");
pub const DETAILS: Words = Words("details");
pub const MESSAGES: Words = Words("messages");
pub const MESSAGE: Words = Words("message");
pub const THREAD: Words = Words("thread");
pub const SEND: Words = Words("send");
pub const CANCEL: Words = Words("cancel");
pub const RETRY: Words = Words("retry");
pub const TRY_AGAIN: Words = Words("try-again");
pub const DISMISS: Words = Words("dismiss");
pub const REPLY: Words = Words("reply");
pub const DARK_THEME: Words = Words("dark-theme");
pub const LIGHT_THEME: Words = Words("light-theme");
pub const SHOW_DETAILS: Words = Words("show-details");
pub const HIDE_DETAILS: Words = Words("hide-details");
pub const REPLY_TO_MESSAGE: Words = Words("reply-to-message");
pub const GO_TO_QUOTED: Words = Words("go-to-quoted");
pub const DROP_QUOTE: Words = Words("drop-quote");
pub const YOU: Words = Words("you");
pub const FROM_PHONE: Words = Words("from-phone");
pub const SYSTEM: &str = "WhatsApp";
pub const FROM_HISTORY: Words = Words("from-history");
pub const AUTOMATION: Words = Words("automation");
pub const CAMPAIGN: Words = Words("campaign");
pub const COLLEAGUE: Words = Words("colleague");
pub const QUOTED_UNKNOWN: Words = Words("quoted-unknown");
pub const NO_ONE_OPEN: Words = Words("no-one-open");
pub const NO_ONE_OPEN_HINT: Words = Words("no-one-open-hint");
pub const NO_MESSAGES: Words = Words("no-messages");
pub const NO_MESSAGES_HINT: Words = Words("no-messages-hint");
pub const TOO_LONG: Words = Words("too-long");
pub const SHOW_NUMBER: Words = Words("show-number");
pub const LOADING: Words = Words("loading");
pub const LOAD_FAILED: Words = Words("load-failed");
pub const NOTHING_WAS_UNREAD: Words = Words("nothing-was-unread");
pub const UNREAD_FROM_HERE: Words = Words("unread-from-here");
pub const DRAFT: Words = Words("draft");
pub const NOTE_DRAFT: Words = Words("note-draft");
pub const QUEUED: Words = Words("queued");
pub const QUEUED_NEXT: Words = Words("queued-next");
pub const SENDING: Words = Words("sending");
pub const NOT_SURE: Words = Words("not-sure");
pub const NOT_SURE_QUESTION: Words = Words("not-sure-question");
pub const WAS_SENT: Words = Words("was-sent");
pub const SEND_AGAIN: Words = Words("send-again");
pub const FAILED: Words = Words("failed");
pub const BACK_TO_COMPOSER: Words = Words("back-to-composer");
pub const JUMP_TO_NEWEST: Words = Words("jump-to-newest");
pub const WINDOW_OVER: Words = Words("window-over");
pub const WINDOW_NEVER: Words = Words("window-never");
pub const WINDOW_EXPLAINED: Words = Words("window-explained");
pub const NEVER_WROTE: Words = Words("never-wrote");
pub const PHONE_STILL_WRITES: Words = Words("phone-still-writes");
pub const WAITS_MEANWHILE: Words = Words("waits-meanwhile");
pub const MARKETING: Words = Words("marketing");
pub const NO_MARKETING: Words = Words("no-marketing");
pub const IDENTITIES: Words = Words("identities");
pub const PHONE_NUMBER: Words = Words("phone-number");
pub const USERNAME: Words = Words("username");
pub const WHATSAPP_ID: Words = Words("whatsapp-id");
pub const NO_IDENTITIES: Words = Words("no-identities");
pub const ABOUT: Words = Words("about");
pub const NUMBER: Words = Words("number");
pub const FIRST_MESSAGE: Words = Words("first-message");
pub const LAST_WROTE: Words = Words("last-wrote");
pub const NEVER: Words = Words("never");
pub const WHO_ANSWERED: Words = Words("who-answered");
pub const LAST_30_DAYS: Words = Words("last-30-days");
pub const NOBODY_ANSWERED: Words = Words("nobody-answered");
pub const AGENTS: Words = Words("agents");
pub const PHONE: Words = Words("phone");
pub const BOTS: Words = Words("bots");
pub const CONNECTED: Words = Words("connected");
pub const CONNECTING: Words = Words("connecting");
pub const NO_EVENT_YET: Words = Words("no-event-yet");
pub const TODAY: Words = Words("today");
pub const YESTERDAY: Words = Words("yesterday");
pub const NOTHING_WAITING: Words = Words("nothing-waiting");
pub const NEEDS_REPLY: Words = Words("needs-reply");

pub const NOT_RUNNING: Words = Words("not-running");
pub const CANNOT_SHOW: Words = Words("cannot-show");
pub const START_AGAIN: Words = Words("start-again");
pub const RELOAD_OR_UPDATE: Words = Words("reload-or-update");
pub const RELOAD: Words = Words("reload");
pub const FROZEN: Words = Words("frozen");

pub const SIGN_IN: Words = Words("sign-in");
pub const SIGN_IN_HINT: Words = Words("sign-in-hint");
pub const ACCESS_TOKEN: Words = Words("access-token");
pub const TOKEN_REFUSED: Words = Words("token-refused");

/// What the engine says, in the language of this window; in English where the catalog does not have it. It is found by
/// its words, without what stands between them; of several sentences, each by itself; of one about something that only the
/// engine knows, what stands before its colon. A number in it is `n`.
pub fn said(sentences: &str) -> String {
    look_up(sentences).unwrap_or_else(|| {
        let each: Vec<String> = sentences
            .split_inclusive(". ")
            .map(|sentence| {
                let whole = look_up(sentence).or_else(|| {
                    let (before, about) = sentence.split_once(": ")?;
                    Some(format!("{}: {}", look_up(before)?, about.trim_end()))
                });
                whole.unwrap_or_else(|| sentence.trim_end().to_owned())
            })
            .collect();
        each.join(" ")
    })
}

fn look_up(sentence: &str) -> Option<String> {
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let number = words.iter().copied().find(|word| is_number(word));
    let id = format!("said-{}", words.join("-"));
    catalog::look_up(&id, None).or_else(|| {
        let words: Vec<&str> = words
            .iter()
            .map(|word| if is_number(word) { "n" } else { word })
            .collect();
        catalog::look_up(&format!("said-{}", words.join("-")), number)
    })
}

/// A tab above the list.
pub const fn filter(filter: ConversationFilter) -> Words {
    match filter {
        ConversationFilter::All => Words("filter-all"),
        ConversationFilter::NeedsReply => Words("filter-needs-reply"),
        ConversationFilter::Unread => Words("filter-unread"),
        ConversationFilter::Mine => Words("filter-mine"),
        ConversationFilter::Unassigned => Words("filter-unassigned"),
        ConversationFilter::Pending => Words("filter-pending"),
        ConversationFilter::Snoozed => Words("filter-snoozed"),
        ConversationFilter::Resolved => Words("filter-resolved"),
        ConversationFilter::Mentions => Words("filter-mentions"),
        ConversationFilter::Number(_) => Words("filter-number"),
        ConversationFilter::Label(_) => Words("filter-label"),
    }
}

/// A count with commas between thousands. English and Arabic with Latin digits write it alike; the digits of an Arabic
/// window are Latin ones throughout, as those of phone numbers, codes and versions are.
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

/// A number of a sentence, written as [`count`] writes it, with a point before its fraction.
fn decimal(number: f64) -> String {
    let whole = count(number.abs().trunc() as u64);
    let sign = if number < 0.0 { "-" } else { "" };
    match number.abs().to_string().split_once('.') {
        Some((_, fraction)) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    }
}

/// Several things in one line.
pub fn in_a_row(things: &[String]) -> String {
    things.join(&Words("comma"))
}

/// A row of the list that shows only a face.
pub fn row_label(name: &str, unread: u64, needs_reply: bool) -> String {
    match (unread, needs_reply) {
        (0, false) => name.to_owned(),
        (0, true) => say!("row-needs-reply", name = name),
        (count, _) => say!("row-unread", name = name, count = count),
    }
}

/// What an empty list says, and a second line.
pub const fn empty_list(filter: ConversationFilter) -> (Words, Words) {
    match filter {
        ConversationFilter::All => (Words("empty-list-all"), Words("empty-list-all-hint")),
        ConversationFilter::NeedsReply => (Words("empty-list-needs-reply"), Words("empty-list-needs-reply-hint")),
        ConversationFilter::Unread => (Words("empty-list-unread"), Words("empty-list-unread-hint")),
        ConversationFilter::Mine => (Words("empty-list-mine"), Words("empty-list-mine-hint")),
        ConversationFilter::Unassigned => (Words("empty-list-unassigned"), Words("empty-list-unassigned-hint")),
        ConversationFilter::Pending => (Words("empty-list-pending"), Words("empty-list-pending-hint")),
        ConversationFilter::Snoozed => (Words("empty-list-snoozed"), Words("empty-list-snoozed-hint")),
        ConversationFilter::Resolved => (Words("empty-list-resolved"), Words("empty-list-resolved-hint")),
        ConversationFilter::Mentions => (Words("empty-list-mentions"), Words("empty-list-mentions-hint")),
        ConversationFilter::Number(_) => (Words("empty-list-number"), Words("empty-list-all-hint")),
        ConversationFilter::Label(_) => (Words("empty-list-label"), Words("empty-list-label-hint")),
    }
}

/// How a chat comes into the empty list of a label, with the keys of that.
pub fn press_to_label(keys: &[String]) -> String {
    say!("empty-list-label-keys", keys = &keys.join(" "))
}

/// How many chats are nobody's.
pub fn unassigned(count: u64) -> String {
    say!("unassigned-count", count = count)
}

/// How far one of our messages came, for people who do not see the ticks.
pub const fn status(status: Status) -> Words {
    match status {
        Status::Queued => QUEUED,
        Status::Accepted | Status::Sent => Words("status-sent"),
        Status::Failed => FAILED,
        Status::Delivered => Words("status-delivered"),
        Status::Read => Words("status-read"),
        Status::Played => Words("status-played"),
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
    say!("inbox-needs-reply", count = count)
}

/// The accessible name of the list.
pub fn list_of(which: ConversationFilter) -> String {
    say!("list-of", view = filter(which))
}

/// Unread messages of a row.
pub fn unread(count: u64) -> String {
    say!("unread", count = count)
}

/// The placeholder of the composer.
pub fn write_to(name: &str) -> String {
    say!("write-to", name = name)
}

/// How many messages were unread when the chat was opened, above what is on screen.
pub fn unread_above(count: u64) -> String {
    say!("unread-above", count = count)
}

/// The button that leads down to what has arrived.
pub fn new_messages(count: usize) -> String {
    match count {
        0 => JUMP_TO_NEWEST.to_owned(),
        count => say!("new-messages", count = count),
    }
}

/// A message, read aloud.
pub fn says(name: &str, words: &str) -> String {
    say!("says", name = name, words = words)
}

/// The accessible name of a message.
pub fn message_label(author: &str, time: &str, words: &str) -> String {
    say!("message-label", author = author, time = time, words = words)
}

/// The countdown of the 24 hours, short.
pub fn time_left(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => say!("seconds-left", seconds = s),
        (0, m, 0) => say!("minutes-left", minutes = m),
        (0, m, s) => say!("minutes-and-seconds-left", minutes = m, seconds = &format!("{s:02}")),
        (h, 0, _) => say!("hours-left", hours = h),
        (h, m, _) => say!("hours-and-minutes-left", hours = h, minutes = m),
    }
}

/// The countdown of the 24 hours in the header.
pub fn time_left_to_reply(seconds: i64) -> String {
    say!("time-left-to-reply", left = &time_left(seconds))
}

/// A length of time in words.
pub fn duration(ms: i64) -> String {
    let minutes = ms / 60_000;
    let (days, hours) = (minutes / 1440, minutes / 60);
    match (days, hours, minutes) {
        (2.., ..) => say!("duration-days", count = days),
        (_, 1.., _) => say!("duration-hours", count = hours),
        _ => say!("duration-minutes", count = minutes.max(1)),
    }
}

/// Why the composer is closed.
pub fn last_wrote_ago(name: &str, ms: i64) -> String {
    say!("last-wrote-ago", name = name, time = &duration(ms))
}

/// Characters left in the composer; negative when there are too many.
pub fn characters_left(left: i64) -> String {
    match left {
        0.. => say!("characters-left", count = left),
        _ => say!("characters-too-many", count = -left),
    }
}

/// A queued message that Meta asked to wait with.
pub fn queued_until(time: &str) -> String {
    say!("queued-until", time = time)
}

/// A failed message.
pub fn not_delivered(reason: &str) -> String {
    say!("failed-because", reason = &said(reason))
}

/// A text the engine did not take.
pub fn not_handed_over(reason: &str) -> String {
    say!("not-handed-over", reason = &said(reason))
}

/// The shares of who answered, in a sentence.
pub fn shares(agents: u64, phone: u64, bots: u64) -> String {
    say!("shares", agents = agents, phone = phone, bots = bots)
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
