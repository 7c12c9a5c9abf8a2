//! The Graph API: `POST /{version}/{phone_number_id}/messages`, and files of messages.
//!
//! One call is one HTTP request: redirects and the client's own retries are off, because a request that may have been
//! sent twice is worse than one that failed.

mod account;
mod body;
mod media;
mod upload;

pub use account::{ListedNumber, SyncKind};
pub use media::{Download, MediaAddress};
pub use upload::FileToUpload;

use crate::{Refusal, Secret, SendError};
use body::body;
use serde::Deserialize;
use std::time::Duration;
use twinbox_domain::{Content, NumberId, OutboxId, Permit, PersonIds, Wamid};

/// Answers are small; more than this is not the Graph API's.
const LONGEST_ANSWER: usize = 256 * 1024;

/// 100 MB over a slow line.
const LONGEST_DOWNLOAD: Duration = Duration::from_secs(30 * 60);

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
    /// What it says.
    pub content: &'a Content,
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
        let address = reqwest::Url::parse(&settings.base_url).map_err(|_| ClientError::Address)?;
        if !matches!(address.scheme(), "https" | "http") {
            return Err(ClientError::Address);
        }
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
        let sent = self
            .http
            .post(url)
            .bearer_auth(self.settings.access_token.expose())
            .json(&body)
            .send()
            .await;
        match sent {
            Ok(response) => read_answer(response).await,
            Err(error) if error.is_connect() || error.is_builder() => Err(SendError::NotSent(error.without_url())),
            Err(error) => Err(SendError::NoAnswer(error.without_url())),
        }
    }

    fn address(&self, path: &str) -> String {
        let base = self.settings.base_url.trim_end_matches('/');
        format!("{base}/{}/{path}", self.settings.version)
    }
}

/// What every request has in common.
pub(crate) fn builder() -> reqwest::ClientBuilder {
    // An error only says that a provider is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
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
    error: Option<ErrorObject>,
}

#[derive(Deserialize)]
struct AcceptedMessage {
    id: String,
}

#[derive(Deserialize)]
struct ErrorObject {
    code: i64,
    #[serde(default)]
    message: String,
}

async fn read_answer(response: reqwest::Response) -> Result<Wamid, SendError> {
    let http = response.status().as_u16();
    match read_body(response).await {
        Ok((http, bytes)) => understand(http, &bytes),
        Err(Some(error)) => Err(SendError::NoAnswer(error.without_url())),
        Err(None) => Err(SendError::Unreadable { http }),
    }
}

/// The status and all of a small answer; `Err(None)` for one that is too long.
pub(crate) async fn read_body(mut response: reqwest::Response) -> Result<(u16, Vec<u8>), Option<reqwest::Error>> {
    let http = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Some)? {
        if bytes.len() + chunk.len() > LONGEST_ANSWER {
            return Err(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok((http, bytes))
}

pub(crate) fn understand(http: u16, bytes: &[u8]) -> Result<Wamid, SendError> {
    let unreadable = SendError::Unreadable { http };
    let Ok(answer) = serde_json::from_slice::<Answer>(bytes) else {
        return Err(unreadable);
    };
    match (answer.error, answer.messages.into_iter().next()) {
        (Some(error), _) => Err(SendError::Refused(Refusal {
            http,
            code: error.code,
            message: error.message,
        })),
        (None, Some(accepted)) if (200..300).contains(&http) && !accepted.id.is_empty() => Ok(Wamid(accepted.id)),
        _ => Err(unreadable),
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
                    let _ = error.disposition(twinbox_domain::Millis(0), 3);
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
