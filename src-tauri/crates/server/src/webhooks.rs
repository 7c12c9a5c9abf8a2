//! Meta's door: the verification challenge and signed deliveries.

use crate::router::App;
use axum::{
    body::{Body, HttpBody},
    extract::{Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use serde::Deserialize;
use std::{pin::pin, time::Duration};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{sleep, timeout},
};
use twinbox_engine::{RawDelivery, ReceiveError};

/// Meta sends at most 3 MB (Meta, "Webhooks overview"); a little more is taken.
const LONGEST: usize = 4 * 1024 * 1024;
/// Larger bodies, pieces of a history, are taken [`LARGE_AT_ONCE`] at a time: a whole history may be posted at once.
const LARGE: u64 = 64 * 1024;
const LARGE_AT_ONCE: usize = 2;
/// More large ones than this do not wait: Meta posts them again.
const LARGE_WAITING: usize = 256;
/// One that takes longer to arrive gives up its turn, and so does one that stalls for longer than [`STALL`], or comes slower
/// than [`SLOWEST`] bytes a second: nobody knows yet whose it is.
const LONGEST_READ: Duration = Duration::from_secs(30);
const STALL: Duration = Duration::from_secs(3);
const SLOWEST: u64 = 64 * 1024;

/// Turns of large bodies.
pub(crate) struct LargeBodies {
    turns: Semaphore,
    places: Semaphore,
}

impl Default for LargeBodies {
    fn default() -> Self {
        Self {
            turns: Semaphore::new(LARGE_AT_ONCE),
            places: Semaphore::new(LARGE_WAITING),
        }
    }
}

impl LargeBodies {
    /// Waits for a turn; `None`: too many wait.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let _place = self.places.try_acquire().ok()?;
        self.turns.acquire().await.ok()
    }
}

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
    let size = request.body().size_hint();
    if size.lower() > LONGEST as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let is_large = size.upper().is_none_or(|bytes| bytes > LARGE);
    let signature = request
        .headers()
        .get("x-hub-signature-256")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let body = request.into_body();
    // The turn lasts until it is on disk.
    let (_turn, body) = if is_large {
        if app.engine.may_receive(signature.as_deref()).is_err() {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let Some(turn) = app.large_webhooks.turn().await else {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        };
        (Some(turn), read(body, STALL).await)
    } else {
        (None, read(body, LONGEST_READ).await)
    };
    let body = match body {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
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

/// The whole body, unless it is too long, or comes too slowly.
async fn read(body: Body, stall: Duration) -> Result<Vec<u8>, StatusCode> {
    timeout(LONGEST_READ, read_at_pace(body, stall))
        .await
        .unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
}

async fn read_at_pace(body: Body, stall: Duration) -> Result<Vec<u8>, StatusCode> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    // What has come earns time for what follows.
    let mut patience = pin!(sleep(stall));
    loop {
        let chunk = tokio::select! {
            biased;
            chunk = timeout(stall, chunks.next()) => chunk.map_err(|_| StatusCode::REQUEST_TIMEOUT)?,
            () = &mut patience => return Err(StatusCode::REQUEST_TIMEOUT),
        };
        let Some(chunk) = chunk else {
            return Ok(bytes);
        };
        let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
        if bytes.len() + chunk.len() > LONGEST {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        bytes.extend_from_slice(&chunk);
        let earned = Duration::from_micros(chunk.len() as u64 * 1_000_000 / SLOWEST);
        let until = patience.deadline() + earned;
        patience.as_mut().reset(until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use futures_util::{FutureExt, stream};
    use std::convert::Infallible;

    const SHORT: Duration = Duration::from_millis(20);

    /// So many chunks of so many bytes, one every few milliseconds.
    fn trickle(chunks: usize, bytes: usize) -> Body {
        Body::from_stream(stream::iter(0..chunks).then(move |_| async move {
            sleep(SHORT / 4).await;
            Ok::<_, Infallible>(Bytes::from(vec![b' '; bytes]))
        }))
    }

    #[tokio::test]
    async fn a_body_that_stalls_or_trickles_is_not_waited_for() {
        let stalls = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        assert_eq!(read(stalls, SHORT).await, Err(StatusCode::REQUEST_TIMEOUT));
        assert_eq!(
            read(trickle(usize::MAX, 1), SHORT).await,
            Err(StatusCode::REQUEST_TIMEOUT)
        );
    }

    #[tokio::test]
    async fn a_body_that_keeps_coming_is_read_to_its_end_unless_it_is_too_long() {
        let comes = read(trickle(20, 64 * 1024), SHORT).await;
        assert_eq!(comes.map(|bytes| bytes.len()), Ok(20 * 64 * 1024));
        let too_long = read(Body::from(vec![b' '; LONGEST + 1]), SHORT).await;
        assert_eq!(too_long, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }

    #[tokio::test]
    async fn only_so_many_large_bodies_wait_for_their_turn() {
        let bodies = LargeBodies::default();
        let mut taken = Vec::new();
        for _ in 0..LARGE_AT_ONCE {
            taken.push(bodies.turn().await);
        }
        let mut waiting: Vec<_> = (0..LARGE_WAITING).map(|_| Box::pin(bodies.turn())).collect();
        for place in &mut waiting {
            assert!(place.now_or_never().is_none(), "it waits");
        }
        assert!(bodies.turn().await.is_none(), "too many");
        waiting.pop();
        assert!(bodies.turn().now_or_never().is_none(), "it waits");
    }
}
