//! Proof that a webhook comes from Meta: `X-Hub-Signature-256` is `sha256=` and the lower-case hex HMAC-SHA256 of the
//! raw body under the app secret (Meta, "Create a webhook endpoint", Feb 2026). Meta escapes the body before it signs,
//! so only the bytes as received count.

use crate::Secret;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use twinbox_domain::Millis;

/// A webhook as it came in. Nothing about it is believed.
pub struct RawDelivery {
    /// The bytes as received.
    pub body: Vec<u8>,
    /// The `X-Hub-Signature-256` header.
    pub signature: Option<String>,
    /// When it came in.
    pub received_at: Millis,
}

/// A webhook that Meta sent. Only [`verify`] makes one.
pub struct VerifiedDelivery {
    body: Vec<u8>,
    received_at: Millis,
}

impl VerifiedDelivery {
    /// The raw body and when it came in.
    pub fn into_parts(self) -> (Vec<u8>, Millis) {
        (self.body, self.received_at)
    }
}

/// Why a webhook is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// No signature header.
    #[error("the webhook has no signature")]
    Missing,
    /// Not `sha256=` and 64 lower-case hex digits.
    #[error("the webhook's signature is malformed")]
    Malformed,
    /// The body was not signed with our app secret.
    #[error("the webhook's signature is wrong")]
    Wrong,
}

/// Checks the signature, in constant time.
///
/// # Errors
/// [`BadSignature`] when there is any doubt.
pub fn verify(delivery: RawDelivery, secret: &Secret) -> Result<VerifiedDelivery, BadSignature> {
    let claimed = claimed(delivery.signature.as_deref())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).map_err(|_| BadSignature::Wrong)?;
    mac.update(&delivery.body);
    mac.verify_slice(&claimed).map_err(|_| BadSignature::Wrong)?;
    Ok(VerifiedDelivery {
        body: delivery.body,
        received_at: delivery.received_at,
    })
}

/// Whether the header is a signature at all: without one, a body need not be waited for.
///
/// # Errors
/// [`BadSignature`] when [`verify`] would refuse any body with it.
pub fn may_be_signed(signature: Option<&str>) -> Result<(), BadSignature> {
    claimed(signature).map(drop)
}

fn claimed(signature: Option<&str>) -> Result<Vec<u8>, BadSignature> {
    let header = signature.ok_or(BadSignature::Missing)?;
    let digits = header.strip_prefix("sha256=").ok_or(BadSignature::Malformed)?;
    if digits.len() != 64 || digits.bytes().any(|digit| digit.is_ascii_uppercase()) {
        return Err(BadSignature::Malformed);
    }
    hex::decode(digits).map_err(|_| BadSignature::Malformed)
}

/// The `X-Hub-Signature-256` of a body.
pub(crate) fn sign(body: &[u8], secret: &Secret) -> String {
    // HMAC takes keys of any length.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        return String::new();
    };
    format!("sha256={}", hex::encode(mac.chain_update(body).finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// HMAC-SHA256 of `{"a":"\u00e9"}` under `app-secret`, by `openssl dgst -sha256 -hmac app-secret`.
    const BODY: &[u8] = br#"{"a":"\u00e9"}"#;
    const SIGNATURE: &str = "272058dc9419fc90968501c0ae04277cea380c0a41e7db09884b00d6096e1693";

    fn check(signature: Option<&str>, body: &[u8]) -> Result<(), BadSignature> {
        let delivery = RawDelivery {
            body: body.to_vec(),
            signature: signature.map(str::to_owned),
            received_at: Millis(0),
        };
        verify(delivery, &Secret::new("app-secret")).map(drop)
    }

    #[test]
    fn a_body_signed_with_the_app_secret_is_accepted() {
        assert_eq!(check(Some(&format!("sha256={SIGNATURE}")), BODY), Ok(()));
        assert_eq!(sign(BODY, &Secret::new("app-secret")), format!("sha256={SIGNATURE}"));
    }

    #[test]
    fn anything_else_is_refused() {
        let upper = format!("sha256={}", SIGNATURE.to_uppercase());
        let wrong = format!("sha256={}", "0".repeat(64));
        let right = format!("sha256={SIGNATURE}");
        assert_eq!(check(None, BODY), Err(BadSignature::Missing));
        assert_eq!(check(Some(""), BODY), Err(BadSignature::Malformed));
        assert_eq!(check(Some(SIGNATURE), BODY), Err(BadSignature::Malformed));
        assert_eq!(check(Some(&upper), BODY), Err(BadSignature::Malformed));
        assert_eq!(check(Some("sha256=zz"), BODY), Err(BadSignature::Malformed));
        assert_eq!(check(Some(&wrong), BODY), Err(BadSignature::Wrong));
        assert_eq!(
            check(Some(&right), "{\"a\":\"é\"}".as_bytes()),
            Err(BadSignature::Wrong)
        );
    }
}
