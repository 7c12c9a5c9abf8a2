//! The one Meta that Graph, the control routes, the living customers and the library's callers share.

use crate::{
    config::Config,
    courier::Courier,
    customer::{Customer, CustomerMessage},
    fault::Fault,
    graph_error::GraphError,
    ledger::{LedgerEntry, Outcome},
    numbering,
    send::{self, Send},
    webhook::{Sender, Status, StatusSubject},
    world::{Accepted, World},
};
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::{sync::mpsc, time};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The business sent something to a customer.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// The customer.
    pub user_id: String,
    /// The message.
    pub wamid: String,
}

/// State and background work of a running simulator.
pub(crate) struct Meta {
    /// As started with.
    pub config: Config,
    /// Where Graph listens, `http://…` without a path.
    pub graph_url: String,
    /// Brings webhooks.
    pub courier: Courier,
    /// Counts every background task.
    pub tracker: TaskTracker,
    /// Ends every background task.
    pub cancel: CancellationToken,
    started: Instant,
    world: Mutex<World>,
    arrivals: mpsc::Sender<Arrived>,
}

impl Meta {
    /// A Meta that has seen nothing. Accepted sends go to `arrivals`; when it is full or closed nobody reacts to them.
    pub fn new(config: Config, graph_url: String, arrivals: mpsc::Sender<Arrived>) -> Arc<Self> {
        let tracker = TaskTracker::new();
        let cancel = CancellationToken::new();
        let courier = Courier::new(
            &config.webhook_url,
            &config.app_secret,
            config.webhook_retry,
            tracker.clone(),
            cancel.clone(),
        );
        let world = Mutex::default();
        Arc::new(Self {
            config,
            graph_url,
            courier,
            tracker,
            cancel,
            started: Instant::now(),
            world,
            arrivals,
        })
    }

    /// What Meta remembers. Never held across an await.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Microseconds since the start.
    pub fn now_micros(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// A customer wrote, `ago` before now: opens the window from then on and tells the business. Gives the message id.
    pub fn customer_wrote(&self, customer: &Customer, message: &CustomerMessage, ago: Duration) -> String {
        let at = numbering::unix_seconds().saturating_sub(ago.as_secs());
        let (wamid, webhook) = {
            let mut world = self.world();
            let person = world.meet(customer);
            person.last_wrote_at = person.last_wrote_at.max(Some(at));
            let wamid = numbering::wamid(person.wa_id.as_deref());
            let webhook = self.sender().customer_message(person, &wamid, message, at);
            (wamid, webhook)
        };
        self.courier.deliver(&webhook);
        wamid
    }

    /// Someone wrote on the phone, `ago` before now. Opens no window and has no statuses. Gives the message id.
    pub fn phone_wrote(&self, to: &Customer, text: &str, ago: Duration) -> String {
        let at = numbering::unix_seconds().saturating_sub(ago.as_secs());
        let (wamid, webhook) = {
            let mut world = self.world();
            let person = world.meet(to);
            let wamid = numbering::wamid(person.wa_id.as_deref());
            let webhook = self.sender().echo(person, &wamid, text, at);
            (wamid, webhook)
        };
        self.courier.deliver(&webhook);
        wamid
    }

    /// Judges a send that arrived at `at_micros` and writes it into the ledger.
    pub fn judge(&self, body: &Value, at_micros: u64) -> Result<(Send, Accepted), GraphError> {
        let mut world = self.world();
        let verdict = Send::parse(body, &self.config.display_phone_number).and_then(|send| {
            let now = numbering::unix_seconds();
            let accepted = world.judge(&send, at_micros, now, self.config.mps)?;
            Ok((send, accepted))
        });
        let outcome = match &verdict {
            Ok((_, accepted)) => Outcome::Accepted {
                wamid: accepted.wamid.clone(),
            },
            Err(refusal) => Outcome::Refused { code: refusal.code() },
        };
        world.ledger.push(self.entry(body, at_micros, outcome));
        verdict
    }

    /// Writes a send into the ledger that was not judged.
    pub fn record(&self, body: &Value, at_micros: u64, outcome: Outcome) {
        let entry = self.entry(body, at_micros, outcome);
        self.world().ledger.push(entry);
    }

    /// Lets an accepted message travel: its statuses follow, and a living customer may react. With
    /// [`Fault::FailLater`] it fails instead.
    pub fn send_on(self: &Arc<Self>, send: &Send, accepted: &Accepted, fault: Option<&Fault>) {
        let delays = self.config.status_delays;
        let mut steps = Vec::new();
        if let Some(Fault::FailLater { code, title }) = fault {
            steps.push((
                delays.sent,
                Status::Failed {
                    code: *code,
                    title: title.clone(),
                },
            ));
        } else {
            steps.push((delays.sent, Status::Sent));
            // Of a reaction only `sent` is ever told (Meta, "Reaction messages", 2026).
            if send.kind != "reaction" {
                steps.push((delays.delivered, Status::Delivered));
                steps.push((
                    delays.read.filter(|_| self.shows_reading(&accepted.user_id)),
                    Status::Read,
                ));
            }
            let arrived = Arrived {
                user_id: accepted.user_id.clone(),
                wamid: accepted.wamid.clone(),
            };
            // Full or closed: nobody reacts, see `new`.
            let _ = self.arrivals.try_send(arrived);
        }
        let subject = StatusSubject {
            wamid: accepted.wamid.clone(),
            callback_data: send.callback_data.clone(),
            service_send: accepted.service_send,
            template: if send.is_template() {
                send.text.clone()
            } else {
                String::new()
            },
        };
        let meta = Arc::clone(self);
        let user_id = accepted.user_id.clone();
        self.tracker.spawn(async move {
            meta.cancel
                .run_until_cancelled(meta.tell_statuses(&user_id, &subject, steps))
                .await;
        });
    }

    async fn tell_statuses(&self, user_id: &str, subject: &StatusSubject, steps: Vec<(Option<Duration>, Status)>) {
        for (delay, status) in steps {
            let Some(delay) = delay else {
                return;
            };
            time::sleep(delay).await;
            let at = numbering::unix_seconds();
            let webhook = self
                .world()
                .person(user_id)
                .map(|person| self.sender().status(person, subject, &status, at));
            if let Some(webhook) = webhook {
                self.courier.deliver(&webhook);
            }
        }
    }

    fn shows_reading(&self, user_id: &str) -> bool {
        self.world().person(user_id).is_some_and(|person| person.shows_reading)
    }

    fn sender(&self) -> Sender<'_> {
        Sender {
            waba_id: &self.config.waba_id,
            phone_number_id: &self.config.phone_number_id,
            display_phone_number: &self.config.display_phone_number,
        }
    }

    fn entry(&self, body: &Value, at_micros: u64, outcome: Outcome) -> LedgerEntry {
        let target = send::target(body, &self.config.display_phone_number);
        LedgerEntry {
            at_micros,
            to: target.map(|target| target.id().to_owned()).unwrap_or_default(),
            outcome,
            callback_data: send::text_at(body, "/biz_opaque_callback_data").map(str::to_owned),
            kind: send::kind(body).to_owned(),
            text: send::summary(body),
        }
    }
}
