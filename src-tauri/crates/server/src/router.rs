//! Every route and what surrounds it.

use crate::{
    api,
    door::Door,
    signup_return,
    webhooks::{self, LargeBodies},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    routing::{get, post},
};
use std::{path::Path, sync::Arc};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};
use twinbox_engine::Engine;

const LONGEST_CALL: usize = 256 * 1024;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    font-src 'self'; img-src 'self' blob: data:; media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// What handlers share.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) engine: Engine,
    pub(crate) door: Door,
    pub(crate) returns_to_app: bool,
    pub(crate) large_webhooks: Arc<LargeBodies>,
}

/// The routes; with the UI's files when `ui_dir` is given.
pub(crate) fn router(app: App, ui_dir: Option<&Path>) -> Router {
    let routes = Router::new()
        .route("/webhooks/meta", get(webhooks::challenge).post(webhooks::deliver))
        .route("/api/call", post(api::call).layer(DefaultBodyLimit::max(LONGEST_CALL)))
        // Taken as it comes; the engine says how long it may be.
        .route("/api/upload", post(api::upload))
        .route("/api/events", get(api::events))
        .route("/api/media/{message}", get(api::media))
        .route(signup_return::PATH, get(signup_return::come_back))
        .route("/healthz", get(health))
        .with_state(app);
    let routes = match ui_dir {
        None => routes,
        Some(folder) => {
            let index = ServeFile::new(folder.join("index.html"));
            routes.fallback_service(ServeDir::new(folder).fallback(index))
        }
    };
    [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ]
    .into_iter()
    .fold(routes, |routes, (name, value)| routes.layer(always(name, value)))
}

/// Whether the engine can still take anything in.
async fn health(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.engine.is_healthy() {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the store has stopped")
    }
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
