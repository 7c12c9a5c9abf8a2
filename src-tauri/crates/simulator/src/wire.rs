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
    let mut rest = plain.as_str();
    // Almost everything is plain ASCII, so it is copied run by run.
    while let Some(place) = rest.find(|character: char| character == '/' || !character.is_ascii()) {
        let (run, after) = rest.split_at(place);
        escaped.push_str(run);
        let mut characters = after.chars();
        match characters.next() {
            Some('/') => escaped.push_str("\\/"),
            Some(other) => {
                for unit in other.encode_utf16(&mut units) {
                    // Writing to a String cannot fail.
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
            None => {}
        }
        rest = characters.as_str();
    }
    escaped.push_str(rest);
    escaped
}

/// An app's secret, ready to sign.
#[derive(Clone)]
pub(crate) struct Signer {
    /// `None` never: HMAC takes keys of any length. An empty signature would be refused anyway.
    mac: Option<Hmac<Sha256>>,
}

impl Signer {
    /// Signs with `app_secret`.
    pub fn new(app_secret: &str) -> Self {
        Self {
            mac: Hmac::new_from_slice(app_secret.as_bytes()).ok(),
        }
    }

    /// The value of `X-Hub-Signature-256` for `body`.
    pub fn signature(&self, body: &[u8]) -> String {
        let Some(mut mac) = self.mac.clone() else {
            return String::new();
        };
        mac.update(body);
        format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
    }
}

/// The value of `X-Hub-Signature-256` for `body`.
pub(crate) fn signature(app_secret: &str, body: &[u8]) -> String {
    Signer::new(app_secret).signature(body)
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
