//! Times and days in the words of this window; the order of digits and the hours of a day are those of the system. The only
//! reader of the clock.

use crate::locale::{language, system_language};
use crate::text;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::OnceCell;
use twinbox_domain::{Day, Millis};
use wasm_bindgen::JsValue;

/// An hour, in milliseconds.
pub const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

thread_local! {
    static TIME: OnceCell<Function> = const { OnceCell::new() };
    static WEEKDAY: OnceCell<Function> = const { OnceCell::new() };
    static SHORT_DATE: OnceCell<Function> = const { OnceCell::new() };
    static DAY: OnceCell<Function> = const { OnceCell::new() };
    static DAY_OF_YEAR: OnceCell<Function> = const { OnceCell::new() };
    static LONG_WEEKDAY: OnceCell<Function> = const { OnceCell::new() };
    static LONG_DATE: OnceCell<Function> = const { OnceCell::new() };
}

/// The time now.
pub fn now() -> Millis {
    Millis(Date::now() as i64)
}

/// `14:31` or `2:31 PM`, as short as the system writes it.
pub fn time(at: Millis) -> String {
    TIME.with(|cell| {
        let formatter = || {
            let style = ("timeStyle", "short");
            let system = formatter(&system_language(), &[style]).resolved_options();
            let hours = Reflect::get(&system, &JsValue::from_str("hourCycle"));
            match hours.ok().and_then(|hours| hours.as_string()) {
                Some(hours) => formatter(&language(), &[style, ("hourCycle", &hours)]),
                None => formatter(&language(), &[style]),
            }
        };
        written(cell.get_or_init(|| formatter().format()), at)
    })
}

/// The time of a message of today, the day of an older one: as short as a row of the list allows.
pub fn row_time(at: Millis, now: Millis) -> String {
    match days_ago(at, now) {
        ..=0 => time(at),
        1 => text::YESTERDAY.to_owned(),
        2..7 => WEEKDAY.with(|cell| write(cell, &[("weekday", "short")], at)),
        _ => short_date(at),
    }
}

/// A day in the thread: `Monday, November 9`, with its year unless that is now.
pub fn day(at: Millis, now: Millis) -> String {
    match days_ago(at, now) {
        0 => text::TODAY.to_owned(),
        1 => text::YESTERDAY.to_owned(),
        _ => {
            let fields = [
                ("weekday", "long"),
                ("month", "long"),
                ("day", "numeric"),
                ("year", "numeric"),
            ];
            if js_date(at).get_full_year() == js_date(now).get_full_year() {
                DAY.with(|cell| write(cell, fields.get(..3).unwrap_or(&fields), at))
            } else {
                DAY_OF_YEAR.with(|cell| write(cell, &fields, at))
            }
        }
    }
}

/// `Thursday`.
pub fn weekday(at: Millis) -> String {
    LONG_WEEKDAY.with(|cell| write(cell, &[("weekday", "long")], at))
}

/// `November 9, 2026`.
pub fn date(at: Millis) -> String {
    LONG_DATE.with(|cell| {
        let fields = [("day", "numeric"), ("month", "long"), ("year", "numeric")];
        write(cell, &fields, at)
    })
}

/// Date and time, for hovering.
pub fn date_and_time(at: Millis) -> String {
    text::in_a_row(&[date(at), time(at)])
}

/// Day and time.
pub fn day_and_time(at: Millis, now: Millis) -> String {
    text::in_a_row(&[day(at, now), time(at)])
}

/// When a day begins on this computer, or the one so many days later.
pub fn start_of(day: Day, later: i32) -> Millis {
    let (month, date) = (i32::from(day.month) - 1, i32::from(day.day) + later);
    Millis(Date::new_with_year_month_day(day.year.into(), month, date).get_time() as i64)
}

/// A time as an input for date and time gives it, `2026-11-30T09:00`, on this computer's clock; `None`: it is none.
pub fn typed_time(text: &str) -> Option<Millis> {
    let ms = Date::parse(&text.trim().replace(' ', "T"));
    (ms.is_finite() && text.contains(':')).then_some(Millis(ms as i64))
}

/// So many days ahead at this hour, on this computer's clock.
pub fn ahead_at(days: u32, hour: u32) -> Millis {
    let date = js_date(now());
    date.set_date(date.get_date() + days);
    date.set_hours(hour);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    Millis(date.get_time() as i64)
}

/// The calendar month so many months ago on this computer's clock: when it began, and when the next one did.
pub fn month(ago: i32) -> (Millis, Millis) {
    let date = js_date(now());
    let (year, month) = (date.get_full_year(), date.get_month() as i32);
    let first = |month| Millis(Date::new_with_year_month_day(year, month, 1).get_time() as i64);
    (first(month - ago), first(month - ago + 1))
}

/// `2026-04-01`, in UTC.
pub fn iso_day(at: Millis) -> String {
    let text = String::from(js_date(at).to_iso_string());
    text.get(..10).map(str::to_owned).unwrap_or_default()
}

/// The day so many days before this time.
pub fn days_before(at: Millis, days: u16) -> Day {
    let date = js_date(at.plus_ms(-DAY_MS * i64::from(days)));
    Day {
        year: u16::try_from(date.get_full_year()).unwrap_or_default(),
        month: u8::try_from(date.get_month() + 1).unwrap_or_default(),
        day: u8::try_from(date.get_date()).unwrap_or_default(),
    }
}

/// A day that was typed, as short as the system writes it.
pub fn typed_day(day: Day) -> String {
    short_date(start_of(day, 0))
}

fn short_date(at: Millis) -> String {
    SHORT_DATE.with(|cell| {
        let fields = [("dateStyle", "short")];
        let formatter = cell.get_or_init(|| {
            let system = formatter(&system_language(), &fields).format();
            // A few have words in them, which are not of this window.
            match written(&system, at).chars().any(char::is_alphabetic) {
                true => formatter(&language(), &fields).format(),
                false => system,
            }
        });
        let date = written(formatter, at);
        match text::is_right_to_left() {
            true => date,
            // What Arabic puts between the digits would turn them around here.
            false => date.replace('\u{200F}', ""),
        }
    })
}

/// The same inside a sentence: `tomorrow, 12:17`.
pub fn day_and_time_in_sentence(at: Millis, now: Millis) -> String {
    let day = match days_ago(at, now) {
        -1 => text::TOMORROW_IN_SENTENCE.to_owned(),
        0 => text::TODAY_IN_SENTENCE.to_owned(),
        1 => text::YESTERDAY_IN_SENTENCE.to_owned(),
        _ => day(at, now),
    };
    text::in_a_row(&[day, time(at)])
}

/// Since when something is, inside a sentence: the time alone for today.
pub fn since(at: Millis, now: Millis) -> String {
    match days_ago(at, now) {
        0 => time(at),
        _ => day_and_time_in_sentence(at, now),
    }
}

/// Counts the days of this computer's calendar: equal for two times of the same day.
pub fn day_number(at: Millis) -> i64 {
    let date = js_date(at);
    let offset_ms = date.get_timezone_offset() as i64 * 60_000;
    at.plus_ms(-offset_ms).0.div_euclid(DAY_MS)
}

fn days_ago(at: Millis, now: Millis) -> i64 {
    day_number(now) - day_number(at)
}

fn js_date(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

fn write(cell: &OnceCell<Function>, fields: &[(&str, &str)], at: Millis) -> String {
    written(cell.get_or_init(|| formatter(&language(), fields).format()), at)
}

fn written(formatter: &Function, at: Millis) -> String {
    let text = formatter.call1(&JsValue::UNDEFINED, &js_date(at));
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn formatter(language: &str, fields: &[(&str, &str)]) -> Intl::DateTimeFormat {
    let options = Object::new();
    // Months as the engine counts them, and digits as everything else here has them.
    let always = [("calendar", "gregory"), ("numberingSystem", "latn")];
    for (field, value) in fields.iter().chain(&always) {
        // Setting a field of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(field), &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(language)), &options)
}
