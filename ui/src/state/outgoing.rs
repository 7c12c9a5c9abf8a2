//! Texts and files between the composer and the engine.

use super::{Attached, State};
use twinbox_domain::{Content, ConversationId, Direction, MessageId, Millis, Origin, OutboxId};
use twinbox_protocol::{Delivery, MessageView, Quote, QuoteOriginal, Quoted};

/// A text or file the engine has not confirmed yet. The same id may be handed over again: that changes nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Made here.
    pub id: OutboxId,
    /// To whom.
    pub conversation: ConversationId,
    /// When it was written.
    pub at: Millis,
    /// What it says; below a file, its caption.
    pub text: String,
    /// Its file, which the engine has already.
    pub file: Option<Attached>,
    /// What it quotes; here it may be known no longer.
    pub quote: Option<Quoted>,
    /// Handed over; the answer has not come.
    pub is_under_way: bool,
    /// Why the engine does not have it, in a sentence; `None` while it is under way or waits for its turn.
    pub failed: Option<String>,
    /// The engine has said no, so that it surely does not have it. Only then may the text be sent under another id.
    pub is_refused: bool,
}

impl Outgoing {
    /// A text that waits for its turn.
    pub fn new(id: OutboxId, conversation: ConversationId, at: Millis, text: String) -> Self {
        Self {
            id,
            conversation,
            at,
            text,
            file: None,
            quote: None,
            is_under_way: false,
            failed: None,
            is_refused: false,
        }
    }

    /// The message it will be, as far as that is known.
    pub fn as_message(&self, state: &State) -> MessageView {
        let quote = self.quote.as_ref().map(|quoted| Quote {
            wamid: quoted.wamid.clone(),
            original: state
                .message(self.conversation, quoted.message)
                .map(|message| QuoteOriginal {
                    message: message.id,
                    at: message.at,
                    origin: message.origin,
                    author: message.author.clone(),
                    content: message.content.clone(),
                    is_deleted: message.is_deleted,
                }),
        });
        let with_file = self.file.as_ref().and_then(|file| file.as_content(self.text.clone()));
        let (content, file) = match with_file {
            Some((content, file)) => (content, Some(file)),
            None => (
                Content::Text {
                    body: self.text.clone(),
                },
                None,
            ),
        };
        MessageView {
            // It has none yet, and nothing asks for it.
            id: MessageId(0),
            conversation: self.conversation,
            wamid: None,
            outbox: Some(self.id),
            direction: Direction::Out,
            origin: Origin::Agent,
            author: state.you.as_ref().map(|you| you.user.clone()).unwrap_or_default(),
            at: self.at,
            arrived_late_at: None,
            content,
            edited_at: None,
            is_deleted: false,
            reactions: Vec::new(),
            reacting: None,
            cost: None,
            quote,
            file,
            delivery: Some(match &self.failed {
                None => Delivery::Queued { retry_at: None },
                Some(reason) => Delivery::Failed {
                    code: None,
                    reason: reason.clone(),
                    can_retry: false,
                },
            }),
        }
    }
}

/// Never the text: it does not belong in logs.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("id", &self.id).finish_non_exhaustive()
    }
}
