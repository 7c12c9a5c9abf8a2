//! Brings webhooks to the apps that are subscribed, until all of them answered 200.
//!
//! Every webhook has a task of its own, so they arrive in any order, as Meta's do. One that an app did not answer 200 is
//! posted to all of them again, after growing pauses, until it is too old (Meta, "Webhooks overview", 2026). A change of
//! address is tried at once. So many are posted at once at most; more wait. Nothing survives the end of the simulator.

mod addresses;
mod attempts;
mod log;
mod post;

use crate::{
    announcement,
    parcels::{Audience, Parcel, Parcels, WebhookFault},
    rules::{FaultRule, Rules},
    wire::{self, Signer},
};
pub use addresses::OtherApp;
pub(crate) use addresses::{Addresses, Slot};
use log::Log;
pub(crate) use log::Told;
use post::Poster;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{Semaphore, watch},
    time,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What waits for webhooks to come waits so long at most.
const HELD_AT_MOST: Duration = Duration::from_secs(1);

/// How webhooks are delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Whether the app is subscribed to the account at the start; else `POST /{waba}/subscribed_apps` has to.
    pub is_subscribed: bool,
    /// The longest pause between two attempts.
    pub longest_pause: Duration,
    /// A webhook that is older and not answered 200 is given up. Meta: 7 days.
    pub longest_age: Duration,
    /// So many webhooks are posted at once at most.
    pub most_posts: usize,
}

impl Default for Delivery {
    /// Subscribed, a minute, 7 days, 256.
    fn default() -> Self {
        Self {
            is_subscribed: true,
            longest_pause: Duration::from_secs(60),
            longest_age: Duration::from_secs(7 * 24 * 60 * 60),
            most_posts: 256,
        }
    }
}

/// What a courier starts with.
pub(crate) struct Setup<'a> {
    /// The app's address; empty: webhooks wait for one.
    pub address: &'a str,
    /// Signs what the app gets.
    pub app_secret: &'a str,
    /// The account; webhooks of other entries are told of the app itself.
    pub waba_id: &'a str,
    /// The first pause between two attempts; it doubles.
    pub first_pause: Duration,
    /// The rest of the rules.
    pub delivery: Delivery,
    /// Seeds the dice of faults.
    pub seed: u64,
    /// When the log's clock began.
    pub started: Instant,
    /// Counts the tasks.
    pub tracker: TaskTracker,
    /// Ends them.
    pub cancel: CancellationToken,
}

/// The one sender of webhooks; clones share everything.
#[derive(Clone)]
pub(crate) struct Courier(Arc<Inner>);

struct Inner {
    poster: Poster,
    signer: Signer,
    waba_id: String,
    first_pause: Duration,
    delivery: Delivery,
    addresses: watch::Sender<Addresses>,
    is_unsubscribed: AtomicBool,
    desk: Mutex<Desk>,
    under_way: AtomicUsize,
    given_up: AtomicUsize,
    posts: Semaphore,
    started: Instant,
    tracker: TaskTracker,
    cancel: CancellationToken,
}

/// What is done with webhooks before they go.
struct Desk {
    parcels: Parcels,
    log: Log,
    /// Every one that an address was tried with.
    verify_tokens: BTreeSet<String>,
}

impl Courier {
    /// A courier that has brought nothing.
    pub fn new(setup: Setup<'_>) -> Self {
        let Setup { delivery, .. } = setup;
        Self(Arc::new(Inner {
            poster: Poster::new(delivery.most_posts),
            signer: Signer::new(setup.app_secret),
            waba_id: setup.waba_id.to_owned(),
            first_pause: setup.first_pause,
            delivery,
            addresses: watch::Sender::new(Addresses::of_app(setup.address)),
            is_unsubscribed: AtomicBool::new(!delivery.is_subscribed),
            desk: Mutex::new(Desk {
                parcels: Parcels::seeded(setup.seed),
                log: Log::default(),
                verify_tokens: BTreeSet::new(),
            }),
            under_way: AtomicUsize::new(0),
            given_up: AtomicUsize::new(0),
            posts: Semaphore::new(delivery.most_posts.max(1)),
            started: setup.started,
            tracker: setup.tracker,
            cancel: setup.cancel,
        }))
    }

    /// Where webhooks go.
    pub fn address(&self) -> String {
        self.address_in(Slot::App)
    }

    /// The address in that slot; empty: there is none.
    pub fn address_in(&self, slot: Slot) -> String {
        self.0.addresses.borrow().slot(slot).to_owned()
    }

    /// Puts `address` into that slot. What waits for another attempt is tried at once.
    pub fn set_address(&self, slot: Slot, address: String) {
        self.0
            .addresses
            .send_modify(|addresses| *addresses.slot_mut(slot) = address);
    }

    /// The fields the app is told of; `None`: all.
    pub fn fields(&self) -> Option<Vec<String>> {
        self.0.addresses.borrow().fields.clone()
    }

    /// The fields the app is told of from now on.
    pub fn set_fields(&self, fields: Vec<String>) {
        self.0
            .addresses
            .send_modify(|addresses| addresses.fields = Some(fields));
    }

    /// The other apps that are subscribed to the account.
    pub fn other_apps(&self) -> Vec<OtherApp> {
        self.0.addresses.borrow().others.clone()
    }

    /// Changes who they are.
    pub fn change_other_apps(&self, change: impl FnOnce(&mut Vec<OtherApp>)) {
        self.0.addresses.send_modify(|addresses| change(&mut addresses.others));
    }

    /// Whether the app gets webhooks of the account.
    pub fn is_subscribed(&self) -> bool {
        !self.0.is_unsubscribed.load(Ordering::Acquire)
    }

    /// Begins or ends to bring the app webhooks of the account. What happens in between is never told.
    pub fn subscribe(&self, is_subscribed: bool) {
        self.0.is_unsubscribed.store(!is_subscribed, Ordering::Release);
    }

    /// One more rule for the webhooks to come.
    pub fn add_fault(&self, rule: FaultRule<WebhookFault>) {
        self.0.desk().parcels.rules.add(rule);
    }

    /// Looks at the rules, or changes them.
    pub fn with_faults<T>(&self, look: impl FnOnce(&mut Rules<WebhookFault>) -> T) -> T {
        look(&mut self.0.desk().parcels.rules)
    }

    /// How many webhooks have not been answered 200, with those that wait for others to come.
    pub fn undelivered(&self) -> usize {
        let desk = self.0.desk();
        desk.parcels.waiting() + self.0.under_way.load(Ordering::Acquire)
    }

    /// How many were given up because they were too old.
    pub fn given_up(&self) -> usize {
        self.0.given_up.load(Ordering::Acquire)
    }

    /// When the webhook with that number was answered 200, in microseconds since the start.
    pub fn answered_at(&self, number: u64) -> Option<u64> {
        self.0.desk().log.get(number)?.answered_at_micros
    }

    /// What was told, from the webhook with that number on.
    pub fn told_since(&self, number: u64) -> Vec<Told> {
        self.0.desk().log.since(number)
    }

    /// Signs `webhook` and delivers it in the background, as the faults that wait have it.
    pub fn deliver(&self, webhook: &Value) {
        self.deliver_numbered(webhook);
    }

    /// Like [`Self::deliver`]. Gives its number in the log; `None`: it is for nobody.
    pub fn deliver_numbered(&self, webhook: &Value) -> Option<u64> {
        let audience = self.audience(webhook);
        if !audience.app && !audience.others {
            return None;
        }
        let mut desk = self.0.desk();
        let number = desk.log.open(webhook, self.0.now_micros());
        if desk.parcels.is_plain() {
            self.0.under_way.fetch_add(1, Ordering::AcqRel);
            drop(desk);
            self.dispatch(webhook, audience, vec![number], Duration::ZERO);
            return Some(number);
        }
        let packed = desk.parcels.pack(Parcel {
            webhook: webhook.clone(),
            audience,
            numbers: vec![number],
            after: Duration::ZERO,
        });
        for lost in &packed.lost {
            desk.log.lose(*lost, "dropped");
        }
        self.0.under_way.fetch_add(packed.go.len(), Ordering::AcqRel);
        drop(desk);
        self.dispatch_all(packed.go);
        if let Some(hold) = packed.holds {
            self.release_later(hold);
        }
        Some(number)
    }

    /// Asks the address to prove that it knows `verify_token`, as Meta does when an address is saved.
    pub async fn verify(&self, verify_token: &str) -> Result<(), String> {
        self.verify_at(&self.address(), verify_token).await
    }

    /// Like [`Self::verify`], for any address.
    pub async fn verify_at(&self, address: &str, verify_token: &str) -> Result<(), String> {
        self.0.desk().verify_tokens.insert(verify_token.to_owned());
        self.0.poster.verify(address, verify_token).await
    }

    /// Every verify token that an address was tried with.
    pub fn verify_tokens(&self) -> BTreeSet<String> {
        self.0.desk().verify_tokens.clone()
    }

    /// Who gets a webhook. What is told of the app rather than of the account, such as `PARTNER_ADDED`, names another
    /// entry than the account, and comes without a subscription (Meta, "account_update webhook", Apr 2026).
    fn audience(&self, webhook: &Value) -> Audience {
        let is_of_app = webhook
            .pointer("/entry/0/id")
            .and_then(Value::as_str)
            .is_some_and(|id| id != self.0.waba_id);
        let field = webhook.pointer("/entry/0/changes/0/field").and_then(Value::as_str);
        let addresses = self.0.addresses.borrow();
        Audience {
            app: (is_of_app || self.is_subscribed()) && field.is_none_or(|field| addresses.takes(field)),
            others: !is_of_app && !addresses.others.is_empty(),
            of_number: field.is_some_and(announcement::is_of_number),
        }
    }

    fn dispatch_all(&self, parcels: Vec<Parcel>) {
        for parcel in parcels {
            self.dispatch(&parcel.webhook, parcel.audience, parcel.numbers, parcel.after);
        }
    }

    /// Posts what is counted as under way.
    fn dispatch(&self, webhook: &Value, audience: Audience, numbers: Vec<u64>, after: Duration) {
        let body = wire::escaped(webhook).into();
        let inner = Arc::clone(&self.0);
        self.0.tracker.spawn(async move {
            let delivery = async {
                if !after.is_zero() {
                    time::sleep(after).await;
                }
                inner.deliver_until_answered(body, audience, &numbers).await;
            };
            if inner.cancel.run_until_cancelled(delivery).await.is_some() {
                inner.under_way.fetch_sub(1, Ordering::AcqRel);
            }
        });
    }

    fn release_later(&self, hold: u64) {
        let courier = self.clone();
        self.0.tracker.spawn(async move {
            let wait = time::sleep(HELD_AT_MOST);
            if courier.0.cancel.run_until_cancelled(wait).await.is_none() {
                return;
            }
            let parcels = {
                let mut desk = courier.0.desk();
                let parcels = desk.parcels.release(hold);
                courier.0.under_way.fetch_add(parcels.len(), Ordering::AcqRel);
                parcels
            };
            courier.dispatch_all(parcels);
        });
    }
}

impl Inner {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_micros(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
