//! Words of the page of numbers.

use super::{count, duration};
use crate::state::NumberState;
use twinbox_domain::{KeepAlive, QUIET_DAYS_ALLOWED, people_a_day};
use twinbox_protocol::HIGHEST_CAP;

pub const YOUR_NUMBERS: &str = "Numbers";
pub const NUMBERS_SUB: &str = "on the phone and in Twinbox at the same time";
pub const CONNECT_ONE: &str = "Connect a number";
pub const CONNECT_AGAIN: &str = "Connect again";
pub const CONNECT_FIRST: &str = "Connect your first number";
pub const CONNECT_FIRST_HINT: &str = "It stays on the phone, and your team answers here.";
pub const CONNECTED_NUMBERS: &str = "Connected numbers";

pub const HEALTH: &str = "Health, from what really arrived";
pub const LAST_DAY: &str = "Last 24 hours, darker is busier";
pub const HEALTH_NOT_TOLD: &str = "This could not be loaded. What stands here is what was last known.";
pub const LAST_MESSAGE_IN: &str = "Last message in";
pub const LAST_BY_PHONE: &str = "Last reply by phone";
pub const LAST_STATUS: &str = "Last delivery status";
pub const DELAY: &str = "Delay of events";
pub const NEVER_YET: &str = "None yet";
pub const NO_DELAY: &str = "Cannot tell yet";
pub const REFUSED: &str = "Refused events";
pub const REFUSED_EXPLAINED: &str = "Not signed by Meta";
pub const ACCESS: &str = "Access at Meta";
pub const ACCESS_WORKS: &str = "Works";
pub const ACCESS_ENDED: &str = "Ended. Connect again.";
pub const ACCESS_ENDS_SOON: &str = "Meta ends Twinbox\u{2019}s access soon, and it could not be renewed.";
pub const EVENTS_SENT: &str = "Kinds of events";
pub const ALL_EVENTS_SENT: &str = "All that are needed";
pub const CHECK_NOW: &str = "Check now";
pub const CHECKING: &str = "Asking Meta";

pub const NOT_CONNECTED: &str = "Not connected";
pub const NOT_CONNECTED_WHY: &str =
    "Twinbox cannot send from this number. What arrives from it is still shown. Connect it to answer here.";
pub const PHONE_UNKNOWN: &str = "Cannot tell yet when the phone was used";
pub const PHONE_UNKNOWN_WHY: &str =
    "Nothing has come from the phone so far. Counting begins as soon as it sends something.";
pub const PHONE_IN_USE: &str = "The phone is in use";
pub const KEEP_ALIVE_WHY: &str = "After 13 days without the phone, WhatsApp ends the link and you have to connect again. This clears by itself as soon as the phone sends something.";
pub const KEEP_ALIVE_HOW: &str = "An estimate: WhatsApp does not tell when its app is opened.";
pub const KEEP_ALIVE_OVER: &str = "13 days without the phone are over, so WhatsApp may end the link at any time. If it has, connect the number again.";

pub const WHAT_WORKS_WHERE: &str = "What works where";
pub const ON_THE_PHONE: &str = "On the phone";
pub const IN_TWINBOX: &str = "In Twinbox";
pub const DOES_NOT_APPLY: &str = "Does not apply";

pub const HOW_TO_DISCONNECT: &str = "How to disconnect";
pub const ON_PHONE_ONLY: &str = "On the phone only";
pub const IPHONE: &str = "iPhone";
pub const ANDROID: &str = "Android";
pub const CHATS_STAY: &str = "Chats stay on the phone.";
pub const KEEPS_COPY: &str = "Twinbox keeps its copy";
pub const FOR_READING: &str = "for reading.";

pub const NAME_AND_SPEED: &str = "Name and speed";
pub const NUMBER_NAME: &str = "Name in Twinbox";
pub const SPEED: &str = "Messages per second";
pub const SPEED_HINT: &str = "At most. Meta\u{2019}s older pages allow such a number 5, newer ones 20 in and out together. If unsure, leave it at 5.";
pub const COUNTS_RECEIVED: &str = "What customers write counts, too";
pub const COUNTS_RECEIVED_HINT: &str =
    "For numbers whose limit Meta counts in and out together. A fifth of it is always left for what you send.";
pub const TELLS_READ: &str = "Customers see what was read and that you type";
pub const TELLS_READ_HINT: &str = "Blue ticks when a colleague opens a chat here. Managers who review never leave any.";
pub const RESUME: &str = "Send again";
pub const SAVE: &str = "Save";
pub const SAVING: &str = "Saving";
pub const SAVED: &str = "Saved";

/// A step on the phone: words, every second of them what is to be tapped.
pub type Step = &'static [&'static str];

const ACCOUNT: Step = &["Tap ", "Account", ", then ", "Business Platform", "."];
/// The phone shows the platform by the name of the Meta app, which need not be Twinbox.
const DISCONNECT: Step = &[
    "Tap ",
    "the platform",
    " it is connected to, then ",
    "Disconnect account",
    ".",
];

/// How to disconnect with an iPhone (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
pub const IPHONE_STEPS: [Step; 3] = [
    &[
        "Open ",
        "WhatsApp Business",
        ", tap ",
        "Settings",
        " at the bottom (",
        "You",
        " in newer versions).",
    ],
    ACCOUNT,
    DISCONNECT,
];

/// How to disconnect with an Android phone, from the same page.
pub const ANDROID_STEPS: [Step; 3] = [
    &[
        "Open ",
        "WhatsApp Business",
        ", tap the ",
        "three dots",
        " at the top right, then ",
        "Settings",
        ".",
    ],
    ACCOUNT,
    DISCONNECT,
];

/// The accessible name of the rail's entry.
pub fn numbers_needing_attention(count: usize) -> String {
    match count {
        0 => YOUR_NUMBERS.to_owned(),
        1 => "Numbers, 1 needs attention".to_owned(),
        n => format!("Numbers, {n} need attention"),
    }
}

/// How long ago something was, as short as a line of evidence allows.
pub fn ago(ms: i64) -> String {
    let minutes = ms / 60_000;
    match minutes {
        ..1 => format!("{} s ago", (ms / 1000).max(0)),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

/// How a number is, in the list.
pub fn number_state(state: NumberState) -> String {
    match state {
        NumberState::Working(ms) => format!("Working, event {}", ago(ms)),
        NumberState::Silent(ms) => format!("Last event {}", ago(ms)),
        NumberState::New => "Nothing has arrived yet".to_owned(),
        NumberState::PhoneQuiet(KeepAlive::Quiet { days, .. }) => format!("Phone quiet for {days} days"),
        NumberState::PhoneQuiet(KeepAlive::CannotTell) => PHONE_UNKNOWN.to_owned(),
        NumberState::Unconnected => NOT_CONNECTED.to_owned(),
        NumberState::Suspended => "Paused, phone re-registered".to_owned(),
        NumberState::Disconnected => "Disconnected".to_owned(),
        NumberState::Disabled => "Disabled by WhatsApp".to_owned(),
        NumberState::NoAccess => "Access refused by Meta".to_owned(),
        NumberState::Blocked => "Paused, refused by WhatsApp".to_owned(),
    }
}

/// What to do about a quiet phone; `None` while there is nothing to do.
pub fn open_the_phone(keep_alive: KeepAlive) -> Option<String> {
    keep_alive.warned_at_day()?;
    Some(match keep_alive.days_left()? {
        0 => "Open the phone app now".to_owned(),
        1 => "Open the phone app today".to_owned(),
        days => format!("Open the phone app within {days} days"),
    })
}

/// The same in the status bar.
pub fn number_warning(name: &str, keep_alive: KeepAlive) -> Option<String> {
    let what = open_the_phone(keep_alive)?;
    let mut letters = what.chars();
    let first = letters.next()?.to_lowercase();
    Some(format!("{name}: {first}{}", letters.as_str()))
}

/// Quiet days beside their pips.
pub fn quiet_days(days: i64) -> String {
    match days {
        0 => "Quiet for less than a day".to_owned(),
        days => format!("{} of {QUIET_DAYS_ALLOWED} quiet days", days.min(QUIET_DAYS_ALLOWED)),
    }
}

/// Until when the app has to be opened.
pub fn until(day: &str) -> String {
    format!("until {day}")
}

/// What a strip shows, for people who do not see it.
pub fn arrived_in_a_day(count: u64) -> String {
    match count {
        0 => "none in the last 24 hours".to_owned(),
        n => format!("{n} in the last 24 hours"),
    }
}

/// A delay, to a tenth of a second while it is short.
pub fn delay(ms: i64) -> String {
    match ms {
        ..10_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        10_000..60_000 => format!("{} s", ms / 1000),
        _ => duration(ms),
    }
}

/// The usual delay and the longest.
pub fn delays(median_ms: i64, worst_ms: i64) -> String {
    format!("{}, at worst {}", delay(median_ms), delay(worst_ms))
}

/// The same in full, for people who do not see the line, and for hovering.
pub fn delays_in_full(median_ms: i64, p95_ms: i64, worst_ms: i64) -> String {
    let (median, p95, worst) = (delay(median_ms), delay(p95_ms), delay(worst_ms));
    format!("Half of all events came within {median}, 19 of 20 within {p95}, and the slowest took {worst}.")
}

/// The number, its cap, and to how many people it may write first by Meta's word for it.
pub fn number_and_cap(digits: &str, cap: u32, tier: Option<&str>) -> String {
    let cap = match cap {
        1 => "1 message per second".to_owned(),
        n => format!("{n} messages per second"),
    };
    match tier.and_then(people_a_day) {
        Some(people) => format!("{digits}, {cap}, writes first to {} people a day", count(people)),
        None => format!("{digits}, {cap}"),
    }
}

/// What is wrong with a cap.
pub fn cap_range() -> String {
    format!("A number from 1 to {HIGHEST_CAP}")
}

/// The kinds of events that Meta does not send.
pub fn events_missing(fields: &[String]) -> String {
    format!("Missing: {}", fields.join(", "))
}

/// Until when Meta takes the token; one that ends soon could not be renewed.
pub fn access_until(day: &str, ends_soon: bool) -> String {
    let until = until(day);
    if ends_soon {
        format!("Only {until}. Connect again.")
    } else {
        format!("{ACCESS_WORKS}, {until}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::Millis;

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    fn quiet(days: i64) -> KeepAlive {
        KeepAlive::at(Millis(days * DAY_MS), Some(Millis(0)))
    }

    #[test]
    fn a_quiet_phone_is_to_be_opened_within_fewer_and_fewer_days() {
        let words = [8, 9, 11, 12, 13, 40].map(|days| open_the_phone(quiet(days)));
        let words = words.map(Option::unwrap_or_default);
        assert_eq!(
            words,
            [
                "",
                "Open the phone app within 4 days",
                "Open the phone app within 2 days",
                "Open the phone app today",
                "Open the phone app now",
                "Open the phone app now"
            ]
        );
        let warning = number_warning("Workshop", quiet(9));
        assert_eq!(warning.as_deref(), Some("Workshop: open the phone app within 4 days"));
        assert_eq!(open_the_phone(KeepAlive::CannotTell), None);
    }

    #[test]
    fn no_more_quiet_days_are_told_than_there_are_pips() {
        assert_eq!(
            [0, 9, 40].map(quiet_days),
            ["Quiet for less than a day", "9 of 13 quiet days", "13 of 13 quiet days"]
        );
    }

    #[test]
    fn an_age_is_short() {
        let minute = 60_000;
        let words = [
            -5,
            59_999,
            minute,
            59 * minute,
            60 * minute,
            47 * 60 * minute,
            48 * 60 * minute,
        ]
        .map(ago);
        assert_eq!(
            words,
            [
                "0 s ago",
                "59 s ago",
                "1 min ago",
                "59 min ago",
                "1 h ago",
                "47 h ago",
                "2 days ago"
            ]
        );
    }

    #[test]
    fn delays_are_as_fine_as_they_are_short() {
        let words = [0, 40, 1_449, 9_999, 10_000, 59_999, 61_000, 3_600_000].map(delay);
        assert_eq!(
            words,
            ["0.0 s", "0.0 s", "1.4 s", "9.9 s", "10 s", "59 s", "1 minute", "1 hour"]
        );
    }

    #[test]
    fn a_limit_of_people_is_told_only_when_it_is_known() {
        let about = |tier| number_and_cap("+1 555", 5, tier);
        let known = about(Some("TIER_2K"));
        assert_eq!(
            known,
            "+1 555, 5 messages per second, writes first to 2,000 people a day"
        );
        for tier in [None, Some("TIER_UNLIMITED")] {
            assert_eq!(about(tier), "+1 555, 5 messages per second");
        }
    }

    #[test]
    fn every_step_begins_and_ends_with_words_around_what_is_tapped() {
        for step in IPHONE_STEPS.into_iter().chain(ANDROID_STEPS) {
            assert_eq!(step.len() % 2, 1, "{step:?}");
        }
    }
}
