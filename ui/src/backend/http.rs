//! A browser: `POST /api/call`, `POST /api/upload` and the stream of `GET /api/events`, all with an access token.

use super::server_sent::ServerSent;
use super::{ANSWER, Ended, Heard, within};
use crate::text;
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use std::time::Duration;
use twinbox_domain::{MessageId, Seq};
use twinbox_protocol::{ApiError, ErrorCode, FileSize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, File, ReadableStreamDefaultReader, RequestInit, Response};

/// Where this tab keeps the access token; it is gone when the tab is.
const TOKEN: &str = "twinbox.token";

/// The server says something at least every 15 seconds; a stream silent for longer than this is dead.
const SILENCE: Duration = Duration::from_secs(45);

/// Keeps an access token for this tab.
pub fn keep_token(token: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        // Without storage the token is asked for again after a reload.
        let _ = storage.set_item(TOKEN, token);
    }
}

/// The token of this tab. One in the address (`#token=..`) is taken over and removed from the address bar.
fn token() -> Option<String> {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    if let Some(token) = hash.strip_prefix("#token=") {
        keep_token(token);
        let clean = location.pathname().unwrap_or_else(|_| "/".to_owned());
        if let Ok(history) = window().history() {
            // Then it stays in the address bar of this tab only.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&clean));
        }
        return Some(token.to_owned());
    }
    window().session_storage().ok()??.get_item(TOKEN).ok()?
}

/// One request.
pub async fn call(json: &str) -> Result<Vec<u8>, ApiError> {
    post("/api/call", &JsValue::from_str(json), "application/json").await
}

/// The bytes of a file.
pub async fn upload(file: &File) -> Result<Vec<u8>, ApiError> {
    post("/api/upload", file, "application/octet-stream").await
}

async fn post(url: &str, body: &JsValue, content_type: &str) -> Result<Vec<u8>, ApiError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(body);
    let response = fetch(url, &init, &[("Content-Type", content_type)])
        .await
        .map_err(|_| unreachable())?;
    let body = match response.array_buffer() {
        Ok(promise) => JsFuture::from(promise).await.map_err(|_| unreachable())?,
        Err(_) => return Err(unreachable()),
    };
    let body = Uint8Array::new(&body).to_vec();
    if response.ok() {
        return Ok(body);
    }
    Err(
        serde_json::from_slice(&body).unwrap_or_else(|_| match response.status() {
            401 => ApiError::new(ErrorCode::Unauthorized, text::SIGN_IN_AGAIN),
            status => ApiError::unavailable(text::server_answered(status)),
        }),
    )
}

/// The file of a message, or its thumbnail.
pub async fn file(message: MessageId, size: FileSize) -> Result<Response, JsValue> {
    fetch(
        &format!("/api/media/{message}{}", size.as_query()),
        &RequestInit::new(),
        &[],
    )
    .await
}

/// Listens until the stream ends. Also says whether it was ever open.
pub async fn listen(since: Seq, heard: impl Fn(Heard)) -> (Ended, bool) {
    let Ok(abort) = AbortController::new() else {
        return (Ended::Lost, false);
    };
    let init = RequestInit::new();
    init.set_signal(Some(&abort.signal()));
    let since = since.to_string();
    let headers = [("Accept", "text/event-stream"), ("Last-Event-ID", since.as_str())];
    let response = match within(ANSWER, fetch("/api/events", &init, &headers)).await {
        Some(Ok(response)) if response.ok() => response,
        Some(Ok(response)) if response.status() == 401 => return (Ended::SignedOut, false),
        _ => {
            abort.abort();
            return (Ended::Lost, false);
        }
    };
    let reader = response.body().map(|body| body.get_reader());
    let Some(Ok(reader)) = reader.map(JsCast::dyn_into::<ReadableStreamDefaultReader>) else {
        return (Ended::Lost, false);
    };
    heard(Heard::Online);
    let mut stream = ServerSent::default();
    while let Some(bytes) = next(&reader).await {
        let events = stream.push(&bytes).into_iter();
        events.for_each(|data| heard(serde_json::from_slice(data.as_bytes()).map_or(Heard::Unreadable, Heard::Event)));
    }
    abort.abort();
    (Ended::Lost, true)
}

/// The next bytes of a stream; `None` when it has ended, broken, or gone silent.
async fn next(reader: &ReadableStreamDefaultReader) -> Option<Vec<u8>> {
    let result = within(SILENCE, JsFuture::from(reader.read())).await?.ok()?;
    if Reflect::get(&result, &"done".into()).ok()?.is_truthy() {
        return None;
    }
    let value = Reflect::get(&result, &"value".into()).ok()?;
    Some(Uint8Array::new(&value).to_vec())
}

async fn fetch(url: &str, init: &RequestInit, headers: &[(&str, &str)]) -> Result<Response, JsValue> {
    let request = web_sys::Request::new_with_str_and_init(url, init)?;
    for (name, value) in headers {
        request.headers().set(name, value)?;
    }
    if let Some(token) = token() {
        request.headers().set("Authorization", &format!("Bearer {token}"))?;
    }
    JsFuture::from(window().fetch_with_request(&request)).await?.dyn_into()
}

fn unreachable() -> ApiError {
    ApiError::unavailable(text::SERVER_UNREACHABLE)
}
