//! The send loop of one number: what is next, when may it go, how did it end.
//!
//! Each attempt is committed before its call and its outcome after it; the pacer's permit comes back when the request
//! is over. The loop sleeps until something changes in the store, an answer comes, or the time it was told. Requests on
//! the wire and outcomes on their way to disk go on beside it, whatever it waits for: a permit rests from its answer on, not
//! from when the disk is done with another message.

use crate::{
    clients::{Clients, Line},
    clock,
    paces::Pace,
};
use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use std::{error::Error, pin::pin, time::Duration};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use twinbox_domain::{
    Disposition, Millis, NumberId, OutboxId, Permit, Poll, Response, Seq, Sign, Wamid, upload_is_kept,
};
use twinbox_store::{Due, Finish, NextDue, Probed, Store, StoreError, Upload};
use twinbox_whatsapp::{Outgoing, SendError};

/// After a fault of the disk nothing is sent for this long.
const AFTER_FAULT: Duration = Duration::from_secs(5);

/// The sender of one number.
pub(crate) struct Sender {
    store: Store,
    clients: Clients,
    number: NumberId,
    pace: Pace,
    /// Moves with everything that may free an item: a message queued or taken back, a doubt settled by a status.
    last_seq: watch::Receiver<Seq>,
    stop: CancellationToken,
}

/// An attempt that ended.
struct Ended {
    id: OutboxId,
    attempts: u32,
    permit: Permit,
    result: Result<Wamid, SendError>,
    took: Duration,
    /// The request's time-out.
    may_arrive_for: Duration,
}

/// What a look at the queue came to.
enum Launch {
    /// This begins, and there may be more.
    Begun(BoxFuture<'static, Ended>),
    /// Nothing, before something changes or this long has passed.
    Nothing(Option<Duration>),
}

type InFlight = FuturesUnordered<BoxFuture<'static, Ended>>;
type Writing = FuturesUnordered<BoxFuture<'static, ()>>;

impl Sender {
    pub(crate) fn new(store: Store, clients: Clients, number: NumberId, pace: Pace, stop: CancellationToken) -> Self {
        let last_seq = store.last_seq();
        Self {
            store,
            clients,
            number,
            pace,
            last_seq,
            stop,
        }
    }

    pub(crate) async fn run(self) {
        let stop = self.stop.clone();
        let mut changed = self.last_seq.clone();
        let mut in_flight = InFlight::new();
        let mut writing = Writing::new();
        while !stop.is_cancelled() {
            changed.mark_unchanged();
            let mut launch = pin!(self.launch());
            let launched = loop {
                tokio::select! {
                    launched = &mut launch => break launched,
                    Some(ended) = in_flight.next(), if !in_flight.is_empty() => writing.push(self.finish(ended)),
                    Some(()) = writing.next(), if !writing.is_empty() => {}
                }
            };
            let sleep = match launched {
                Ok(Launch::Begun(attempt)) => {
                    in_flight.push(attempt);
                    continue;
                }
                Ok(Launch::Nothing(sleep)) => sleep,
                Err(StoreError::Stopped) => return,
                Err(error) => {
                    tracing::error!(error = &error as &dyn Error, number = %self.number, "number {}: the queue cannot be read", self.number);
                    Some(AFTER_FAULT)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                Some(ended) = in_flight.next(), if !in_flight.is_empty() => writing.push(self.finish(ended)),
                Some(()) = writing.next(), if !writing.is_empty() => {}
                more = changed.changed() => if more.is_err() { return },
                () = tokio::time::sleep(sleep.unwrap_or_default()), if sleep.is_some() => {}
            }
        }
        while let Some(ended) = in_flight.next().await {
            writing.push(self.finish(ended));
        }
        while writing.next().await.is_some() {}
    }

    /// Writes down that the next attempt begins, if it may start now; only one, so that it leaves before the next is looked for.
    async fn launch(&self) -> Result<Launch, StoreError> {
        let monotonic = clock::monotonic();
        if let Some(until) = self.pace.lock().waits_until(monotonic) {
            return Ok(Launch::Nothing(Some(until.0.saturating_sub(monotonic.0))));
        }
        let now = clock::now();
        let due = match self.store.next_due(self.number.clone(), now).await? {
            NextDue::Now(due) => due,
            NextDue::NotBefore(at) => return Ok(Launch::Nothing(Some(clock::until(at, now)))),
            NextDue::Nothing => return Ok(Launch::Nothing(None)),
        };
        let is_kept = |upload: &Upload| upload_is_kept(upload.at, now);
        if !due.upload.as_ref().is_none_or(is_kept) {
            self.store.forget_upload(due.id).await?;
            return Ok(Launch::Nothing(Some(Duration::ZERO)));
        }
        let Some(line) = self.clients.of(&self.number) else {
            return Ok(Launch::Nothing(None));
        };
        let polled = {
            let monotonic = clock::monotonic();
            let mut pacing = self.pace.lock();
            pacing.set(due.cap_per_second, due.counts_received, monotonic);
            pacing.poll(monotonic)
        };
        let permit = match polled {
            Poll::Go(permit) => permit,
            Poll::WaitUntil(at) => {
                let wait = at.0.saturating_sub(clock::monotonic().0);
                return Ok(Launch::Nothing(Some(wait)));
            }
            Poll::AllOut => return Ok(Launch::Nothing(None)),
        };
        match self.store.begin_attempt(due.id, clock::now()).await {
            Ok(true) => Ok(Launch::Begun(attempt(line, *due, permit))),
            Ok(false) => {
                self.pace.lock().unused(permit);
                Ok(Launch::Nothing(Some(Duration::ZERO)))
            }
            Err(error) => {
                self.pace.lock().unused(permit);
                Err(error)
            }
        }
    }

    /// Gives the permit back; the future commits the outcome.
    fn finish(&self, ended: Ended) -> BoxFuture<'static, ()> {
        let Ended {
            id,
            attempts,
            permit,
            result,
            took,
            may_arrive_for,
        } = ended;
        let now = clock::now();
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        match &result {
            Ok(_) => tracing::info!(outbox.id = %id, attempts, duration_ms, "message {id} accepted"),
            Err(error) => {
                tracing::warn!(outbox.id = %id, attempts, duration_ms, code = error.code(), %error, "message {id} not accepted");
            }
        }
        let response = match &result {
            Err(error) if !error.is_over() => Response::None { may_arrive_for },
            Ok(_) | Err(_) => Response::Received,
        };
        let sign = result.as_ref().err().map_or(Sign::Accepted, sign);
        let waits = {
            let (mut pacing, monotonic) = (self.pace.lock(), clock::monotonic());
            pacing.ended(permit, monotonic, response, sign, took);
            let until = pacing.waits_until(monotonic).unwrap_or(monotonic);
            until.0.saturating_sub(monotonic.0)
        };
        // Before the message waits again, or it would be tried at once.
        let refused = result
            .as_ref()
            .err()
            .is_some_and(|error| error.disposition() == Disposition::NoAccess);
        let refused = refused.then(|| self.number.clone());
        let finish = match result {
            Ok(wamid) => Finish::Accepted(wamid),
            Err(error) => follow_up(&error, now, waits),
        };
        let (store, stop) = (self.store.clone(), self.stop.clone());
        Box::pin(async move {
            if let Some(number) = refused {
                note_refused(&store, number, now).await;
            }
            write_down(store, id, finish, now, stop).await;
        })
    }
}

/// What an answer tells of how Meta is.
fn sign(error: &SendError) -> Sign {
    match error.disposition() {
        Disposition::NumberWaits if error.code().is_none() => Sign::Unreachable,
        Disposition::NumberWaits => Sign::TooFast,
        Disposition::Unknown => Sign::Unclear,
        Disposition::PersonWaits | Disposition::NoAccess | Disposition::NumberPauses | Disposition::Wedged => {
            Sign::Refused
        }
    }
}

/// What becomes of the item; `waits` is how long the number waits now.
fn follow_up(error: &SendError, now: Millis, waits: Duration) -> Finish {
    let (code, reason) = (error.code(), error.sentence());
    match error.disposition() {
        Disposition::NumberWaits => {
            let at = now.plus_ms(i64::try_from(waits.as_millis()).unwrap_or(i64::MAX));
            Finish::Retry { at, code, reason }
        }
        Disposition::PersonWaits | Disposition::NoAccess => Finish::Retry { at: now, code, reason },
        Disposition::NumberPauses => Finish::Pauses {
            code: code.unwrap_or_default(),
            reason,
        },
        Disposition::Wedged => Finish::Wedged { code, reason },
        Disposition::Unknown => Finish::Unknown,
    }
}

/// One attempt, already written down.
fn attempt(line: Line, due: Due, permit: Permit) -> BoxFuture<'static, Ended> {
    Box::pin(async move {
        let started = clock::monotonic();
        let Due {
            id,
            to,
            payload,
            upload,
            reply_to,
            attempts,
            cap_per_second: _,
            counts_received: _,
        } = due;
        let message = Outgoing {
            id,
            to: &to,
            payload: &payload,
            media_id: upload.as_ref().map(|upload| upload.media_id.as_str()),
            reply_to: reply_to.as_ref(),
        };
        let may_arrive_for = line.graph.time_out();
        let result = line.graph.send(&permit, &line.called, &message).await;
        let took = clock::monotonic().0.saturating_sub(started.0);
        Ended {
            id,
            attempts: attempts + 1,
            permit,
            result,
            took,
            may_arrive_for,
        }
    })
}

/// The number waits from here on, until Meta says that it takes the token.
pub(crate) async fn note_refused(store: &Store, number: NumberId, now: Millis) {
    tracing::warn!(%number, "number {number}: Meta refuses its token, so nothing is sent");
    if let Err(error) = store.keep_probe(number.clone(), Probed::refused(), now).await {
        tracing::error!(error = &error as &dyn Error, %number, "number {number}: the refusal could not be written");
    }
}

/// Commits an outcome, again and again while the disk fails: until then the item stands in flight and nobody could do
/// anything about it. When the engine stops first, it becomes an unknown outcome at the next start.
async fn write_down(store: Store, id: OutboxId, finish: Finish, now: Millis, stop: CancellationToken) {
    while let Err(error) = store.finish_attempt(id, finish.clone(), now).await {
        tracing::error!(error = &error as &dyn Error, outbox.id = %id, "the outcome of message {id} could not be written");
        if matches!(error, StoreError::Stopped) {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(AFTER_FAULT) => {}
        }
    }
}
