//! Words of the page of numbers.

use super::{SECRETS_LOCKED, Words, duration, say};
use crate::state::NumberState;
use twinbox_domain::{KeepAlive, QUIET_DAYS_ALLOWED, people_a_day};
use twinbox_protocol::HIGHEST_CAP;

pub const YOUR_NUMBERS: Words = Words("your-numbers");
pub const NUMBERS_SUB: Words = Words("numbers-sub");
pub const CONNECT_ONE: Words = Words("connect-one");
pub const CONNECT_AGAIN: Words = Words("connect-again");
pub const CONNECT_FIRST: Words = Words("connect-first");
pub const CONNECT_FIRST_HINT: Words = Words("connect-first-hint");
pub const CONNECTED_NUMBERS: Words = Words("connected-numbers");

pub const HEALTH: Words = Words("health");
pub const LAST_DAY: Words = Words("last-day");
pub const HEALTH_NOT_TOLD: Words = Words("health-not-told");
pub const LAST_MESSAGE_IN: Words = Words("last-message-in");
pub const LAST_BY_PHONE: Words = Words("last-by-phone");
pub const LAST_STATUS: Words = Words("last-status");
pub const DELAY: Words = Words("delay");
pub const NEVER_YET: Words = Words("never-yet");
pub const NO_DELAY: Words = Words("no-delay");
pub const REFUSED: Words = Words("refused");
pub const REFUSED_EXPLAINED: Words = Words("refused-explained");
pub const ACCESS: Words = Words("access");
pub const ACCESS_WORKS: Words = Words("access-works");
pub const ACCESS_ENDED: Words = Words("access-ended");
pub const ACCESS_ENDS_SOON: Words = Words("access-ends-soon");
pub const EVENTS_SENT: Words = Words("events-sent");
pub const ALL_EVENTS_SENT: Words = Words("all-events-sent");
pub const EVENTS_ELSEWHERE: Words = Words("events-elsewhere");
pub const CHECK_NOW: Words = Words("check-now");
pub const CHECKING: Words = Words("checking");

pub const NOT_CONNECTED: Words = Words("not-connected");
pub const NOT_CONNECTED_WHY: Words = Words("not-connected-why");
pub const PHONE_UNKNOWN: Words = Words("phone-unknown");
pub const PHONE_UNKNOWN_WHY: Words = Words("phone-unknown-why");
pub const PHONE_IN_USE: Words = Words("phone-in-use");
pub const KEEP_ALIVE_WHY: Words = Words("keep-alive-why");
pub const KEEP_ALIVE_HOW: Words = Words("keep-alive-how");
pub const KEEP_ALIVE_OVER: Words = Words("keep-alive-over");

pub const WHAT_WORKS_WHERE: Words = Words("what-works-where");
pub const ON_THE_PHONE: Words = Words("on-the-phone");
pub const IN_TWINBOX: Words = Words("in-twinbox");
pub const DOES_NOT_APPLY: Words = Words("does-not-apply");

pub const HOW_TO_DISCONNECT: Words = Words("how-to-disconnect");
pub const ON_PHONE_ONLY: Words = Words("on-phone-only");
pub const IPHONE: &str = "iPhone";
pub const ANDROID: &str = "Android";
/// With parts that are emphasized.
pub const CHATS_STAY: Words = Words("chats-stay");

pub const NAME_AND_SPEED: Words = Words("name-and-speed");
pub const NUMBER_NAME: Words = Words("number-name");
pub const SPEED: Words = Words("speed");
pub const SPEED_HINT: Words = Words("speed-hint");
pub const COUNTS_RECEIVED: Words = Words("counts-received");
pub const COUNTS_RECEIVED_HINT: Words = Words("counts-received-hint");
pub const TELLS_READ: Words = Words("tells-read");
pub const TELLS_READ_HINT: Words = Words("tells-read-hint");
pub const RESUME: Words = Words("resume");
pub const SAVE: Words = Words("save");
pub const SAVING: Words = Words("saving");
pub const SAVED: Words = Words("saved");

/// How to disconnect with an iPhone (Meta, "Onboarding WhatsApp Business app users", Jun 2026). What is to be tapped
/// stands between asterisks. The phone shows the platform by the name of the Meta app, which need not be Twinbox.
pub const IPHONE_STEPS: [Words; 3] = [
    Words("disconnect-iphone"),
    Words("disconnect-account"),
    Words("disconnect-platform"),
];

/// How to disconnect with an Android phone, from the same page.
pub const ANDROID_STEPS: [Words; 3] = [
    Words("disconnect-android"),
    Words("disconnect-account"),
    Words("disconnect-platform"),
];

/// The parts of a sentence, every second of them between asterisks.
pub fn parts(words: Words) -> impl Iterator<Item = (&'static str, bool)> {
    let parts = words.get().split('*');
    parts.enumerate().map(|(at, part)| (part, at % 2 == 1))
}

/// The accessible name of the rail's entry.
pub fn numbers_needing_attention(count: usize) -> String {
    match count {
        0 => YOUR_NUMBERS.to_owned(),
        count => say!("numbers-needing-attention", count = count),
    }
}

/// How long ago something was, as short as a line of evidence allows.
pub fn ago(ms: i64) -> String {
    let minutes = ms / 60_000;
    match minutes {
        ..1 => say!("seconds-ago", count = (ms / 1000).max(0)),
        1..60 => say!("minutes-ago", count = minutes),
        60..2880 => say!("hours-ago", count = minutes / 60),
        _ => say!("days-ago", count = minutes / 1440),
    }
}

/// How a number is, in the list.
pub fn number_state(state: NumberState) -> String {
    let words = match state {
        NumberState::Working(ms) => return say!("number-working", ago = &ago(ms)),
        NumberState::Silent(ms) => return say!("number-silent", ago = &ago(ms)),
        NumberState::PhoneQuiet(KeepAlive::Quiet { days, .. }) => return say!("number-phone-quiet", days = days),
        NumberState::New => Words("number-new"),
        NumberState::PhoneQuiet(KeepAlive::CannotTell) => PHONE_UNKNOWN,
        NumberState::Unconnected => NOT_CONNECTED,
        NumberState::Locked => SECRETS_LOCKED,
        NumberState::Suspended => Words("number-suspended"),
        NumberState::Disconnected => Words("number-disconnected"),
        NumberState::Disabled => Words("number-disabled"),
        NumberState::NoAccess => Words("number-no-access"),
        NumberState::Blocked => Words("number-blocked"),
    };
    words.to_owned()
}

/// What to do about a quiet phone; `None` while there is nothing to do.
pub fn open_the_phone(keep_alive: KeepAlive) -> Option<String> {
    keep_alive.warned_at_day()?;
    Some(say!("open-the-phone", days = keep_alive.days_left()?))
}

/// The same in the status bar.
pub fn number_warning(name: &str, keep_alive: KeepAlive) -> Option<String> {
    keep_alive.warned_at_day()?;
    Some(say!("number-warning", name = name, days = keep_alive.days_left()?))
}

/// In the status bar: nothing comes and goes before the keychain is unlocked.
pub fn number_locked(name: &str) -> String {
    say!("number-locked", name = name)
}

/// Quiet days beside their pips.
pub fn quiet_days(days: i64) -> String {
    say!(
        "quiet-days",
        days = days.min(QUIET_DAYS_ALLOWED),
        of = QUIET_DAYS_ALLOWED
    )
}

/// Until when the app has to be opened.
pub fn until(day: &str) -> String {
    say!("until-day", day = day)
}

/// What a strip shows, for people who do not see it.
pub fn arrived_in_a_day(count: u64) -> String {
    say!("arrived-in-a-day", count = count)
}

/// A delay, to a tenth of a second while it is short.
pub fn delay(ms: i64) -> String {
    match ms {
        ..10_000 => say!("seconds-short", seconds = &format!("{}.{}", ms / 1000, ms % 1000 / 100)),
        10_000..60_000 => say!("seconds-short", seconds = ms / 1000),
        _ => duration(ms),
    }
}

/// The usual delay and the longest.
pub fn delays(median_ms: i64, worst_ms: i64) -> String {
    say!("delays", median = &delay(median_ms), worst = &delay(worst_ms))
}

/// The same in full, for people who do not see the line, and for hovering.
pub fn delays_in_full(median_ms: i64, p95_ms: i64, worst_ms: i64) -> String {
    let (median, p95, worst) = (delay(median_ms), delay(p95_ms), delay(worst_ms));
    say!("delays-in-full", median = &median, most = &p95, worst = &worst)
}

/// The number, its cap, and to how many people it may write first by Meta's word for it.
pub fn number_and_cap(digits: &str, cap: u32, tier: Option<&str>) -> String {
    let about = say!("number-and-cap", number = digits, cap = cap);
    match tier.and_then(people_a_day) {
        Some(people) => say!("number-cap-and-people", about = &about, people = people),
        None => about,
    }
}

/// What is wrong with a cap.
pub fn cap_range() -> String {
    say!("cap-range", highest = HIGHEST_CAP)
}

/// The kinds of events that Meta does not send.
pub fn events_missing(fields: &[String]) -> String {
    say!("events-missing", fields = &fields.join(", "))
}

/// Until when Meta takes the token; one that ends soon could not be renewed.
pub fn access_until(day: &str, ends_soon: bool) -> String {
    if ends_soon {
        say!("access-only-until", day = day)
    } else {
        say!("access-until", day = day)
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
    fn what_is_to_be_tapped_stands_between_words() {
        for step in IPHONE_STEPS.into_iter().chain(ANDROID_STEPS).chain([CHATS_STAY]) {
            let parts: Vec<_> = parts(step).collect();
            assert!(parts.len() >= 3 && parts.len() % 2 == 1, "{parts:?}");
        }
    }
}
