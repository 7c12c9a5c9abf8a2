//! The task that keeps numbers connected: it opens the keychain, which may be locked at the start, renews tokens before they
//! end, asks Meta how each number is, has webhooks sent here that are not yet, reminds of what has to be done in time, and
//! shows new messages that have waited long enough.

use super::{Lock, probe::Asked, reminders::Keychain, sync::holds_until};
use crate::{
    Engine,
    clients::Line,
    clock,
    engine::Inner,
    vault::{KeyStore, NoKey, Vault},
};
use std::{error::Error, sync::Arc, time::Duration};
use tokio::time::MissedTickBehavior;
use twinbox_domain::{Millis, NumberId};
use twinbox_store::{NumberConnection, StoreError, SyncPart};
use twinbox_whatsapp::{AppClient, GraphClient};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(30);
/// After the first time that there was no key; then twice as long, up to [`EVERY`].
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(1);
/// The keychain may have asked a person, who turned it down: they are left alone for so many times as long as that took.
const LEFT_ALONE_FOR: u32 = 60;
const LEFT_ALONE_AT_MOST: Duration = Duration::from_secs(10 * 60);
/// A token of 60 days is renewed so long before it ends; Meta renews one that is at least a day old.
const RENEW_BEFORE_MS: i64 = 20 * 24 * 60 * 60 * 1000;
/// After a renewal that failed.
const RENEW_AGAIN_AFTER_MS: i64 = 6 * 60 * 60 * 1000;

/// Runs until the stop.
pub(crate) async fn keep_connected(inner: Arc<Inner>) {
    let engine = Engine { inner };
    tokio::join!(engine.keep_unlocking(), engine.keep_looking_after());
}

/// What the token of a number is sealed for.
pub(crate) fn token_place(number: &NumberId) -> String {
    format!("connection.token.{number}")
}

impl Engine {
    /// Asks the host for the key until it gives one: when a session begins, the keychain may still be locked.
    async fn keep_unlocking(&self) {
        let mut pause = ASK_AGAIN_AFTER;
        loop {
            let began = clock::monotonic();
            if self.unlock().await {
                return;
            }
            let took = clock::monotonic().0.saturating_sub(began.0);
            let alone = took.saturating_mul(LEFT_ALONE_FOR).min(LEFT_ALONE_AT_MOST);
            tokio::select! {
                () = self.inner.stop.cancelled() => return,
                () = tokio::time::sleep(pause.max(alone)) => {}
            }
            pause = pause.saturating_mul(2).min(EVERY);
        }
    }

    /// Asks the host for the key, however long a person takes to allow it. `false`: it has to be asked again.
    async fn unlock(&self) -> bool {
        if self.vault().is_ok() {
            return true;
        }
        let keys: Arc<dyn KeyStore> = Arc::clone(&self.inner.keys);
        let Some(opened) = self.inner.blocking(move || keys.open()).await else {
            return true;
        };
        let _turn = self.inner.connecting.turn.lock().await;
        // Somebody may have allowed a file meanwhile.
        if self.vault().is_ok() {
            return true;
        }
        let done = match opened {
            Ok((key, place)) => self.open_lock(Vault::new(&key), place).await.map(|()| true),
            Err(no_key) => self.stay_shut(no_key).await.map(|()| false),
        };
        done.unwrap_or_else(|error| {
            tracing::error!(error = &error as &dyn Error, "the stored secrets cannot be read");
            false
        })
    }

    async fn stay_shut(&self, no_key: NoKey) -> Result<(), StoreError> {
        let NoKey { reason, detail } = no_key;
        let before = self.inner.connecting.lock.send_replace(Lock::Shut(reason.clone()));
        if matches!(before, Lock::Shut(before) if before == reason) {
            return Ok(());
        }
        tracing::warn!(reason, detail, "no key for secrets; it is asked for again");
        self.inner.store.log_overview().await
    }

    /// Takes up every number that was connected here.
    pub(crate) async fn load_numbers(&self, vault: &Vault) -> Result<(), StoreError> {
        let app = self.app().await?;
        for connection in self.inner.store.number_connections().await? {
            let number = connection.number.clone();
            let Ok(token) = vault.open(&connection.token, &token_place(&number)) else {
                tracing::error!(%number, "number {number}: its token cannot be opened; it has to be connected again");
                continue;
            };
            match GraphClient::new(app.graph(token)) {
                Ok(graph) => {
                    let called = connection.called;
                    self.take_up_number(number, Line { graph, called }).await?;
                }
                Err(error) => tracing::error!(%number, %error, "number {number}: no way to Meta"),
            }
        }
        Ok(())
    }

    async fn keep_looking_after(&self) {
        let mut look = tokio::time::interval(EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut renewed_at = Millis::default();
        let mut asked = Asked::new();
        let mut keychain = Keychain::locked_since(clock::monotonic());
        loop {
            tokio::select! {
                () = self.inner.stop.cancelled() => return,
                _ = look.tick() => {}
                () = self.inner.connecting.look_again.notified() => {}
            }
            if let Err(error) = self.look_after(&mut renewed_at, &mut asked, &mut keychain).await {
                tracing::error!(
                    error = &error as &dyn Error,
                    "the connected numbers could not be looked after"
                );
            }
            // What went wrong was logged there.
            drop(self.subscribe_the_rest(false).await);
        }
    }

    async fn look_after(
        &self,
        renewed_at: &mut Millis,
        asked: &mut Asked,
        keychain: &mut Keychain,
    ) -> Result<(), StoreError> {
        self.remind_of_lock(keychain, clock::monotonic()).await?;
        let now = clock::now();
        // Whichever way the clock was set.
        let renews =
            now.ms_since(*renewed_at).unsigned_abs() >= RENEW_AGAIN_AFTER_MS.unsigned_abs() && self.vault().is_ok();
        for connection in self.inner.store.number_connections().await? {
            if connection.is_holding && self.has_held_long_enough(&connection, now).await? {
                self.release(connection.number.clone()).await?;
            }
            let ends_soon = connection
                .token_expires_at
                .is_some_and(|at| at.ms_since(now) < RENEW_BEFORE_MS);
            if renews && ends_soon {
                *renewed_at = now;
                self.renew(&connection).await?;
            }
        }
        self.ask_due(asked, now).await?;
        self.remind(now).await
    }

    async fn has_held_long_enough(&self, connection: &NumberConnection, now: Millis) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        let asked = store.sync_asked(connection.number.clone(), SyncPart::History).await?;
        let progress = store.history_progress(connection.number.clone()).await?;
        // Contacts say nothing about a history.
        let last_piece_at = connection.last_piece_at.filter(|_| progress.percent.is_some());
        let until = holds_until(connection.connected_at, asked.map(|asked| asked.at), last_piece_at);
        Ok(now >= until)
    }

    /// Trades the token for one that lives 60 days from now. The old one goes on working until it ends.
    async fn renew(&self, connection: &NumberConnection) -> Result<(), StoreError> {
        let number = &connection.number;
        let app = self.app().await?;
        let (Ok(vault), Some(settings)) = (self.vault(), app.settings()) else {
            return Ok(());
        };
        let place = token_place(number);
        let (Ok(token), Ok(client)) = (vault.open(&connection.token, &place), AppClient::new(settings)) else {
            return Ok(());
        };
        let renewed = match client.extend(&token).await {
            Ok(renewed) => renewed,
            Err(error) => {
                tracing::warn!(%number, %error, "number {number}: its token is not renewed; tried again later");
                return Ok(());
            }
        };
        let expires_at = renewed.expires_at(clock::now());
        let (Ok(sealed), Ok(graph)) = (
            vault.seal(&renewed.token, &place),
            GraphClient::new(app.graph(renewed.token)),
        ) else {
            return Ok(());
        };
        // Somebody may have connected the number anew meanwhile, and must not do so in between.
        let _turn = self.inner.connecting.turn.lock().await;
        let before = connection.token.clone();
        let store = &self.inner.store;
        if !store.set_token(number.clone(), before, sealed, expires_at).await? {
            return Ok(());
        }
        let called = connection.called.clone();
        self.inner.clients.set(number.clone(), Line { graph, called });
        tracing::info!(%number, "number {number}: its token is renewed");
        Ok(())
    }
}
