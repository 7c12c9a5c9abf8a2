//! Texts between the composer and the engine.

use twinbox_domain::{ConversationId, MessageId, OutboxId, Wamid};

/// A message that a text answers to. It may be known no longer when the text is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Here.
    pub message: MessageId,
    /// At WhatsApp.
    pub wamid: Wamid,
}

/// A text the engine has not confirmed yet. The same id may be handed over again: that changes nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Made here.
    pub id: OutboxId,
    /// To whom.
    pub conversation: ConversationId,
    /// What it says.
    pub text: String,
    /// What it quotes.
    pub quote: Option<Quoted>,
    /// Handed over; the answer has not come.
    pub is_under_way: bool,
    /// Why the engine does not have it, in a sentence; `None` while it is under way or waits for its turn.
    pub failed: Option<String>,
    /// The engine has said no, so that it surely does not have it. Only then may the text be sent under another id.
    pub is_refused: bool,
}

/// Never the text: it does not belong in logs.
impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("id", &self.id).finish_non_exhaustive()
    }
}
