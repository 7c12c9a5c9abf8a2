//! The files of messages, for both hosts: one answer with its head and bytes.
//!
//! What a customer sent is served as what it claims to be only if it is a picture, sound or film of the known kinds, and
//! under a policy that lets nothing in it run. Everything else is bytes to be saved.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use futures_util::{Stream, stream};
use std::{io, ops::RangeInclusive};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, SeekFrom},
};
use twinbox_domain::MessageId;
use twinbox_engine::{Engine, StoredFile};
use twinbox_protocol::{ApiError, ErrorCode, FileSize};

const CONTENT_SECURITY_POLICY: &str = "sandbox; default-src 'none'";
/// Bytes read at once.
const PIECE: u64 = 64 * 1024;

/// The answer to a request for a file.
#[derive(Debug)]
pub struct FileAnswer {
    /// 200, 206 for a part, or 416 for a part that is not there.
    pub status: StatusCode,
    /// What stands before the bytes.
    pub headers: HeaderMap,
    /// The bytes.
    pub body: FileBody,
}

/// The bytes of an answer, still on disk.
#[derive(Debug)]
pub struct FileBody {
    file: File,
    left_bytes: u64,
}

/// Answers a request for the file of a message. `range` is the `Range` header; one that is not understood gives all of
/// it, as RFC 9110 allows.
///
/// # Errors
/// [`ErrorCode::NotFound`] while the file is not here.
pub async fn file_of(
    engine: &Engine,
    message: MessageId,
    size: FileSize,
    range: Option<&str>,
) -> Result<FileAnswer, ApiError> {
    let stored = engine.file_of(message, size).await?;
    let opened = open(&stored, range).await;
    opened.map_err(|error| {
        tracing::error!(%error, message.id = message.0, "the file of message {message} cannot be read");
        ApiError::new(ErrorCode::NotFound, "This file is not here.")
    })
}

async fn open(stored: &StoredFile, range: Option<&str>) -> io::Result<FileAnswer> {
    let mut file = File::open(&stored.path).await?;
    let size = file.metadata().await?.len();
    let mut headers = head(stored);
    let (status, wanted) = match range.and_then(|range| part(range, size)) {
        None => (StatusCode::OK, 0..=size.saturating_sub(1)),
        Some(Some(wanted)) => {
            let place = format!("bytes {}-{}/{size}", wanted.start(), wanted.end());
            insert(&mut headers, header::CONTENT_RANGE, &place);
            (StatusCode::PARTIAL_CONTENT, wanted)
        }
        Some(None) => {
            insert(&mut headers, header::CONTENT_RANGE, &format!("bytes */{size}"));
            insert(&mut headers, header::CONTENT_LENGTH, "0");
            let body = FileBody { file, left_bytes: 0 };
            return Ok(FileAnswer {
                status: StatusCode::RANGE_NOT_SATISFIABLE,
                headers,
                body,
            });
        }
    };
    file.seek(SeekFrom::Start(*wanted.start())).await?;
    let left_bytes = if size == 0 {
        0
    } else {
        wanted.end() - wanted.start() + 1
    };
    insert(&mut headers, header::CONTENT_LENGTH, &left_bytes.to_string());
    Ok(FileAnswer {
        status,
        headers,
        body: FileBody { file, left_bytes },
    })
}

fn head(stored: &StoredFile) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let content_type = stored.shown_type.unwrap_or("application/octet-stream");
    let disposition = if stored.shown_type.is_some() {
        "inline"
    } else {
        "attachment"
    };
    let disposition = format!("{disposition}; filename*=UTF-8''{}", percent_encoded(&stored.name));
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ACCEPT_RANGES, "bytes"),
        // What a browser stores outlives the token, the person and the message.
        (header::CACHE_CONTROL, "no-store"),
    ] {
        insert(&mut headers, name, value);
    }
    headers
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // All of them are made here, of plain characters.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// RFC 8187: every byte but letters, digits and a few marks as `%XX`.
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The one part a `Range` header asks for: `bytes=2-5`, `bytes=2-` or `bytes=-5`. `None`: not understood, or several;
/// `Some(None)`: there is no such part.
fn part(range: &str, size: u64) -> Option<Option<RangeInclusive<u64>>> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let end = size.checked_sub(1);
    if first.is_empty() {
        let count: u64 = last.parse().ok()?;
        return Some(end.filter(|_| count > 0).map(|end| size.saturating_sub(count)..=end));
    }
    let first: u64 = first.parse().ok()?;
    let last: Option<u64> = if last.is_empty() {
        None
    } else {
        Some(last.parse().ok()?)
    };
    if last.is_some_and(|last| last < first) {
        return None;
    }
    Some(
        end.filter(|end| first <= *end)
            .map(|end| first..=last.unwrap_or(end).min(end)),
    )
}

impl FileBody {
    /// All of it, for a host that can only hand out one buffer.
    ///
    /// # Errors
    /// When it cannot be read to the end.
    pub async fn read_all(self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.take(self.left_bytes).read_to_end(&mut bytes).await?;
        Ok(bytes)
    }

    /// Piece by piece.
    pub(crate) fn pieces(self) -> impl Stream<Item = io::Result<Vec<u8>>> {
        stream::try_unfold(self, |mut body| async {
            let mut piece = Vec::new();
            let length = body.left_bytes.min(PIECE);
            if length == 0 {
                return Ok(None);
            }
            let read = (&mut body.file).take(length).read_to_end(&mut piece).await?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            body.left_bytes -= u64::try_from(read).unwrap_or(body.left_bytes);
            Ok(Some((piece, body)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_part_or_all_of_it() {
        for (range, size, wanted) in [
            ("bytes=0-0", 10, Some(Some(0..=0))),
            ("bytes=2-5", 10, Some(Some(2..=5))),
            ("bytes=2-", 10, Some(Some(2..=9))),
            ("bytes=-3", 10, Some(Some(7..=9))),
            ("bytes=-30", 10, Some(Some(0..=9))),
            ("bytes=5-99999999999", 10, Some(Some(5..=9))),
            ("bytes=10-", 10, Some(None)),
            ("bytes=-0", 10, Some(None)),
            ("bytes=0-", 0, Some(None)),
            ("bytes=-1", 0, Some(None)),
            ("bytes=5-2", 10, None),
            ("bytes=0-1,3-4", 10, None),
            ("items=0-1", 10, None),
            ("bytes=99999999999999999999-", 10, None),
            ("bytes=--5", 10, None),
            ("", 10, None),
        ] {
            assert_eq!(part(range, size), wanted, "{range} of {size}");
        }
    }

    #[test]
    fn no_browser_stores_what_a_customer_sent() {
        let stored = StoredFile {
            path: "x".into(),
            shown_type: Some("image/jpeg"),
            name: "x.jpg".to_owned(),
        };
        let wanted = HeaderValue::from_static("no-store");
        assert_eq!(head(&stored).get(header::CACHE_CONTROL), Some(&wanted));
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let stored = StoredFile {
            path: "x".into(),
            shown_type: None,
            name: "a\"; b\r\nSet-Cookie: ü.pdf".to_owned(),
        };
        let headers = head(&stored);
        assert_eq!(
            headers.get(header::CONTENT_DISPOSITION),
            Some(&HeaderValue::from_static(
                "attachment; filename*=UTF-8''a%22%3B%20b%0D%0ASet-Cookie%3A%20%C3%BC.pdf"
            ))
        );
        assert_eq!(
            headers.get(header::CONTENT_TYPE),
            Some(&HeaderValue::from_static("application/octet-stream"))
        );
    }
}
