//! The one Meta that Graph, the control routes, the living customers and the library's callers share.

use crate::{
    config::Config,
    courier::{self, Courier},
    form::Form,
    graph_error::GraphError,
    ledger::{LedgerEntry, Outcome},
    logins::{Lifetime, NewCode},
    numbering,
    send::{self, Send},
    stream::Streams,
    webhook::Sender,
    world::{Accepted, Moment, World},
};
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
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
    /// Apart from the world, because webhooks are written while that is held.
    form: Mutex<Form>,
    /// Tells living customers of accepted sends.
    pub arrivals: mpsc::Sender<Arrived>,
}

impl Meta {
    /// A Meta that has seen nothing. Accepted sends go to `arrivals`; when it is full or closed nobody reacts to them.
    pub fn new(config: Config, graph_url: String, arrivals: mpsc::Sender<Arrived>) -> Arc<Self> {
        let tracker = TaskTracker::new();
        let cancel = CancellationToken::new();
        let started = Instant::now();
        let world = World::of(&config, &graph_url);
        let streams = Arc::clone(&world.streams);
        let courier = Courier::new(courier::Setup {
            address: &config.webhook_url,
            app_secret: &config.app_secret,
            waba_id: &config.waba_id,
            first_pause: config.webhook_retry,
            delivery: config.delivery,
            seed: streams.webhook_faults.draw().u64(..),
            started,
            tracker: tracker.clone(),
            cancel: cancel.clone(),
        });
        Arc::new(Self {
            config,
            graph_url,
            courier,
            tracker,
            cancel,
            presence: watch::Sender::new(()),
            streams,
            started,
            world: Mutex::new(world),
            form: Mutex::default(),
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

    /// The sends from that number on, with whether their webhooks were answered.
    pub fn ledger_since(&self, number: u64) -> Vec<LedgerEntry> {
        let mut entries = self.world().ledger.since(number);
        for step in entries.iter_mut().flat_map(|entry| &mut entry.steps) {
            step.answered_at_micros = step.webhook.and_then(|webhook| self.courier.answered_at(webhook));
        }
        entries
    }

    /// Judges a send that arrived at `at_micros` and writes it into the ledger.
    pub fn judge(&self, body: &Value, at_micros: u64) -> Result<(Send, Accepted), GraphError> {
        let mut world = self.world();
        let moment = Moment {
            own_number: &self.config.display_phone_number,
            at_micros,
            now: numbering::unix_seconds(),
            mps: self.config.mps,
        };
        let verdict = world.send(body, moment);
        let outcome = match &verdict {
            Ok((_, accepted)) => Outcome::Accepted {
                wamid: accepted.wamid.clone(),
            },
            Err(refusal) => Outcome::Refused { code: refusal.code() },
        };
        self.write(&mut world, body, at_micros, outcome);
        verdict
    }

    /// Writes a send into the ledger that was not judged.
    pub fn record(&self, body: &Value, at_micros: u64, outcome: Outcome) {
        self.write(&mut self.world(), body, at_micros, outcome);
    }

    /// How webhooks are written.
    pub fn form(&self) -> Form {
        *self.form.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the webhooks to come in that form.
    pub fn set_form(&self, form: Form) {
        *self.form.lock().unwrap_or_else(PoisonError::into_inner) = form;
    }

    /// The number, as webhooks speak for it.
    pub fn sender(&self) -> Sender<'_> {
        Sender {
            waba_id: &self.config.waba_id,
            phone_number_id: &self.config.phone_number_id,
            display_phone_number: &self.config.display_phone_number,
            form: self.form(),
        }
    }

    fn write(&self, world: &mut World, body: &Value, at_micros: u64, outcome: Outcome) {
        let target = send::target(body, &self.config.display_phone_number, |digits| world.is_known(digits));
        let entry = LedgerEntry {
            number: 0,
            at_micros,
            to: target.map(|target| target.id().to_owned()).unwrap_or_default(),
            outcome,
            callback_data: send::text_at(body, "/biz_opaque_callback_data").map(str::to_owned),
            kind: send::kind(body).to_owned(),
            text: send::summary(body),
            content: body.get(send::kind(body)).cloned().unwrap_or_default(),
            steps: Vec::new(),
        };
        world.ledger.push(entry);
    }
}
