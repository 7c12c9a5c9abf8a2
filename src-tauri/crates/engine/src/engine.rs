//! The handle, and the one place where tasks start.

use crate::{
    clients::{Clients, Line},
    clock,
    connect::{AppDefaults, AppSecrets, Connecting, keep_connected},
    due,
    inbound::{self, Grew},
    media::{Fetcher, forget_unsent, tend_files},
    paces::Paces,
    presence::Presence,
    receipts::{self, Receipt, Receipts},
    retention, scheduled, search,
    sender::Sender,
    spending, team, templates,
    uploader::Uploader,
    vault::KeyStore,
};
use futures_util::FutureExt;
use std::{
    error::Error,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::{
    sync::{Notify, mpsc},
    time::MissedTickBehavior,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use twinbox_domain::{Forecast, NumberId, Pacing};
use twinbox_store::{Counter, JournalLane, Number, Store, StoreError, Unfinished};
use twinbox_whatsapp::{
    BadSignature, ClientError, GraphClient, GraphSettings, RawDelivery, Secret, may_be_signed, verify, webhook,
};

/// How long a stop waits for answers that are on their way.
const LONGEST_STOP: Duration = Duration::from_secs(10);

/// What an engine needs to know.
#[derive(Clone)]
pub struct EngineSettings {
    /// The key of webhook signatures, until one is set in the app; without one every webhook is refused.
    pub app_secret: Option<Secret>,
    /// The answer Meta wants when it checks the webhook address, until one is set in the app.
    pub verify_token: Option<Secret>,
    /// The Meta app, as far as nothing else is set in the app.
    pub app: AppDefaults,
    /// Where the key of the secrets on disk is kept.
    pub keys: Arc<dyn KeyStore>,
    /// The numbers it sends for.
    pub numbers: Vec<NumberSettings>,
    /// Where webhooks arrive, to be shown.
    pub webhook_url: Option<String>,
    /// The most bytes that files should take, 0 for no limit; `None` leaves it as it was set last.
    pub storage_quota_bytes: Option<u64>,
}

/// A number to send for.
#[derive(Clone, Debug)]
pub struct NumberSettings {
    /// The number.
    pub number: Number,
    /// Its way to Meta.
    pub graph: GraphSettings,
}

/// The engine could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The client of a number could not be set up.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// A webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Not proven to be Meta's. It was counted.
    #[error(transparent)]
    Refused(#[from] BadSignature),
    /// There is no app secret yet to prove anything with.
    #[error("no app secret is set")]
    NotSetUp,
    /// It is not on disk: the sender has to try again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A running engine. Clones are the same engine.
#[derive(Clone)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) webhook_url: Option<String>,
    /// The numbers that can send.
    pub(crate) clients: Clients,
    /// How fast each number sends whose sender runs.
    pub(crate) paces: Paces,
    pub(crate) receipts: Receipts,
    pub(crate) presence: Presence,
    /// Attempts of the last run that were never answered.
    unfinished: Vec<Unfinished>,
    pub(crate) connecting: Connecting,
    pub(crate) app_defaults: AppDefaults,
    pub(crate) app_secrets_given: AppSecrets,
    pub(crate) keys: Arc<dyn KeyStore>,
    pub(crate) journal_grew: Arc<Grew>,
    /// How long messages are kept was set, or somebody was erased.
    pub(crate) forget_now: Notify,
    refused: AtomicU64,
    refused_some: Notify,
    /// A task ended that should run until the stop.
    lost_a_task: AtomicBool,
    pub(crate) stop: CancellationToken,
    tasks: TaskTracker,
}

impl Engine {
    /// Starts the tasks of an engine on `store`. What a crash left in flight becomes an unknown outcome first.
    ///
    /// # Errors
    /// When the store fails or a number's settings cannot be used.
    pub async fn start(store: Store, settings: EngineSettings) -> Result<Self, StartError> {
        let longest_time_out = settings
            .numbers
            .iter()
            .map(|number| number.graph.time_out)
            .fold(settings.app.time_out, Duration::max);
        let may_arrive_for_ms = i64::try_from(longest_time_out.as_millis())
            .unwrap_or(i64::MAX)
            .saturating_add(1000);
        let read_again = store.read_again_as(webhook::READER_VERSION).await?;
        if read_again > 0 {
            tracing::info!(
                read_again,
                "{read_again} webhooks that could not be read are read again"
            );
        }
        let unfinished = store.recover_outbox(clock::now(), may_arrive_for_ms).await?;
        store.offer_rates(spending::built_in(), clock::now()).await?;
        if let Some(bytes) = settings.storage_quota_bytes {
            store.set_storage_quota(Some(bytes)).await?;
        }
        let given = AppSecrets {
            app_secret: settings.app_secret,
            verify_token: settings.verify_token,
        };
        let (receipts, to_be_told) = receipts::receipts();
        let connecting = Connecting::default();
        connecting.secrets.send_replace(given.clone());
        let engine = Self {
            inner: Arc::new(Inner {
                store,
                webhook_url: settings.webhook_url,
                clients: Clients::default(),
                paces: Paces::default(),
                receipts,
                presence: Presence::default(),
                unfinished,
                connecting,
                app_defaults: settings.app,
                app_secrets_given: given,
                keys: settings.keys,
                journal_grew: Arc::default(),
                forget_now: Notify::new(),
                refused: AtomicU64::new(0),
                refused_some: Notify::new(),
                lost_a_task: AtomicBool::new(false),
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
            }),
        };
        for NumberSettings { number, graph } in settings.numbers {
            let (called, graph) = (number.id.clone(), GraphClient::new(graph)?);
            let id = engine.inner.store.set_number(number).await?;
            engine.take_up_number(id, Line { graph, called }).await?;
        }
        engine.spawn_tasks(to_be_told);
        Ok(engine)
    }

    fn spawn_tasks(&self, to_be_told: mpsc::Receiver<Receipt>) {
        let inner = &self.inner;
        for (task, lane) in [("webhooks", JournalLane::Live), ("history", JournalLane::Bulk)] {
            self.spawn(
                task,
                inbound::apply_journal(
                    lane,
                    inner.store.clone(),
                    inner.paces.clone(),
                    Arc::clone(&inner.journal_grew),
                    Arc::clone(&inner.connecting.look_again),
                    inner.stop.clone(),
                ),
            );
        }
        self.spawn("house", keep_house(Arc::clone(inner)));
        let fetcher = Fetcher::new(inner.store.clone(), inner.clients.clone(), inner.stop.clone());
        self.spawn("files", fetcher.run());
        let uploader = Uploader::new(inner.store.clone(), inner.clients.clone(), inner.stop.clone());
        self.spawn("uploads", uploader.run());
        let look = |what, look| due::keep_looking(inner.store.clone(), inner.stop.clone(), what, look);
        self.spawn(
            "scheduled",
            look("what is sent later", |store| scheduled::release(store).boxed()),
        );
        self.spawn(
            "snoozed",
            look("what was put off", |store| team::wake_snoozed(store).boxed()),
        );
        self.spawn("kept files", tend_files(inner.store.clone(), inner.stop.clone()));
        self.spawn("unsent files", forget_unsent(inner.store.clone(), inner.stop.clone()));
        let retention = Arc::clone(inner);
        self.spawn("retention", async move {
            retention::forget_old(retention.store.clone(), &retention.forget_now, retention.stop.clone()).await;
        });
        self.spawn(
            "receipts",
            receipts::tell_customers(
                to_be_told,
                inner.clients.clone(),
                inner.paces.clone(),
                inner.stop.clone(),
            ),
        );
        self.spawn("index", search::index_backlog(inner.store.clone(), inner.stop.clone()));
        self.spawn(
            "templates",
            templates::keep_listed(inner.store.clone(), inner.clients.clone(), inner.stop.clone()),
        );
        self.spawn("numbers", keep_connected(Arc::clone(inner)));
        inner.tasks.close();
    }

    /// This is the way of a number to Meta from now on; its sender starts when it does not run yet.
    pub(crate) async fn take_up_number(&self, id: NumberId, line: Line) -> Result<(), StoreError> {
        let inner = &self.inner;
        let may_arrive_for = line.graph.time_out();
        inner.clients.set(id.clone(), line);
        inner.connecting.look_again.notify_one();
        // What was refused before may be taken of another token.
        inner.store.resume_number(id.clone()).await?;
        if let Some(pace) = inner.paces.of(&id) {
            pace.lock().forget_waits();
            return Ok(());
        }
        let numbers = inner.store.numbers().await?;
        let Some(number) = numbers.into_iter().find(|number| number.id == id) else {
            return Ok(());
        };
        let unanswered = inner
            .unfinished
            .iter()
            .find(|unfinished| unfinished.number == id)
            .map_or(0, |unfinished| unfinished.attempts);
        let pacing = Pacing::after_start(number.cap_per_second, clock::monotonic(), unanswered, may_arrive_for);
        // `None`: another was as far meanwhile.
        if let Some(pace) = inner.paces.add(id, pacing) {
            let (store, clients, stop) = (inner.store.clone(), inner.clients.clone(), inner.stop.clone());
            self.spawn("sender", Sender::new(store, clients, number.id, pace, stop).run());
        }
        Ok(())
    }

    /// When what waits at a number will leave, from now on; `None`: nothing is sent from it.
    pub fn forecast(&self, number: &NumberId) -> Option<Forecast> {
        let pace = self.inner.paces.of(number)?;
        let forecast = pace.lock().forecast(clock::monotonic());
        Some(forecast)
    }

    /// Starts a task that runs until the stop; one that ends before makes the engine unhealthy.
    fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let inner = Arc::clone(&self.inner);
        self.inner.tasks.spawn(async move {
            // A panic is printed by its hook, with its place.
            drop(AssertUnwindSafe(task).catch_unwind().await);
            if !inner.stop.is_cancelled() {
                tracing::error!(task = name, "the task {name} has ended; only a restart helps");
                inner.lost_a_task.store(true, Ordering::Relaxed);
            }
        });
    }

    /// Takes a webhook in. When this returns `Ok`, its raw body is on disk and it may be answered 200.
    ///
    /// # Errors
    /// [`ReceiveError`]; nothing was taken then.
    pub async fn receive(&self, delivery: RawDelivery) -> Result<(), ReceiveError> {
        let secret = self.inner.connecting.secrets.borrow().app_secret.clone();
        let verified =
            verify(delivery, &secret.ok_or(ReceiveError::NotSetUp)?).inspect_err(|error| self.refused(error))?;
        let (body, received_at) = verified.into_parts();
        let (store, grew) = (self.inner.store.clone(), Arc::clone(&self.inner.journal_grew));
        // On its own: what is committed is applied, also when whoever posted it hangs up meanwhile.
        let append = self.inner.tasks.spawn(async move {
            let lane = inbound::lane_of(&body);
            store.append_to_journal(lane, body, received_at).await?;
            grew.tell(lane);
            Ok(())
        });
        append.await.unwrap_or(Err(StoreError::Stopped))?;
        Ok(())
    }

    /// Refuses a delivery before its body came, when no body could make it one of Meta's.
    ///
    /// # Errors
    /// It was counted, as [`Self::receive`] does.
    pub fn may_receive(&self, signature: Option<&str>) -> Result<(), BadSignature> {
        may_be_signed(signature).inspect_err(|error| self.refused(error))
    }

    fn refused(&self, error: &BadSignature) {
        tracing::debug!(%error, "a webhook was refused");
        self.inner.refused.fetch_add(1, Ordering::Relaxed);
        self.inner.refused_some.notify_one();
    }

    /// Whether this is the token that Meta was told to ask with.
    pub fn is_verify_token(&self, asked: &str) -> bool {
        let secrets = self.inner.connecting.secrets.borrow();
        secrets
            .verify_token
            .as_ref()
            .is_some_and(|ours| ours.expose().as_bytes().ct_eq(asked.as_bytes()).into())
    }

    /// Whether the store can be written to and every task runs; when not, only a restart helps.
    pub fn is_healthy(&self) -> bool {
        !self.inner.store.is_stopped() && !self.inner.lost_a_task.load(Ordering::Relaxed)
    }

    /// Whether a stop has begun.
    pub fn stopped(&self) -> CancellationToken {
        self.inner.stop.clone()
    }

    /// Begins nothing new, waits for answers on their way for up to ten seconds, and ends the tasks. What is still
    /// unanswered then is an unknown outcome at the next start.
    pub async fn stop(&self) {
        self.inner.stop.cancel();
        if tokio::time::timeout(LONGEST_STOP, self.inner.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("stopped without waiting for every answer from Meta");
        }
    }
}

/// Runs work that takes long without waiting for anything on a thread of its own. `None`: it panicked, which its hook
/// has printed.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

impl Inner {
    /// Does what blocks on a thread of its own; `None` when a stop or a panic came in between.
    pub(crate) async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        tokio::select! {
            () = self.stop.cancelled() => None,
            done = apart(work) => done,
        }
    }
}

/// Counts refused webhooks, at most one write a second however many arrive, and trims the change log.
async fn keep_house(inner: Arc<Inner>) {
    let mut trim = tokio::time::interval(Duration::from_secs(3600));
    let mut count = tokio::time::interval(Duration::from_secs(1));
    count.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = inner.stop.cancelled() => break,
            () = inner.refused_some.notified() => {
                count.tick().await;
                count_refused(&inner).await;
            }
            _ = trim.tick() => if let Err(error) = inner.store.trim_change_log().await {
                tracing::error!(error = &error as &dyn Error, "the change log could not be trimmed");
            },
        }
    }
    count_refused(&inner).await;
}

async fn count_refused(inner: &Inner) {
    let refused = inner.refused.swap(0, Ordering::Relaxed);
    if refused == 0 {
        return;
    }
    tracing::warn!(refused, "{refused} webhooks were refused for their signature");
    if let Err(error) = inner.store.count(Counter::RefusedSignatures, refused).await {
        tracing::error!(
            error = &error as &dyn Error,
            "refused webhooks could not be counted yet"
        );
        inner.refused.fetch_add(refused, Ordering::Relaxed);
    }
}
