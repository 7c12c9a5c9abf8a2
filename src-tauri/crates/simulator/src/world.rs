//! What Meta remembers: people, their windows and quotas, and the ledger. No input or output; time is an argument.

mod identity;

use crate::{
    account::Connection,
    chats::Chats,
    config::Config,
    customer::Customer,
    fault::Fault,
    graph_error::GraphError,
    history::Acquaintance,
    ledger::LedgerEntry,
    library::Library,
    limits::{PairQuota, SlidingSecond},
    logins::Logins,
    number_state::{HistorySharing, NumberState},
    numbering,
    send::{Send, Target},
    signup::Signup,
    stream::Streams,
    templates::Templates,
};
pub use identity::CustomerSettings;
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

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
}

/// Everything that changes while the simulator runs.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Waiting faults, the next first.
    pub faults: VecDeque<Fault>,
    /// Every send that arrived, in the order they were judged.
    pub ledger: Vec<LedgerEntry>,
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
    /// Where made-up ids come from.
    pub streams: Arc<Streams>,
    people: HashMap<String, Person>,
    user_id_of_phone: HashMap<String, String>,
    /// From a user id somebody had to the one they got after it.
    next_user_id: HashMap<String, String>,
    /// How many people can be written to outside of the window in a day.
    new_people_a_day: Option<u32>,
    /// When somebody was written to outside of the window last.
    written_outside_at: HashMap<String, u64>,
    throughput: SlidingSecond,
    service_sends: u64,
}

impl World {
    /// The world at the start: the number was onboarded just now.
    pub fn of(config: &Config, graph_url: &str) -> Self {
        let now = numbering::unix_seconds();
        let streams = Arc::new(Streams::of(config.seed));
        let mut world = Self {
            library: Library::at(graph_url, &config.app_secret, Arc::clone(&streams)),
            templates: Templates::of_the_shop(Arc::clone(&streams)),
            streams,
            new_people_a_day: config.new_people_a_day,
            ..Self::default()
        };
        world
            .logins
            .keep(&config.access_token, vec![config.waba_id.clone()], now);
        world.number.onboard(now, HistorySharing::Shared);
        world.number.history = config.history;
        world
    }

    /// Gets to know `customer`, or what is new about them.
    pub fn meet(&mut self, customer: &Customer) -> &mut Person {
        let wa_id = Some(numbering::digits(&customer.phone)).filter(|digits| !digits.is_empty());
        let username = customer.username.clone();
        let user_id = match (&customer.user_id, wa_id.as_deref()) {
            (Some(given), _) => given.clone(),
            (None, Some(phone)) => self.user_id_for(phone),
            (None, None) => numbering::user_id(None, username.as_deref().or(Some(&customer.name))),
        };
        if let Some(phone) = &wa_id {
            self.user_id_of_phone.insert(phone.clone(), user_id.clone());
        }
        let past = || Acquaintance::find(&user_id, self.number.history.people());
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

    /// Whether the business blocked that person.
    pub fn blocks(&self, target: &Target) -> bool {
        let user_id = match target {
            Target::UserId(user_id) => user_id.clone(),
            Target::Phone { wa_id, .. } => self.user_id_for(wa_id),
        };
        self.number.blocked.contains(&user_id)
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

    /// Judges a send whose form is right: throughput first, then the pair, then the window. Only an accepted send
    /// uses quota.
    pub fn judge(&mut self, send: &Send, at_micros: u64, now: u64, mps: u32) -> Result<Accepted, GraphError> {
        if !self.throughput.has_room(at_micros, mps) {
            return Err(GraphError::throughput());
        }
        let user_id = match &send.target {
            Target::UserId(user_id) => user_id.clone(),
            Target::Phone { wa_id, .. } => self.meet(&Customer::new(wa_id.as_str(), "")).user_id.clone(),
        };
        if self.is_of_the_past(&user_id) {
            self.meet(&Customer::known(user_id.as_str()));
        }
        let Some(person) = self.people.get_mut(&user_id) else {
            return Err(GraphError::value("Recipient user id is not valid"));
        };
        if !person.quota.has_room(at_micros) {
            return Err(GraphError::pair());
        }
        let window_is_open = person.last_wrote_at.is_some_and(|at| now < at + WINDOW_SECONDS);
        if !window_is_open && !send.is_template() {
            return Err(GraphError::window());
        }
        if !window_is_open {
            count_new_person(&mut self.written_outside_at, &user_id, now, self.new_people_a_day)?;
        }
        person.quota.count(at_micros);
        self.throughput.count(at_micros);
        let wamid = numbering::wamid(&self.streams.sent, person.wa_id.as_deref());
        let service_send = if send.is_template() {
            0
        } else {
            self.service_sends += 1;
            self.service_sends
        };
        Ok(Accepted {
            wamid,
            user_id,
            service_send,
        })
    }

    fn user_id_for(&self, phone: &str) -> String {
        self.user_id_of_phone
            .get(phone)
            .cloned()
            .or_else(|| Some(Acquaintance::find(phone, self.number.history.people())?.user_id))
            .unwrap_or_else(|| numbering::user_id(Some(phone), None))
    }
}

/// At most `max` different people are written to outside of the window within any day (Meta, "Messaging limits", Oct
/// 2025).
fn count_new_person(
    written_at: &mut HashMap<String, u64>,
    user_id: &str,
    now: u64,
    max: Option<u32>,
) -> Result<(), GraphError> {
    let Some(max) = max else {
        return Ok(());
    };
    written_at.retain(|_, at| now < *at + WINDOW_SECONDS);
    let is_full = usize::try_from(max).is_ok_and(|max| written_at.len() >= max);
    if is_full && !written_at.contains_key(user_id) {
        return Err(GraphError::coded(
            131_048,
            "Spam rate limit hit",
            "Message failed to send because the messaging limit of this business portfolio is reached: too many \
             different people in 24 hours.",
        ));
    }
    written_at.insert(user_id.to_owned(), now);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const DAY: u64 = 24 * 60 * 60;

    fn alice() -> Customer {
        Customer::new("+1 650 555 1234", "Alice")
    }

    fn send_to(wa_id: &str, kind: &str) -> Send {
        let target = Target::Phone {
            input: format!("+{wa_id}"),
            wa_id: wa_id.to_owned(),
        };
        Send {
            target,
            kind: kind.to_owned(),
            text: String::new(),
            callback_data: None,
        }
    }

    #[test]
    fn the_window_closes_a_day_after_the_customer_wrote_but_not_for_templates() {
        let mut world = World::default();
        world.meet(&alice()).last_wrote_at = Some(1000);
        let text = send_to("16505551234", "text");
        assert!(world.judge(&text, 0, 999 + DAY, 5).is_ok());
        assert_eq!(world.judge(&text, 1, 1000 + DAY, 5), Err(GraphError::window()));
        assert!(
            world
                .judge(&send_to("16505551234", "template"), 2, 1000 + DAY, 5)
                .is_ok()
        );
    }

    #[test]
    fn a_refused_send_uses_no_throughput() {
        let mut world = World::default();
        let stranger = send_to("16505550000", "text");
        (0..9).for_each(|at| assert_eq!(world.judge(&stranger, at, 0, 1), Err(GraphError::window())));
        assert!(world.judge(&send_to("16505550000", "template"), 9, 0, 1).is_ok());
        assert_eq!(
            world.judge(&send_to("16505550000", "template"), 10, 0, 1),
            Err(GraphError::throughput())
        );
    }

    #[test]
    fn a_phone_number_and_a_given_user_id_are_one_person() {
        let mut world = World::default();
        world
            .meet(&Customer {
                user_id: Some("US.7".to_owned()),
                ..alice()
            })
            .last_wrote_at = Some(0);
        assert_eq!(world.meet(&alice()).user_id, "US.7");
        assert_eq!(
            world.judge(&send_to("16505551234", "text"), 0, 1, 5).unwrap().user_id,
            "US.7"
        );
    }
}
