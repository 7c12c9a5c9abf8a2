//! The task that applies journaled webhooks.

use crate::{clock, paces::Paces};
use futures_util::future::join_all;
use std::{
    error::Error,
    panic::catch_unwind,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};
use tokio::sync::{Notify, oneshot};
use tokio_util::sync::CancellationToken;
use twinbox_domain::{Direction, Fact, JournalId, Millis, Telling};
use twinbox_store::{JournalEntry, JournalLane, Store, StoreError};
use twinbox_whatsapp::webhook;

/// Webhooks read from the journal at once.
const BATCH: u32 = 64;
/// A message counts for a second; one that waited longer in the journal is counted no more.
const COUNTS_FOR_MS: i64 = 1000;
/// How long to wait after a fault of the disk before the same webhooks are tried again.
const AFTER_FAULT: Duration = Duration::from_secs(5);

/// Facts that are applied at once, more only when one webhook has more: others write in between.
const AT_ONCE: usize = 250;

/// Tells the tasks of both lanes that more is pending.
#[derive(Default)]
pub(crate) struct Grew {
    live: Notify,
    bulk: Notify,
}

impl Grew {
    fn of(&self, lane: JournalLane) -> &Notify {
        match lane {
            JournalLane::Live => &self.live,
            JournalLane::Bulk => &self.bulk,
        }
    }

    pub(crate) fn tell(&self, lane: JournalLane) {
        self.of(lane).notify_one();
    }

    /// What was applied may be pending again.
    pub(crate) fn tell_both(&self) {
        self.tell(JournalLane::Live);
        self.tell(JournalLane::Bulk);
    }
}

/// Where a body waits.
pub(crate) fn lane_of(body: &[u8]) -> JournalLane {
    if webhook::is_bulk(body) {
        JournalLane::Bulk
    } else {
        JournalLane::Live
    }
}

/// Applies what is pending in a lane, then waits for more. One webhook that cannot be read is parked and blocks none behind
/// it; a fault of the disk parks nothing.
///
/// `look_again` is told when a webhook was about whether a number is connected.
pub(crate) async fn apply_journal(
    lane: JournalLane,
    store: Store,
    paces: Paces,
    grew: Arc<Grew>,
    look_again: Arc<Notify>,
    stop: CancellationToken,
) {
    let reader = Reader::start();
    loop {
        let more = grew.of(lane).notified();
        tokio::pin!(more);
        more.as_mut().enable();
        let again = match apply_pending(lane, &reader, &store, &paces, &look_again, &stop).await {
            Ok(released) => {
                if released > 0 {
                    grew.tell_both();
                }
                None
            }
            Err(StoreError::Stopped) => return,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn Error,
                    "webhooks cannot be applied; they stay in the journal and are tried again"
                );
                // Others may have been before the fault, and have let some go.
                grew.tell_both();
                Some(AFTER_FAULT)
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = &mut more, if again.is_none() => {}
            () = tokio::time::sleep(again.unwrap_or_default()), if again.is_some() => {}
        }
    }
}

/// Reads everything again that could not be read, without a running engine. Says how many webhooks that were, and how
/// many parts are still not understood.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn reapply(store: &Store) -> Result<(u64, u64), StoreError> {
    let webhooks = store.read_again().await?;
    let (reader, paces) = (Reader::start(), Paces::default());
    let (look_again, stop) = (Notify::new(), CancellationToken::new());
    let mut released = 1;
    while released > 0 {
        released = 0;
        for lane in [JournalLane::Live, JournalLane::Bulk] {
            released += apply_pending(lane, &reader, store, &paces, &look_again, &stop).await?;
        }
    }
    Ok((webhooks, store.counts().await?.not_understood))
}

/// Says how many webhooks are pending again because messages in them no longer wait. The first fault is told in the end; what
/// comes after it is applied all the same.
async fn apply_pending(
    lane: JournalLane,
    reader: &Reader,
    store: &Store,
    paces: &Paces,
    look_again: &Notify,
    stop: &CancellationToken,
) -> Result<u64, StoreError> {
    let mut after = JournalId(0);
    let mut outcome = Ok(0);
    while !stop.is_cancelled() {
        let batch = store.pending_journal(lane, after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        let mut read = reader.read(batch).await?.into_iter();
        while read.len() > 0 {
            let (mut applying, mut facts) = (Vec::new(), 0);
            while facts < AT_ONCE
                && let Some(next) = read.next()
            {
                facts += next.facts.as_ref().map_or(0, Vec::len);
                applying.push(apply(store, paces, look_again, next));
            }
            // Handed to the writer in order, so that they share commits.
            for applied in join_all(applying).await {
                outcome = match (outcome, applied) {
                    (Ok(released), Ok(more)) => Ok(released + more),
                    (Ok(_), Err(error)) | (Err(error), _) => Err(error),
                };
            }
        }
    }
    outcome
}

type Batch = (Vec<JournalEntry>, oneshot::Sender<Vec<Read>>);

/// A thread that reads webhooks: megabytes of a history, away from the threads that answer everybody else. It is one for
/// all, since memory that one thread has freed is not the next one's.
struct Reader {
    batches: mpsc::Sender<Batch>,
}

impl Reader {
    /// The thread ends with what is returned.
    fn start() -> Self {
        let (batches, queue) = mpsc::channel::<Batch>();
        thread::spawn(move || {
            for (batch, reply) in queue {
                // Whoever asked may be gone.
                drop(reply.send(batch.into_iter().map(Read::of).collect()));
            }
        });
        Self { batches }
    }

    async fn read(&self, batch: Vec<JournalEntry>) -> Result<Vec<Read>, StoreError> {
        let (reply, read) = oneshot::channel();
        self.batches.send((batch, reply)).map_err(|_| StoreError::Stopped)?;
        read.await.map_err(|_| StoreError::Stopped)
    }
}

/// A webhook that was read.
struct Read {
    id: JournalId,
    received_at: Millis,
    /// What it says, or why it cannot be read.
    facts: Result<Vec<Fact>, String>,
}

impl Read {
    fn of(entry: JournalEntry) -> Self {
        Self {
            id: entry.id,
            received_at: entry.received_at,
            facts: facts(&entry),
        }
    }
}

/// Says how many webhooks are pending again because of it.
async fn apply(store: &Store, paces: &Paces, look_again: &Notify, read: Read) -> Result<u64, StoreError> {
    let id = read.id;
    let facts = match read.facts {
        Ok(facts) => facts,
        Err(because) => return park(store, id, because).await.map(|()| 0),
    };
    if clock::now().ms_since(read.received_at) < COUNTS_FOR_MS {
        count_received(paces, &facts);
    }
    match store.apply(id, facts).await {
        Ok(applied) => {
            tracing::debug!(
                journal.id = id.0,
                facts = applied.facts,
                not_understood = applied.not_understood,
                "webhook {id} applied"
            );
            if applied.is_about_links {
                look_again.notify_one();
            }
            Ok(applied.released)
        }
        Err(error) if error.is_about_the_input() => {
            let because = format!("it cannot be stored: {error}");
            park(store, id, because).await.map(|()| 0)
        }
        Err(error) => Err(error),
    }
}

/// Meta may count what customers write like what is sent to them, and an emoji of theirs is a message like any other.
fn count_received(paces: &Paces, facts: &[Fact]) {
    for fact in facts {
        let number = match fact {
            Fact::Message(it) if (it.direction, it.telling) == (Direction::In, Telling::Live) => &it.number,
            Fact::Reaction(it) if it.from == Direction::In => &it.number,
            _ => continue,
        };
        if let Some(pace) = paces.of(number) {
            pace.lock().received(clock::monotonic());
        }
    }
}

/// What a webhook says, or why it cannot be read. One that makes the parser panic blocks none behind it either.
fn facts(entry: &JournalEntry) -> Result<Vec<Fact>, String> {
    let read = catch_unwind(|| webhook::parse(&entry.body).map(|envelope| envelope.facts(entry.received_at)));
    match read {
        Ok(Ok(facts)) => Ok(facts),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("reading it panicked".to_owned()),
    }
}

async fn park(store: &Store, id: JournalId, because: String) -> Result<(), StoreError> {
    tracing::warn!(journal.id = id.0, because, "webhook {id} is parked");
    store.park(id, because).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::time::Duration;
    use twinbox_domain::{Monotonic, NumberId, Pacing, Poll};

    /// Meta, webhook reference `messages` and `smb_message_echoes` (Feb 2026), cut to what is read.
    fn webhook_of(field: &str, list: &str, from: &str) -> Vec<Fact> {
        webhook_with(
            field,
            list,
            from,
            serde_json::json!({"type": "text", "text": {"body": "hi"}}),
        )
    }

    fn webhook_with(field: &str, list: &str, from: &str, says: Value) -> Vec<Fact> {
        let mut message =
            serde_json::json!({"from": from, "to": "16505551234", "id": "wamid.1", "timestamp": "1739321024"});
        if let (Some(message), Value::Object(says)) = (message.as_object_mut(), says) {
            message.extend(says);
        }
        let body = serde_json::json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{
        "field": field, "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
            list: [message],
        }}]}]});
        let envelope = webhook::parse(body.to_string().as_bytes()).map_err(|error| error.to_string());
        envelope
            .map(|read| read.facts(Millis(1_739_321_025_000)))
            .unwrap_or_default()
    }

    #[test]
    fn what_a_customer_writes_counts_and_what_the_phone_sends_does_not() {
        let paces = Paces::default();
        let long_ago = Monotonic(Duration::ZERO);
        let mut pacing = Pacing::after_start(10, long_ago, 0, Duration::ZERO);
        pacing.set(10, true, long_ago);
        let pace = paces.add(NumberId::from("106540352242922"), pacing);
        let later = Monotonic(clock::monotonic().0 + Duration::from_millis(1010));
        let can_go = || {
            let mut permits = Vec::new();
            let mut pacing = pace.as_ref().map(|pace| pace.lock())?;
            while let Poll::Go(permit) = pacing.poll(later) {
                permits.push(permit);
            }
            let count = permits.len();
            permits.into_iter().for_each(|permit| pacing.unused(permit));
            Some(count)
        };
        count_received(
            &paces,
            &webhook_of("smb_message_echoes", "message_echoes", "15550783881"),
        );
        assert_eq!(can_go(), Some(10));
        let facts = webhook_of("messages", "messages", "16505551234");
        assert!(!facts.is_empty());
        count_received(&paces, &facts);
        assert_eq!(can_go(), Some(9));
        // Meta, webhook reference `messages/reaction` (Feb 2026).
        let emoji = serde_json::json!({"type": "reaction", "reaction": {"message_id": "wamid.0", "emoji": "👍"}});
        count_received(
            &paces,
            &webhook_with("smb_message_echoes", "message_echoes", "15550783881", emoji.clone()),
        );
        assert_eq!(can_go(), Some(9));
        count_received(&paces, &webhook_with("messages", "messages", "16505551234", emoji));
        assert_eq!(can_go(), Some(8));
    }
}
