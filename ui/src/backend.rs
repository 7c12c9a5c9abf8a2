//! The way to the engine: Tauri's IPC inside the desktop shell, HTTP in a browser. The JSON is the same.

mod http;
mod reorder;
mod server_sent;
mod tauri;

pub use http::keep_token;

use std::time::Duration;
use twinbox_domain::Seq;
use twinbox_protocol::{ApiError, Call, ErrorCode, Event, Request};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// How the engine is reached.
#[derive(Clone, Copy, Debug)]
pub enum Backend {
    /// In the window of the desktop shell.
    Tauri,
    /// In a browser, from `twinbox-server`.
    Http,
}

/// What listening brings.
#[derive(Debug)]
pub enum Heard {
    /// The stream of events is open.
    Online,
    /// It is not, and is tried again.
    Offline,
    /// It will not open without a token that is accepted. Listening has ended.
    SignedOut,
    /// Something changed.
    Event(Event),
}

/// Why a stream of events has ended.
enum Ended {
    /// Try again.
    Lost,
    /// The token is not accepted.
    SignedOut,
}

/// Waits between two tries to listen, growing from the first to the last.
const WAITS_MS: [u64; 5] = [500, 1000, 2000, 5000, 10_000];

impl Backend {
    /// The one this page can use.
    pub fn detect() -> Self {
        if tauri::is_here() { Self::Tauri } else { Self::Http }
    }

    /// Asks the engine.
    pub async fn call<C: Call>(self, call: C) -> Result<C::Reply, ApiError> {
        let request: Request = call.into();
        let json = serde_json::to_string(&request).map_err(|error| unreadable(&error))?;
        let reply = match self {
            Self::Tauri => tauri::call(&json).await?,
            Self::Http => http::call(&json).await?,
        };
        serde_json::from_slice(&reply).map_err(|error| unreadable(&error))
    }

    /// Listens until signed out, reconnecting by itself. `since` tells where to go on.
    pub async fn listen(self, since: impl Fn() -> Seq, heard: impl Fn(Heard) + Clone + 'static) {
        let mut failures = 0_usize;
        loop {
            let ended = match self {
                Self::Tauri => tauri::listen(since(), heard.clone()).await,
                Self::Http => http::listen(since(), heard.clone()).await,
            };
            match ended {
                (Ended::SignedOut, _) => return heard(Heard::SignedOut),
                (Ended::Lost, was_open) => failures = if was_open { 0 } else { failures + 1 },
            }
            heard(Heard::Offline);
            let wait_ms = WAITS_MS.get(failures).or(WAITS_MS.last()).copied().unwrap_or(1000);
            sleep(Duration::from_millis(wait_ms)).await;
        }
    }
}

/// Waits.
pub async fn sleep(time: Duration) {
    // A promise that is only ever resolved.
    let _ = JsFuture::from(timer(time)).await;
}

fn timer(time: Duration) -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, _| {
        let wake = Closure::once_into_js(move || resolve.call0(&JsValue::UNDEFINED));
        leptos::prelude::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                wake.unchecked_ref(),
                i32::try_from(time.as_millis()).unwrap_or(i32::MAX),
            )
            .unwrap_throw();
    })
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        format!("Twinbox and this window speak different versions: {error}"),
    )
}
