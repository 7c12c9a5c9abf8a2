//! Ids in the shapes Meta gives them, and phone numbers reduced to digits.

use crate::stream::Stream;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use fastrand::Rng;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Country calling codes and their countries, as far as the simulated customers need them.
const COUNTRIES: [(&str, &str); 24] = [
    ("1", "US"),
    ("20", "EG"),
    ("33", "FR"),
    ("34", "ES"),
    ("353", "IE"),
    ("358", "FI"),
    ("380", "UA"),
    ("39", "IT"),
    ("40", "RO"),
    ("41", "CH"),
    ("43", "AT"),
    ("44", "GB"),
    ("46", "SE"),
    ("47", "NO"),
    ("48", "PL"),
    ("49", "DE"),
    ("52", "MX"),
    ("55", "BR"),
    ("61", "AU"),
    ("81", "JP"),
    ("84", "VN"),
    ("91", "IN"),
    ("962", "JO"),
    ("972", "IL"),
];

/// The digits of a phone number as people write it, with country code; also its `wa_id`.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The calling code and country `digits` begins with; the USA if it is none of [`COUNTRIES`].
pub(crate) fn country(digits: &str) -> (&'static str, &'static str) {
    COUNTRIES
        .into_iter()
        .filter(|(code, _)| digits.starts_with(code))
        .max_by_key(|(code, _)| code.len())
        .unwrap_or(("1", "US"))
}

/// The next message id of `stream`.
pub(crate) fn wamid(stream: &Stream, phone: Option<&str>) -> String {
    wamid_from(&mut stream.draw(), phone)
}

/// A message id: what Meta packs into one is the other side's number and 9 random bytes.
pub(crate) fn wamid_from(random: &mut Rng, phone: Option<&str>) -> String {
    let number = phone.map_or_else(|| random_digits(random, 11), str::to_owned);
    let bytes: [u8; 9] = std::array::from_fn(|_| random.u8(..));
    let bytes = hex::encode_upper(bytes);
    let mut packed = vec![0x1c, 0x18, u8::try_from(number.len()).unwrap_or(u8::MAX)];
    packed.extend_from_slice(number.as_bytes());
    packed.extend_from_slice(&[0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
    packed.extend_from_slice(bytes.as_bytes());
    packed.push(0);
    format!("wamid.{}", STANDARD.encode(packed))
}

/// A business-scoped user id for a phone number or username, the same every time in that portfolio.
pub(crate) fn user_id(portfolio: u8, phone: Option<&str>, username: Option<&str>) -> String {
    hashed_user_id(portfolio, phone.unwrap_or("1"), phone.or(username).unwrap_or_default())
}

/// The business-scoped user id of a later owner of that number, from 1: ids do not pass on with a number.
pub(crate) fn later_user_id(portfolio: u8, phone: &str, owner: u32) -> String {
    hashed_user_id(portfolio, phone, &format!("{phone}/{owner}"))
}

fn hashed_user_id(portfolio: u8, phone: &str, who: &str) -> String {
    let (_, country) = country(phone);
    let who = match portfolio {
        0 => who.to_owned(),
        other => format!("{who}#{other}"),
    };
    // FNV-1a: stable over runs and releases, which the hashers of std do not promise.
    let hash = who.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{country}.{hash:020}")
}

/// The id of a medium or a template, 16 digits.
pub(crate) fn object_id(stream: &Stream) -> String {
    format!("1{}", random_digits(&mut stream.draw(), 15))
}

/// The id of a request: letters and digits.
pub(crate) fn request_id(stream: &Stream) -> String {
    let mut random = stream.draw();
    (0..32).map(|_| random.alphanumeric()).collect()
}

/// Letters and digits nobody can guess.
pub(crate) fn secret(length: usize) -> String {
    (0..length).map(|_| fastrand::alphanumeric()).collect()
}

/// The phone number that is packed into a message id.
pub(crate) fn phone_in(wamid: &str) -> Option<String> {
    let packed = STANDARD.decode(wamid.strip_prefix("wamid.")?).ok()?;
    packed
        .split(|byte| !byte.is_ascii_digit())
        .find(|digits| digits.len() >= 7)
        .and_then(|digits| String::from_utf8(digits.to_vec()).ok())
}

/// Digits as Graph displays a number: "+1 555-078-3881" where the country is known to group so, else "+49 1511234567".
pub(crate) fn written(digits: &str) -> String {
    let (code, _) = country(digits);
    let rest = digits.strip_prefix(code).unwrap_or(digits);
    match (code, rest.split_at_checked(3)) {
        ("1", Some((area, local))) => match local.split_at_checked(3) {
            Some((first, last)) => format!("+1 {area}-{first}-{last}"),
            None => format!("+1 {rest}"),
        },
        _ => format!("+{code} {rest}"),
    }
}

/// Unix seconds as Graph writes a time: "2026-02-04T10:11:12+0000".
pub(crate) fn graph_time(unix_seconds: u64) -> String {
    let (days, second) = (unix_seconds / 86_400, unix_seconds % 86_400);
    // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days, for days after 1970.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+0000")
}

/// The `fbtrace_id` of an error.
pub(crate) fn trace_id() -> String {
    let bytes: [u8; 15] = std::array::from_fn(|_| fastrand::u8(..));
    format!("A{}", STANDARD.encode(bytes).replace(['+', '/'], "_"))
}

/// The present as webhooks count it.
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO)
        .as_secs()
}

fn random_digits(random: &mut Rng, count: usize) -> String {
    (0..count).map(|_| random.digit(10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_looks_like_one_of_metas() {
        let wamid = wamid(&Stream::of(1, 1), Some("16505551234"));
        // The last letter before the random ones depends on them.
        assert!(wamid.starts_with("wamid.HBgLMTY1MDU1NTEyMzQVAgARGB"), "{wamid}");
        assert_eq!(phone_in(&wamid).as_deref(), Some("16505551234"));
        assert_eq!(phone_in("wamid.unheard-of"), None);
    }

    #[test]
    fn numbers_and_times_are_written_as_graph_does() {
        assert_eq!(written("15550783881"), "+1 555-078-3881");
        assert_eq!(written("4915112345678"), "+49 15112345678");
        assert_eq!(graph_time(1_770_199_872), "2026-02-04T10:11:12+0000");
        assert_eq!(graph_time(1_709_164_800), "2024-02-29T00:00:00+0000");
    }

    #[test]
    fn a_user_id_carries_the_country_and_stays_the_same() {
        let id = user_id(0, Some("4915112345678"), None);
        assert!(id.starts_with("DE."), "{id}");
        assert_eq!(id, user_id(0, Some("4915112345678"), Some("later")));
        assert_ne!(id, user_id(1, Some("4915112345678"), None), "in another portfolio");
    }
}
