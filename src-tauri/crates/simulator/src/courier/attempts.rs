//! One webhook on its way: posted to everybody, again and again.

use super::Inner;
use crate::parcels::Audience;
use hyper::body::Bytes;
use std::{sync::atomic::Ordering, time::Instant};
use tokio::{task::JoinSet, time};

impl Inner {
    /// Posts `body` until everybody answered 200 or it is too old, and notes it in the log.
    pub(super) async fn deliver_until_answered(&self, body: Bytes, audience: Audience, numbers: &[u64]) {
        let began = Instant::now();
        let signature = self.signer.signature(&body);
        let mut addresses = self.addresses.subscribe();
        let mut pause = self.first_pause;
        for attempt in 1_u32.. {
            let recipients = addresses.borrow_and_update().recipients(audience, &signature, &body);
            let Err(reason) = self.post_to_all(recipients, &body).await else {
                let now = self.now_micros();
                return self.desk().log.answer(numbers, attempt, now);
            };
            tracing::debug!(attempt, "webhook attempt {attempt} failed: {reason}");
            self.desk().log.fail(numbers, attempt);
            let left = self.delivery.longest_age.saturating_sub(began.elapsed());
            if left.is_zero() {
                return self.give_up(numbers);
            }
            tokio::select! {
                Ok(()) = addresses.changed() => pause = self.first_pause,
                () = time::sleep(pause.min(left)) => pause = (pause * 2).min(self.delivery.longest_pause),
            }
        }
    }

    /// Whether every one of them answered 200; else why one of them did not.
    async fn post_to_all(&self, recipients: Vec<(String, String)>, body: &Bytes) -> Result<(), String> {
        // The semaphore is never closed.
        let _permit = self.posts.acquire().await;
        let mut posts = JoinSet::new();
        let mut rest = recipients.into_iter();
        let first = rest.next();
        for (url, signature) in rest {
            let (poster, body) = (self.poster.clone(), body.clone());
            posts.spawn(async move { poster.post(&url, body, &signature).await });
        }
        let mut outcome = Ok(());
        if let Some((url, signature)) = first {
            outcome = self.poster.post(&url, body.clone(), &signature).await;
        }
        while let Some(joined) = posts.join_next().await {
            outcome = outcome.and(joined.unwrap_or_else(|error| Err(error.to_string())));
        }
        outcome
    }

    fn give_up(&self, numbers: &[u64]) {
        tracing::warn!("a webhook was given up: it was not answered 200 in time");
        self.given_up.fetch_add(1, Ordering::AcqRel);
        let mut desk = self.desk();
        for number in numbers {
            desk.log.lose(*number, "given_up");
        }
    }
}
