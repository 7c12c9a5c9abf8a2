//! Having Meta send the webhooks of connected numbers here: each once it is connected, and all of them anew when the public
//! address is another one. `life` tries what did not work again, after longer and longer pauses; nothing is asked of Meta
//! twice by it that can be asked once.

use super::signup::problem_of;
use crate::{
    Engine, clock,
    requests::{Answer, internal},
};
use std::collections::HashMap;
use tokio::sync::watch;
use twinbox_domain::{Millis, NumberId, Standing};
use twinbox_protocol::SignupProblem;

/// After the first try that did not work; then twice as long each time.
const FIRST_PAUSE_MS: i64 = 30 * 1000;
const LONGEST_PAUSE_MS: i64 = 16 * 60 * 1000;

/// The last try of each number that did not work. Only the newest state counts, so nothing is queued.
pub(crate) type Tries = watch::Sender<HashMap<NumberId, Tried>>;

/// A try that did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tried {
    at: Millis,
    pause_ms: i64,
}

impl Tried {
    fn after(before: Option<&Self>, now: Millis) -> Self {
        Self {
            at: now,
            pause_ms: before.map_or(FIRST_PAUSE_MS, |before| {
                before.pause_ms.saturating_mul(2).min(LONGEST_PAUSE_MS)
            }),
        }
    }

    /// Whichever way the clock was set.
    fn is_over(self, now: Millis) -> bool {
        now.ms_since(self.at).unsigned_abs() >= self.pause_ms.unsigned_abs()
    }
}

impl Engine {
    /// Has Meta send the webhooks of a number here. `None`: it does.
    pub(super) async fn subscribe(&self, number: &NumberId) -> Answer<Option<SignupProblem>> {
        let store = &self.inner.store;
        let connection = store.number_connection(number.clone()).await.map_err(internal)?;
        let Some((connection, line)) = connection.zip(self.inner.clients.of(number)) else {
            return Ok(Some(SignupProblem::AppRefused));
        };
        let app = self.app().await.map_err(internal)?;
        let address = app.webhook_address();
        let own = address.as_deref().zip(app.verify_token.as_ref());
        let tries = &self.inner.connecting.tries;
        match line.graph.subscribe(&connection.waba, own).await {
            Ok(()) => {
                store.set_subscribed(number.clone()).await.map_err(internal)?;
                tries.send_modify(|tries| {
                    tries.remove(number);
                });
                Ok(None)
            }
            Err(error) => {
                tracing::warn!(%number, %error, "number {number}: webhooks not subscribed");
                tries.send_modify(|tries| {
                    let tried = Tried::after(tries.get(number), clock::now());
                    tries.insert(number.clone(), tried);
                });
                Ok(Some(problem_of(&error)))
            }
        }
    }

    /// The numbers that belong together with the Cloud API, as far as is known, and whose webhooks are not sent here.
    pub(super) async fn unsubscribed(&self) -> Answer<Vec<NumberId>> {
        let store = &self.inner.store;
        let mut numbers = Vec::new();
        for connection in store.number_connections().await.map_err(internal)? {
            let number = connection.number;
            if connection.is_subscribed || !self.inner.clients.has(&number) {
                continue;
            }
            let stands = store.number_standing(number.clone()).await.map_err(internal)?;
            if !matches!(
                stands.standing,
                Standing::Disconnected { .. } | Standing::NoAccess { .. }
            ) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// Tries it for each number whose webhooks are not sent here. `at_once`: somebody waits for it, so no pause counts.
    pub(super) async fn subscribe_the_rest(&self, at_once: bool) -> Answer<()> {
        for number in self.unsubscribed().await? {
            // For one number only, so that a person's step goes in between.
            let _turn = self.inner.connecting.turn.lock().await;
            // That step may have done it, or just tried.
            let connection = self.inner.store.number_connection(number.clone()).await;
            let is_subscribed = connection.map_err(internal)?.is_none_or(|it| it.is_subscribed);
            let tried = self.inner.connecting.tries.borrow().get(&number).copied();
            if !is_subscribed && (at_once || tried.is_none_or(|tried| tried.is_over(clock::now()))) {
                self.take_up_late(&number).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_meta_does_not_take_is_tried_again_after_longer_and_longer_pauses() {
        let mut tried = Tried::after(None, Millis(0));
        let mut pauses = Vec::new();
        for _ in 0..7 {
            assert!(!tried.is_over(tried.at.plus_ms(tried.pause_ms - 1)));
            assert!(tried.is_over(tried.at.plus_ms(tried.pause_ms)));
            pauses.push(tried.pause_ms / 1000);
            tried = Tried::after(Some(&tried), tried.at.plus_ms(tried.pause_ms));
        }
        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 960]);
        assert!(tried.is_over(Millis(0)), "the clock was set back");
    }
}
