//! Words for the queue and for what is sent later.

use super::count;
use twinbox_domain::{Lane, Remedy};
use twinbox_protocol::{GaugeView, Wait, WaitingView};

pub const QUEUE: &str = "Queue";
pub const QUEUE_SUB: &str = "Agents go first, then automations, then campaigns.";
pub const PAUSE_EVERYTHING: &str = "Pause everything";
pub const RESUME_EVERYTHING: &str = "Resume everything";
pub const PAUSE_SENDING: &str = "Pause sending";
pub const RESUME_SENDING: &str = "Resume sending";
pub const SPEED_OF_NUMBERS: &str = "Speed of each number";
pub const QUEUED_MESSAGES: &str = "Waiting messages";
pub const LAST_MINUTE: &str = "Last 60 s";
pub const LAST_MINUTE_LABEL: &str = "Messages per second over the last minute";
pub const NEEDS_DECISION: &str = "Needs your decision";
pub const DECISION_WHY: &str = "The connection dropped while this was going out, and WhatsApp has not confirmed it. Look at the chat on the phone, then choose; or wait, it may still be confirmed.";
pub const NOT_DELIVERED: &str = "Not delivered";
pub const LAST_7_DAYS: &str = "last 7 days";
pub const SHOW_MESSAGES: &str = "Show or hide the messages";
pub const CHANGE_TIME: &str = "Change time";
pub const ALL_NUMBERS: &str = "All numbers";
pub const SHOW_ONLY: &str = "Show only what waits at";
pub const PAUSE_LANE: &str = "Pause these";
pub const RESUME_LANE: &str = "Resume these";
pub const PAUSED: &str = "Paused";
pub const PAUSE_MESSAGE: &str = "Pause";
pub const RESUME_MESSAGE: &str = "Resume";
pub const RETRY_ALL: &str = "Retry all";
pub const TO_BE_SENT_LATER: &str = "To be sent later";
pub const QUEUE_EMPTY_HINT: &str = "What you send leaves at once.";
pub const CANCEL_THEM: &str = "Cancel them";
pub const KEEP_THEM: &str = "Keep them";
pub const CANCEL_ALL: &str = "Cancel all";
pub const SHOW_MORE: &str = "Show more";
pub const SENDING_NOW: &str = "Sending now";
pub const CANNOT_TELL: &str = "Cannot tell yet";
pub const UNDO: &str = "Undo";
pub const SEND_NOW: &str = "Send now";
pub const SEND_LATER: &str = "Send later";
pub const SEND_LATER_MENU: &str = "Send later\u{2026}";
pub const SEND_AT: &str = "Date and time";
pub const SCHEDULE: &str = "Schedule";
pub const IN_AN_HOUR: &str = "In an hour";
pub const TOMORROW_MORNING: &str = "Tomorrow, 9:00";
pub const WRONG_TIME: &str = "Choose a date and a time in the future, for example 2026-11-30T09:00.";
pub const UNDO_TIME: &str = "Time to undo";
pub const UNDO_HINT: &str = "Replies wait so long before they leave, and can be taken back.";

/// What a lane is called, and what is to be known of it.
pub const fn lane(lane: Lane) -> (&'static str, &'static str) {
    match lane {
        Lane::Agent => ("Agent replies", "Never wait behind a campaign"),
        Lane::Automation => ("Automations", ""),
        Lane::Campaign => ("Campaigns", "Use what is left over"),
    }
}

/// How a number sends, and whether that wants attention.
pub fn gauge_state(gauge: &GaugeView) -> (&'static str, &'static str) {
    if gauge.pause.is_some() {
        ("Paused", "chip chip--warn")
    } else if !gauge.may_send {
        ("Cannot send", "chip chip--warn")
    } else if gauge.waits_ms.is_some() || gauge.pace_per_second < gauge.cap_per_second {
        ("Slowed down", "chip chip--warn")
    } else if gauge.busy > 0 || gauge.done_in_ms.is_some() {
        ("Sending", "chip chip--accent")
    } else if gauge.waiting > 0 {
        ("Waiting", "chip chip--warn")
    } else {
        ("Quiet", "chip")
    }
}

/// After the figure of a gauge.
pub fn of_cap(cap: u32) -> String {
    format!("of {cap} this second")
}

/// The gauge in words.
pub fn gauge_words(gauge: &GaugeView) -> String {
    format!("{} of {} this second", gauge.busy, gauge.cap_per_second)
}

/// The line below a gauge; `since` is when it was paused.
pub fn gauge_line(gauge: &GaugeView, since: Option<&str>) -> String {
    if let (Some(pause), Some(since)) = (&gauge.pause, since) {
        return paused_by(&pause.by, since);
    }
    if !gauge.may_send {
        return match gauge.waiting {
            0 => "Its page says why.".to_owned(),
            waiting => format!("{} waiting until it can send again; its page says why.", count(waiting)),
        };
    }
    if let Some(waits) = gauge.waits_ms {
        return format!("WhatsApp asks for patience, goes on in {}.", about(waits));
    }
    if gauge.pace_per_second < gauge.cap_per_second {
        return format!(
            "WhatsApp asked for a slower pace: {} a second now.",
            gauge.pace_per_second
        );
    }
    match (gauge.waiting, gauge.done_in_ms) {
        (0, _) => "Nothing is waiting.".to_owned(),
        (waiting, Some(done)) if done >= 1000 => format!("{} waiting, done in {}.", count(waiting), about(done)),
        (waiting, _) => format!("{} waiting.", count(waiting)),
    }
}

/// Who paused, and since when.
pub fn paused_by(who: &str, since: &str) -> String {
    format!("Paused by {who} at {since}.")
}

/// How many messages left.
pub fn sent_in_a_day(sent: u64) -> String {
    format!("{} sent in 24 h", count(sent))
}

/// The accessible name of the way to the queue.
pub fn queue_label(waiting: u64, unknown: u64, is_paused: bool) -> String {
    let mut label = QUEUE.to_owned();
    if waiting > 0 {
        label.push_str(&format!(", {} waiting", count(waiting)));
    }
    if unknown > 0 {
        label.push_str(&format!(", {unknown} need a decision"));
    }
    if is_paused {
        label.push_str(", sending is paused");
    }
    label
}

/// A duration of the future: `0.4 s`, `12 s`, `4 min`, `2 h 10 min`.
pub fn about(ms: u64) -> String {
    let seconds = ms.div_ceil(1000);
    match ms {
        0..100 => "0.1 s".to_owned(),
        100..9_950 => {
            let tenths = ms.div_ceil(100);
            format!("{}.{} s", tenths / 10, tenths % 10)
        }
        9_950..60_000 => format!("{seconds} s"),
        60_000..3_600_000 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// Why a message waits and how long, in a few words.
pub fn wait(item: &WaitingView) -> String {
    if let Some(pause) = &item.pause {
        return format!("Paused by {}", pause.by);
    }
    let time = item.leaves_in_ms.map(about);
    let why = match item.wait {
        Wait::OnTheWire => return SENDING_NOW.to_owned(),
        Wait::Turn => return time.unwrap_or_else(|| CANNOT_TELL.to_owned()),
        Wait::Paused | Wait::Held => return PAUSED.to_owned(),
        Wait::BehindHeld => return "After a paused one".to_owned(),
        Wait::NumberCannot => return "Number cannot send".to_owned(),
        Wait::Upload => return "Uploading file".to_owned(),
        Wait::Unknown => return super::NOT_SURE.to_owned(),
        Wait::Earlier => "after the one before",
        Wait::SamePerson => "same person",
        Wait::Doubt => "one is in doubt",
        Wait::Retry => "slowed down",
    };
    match time {
        Some(time) => format!("{time}, {why}"),
        None => why.to_owned(),
    }
}

/// The same in a sentence, for hovering.
pub const fn wait_explained(wait: Wait) -> &'static str {
    match wait {
        Wait::OnTheWire => "It is on its way to WhatsApp.",
        Wait::Turn => "Others are before it.",
        Wait::Earlier => "Messages to one person leave one after the other.",
        Wait::SamePerson => "WhatsApp allows about one message every 6 seconds to the same person.",
        Wait::Doubt => "Nobody knows yet whether the message before it went out.",
        Wait::Upload => "Its file is on its way to WhatsApp.",
        Wait::Retry => "WhatsApp asked for patience, or could not be reached. It is tried again by itself.",
        Wait::Paused => "Somebody paused this number, or this lane.",
        Wait::Held => "Somebody paused this message.",
        Wait::BehindHeld => "The message before it to the same person is paused, and the order is kept.",
        Wait::NumberCannot => "This number cannot send now. Its page says why.",
        Wait::Unknown => "Nobody knows whether it went out.",
    }
}

/// Below a bubble that waits.
pub fn queued_in_line(item: &WaitingView) -> Option<String> {
    if item.pause.is_some() {
        return Some("Paused.".to_owned());
    }
    match (item.wait, item.leaves_in_ms) {
        (Wait::Paused, _) => Some("Queued, sending is paused.".to_owned()),
        (Wait::BehindHeld, _) => Some("Queued behind a paused message.".to_owned()),
        (Wait::NumberCannot, _) => Some("Queued until the number can send again.".to_owned()),
        (Wait::Upload, _) => Some("Queued, its file is being uploaded.".to_owned()),
        (wait, Some(ms)) if ms > 2000 => {
            let place = ordinal(item.place);
            let why = match wait {
                Wait::SamePerson => ", same person",
                Wait::Doubt => ", one is in doubt",
                Wait::Retry => ", slowed down",
                _ => "",
            };
            Some(format!("Queued, {place} in line, about {}{why}.", about(ms)))
        }
        _ => None,
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(place: u64) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", count(place))
}

/// The button that takes one message back.
pub fn cancel_to(name: &str) -> String {
    format!("Cancel the message to {name}")
}

/// The button that stops one message.
pub fn pause_to(name: &str) -> String {
    format!("Pause the message to {name}")
}

/// The button that lets one message go on.
pub fn resume_to(name: &str) -> String {
    format!("Resume the message to {name}")
}

/// The button that shows what is folded away.
pub fn show_all(count: u64) -> String {
    format!("Show all {}", super::count(count))
}

/// The button that sends one message again.
pub fn retry_to(name: &str) -> String {
    format!("Send the message to {name} again")
}

/// Before a lane is taken back.
pub fn cancel_lane(waiting: u64) -> String {
    match waiting {
        1 => "Cancel the message that waits here?".to_owned(),
        n => format!("Cancel the {} messages that wait here?", count(n)),
    }
}

/// When a message is sent.
pub fn scheduled_for(when: &str) -> String {
    format!("Will be sent {when}.")
}

/// While a reply can be taken back.
pub fn leaves_in(ms: i64) -> String {
    format!("Leaves in {} s.", (ms.max(0) + 999) / 1000)
}

/// A choice of the time to undo.
pub fn undo_choice(ms: u32) -> String {
    match ms {
        0 => "Off".to_owned(),
        ms => format!("{} s", ms / 1000),
    }
}

/// What helps against a group of failures.
pub fn group_remedy(code: Option<i64>, was_taken: bool) -> String {
    let remedy = code.map_or(Remedy::TryAgain, twinbox_domain::remedy);
    match (super::what_helps(remedy), was_taken) {
        (Some(helps), false) => helps.to_owned(),
        (Some(_), true) if matches!(remedy, Remedy::TryAgain) => "Write to them anew.".to_owned(),
        (Some(helps), true) => helps.to_owned(),
        (None, _) => "Nothing helps.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_come_are_short() {
        for (ms, words) in [
            (0, "0.1 s"),
            (400, "0.4 s"),
            (1150, "1.2 s"),
            (9_949, "10.0 s"),
            (12_000, "12 s"),
            (61_000, "2 min"),
            (7_800_000, "2 h 10 min"),
        ] {
            assert_eq!(about(ms), words);
        }
    }

    #[test]
    fn places_in_line_are_ordinals() {
        let words = [1, 2, 3, 4, 11, 12, 13, 21, 102, 1003].map(ordinal);
        assert_eq!(
            words,
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "1,003rd"
            ]
        );
    }

    #[test]
    fn what_whatsapp_had_taken_is_written_anew_and_not_sent_again() {
        assert_eq!(group_remedy(Some(131_052), true), "Write to them anew.");
        assert_eq!(group_remedy(Some(131_050), false), "Nothing helps.");
        assert_eq!(group_remedy(None, false), "Send it again.");
    }
}
