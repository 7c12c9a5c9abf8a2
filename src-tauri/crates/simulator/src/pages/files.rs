//! Media between the pages and the simulator: shown, and taken from somebody's disk.
//!
//! | route | what it is for |
//! |---|---|
//! | `GET /_sim/media/{id}` | the bytes of a medium, for the page to show |
//! | `POST /_sim/media` | keeps a file; gives the `body` of a message with it |

use crate::{meta::Meta, numbering};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// What people send is at most so large (Meta, "Media", 2026).
const FILE_MAX_BYTES: usize = 100 * 1024 * 1024;

/// The routes.
pub(super) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route("/_sim/media/{id}", get(medium))
        .route("/_sim/media", post(upload).layer(DefaultBodyLimit::max(FILE_MAX_BYTES)))
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

/// Keeps a file. Gives what a message says of its medium, to be the `body` of `POST /_sim/customer` or `/_sim/phone`.
async fn upload(State(meta): State<Arc<Meta>>, headers: HeaderMap, bytes: Bytes) -> Json<Value> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let mime_type = given.unwrap_or("application/octet-stream");
    let now = numbering::unix_seconds();
    let mut world = meta.world();
    let id = world.library.upload(mime_type, &bytes, now);
    let looked_up = world.library.lookup(&id, now).unwrap_or_default();
    Json(json!({
        "id": id, "mime_type": mime_type, "sha256": STANDARD.encode(Sha256::digest(&bytes)),
        "url": looked_up.get("url"),
    }))
}
