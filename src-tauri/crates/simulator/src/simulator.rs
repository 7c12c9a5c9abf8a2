//! The handle of a running simulator.

use crate::{
    account::AccountEvent,
    acts::ActRefusal,
    beside::Beside,
    call_quota::CallLimits,
    config::Config,
    courier::{OtherApp, Slot},
    customer::{Customer, CustomerMessage},
    fault::Fault,
    form::Form,
    http,
    ledger::LedgerEntry,
    living,
    logins::Lifetime,
    meta::Meta,
    number_state::{HistorySharing, NumberBeside},
    numbering,
    parcels::WebhookFault,
    rules::FaultRule,
    world::CustomerSettings,
};
use serde_json::Value;
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
    /// The address of `config.listen` is taken or not this computer's, or `config.history` is too long.
    pub async fn start(config: Config) -> io::Result<Self> {
        config
            .history
            .check()
            .map_err(|problem| io::Error::new(io::ErrorKind::InvalidInput, problem))?;
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

    /// The clock of the ledger: microseconds since the start.
    pub fn now_micros(&self) -> u64 {
        self.meta.now_micros()
    }

    /// Sends webhooks to `url` from now on, those that wait for a retry at once.
    pub fn set_webhook_url(&self, url: String) {
        self.meta.courier.set_address(Slot::App, url);
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

    /// Like [`Self::customer_wrote`], with siblings of the message's body.
    pub fn customer_wrote_beside(
        &self,
        customer: &Customer,
        body: &CustomerMessage,
        beside: &Beside,
        ago: Duration,
    ) -> String {
        self.meta.customer_wrote_beside(customer, body, beside, ago)
    }

    /// Webhooks are written in that form from now on.
    pub fn set_form(&self, form: Form) {
        self.meta.set_form(form);
    }

    /// Someone types `text` on the phone: an echo, without statuses. Gives the message id.
    pub fn phone_writes(&self, to: Customer, text: &str) -> String {
        self.phone_wrote(to, text, Duration::ZERO)
    }

    /// Like [`Self::phone_writes`], but Meta's timestamp lies `ago` in the past.
    pub fn phone_wrote(&self, to: Customer, text: &str, ago: Duration) -> String {
        self.meta.phone_wrote(&to, text, ago)
    }

    /// A customer edits a message of theirs. Gives the event's id.
    ///
    /// # Errors
    ///
    /// The app would not offer it, see [`ActRefusal`]. So with the other acts.
    pub fn customer_edits(&self, wamid: &str, text: &str) -> Result<String, ActRefusal> {
        self.meta.customer_edits(wamid, text)
    }

    /// A customer deletes a message of theirs for everyone. Gives the event's id.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn customer_deletes(&self, wamid: &str) -> Result<String, ActRefusal> {
        self.meta.customer_deletes(wamid)
    }

    /// A customer reacts to a message; an empty `emoji` takes it back. Gives the event's id.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn customer_reacts(&self, wamid: &str, emoji: &str) -> Result<String, ActRefusal> {
        self.meta.customer_reacts(wamid, emoji)
    }

    /// A customer, named by number, user id or `@username`, reads the chat. Gives how many messages that were.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn customer_reads(&self, who: &str) -> Result<usize, ActRefusal> {
        self.meta.customer_reads(who)
    }

    /// A customer goes offline, blocks the business, adopts a username and so on.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn customer_sets(&self, who: &str, settings: CustomerSettings) -> Result<(), ActRefusal> {
        self.meta.customer_sets(who, settings)
    }

    /// A customer gets another phone number, and so another user id. Gives the event's id.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn customer_changes_number(&self, who: &str, phone: &str) -> Result<String, ActRefusal> {
        self.meta.customer_changes_number(who, phone)
    }

    /// Someone edits on the phone what was written there. Gives the event's id.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn phone_edits(&self, wamid: &str, text: &str) -> Result<String, ActRefusal> {
        self.meta.phone_edits(wamid, text)
    }

    /// Someone deletes on the phone what was written there, for everyone. Gives the event's id.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn phone_deletes(&self, wamid: &str) -> Result<String, ActRefusal> {
        self.meta.phone_deletes(wamid)
    }

    /// Someone reacts on the phone. Gives the event's id.
    ///
    /// # Errors
    ///
    /// As [`Self::customer_edits`].
    pub fn phone_reacts(&self, wamid: &str, emoji: &str) -> Result<String, ActRefusal> {
        self.meta.phone_reacts(wamid, emoji)
    }

    /// The number is disconnected from the Cloud API, or its phone is changed. Gives whether that could happen, see
    /// [`AccountEvent`]; if not, nothing is told.
    pub fn account_event(&self, event: &AccountEvent) -> bool {
        self.meta.account_event(event).is_ok()
    }

    /// A code as the login dialog gives it, to be redeemed at `oauth/access_token` within 30 seconds, once.
    /// `redirect_uri` is the dialog's; `None`: it comes out of the popup. The token expires after 60 days if `expires`.
    pub fn mint_code(&self, redirect_uri: Option<String>, expires: bool) -> String {
        let lifetime = if expires {
            Lifetime::SixtyDays
        } else {
            Lifetime::Endless
        };
        self.meta.mint_code(redirect_uri, lifetime, 0)
    }

    /// The account's list of numbers has `others`, and the number itself only if `own`.
    pub fn lists_numbers(&self, own: bool, others: Vec<NumberBeside>) {
        let mut world = self.meta.world();
        world.number.is_unlisted = !own;
        world.number.beside = others;
    }

    /// The next signup also grants an account of another portfolio, with these numbers.
    pub fn grants_account(&self, waba_id: &str, numbers: Vec<NumberBeside>) {
        let mut world = self.meta.world();
        world.logins.add_account(waba_id);
        world.number.accounts_beside.insert(waba_id.to_owned(), numbers);
    }

    /// An exchange does not say when its token ends; `debug_token` does.
    pub fn hides_expiry(&self) {
        self.meta.world().logins.hide_expiry();
    }

    /// Tokens are not good for `permission`, as when somebody takes it out on Meta's page.
    pub fn withholds_permission(&self, permission: &str) {
        self.meta.world().logins.withhold(permission);
    }

    /// Every code and token it has made, and every verify token that callback addresses were tried with, each with what it
    /// is. For tests that nothing of it is found where it does not belong.
    pub fn secrets(&self) -> Vec<(&'static str, String)> {
        let verify = self.meta.courier.verify_tokens().into_iter();
        let mut secrets: Vec<_> = verify.map(|token| ("verify token", token)).collect();
        let world = self.meta.world();
        secrets.extend(world.logins.secrets().map(|(what, secret)| (what, secret.clone())));
        secrets
    }

    /// Ends a business token at once. Gives whether there was one.
    pub fn revoke_token(&self, token: &str) -> bool {
        self.meta.world().logins.revoke(token)
    }

    /// The number is onboarded anew: contacts and history can be asked for once more, within 24 hours.
    pub fn onboard(&self, sharing: HistorySharing) {
        self.meta.world().onboard(numbering::unix_seconds(), sharing);
    }

    /// How often a client called `register`, which it must never do.
    pub fn register_calls(&self) -> u64 {
        self.meta.world().number.register_calls
    }

    /// So many calls of Graph are taken in an hour from now on, of the app (else code 4) and, for its management, of the
    /// account (else code 80007). `None`: any number.
    pub fn limit_calls(&self, app: Option<u32>, account: Option<u32>) {
        self.meta.world().calls.set(CallLimits { app, account });
    }

    /// Tells any `value` under any `field`, in the field's envelope.
    pub fn tell(&self, field: &str, value: Value) {
        self.meta.announce(&self.meta.sender().of(field, value));
    }

    /// The next webhook meets `fault`; called again, the one after it, and so on.
    pub fn fail_next_webhook(&self, fault: WebhookFault) {
        self.add_webhook_fault(FaultRule::once("webhooks", fault));
    }

    /// The next send meets `fault`; called again, the one after it, and so on. Calls that Graph turns away for their
    /// token or number, and read receipts, use none up.
    pub fn fail_next_send(&self, fault: Fault) {
        self.add_fault(FaultRule::once("messages", fault));
    }

    /// Calls meet a fault, as the rule has it.
    pub fn add_fault(&self, rule: FaultRule<Fault>) {
        self.meta.world().faults.add(rule);
    }

    /// Calls or webhooks meet a fault, as the JSON of a `POST /_sim/faults` has it.
    ///
    /// # Errors
    ///
    /// A sentence that says what of it is not understood.
    pub fn add_fault_json(&self, rule: &str) -> Result<(), String> {
        let added = self.meta.add_fault(rule.as_bytes());
        added.map(|_| ()).map_err(|(_, sentence)| sentence)
    }

    /// Webhooks meet a fault, as the rule has it; its target does not matter.
    pub fn add_webhook_fault(&self, rule: FaultRule<WebhookFault>) {
        self.meta.courier.add_fault(rule);
    }

    /// Another app is subscribed to the account: it gets every webhook, too, and when one of the apps does not answer
    /// 200, all get it again.
    pub fn add_app(&self, app: OtherApp) {
        self.meta.courier.change_other_apps(|apps| apps.push(app));
    }

    /// The last 100,000 sends that arrived, in the order they were judged, with what became of them.
    pub fn ledger(&self) -> Vec<LedgerEntry> {
        self.ledger_since(0)
    }

    /// Like [`Self::ledger`], without the sends before that number.
    pub fn ledger_since(&self, number: u64) -> Vec<LedgerEntry> {
        self.meta.ledger_since(number)
    }

    /// The message ids the business marked as read, in order.
    pub fn read_receipts(&self) -> Vec<String> {
        self.meta.world().read_receipts.clone()
    }

    /// How many people see at this moment that the business types an answer, or did when the sign was last sent.
    pub fn told_typing(&self) -> usize {
        let world = self.meta.world();
        let people = world
            .people()
            .filter(|person| world.chats.typing_at(&person.user_id).is_some());
        people.count()
    }

    /// How many media clients have uploaded.
    pub fn uploads(&self) -> u64 {
        self.meta.world().library.uploads
    }

    /// How often a client followed the redirect of [`Fault::Redirect`], and so took its token elsewhere.
    pub fn redirects_followed(&self) -> u64 {
        self.meta.world().redirects_followed
    }

    /// How many webhooks have not been answered 200 yet, with those a fault lets wait.
    pub fn undelivered_webhooks(&self) -> usize {
        self.meta.courier.undelivered()
    }

    /// How many webhooks were given up because they were too old, see [`Delivery`](crate::Delivery).
    pub fn given_up_webhooks(&self) -> usize {
        self.meta.courier.given_up()
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
