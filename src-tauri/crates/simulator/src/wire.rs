//! The bytes of a webhook and their signature.

use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::fmt::Write as _;

/// Writes `json` as Meta's webhooks do: compact, every character beyond ASCII as `\uxxxx` in lower-case hex (two of
/// them beyond the basic plane), and `/` as `\/`. These bytes are what is signed (Meta, Graph webhooks "Getting
/// started", 2026).
pub(crate) fn escaped(json: &Value) -> String {
    let plain = json.to_string();
    let mut escaped = String::with_capacity(plain.len() + plain.len() / 8);
    let mut units = [0_u16; 2];
    for character in plain.chars() {
        match character {
            '/' => escaped.push_str("\\/"),
            ascii if ascii.is_ascii() => escaped.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut units) {
                    // Writing to a String cannot fail.
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
    }
    escaped
}

/// The value of `X-Hub-Signature-256` for `body`.
pub(crate) fn signature(app_secret: &str, body: &[u8]) -> String {
    // HMAC takes keys of any length, so the error branch is never taken; an empty signature would be refused anyway.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// `text` for use in a query string.
pub(crate) fn percent_encoded(text: &str) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                encoded.push(char::from(byte));
            } else {
                let _ = write!(encoded, "%{byte:02X}");
            }
            encoded
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn other_scripts_emoji_and_slashes_are_escaped_as_meta_does() {
        let body = escaped(&json!({"text": "Zoë 🚲 https://a.b/c \"q\"\n"}));
        assert_eq!(body, r#"{"text":"Zo\u00eb \ud83d\udeb2 https:\/\/a.b\/c \"q\"\n"}"#);
    }

    #[test]
    fn the_signature_is_the_hmac_of_the_bytes() {
        // Computed with: printf '{"a":"\\u00eb"}' | openssl dgst -sha256 -hmac app-secret
        assert_eq!(
            signature("app-secret", br#"{"a":"\u00eb"}"#),
            "sha256=5865cd58f00b9f638ba08a40d2769e1843ff163101317dc5bba3b7765b404a9b"
        );
    }

    #[test]
    fn a_query_value_keeps_only_unreserved_characters() {
        assert_eq!(percent_encoded("a b&c/é"), "a%20b%26c%2F%C3%A9");
    }
}
