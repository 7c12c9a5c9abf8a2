//! A server program that is killed again and again, and the people who go on using it.

use crate::verdict::{Said, Verdict};
use anyhow::{Context, Result, bail};
use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use twinbox_domain::{ConversationId, OutboxId};
use twinbox_protocol::{
    Call, ConversationFilter, GetOverview, ListConversations, ListMessages, MessageCursor, MessageView, Request,
    SendMessage, SettleUnknown, ToSend,
};
use twinbox_simulator::{
    Config, Customer, CustomerMessage, Delivery, Fault, FaultRule, Latency, Outcome, Simulator, StatusDelays,
};
use twinbox_tests::{
    desk::new_id,
    server::until_healthy,
    webdriver::{free_port, http_client},
};

/// Most messages a second. More than usual, so that more is under way when it is killed.
pub const CAP: u32 = 20;
/// So many that none is written to faster than Meta allows for one person.
const CUSTOMERS: usize = 150;
/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the server waits for an answer of Meta's. Much shorter than usual: what was on the wire when it was killed may
/// arrive for as long, and the next life sends nothing meanwhile with those permits.
const TIME_OUT_MS: u64 = 400;
/// A life ends at a random moment before this: permits rest for the first second or two of each, so some die before
/// anything is sent, and most while a lot is.
const LONGEST_LIFE_MS: u64 = 4000;
/// Most messages one life asks for: no more than can be sent, or the queue grows with every life.
const MOST_ASKED: usize = 25;
/// How long everything has to come to rest after the last kill.
const LONGEST_REST: Duration = Duration::from_secs(600);

/// The server, its Meta, and what its users did.
pub struct KilledDesk {
    program: PathBuf,
    meta: Simulator,
    folder: TempDir,
    url: String,
    http: reqwest::Client,
    random: fastrand::Rng,
    /// Every send that was tried, and whether its queueing was acknowledged.
    sends: BTreeMap<OutboxId, Send>,
    /// Messages of customers, by id.
    received: Vec<String>,
    kills: u32,
    /// How often a message was shown as not sure.
    not_sure: usize,
}

#[derive(Clone)]
struct Send {
    conversation: ConversationId,
    text: String,
    is_acknowledged: bool,
}

/// Killed when dropped, so that nothing is left behind.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl KilledDesk {
    /// A new server with an empty store, and customers who have written to it.
    pub async fn new(program: PathBuf, seed: u64) -> Result<Self> {
        let meta = Simulator::start(Config {
            mps: CAP,
            seed,
            latency: Latency::round_trip(Duration::from_millis(5), Duration::from_millis(60)),
            status_delays: StatusDelays::every(Duration::from_millis(100)),
            delivery: Delivery {
                longest_pause: Duration::from_secs(1),
                ..Delivery::default()
            },
            ..Config::for_tests("")
        })
        .await?;
        for (fault, rate) in [
            (Fault::AcceptThenDrop, 0.04),
            (Fault::AcceptThenReset, 0.02),
            (Fault::AcceptThen500, 0.02),
            (Fault::Drop, 0.04),
            (Fault::RateLimit, 0.01),
        ] {
            meta.add_fault(FaultRule::often("messages", fault, rate));
        }
        let url = format!("http://127.0.0.1:{}", free_port()?);
        meta.set_webhook_url(format!("{url}/webhooks/meta"));
        let mut desk = Self {
            program,
            meta,
            folder: tempfile::tempdir()?,
            url,
            http: http_client()?,
            random: fastrand::Rng::with_seed(seed),
            sends: BTreeMap::new(),
            received: Vec::new(),
            kills: 0,
            not_sure: 0,
        };
        for customer in 0..CUSTOMERS {
            desk.hears_from(customer);
        }
        Ok(desk)
    }

    fn hears_from(&mut self, customer: usize) {
        let who = Customer::new(format!("1650555{customer:04}"), format!("Customer {customer}"));
        let text = format!("Question {}", self.received.len());
        self.received
            .push(self.meta.customer_writes(who, CustomerMessage::Text(text)));
    }

    /// One life of the server: started, used, killed.
    pub async fn live_and_die(&mut self) -> Result<()> {
        let server = self.start().await?;
        let conversations = self.conversations().await?;
        self.decide(&conversations).await?;
        let ends = Instant::now() + Duration::from_millis(self.random.u64(0..LONGEST_LIFE_MS));
        // What was asked for and never acknowledged is asked for again, as a window does.
        for id in self.not_acknowledged() {
            self.hand_over(id, ends).await;
        }
        let mut asked = 0;
        while Instant::now() < ends {
            let customer = self.random.usize(0..CUSTOMERS);
            match self.random.choice(&conversations) {
                Some(conversation) if asked < MOST_ASKED && self.random.u8(0..12) > 0 => {
                    asked += 1;
                    let id = new_id();
                    let send = Send {
                        conversation: *conversation,
                        text: format!("Answer {}", self.sends.len()),
                        is_acknowledged: false,
                    };
                    self.sends.insert(id, send);
                    self.hand_over(id, ends).await;
                }
                _ => self.hears_from(customer),
            }
            tokio::time::sleep(Duration::from_millis(self.random.u64(0..60))).await;
        }
        drop(server);
        self.kills += 1;
        Ok(())
    }

    fn not_acknowledged(&self) -> Vec<OutboxId> {
        let open = self.sends.iter().filter(|(_, send)| !send.is_acknowledged);
        open.map(|(id, _)| *id).collect()
    }

    /// What a person does about messages that may or may not have been sent: looks on the phone, and has those sent again
    /// that are not there. The others are left to the statuses that are still to come.
    async fn decide(&mut self, conversations: &[ConversationId]) -> Result<()> {
        // Whatever was on its way to Meta when the server was killed is there by now.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let mut doubts = Vec::new();
        for conversation in conversations {
            let call = ListMessages {
                conversation: *conversation,
                before: None,
                limit: 200,
            };
            let page = self.ask(call).await?;
            let in_doubt = page.items.iter().filter(|message| Said::of(message) == Said::NotSure);
            doubts.extend(in_doubt.filter_map(|message| message.outbox));
        }
        self.not_sure += doubts.len();
        let ledger = self.meta.ledger();
        let accepted: HashSet<&str> = ledger
            .iter()
            .filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }))
            .filter_map(|entry| entry.callback_data.as_deref())
            .collect();
        for id in doubts {
            if !accepted.contains(id.to_string().as_str()) {
                // A status that was faster makes it a conflict.
                drop(self.ask(SettleUnknown { id, was_sent: false }).await);
            }
        }
        Ok(())
    }

    /// Asks for a send; gives up when the life is to end.
    async fn hand_over(&mut self, id: OutboxId, ends: Instant) {
        let Some(send) = self.sends.get(&id) else { return };
        let asked = self.ask(SendMessage {
            id,
            conversation: send.conversation,
            message: ToSend::text(&send.text),
            reply_to: None,
        });
        let left = ends.saturating_duration_since(Instant::now());
        if let Ok(Ok(_)) = tokio::time::timeout(left, asked).await
            && let Some(send) = self.sends.get_mut(&id)
        {
            send.is_acknowledged = true;
        }
    }

    async fn start(&self) -> Result<Server> {
        let child = Command::new(&self.program)
            .arg("--data-dir")
            .arg(self.folder.path())
            .args(["--listen", self.url.trim_start_matches("http://")])
            .args(["--graph-url", &self.meta.graph_url()])
            .args(["--phone-number-id", "106540352242922"])
            .args(["--display-phone-number", "15550783881"])
            .args(["--mps", &CAP.to_string()])
            .args(["--graph-time-out-ms", &TIME_OUT_MS.to_string()])
            .env("TWINBOX_APP_SECRET", "app-secret")
            .env("TWINBOX_ACCESS_TOKEN", "access-token")
            .env("TWINBOX_LOG", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let server = Server(child);
        let healthy = until_healthy(&self.http, &self.url, PATIENCE).await;
        healthy.with_context(|| format!("the server does not start after kill {}", self.kills))?;
        Ok(server)
    }

    async fn ask<C: Call>(&self, call: C) -> Result<C::Reply> {
        let token = std::fs::read_to_string(self.folder.path().join("api-token"))?;
        let request: Request = call.into();
        let asked = self
            .http
            .post(format!("{}/api/call", self.url))
            .bearer_auth(token.trim())
            .body(serde_json::to_vec(&request)?);
        let answer = asked.send().await?;
        let (status, body) = (answer.status(), answer.bytes().await?);
        if !status.is_success() {
            bail!("{status} {}", String::from_utf8_lossy(&body));
        }
        Ok(serde_json::from_slice(&body)?)
    }

    async fn conversations(&self) -> Result<Vec<ConversationId>> {
        let call = ListConversations {
            filter: ConversationFilter::All,
            before: None,
            limit: 200,
        };
        let page = self.ask(call).await?;
        Ok(page.items.into_iter().map(|row| row.id).collect())
    }

    /// The last life: everything comes to rest, and is compared.
    ///
    /// # Errors
    /// When it does not come to rest.
    pub async fn settle(mut self) -> Result<Verdict> {
        let server = self.start().await?;
        let ends = Instant::now() + LONGEST_REST;
        for id in self.not_acknowledged() {
            self.hand_over(id, ends).await;
        }
        loop {
            let conversations = self.conversations().await?;
            self.decide(&conversations).await?;
            let queued = self.ask(GetOverview {}).await?.queued;
            if queued == 0 && self.meta.undelivered_webhooks() == 0 && self.nothing_is_on_its_way().await {
                break;
            }
            if Instant::now() > ends {
                bail!(
                    "no rest: {queued} still queued, {} webhooks not taken",
                    self.meta.undelivered_webhooks()
                );
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        let verdict = self.compare().await?;
        drop(server);
        self.meta.stop().await;
        Ok(verdict)
    }

    /// Statuses are told one after the other, a moment apart: whether none has come for longer than that, all that came are
    /// taken, and what was taken is applied.
    async fn nothing_is_on_its_way(&self) -> bool {
        let steps = || {
            let ledger = self.meta.ledger();
            ledger.iter().map(|entry| entry.steps.len()).sum::<usize>()
        };
        let before = steps();
        tokio::time::sleep(Duration::from_secs(1)).await;
        before == steps() && self.meta.undelivered_webhooks() == 0
    }

    async fn messages(&self, conversation: ConversationId) -> Result<Vec<MessageView>> {
        let (mut messages, mut before) = (Vec::new(), None);
        loop {
            let call = ListMessages {
                conversation,
                before,
                limit: 200,
            };
            let page = self.ask(call).await?;
            let oldest = page.items.last().filter(|_| page.more);
            before = oldest.map(|message| MessageCursor {
                at: message.at,
                id: message.id,
            });
            messages.extend(page.items);
            if before.is_none() {
                return Ok(messages);
            }
        }
    }

    async fn compare(&self) -> Result<Verdict> {
        let mut said = BTreeMap::new();
        let mut shown = Vec::new();
        for conversation in self.conversations().await? {
            for message in self.messages(conversation).await? {
                match message.outbox {
                    Some(id) => said
                        .entry(id.to_string())
                        .or_insert_with(Vec::new)
                        .push(Said::of(&message)),
                    None => shown.extend(message.wamid.map(|wamid| wamid.to_string())),
                }
            }
        }
        let acknowledged = self.sends.iter().filter(|(_, send)| send.is_acknowledged);
        let acknowledged: Vec<String> = acknowledged.map(|(id, _)| id.to_string()).collect();
        Ok(Verdict::of(
            (self.kills, self.not_sure),
            &acknowledged,
            &said,
            &self.meta.ledger(),
            &self.received,
            &shown,
        ))
    }
}
