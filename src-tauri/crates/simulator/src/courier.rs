//! Brings webhooks to the business's address until they are answered 200.
//!
//! Every webhook has a task of its own, so they arrive in any order, as Meta's do (Meta, "Webhooks overview", 2026).
//! A change of address is tried at once. Nothing survives the end of the simulator.

use crate::{
    announcement,
    parcels::{Parcels, WebhookFault},
    wire,
};
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, StatusCode, body::Bytes, header};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{sync::watch, time};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long an answer may take before the attempt counts as failed.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What Meta calls itself.
const USER_AGENT: &str = "facebookexternalua";

/// The one sender of webhooks; clones share everything.
#[derive(Clone)]
pub(crate) struct Courier {
    client: Client<HttpConnector, Full<Bytes>>,
    app_secret: Arc<str>,
    first_pause: Duration,
    address: watch::Sender<String>,
    /// Takes the place of `address` for what is told of the number. Empty: there is none.
    override_address: watch::Sender<String>,
    is_unsubscribed: Arc<AtomicBool>,
    parcels: Arc<Mutex<Parcels>>,
    undelivered: Arc<AtomicUsize>,
    tracker: TaskTracker,
    cancel: CancellationToken,
}

impl Courier {
    /// A courier to `address` whose tasks are counted by `tracker` and end with `cancel`.
    pub fn new(
        address: &str,
        app_secret: &str,
        first_pause: Duration,
        tracker: TaskTracker,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            client: Client::builder(TokioExecutor::new()).build_http(),
            app_secret: app_secret.into(),
            first_pause,
            address: watch::Sender::new(address.to_owned()),
            override_address: watch::Sender::default(),
            is_unsubscribed: Arc::default(),
            parcels: Arc::default(),
            undelivered: Arc::default(),
            tracker,
            cancel,
        }
    }

    /// Where webhooks go.
    pub fn address(&self) -> String {
        self.address.borrow().clone()
    }

    /// Sends everything that waits, and everything to come, to `address`.
    pub fn set_address(&self, address: String) {
        self.address.send_replace(address);
    }

    /// Where webhooks of the number go instead; empty: nowhere else.
    pub fn override_address(&self) -> String {
        self.override_address.borrow().clone()
    }

    /// Sends what is told of the number to `address` instead. Empty: to the usual one again.
    pub fn set_override_address(&self, address: String) {
        self.override_address.send_replace(address);
    }

    /// Whether the app gets webhooks.
    pub fn is_subscribed(&self) -> bool {
        !self.is_unsubscribed.load(Ordering::Acquire)
    }

    /// Begins or ends to bring webhooks. What happens in between is never told.
    pub fn subscribe(&self, is_subscribed: bool) {
        self.is_unsubscribed.store(!is_subscribed, Ordering::Release);
    }

    /// The next webhook meets `fault`.
    pub fn fail_next(&self, fault: WebhookFault) {
        self.parcels().fail_next(fault);
    }

    /// How many webhooks have not been answered 200. Those that wait for others to come are not counted.
    pub fn undelivered(&self) -> usize {
        self.undelivered.load(Ordering::Acquire)
    }

    /// Signs `webhook` and delivers it in the background, as the faults that wait have it.
    pub fn deliver(&self, webhook: &Value) {
        if !self.is_subscribed() {
            return;
        }
        let parcels = {
            let mut parcels = self.parcels();
            if parcels.is_plain() {
                drop(parcels);
                return self.dispatch(webhook, Duration::ZERO);
            }
            parcels.pack(webhook)
        };
        for parcel in parcels {
            self.dispatch(&parcel.webhook, parcel.after);
        }
    }

    fn parcels(&self) -> MutexGuard<'_, Parcels> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn dispatch(&self, webhook: &Value, after: Duration) {
        let is_of_number = webhook
            .pointer("/entry/0/changes/0/field")
            .and_then(Value::as_str)
            .is_some_and(announcement::is_of_number);
        let body = Bytes::from(wire::escaped(webhook));
        self.undelivered.fetch_add(1, Ordering::AcqRel);
        let courier = self.clone();
        self.tracker.spawn(async move {
            let cancel = courier.cancel.clone();
            let delivery = async {
                time::sleep(after).await;
                courier.deliver_until_answered(body, is_of_number).await;
            };
            if cancel.run_until_cancelled(delivery).await.is_some() {
                courier.undelivered.fetch_sub(1, Ordering::AcqRel);
            }
        });
    }

    /// Asks the address to prove that it knows `verify_token`, as Meta does when an address is saved.
    pub async fn verify(&self, verify_token: &str) -> Result<(), String> {
        self.verify_at(&self.address(), verify_token).await
    }

    /// Like [`Self::verify`], for any address.
    pub async fn verify_at(&self, address: &str, verify_token: &str) -> Result<(), String> {
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

    async fn deliver_until_answered(&self, body: Bytes, is_of_number: bool) {
        let signature = wire::signature(&self.app_secret, &body);
        let mut address = self.address.subscribe();
        let mut instead = self.override_address.subscribe();
        let mut pause = self.first_pause;
        for attempt in 1_u32.. {
            let mut url = address.borrow_and_update().clone();
            let other = instead.borrow_and_update().clone();
            if is_of_number && !other.is_empty() {
                url = other;
            }
            let Err(reason) = self.post(&url, body.clone(), &signature).await else {
                return;
            };
            tracing::debug!(attempt, "webhook attempt {attempt} failed: {reason}");
            tokio::select! {
                Ok(()) = address.changed() => pause = self.first_pause,
                Ok(()) = instead.changed() => pause = self.first_pause,
                () = time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
            }
        }
    }

    async fn post(&self, url: &str, body: Bytes, signature: &str) -> Result<(), String> {
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
