//! The Graph API: `POST /{version}/{phone_number_id}/messages`, and files of messages.
//!
//! One call is one HTTP request: redirects and the client's own retries are off, because a request that may have been
//! sent twice is worse than one that failed.

mod account;
mod body;
mod media;
mod receipt;
mod template_body;
mod templates;
mod upload;

pub use account::{ListedNumber, SyncKind};
pub use media::{Download, MediaAddress};
pub use templates::ListedTemplate;
pub use upload::FileToUpload;

use crate::{
    Secret, SendError,
    answer::{self, LONGEST_ANSWER, exchange},
};
use body::body;
use rustls_platform_verifier::ConfigVerifierExt;
use serde::Deserialize;
use std::{sync::LazyLock, time::Duration};
use twinbox_domain::{NumberId, OutboxId, Payload, Permit, PersonIds, Wamid};

/// 100 MB over a slow line.
const LONGEST_DOWNLOAD: Duration = Duration::from_secs(30 * 60);

/// With the system's certificates, which take long to read: once for all clients.
static TLS: LazyLock<Option<rustls::ClientConfig>> = LazyLock::new(|| {
    // An error only says that a provider is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut tls = rustls::ClientConfig::with_platform_verifier().ok()?;
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Some(tls)
});

/// Where the Graph API is and who we are to it.
#[derive(Clone, Debug)]
pub struct GraphSettings {
    /// Without the version, for example `https://graph.facebook.com`.
    pub base_url: String,
    /// For example `v25.0`.
    pub version: String,
    /// The business token.
    pub access_token: Secret,
    /// How long to wait for an answer; after it the outcome is unknown.
    pub time_out: Duration,
}

/// A client of the Graph API. Clones share its connections.
#[derive(Clone)]
pub struct GraphClient {
    http: reqwest::Client,
    /// For files, which take longer: it waits for the next bytes as long as the other for all of an answer.
    files: reqwest::Client,
    settings: GraphSettings,
}

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The base address is not one.
    #[error("the Graph address is not a http or https address")]
    Address,
    /// The access token has characters that no token has.
    #[error("the access token cannot be used: it has a line break or the like in it")]
    Token,
    /// TLS or the like is missing.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] reqwest::Error),
}

/// A message on its way out.
pub struct Outgoing<'a> {
    /// Our id of it, which comes back in every status.
    pub id: OutboxId,
    /// Whom it is for; the phone number is preferred, the business-scoped id works without one.
    pub to: &'a PersonIds,
    /// What is sent.
    pub payload: &'a Payload,
    /// Meta's id of its file, for a content with one.
    pub media_id: Option<&'a str>,
    /// The message it quotes.
    pub reply_to: Option<&'a Wamid>,
}

impl GraphClient {
    /// Sets up a client; nothing is sent.
    ///
    /// # Errors
    /// When the address or the machine's TLS set-up cannot be used.
    pub fn new(settings: GraphSettings) -> Result<Self, ClientError> {
        web_url(&settings.base_url)?;
        let token = format!("Bearer {}", settings.access_token.expose());
        reqwest::header::HeaderValue::from_str(&token).map_err(|_| ClientError::Token)?;
        let http = builder()
            .timeout(settings.time_out)
            .build()
            .map_err(ClientError::Http)?;
        let files = builder()
            .timeout(LONGEST_DOWNLOAD)
            .read_timeout(settings.time_out)
            .build()
            .map_err(ClientError::Http)?;
        Ok(Self { http, files, settings })
    }

    /// How long a request may be under way.
    pub fn time_out(&self) -> Duration {
        self.settings.time_out
    }

    /// Hands a message to Meta. The permit stays with the caller, who gives it back when this returns.
    ///
    /// # Errors
    /// See [`SendError`]; only [`SendError::disposition`] says what to do about one.
    pub async fn send(&self, _permit: &Permit, from: &NumberId, message: &Outgoing<'_>) -> Result<Wamid, SendError> {
        let url = self.address(&format!("{from}/messages"));
        let body = body(message).ok_or(SendError::Unsendable)?;
        let request = self
            .http
            .post(url)
            .bearer_auth(self.settings.access_token.expose())
            .json(&body);
        let (http, bytes) = exchange(request, LONGEST_ANSWER).await?;
        understand(http, &bytes)
    }

    fn address(&self, path: &str) -> String {
        let base = self.settings.base_url.trim_end_matches('/');
        format!("{base}/{}/{path}", self.settings.version)
    }
}

/// The address, if it is one of the web.
pub(crate) fn web_url(text: &str) -> Result<reqwest::Url, ClientError> {
    let url = reqwest::Url::parse(text).map_err(|_| ClientError::Address)?;
    match url.scheme() {
        "https" | "http" => Ok(url),
        _ => Err(ClientError::Address),
    }
}

/// What every request has in common.
pub(crate) fn builder() -> reqwest::ClientBuilder {
    // Without them the client reads them itself, and says what is wrong.
    let builder = match &*TLS {
        Some(tls) => reqwest::Client::builder().tls_backend_preconfigured(tls.clone()),
        None => reqwest::Client::builder(),
    };
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(20))
        .user_agent(concat!("Twinbox/", env!("CARGO_PKG_VERSION")))
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    messages: Vec<AcceptedMessage>,
}

#[derive(Deserialize)]
struct AcceptedMessage {
    id: String,
}

pub(crate) fn understand(http: u16, bytes: &[u8]) -> Result<Wamid, SendError> {
    let answer: Answer = answer::understand(http, bytes)?;
    match answer.messages.into_iter().next() {
        Some(accepted) if !accepted.id.is_empty() => Ok(Wamid(accepted.id)),
        Some(_) | None => Err(SendError::Unreadable { http }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_accepted_only_with_an_id_in_it() {
        let accepted = br#"{"messaging_product":"whatsapp","contacts":[{"input":"+1","wa_id":"1"}],"messages":[{"id":"wamid.A"}]}"#;
        assert!(matches!(understand(200, accepted), Ok(wamid) if wamid.as_str() == "wamid.A"));
        for (http, bytes) in [
            (200, &b"<!doctype html><title>Sign in</title>"[..]),
            (200, b"{}"),
            (200, b"{\"messages\":[]}"),
            (502, b"Bad gateway"),
            (302, b""),
        ] {
            assert!(
                matches!(understand(http, bytes), Err(SendError::Unreadable { .. })),
                "{http}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_answer_is_understood_or_refused(http in 0_u16..1000, bytes in ".{0,200}", code in proptest::num::i64::ANY) {
            let error = format!(r#"{{"error":{{"code":{code},"message":{}}}}}"#, serde_json::json!(bytes));
            for answer in [bytes.as_bytes(), error.as_bytes()] {
                if let Err(error) = understand(http, answer) {
                    let _ = error.disposition();
                    proptest::prop_assert!(!error.sentence().is_empty());
                }
            }
        }
    }

    /// Meta, "Error codes" (Feb 2026).
    #[test]
    fn metas_error_object_is_read() {
        let refused = br##"{"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429,
            "error_data":{"messaging_product":"whatsapp","details":"Throughput reached."},"fbtrace_id":"Az8"}}"##;
        let Err(SendError::Refused(refusal)) = understand(400, refused) else {
            panic!("refused")
        };
        assert_eq!((refusal.http, refusal.code), (400, 130_429));
    }
}
