//! What Meta remembers: people, their windows and quotas, and the ledger. No input or output; time is an argument.

use crate::{
    customer::Customer,
    fault::Fault,
    graph_error::GraphError,
    ledger::LedgerEntry,
    limits::{PairQuota, SlidingSecond},
    numbering,
    send::{Send, Target},
};
use std::collections::{HashMap, VecDeque};

/// A customer's message keeps the window open for so long (Meta, "Send messages", 2026).
const WINDOW_SECONDS: u64 = 24 * 60 * 60;

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
    /// Unix seconds of their last message.
    pub last_wrote_at: Option<u64>,
    quota: PairQuota,
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
    people: HashMap<String, Person>,
    user_id_of_phone: HashMap<String, String>,
    throughput: SlidingSecond,
    service_sends: u64,
}

impl World {
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
        let person = self.people.entry(user_id.clone()).or_insert_with(|| Person {
            user_id,
            wa_id: None,
            name: String::new(),
            username: None,
            shows_reading: true,
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

    /// The person with that business-scoped user id.
    pub fn person(&self, user_id: &str) -> Option<&Person> {
        self.people.get(user_id)
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
        person.quota.count(at_micros);
        self.throughput.count(at_micros);
        let wamid = numbering::wamid(person.wa_id.as_deref());
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
            .unwrap_or_else(|| numbering::user_id(Some(phone), None))
    }
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
