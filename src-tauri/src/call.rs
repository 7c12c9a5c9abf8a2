//! The two commands of the window.

use crate::desk::Desk;
use tauri::{
    State,
    ipc::{Channel, Response},
};
use twinbox_domain::Seq;
use twinbox_protocol::{ApiError, Event, Request};

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
