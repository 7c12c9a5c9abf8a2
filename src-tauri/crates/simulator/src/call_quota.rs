//! How many calls Graph takes in an hour (Meta, "About the platform": rate limits, Nov 2025): 200 for an app and an
//! account without a number, 5,000 with one. Off unless somebody turns it on.
//!
//! | route | body | what happens |
//! |---|---|---|
//! | `POST /_sim/call_limits` | `app`, `account`: calls an hour; null or left out: any number | from now on more are refused with code 4 or 80007 |

use crate::{
    control::{Refusal, read},
    graph_error::GraphError,
    meta::Meta,
    numbering,
};
use axum::{Json, Router, body::Bytes, extract::State, routing::post};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::VecDeque, sync::Arc};

const HOUR_SECONDS: u64 = 60 * 60;

/// Which limit a call counts for, beside the app's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The account's, too: its node and edges, those of its numbers and its templates.
    Management,
    /// None: messages and media.
    Other,
}

/// The most calls in an hour. `None`: any number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CallLimits {
    /// Of the app, whatever they are for: code 4.
    pub app: Option<u32>,
    /// Of the account: code 80007.
    pub account: Option<u32>,
}

/// The calls of the last hour, as far as there is a limit.
#[derive(Debug, Default)]
pub(crate) struct CallQuota {
    limits: CallLimits,
    of_app: VecDeque<u64>,
    of_account: VecDeque<u64>,
}

impl CallQuota {
    /// Counts from now on, beginning anew.
    pub fn set(&mut self, limits: CallLimits) {
        *self = Self {
            limits,
            ..Self::default()
        };
    }

    fn count(&mut self, purpose: Purpose, now: u64) -> Result<(), GraphError> {
        if is_full(&mut self.of_app, self.limits.app, now) {
            return Err(GraphError::known(
                4,
                "The app has reached its limit of calls in an hour.",
            ));
        }
        if purpose == Purpose::Management && is_full(&mut self.of_account, self.limits.account, now) {
            return Err(GraphError::known(
                80_007,
                "The WhatsApp Business Account has reached its rate limit.",
            ));
        }
        Ok(())
    }
}

/// Counts a call that was let in, or refuses it.
pub(crate) fn count(meta: &Meta, purpose: Purpose) -> Result<(), GraphError> {
    meta.world().calls.count(purpose, numbering::unix_seconds())
}

/// The route.
pub(crate) fn routes() -> Router<Arc<Meta>> {
    Router::new().route("/_sim/call_limits", post(set))
}

async fn set(State(meta): State<Arc<Meta>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    meta.world().calls.set(read(&body)?);
    Ok(Json(json!({})))
}

/// Whether there were `limit` calls within an hour before `now`; if not, one more.
fn is_full(calls: &mut VecDeque<u64>, limit: Option<u32>, now: u64) -> bool {
    let Some(limit) = limit else {
        return false;
    };
    while calls.front().is_some_and(|at| at + HOUR_SECONDS <= now) {
        calls.pop_front();
    }
    if calls.len() >= limit as usize {
        return true;
    }
    calls.push_back(now);
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_hour_has_so_many_calls_and_then_begins_anew() {
        let mut quota = CallQuota::default();
        quota.set(CallLimits {
            app: Some(3),
            account: Some(2),
        });
        assert!(quota.count(Purpose::Management, 0).is_ok());
        assert!(quota.count(Purpose::Management, 1).is_ok());
        assert!(quota.count(Purpose::Other, 2).is_ok());
        assert_eq!(quota.count(Purpose::Other, 3).unwrap_err().code(), 4);
        assert!(quota.count(Purpose::Other, HOUR_SECONDS).is_ok());
        quota.set(CallLimits {
            app: None,
            account: Some(0),
        });
        assert_eq!(quota.count(Purpose::Management, 0).unwrap_err().code(), 80_007);
    }
}
