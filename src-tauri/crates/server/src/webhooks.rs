//! Meta's door: the verification challenge and signed deliveries.

use crate::router::App;
use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use std::time::Duration;
use tokio::time::timeout;
use twinbox_engine::{RawDelivery, ReceiveError};

/// Larger bodies, pieces of a history, are taken [`LARGE_AT_ONCE`] at a time: a whole history may be posted at once.
const LARGE: u64 = 64 * 1024;
pub(crate) const LARGE_AT_ONCE: usize = 2;
/// One that takes longer to arrive gives up its turn.
const LONGEST_READ: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
pub(crate) struct Challenge {
    #[serde(rename = "hub.mode", default)]
    mode: String,
    #[serde(rename = "hub.verify_token", default)]
    verify_token: String,
    #[serde(rename = "hub.challenge", default)]
    challenge: String,
}

/// Meta checks the address: the right token is answered with the challenge (Meta, "Create a webhook endpoint").
pub(crate) async fn challenge(State(app): State<App>, Query(asked): Query<Challenge>) -> Result<String, StatusCode> {
    if asked.mode == "subscribe" && app.engine.is_verify_token(&asked.verify_token) {
        Ok(asked.challenge)
    } else {
        Err(StatusCode::FORBIDDEN)
    }
}

/// A delivery. 200 only once its raw body is on disk; Meta repeats anything else.
pub(crate) async fn deliver(State(app): State<App>, request: Request) -> Response {
    let is_large = request.body().size_hint().upper().is_none_or(|bytes| bytes > LARGE);
    // Until it is on disk. Nobody closes the semaphore.
    let _turn = if is_large {
        app.large_webhooks.acquire().await.ok()
    } else {
        None
    };
    let signature = request
        .headers()
        .get("x-hub-signature-256")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let body = match timeout(LONGEST_READ, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body.into(),
        Ok(Err(rejection)) => return rejection.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let delivery = RawDelivery {
        body,
        signature,
        received_at: twinbox_engine::now(),
    };
    match app.engine.receive(delivery).await {
        Ok(()) => StatusCode::OK,
        Err(ReceiveError::Refused(_)) => StatusCode::UNAUTHORIZED,
        Err(error @ (ReceiveError::NotSetUp | ReceiveError::Store(_))) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a webhook could not be taken");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
    .into_response()
}
