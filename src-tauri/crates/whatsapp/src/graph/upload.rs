//! Files on their way to Meta: `POST /{version}/{phone_number_id}/media`, a form with the file in it (Meta, "Media", Feb
//! 2026). Repeating one does no harm: what Meta keeps twice reaches nobody.

use super::GraphClient;
use crate::{
    CallError, UploadError,
    answer::{LONGEST_ANSWER, exchange, understand},
};
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
    id: String,
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
            .map_err(|_| CallError::Unreadable { http: 0 })?;
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
        let (http, bytes) = exchange(request, LONGEST_ANSWER).await?;
        Ok(taken(http, &bytes)?)
    }
}

fn taken(http: u16, bytes: &[u8]) -> Result<String, CallError> {
    let Answer { id } = understand(http, bytes)?;
    if id.is_empty() {
        return Err(CallError::Unreadable { http });
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meta, "Media" (Feb 2026).
    #[test]
    fn an_upload_is_taken_only_with_an_id_in_the_answer() {
        assert!(matches!(taken(200, br#"{"id":"1037543291543636"}"#), Ok(id) if id == "1037543291543636"));
        for (http, bytes) in [
            (200, &b"<!doctype html>"[..]),
            (200, b"{}"),
            (200, br#"{"id":""}"#),
            (502, br#"{"id":"1037"}"#),
            (413, b""),
        ] {
            assert!(
                matches!(taken(http, bytes), Err(CallError::Unreadable { .. })),
                "{http}"
            );
        }
        let refused =
            br##"{"error":{"message":"(#131053) Media upload error","type":"OAuthException","code":131053}}"##;
        assert!(matches!(taken(400, refused), Err(CallError::Refused(refusal)) if refusal.code == 131_053));
    }
}
