//! The handle of a running simulator.

use crate::{
    config::Config,
    customer::{Customer, CustomerMessage},
    fault::Fault,
    http,
    ledger::LedgerEntry,
    living,
    meta::Meta,
};
use std::{io, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::mpsc};

/// Accepted sends that wait for a living customer's attention. Beyond it they are not reacted to.
const ARRIVALS_WAITING: usize = 256;

/// A Meta that runs until it is stopped or dropped. Needs a tokio runtime with time and net.
pub struct Simulator {
    meta: Arc<Meta>,
}

impl Simulator {
    /// Listens, and wakes the living customers if there are any.
    ///
    /// # Errors
    ///
    /// The address of `config.listen` is taken or not this computer's.
    pub async fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let graph_url = format!("http://{}", listener.local_addr()?);
        let (arrivals, arrived) = mpsc::channel(ARRIVALS_WAITING);
        let meta = Meta::new(config, graph_url, arrivals);
        meta.tracker.spawn(http::serve(listener, Arc::clone(&meta)));
        if meta.config.people > 0 {
            meta.tracker.spawn(living::live(Arc::clone(&meta), arrived));
        }
        Ok(Self { meta })
    }

    /// Where Graph is, e.g. "http://127.0.0.1:40123": no version, no slash at the end.
    pub fn graph_url(&self) -> String {
        self.meta.graph_url.clone()
    }

    /// Sends webhooks to `url` from now on, those that wait for a retry at once.
    pub fn set_webhook_url(&self, url: String) {
        self.meta.courier.set_address(url);
    }

    /// Makes the challenge Meta makes when a webhook address is saved.
    ///
    /// # Errors
    ///
    /// A sentence that says how the address failed it.
    pub async fn verify_webhook(&self) -> Result<(), String> {
        self.meta.courier.verify(&self.meta.config.verify_token).await
    }

    /// A customer writes now. Gives the message id; the webhook is delivered in the background.
    pub fn customer_writes(&self, customer: Customer, body: CustomerMessage) -> String {
        self.customer_wrote(customer, body, Duration::ZERO)
    }

    /// Like [`Self::customer_writes`], but Meta's timestamp lies `ago` in the past. The window opened then, too.
    pub fn customer_wrote(&self, customer: Customer, body: CustomerMessage, ago: Duration) -> String {
        self.meta.customer_wrote(&customer, &body, ago)
    }

    /// Someone types `text` on the phone: an echo, without statuses. Gives the message id.
    pub fn phone_writes(&self, to: Customer, text: &str) -> String {
        self.phone_wrote(to, text, Duration::ZERO)
    }

    /// Like [`Self::phone_writes`], but Meta's timestamp lies `ago` in the past.
    pub fn phone_wrote(&self, to: Customer, text: &str, ago: Duration) -> String {
        self.meta.phone_wrote(&to, text, ago)
    }

    /// The next send meets `fault`; called again, the one after it, and so on. Calls that Graph turns away for their
    /// token or number, and read receipts, use none up.
    pub fn fail_next_send(&self, fault: Fault) {
        self.meta.world().faults.push_back(fault);
    }

    /// Every send that arrived, in the order they were judged.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.meta.world().ledger.clone()
    }

    /// The message ids the business marked as read, in order.
    pub fn read_receipts(&self) -> Vec<String> {
        self.meta.world().read_receipts.clone()
    }

    /// How often a client followed the redirect of [`Fault::Redirect`], and so took its token elsewhere.
    pub fn redirects_followed(&self) -> u64 {
        self.meta.world().redirects_followed
    }

    /// How many webhooks have not been answered 200 yet.
    pub fn undelivered_webhooks(&self) -> usize {
        self.meta.courier.undelivered()
    }

    /// Closes every connection, gives up undelivered webhooks, and returns once all of it has ended.
    pub async fn stop(self) {
        self.meta.cancel.cancel();
        self.meta.tracker.close();
        self.meta.tracker.wait().await;
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.meta.cancel.cancel();
    }
}
