//! The one Meta that Graph, the control routes, the living customers and the library's callers share.

use crate::{
    chats::Side,
    config::{Config, Throughput},
    courier::Courier,
    customer::{Customer, CustomerMessage},
    graph_error::GraphError,
    ledger::{LedgerEntry, Outcome},
    logins::{Lifetime, NewCode},
    numbering,
    send::{self, Send},
    stream::Streams,
    template_check,
    webhook::{PhoneAct, Sender, StatusSubject},
    world::{Accepted, World},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, watch};
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
    /// Changes whenever a customer goes online or offline.
    pub presence: watch::Sender<()>,
    /// Where made-up ids come from.
    pub streams: Arc<Streams>,
    started: Instant,
    world: Mutex<World>,
    /// Tells living customers of accepted sends.
    pub arrivals: mpsc::Sender<Arrived>,
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
        let world = World::of(&config, &graph_url);
        let streams = Arc::clone(&world.streams);
        Arc::new(Self {
            config,
            graph_url,
            courier,
            tracker,
            cancel,
            presence: watch::Sender::new(()),
            streams,
            started: Instant::now(),
            world: Mutex::new(world),
            arrivals,
        })
    }

    /// A code as the login dialog gives it, `ago_seconds` before now. Its token sees the account.
    pub fn mint_code(&self, redirect_uri: Option<String>, lifetime: Lifetime, ago_seconds: u64) -> String {
        let new = NewCode {
            redirect_uri,
            lifetime,
            waba_ids: vec![self.config.waba_id.clone()],
        };
        let at = numbering::unix_seconds().saturating_sub(ago_seconds);
        self.world().logins.mint_code(new, at)
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
            if self.config.throughput == Throughput::SentAndReceived {
                world.count_received(self.now_micros());
            }
            let message = &world.library.delivered(message, numbering::unix_seconds());
            let person = world.meet(customer);
            if message.opens_window() {
                person.last_wrote_at = person.last_wrote_at.max(Some(at));
            }
            let wamid = numbering::wamid(&self.streams.received, person.wa_id.as_deref());
            let webhook = self.sender().customer_message(person, &wamid, message, at);
            let user_id = person.user_id.clone();
            if let Some(item) = webhook.pointer("/entry/0/changes/0/value/messages/0") {
                world.chats.take(&user_id, Side::Customer, item, true);
            }
            (wamid, webhook)
        };
        self.tell(&webhook);
        wamid
    }

    /// Someone wrote on the phone, `ago` before now. Opens no window and has no statuses. Gives the message id.
    pub fn phone_wrote(&self, to: &Customer, text: &str, ago: Duration) -> String {
        let body = json!({"body": text});
        self.phone_did(
            to,
            &PhoneAct {
                kind: "text".to_owned(),
                body,
                quotes: None,
            },
            ago,
        )
    }

    /// Something was done on the phone in the chat with `to`, `ago` before now. Gives the id of the message or event.
    pub fn phone_did(&self, to: &Customer, act: &PhoneAct, ago: Duration) -> String {
        let at = numbering::unix_seconds().saturating_sub(ago.as_secs());
        let (wamid, webhook) = {
            let mut world = self.world();
            let completed = world.library.completed(&act.kind, &act.body, numbering::unix_seconds());
            let act = &PhoneAct {
                body: completed.unwrap_or_else(|| act.body.clone()),
                ..act.clone()
            };
            let person = world.meet(to);
            let wamid = numbering::wamid(&self.streams.echoed, person.wa_id.as_deref());
            let webhook = self.sender().echo(person, &wamid, act, at);
            let (user_id, arrives) = (person.user_id.clone(), person.is_reachable());
            if let Some(item) = webhook.pointer("/entry/0/changes/0/value/message_echoes/0") {
                world.chats.take(&user_id, Side::Phone, item, arrives);
            }
            (wamid, webhook)
        };
        self.tell(&webhook);
        wamid
    }

    /// Brings a webhook about messages, unless the number has left the Cloud API.
    pub fn tell(&self, webhook: &Value) {
        if self.world().connection.is_up() {
            self.courier.deliver(webhook);
        }
    }

    /// Judges a send that arrived at `at_micros` and writes it into the ledger.
    pub fn judge(&self, body: &Value, at_micros: u64) -> Result<(Send, Accepted), GraphError> {
        let mut world = self.world();
        let verdict = Send::parse(body, &self.config.display_phone_number).and_then(|send| {
            let now = numbering::unix_seconds();
            if !world.connection.is_up() {
                return Err(GraphError::not_registered());
            }
            if let Some(template) = body.get("template").filter(|_| send.is_template()) {
                template_check::check(&world.templates, template)?;
            }
            if world.blocks(&send.target) {
                return Err(GraphError::blocked());
            }
            let accepted = world.judge(&send, at_micros, now, self.config.mps)?;
            let mut item = body.clone();
            if let Some(item) = item.as_object_mut() {
                item.insert("id".to_owned(), json!(accepted.wamid));
                item.insert("timestamp".to_owned(), json!(now.to_string()));
            }
            world.chats.take(&accepted.user_id, Side::Api, &item, false);
            world.chats.set_subject(&StatusSubject::of(&send, &accepted));
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

    /// The number, as webhooks speak for it.
    pub fn sender(&self) -> Sender<'_> {
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
