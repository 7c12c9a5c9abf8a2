//! The ways to Meta, one for each number that is connected. They change while the engine runs: a number is connected, a
//! token is renewed.

use std::collections::HashMap;
use tokio::sync::watch;
use twinbox_domain::NumberId;
use twinbox_whatsapp::GraphClient;

/// A number's way to Meta.
#[derive(Clone)]
pub(crate) struct Line {
    /// With its token.
    pub graph: GraphClient,
    /// What Meta calls the number by now.
    pub called: NumberId,
}

/// Shared by everything that calls Meta. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Clients {
    known: watch::Sender<HashMap<NumberId, Line>>,
}

impl Clients {
    /// The way of a number; `None` when it is not connected.
    pub(crate) fn of(&self, number: &NumberId) -> Option<Line> {
        self.known.borrow().get(number).cloned()
    }

    pub(crate) fn has(&self, number: &NumberId) -> bool {
        self.known.borrow().contains_key(number)
    }

    /// The numbers that have one.
    pub(crate) fn numbers(&self) -> Vec<NumberId> {
        self.known.borrow().keys().cloned().collect()
    }

    pub(crate) fn set(&self, number: NumberId, line: Line) {
        self.known.send_modify(|known| {
            known.insert(number, line);
        });
    }

    /// Wakes with every change.
    pub(crate) fn changes(&self) -> watch::Receiver<HashMap<NumberId, Line>> {
        self.known.subscribe()
    }
}
