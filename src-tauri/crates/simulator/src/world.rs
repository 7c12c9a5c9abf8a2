//! What Meta remembers: people, their windows and quotas, and the ledger. No input or output; time is an argument.

mod identity;
mod sends;

use crate::{
    account::Connection,
    call_quota::CallQuota,
    chats::Chats,
    config::Config,
    customer::Customer,
    fault::Fault,
    history::Acquaintance,
    ledger::Ledger,
    library::Library,
    limits::{PairQuota, SlidingSecond},
    logins::Logins,
    number,
    number_state::{HistorySharing, NumberState},
    numbering,
    rules::Rules,
    send::{Send, Target},
    signup::Signup,
    stream::Streams,
    templates::Templates,
};
pub use identity::CustomerSettings;
pub(crate) use sends::Moment;
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

/// A customer's message keeps the window open for so long (Meta, "Send messages", 2026).
pub(crate) const WINDOW_SECONDS: u64 = 24 * 60 * 60;

/// Someone Meta has heard of.
#[derive(Debug)]
pub(crate) struct Person {
    /// Their business-scoped user id.
    pub user_id: String,
    /// Digits; `None` if only the username is known.
    pub wa_id: Option<String>,
    /// The profile name; empty when there is none.
    pub name: String,
    /// Without `@`.
    pub username: Option<String>,
    /// Whether they let others see that they read.
    pub shows_reading: bool,
    /// Whether they read what arrives without being told to.
    pub reads_alone: bool,
    /// Whether they adopted a username, so that webhooks leave their number out.
    pub hides_phone: bool,
    /// Whether their phone is off: nothing is delivered to it.
    pub is_offline: bool,
    /// Whether they blocked the business.
    pub blocks_business: bool,
    /// Whether they stopped marketing messages.
    pub stops_marketing: bool,
    /// Whether another app has the conversation with them.
    pub is_with_another_app: bool,
    /// Unix seconds of their last message.
    pub last_wrote_at: Option<u64>,
    quota: PairQuota,
}

impl Person {
    /// Their number, unless the business may not see it.
    pub fn visible_wa_id(&self) -> Option<&str> {
        self.wa_id.as_deref().filter(|_| !self.hides_phone)
    }

    /// Whether what is sent to them reaches their phone at once.
    pub fn is_reachable(&self) -> bool {
        !self.is_offline && !self.blocks_business
    }
}

/// A send that passed every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// Its message id.
    pub wamid: String,
    /// Whom it reaches.
    pub user_id: String,
    /// Which one it is of this run's non-template sends, from 1; 0 for a template.
    pub service_send: u64,
    /// Of a template: what the answer tells of it.
    pub message_status: Option<&'static str>,
    /// The code it fails with after all.
    pub failure: Option<i64>,
    /// A template's category as Meta prices it; `None`: it is no template.
    pub template_category: Option<String>,
}

/// Everything that changes while the simulator runs.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// What calls meet.
    pub faults: Rules<Fault>,
    /// The sends that arrived.
    pub ledger: Ledger,
    /// The messages the business marked as read, in order.
    pub read_receipts: Vec<String>,
    /// How often a client followed the redirect of a fault.
    pub redirects_followed: u64,
    /// What was said, as people see it on their phones.
    pub chats: Chats,
    /// Whether the number and the Cloud API belong together.
    pub connection: Connection,
    /// The signup that goes on.
    pub signup: Signup,
    /// Codes and tokens.
    pub logins: Logins,
    /// Media.
    pub library: Library,
    /// Templates.
    pub templates: Templates,
    /// The number itself.
    pub number: NumberState,
    /// The calls Graph took.
    pub calls: CallQuota,
    /// Sends of templates that Meta looks at first.
    held: Vec<(Send, Accepted)>,
    /// Where made-up ids come from.
    pub streams: Arc<Streams>,
    people: HashMap<String, Person>,
    user_id_of_phone: HashMap<String, String>,
    /// From a user id somebody had to the one they got after it.
    next_user_id: HashMap<String, String>,
    /// How many people can be written to outside of the window in a day.
    new_people_a_day: Option<u32>,
    /// Whose user ids are told.
    portfolio: u8,
    /// When somebody was written to outside of the window last.
    written_outside_at: HashMap<String, u64>,
    throughput: SlidingSecond,
    service_sends: u64,
    /// Unix seconds of the onboarding that closed every window; 0 at the start, so that a past can be told.
    windows_open_from: u64,
}

impl World {
    /// The world at the start: the number was onboarded just now.
    pub fn of(config: &Config, graph_url: &str) -> Self {
        let now = numbering::unix_seconds();
        let streams = Arc::new(Streams::of(config.seed));
        let mut world = Self {
            faults: Rules::seeded(streams.faults.draw().u64(..)),
            library: Library::at(graph_url, &config.app_secret, Arc::clone(&streams)),
            templates: Templates::of_the_shop(Arc::clone(&streams), number::is_verified(config)),
            streams,
            new_people_a_day: config.new_people_a_day,
            portfolio: config.portfolio,
            ..Self::default()
        };
        world
            .logins
            .keep(&config.access_token, vec![config.waba_id.clone()], now);
        world.number.onboard(now, HistorySharing::Shared);
        world.number.history = config.history;
        if !config.is_connected {
            world.connection = Connection::Disconnected;
        }
        world
    }

    /// The number is onboarded (again): everything can be asked for once more, and no message from before opens a
    /// window any more (Meta, "Onboarding business app users", 2026).
    pub fn onboard(&mut self, at: u64, sharing: HistorySharing) {
        self.connection = Connection::Connected;
        self.number.onboard(at, sharing);
        self.windows_open_from = at;
        for person in self.people.values_mut() {
            person.last_wrote_at = person.last_wrote_at.filter(|wrote_at| *wrote_at > at);
        }
    }

    /// Heeds what a webhook tells of the account, the number or a template.
    pub fn notice(&mut self, field: &str, value: &Value) {
        self.number.standing.notice(field, value);
        self.templates.notice(field, value);
    }

    /// Whether a message that was written then lets the business answer freely: it reached the Cloud API.
    pub fn opens_windows(&self, at: u64) -> bool {
        self.connection.is_up() && at >= self.windows_open_from
    }

    /// Keeps a send of a template until that is decided on.
    pub fn hold(&mut self, send: Send, accepted: Accepted) {
        self.held.push((send, accepted));
    }

    /// The sends that waited for templates of that name.
    pub fn release(&mut self, template: &str) -> Vec<(Send, Accepted)> {
        let (released, held) = std::mem::take(&mut self.held)
            .into_iter()
            .partition(|(send, _)| send.text == template);
        self.held = held;
        released
    }

    /// Gets to know `customer`, or what is new about them.
    pub fn meet(&mut self, customer: &Customer) -> &mut Person {
        let wa_id = Some(numbering::digits(&customer.phone)).filter(|digits| !digits.is_empty());
        let username = customer.username.clone();
        let user_id = match (&customer.user_id, wa_id.as_deref()) {
            (Some(given), _) => given.clone(),
            (None, Some(phone)) => self.user_id_for(phone),
            (None, None) => numbering::user_id(self.portfolio, None, username.as_deref().or(Some(&customer.name))),
        };
        if let Some(phone) = &wa_id {
            self.user_id_of_phone.insert(phone.clone(), user_id.clone());
        }
        let past = || Acquaintance::find(self.portfolio, &user_id, self.number.history.people());
        let past = (!self.people.contains_key(&user_id)).then(past).flatten();
        if let Some(phone) = past.as_ref().and_then(|past| past.wa_id.clone()) {
            self.user_id_of_phone.insert(phone, user_id.clone());
        }
        let person = self.people.entry(user_id.clone()).or_insert_with(|| Person {
            user_id,
            wa_id: past.as_ref().and_then(|past| past.wa_id.clone()),
            name: past.as_ref().map(|past| past.name.clone()).unwrap_or_default(),
            username: past.and_then(|past| past.username),
            shows_reading: true,
            reads_alone: true,
            hides_phone: false,
            is_offline: false,
            blocks_business: false,
            stops_marketing: false,
            is_with_another_app: false,
            last_wrote_at: None,
            quota: PairQuota::default(),
        });
        person.wa_id = wa_id.or(person.wa_id.take());
        person.username = username.or(person.username.take());
        if !customer.name.is_empty() {
            person.name.clone_from(&customer.name);
        }
        person
    }

    /// Whether the business blocked that person, by whatever number they had then.
    pub fn blocks(&self, target: &Target) -> bool {
        let user_id = match target {
            Target::UserId(user_id) => user_id.clone(),
            Target::Phone { wa_id, .. } => self.user_id_for(wa_id),
        };
        let mut blocked = self.number.blocked.iter();
        blocked.any(|blocked| self.latest_user_id(blocked) == user_id)
    }

    /// A message was received that counts for the throughput.
    pub fn count_received(&mut self, at_micros: u64) {
        self.throughput.count(at_micros);
    }

    /// The person with that business-scoped user id, or who had it before they changed their number.
    pub fn person(&self, user_id: &str) -> Option<&Person> {
        self.people.get(self.latest_user_id(user_id))
    }

    /// Everyone known.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// How many people are known.
    pub fn people_count(&self) -> usize {
        self.people.len()
    }

    fn user_id_for(&self, phone: &str) -> String {
        self.known_with(phone).unwrap_or_else(|| self.fresh_user_id(phone))
    }

    /// The user id of whoever has that number, now or in the past.
    fn known_with(&self, phone: &str) -> Option<String> {
        let past = || Acquaintance::find(self.portfolio, phone, self.number.history.people());
        let known = self.user_id_of_phone.get(phone).cloned();
        known.or_else(|| past().map(|past| past.user_id))
    }
}
