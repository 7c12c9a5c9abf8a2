//! What people write: texts and quotes on their way to the engine.

use crate::state::{Outgoing, Part, State, Touched};
use twinbox_domain::{ConversationId, MessageId, OutboxId};
use twinbox_protocol::{ApiError, ChangeView, ErrorCode, MessageView};

impl State {
    pub(in crate::state) fn quote(
        &mut self,
        conversation: ConversationId,
        message: Option<MessageId>,
        t: &mut Touched,
    ) {
        match message {
            Some(message) => self.quotes.insert(conversation, message),
            None => self.quotes.remove(&conversation),
        };
        t.add(Part::Quote(conversation));
    }

    pub(in crate::state) fn submit(&mut self, id: OutboxId, conversation: ConversationId, t: &mut Touched) {
        let Some(text) = self.drafts.remove(&conversation) else {
            return;
        };
        let quoted = self.quotes.remove(&conversation);
        let reply_to = quoted.and_then(|quoted| self.message(conversation, quoted)?.wamid.clone());
        self.outgoing.push(Outgoing {
            id,
            conversation,
            text,
            reply_to,
            failed: None,
            is_refused: false,
        });
        for part in [Part::Outgoing, Part::Draft(conversation), Part::Quote(conversation)] {
            t.add(part);
        }
    }

    /// The engine has the text. Its answer may come after events about the same message; those are newer.
    pub(in crate::state) fn accepted(&mut self, message: MessageView, t: &mut Touched) {
        if self.outgoing.iter().any(|outgoing| Some(outgoing.id) == message.outbox) {
            self.change(ChangeView::Message(message), t);
        }
    }

    pub(in crate::state) fn not_accepted(&mut self, id: OutboxId, error: ApiError, t: &mut Touched) {
        if let Some(outgoing) = self.outgoing.iter_mut().find(|outgoing| outgoing.id == id) {
            outgoing.failed = Some(error.message.clone());
            outgoing.is_refused = !matches!(error.code, ErrorCode::Unavailable | ErrorCode::Internal);
            t.add(Part::Outgoing);
        }
        if error.code == ErrorCode::Unauthorized {
            self.fail(error, t);
        }
    }

    pub(in crate::state) fn withdraw(&mut self, id: OutboxId, t: &mut Touched) {
        let Some(index) = self.outgoing.iter().position(|outgoing| outgoing.id == id) else {
            return;
        };
        let outgoing = self.outgoing.remove(index);
        let draft = self.drafts.entry(outgoing.conversation).or_default();
        *draft = if draft.trim().is_empty() {
            outgoing.text
        } else {
            format!("{}\n{draft}", outgoing.text)
        };
        t.add(Part::Outgoing);
        t.add(Part::Draft(outgoing.conversation));
    }
}
