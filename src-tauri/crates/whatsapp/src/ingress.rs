//! Trying out whether webhooks would arrive: what Meta does, done by ourselves over the public address.

use crate::answer::{LONGEST_ANSWER, exchange};
use crate::graph::builder;
use crate::{CallError, Secret, signature};
use std::time::Duration;

/// A webhook of Meta's envelope that says nothing.
const EMPTY: &str = r#"{"object":"whatsapp_business_account","entry":[]}"#;

/// What answered at the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IngressAnswer {
    /// As it should be.
    Right,
    /// Something answered, but not as this engine does.
    Other {
        /// Its HTTP status.
        http: u16,
    },
}

/// Asks `address` as Meta does when it verifies it (Meta, "Create a webhook endpoint", Feb 2026).
///
/// # Errors
/// See [`CallError`].
pub async fn try_challenge(
    address: &str,
    verify_token: &Secret,
    challenge: &str,
    time_out: Duration,
) -> Result<IngressAnswer, CallError> {
    let parameters = [
        ("hub.mode", "subscribe"),
        ("hub.challenge", challenge),
        ("hub.verify_token", verify_token.expose()),
    ];
    let Ok(address) = reqwest::Url::parse_with_params(address, parameters) else {
        return Err(CallError::Unreadable { http: 0 });
    };
    let (http, body) = send(|client| client.get(address), time_out).await?;
    Ok(match http {
        200 if body == challenge.as_bytes() => IngressAnswer::Right,
        _ => IngressAnswer::Other { http },
    })
}

/// Posts a signed webhook that says nothing to `address`. It is right when it was taken.
///
/// # Errors
/// See [`CallError`].
pub async fn try_delivery(address: &str, app_secret: &Secret, time_out: Duration) -> Result<IngressAnswer, CallError> {
    let signature = signature::sign(EMPTY.as_bytes(), app_secret);
    let post = |client: &reqwest::Client| {
        client
            .post(address)
            .header("content-type", "application/json")
            .header("x-hub-signature-256", signature)
            .body(EMPTY)
    };
    let (http, _) = send(post, time_out).await?;
    Ok(match http {
        200 => IngressAnswer::Right,
        _ => IngressAnswer::Other { http },
    })
}

async fn send(
    request: impl FnOnce(&reqwest::Client) -> reqwest::RequestBuilder,
    time_out: Duration,
) -> Result<(u16, Vec<u8>), CallError> {
    let client = builder().timeout(time_out).build()?;
    exchange(request(&client), LONGEST_ANSWER).await
}
