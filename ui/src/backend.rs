//! The way to the engine: Tauri's IPC inside the desktop shell, HTTP in a browser. The JSON is the same, and always read
//! from bytes: a second kind of source would double the code that reads it.

mod http;
mod reorder;
mod server_sent;
mod tauri;

pub use http::keep_token;

use crate::text;
use serde::de::DeserializeOwned;
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use twinbox_domain::{ConversationId, MessageId, Seq};
use twinbox_protocol::{ApiError, Call, ErrorCode, Event, FileSize, Greeting, Hello, Request, UploadedFile};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, Response};

/// How the engine is reached.
#[derive(Clone, Copy, Debug)]
pub enum Backend {
    /// In the window of the desktop shell.
    Tauri,
    /// In a browser, from `twinbox-server`.
    Http,
}

/// An answer on its way. Boxed: otherwise every call would carry a copy of the way to the engine.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

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
    /// A link from outside leads to this conversation.
    Open(ConversationId),
    /// What the desktop app says of something it did.
    Notice(String),
    /// Something changed that this window cannot read.
    Unreadable,
}

/// Why a stream of events has ended.
enum Ended {
    /// Try again.
    Lost,
    /// The token is not accepted.
    SignedOut,
}

/// The engine answers at once, or within a moment when it is busy. After this long it will not.
const ANSWER: Duration = Duration::from_secs(30);

/// A film over a slow line.
const LONGEST_FILE: Duration = Duration::from_secs(5 * 60);

/// The largest file over a slow line.
const LONGEST_UPLOAD: Duration = Duration::from_secs(30 * 60);

/// Waits between two tries to listen, growing from the first to the last.
const WAITS_MS: [u64; 5] = [500, 1000, 2000, 5000, 10_000];

impl Backend {
    /// The one this page can use.
    pub fn detect() -> Self {
        if tauri::is_here() { Self::Tauri } else { Self::Http }
    }

    /// Asks the engine.
    pub fn call<C: Call>(self, call: C) -> Asked<C::Reply>
    where
        C::Reply: 'static,
    {
        self.order(call.into())
    }

    /// The same for a request whose reply is known to be a `T`. One piece of code for each kind of reply, not for each call.
    pub fn order<T: DeserializeOwned + 'static>(self, request: Request) -> Asked<T> {
        Box::pin(async move {
            let reply = self.ask(request).await.map_err(in_our_words)?;
            read(&reply)
        })
    }

    /// Greets the engine: with what was begun before there was a program, the first time.
    pub fn greet(self) -> Asked<Greeting> {
        Box::pin(async move {
            match within(ANSWER, tauri::greeting()).await {
                Some(Some(begun)) => read(&begun.map_err(in_our_words)?),
                Some(None) => self.call(Hello {}).await,
                None => Err(ApiError::unavailable(text::NO_ANSWER)),
            }
        })
    }

    fn ask(self, request: Request) -> Asked<Vec<u8>> {
        Box::pin(async move {
            let json = serde_json::to_string(&request).map_err(|error| unreadable(&error))?;
            let reply = within(ANSWER, async {
                match self {
                    Self::Tauri => tauri::call(&json).await,
                    Self::Http => http::call(&json).await,
                }
            });
            reply
                .await
                .unwrap_or_else(|| Err(ApiError::unavailable(text::NO_ANSWER)))
        })
    }

    /// The file of a message, which has to be here, or its thumbnail.
    pub async fn file(self, message: MessageId, size: FileSize) -> Result<Blob, ApiError> {
        let file = within(LONGEST_FILE, async {
            let response = match self {
                Self::Tauri => tauri::file(message, size).await,
                Self::Http => http::file(message, size).await,
            };
            blob(response.map_err(|_| not_read())?).await
        });
        file.await.unwrap_or_else(|| Err(not_read()))
    }

    /// Hands a file over that is to be sent.
    pub async fn upload(self, file: &File) -> Result<UploadedFile, ApiError> {
        let reply = within(LONGEST_UPLOAD, async {
            match self {
                Self::Tauri => tauri::upload(file).await,
                Self::Http => http::upload(file).await,
            }
        });
        let reply = reply
            .await
            .unwrap_or_else(|| Err(ApiError::unavailable(text::NO_ANSWER)))
            .map_err(in_our_words)?;
        read(&reply)
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

/// Asks now instead of when the answer is waited for.
pub fn begun<T: 'static>(mut asked: Asked<T>) -> Asked<T> {
    match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Box::pin(ready(answer)),
        // Whoever waits for it is the one to be woken.
        Poll::Pending => asked,
    }
}

/// Waits.
pub async fn sleep(time: Duration) {
    let mut timer = None;
    let over = js_sys::Promise::new(&mut |resolve, _| timer = Some(Timer::start(time, resolve)));
    // A promise that is only ever resolved.
    let _ = JsFuture::from(over).await;
    drop(timer);
}

/// A timer of the page. It ends with whoever waits for it.
struct Timer {
    id: i32,
    _wake: Closure<dyn FnMut()>,
}

impl Timer {
    fn start(time: Duration, resolve: js_sys::Function) -> Self {
        let wake = Closure::<dyn FnMut()>::new(move || {
            // Resolving a promise cannot fail.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        });
        let ms = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
        let id = leptos::prelude::window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(wake.as_ref().unchecked_ref(), ms)
            .unwrap_throw();
        Self { id, _wake: wake }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        leptos::prelude::window().clear_timeout_with_handle(self.id);
    }
}

/// What `work` brings; `None` when it takes longer than `time`.
async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut over = pin!(sleep(time));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => over.as_mut().poll(context).map(|()| None),
    })
    .await
}

async fn blob(response: Response) -> Result<Blob, ApiError> {
    if response.status() == 401 {
        return Err(ApiError::new(ErrorCode::Unauthorized, text::SIGN_IN_AGAIN));
    }
    let blob = response.blob().ok().filter(|_| response.ok()).ok_or_else(not_read)?;
    let blob = JsFuture::from(blob).await.map_err(|_| not_read())?;
    blob.dyn_into().map_err(|_| not_read())
}

fn not_read() -> ApiError {
    ApiError::unavailable(text::FILE_UNREADABLE_NOW)
}

/// The engine's sentence in the language of this window.
fn in_our_words(error: ApiError) -> ApiError {
    ApiError {
        message: text::said(&error.message),
        ..error
    }
}

fn read<T: DeserializeOwned>(reply: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(reply).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    ApiError::new(ErrorCode::Internal, text::versions_differ(&error.to_string()))
}
