//! Files on their way to Meta: `POST /{version}/{phone_number_id}/media`, a form with the file in it (Meta, "Media", Feb
//! 2026). Repeating one does no harm: what Meta keeps twice reaches nobody.

use super::{ErrorObject, GraphClient, read_body};
use crate::{Refusal, UploadError};
use reqwest::{
    Body,
    multipart::{Form, Part},
};
use serde::Deserialize;
use std::{path::Path, time::Duration};
use tokio::fs::File;
use twinbox_domain::NumberId;

/// A line slower than this many bytes a second is as good as none.
const SLOWEST_BYTES_PER_SECOND: u64 = 50_000;

/// A file to be handed to Meta.
#[derive(Clone, Copy, Debug)]
pub struct FileToUpload<'a> {
    /// Where it lies.
    pub path: &'a Path,
    /// How long it is.
    pub size_bytes: u64,
    /// The type it is uploaded with.
    pub mime_type: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    id: Option<String>,
    error: Option<ErrorObject>,
}

impl GraphClient {
    /// Hands a file to Meta for messages of `from` and returns the id that Meta keeps it under for 30 days.
    ///
    /// # Errors
    /// See [`UploadError`]; only [`UploadError::retry_at`] says what to do about one.
    pub async fn upload(&self, from: &NumberId, file: FileToUpload<'_>) -> Result<String, UploadError> {
        let opened = File::open(file.path).await.map_err(UploadError::File)?;
        // Its own name is nobody's business, and nothing depends on it.
        let part = Part::stream_with_length(Body::from(opened), file.size_bytes)
            .file_name("file")
            .mime_str(file.mime_type)
            .map_err(|_| UploadError::Unreadable { http: 0 })?;
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", file.mime_type.to_owned())
            .part("file", part);
        let time_out = self.settings.time_out + Duration::from_secs(file.size_bytes / SLOWEST_BYTES_PER_SECOND);
        let request = self
            .http
            .post(self.address(&format!("{from}/media")))
            .bearer_auth(self.settings.access_token.expose())
            .timeout(time_out)
            .multipart(form);
        let response = request.send().await.map_err(not_taken)?;
        let (http, bytes) = read_body(response)
            .await
            .map_err(|error| error.map_or(UploadError::Unreadable { http: 200 }, not_taken))?;
        understand(http, &bytes)
    }
}

fn not_taken(error: reqwest::Error) -> UploadError {
    if error.is_connect() || error.is_builder() {
        UploadError::Unreachable(error.without_url())
    } else {
        UploadError::NoAnswer(error.without_url())
    }
}

fn understand(http: u16, bytes: &[u8]) -> Result<String, UploadError> {
    let unreadable = || UploadError::Unreadable { http };
    let answer: Answer = serde_json::from_slice(bytes).map_err(|_| unreadable())?;
    match (answer.error, answer.id) {
        (Some(error), _) => Err(UploadError::Refused(Refusal {
            http,
            code: error.code,
            message: error.message,
        })),
        (None, Some(id)) if (200..300).contains(&http) && !id.is_empty() => Ok(id),
        _ => Err(unreadable()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meta, "Media" (Feb 2026).
    #[test]
    fn an_upload_is_taken_only_with_an_id_in_the_answer() {
        assert!(matches!(understand(200, br#"{"id":"1037543291543636"}"#), Ok(id) if id == "1037543291543636"));
        for (http, bytes) in [
            (200, &b"<!doctype html>"[..]),
            (200, b"{}"),
            (200, br#"{"id":""}"#),
            (502, br#"{"id":"1037"}"#),
            (413, b""),
        ] {
            assert!(
                matches!(understand(http, bytes), Err(UploadError::Unreadable { .. })),
                "{http}"
            );
        }
        let refused =
            br##"{"error":{"message":"(#131053) Media upload error","type":"OAuthException","code":131053}}"##;
        assert!(matches!(understand(400, refused), Err(UploadError::Refused(refusal)) if refusal.code == 131_053));
    }
}
