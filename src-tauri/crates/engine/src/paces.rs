//! How fast each number sends, shared by those who have something to do with it: its sender, webhooks that tell what it
//! received, and whoever wants to know when something leaves.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use twinbox_domain::{NumberId, Pacing};

/// The pace of one number. Clones are the same.
#[derive(Clone)]
pub(crate) struct Pace(Arc<Mutex<Pacing>>);

impl Pace {
    /// Never held across an `.await`.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Pacing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The paces of the numbers whose sender runs. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Paces {
    known: Arc<Mutex<HashMap<NumberId, Pace>>>,
}

impl Paces {
    /// `None`: nothing is sent from this number.
    pub(crate) fn of(&self, number: &NumberId) -> Option<Pace> {
        self.lock().get(number).cloned()
    }

    /// Its sender starts. `None`: it runs already.
    pub(crate) fn add(&self, number: NumberId, pacing: Pacing) -> Option<Pace> {
        let mut known = self.lock();
        if known.contains_key(&number) {
            return None;
        }
        let pace = Pace(Arc::new(Mutex::new(pacing)));
        known.insert(number, pace.clone());
        Some(pace)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<NumberId, Pace>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
