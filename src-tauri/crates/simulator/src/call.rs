//! One Graph call: its parameters, wherever they stand, and whether it is let in.

use crate::{graph_error::GraphError, http::Arrival, meta::Meta, multipart, numbering, wire};
use axum::{
    body::{Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, header},
};
use serde_json::{Map, Value};

/// Bodies beyond this are refused as unreadable; the largest document is 100 MB (Meta, "Media", 2026).
const BODY_MAX_BYTES: usize = 101 * 1024 * 1024;

/// A call that was read to its end.
pub(crate) struct Call {
    /// Its method.
    pub method: Method,
    /// Its head fields.
    pub headers: HeaderMap,
    /// Its path.
    pub path: String,
    /// Its body as it came.
    pub body: Bytes,
    /// When its head arrived, in microseconds since the start.
    pub arrived_micros: u64,
    /// Its parameters: of a JSON body, and beneath them those of a form and of the query. An object, always.
    pub json: Value,
}

impl Call {
    /// Reads the body of a call. One that breaks off counts as empty.
    pub async fn read(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, BODY_MAX_BYTES).await.unwrap_or_default();
        let mut parameters = pairs(head.uri.query().unwrap_or_default().as_bytes());
        let kind = head.headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            parameters.extend(pairs(&body));
        } else if kind.starts_with("multipart/form-data") {
            parameters.extend(fields(kind, &body));
        } else if let Ok(Value::Object(object)) = serde_json::from_slice(&body) {
            parameters.extend(object);
        }
        Self {
            method: head.method,
            headers: head.headers,
            path: head.uri.path().to_owned(),
            body,
            // Every request carries one, see `http`.
            arrived_micros: head.extensions.get().map_or(0, |Arrival(at_micros)| *at_micros),
            json: Value::Object(parameters),
        }
    }

    /// A parameter that is a text: Graph takes them anywhere.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.json.get(name).and_then(Value::as_str)
    }

    /// Like [`Self::text`], for what Graph cannot do without.
    pub fn required(&self, name: &str) -> Result<&str, GraphError> {
        self.text(name).ok_or_else(|| GraphError::required(name))
    }

    /// A parameter that is a number, or one in a text.
    pub fn number(&self, name: &str) -> Option<usize> {
        let value = self.json.get(name)?;
        let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
        usize::try_from(number).ok()
    }

    /// Where it went, without its query.
    pub fn address(&self) -> String {
        let host = self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        format!("http://{}{}", host.unwrap_or_default(), self.path)
    }

    /// Whether a business token lets the call in.
    pub fn admit(&self, meta: &Meta) -> Result<(), GraphError> {
        admit(meta, self.proven_token(meta)?)
    }

    /// The token: of the parameters, else of the head; clients that always send a head name the app's token beside it.
    /// Proven by `appsecret_proof` where there is one (Meta, "Securing Graph API requests", 2026).
    pub fn proven_token(&self, meta: &Meta) -> Result<&str, GraphError> {
        let token = self
            .text("access_token")
            .or_else(|| bearer(&self.headers))
            .ok_or_else(GraphError::token)?;
        let right = wire::signature(&meta.config.app_secret, token.as_bytes());
        match self.text("appsecret_proof") {
            Some(proof) if !right.ends_with(&format!("={proof}")) => Err(GraphError::proof()),
            _ => Ok(token),
        }
    }
}

/// Whether `token` is a valid business token.
pub(crate) fn admit(meta: &Meta, token: &str) -> Result<(), GraphError> {
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

/// The pairs of a query or a form.
fn pairs(encoded: &[u8]) -> Map<String, Value> {
    encoded
        .split(|&byte| byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |&byte| byte == b'=');
            let mut half = || decoded(halves.next().unwrap_or_default());
            (half(), parameter(half()))
        })
        .collect()
}

/// The fields of a form with files, without the file.
fn fields(content_type: &str, body: &[u8]) -> Map<String, Value> {
    multipart::parts(content_type, body)
        .into_iter()
        .filter(|part| part.name != "file")
        .filter_map(|part| {
            let text = std::str::from_utf8(part.content).ok()?;
            Some((part.name.to_owned(), parameter(text.to_owned())))
        })
        .collect()
}

/// Graph reads objects and lists in a text as JSON. A number stays the text it is: ids and phone numbers look alike.
fn parameter(text: String) -> Value {
    if text.starts_with(['{', '['])
        && let Ok(json) = serde_json::from_str(&text)
    {
        return json;
    }
    Value::String(text)
}

/// `a%20b+c` as a text (WHATWG, "URL Standard", application/x-www-form-urlencoded parsing).
fn decoded(encoded: &[u8]) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'%', [high, low, beyond @ ..]) => digit(*high)
                .zip(digit(*low))
                .map(|(high, low)| (high * 16 + low, beyond)),
            (b'+', _) => Some((b' ', after)),
            _ => None,
        };
        let (byte, beyond) = escaped.unwrap_or((first, after));
        bytes.push(byte);
        rest = beyond;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_is_read_whatever_is_in_it() {
        let form = "to=%2B16505551234&text=%7B%22body%22%3A%22a+%26+b%22%7D&plain=100%&wide=\u{eb} {|}&flag&&list=[1]";
        let expected = json!({
            "to": "+16505551234", "text": {"body": "a & b"}, "plain": "100%", "wide": "\u{eb} {|}", "flag": "",
            "list": [1],
        });
        assert_eq!(Value::Object(pairs(form.as_bytes())), expected);
    }
}
