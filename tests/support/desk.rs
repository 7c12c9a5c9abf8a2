//! A running engine and a simulated Meta that know each other.

use anyhow::{Context, bail};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{convert::Infallible, path::Path, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use twinbox_domain::{ConversationId, Lane, Millis, NumberId, Origin, OutboxId, Payload, Reminder};
use twinbox_engine::{
    AppDefaults, EngineSettings, GraphSettings, NoKeyStore, Number, NumberSettings, Reminded, Secret,
};
use twinbox_protocol::{
    ApiError, Call, Caller, ConversationFilter, ConversationRow, Delivery, ListConversations, ListMessages,
    MessageView, Role, SendMessage, ToSend, UploadedFile,
};
use twinbox_server::{Host, Settings};
use twinbox_simulator::{Config, Customer, CustomerMessage, Latency, Simulator, StatusDelays};
use twinbox_store::NewItem;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running engine with a simulated Meta.
pub struct Desk {
    /// The simulated Meta.
    pub meta: Simulator,
    host: Host,
    folder: TempDir,
}

/// How a desk differs from the usual one.
#[derive(Clone, Copy)]
pub struct Setup {
    /// Most messages a second, on both sides.
    pub mps: u32,
    /// How long the engine waits for Meta's answer.
    pub time_out: Duration,
    /// How long after the answer the first status comes.
    pub first_status_after: Duration,
    /// The longest way to Meta, and the longest way back.
    pub latency: Duration,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            mps: 5,
            time_out: Duration::from_secs(10),
            first_status_after: Duration::from_millis(10),
            latency: Duration::ZERO,
        }
    }
}

/// alice, known by a phone number.
pub fn alice() -> Customer {
    Customer::new("16505551234", "Alice Almeida")
}

/// bob, known by a phone number.
pub fn bob() -> Customer {
    Customer::new("351912000047", "Bob Borges")
}

/// The next reminder about a number.
///
/// # Panics
/// When it is about something else, or the engine has stopped.
#[allow(clippy::unwrap_used, reason = "tests")]
pub async fn next_reminder(reminders: &mut Receiver<Reminded>) -> Reminder {
    match reminders.recv().await.unwrap() {
        Reminded::Number { reminder, .. } => reminder,
        Reminded::Locked => panic!("the keychain is locked"),
    }
}

impl Desk {
    /// A new engine with an empty store and a new Meta.
    ///
    /// # Errors
    /// When either cannot start.
    pub async fn new() -> anyhow::Result<Self> {
        Self::with(Setup::default()).await
    }

    /// The same, set up differently.
    ///
    /// # Errors
    /// When either cannot start.
    pub async fn with(setup: Setup) -> anyhow::Result<Self> {
        let usual = Config::for_tests("");
        let status_delays = StatusDelays {
            sent: Some(setup.first_status_after),
            ..usual.status_delays
        };
        let meta = Simulator::start(Config {
            mps: setup.mps,
            status_delays,
            latency: Latency {
                there: Duration::ZERO..=setup.latency,
                back: Duration::ZERO..=setup.latency,
            },
            ..usual
        })
        .await?;
        Self::resume(meta, tempfile::tempdir()?, setup).await
    }

    /// A desk around a host that is running already.
    pub fn on(meta: Simulator, folder: TempDir, host: Host) -> Self {
        meta.set_webhook_url(format!("http://{}/webhooks/meta", host.address()));
        Self { meta, host, folder }
    }

    /// A new engine on what another left behind.
    ///
    /// # Errors
    /// When it cannot start.
    pub async fn resume(meta: Simulator, folder: TempDir, setup: Setup) -> anyhow::Result<Self> {
        let host = Host::start(settings(&meta, folder.path(), setup)).await?;
        Ok(Self::on(meta, folder, host))
    }

    /// The running host.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A route of the engine's HTTP door.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host.address())
    }

    /// Asks the engine as the desktop does.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn ask<C: Call>(&self, call: C) -> Result<C::Reply, ApiError> {
        let caller = Caller {
            user: "Maya Lindqvist".to_owned(),
            role: Role::Admin,
            client: "test".to_owned(),
        };
        self.ask_as(caller, call).await
    }

    /// The same, asked by somebody else.
    ///
    /// # Errors
    /// What the engine answers.
    pub async fn ask_as<C: Call>(&self, caller: Caller, call: C) -> Result<C::Reply, ApiError> {
        let json = self.host.engine().dispatch(&caller, call.into()).await?;
        serde_json::from_slice(&json).map_err(|error| {
            ApiError::new(
                twinbox_protocol::ErrorCode::Internal,
                format!("the reply is not of its type: {error}"),
            )
        })
    }

    /// Waits until `look` finds something, looking again after every change.
    ///
    /// # Errors
    /// When it is not found in good time: `what` says what was awaited.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut(&Self) -> Option<T>) -> anyhow::Result<T> {
        let mut events = self.host.engine().events(None);
        let found = async {
            loop {
                if let Some(found) = look(self).await {
                    return Ok(found);
                }
                // What the simulator sees changes without an event here, so look again after a moment as well.
                match tokio::time::timeout(Duration::from_millis(50), events.next()).await {
                    Ok(Some(_)) | Err(_) => {}
                    Ok(None) => bail!("the engine stopped"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, found)
            .await
            .with_context(|| format!("waited in vain for {what}"))?
    }

    /// All conversations, newest first.
    pub async fn list(&self) -> Vec<ConversationRow> {
        let call = ListConversations {
            filter: ConversationFilter::All,
            before: None,
            limit: 200,
        };
        self.ask(call).await.map(|page| page.items).unwrap_or_default()
    }

    /// The newest messages of a conversation, oldest first.
    pub async fn thread(&self, conversation: ConversationId) -> Vec<MessageView> {
        let call = ListMessages {
            conversation,
            before: None,
            limit: 200,
        };
        let mut messages = self.ask(call).await.map(|page| page.items).unwrap_or_default();
        messages.reverse();
        messages
    }

    /// A customer writes; returns the conversation once it is there.
    ///
    /// # Errors
    /// When it does not arrive.
    pub async fn hears_from(&self, customer: Customer, text: &str) -> anyhow::Result<ConversationRow> {
        let wamid = self
            .meta
            .customer_writes(customer, CustomerMessage::Text(text.to_owned()));
        self.until_shown(&wamid).await
    }

    /// A customer wrote yesterday, and it comes now: only a template reaches them. Returns the conversation.
    ///
    /// # Errors
    /// When it does not arrive.
    pub async fn heard_yesterday_from(&self, customer: Customer) -> anyhow::Result<ConversationRow> {
        let text = CustomerMessage::Text("yesterday".to_owned());
        let old = Duration::from_secs(25 * 3600);
        let wamid = self.meta.customer_wrote(customer, text, old);
        self.until_shown(&wamid).await
    }

    /// Waits for the message with this wamid; returns its conversation.
    ///
    /// # Errors
    /// When it does not arrive.
    pub async fn until_shown(&self, wamid: &str) -> anyhow::Result<ConversationRow> {
        self.until("the customer's message", async |desk| {
            for row in desk.list().await {
                let wamids = desk
                    .thread(row.id)
                    .await
                    .into_iter()
                    .filter_map(|message| message.wamid);
                if wamids.into_iter().any(|known| known.as_str() == wamid) {
                    // Its row may have been read before the message came.
                    return desk.list().await.into_iter().find(|again| again.id == row.id);
                }
            }
            None
        })
        .await
    }

    /// Sends a text with a new id.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn send(&self, conversation: ConversationId, text: &str) -> Result<OutboxId, ApiError> {
        let id = new_id();
        self.ask(SendMessage {
            id,
            conversation,
            message: ToSend::text(text),
            reply_to: None,
        })
        .await?;
        Ok(id)
    }

    /// Hands a file to the engine as the desktop does.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn upload(&self, bytes: &[u8]) -> Result<UploadedFile, ApiError> {
        // In pieces, as they come over a line.
        let pieces = futures_util::stream::iter(bytes.chunks(1000).map(Ok::<_, Infallible>));
        self.host.engine().take_file(pieces).await
    }

    /// How far one of our messages came; `None` when it is not there.
    pub async fn delivery(&self, conversation: ConversationId, id: OutboxId) -> Option<Delivery> {
        self.thread(conversation)
            .await
            .into_iter()
            .find(|message| message.outbox == Some(id))?
            .delivery
    }

    /// Waits until one of our messages has come as far as `far` says.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_delivery(
        &self,
        conversation: ConversationId,
        id: OutboxId,
        what: &str,
        far: fn(&Delivery) -> bool,
    ) -> anyhow::Result<Delivery> {
        self.until(what, async |desk| desk.delivery(conversation, id).await.filter(far))
            .await
    }

    /// Waits until Meta has taken one of our messages.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_taken(&self, conversation: ConversationId, id: OutboxId) -> anyhow::Result<Delivery> {
        let is_taken = |delivery: &Delivery| matches!(delivery, Delivery::Known { .. });
        self.until_delivery(conversation, id, "the first tick", is_taken).await
    }

    /// Posts a body to the webhook with this signature header and returns the HTTP status.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn post_webhook(&self, body: Vec<u8>, signature: Option<&str>) -> anyhow::Result<u16> {
        let mut request = reqwest::Client::new().post(self.url("/webhooks/meta")).body(body);
        if let Some(signature) = signature {
            request = request.header("X-Hub-Signature-256", signature);
        }
        Ok(request.send().await?.status().as_u16())
    }

    /// Stops the engine and gives back Meta and the data.
    ///
    /// # Errors
    /// When it does not stop cleanly.
    pub async fn stop(self) -> anyhow::Result<(Simulator, TempDir)> {
        self.host.stop().await?;
        Ok((self.meta, self.folder))
    }
}

/// Settings of an engine on `folder` that sends to `meta`.
pub fn settings(meta: &Simulator, folder: &Path, setup: Setup) -> Settings {
    Settings {
        data_dir: folder.to_owned(),
        listen: ([127, 0, 0, 1], 0).into(),
        ui_dir: None,
        user: "Maya Lindqvist".to_owned(),
        returns_to_app: false,
        engine: engine_settings(&meta.graph_url(), setup),
    }
}

/// The engine's part of them.
pub fn engine_settings(graph_url: &str, setup: Setup) -> EngineSettings {
    EngineSettings {
        app_secret: Some(Secret::new("app-secret")),
        verify_token: Some(Secret::new("verify-token")),
        app: AppDefaults {
            time_out: setup.time_out,
            ..AppDefaults::default()
        },
        keys: Arc::new(NoKeyStore),
        numbers: vec![NumberSettings {
            number: Number {
                id: NumberId::from("106540352242922"),
                display_phone_number: "15550783881".to_owned(),
                name: "Shop".to_owned(),
                cap_per_second: setup.mps,
                counts_received: false,
                tells_read: true,
            },
            graph: GraphSettings {
                base_url: graph_url.to_owned(),
                version: "v25.0".to_owned(),
                access_token: Secret::new("access-token"),
                time_out: setup.time_out,
            },
        }],
        webhook_url: None,
        storage_quota_bytes: None,
    }
}

/// A new id as a UI makes it.
pub fn new_id() -> OutboxId {
    OutboxId(uuid::Uuid::now_v7())
}

/// What Maya sends to a conversation at a time, without a file.
pub fn mayas(id: OutboxId, conversation: ConversationId, payload: Payload, at: Millis) -> NewItem {
    NewItem {
        id,
        conversation,
        lane: Lane::Agent,
        origin: Origin::Agent,
        author: "Maya".to_owned(),
        payload,
        file: None,
        reply_to: None,
        at,
    }
}

/// The signature header of `body` under the tests' app secret.
pub fn sign(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"app-secret").unwrap_or_else(|_| unreachable!("any length will do"));
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}
