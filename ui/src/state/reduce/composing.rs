//! What people write: texts, files and quotes on their way to the engine.

use crate::state::{Attached, Outgoing, Part, State, Touched};
use crate::text;
use twinbox_domain::{ConversationId, MessageId, OutboxId};
use twinbox_protocol::{ApiError, ChangeView, ErrorCode, MessageView, Quoted};

impl State {
    pub(in crate::state) fn quote(
        &mut self,
        conversation: ConversationId,
        message: Option<MessageId>,
        t: &mut Touched,
    ) {
        let quotable = |message| {
            let wamid = self.message(conversation, message)?.wamid.clone()?;
            Some(Quoted { message, wamid })
        };
        // What WhatsApp does not know cannot be quoted.
        match message.and_then(quotable) {
            Some(quoted) => self.quotes.insert(conversation, quoted),
            None => self.quotes.remove(&conversation),
        };
        t.add(Part::Quote(conversation));
    }

    pub(in crate::state) fn submit(&mut self, id: OutboxId, conversation: ConversationId, t: &mut Touched) {
        let Some((text, file)) = self.take_first(conversation, t) else {
            return;
        };
        let quote = self.quotes.remove(&conversation);
        self.sent_here.insert(id);
        self.outgoing.push(Outgoing {
            file,
            quote,
            ..Outgoing::new(id, conversation, self.now, text)
        });
        for part in [Part::Outgoing, Part::Quote(conversation)] {
            t.add(part);
        }
    }

    /// The engine has it. Its answer may come after events about the same message; those are newer.
    pub(in crate::state) fn accepted(&mut self, message: MessageView, t: &mut Touched) {
        if self.outgoing.iter().any(|outgoing| Some(outgoing.id) == message.outbox) {
            self.change(ChangeView::Message(message), t);
        }
    }

    pub(in crate::state) fn not_accepted(&mut self, id: OutboxId, error: ApiError, t: &mut Touched) {
        if let Some(outgoing) = self.outgoing.iter_mut().find(|outgoing| outgoing.id == id) {
            outgoing.is_under_way = false;
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
        let message = self.outgoing.remove(index);
        t.add(Part::Outgoing);
        self.take_back(message, t);
    }

    /// Puts what was for the customer back into the composer. Where a private note was begun it waits below the messages instead:
    /// together they would be one, and either not sent or read by the customer.
    pub(in crate::state) fn take_back(&mut self, mut message: Outgoing, t: &mut Touched) {
        let conversation = message.conversation;
        let is_begun = self.notes.contains(&conversation) && self.is_written(conversation);
        let can_wait = match &message.file {
            Some(file) => file.is_ready(),
            None => !message.text.is_empty(),
        };
        if is_begun && can_wait {
            message.failed = Some(text::NOTE_IS_WRITTEN.to_owned());
            message.is_refused = true;
            self.sent_here.insert(message.id);
            self.outgoing.push(message);
            t.add(Part::Outgoing);
            return;
        }
        if !is_begun && self.notes.remove(&conversation) {
            t.add(Part::Draft(conversation));
        }
        self.put_back(conversation, message.text, message.quote, message.file, t);
    }

    pub(in crate::state) fn discard(&mut self, conversation: ConversationId, t: &mut Touched) {
        self.drafts.remove(&conversation);
        self.unkept.insert(conversation);
        self.files.remove(&conversation);
        self.quotes.remove(&conversation);
        for part in [
            Part::Draft(conversation),
            Part::Files(conversation),
            Part::Quote(conversation),
        ] {
            t.add(part);
        }
    }

    /// Puts a text and a file before what is in the composer by now. What that quotes stays.
    pub(in crate::state) fn put_back(
        &mut self,
        conversation: ConversationId,
        text: String,
        quote: Option<Quoted>,
        file: Option<Attached>,
        t: &mut Touched,
    ) {
        if !text.is_empty() {
            let draft = self.drafts.entry(conversation).or_default();
            *draft = if draft.trim().is_empty() {
                text
            } else {
                format!("{text}\n{draft}")
            };
            self.unkept.insert(conversation);
            t.add(Part::Draft(conversation));
        }
        if let Some(file) = file {
            self.files.entry(conversation).or_default().insert(0, file);
            t.add(Part::Files(conversation));
        }
        if let Some(quote) = quote {
            self.quotes.entry(conversation).or_insert(quote);
            t.add(Part::Quote(conversation));
        }
    }
}
