//! `/_sim/faults`: what goes wrong, and how often.
//!
//! `POST` one rule: a [`Fault`] or a [`WebhookFault`](crate::WebhookFault) with
//!
//! | key | meaning | without it |
//! |---|---|---|
//! | `target` | "messages" (sends), "receipts", "media", "graph" (every call), a part of a path such as "oauth" or "smb_app_data", the beginning of a path ("/v25.0/1065", or "/1065" after any version), or "webhooks" | "messages" |
//! | `times` | how many calls or webhooks meet it | 1; any number with `rate` or `for_ms` |
//! | `rate` | how likely one meets it, 0 to 1 | 1 |
//! | `for_ms` | for how long | until it is used up |
//!
//! So a rate-limit storm is `{"fault": "rate_limit", "for_ms": 5000}`. `GET` lists the rules that wait, `DELETE` forgets
//! them. Of the rules that fit, the first whose dice fall counts; latency and clock skew come on top of it. Sends that
//! Graph turns away for their token or number meet none.

use crate::{
    control::{Refusal, read, refusal},
    fault::Fault,
    meta::Meta,
    nodes,
    rules::{FaultRule, Rules},
};
use axum::{Json, Router, body::Bytes, extract::State, http::Method, routing::get};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Duration};

/// The target that stands for webhooks.
const WEBHOOKS: &str = "webhooks";

#[derive(Deserialize)]
struct Wanted {
    #[serde(default = "messages")]
    target: String,
    times: Option<u64>,
    rate: Option<f64>,
    for_ms: Option<u64>,
    #[serde(flatten)]
    fault: Map<String, Value>,
}

/// What a call is, as far as rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A send.
    Send,
    /// A read receipt.
    Receipt,
    /// A medium: up, down or about it.
    Medium,
    /// Anything else.
    Other,
}

/// What one call meets before it is looked at.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// What happens to it. Sends draw theirs later, see `graph`.
    pub fault: Option<Fault>,
    /// How much later it arrives.
    pub there: Duration,
    /// How much later its answer leaves.
    pub back: Duration,
}

/// The route.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new().route("/_sim/faults", get(list).post(add).delete(clear))
}

impl Meta {
    /// The fault a call meets, apart from latency.
    pub fn fault_of(&self, path: &str, asked: Asked) -> Option<Fault> {
        self.world()
            .faults
            .draw(|target, fault| !matches!(fault, Fault::Latency { .. }) && is_meant(target, path, asked))
    }

    /// Adds the rule that `body` writes out. Gives how many of its kind wait.
    pub fn add_fault(&self, body: &[u8]) -> Result<usize, Refusal> {
        let wanted: Wanted = read(body)?;
        if wanted.rate.is_some_and(|rate| !(0.0..=1.0).contains(&rate)) {
            return Err(refusal("A rate is between 0 and 1."));
        }
        if wanted.target == WEBHOOKS {
            self.courier.add_fault(rule(wanted)?);
            return Ok(self.courier.with_faults(|faults| faults.count()));
        }
        let rule = rule(wanted)?;
        let faults = &mut self.world().faults;
        faults.add(rule);
        Ok(faults.count())
    }

    /// What a call meets when it sets out.
    pub fn meets(&self, method: &Method, path: &str) -> Met {
        if self.world().faults.count() == 0 {
            return Met::default();
        }
        let asked = self.asked(method, path);
        let fault = if asked == Asked::Send {
            None
        } else {
            self.fault_of(path, asked)
        };
        let mut world = self.world();
        let latency = world
            .faults
            .draw(|target, fault| matches!(fault, Fault::Latency { .. }) && is_meant(target, path, asked));
        let (mut there, mut back) = (Duration::ZERO, Duration::ZERO);
        if let Some(Fault::Latency {
            there: way,
            back: back_way,
        }) = latency
        {
            there = way.draw(world.faults.random());
            back = back_way.draw(world.faults.random());
        }
        Met { fault, there, back }
    }

    /// Receipts cannot be told from sends before their body is read, and count as sends here.
    fn asked(&self, method: &Method, path: &str) -> Asked {
        match nodes::segments(path).as_slice() {
            [_, "messages"] if method == Method::POST => Asked::Send,
            [_, "media"] | [_, "attachments", ..] => Asked::Medium,
            [id] if self.world().library.holds(id) => Asked::Medium,
            _ => Asked::Other,
        }
    }
}

/// Whether a rule with that target is for that call.
fn is_meant(target: &str, path: &str, asked: Asked) -> bool {
    match target {
        // What people click through, such as the dialog of a login, is no call.
        _ if is_page(path) => false,
        "graph" => true,
        "messages" => asked == Asked::Send,
        "receipts" => asked == Asked::Receipt,
        "media" => asked == Asked::Medium,
        beginning if beginning.starts_with('/') => {
            let after_version = path
                .get(1..)
                .and_then(|rest| rest.find('/'))
                .and_then(|place| path.get(place + 1..));
            path.starts_with(beginning) || after_version.is_some_and(|path| path.starts_with(beginning))
        }
        part => path.split('/').any(|segment| segment == part),
    }
}

fn is_page(path: &str) -> bool {
    matches!(path, "/" | "/phone" | "/customers" | "/connect/login_success.html")
        || path.starts_with("/messaging/")
        || path.ends_with("/sdk.js")
        || path.split('/').any(|segment| segment == "dialog")
}

async fn add(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let waiting = meta.add_fault(&body)?;
    Ok(Json(json!({"faults_waiting": waiting})))
}

async fn list(State(meta): State<Arc<Meta>>) -> Json<Value> {
    let of_calls = json!(meta.world().faults.waiting());
    let of_webhooks = meta.courier.with_faults(|faults| json!(faults.waiting()));
    Json(json!({"calls": of_calls, "webhooks": of_webhooks}))
}

async fn clear(State(meta): State<Arc<Meta>>) -> Json<Value> {
    meta.world().faults.clear();
    meta.courier.with_faults(Rules::clear);
    Json(json!({}))
}

fn rule<F: DeserializeOwned>(wanted: Wanted) -> Result<FaultRule<F>, Refusal> {
    let is_open = wanted.rate.is_some() || wanted.for_ms.is_some();
    Ok(FaultRule {
        target: wanted.target,
        fault: read(Value::Object(wanted.fault).to_string().as_bytes())?,
        times: wanted.times.or((!is_open).then_some(1)),
        rate: wanted.rate.unwrap_or(1.0),
        lasts: wanted.for_ms.map(Duration::from_millis),
    })
}

fn messages() -> String {
    "messages".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_names_a_kind_a_part_or_a_beginning_of_a_path() {
        let send = "/v25.0/1065/messages";
        assert!(is_meant("messages", send, Asked::Send) && !is_meant("messages", send, Asked::Receipt));
        assert!(is_meant("receipts", send, Asked::Receipt) && is_meant("graph", send, Asked::Receipt));
        assert!(is_meant("/v25.0/1065", send, Asked::Send) && is_meant("/1065/mess", send, Asked::Send));
        assert!(is_meant("oauth", "/v25.0/oauth/access_token", Asked::Other));
        assert!(is_meant("/oauth", "/oauth/access_token", Asked::Other));
        assert!(!is_meant("oauth", "/v25.0/dialog/oauth", Asked::Other));
        assert!(!is_meant("oaut", "/oauth/access_token", Asked::Other));
        assert!(!is_meant("/access", "/", Asked::Other));
    }
}
