//! Ids in the shapes Meta gives them, and phone numbers reduced to digits.

use base64::{Engine as _, engine::general_purpose::STANDARD};
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

/// A message id: what Meta packs into one is the other side's number and 9 random bytes.
pub(crate) fn wamid(phone: Option<&str>) -> String {
    let number = phone.map_or_else(|| random_digits(11), str::to_owned);
    let random = hex::encode_upper(random_bytes(9));
    let mut packed = vec![0x1c, 0x18, u8::try_from(number.len()).unwrap_or(u8::MAX)];
    packed.extend_from_slice(number.as_bytes());
    packed.extend_from_slice(&[0x15, 0x02, 0x00, 0x11, 0x18, 0x12]);
    packed.extend_from_slice(random.as_bytes());
    packed.push(0);
    format!("wamid.{}", STANDARD.encode(packed))
}

/// A business-scoped user id for a phone number or username, the same every time.
pub(crate) fn user_id(phone: Option<&str>, username: Option<&str>) -> String {
    let (_, country) = country(phone.unwrap_or("1"));
    let who = phone.or(username).unwrap_or_default();
    // FNV-1a: stable over runs and releases, which the hashers of std do not promise.
    let hash = who.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{country}.{hash:020}")
}

/// The id of a medium, 16 digits.
pub(crate) fn media_id() -> String {
    format!("1{}", random_digits(15))
}

/// A SHA-256 as webhooks write it, in base64.
pub(crate) fn media_sha256() -> String {
    STANDARD.encode(random_bytes(32))
}

/// The `fbtrace_id` of an error.
pub(crate) fn trace_id() -> String {
    format!("A{}", STANDARD.encode(random_bytes(15)).replace(['+', '/'], "_"))
}

/// The present as webhooks count it.
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO)
        .as_secs()
}

fn random_digits(count: usize) -> String {
    (0..count).map(|_| fastrand::digit(10)).collect()
}

fn random_bytes(count: usize) -> Vec<u8> {
    (0..count).map(|_| fastrand::u8(..)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_looks_like_one_of_metas() {
        let wamid = wamid(Some("16505551234"));
        assert!(wamid.starts_with("wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI"), "{wamid}");
    }

    #[test]
    fn a_user_id_carries_the_country_and_stays_the_same() {
        let id = user_id(Some("4915112345678"), None);
        assert!(id.starts_with("DE."), "{id}");
        assert_eq!(id, user_id(Some("4915112345678"), Some("later")));
    }
}
