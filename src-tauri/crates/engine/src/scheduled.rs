//! Messages that wait for their time: taking them, and putting them into the queue when it has come.

use crate::{
    Engine, clock,
    due::LONGEST_SLEEP,
    requests::{Answer, check_window, conflict, internal, invalid, no_conversation},
    views,
};
use std::time::Duration;
use twinbox_domain::{Content, Millis, NumberId, OutboxId};
use twinbox_protocol::{
    ApiError, Caller, LONGEST_UNDO_MS, Quoted, RescheduleMessage, ScheduleMessage, ScheduledView, SendMessage, SetUndo,
    UnscheduleMessage, When,
};
use twinbox_store::{Scheduled, ScheduledItem, Store, StoreError};

/// Nothing is planned further ahead.
const FARTHEST_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// Most items put into the queue in one commit.
const AT_ONCE: u32 = 50;

/// What an item fails with whose window has closed: Meta's code for that, and why.
const TOO_LATE: (i64, &str) = (
    131_047,
    "When its time came, more than 24 hours had passed since the customer wrote.",
);

impl Engine {
    pub(crate) async fn schedule(&self, caller: &Caller, call: ScheduleMessage) -> Answer<ScheduledView> {
        let ScheduleMessage {
            message:
                SendMessage {
                    id,
                    conversation,
                    message,
                    reply_to,
                },
            when,
        } = call;
        let store = &self.inner.store;
        if let Some(known) = store.scheduled_item(id).await.map_err(internal)? {
            return Ok(view(known));
        }
        let now = clock::now();
        let number = store.conversation(conversation).await.map_err(internal)?;
        let number = number.ok_or_else(no_conversation)?.number;
        let send_at = self.time_of(number, when, now).await?;
        let checked = self
            .check_send(conversation, message, reply_to.is_some(), send_at)
            .await?;
        if checked.payload.reacts_to().is_some() {
            return Err(invalid("A reaction cannot be sent later."));
        }
        self.replied(caller, conversation);
        let item = ScheduledItem {
            id,
            conversation,
            send_at,
            created_at: now,
            is_undo: when == When::AfterUndo,
            author: caller.user.clone(),
            payload: checked.payload,
            file: checked.file,
            reply_to,
        };
        if !store.schedule(item).await.map_err(internal)? {
            return Err(no_conversation());
        }
        let kept = store.scheduled_item(id).await.map_err(internal)?;
        kept.map(view).ok_or_else(|| conflict("This message has left already."))
    }

    pub(crate) async fn reschedule(&self, call: RescheduleMessage) -> Answer<()> {
        let store = &self.inner.store;
        let Scheduled { item, number, .. } = self.scheduled_item(call.id).await?;
        let now = clock::now();
        let send_at = self.time_of(number, call.when, now).await?;
        if !item.payload.opens_conversation() {
            let conversation = store.conversation(item.conversation).await.map_err(internal)?;
            let last = conversation.and_then(|conversation| conversation.last_customer_at);
            check_window(send_at, last)?;
        }
        if store.reschedule(call.id, send_at).await.map_err(internal)? {
            Ok(())
        } else {
            Err(left())
        }
    }

    pub(crate) async fn unschedule(&self, call: UnscheduleMessage) -> Answer<()> {
        let unscheduled = self.inner.store.unschedule(call.id, clock::now()).await;
        if unscheduled.map_err(internal)? {
            Ok(())
        } else {
            Err(left())
        }
    }

    pub(crate) async fn set_undo(&self, call: SetUndo) -> Answer<()> {
        if call.undo_ms > LONGEST_UNDO_MS {
            return Err(invalid("A reply can be held back for at most 5 seconds."));
        }
        let set = self.inner.store.set_undo(call.number, call.undo_ms).await;
        if set.map_err(internal)? {
            Ok(())
        } else {
            Err(invalid("This number is not known."))
        }
    }

    async fn scheduled_item(&self, id: OutboxId) -> Answer<Scheduled> {
        let found = self.inner.store.scheduled_item(id).await.map_err(internal)?;
        found.ok_or_else(left)
    }

    async fn time_of(&self, number: NumberId, when: When, now: Millis) -> Answer<Millis> {
        match when {
            When::Now => Ok(now),
            When::AfterUndo => {
                let sending = self.inner.store.sending(number).await.map_err(internal)?;
                Ok(now.plus_ms(i64::from(sending.undo_ms)))
            }
            When::At(at) if at <= now => Err(invalid("This time has passed. Choose a later one.")),
            When::At(at) if at.ms_since(now) > FARTHEST_MS => Err(invalid("Choose a time within a year.")),
            When::At(at) => Ok(at),
        }
    }
}

fn left() -> ApiError {
    conflict("It is too late: the message has left already.")
}

pub(crate) fn view(scheduled: Scheduled) -> ScheduledView {
    let Scheduled {
        item,
        number,
        person,
        quoted,
    } = scheduled;
    let content = item.payload.content();
    ScheduledView {
        id: item.id,
        number,
        conversation: item.conversation,
        person: views::person(person),
        author: item.author,
        content: content.unwrap_or(Content::Placeholder),
        file_size_bytes: item.file.map(|file| file.file.size_bytes),
        quoted: quoted
            .zip(item.reply_to)
            .map(|(message, wamid)| Quoted { message, wamid }),
        send_at: item.send_at,
        is_undo: item.is_undo,
    }
}

/// Puts messages into the queue whose time has come. Says how long there is nothing more to do.
pub(crate) async fn release(store: Store) -> Result<Duration, StoreError> {
    loop {
        let now = clock::now();
        match store.next_scheduled_at(now).await? {
            None => return Ok(LONGEST_SLEEP),
            Some(at) if at > now => return Ok(clock::until(at, now).min(LONGEST_SLEEP)),
            Some(_) => {
                let released = store.release_scheduled(now, AT_ONCE, TOO_LATE).await?;
                tracing::info!(released, "{released} messages whose time has come are in the queue");
            }
        }
    }
}
