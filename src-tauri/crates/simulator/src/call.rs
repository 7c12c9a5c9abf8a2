//! One Graph call: its parameters, wherever they stand, and whether it is let in.

use crate::{graph_error::GraphError, meta::Meta, numbering};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Query,
    http::{HeaderMap, Method, Uri, header, request::Parts},
};
use serde_json::Value;
use std::collections::HashMap;

/// Bodies beyond this are refused as unreadable; the largest document is 100 MB (Meta, "Media", 2026).
const BODY_MAX_BYTES: usize = 101 * 1024 * 1024;

/// A call that was read to its end.
pub(crate) struct Call {
    /// Its method.
    pub method: Method,
    /// Its head fields.
    pub headers: HeaderMap,
    /// Its body as it came.
    pub body: Bytes,
    /// The body, if it is JSON; else null.
    pub json: Value,
    uri: Uri,
    parameters: HashMap<String, String>,
}

impl Call {
    /// Reads the body of a call. One that breaks off counts as empty.
    pub async fn read(head: Parts, body: Body) -> Self {
        let body = to_bytes(body, BODY_MAX_BYTES).await.unwrap_or_default();
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let mut parameters = parameters(&head.uri);
        let kind = head
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            parameters.extend(form(&body));
        }
        Self {
            method: head.method,
            headers: head.headers,
            body,
            json,
            uri: head.uri,
            parameters,
        }
    }

    /// A parameter of the query or the form, or a string of the JSON body: Graph takes them anywhere.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameters
            .get(name)
            .map(String::as_str)
            .or_else(|| self.json.get(name).and_then(Value::as_str))
    }

    /// Like [`Self::text`], for what Graph cannot do without.
    pub fn required(&self, name: &str) -> Result<&str, GraphError> {
        self.text(name).ok_or_else(|| GraphError::required(name))
    }

    /// Like [`Self::text`], as a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.text(name).and_then(|text| text.parse().ok())
    }

    /// Where it went, without its query.
    pub fn address(&self) -> String {
        let host = self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        format!("http://{}{}", host.unwrap_or_default(), self.uri.path())
    }

    /// The token: of the head, else of the parameters.
    pub fn token(&self) -> Option<&str> {
        bearer(&self.headers).or_else(|| self.text("access_token"))
    }

    /// Whether a business token lets the call in.
    pub fn admit(&self, meta: &Meta) -> Result<(), GraphError> {
        admit(meta, self.token())
    }
}

/// Whether `token` is a valid business token.
pub(crate) fn admit(meta: &Meta, token: Option<&str>) -> Result<(), GraphError> {
    let token = token.ok_or_else(GraphError::token)?;
    meta.world().logins.admit(token, numbering::unix_seconds())
}

/// The token in the head of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    ["bearer", "oauth"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then(|| token.trim())
}

/// The parameters of a query.
pub(crate) fn parameters(uri: &Uri) -> HashMap<String, String> {
    Query::try_from_uri(uri)
        .map(|Query(parameters)| parameters)
        .unwrap_or_default()
}

/// A form in a body is written like a query.
fn form(body: &[u8]) -> HashMap<String, String> {
    std::str::from_utf8(body)
        .ok()
        .and_then(|form| format!("/?{form}").parse::<Uri>().ok())
        .map(|uri| parameters(&uri))
        .unwrap_or_default()
}
