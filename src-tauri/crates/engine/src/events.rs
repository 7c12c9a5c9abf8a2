//! What clients are told: the change log, turned into today's views.
//!
//! A change only names what to look at again, so any number of changes to one thing become one view of its newest
//! state, and replaying old changes does no harm.

use crate::{Engine, views};
use std::{collections::BTreeSet, pin::Pin, time::Duration};
use tokio::{sync::watch, time::Sleep};
use twinbox_domain::{Change, ConversationId, MessageId, Seq};
use twinbox_protocol::{ChangeView, Changes, Event, MessageCursor, ReplyingView};
use twinbox_store::{ChangesAfter, StoreError};

/// Logged changes put into one event.
const BATCH: u32 = 500;

/// Between two events. What happens meanwhile is one event: a screen that is drawn ten times a second is new enough, and a
/// busy minute must not keep it drawing.
const PAUSE: Duration = Duration::from_millis(100);

/// A client's stream of events.
pub struct Events {
    engine: Engine,
    /// Where the client stands.
    seq: Seq,
    last_seq: watch::Receiver<Seq>,
    /// Who replies where, which no change in the log tells of.
    replying: watch::Receiver<Vec<ReplyingView>>,
    /// Over [`PAUSE`] after the last event.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Engine {
    /// The stream of events after `since`; `None`: from now on.
    pub fn events(&self, since: Option<Seq>) -> Events {
        let mut last_seq = self.inner.store.last_seq();
        let newest = *last_seq.borrow_and_update();
        let mut replying = self.inner.presence.subscribe();
        if !replying.borrow().is_empty() {
            replying.mark_changed();
        }
        Events {
            engine: self.clone(),
            seq: since.unwrap_or(newest),
            last_seq,
            replying,
            pause: None,
        }
    }

    /// The next batch of changes after `seq`.
    pub(crate) async fn changes_since(&self, seq: Seq) -> Result<Changes, StoreError> {
        let store = &self.inner.store;
        let logged = match store.changes_after(seq, BATCH).await? {
            ChangesAfter::Changes(logged) => logged,
            ChangesAfter::TooOld => return Ok(Changes::Reload),
        };
        let Some(last) = logged.last().map(|logged| logged.seq) else {
            return Ok(Changes::Next(Event {
                after: seq,
                seq,
                changes: Vec::new(),
            }));
        };
        let mut messages: BTreeSet<(ConversationId, MessageId)> = BTreeSet::new();
        let mut conversations: BTreeSet<ConversationId> = BTreeSet::new();
        let mut shortened: BTreeSet<ConversationId> = BTreeSet::new();
        for logged in &logged {
            match logged.change {
                Change::Message(conversation, message) | Change::MessageGone(conversation, message) => {
                    messages.insert((conversation, message));
                    conversations.insert(conversation);
                }
                Change::OldMessagesGone(conversation) => {
                    shortened.insert(conversation);
                    conversations.insert(conversation);
                }
                Change::Conversation(conversation) => drop(conversations.insert(conversation)),
                Change::Overview => {}
            }
        }
        let mut changes = Vec::with_capacity(messages.len() + conversations.len() + 1);
        for (conversation, id) in messages {
            // A message that has moved elsewhere is gone from here.
            let here = store
                .message(id)
                .await?
                .filter(|message| message.conversation == conversation);
            changes.push(match here {
                Some(message) => ChangeView::Message(views::message(message)),
                None => ChangeView::MessageGone {
                    conversation,
                    message: id,
                },
            });
        }
        // After the messages, of which some may have gone since they were read.
        for conversation in shortened {
            let first = store.first_message(conversation).await?;
            changes.push(ChangeView::OldMessagesGone {
                conversation,
                first: first.map(|(at, id)| MessageCursor { at, id }),
            });
        }
        for id in conversations {
            changes.push(match store.conversation(id).await? {
                Some(conversation) if conversation.id == id => ChangeView::Conversation(views::row(conversation)),
                other => ChangeView::ConversationGone {
                    conversation: id,
                    into: other.map(|other| other.id),
                },
            });
        }
        changes.push(ChangeView::Overview(self.overview().await?));
        Ok(Changes::Next(Event {
            after: seq,
            seq: last,
            changes,
        }))
    }
}

impl Events {
    /// The next event; `None` when the engine stops or its store fails. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Event> {
        let stop = self.engine.stopped();
        let pause = &mut self.pause;
        let newer = async {
            if let Some(under_way) = pause {
                under_way.await;
                *pause = None;
            }
            self.last_seq
                .wait_for(|last| *last != self.seq)
                .await
                .ok()
                .map(|last| *last)
        };
        let newest = tokio::select! {
            () = stop.cancelled() => return None,
            newest = newer => newest?,
            changed = self.replying.changed() => {
                changed.ok()?;
                let people = self.replying.borrow_and_update().clone();
                return Some(Event {
                    after: self.seq,
                    seq: self.seq,
                    changes: vec![ChangeView::Replying { people }],
                });
            }
        };
        let event = match self.engine.changes_since(self.seq).await {
            Ok(Changes::Next(event)) => event,
            // The client does not stand at `after`, asks what it missed, and is told to load everything anew.
            Ok(Changes::Reload) => Event {
                after: newest,
                seq: newest,
                changes: Vec::new(),
            },
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "events cannot be read");
                return None;
            }
        };
        self.seq = event.seq;
        self.pause = Some(Box::pin(tokio::time::sleep(PAUSE)));
        Some(event)
    }
}
