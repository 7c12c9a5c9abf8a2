//! The files of messages for the window: `media://localhost/{message}`, on Windows `http://media.localhost/{message}`.
//!
//! The window fetches them and shows them from memory, because WebKitGTK plays no sound or film from a scheme of an app.
//! Only the main window gets any, and only its own pages read them.

use crate::{
    desk::Desk,
    window::{MAIN, is_ours},
};
use tauri::{
    AppHandle, Manager, Runtime, UriSchemeContext, UriSchemeResponder, Url,
    http::{HeaderValue, Request, Response, StatusCode, header},
};
use twinbox_domain::MessageId;
use twinbox_protocol::{ApiError, ErrorCode, FileSize};

/// The scheme's name.
pub(crate) const SCHEME: &str = "media";

/// Answers a request of a window.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_asked_by_us = context.webview_label() == MAIN && origin.as_ref().is_none_or(is_our_page);
    if !is_asked_by_us {
        responder.respond(empty(StatusCode::FORBIDDEN));
        return;
    }
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let mut response = match file(&app, &request).await {
            Ok(response) => response,
            Err(error) => refusal(&error),
        };
        if let Some(origin) = origin {
            response
                .headers_mut()
                .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        responder.respond(response);
    });
}

async fn file<R: Runtime>(app: &AppHandle<R>, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ApiError> {
    let not_here = || ApiError::new(ErrorCode::NotFound, "This file is not here.");
    let message: MessageId = request
        .uri()
        .path()
        .trim_start_matches('/')
        .parse()
        .map_err(|_| not_here())?;
    let (engine, _) = app.state::<Desk>().engine().await?;
    let range = request
        .headers()
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    let answer = twinbox_server::file_of(&engine, message, FileSize::from_query(request.uri().query()), range).await?;
    let bytes = answer.body.read_all().await.map_err(|error| {
        tracing::error!(%error, message.id = message.0, "the file of message {message} cannot be read");
        not_here()
    })?;
    let mut response = Response::new(bytes);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}

fn refusal(error: &ApiError) -> Response<Vec<u8>> {
    empty(match error.code {
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Invalid
        | ErrorCode::Unauthorized
        | ErrorCode::NotFound
        | ErrorCode::Conflict
        | ErrorCode::WindowClosed => StatusCode::NOT_FOUND,
    })
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

fn is_our_page(origin: &HeaderValue) -> bool {
    origin
        .to_str()
        .is_ok_and(|origin| Url::parse(origin).is_ok_and(|url| is_ours(&url)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_pages_read_files() {
        for (origin, ours) in [
            ("tauri://localhost", true),
            ("http://tauri.localhost", true),
            ("https://www.facebook.com", false),
            ("media://localhost", false),
            ("null", false),
        ] {
            assert_eq!(is_our_page(&HeaderValue::from_static(origin)), ours, "{origin}");
        }
    }
}
