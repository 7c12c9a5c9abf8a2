//! Files of messages: `GET /{version}/{media_id}` tells an address good for 5 minutes, and the address the bytes, for
//! the same token (Meta, "Media", Feb 2026).

use super::GraphClient;
use crate::{
    CallError, FetchError,
    answer::{LONGEST_ANSWER, exchange, understand},
};
use bytes::Bytes;
use reqwest::{StatusCode, Url};
use serde::Deserialize;
use serde_json::Value;
use std::fmt;
use twinbox_domain::LARGEST_MEDIA_BYTES;

/// Meta's media ids are shorter.
const LONGEST_MEDIA_ID: usize = 128;

/// Where a file lies for the next minutes.
pub struct MediaAddress {
    url: Url,
    /// The file's hash, in either of Meta's spellings; empty when not told.
    pub sha256: String,
}

/// Never the address itself: it opens the file.
impl fmt::Debug for MediaAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MediaAddress(..)")
    }
}

/// A file on its way in.
pub struct Download {
    response: reqwest::Response,
    received_bytes: u64,
}

#[derive(Deserialize)]
struct Lookup {
    url: Option<String>,
    #[serde(default)]
    sha256: String,
    /// A number, or a number as text.
    file_size: Option<Value>,
}

impl GraphClient {
    /// Asks where a file lies.
    ///
    /// # Errors
    /// See [`FetchError`]; only [`FetchError::trouble`] says what to do about one.
    pub async fn look_up_media(&self, media_id: &str) -> Result<MediaAddress, FetchError> {
        // It comes from a webhook and goes into a path.
        let is_id = (1..=LONGEST_MEDIA_ID).contains(&media_id.len())
            && media_id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
        if !is_id {
            return Err(FetchError::NoId);
        }
        let request = self
            .http
            .get(self.address(media_id))
            .bearer_auth(self.settings.access_token.expose());
        let (http, bytes) = exchange(request, LONGEST_ANSWER).await?;
        self.understand_lookup(http, &bytes)
    }

    /// Begins to fetch the file at an address.
    ///
    /// # Errors
    /// As [`Self::look_up_media`]; [`FetchError::AddressOver`] asks for another lookup.
    pub async fn download(&self, address: MediaAddress) -> Result<Download, FetchError> {
        let request = self
            .files
            .get(address.url)
            .bearer_auth(self.settings.access_token.expose());
        let response = request.send().await.map_err(CallError::from)?;
        let status = response.status();
        match status {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(FetchError::AddressOver),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(FetchError::Denied { http: status.as_u16() });
            }
            _ => return Err(FetchError::Unreadable { http: status.as_u16() }),
        }
        if response.content_length().is_some_and(|size| size > LARGEST_MEDIA_BYTES) {
            return Err(FetchError::TooLarge);
        }
        Ok(Download {
            response,
            received_bytes: 0,
        })
    }

    pub(crate) fn understand_lookup(&self, http: u16, bytes: &[u8]) -> Result<MediaAddress, FetchError> {
        let unreadable = || FetchError::Unreadable { http };
        let lookup: Lookup = understand(http, bytes)?;
        let size = lookup
            .file_size
            .and_then(|size| size.as_u64().or_else(|| size.as_str()?.trim().parse().ok()));
        if size.is_some_and(|size| size > LARGEST_MEDIA_BYTES) {
            return Err(FetchError::TooLarge);
        }
        let url = lookup.url.ok_or_else(unreadable)?;
        let url = Url::parse(&url).map_err(|_| unreadable())?;
        if !self.may_carry_the_token(&url) {
            return Err(FetchError::Elsewhere);
        }
        Ok(MediaAddress {
            url,
            sha256: lookup.sha256,
        })
    }

    /// The token goes over TLS, or back to the very host it is configured for.
    fn may_carry_the_token(&self, url: &Url) -> bool {
        url.scheme() == "https"
            || Url::parse(&self.settings.base_url).is_ok_and(|base| {
                url.scheme() == base.scheme()
                    && url.host_str() == base.host_str()
                    && url.port_or_known_default() == base.port_or_known_default()
            })
    }
}

impl Download {
    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// [`FetchError::TooLarge`], or [`FetchError::NoAnswer`] when it breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, FetchError> {
        let chunk = self
            .response
            .chunk()
            .await
            .map_err(|error| FetchError::NoAnswer(error.without_url()))?;
        let length = chunk.as_ref().map_or(0, Bytes::len);
        self.received_bytes = self
            .received_bytes
            .saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        if self.received_bytes > LARGEST_MEDIA_BYTES {
            return Err(FetchError::TooLarge);
        }
        Ok(chunk)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{GraphSettings, Secret};
    use std::time::Duration;
    use twinbox_domain::FetchTrouble;

    fn client() -> GraphClient {
        GraphClient::new(GraphSettings {
            base_url: "http://127.0.0.1:4010".to_owned(),
            version: "v25.0".to_owned(),
            access_token: Secret::new("token"),
            time_out: Duration::from_secs(1),
        })
        .unwrap()
    }

    /// Meta, "Media" (Feb 2026).
    #[test]
    fn a_lookup_tells_the_address_and_the_hash() {
        let answer = br#"{"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=3",
            "mime_type":"image/jpeg","sha256":"9f","file_size":"303833","id":"1003"}"#;
        let address = client().understand_lookup(200, answer).unwrap();
        assert_eq!(address.url.host_str(), Some("lookaside.fbsbx.com"));
        assert_eq!(address.sha256, "9f");
        assert_eq!(format!("{address:?}"), "MediaAddress(..)");
    }

    #[test]
    fn the_token_is_taken_nowhere_else() {
        for (url, goes) in [
            ("https://lookaside.fbsbx.com/a", true),
            ("http://127.0.0.1:4010/a", true),
            ("http://127.0.0.1:4011/a", false),
            ("http://lookaside.fbsbx.com/a", false),
            ("file:///etc/passwd", false),
            ("ftp://127.0.0.1:4010/a", false),
        ] {
            let answer = serde_json::json!({ "url": url }).to_string();
            let looked_up = client().understand_lookup(200, answer.as_bytes());
            assert_eq!(looked_up.is_ok(), goes, "{url}");
        }
    }

    #[test]
    fn a_file_beyond_100_mb_is_not_begun() {
        for size in [serde_json::json!(104_857_601), serde_json::json!("104857601")] {
            let answer = serde_json::json!({"url": "https://lookaside.fbsbx.com/a", "file_size": size}).to_string();
            let refused = client().understand_lookup(200, answer.as_bytes()).unwrap_err();
            assert_eq!(refused.trouble(), FetchTrouble::TooLarge);
        }
    }

    #[test]
    fn what_is_no_lookup_is_tried_again_later() {
        for (http, body) in [
            (200, &b"<!doctype html>"[..]),
            (200, b"{}"),
            (200, br#"{"url":"not an address"}"#),
            (502, br#"{"url":"https://lookaside.fbsbx.com/a"}"#),
        ] {
            let refused = client().understand_lookup(http, body).unwrap_err();
            assert_eq!(refused.trouble(), FetchTrouble::Later, "{http}");
        }
    }
}
