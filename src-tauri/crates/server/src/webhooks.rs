//! Meta's door: the verification challenge and signed deliveries.

use crate::router::App;
use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use twinbox_engine::{RawDelivery, ReceiveError};

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
pub(crate) async fn deliver(State(app): State<App>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let delivery = RawDelivery {
        body: body.into(),
        signature: headers
            .get("x-hub-signature-256")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
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
}
