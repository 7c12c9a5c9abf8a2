//! Asking Meta how a number is, because webhooks get lost and a token can end in silence.

use crate::{
    Engine,
    clients::Line,
    clock,
    requests::{Answer, conflict, internal},
};
use std::collections::HashMap;
use twinbox_domain::{Millis, NumberId, Probe, Standing};
use twinbox_protocol::{ApiError, HealthView};
use twinbox_store::{Probed, Store, StoreError};
use twinbox_whatsapp::{AppClient, AppSubscription, CallError};

/// How often a number is asked for that is well.
const EVERY_MS: i64 = 60 * 60 * 1000;
/// And one that is not, or that did not answer.
const SOON_MS: i64 = 5 * 60 * 1000;

/// The webhook fields without which something is missing here (Meta, "Onboarding WhatsApp Business app users", 2026).
const NEEDED_FIELDS: [&str; 5] = [
    "messages",
    "smb_message_echoes",
    "smb_app_state_sync",
    "history",
    "account_update",
];

/// When each number was last asked for, answered or not.
pub(super) type Asked = HashMap<NumberId, Millis>;

impl Engine {
    /// Asks Meta at once.
    pub(crate) async fn check_number(&self, number: NumberId) -> Answer<HealthView> {
        let Some(line) = self.inner.clients.of(&number) else {
            return Err(conflict("This number is not connected."));
        };
        match self.ask_meta(&line).await {
            Ok(probed) => {
                self.keep_answer(&number, probed).await.map_err(internal)?;
                self.inner.connecting.look_again.notify_one();
            }
            Err(error) => {
                tracing::info!(%number, %error, "number {number}: Meta did not tell how it is");
                return Err(ApiError::unavailable("Meta cannot be reached just now."));
            }
        }
        self.health(number).await
    }

    /// Asks for every number that is due.
    pub(super) async fn ask_due(&self, asked: &mut Asked, now: Millis) -> Result<(), StoreError> {
        for number in self.inner.clients.numbers() {
            if !self.is_due(&number, asked, now).await? {
                continue;
            }
            asked.insert(number.clone(), now);
            let Some(line) = self.inner.clients.of(&number) else {
                continue;
            };
            match self.ask_meta(&line).await {
                Ok(probed) => self.keep_answer(&number, probed).await?,
                Err(error) => tracing::debug!(%number, %error, "number {number}: Meta did not tell how it is"),
            }
        }
        Ok(())
    }

    async fn is_due(&self, number: &NumberId, asked: &Asked, now: Millis) -> Result<bool, StoreError> {
        let ago = |at: Millis| now.ms_since(at).unsigned_abs();
        // Where Meta sends what is not of a number is known since the start only.
        if !asked.contains_key(number) && self.inner.connecting.callback.borrow().is_none() {
            return Ok(true);
        }
        // What Meta tells of the link is looked into at once: in its webhooks' order and times nobody can trust.
        let told_at = self.inner.store.link_told_at(number.clone()).await?;
        if told_at.is_some_and(|told| asked.get(number).is_none_or(|at| *at <= told)) {
            return Ok(true);
        }
        if asked.get(number).is_some_and(|at| ago(*at) < SOON_MS.unsigned_abs()) {
            return Ok(false);
        }
        let store = &self.inner.store;
        let Some(answered) = store.probe(number.clone()).await? else {
            return Ok(true);
        };
        let standing = store.number_standing(number.clone()).await?.standing;
        Ok(!is_well(&answered.probe, &standing) || ago(answered.probe.asked_at) >= EVERY_MS.unsigned_abs())
    }

    async fn keep_answer(&self, number: &NumberId, probed: Probed) -> Result<(), StoreError> {
        if !probed.token_is_valid {
            tracing::warn!(%number, "number {number}: Meta refuses its token");
        }
        self.inner.store.keep_probe(number.clone(), probed, clock::now()).await
    }

    /// Errors when it cannot be told from Meta's answer how the number is.
    async fn ask_meta(&self, line: &Line) -> Result<Probed, CallError> {
        Ok(Probed {
            missing_fields: self.missing_fields().await,
            ..ask_link(line).await?
        })
    }

    /// `None` without the secret of the app, or when Meta does not tell.
    async fn missing_fields(&self) -> Option<Vec<String>> {
        let fields = self.app_subscription().await?.fields;
        let missing = NEEDED_FIELDS
            .iter()
            .filter(|needed| !fields.iter().any(|field| field == *needed));
        Some(missing.map(|&field| field.to_owned()).collect())
    }

    /// The same. Remembers where it goes.
    pub(super) async fn app_subscription(&self) -> Option<AppSubscription> {
        let settings = self.app().await.ok()?.settings()?;
        let told = AppClient::new(settings).ok()?.subscription().await.ok()?;
        self.inner
            .connecting
            .callback
            .send_replace(Some(told.callback_url.clone()));
        Some(told)
    }

    /// Whether Meta sends what it tells of accounts and templates to another address; `false` as well when not known.
    pub(crate) async fn is_callback_elsewhere(&self) -> Answer<bool> {
        let app = self.app().await.map_err(internal)?;
        let callback = self.inner.connecting.callback.borrow();
        Ok(callback.as_ref().is_some_and(|callback| app.is_elsewhere(callback)))
    }
}

/// The same, without the webhook fields.
async fn ask_link(line: &Line) -> Result<Probed, CallError> {
    let (is_linked, is_flagged) = match line.graph.number(&line.called).await {
        Ok(listed) => (Some(listed.is_coexistence), listed.is_flagged),
        Err(error) if error.is_about_access() => (None, None),
        Err(error) if error.is_about_a_loss() => (Some(false), None),
        Err(error) => return Err(error),
    };
    Ok(Probed {
        token_is_valid: is_linked.is_some(),
        is_linked,
        missing_fields: None,
        is_flagged,
    })
}

/// Asks Meta whether it still shows the number to this token. `false`: it does not, or that cannot be told now.
pub(crate) async fn is_shown(store: &Store, number: &NumberId, line: &Line) -> Result<bool, StoreError> {
    match ask_link(line).await {
        Ok(probed) => store.keep_probe(number.clone(), probed, clock::now()).await?,
        Err(error) => {
            tracing::info!(%number, %error, "number {number}: Meta did not tell how it is");
            return Ok(false);
        }
    }
    let standing = store.number_standing(number.clone()).await?.standing;
    Ok(!standing.is_parted())
}

/// Whether what was answered and what was told both say that the number is connected. While one of them does not, the other
/// may be behind.
fn is_well(answer: &Probe, standing: &Standing) -> bool {
    answer.token_is_valid && answer.is_linked != Some(false) && standing.may_send()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_contradicts_what_was_told_is_asked_for_again_soon() {
        let answer = |token_is_valid, is_linked| Probe {
            asked_at: Millis(0),
            since: Millis(0),
            token_is_valid,
            is_linked,
        };
        let well = answer(true, Some(true));
        assert!(is_well(&well, &Standing::Connected));
        assert!(!is_well(&well, &Standing::Suspended { since: Millis(0) }));
        assert!(!is_well(&answer(true, Some(false)), &Standing::Connected));
        assert!(!is_well(&answer(false, None), &Standing::Connected));
    }
}
