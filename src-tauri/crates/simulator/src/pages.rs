//! What people see in a browser: the page at `/` that plays the business phone and its customers, and the dialog of
//! embedded signup at `/vN.N/dialog/oauth` (Meta, "Manually build a login flow", Mar 2026).
//!
//! Static files. Everything the pages do goes through the control routes, so a test can do it as well; it asks
//! `GET /_sim/chats` for news. It shows other people's words as text only, and its policy lets nothing else run.

use crate::{meta::Meta, numbering};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use std::sync::Arc;

/// Nothing but the simulator's own files and routes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// What the dialog says to another app.
const UNKNOWN_APP: &str = "Invalid App ID: The provided app ID does not look like a valid app ID.";

/// What the dialog is asked with.
#[derive(Deserialize)]
struct DialogQuery {
    #[serde(default)]
    #[serde(alias = "app_id")]
    client_id: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    response_type: String,
}

/// The pages and their parts.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route(
            "/",
            get(|| async { file("text/html; charset=utf-8", include_str!("pages/phone.html")) }),
        )
        .route(
            "/_sim/phone.css",
            get(|| async { file("text/css; charset=utf-8", include_str!("pages/phone.css")) }),
        )
        .route(
            "/_sim/phone.js",
            get(|| async { file("text/javascript; charset=utf-8", include_str!("pages/phone.js")) }),
        )
        .route(
            "/_sim/signup.js",
            get(|| async { file("text/javascript; charset=utf-8", include_str!("pages/signup.js")) }),
        )
        .route("/_sim/media/{id}", get(medium))
        .route("/dialog/oauth", get(dialog))
        .route("/{version}/dialog/oauth", get(dialog))
        .route("/messaging/whatsapp/onboard/", get(hosted))
        .route("/connect/login_success.html", get(|| async { sentence("Success") }))
}

/// A medium, for the page to show. Graph gives it to nobody without a token.
async fn medium(State(meta): State<Arc<Meta>>, Path(id): Path<String>) -> Response {
    let world = meta.world();
    let Some(medium) = world.library.medium(&id, numbering::unix_seconds()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, medium.mime_type.as_str()),
        (header::CACHE_CONTROL, "private, max-age=3600"),
        // Whatever was uploaded: shown, never run.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Bytes::copy_from_slice(&medium.bytes)).into_response()
}

/// The hosted form, a plain link: its result is told by webhook (Meta, "Hosted Embedded Signup", Nov 2025).
async fn hosted(State(meta): State<Arc<Meta>>, Query(query): Query<DialogQuery>) -> Response {
    if query.client_id != meta.config.app_id {
        return (StatusCode::BAD_REQUEST, sentence(UNKNOWN_APP)).into_response();
    }
    file("text/html; charset=utf-8", include_str!("pages/signup.html"))
}

/// Asks what Meta asks before it shows anything, in its words.
async fn dialog(State(meta): State<Arc<Meta>>, Query(query): Query<DialogQuery>) -> Response {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| query.redirect_uri.starts_with(scheme));
    let problem = if query.client_id != meta.config.app_id {
        UNKNOWN_APP
    } else if !is_web {
        "Invalid redirect_uri: The given URL is not allowed by the application configuration."
    } else if !matches!(query.response_type.as_str(), "" | "code") {
        "Invalid response_type: only code is given to business logins."
    } else {
        return file("text/html; charset=utf-8", include_str!("pages/signup.html"));
    };
    (StatusCode::BAD_REQUEST, sentence(problem)).into_response()
}

/// A page that says one thing.
fn sentence(sentence: &str) -> Html<String> {
    Html(format!("<!DOCTYPE html><title>{sentence}</title><p>{sentence}</p>\n"))
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, text).into_response()
}
