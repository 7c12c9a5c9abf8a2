//! Things that go wrong with a call.

use crate::{graph_error::GraphError, http::HangUp, ledger::Outcome, meta::Meta};
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use std::{future, time::Duration};

/// The page of a captive portal, or of a proxy that has lost its way.
const PAGE: &str = "<!DOCTYPE html><title>Welcome</title><p>Sign in to use this network.</p>";

/// No latency is longer.
const LATENCY_MAX_MS: u64 = 10 * 60 * 1000;

/// The 99th percentile of the normal distribution.
const P99_SIGMAS: f64 = 2.326;

/// What happens to one call instead of the plain answer. Also a part of the body of `POST /_sim/faults`.
///
/// Where a fault accepts a send, it does so under the usual checks: a send that would have been refused is refused, and
/// the fault is used up. Of other calls "accepted" means done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// Nothing is accepted and the answer never comes.
    Hang,
    /// Nothing is accepted, and the connection closes without an answer.
    Drop,
    /// Nothing is accepted, and the connection is reset (TCP RST).
    Reset,
    /// Nothing is accepted; the answer is a web page with HTTP status 200, as a captive portal would give.
    Html,
    /// Nothing is accepted; the answer is a web page, as a proxy on the way would give.
    Page {
        /// The HTTP status.
        http: u16,
    },
    /// Nothing is accepted; the answer sends the client elsewhere. Following it shows in `GET /_sim/state`.
    Redirect,
    /// Refused in Meta's envelope.
    Error {
        /// The HTTP status; 0 or left out: the one that Meta documents for the code.
        #[serde(default)]
        http: u16,
        /// Meta's code.
        code: i64,
        /// `error.message`; empty or left out: Meta's words for the code.
        #[serde(default)]
        message: String,
    },
    /// Refused with 130429, as if the number's throughput were reached.
    RateLimit,
    /// Accepted, but the answer never comes.
    AcceptThenHang,
    /// Accepted, then the connection closes without an answer.
    AcceptThenDrop,
    /// Accepted, then the connection is reset (TCP RST).
    AcceptThenReset,
    /// Accepted, then answered with code 131000 and HTTP status 500.
    #[serde(rename = "accept_then_500")]
    AcceptThen500,
    /// Accepted, then answered with a web page.
    AcceptThenPage {
        /// The HTTP status.
        http: u16,
    },
    /// Accepted, then answered as if refused.
    AcceptThenError {
        /// As of [`Fault::Error`].
        #[serde(default)]
        http: u16,
        /// Meta's code.
        code: i64,
        /// As of [`Fault::Error`].
        #[serde(default)]
        message: String,
    },
    /// A send is accepted; the first status is `failed`.
    FailLater {
        /// Meta's code.
        code: i64,
        /// `errors[].title` and `errors[].message`; empty or left out: Meta's words for the code.
        #[serde(default)]
        title: String,
    },
    /// A send is accepted; it is read at once, and `delivered` is never told.
    SkipDelivered,
    /// The call takes longer, whatever else happens to it.
    Latency {
        /// Before it arrives.
        #[serde(default)]
        there: Delay,
        /// Before its answer leaves.
        #[serde(default)]
        back: Delay,
    },
}

/// How long something takes, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Delay {
    /// No time.
    #[default]
    None,
    /// Always as long.
    Constant {
        /// So long.
        ms: u64,
    },
    /// Anything in between, all as likely.
    Uniform {
        /// The shortest.
        min_ms: u64,
        /// The longest.
        max_ms: u64,
    },
    /// Lognormal: most are short, few very long.
    HeavyTail {
        /// Half are shorter.
        median_ms: u64,
        /// One in a hundred is longer.
        p99_ms: u64,
    },
}

impl Delay {
    /// One draw of it, ten minutes at most.
    pub(crate) fn draw(self, random: &mut fastrand::Rng) -> Duration {
        let ms = match self {
            Self::None => 0,
            Self::Constant { ms } => ms,
            Self::Uniform { min_ms, max_ms } => random.u64(min_ms..=max_ms.max(min_ms)),
            Self::HeavyTail { median_ms, p99_ms } => {
                let median = u32::try_from(median_ms.max(1)).map_or(f64::MAX, f64::from);
                let p99 = u32::try_from(p99_ms).map_or(f64::MAX, f64::from).max(median);
                // Box and Muller; the first draw is above 0.
                let radius = (-2.0 * (1.0 - random.f64()).ln()).sqrt();
                let normal = radius * (std::f64::consts::TAU * random.f64()).cos();
                let drawn = median * ((p99 / median).ln() / P99_SIGMAS * normal).exp();
                return Duration::try_from_secs_f64(drawn / 1000.0)
                    .unwrap_or(Duration::MAX)
                    .min(Duration::from_millis(LATENCY_MAX_MS));
            }
        };
        Duration::from_millis(ms.min(LATENCY_MAX_MS))
    }
}

impl Fault {
    /// Whether it is met before anything is accepted.
    pub(crate) fn comes_first(&self) -> bool {
        matches!(
            self,
            Self::Hang
                | Self::Drop
                | Self::Reset
                | Self::Html
                | Self::Page { .. }
                | Self::Redirect
                | Self::Error { .. }
                | Self::RateLimit
        )
    }

    /// What the ledger keeps of a send that met it before it was accepted.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Error { code, .. } => Outcome::Refused { code: *code },
            Self::RateLimit => Outcome::Refused {
                code: GraphError::throughput().code(),
            },
            other => Outcome::Lost { fault: other.name() },
        }
    }

    /// The answer in place of the plain one; `None`: the plain one is given.
    async fn answer(&self, meta: &Meta) -> Option<Response> {
        Some(match self {
            Self::Hang | Self::AcceptThenHang => future::pending().await,
            Self::Drop | Self::AcceptThenDrop => hung_up(HangUp::Close),
            Self::Reset | Self::AcceptThenReset => hung_up(HangUp::Reset),
            Self::Html => Html(PAGE).into_response(),
            Self::Page { http } | Self::AcceptThenPage { http } => {
                let status = StatusCode::from_u16(*http).unwrap_or(StatusCode::BAD_GATEWAY);
                (status, Html(PAGE)).into_response()
            }
            Self::Redirect => {
                let elsewhere = format!("{}/_sim/redirected", meta.graph_url);
                (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, elsewhere)]).into_response()
            }
            Self::Error { http, code, message } | Self::AcceptThenError { http, code, message } => {
                GraphError::made_up(*http, *code, message).into_response()
            }
            Self::RateLimit => GraphError::throughput().into_response(),
            Self::AcceptThen500 => GraphError::internal().into_response(),
            Self::FailLater { .. } | Self::SkipDelivered | Self::Latency { .. } => return None,
        })
    }

    /// The fault's name, as `POST /_sim/faults` takes it.
    fn name(&self) -> &'static str {
        match self {
            Self::Hang => "hang",
            Self::Drop => "drop",
            Self::Reset => "reset",
            Self::Html => "html",
            Self::Page { .. } => "page",
            Self::Redirect => "redirect",
            Self::Error { .. } => "error",
            Self::RateLimit => "rate_limit",
            Self::AcceptThenHang => "accept_then_hang",
            Self::AcceptThenDrop => "accept_then_drop",
            Self::AcceptThenReset => "accept_then_reset",
            Self::AcceptThen500 => "accept_then_500",
            Self::AcceptThenPage { .. } => "accept_then_page",
            Self::AcceptThenError { .. } => "accept_then_error",
            Self::FailLater { .. } => "fail_later",
            Self::SkipDelivered => "skip_delivered",
            Self::Latency { .. } => "latency",
        }
    }
}

/// The answer to `call` under `fault`: in its place if it comes first; after it if it was accepted.
pub(crate) async fn answered(fault: Option<&Fault>, meta: &Meta, call: impl Future<Output = Response>) -> Response {
    let Some(fault) = fault else {
        return call.await;
    };
    if fault.comes_first() {
        return fault.answer(meta).await.unwrap_or_default();
    }
    let plain = call.await;
    if !plain.status().is_success() {
        return plain;
    }
    fault.answer(meta).await.unwrap_or(plain)
}

fn hung_up(how: HangUp) -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(how);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_tail_has_its_median_and_its_99th_percentile() {
        let mut random = fastrand::Rng::with_seed(1);
        let delay = Delay::HeavyTail {
            median_ms: 100,
            p99_ms: 2000,
        };
        let drawn: Vec<u128> = (0..10_000).map(|_| delay.draw(&mut random).as_millis()).collect();
        let beyond = |ms: u128| drawn.iter().filter(|drawn| **drawn > ms).count();
        assert!((4800..5200).contains(&beyond(100)), "{}", beyond(100));
        assert!((60..140).contains(&beyond(2000)), "{}", beyond(2000));
    }

    #[test]
    fn a_name_is_what_is_written() {
        for fault in [
            Fault::Hang,
            Fault::AcceptThen500,
            Fault::RateLimit,
            Fault::SkipDelivered,
        ] {
            let written = serde_json::to_value(&fault).unwrap_or_default();
            assert_eq!(written.get("fault").and_then(|name| name.as_str()), Some(fault.name()));
        }
    }
}
