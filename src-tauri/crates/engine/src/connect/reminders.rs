//! Reminders about numbers, for a host that can tell a person: a notification of the desktop.

use super::sync::ASK_WITHIN_MS;
use crate::Engine;
use tokio::sync::broadcast;
use twinbox_domain::{AccountTold, Millis, Reminder, ReminderAbout, Watched};
use twinbox_store::{Notice, Number, StoreError, SyncPart};

/// More than are ever due at once.
const MOST_WAITING: usize = 64;
/// Lines of a number's story that are looked through for something urgent.
const MOST_LINES: u32 = 20;

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
        let mut connected_at = Millis(0);
        if let Some(connection) = store.number_connection(id.clone()).await? {
            token_ends = connection.token_expires_at;
            connected_at = connection.connected_at;
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
            told: urgent(store.notices(id.clone(), MOST_LINES).await?, connected_at),
        })
    }
}

/// The last urgent thing of a number's story, newest first, since it was connected and since an account that was disabled
/// was given back.
fn urgent(story: Vec<Notice>, connected_at: Millis) -> Option<(Millis, i64)> {
    let is_given_back = |told: &AccountTold| matches!(told, AccountTold::Ban { state, .. } if state == "REINSTATE");
    let mut since = story.into_iter().take_while(|notice| !is_given_back(&notice.told));
    let urgent = since.find(|notice| notice.told.is_urgent() && notice.at >= connected_at);
    urgent.map(|notice| (notice.at, notice.by.0))
}
