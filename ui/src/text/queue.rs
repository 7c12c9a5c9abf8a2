//! Words for the queue and for what is sent later.

use super::{SENDING, Words, in_a_row, say};
use twinbox_domain::{Lane, Remedy};
use twinbox_protocol::{GaugeView, Wait, WaitingView};

pub const QUEUE: Words = Words("queue");
pub const QUEUE_SUB: Words = Words("queue-sub");
pub const PAUSE_EVERYTHING: Words = Words("pause-everything");
pub const RESUME_EVERYTHING: Words = Words("resume-everything");
pub const PAUSE_SENDING: Words = Words("pause-sending");
pub const RESUME_SENDING: Words = Words("resume-sending");
pub const SPEED_OF_NUMBERS: Words = Words("speed-of-numbers");
pub const QUEUED_MESSAGES: Words = Words("queued-messages");
pub const LAST_MINUTE: Words = Words("last-minute");
pub const LAST_MINUTE_LABEL: Words = Words("last-minute-label");
pub const NEEDS_DECISION: Words = Words("needs-decision");
pub const DECISION_WHY: Words = Words("decision-why");
pub const NOT_DELIVERED: Words = Words("not-delivered");
pub const LAST_7_DAYS: Words = Words("last-7-days");
pub const SHOW_MESSAGES: Words = Words("show-messages");
pub const CHANGE_TIME: Words = Words("change-time");
pub const ALL_NUMBERS: Words = Words("all-numbers");
pub const SHOW_ONLY: Words = Words("show-only");
pub const PAUSE_LANE: Words = Words("pause-lane");
pub const RESUME_LANE: Words = Words("resume-lane");
pub const PAUSED: Words = Words("paused");
pub const PAUSE_MESSAGE: Words = Words("pause-message");
pub const RESUME_MESSAGE: Words = Words("resume-message");
pub const RETRY_ALL: Words = Words("retry-all");
pub const SEND_THEM: Words = Words("send-them");
pub const TO_BE_SENT_LATER: Words = Words("to-be-sent-later");
pub const QUEUE_EMPTY_HINT: Words = Words("queue-empty-hint");
pub const CANCEL_THEM: Words = Words("cancel-them");
pub const KEEP_THEM: Words = Words("keep-them");
pub const CANCEL_ALL: Words = Words("cancel-all");
pub const SHOW_MORE: Words = Words("show-more");
pub const SENDING_NOW: Words = Words("sending-now");
pub const CANNOT_TELL: Words = Words("cannot-tell");
pub const UNDO: Words = Words("undo");
pub const SEND_NOW: Words = Words("send-now");
pub const SEND_LATER: Words = Words("send-later");
pub const SEND_LATER_MENU: Words = Words("send-later-menu");
pub const SEND_AT: Words = Words("send-at");
pub const SCHEDULE: Words = Words("schedule");
pub const IN_AN_HOUR: Words = Words("in-an-hour");
pub const TOMORROW_MORNING: Words = Words("tomorrow-morning");
pub const WRONG_TIME: Words = Words("wrong-time");
pub const UNDO_TIME: Words = Words("undo-time");
pub const UNDO_HINT: Words = Words("undo-hint");

/// What a lane is called, and what is to be known of it.
pub const fn lane(lane: Lane) -> (Words, Option<Words>) {
    match lane {
        Lane::Agent => (Words("lane-agent"), Some(Words("lane-agent-hint"))),
        Lane::Automation => (Words("lane-automation"), None),
        Lane::Campaign => (Words("lane-campaign"), Some(Words("lane-campaign-hint"))),
    }
}

/// How a number sends, and whether that wants attention.
pub fn gauge_state(gauge: &GaugeView) -> (Words, &'static str) {
    if gauge.pause.is_some() {
        (PAUSED, "chip chip--warn")
    } else if !gauge.may_send {
        (Words("gauge-cannot-send"), "chip chip--warn")
    } else if gauge.waits_ms.is_some() || gauge.pace_per_second < gauge.cap_per_second {
        (Words("gauge-slow"), "chip chip--warn")
    } else if gauge.busy > 0 || gauge.done_in_ms.is_some() {
        (SENDING, "chip chip--accent")
    } else if gauge.waiting > 0 {
        (Words("gauge-waiting"), "chip chip--warn")
    } else {
        (Words("gauge-quiet"), "chip")
    }
}

/// After the figure of a gauge.
pub fn of_cap(cap: u32) -> String {
    say!("of-cap", cap = cap)
}

/// The gauge in words.
pub fn gauge_words(gauge: &GaugeView) -> String {
    say!("gauge", busy = gauge.busy, cap = gauge.cap_per_second)
}

/// The line below a gauge; `since` is when it was paused.
pub fn gauge_line(gauge: &GaugeView, since: Option<&str>) -> String {
    if let (Some(pause), Some(since)) = (&gauge.pause, since) {
        return paused_by(&pause.by, since);
    }
    if !gauge.may_send {
        return match gauge.waiting {
            0 => Words("gauge-why").to_owned(),
            waiting => say!("gauge-waits-and-why", count = waiting),
        };
    }
    if let Some(waits) = gauge.waits_ms {
        return say!("gauge-patience", time = &about(waits));
    }
    if gauge.pace_per_second < gauge.cap_per_second {
        return say!("gauge-slower", pace = gauge.pace_per_second);
    }
    match (gauge.waiting, gauge.done_in_ms) {
        (0, _) => Words("gauge-nothing").to_owned(),
        (waiting, Some(done)) if done >= 1000 => say!("gauge-done-in", count = waiting, time = &about(done)),
        (waiting, _) => say!("gauge-waits", count = waiting),
    }
}

/// Who paused, and since when.
pub fn paused_by(who: &str, since: &str) -> String {
    say!("paused-by", who = who, since = since)
}

/// How many messages left.
pub fn sent_in_a_day(sent: u64) -> String {
    say!("sent-in-a-day", count = sent)
}

/// The accessible name of the way to the queue.
pub fn queue_label(waiting: u64, unknown: u64, is_paused: bool) -> String {
    let mut label = vec![QUEUE.to_owned()];
    if waiting > 0 {
        label.push(say!("queue-waiting", count = waiting));
    }
    if unknown > 0 {
        label.push(say!("queue-decisions", count = unknown));
    }
    if is_paused {
        label.push(Words("queue-paused").to_owned());
    }
    in_a_row(&label)
}

/// A duration of the future: `0.4 s`, `12 s`, `4 min`, `2 h 10 min`.
pub fn about(ms: u64) -> String {
    let seconds = ms.div_ceil(1000);
    let tenths = ms.div_ceil(100).max(1);
    match ms {
        0..9_950 => say!("seconds-short", seconds = &format!("{}.{}", tenths / 10, tenths % 10)),
        9_950..60_000 => say!("seconds-short", seconds = seconds),
        60_000..3_600_000 => say!("minutes-short", minutes = seconds.div_ceil(60)),
        _ => say!(
            "hours-and-minutes-short",
            hours = seconds / 3600,
            minutes = seconds % 3600 / 60
        ),
    }
}

/// Why a message waits and how long, in a few words.
pub fn wait(item: &WaitingView) -> String {
    if let Some(pause) = &item.pause {
        return say!("wait-paused-by", who = &pause.by);
    }
    let time = item.leaves_in_ms.map(about);
    let why = match item.wait {
        Wait::OnTheWire => return SENDING_NOW.to_owned(),
        Wait::Turn => return time.unwrap_or_else(|| CANNOT_TELL.to_owned()),
        Wait::Paused | Wait::Held => return PAUSED.to_owned(),
        Wait::BehindHeld => return Words("wait-behind-paused").to_owned(),
        Wait::NumberCannot => return Words("wait-number-cannot").to_owned(),
        Wait::Upload => return Words("wait-upload").to_owned(),
        Wait::Unknown => return super::NOT_SURE.to_owned(),
        Wait::Earlier => Words("wait-earlier"),
        Wait::SamePerson => Words("wait-same-person"),
        Wait::Doubt => Words("wait-doubt"),
        Wait::Retry => Words("wait-slowed-down"),
    };
    match time {
        Some(time) => in_a_row(&[time, why.to_owned()]),
        None => why.to_owned(),
    }
}

/// The same in a sentence, for hovering.
pub const fn wait_explained(wait: Wait) -> Words {
    match wait {
        Wait::OnTheWire => Words("wait-explained-on-the-wire"),
        Wait::Turn => Words("wait-explained-turn"),
        Wait::Earlier => Words("wait-explained-earlier"),
        Wait::SamePerson => Words("wait-explained-same-person"),
        Wait::Doubt => Words("wait-explained-doubt"),
        Wait::Upload => Words("wait-explained-upload"),
        Wait::Retry => Words("wait-explained-retry"),
        Wait::Paused => Words("wait-explained-paused"),
        Wait::Held => Words("wait-explained-held"),
        Wait::BehindHeld => Words("wait-explained-behind-held"),
        Wait::NumberCannot => Words("wait-explained-number-cannot"),
        Wait::Unknown => Words("wait-explained-unknown"),
    }
}

/// Below a bubble that waits.
pub fn queued_in_line(item: &WaitingView) -> Option<String> {
    if item.pause.is_some() {
        return Some(Words("queued-held").to_owned());
    }
    match (item.wait, item.leaves_in_ms) {
        (Wait::Paused, _) => Some(Words("queued-paused").to_owned()),
        (Wait::BehindHeld, _) => Some(Words("queued-behind-held").to_owned()),
        (Wait::NumberCannot, _) => Some(Words("queued-number-cannot").to_owned()),
        (Wait::Upload, _) => Some(Words("queued-upload").to_owned()),
        (wait, Some(ms)) if ms > 2000 => {
            let (place, time) = (ordinal(item.place), about(ms));
            let why = match wait {
                Wait::SamePerson => Words("wait-same-person"),
                Wait::Doubt => Words("wait-doubt"),
                Wait::Retry => Words("wait-slowed-down"),
                _ => return Some(say!("queued-in-line", place = &place, time = &time)),
            };
            Some(say!("queued-in-line-because", place = &place, time = &time, why = why))
        }
        _ => None,
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(place: u64) -> String {
    say!("ordinal", place = place)
}

/// The button that takes one message back.
pub fn cancel_to(name: &str) -> String {
    say!("cancel-to", name = name)
}

/// The button that stops one message.
pub fn pause_to(name: &str) -> String {
    say!("pause-to", name = name)
}

/// The button that lets one message go on.
pub fn resume_to(name: &str) -> String {
    say!("resume-to", name = name)
}

/// The button that shows what is folded away.
pub fn show_all(count: u64) -> String {
    say!("show-all-of", count = count)
}

/// The button that sends one message again.
pub fn retry_to(name: &str) -> String {
    say!("retry-to", name = name)
}

/// Before a lane is taken back.
pub fn cancel_lane(waiting: u64) -> String {
    say!("cancel-lane", count = waiting)
}

/// Before a group of failures is sent again.
pub fn retry_group(count: u64) -> String {
    say!("retry-group", count = count)
}

/// When a message is sent.
pub fn scheduled_for(when: &str) -> String {
    say!("scheduled-for", when = when)
}

/// While a reply can be taken back.
pub fn leaves_in(ms: i64) -> String {
    say!("leaves-in", seconds = (ms.max(0) + 999) / 1000)
}

/// A choice of the time to undo.
pub fn undo_choice(ms: u32) -> String {
    match ms {
        0 => Words("undo-off").to_owned(),
        ms => say!("seconds-short", seconds = ms / 1000),
    }
}

/// What helps against a group of failures.
pub fn group_remedy(code: Option<i64>, was_taken: bool) -> String {
    let remedy = code.map_or(Remedy::TryAgain, twinbox_domain::remedy);
    let words = match super::what_helps(remedy) {
        Some(_) if was_taken && matches!(remedy, Remedy::TryAgain | Remedy::Wait) => Words("write-anew"),
        Some(helps) => helps,
        None => Words("nothing-helps"),
    };
    words.to_owned()
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
    fn one_message_needs_a_decision_and_several_need_one() {
        let label = |unknown| queue_label(0, unknown, false);
        assert_eq!(
            [1, 2].map(label),
            ["Queue, 1 needs a decision", "Queue, 2 need a decision"]
        );
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
        assert_eq!(group_remedy(Some(131_056), true), "Write to them anew.");
        assert_eq!(group_remedy(Some(131_050), false), "Nothing helps.");
        assert_eq!(group_remedy(None, false), "Send it again.");
    }
}
