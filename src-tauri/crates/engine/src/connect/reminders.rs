//! Reminders about numbers, for a host that can tell a person: a notification of the desktop.

use super::sync::ASK_WITHIN_MS;
use crate::Engine;
use std::time::Duration;
use tokio::sync::broadcast;
use twinbox_domain::{AccountTold, Millis, Monotonic, Reminder, ReminderAbout, Watched};
use twinbox_store::{Notice, Number, StoreError, SyncPart};

/// More than are ever due at once.
const MOST_WAITING: usize = 64;
/// Lines of a number's story that are looked through for something urgent.
const MOST_LINES: u32 = 20;

/// Whoever was about to unlock the keychain when the session began has done so by then.
const LOCKED_FOR: Duration = Duration::from_secs(5 * 60);

/// What a person is reminded of.
#[derive(Clone, PartialEq, Eq)]
pub enum Reminded {
    /// Something about a number.
    Number {
        /// The number, as the team calls it.
        name: String,
        /// What about.
        reminder: Reminder,
    },
    /// The keychain stays locked, so that no number that was connected here sends or receives.
    Locked,
}

/// A keychain that was not open yet at the start. Once it is, it stays so.
pub(super) struct Keychain {
    locked_since: Monotonic,
    is_told: bool,
}

impl Keychain {
    pub(super) const fn locked_since(locked_since: Monotonic) -> Self {
        Self {
            locked_since,
            is_told: false,
        }
    }

    fn is_to_be_told(&self, now: Monotonic) -> bool {
        !self.is_told && now >= self.locked_since.plus(LOCKED_FOR)
    }
}

pub(super) fn channel() -> broadcast::Sender<Reminded> {
    broadcast::channel(MOST_WAITING).0
}

impl Engine {
    /// Reminders from now on. Each is given once, that of a locked keychain once each start; while nobody listens they wait.
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
                    drop(reminders.send(Reminded::Number { name, reminder }));
                }
            }
        }
        Ok(())
    }

    /// Without the key there is no number to be reminded of.
    pub(super) async fn remind_of_lock(&self, keychain: &mut Keychain, now: Monotonic) -> Result<(), StoreError> {
        let (inner, reminders) = (&self.inner, &self.inner.connecting.reminders);
        if self.vault().is_ok() || !keychain.is_to_be_told(now) || reminders.receiver_count() == 0 {
            return Ok(());
        }
        if !inner.store.number_connections().await?.is_empty() {
            keychain.is_told = true;
            drop(reminders.send(Reminded::Locked));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keychain_is_told_of_once_it_has_been_locked_for_minutes_and_not_again() {
        let began = Monotonic(Duration::from_secs(60));
        let mut keychain = Keychain::locked_since(began);
        let after = |seconds| began.plus(Duration::from_secs(seconds));
        assert_eq!(
            [0, 299, 300].map(|seconds| keychain.is_to_be_told(after(seconds))),
            [false, false, true]
        );
        keychain.is_told = true;
        assert!(!keychain.is_to_be_told(after(3600)));
    }
}
