//! One HTTP exchange with the business's address.

use crate::wire;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, StatusCode, body::Bytes, header};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::time::Duration;
use tokio::time;

/// How long an answer may take before the attempt counts as failed.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// What Meta calls itself.
const USER_AGENT: &str = "facebookexternalua";

/// Keeps connections open between webhooks; clones share them.
#[derive(Clone)]
pub(super) struct Poster {
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Poster {
    /// Keeps `connections` open at most.
    pub fn new(connections: usize) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(connections)
            .build(connector);
        Self { client }
    }

    /// Whether `url` answers 200; else why not.
    pub async fn post(&self, url: &str, body: Bytes, signature: &str) -> Result<(), String> {
        if url.is_empty() {
            return Err("there is no address".to_owned());
        }
        let request = Request::post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, USER_AGENT)
            .header("X-Hub-Signature-256", signature)
            .body(Full::new(body));
        match self.answer(request).await? {
            (StatusCode::OK, _) => Ok(()),
            (status, _) => Err(format!("answered {status}")),
        }
    }

    /// Whether `address` repeats a challenge; else a sentence that says why not.
    pub async fn verify(&self, address: &str, verify_token: &str) -> Result<(), String> {
        let challenge = fastrand::u32(1_000_000_000..).to_string();
        let query_mark = if address.contains('?') { '&' } else { '?' };
        let token = wire::percent_encoded(verify_token);
        let url = format!("{address}{query_mark}hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={token}");
        let request = Request::get(url)
            .header(header::USER_AGENT, USER_AGENT)
            .body(Full::default());
        let (status, body) = self.answer(request).await?;
        if status != StatusCode::OK {
            return Err(format!("The address answered {status} to the challenge."));
        }
        if body != challenge.as_bytes() {
            return Err("The address answered 200, but did not repeat the challenge.".to_owned());
        }
        Ok(())
    }

    async fn answer(&self, request: hyper::http::Result<Request<Full<Bytes>>>) -> Result<(StatusCode, Bytes), String> {
        let request = request.map_err(|error| format!("The address is not usable: {error}."))?;
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| error.to_string())?;
            let status = response.status();
            let body = response
                .into_body()
                .collect()
                .await
                .map_err(|error| error.to_string())?;
            Ok((status, body.to_bytes()))
        };
        time::timeout(ANSWER_TIMEOUT, exchange)
            .await
            .unwrap_or_else(|_| Err("No answer in time.".to_owned()))
    }
}
