//! The three commands of the window.

use crate::desk::Desk;
use futures_util::stream;
use std::convert::Infallible;
use tauri::{
    State,
    ipc::{self, Channel, InvokeBody, Response},
};
use twinbox_domain::Seq;
use twinbox_protocol::{ApiError, ErrorCode, Event, Request, UploadedFile};

/// Answers a request with its reply as JSON bytes.
#[tauri::command]
pub(crate) async fn call(desk: State<'_, Desk>, request: Request) -> Result<Response, ApiError> {
    let (engine, caller) = desk.engine()?;
    engine.dispatch(&caller, request).await.map(Response::new)
}

/// Sends every event after `since` over `channel`, until the window asks anew or the engine stops.
#[tauri::command]
pub(crate) async fn subscribe(desk: State<'_, Desk>, since: Seq, channel: Channel<Event>) -> Result<(), ApiError> {
    let (engine, _) = desk.engine()?;
    let mut events = engine.events(Some(since));
    desk.feed(tauri::async_runtime::spawn(async move {
        while let Some(event) = events.next().await {
            if let Err(error) = channel.send(event) {
                tracing::warn!(%error, "the window no longer listens");
                return;
            }
        }
    }));
    Ok(())
}

/// Takes the bytes of a file in that is to be sent: the raw body of the invocation.
#[tauri::command]
pub(crate) async fn upload(desk: State<'_, Desk>, request: ipc::Request<'_>) -> Result<UploadedFile, ApiError> {
    let (engine, _) = desk.engine()?;
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ApiError::new(ErrorCode::Invalid, "A file comes as bytes."));
    };
    engine.take_file(stream::iter([Ok::<_, Infallible>(bytes)])).await
}
