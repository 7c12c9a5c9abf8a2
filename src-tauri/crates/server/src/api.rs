//! What UIs ask for: requests and events, both behind a bearer token.

use crate::{door::Key, files, router::App};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequestParts, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{
        IntoResponse, Response,
        sse::{self, KeepAlive, Sse},
    },
};
use futures_util::stream;
use std::{convert::Infallible, pin::pin, time::Duration};
use twinbox_domain::{MessageId, Seq};
use twinbox_protocol::{ApiError, Caller, ErrorCode, FileSize, Request, Role};

/// How soon whoever was removed hears nothing more, when there is nothing to be told anyway.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Proof that the request carried a token: whose it is.
pub(crate) struct SignedIn(Caller, Key);

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiAnswer;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let header = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let opened = app.door.opens(header).map_err(|error| {
            tracing::error!(%error, "nobody but the owner can come in: the file people cannot be read");
            // Not that the token is wrong: a window would ask for one that was told once.
            ApiError::unavailable("Twinbox cannot tell who you are right now.")
        });
        let nobody = || ApiError::new(ErrorCode::Unauthorized, "Sign in with the access token.");
        let (user, key) = opened.and_then(|opened| opened.ok_or_else(nobody)).map_err(ApiAnswer)?;
        let caller = Caller {
            user,
            role: Role::Admin,
            client: "http".to_owned(),
        };
        Ok(Self(caller, key))
    }
}

/// An [`ApiError`] as HTTP.
pub(crate) struct ApiAnswer(ApiError);

impl IntoResponse for ApiAnswer {
    fn into_response(self) -> Response {
        let status = match self.0.code {
            ErrorCode::Invalid => StatusCode::BAD_REQUEST,
            ErrorCode::Unauthorized => StatusCode::UNAUTHORIZED,
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::Conflict => StatusCode::CONFLICT,
            ErrorCode::WindowClosed => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, axum::Json(self.0)).into_response()
    }
}

/// `POST /api/call`: a [`Request`] as JSON, answered with its reply as JSON.
pub(crate) async fn call(
    State(app): State<App>,
    SignedIn(caller, _): SignedIn,
    body: Bytes,
) -> Result<impl IntoResponse, ApiAnswer> {
    let request: Request = serde_json::from_slice(&body)
        .map_err(|error| ApiAnswer(ApiError::new(ErrorCode::Invalid, format!("not a request: {error}"))))?;
    let reply = app.engine.dispatch(&caller, request).await.map_err(ApiAnswer)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], reply))
}

/// `POST /api/upload`: the bytes of a file to be sent, answered with an [`UploadedFile`](twinbox_protocol::UploadedFile).
pub(crate) async fn upload(
    State(app): State<App>,
    SignedIn(..): SignedIn,
    body: Body,
) -> Result<impl IntoResponse, ApiAnswer> {
    let uploaded = app.engine.take_file(body.into_data_stream()).await;
    uploaded.map(axum::Json).map_err(ApiAnswer)
}

/// `GET /api/media/{message}`: the file of a message, as its thumbnail with `?size=thumbnail`, or the part of it
/// that `Range` asks for.
pub(crate) async fn media(
    State(app): State<App>,
    SignedIn(..): SignedIn,
    Path(message): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiAnswer> {
    let message: MessageId = message
        .parse()
        .map_err(|_| ApiAnswer(ApiError::new(ErrorCode::Invalid, "That is no message.")))?;
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let answer = files::file_of(&app.engine, message, FileSize::from_query(query.as_deref()), range)
        .await
        .map_err(ApiAnswer)?;
    Ok((answer.status, answer.headers, Body::from_stream(answer.body.pieces())).into_response())
}

/// `GET /api/events`: server-sent events after `Last-Event-ID`, or from now on, as long as the token opens.
pub(crate) async fn events(
    State(app): State<App>,
    SignedIn(_, key): SignedIn,
    headers: HeaderMap,
) -> impl IntoResponse {
    let since = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse::<Seq>().ok());
    let begin = (app.engine.events(since), app.door);
    let stream = stream::unfold(begin, move |(mut events, door)| async move {
        let event = next_event(events.next(), LOOK_AGAIN, || door.still_opens(&key)).await?;
        let sent = sse::Event::default().id(event.seq.to_string()).json_data(&event);
        let sent = sent.unwrap_or_else(|error| {
            tracing::error!(%error, "an event cannot be written as JSON");
            sse::Event::default().comment("an event was lost")
        });
        Some((Ok::<_, Infallible>(sent), (events, door)))
    });
    let events = Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    // nginx gathers what it passes on until a buffer is full, unless it is asked not to (`ngx_http_proxy_module`,
    // `proxy_buffering`): an event would wait for others.
    ([("x-accel-buffering", "no")], events)
}

/// The next event, or the end for whoever was removed meanwhile, which is looked at `every` so often.
async fn next_event<E>(
    next: impl Future<Output = Option<E>>,
    every: Duration,
    may_hear: impl Fn() -> bool,
) -> Option<E> {
    // Looking does not begin anew what takes longer to be read.
    let mut next = pin!(next);
    loop {
        tokio::select! {
            event = &mut next => return event.filter(|_| may_hear()),
            () = tokio::time::sleep(every) => if !may_hear() { return None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::Cell, future::pending};
    use tokio::time::{sleep, timeout};

    const SOON: Duration = Duration::from_secs(10);

    #[tokio::test]
    async fn an_event_that_is_read_for_longer_than_nobody_looks_who_may_hear_it_is_delivered() {
        let slow = async {
            sleep(Duration::from_millis(50)).await;
            Some(1)
        };
        let next = next_event(slow, Duration::from_millis(1), || true);
        assert_eq!(timeout(SOON, next).await, Ok(Some(1)));
    }

    #[tokio::test]
    async fn whoever_was_removed_hears_nothing_more() {
        let looks = Cell::new(0);
        let may_hear = || looks.replace(looks.get() + 1) < 2;
        let next = next_event(pending::<Option<i32>>(), Duration::from_millis(1), may_hear);
        assert_eq!(timeout(SOON, next).await, Ok(None));
        assert_eq!(next_event(async { Some(1) }, SOON, || false).await, None);
    }
}
