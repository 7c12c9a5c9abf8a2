//! One request and its small answer, as every call here makes it: sent once, read up to a limit, Meta's error object told
//! from everything else.

use crate::{CallError, Refusal};
use serde::{Deserialize, de::DeserializeOwned};
use twinbox_domain::NODE_GONE;

/// Most answers are small; more than this is not the Graph API's.
pub(crate) const LONGEST_ANSWER: usize = 256 * 1024;
/// A page of a list: 100 templates, each with all the text, links and cards that it may have, and every letter that is not
/// ASCII written with six characters.
pub(crate) const LONGEST_PAGE: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct Failure {
    error: FailureObject,
}

#[derive(Deserialize)]
struct FailureObject {
    code: i64,
    #[serde(default)]
    error_subcode: i64,
    #[serde(default)]
    message: String,
}

impl FailureObject {
    /// That what was asked about is gone, or out of the token's sight, Graph tells as 33 below 100, the code of everything
    /// that is wrong with a request; Meta lists it as 33 ("Error codes", 2026).
    fn code(&self) -> i64 {
        match (self.code, self.error_subcode) {
            (100, NODE_GONE) => NODE_GONE,
            (code, _) => code,
        }
    }
}

/// Sends a request and reads what it answers in at most `longest` bytes, or Meta's error object.
pub(crate) async fn answer<T: DeserializeOwned>(
    request: reqwest::RequestBuilder,
    longest: usize,
) -> Result<T, CallError> {
    let (http, bytes) = exchange(request, longest).await?;
    understand(http, &bytes)
}

/// Sends a request and reads all of its answer, whatever it is, of at most `longest` bytes.
pub(crate) async fn exchange(request: reqwest::RequestBuilder, longest: usize) -> Result<(u16, Vec<u8>), CallError> {
    let mut response = request.send().await?;
    let http = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > longest {
            return Err(CallError::Unreadable { http });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok((http, bytes))
}

/// What a small answer says.
pub(crate) fn understand<T: DeserializeOwned>(http: u16, bytes: &[u8]) -> Result<T, CallError> {
    if let Ok(Failure { error }) = serde_json::from_slice(bytes) {
        return Err(CallError::Refused(Refusal {
            http,
            code: error.code(),
            message: error.message,
        }));
    }
    if !(200..300).contains(&http) {
        return Err(CallError::Unreadable { http });
    }
    serde_json::from_slice(bytes).map_err(|_| CallError::Unreadable { http })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn an_error_object_is_a_refusal_whatever_the_status_is() {
        let refused =
            br#"{"error":{"message":"Invalid verification code format.","type":"OAuthException","code":100}}"#;
        for http in [200, 400, 500] {
            let Err(CallError::Refused(refusal)) = understand::<Value>(http, refused) else {
                panic!("refused")
            };
            assert_eq!((refusal.code, refusal.http), (100, http));
        }
    }

    /// Graph's answer for a node that is not there (Meta, "Handling errors", 2026).
    #[test]
    fn what_is_gone_is_told_from_what_is_wrong_with_a_request() {
        let gone = br#"{"error":{"message":"Unsupported get request.","type":"GraphMethodException","code":100,
            "error_subcode":33,"fbtrace_id":"Az8"}}"#;
        let Err(CallError::Refused(refusal)) = understand::<Value>(400, gone) else {
            panic!("refused")
        };
        assert_eq!(refusal.code, 33);
    }
}
