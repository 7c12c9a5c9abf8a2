//! Telling customers that their message was read and that an answer is being typed: beside everything else, and of less
//! weight than all of it.
//!
//! A call of its own that takes no permit, so it costs no message its turn. It is never repeated: the next thing that is
//! read tells of all before it. When Meta is slow or asks for patience, what cannot be told at once is not told.

use crate::{
    Engine,
    clients::Clients,
    clock,
    paces::Paces,
    requests::{Answer, internal},
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use std::{collections::HashMap, error::Error, time::Duration};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use twinbox_domain::{ConversationId, Monotonic, NumberId, Wamid};
use twinbox_protocol::{Caller, MarkRead, Role, TellTyping};

/// Most that wait to be told; more is not told.
const MOST_WAITING: usize = 64;
/// Most calls at once.
const MOST_AT_ONCE: usize = 4;
/// The sign goes away after 25 seconds.
const TYPING_EVERY: Duration = Duration::from_secs(20);
/// Meta takes no receipt of an older message (Meta, "Mark messages as read", 2026).
const OLDEST_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Something a customer is to be told.
pub(crate) struct Receipt {
    number: NumberId,
    conversation: ConversationId,
    wamid: Wamid,
    is_typing: bool,
}

/// Hands receipts to the task that tells them.
pub(crate) type Receipts = mpsc::Sender<Receipt>;

pub(crate) fn receipts() -> (Receipts, mpsc::Receiver<Receipt>) {
    mpsc::channel(MOST_WAITING)
}

impl Engine {
    pub(crate) async fn mark_read(&self, caller: &Caller, call: MarkRead) -> Answer<()> {
        if caller.role == Role::Manager {
            return Ok(());
        }
        let store = &self.inner.store;
        let is_news = store.mark_read(call.conversation, call.up_to).await.map_err(internal)?;
        if is_news {
            self.tell(call.conversation, Some(call), false).await?;
        }
        Ok(())
    }

    pub(crate) async fn tell_typing(&self, caller: &Caller, call: TellTyping) -> Answer<()> {
        if caller.role == Role::Manager {
            return Ok(());
        }
        self.replies(caller, call.conversation);
        self.tell(call.conversation, None, true).await
    }

    async fn tell(&self, conversation: ConversationId, read: Option<MarkRead>, is_typing: bool) -> Answer<()> {
        let since = clock::now().plus_ms(-OLDEST_MS);
        let up_to = read.map(|read| read.up_to);
        let found = self.inner.store.to_be_told_read(conversation, up_to, since).await;
        if let Some((number, wamid)) = found.map_err(internal)? {
            let receipt = Receipt {
                number,
                conversation,
                wamid,
                is_typing,
            };
            // Full: it is not told.
            drop(self.inner.receipts.try_send(receipt));
        }
        Ok(())
    }
}

/// Tells what is to be told until the stop.
pub(crate) async fn tell_customers(
    mut waiting: mpsc::Receiver<Receipt>,
    clients: Clients,
    paces: Paces,
    stop: CancellationToken,
) {
    let mut typed: HashMap<ConversationId, Monotonic> = HashMap::new();
    let mut calls = FuturesUnordered::new();
    loop {
        let receipt = tokio::select! {
            () = stop.cancelled() => return,
            Some(()) = calls.next(), if !calls.is_empty() => continue,
            receipt = waiting.recv(), if calls.len() < MOST_AT_ONCE => receipt,
        };
        let Some(receipt) = receipt else { return };
        let now = clock::monotonic();
        typed.retain(|_, until| *until > now);
        if receipt.is_typing && typed.contains_key(&receipt.conversation) {
            continue;
        }
        let asks_for_patience = paces
            .of(&receipt.number)
            .is_none_or(|pace| pace.lock().waits_until(now).is_some());
        let Some(client) = clients.of(&receipt.number).filter(|_| !asks_for_patience) else {
            continue;
        };
        if receipt.is_typing {
            typed.insert(receipt.conversation, now.plus(TYPING_EVERY));
        }
        calls.push(async move {
            let Receipt { number, wamid, is_typing, .. } = receipt;
            if let Err(error) = client.graph.tell_read(&client.called, &wamid, is_typing).await {
                tracing::debug!(error = &error as &dyn Error, %number, "number {number}: a customer was not told what was read");
            }
        });
    }
}
