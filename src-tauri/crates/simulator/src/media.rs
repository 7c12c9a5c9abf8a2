//! Upload, lookup, download and deletion of media (Meta, "Media", 2026).

use crate::{
    call::{self, Call},
    graph_error::GraphError,
    library::{ATTACHMENTS, Medium},
    meta::Meta,
    multipart,
    nodes::{Answer, success, unsupported},
    numbering,
};
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;
use std::{ops::RangeInclusive, sync::Arc};

const MIB: usize = 1024 * 1024;

/// Types that can be uploaded, and how large (Meta, "Media", 2026). What is not listed is refused with 131053.
const TYPES: [(&str, usize); 21] = [
    ("audio/aac", 16 * MIB),
    ("audio/amr", 16 * MIB),
    ("audio/mpeg", 16 * MIB),
    ("audio/mp4", 16 * MIB),
    ("audio/ogg", 16 * MIB),
    ("audio/opus", 16 * MIB),
    ("image/jpeg", 5 * MIB),
    ("image/png", 5 * MIB),
    ("image/webp", MIB / 2),
    ("video/mp4", 16 * MIB),
    ("video/3gpp", 16 * MIB),
    ("text/plain", 100 * MIB),
    ("application/pdf", 100 * MIB),
    ("application/msword", 100 * MIB),
    ("application/vnd.ms-excel", 100 * MIB),
    ("application/vnd.ms-powerpoint", 100 * MIB),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        100 * MIB,
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        100 * MIB,
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        100 * MIB,
    ),
    ("application/octet-stream", 100 * MIB),
    ("text/csv", 100 * MIB),
];

/// Where bytes are fetched.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new()
        .route(ATTACHMENTS, get(download))
        .route(ATTACHMENTS.trim_end_matches('/'), get(download))
}

/// `POST /{phone_number_id}/media`.
pub(crate) fn upload(meta: &Meta, call: &Call) -> Answer {
    if call.method != Method::POST {
        return Err(unsupported(call, &meta.config.phone_number_id));
    }
    let content_type = call
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if call.text("messaging_product") != Some("whatsapp") {
        return Err(GraphError::required("messaging_product"));
    }
    let parts = multipart::parts(content_type, &call.body);
    let file = parts
        .iter()
        .find(|part| part.name == "file")
        .ok_or_else(|| GraphError::required("file"))?;
    let mime_type = file
        .content_type
        .filter(|kind| *kind != "application/octet-stream")
        .or(call.text("type"))
        .or(file.content_type)
        .unwrap_or("application/octet-stream");
    check_type(mime_type, file.content)?;
    let id = meta
        .world()
        .library
        .upload(mime_type, file.content, numbering::unix_seconds());
    Ok(json!({"id": id}))
}

/// `GET` and `DELETE /{media_id}`.
pub(crate) fn medium_call(meta: &Meta, call: &Call, id: &str) -> Answer {
    if call
        .text("phone_number_id")
        .is_some_and(|number| number != meta.config.phone_number_id)
    {
        return Err(unsupported(call, id));
    }
    match call.method {
        Method::GET => meta
            .world()
            .library
            .lookup(id, numbering::unix_seconds())
            .ok_or_else(|| unsupported(call, id)),
        Method::DELETE => {
            meta.world().library.delete(id);
            Ok(success())
        }
        _ => Err(unsupported(call, id)),
    }
}

/// The bytes: for a valid token, by an address that is not over, whole or in part.
async fn download(State(meta): State<Arc<Meta>>, request: Request) -> Response {
    let call = Call::read(request).await;
    // In the head only: the address is no Graph call.
    if call::bearer(&call.headers).is_none_or(|token| call::admit(&meta, token).is_err()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let parameter = |name: &str| call.text(name).unwrap_or_default();
    let now = numbering::unix_seconds();
    let found = {
        let world = meta.world();
        let id = parameter("mid");
        world
            .library
            .medium(id, now)
            .filter(|_| world.library.opens(id, parameter("ext"), parameter("hash"), now))
            .map(|medium| (medium.mime_type.clone(), Arc::clone(&medium.bytes)))
    };
    let Some((mime_type, bytes)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let range = call.headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let content = [
        (header::CONTENT_TYPE, mime_type.as_str()),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    let Some(wanted) = range.and_then(|range| parse_range(range, bytes.len())) else {
        return (content, bytes.to_vec()).into_response();
    };
    match bytes.get(wanted.clone()) {
        Some(part) if !part.is_empty() => {
            let place = format!("bytes {}-{}/{}", wanted.start(), wanted.end(), bytes.len());
            let head = [(header::CONTENT_RANGE, place)];
            (StatusCode::PARTIAL_CONTENT, content, head, part.to_vec()).into_response()
        }
        _ => {
            let head = [(header::CONTENT_RANGE, format!("bytes */{}", bytes.len()))];
            (StatusCode::RANGE_NOT_SATISFIABLE, head).into_response()
        }
    }
}

/// Whether a message of `kind` can carry that medium. A voice message is Opus with one channel; a sticker has at most
/// 100 KB, or 500 KB when it moves (Meta, "Audio messages" and "Sticker messages", 2026).
pub(crate) fn fits(kind: &str, is_voice: bool, medium: &Medium) -> bool {
    let base = medium.mime_type.split(';').next().unwrap_or_default().trim();
    match kind {
        "image" => matches!(base, "image/jpeg" | "image/png"),
        "video" => base.starts_with("video/"),
        "audio" if is_voice => base == "audio/ogg" && opus_channels(&medium.bytes).is_none_or(|channels| channels == 1),
        "audio" => base.starts_with("audio/"),
        "sticker" => base == "image/webp" && (medium.bytes.len() <= 100 * 1024 || moves(&medium.bytes)),
        _ => true,
    }
}

/// The byte after the version in the head of an Opus stream (RFC 7845, 5.1); `None` for what has no such head.
fn opus_channels(content: &[u8]) -> Option<u8> {
    let place = content.windows(8).take(64).position(|part| part == b"OpusHead")?;
    content.get(place + 9).copied()
}

/// Whether a WebP is an animation: a bit of its extended head (Google, "WebP Container Specification").
fn moves(webp: &[u8]) -> bool {
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|flags| flags & 2 != 0)
}

fn check_type(mime_type: &str, content: &[u8]) -> Result<(), GraphError> {
    let base = mime_type.split(';').next().unwrap_or_default().trim();
    let refused = |details: String| Err(GraphError::known(131_053, details));
    // "OGG (OPUS codecs only; base audio/ogg not supported)" (Meta, "Media", 2026): said by the type or by the content.
    let is_bare_ogg = base == "audio/ogg"
        && !mime_type.contains("opus")
        && !content.windows(8).take(64).any(|part| part == b"OpusHead");
    match TYPES.iter().find(|(known, _)| *known == base) {
        Some((_, max)) if content.len() > *max => {
            let size = content.len();
            refused(format!("File is {size} bytes; {base} must be at most {max} bytes."))
        }
        Some(_) if content.is_empty() => refused("File is empty.".to_owned()),
        Some(_) if !is_bare_ogg => Ok(()),
        _ => Err(GraphError::file_type(TYPES.map(|(known, _)| known).join(", "))),
    }
}

/// `bytes=2-5`, `bytes=2-` or `bytes=-5` of so many. `None`: not understood, so the whole is given.
fn parse_range(range: &str, length: usize) -> Option<RangeInclusive<usize>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.saturating_sub(1);
    if first.is_empty() {
        let count: usize = last.parse().ok()?;
        return Some(length.saturating_sub(count)..=end);
    }
    let first = first.parse().ok()?;
    let last = if last.is_empty() { end } else { last.parse().ok()? };
    Some(first..=last.min(end).max(first))
}
