//! Reminders about numbers, for a host that can tell a person: a notification of the desktop.

use super::sync::ASK_WITHIN_MS;
use crate::Engine;
use tokio::sync::broadcast;
use twinbox_domain::{Millis, Reminder, ReminderAbout, Watched};
use twinbox_store::{Number, StoreError, SyncPart};

/// More than are ever due at once.
const MOST_WAITING: usize = 64;

/// A reminder about a number.
#[derive(Clone, PartialEq, Eq)]
pub struct Reminded {
    /// The number, as the team calls it.
    pub name: String,
    /// What about.
    pub reminder: Reminder,
}

pub(super) fn channel() -> broadcast::Sender<Reminded> {
    broadcast::channel(MOST_WAITING).0
}

impl Engine {
    /// Reminders from now on. Each is given once; while nobody listens they wait.
    pub fn reminders(&self) -> broadcast::Receiver<Reminded> {
        self.inner.connecting.reminders.subscribe()
    }

    pub(super) async fn remind(&self, now: Millis) -> Result<(), StoreError> {
        let (inner, reminders) = (&self.inner, &self.inner.connecting.reminders);
        if reminders.receiver_count() == 0 {
            return Ok(());
        }
        for number in inner.store.numbers().await? {
            if !inner.clients.has(&number.id) {
                continue;
            }
            let watched = self.watched(&number).await?;
            for about in ReminderAbout::ALL {
                let due = watched.due(about, now);
                let stage = due.map_or(0, Reminder::stage);
                if inner.store.remind(number.id.clone(), about, stage).await?
                    && let Some(reminder) = due
                {
                    let name = number.name.clone();
                    // Whoever listened may have stopped just now.
                    drop(reminders.send(Reminded { name, reminder }));
                }
            }
        }
        Ok(())
    }

    async fn watched(&self, number: &Number) -> Result<Watched, StoreError> {
        let (store, id) = (&self.inner.store, &number.id);
        let (mut ask_until, mut complete_until, mut token_ends) = (None, None, None);
        if let Some(connection) = store.number_connection(id.clone()).await? {
            token_ends = connection.token_expires_at;
            let until = connection.connected_at.plus_ms(ASK_WITHIN_MS);
            let is_complete = store.history_progress(id.clone()).await?.percent == Some(100);
            complete_until = is_complete.then_some(until);
            for part in [SyncPart::Contacts, SyncPart::History] {
                if self.is_to_be_asked(id, part).await? {
                    ask_until = Some(until);
                }
            }
        }
        Ok(Watched {
            ask_until,
            complete_until,
            token_ends,
            last_sign: store.number_evidence(id.clone()).await?.sign_at,
            standing: store.number_standing(id.clone()).await?.standing,
        })
    }
}
