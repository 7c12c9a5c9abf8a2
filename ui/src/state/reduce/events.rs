//! What the engine tells: changes of rows, messages and counters.

use crate::state::{Part, State, Touched, list};
use twinbox_domain::ConversationId;
use twinbox_protocol::{ChangeView, ConversationRow, Event, MessageCursor, MessageView};

impl State {
    pub(in crate::state) fn happen(&mut self, event: Event, t: &mut Touched) {
        // What is in no log comes after nothing and before nothing.
        if event.after != event.seq {
            if self.seq.is_some_and(|seq| event.seq <= seq) {
                return;
            }
            self.seq = Some(event.seq);
        }
        for change in event.changes {
            self.change(change, t);
        }
    }

    pub(in crate::state) fn change(&mut self, change: ChangeView, t: &mut Touched) {
        match change {
            ChangeView::Conversation(row) => {
                self.keep_for_lists(|| ChangeView::Conversation(row.clone()));
                t.add(Part::RowTold(row.id));
                self.put_row(row, t);
            }
            ChangeView::ConversationGone { conversation, into } => {
                self.keep_for_lists(|| ChangeView::ConversationGone { conversation, into });
                let is_note = self.notes.contains(&conversation);
                self.forget(conversation, t);
                // Kept under its old name, nothing would replace what the other one has.
                if self.unkept.remove(&conversation) {
                    self.unkept.extend(into);
                }
                if let Some(into) = into {
                    self.go_on_writing(conversation, into, is_note, t);
                }
            }
            ChangeView::Overview(overview) => {
                // Also when its counters are what they were, connecting a number may stand differently.
                t.add(Part::OverviewTold);
                if self.overview.as_ref().map(|before| &before.numbers) != Some(&overview.numbers) {
                    t.add(Part::Numbers);
                }
                if self.overview.as_ref() != Some(&overview) {
                    self.overview = Some(overview);
                    t.add(Part::Overview);
                }
            }
            ChangeView::Replying { people } => {
                self.replying = people;
                t.add(Part::Replying);
            }
            ChangeView::Message(message) => {
                self.keep_meanwhile(message.conversation, || ChangeView::Message(message.clone()));
                if let Some(id) = message.outbox {
                    self.forget_scheduled(message.conversation, id, t);
                }
                self.put_message(message, t);
            }
            ChangeView::OldMessagesGone { conversation, first } => self.forget_old(conversation, first, t),
            ChangeView::MessageGone { conversation, message } => {
                self.keep_meanwhile(conversation, || ChangeView::MessageGone { conversation, message });
                if let Some(thread) = self.threads.get_mut(&conversation)
                    && thread.remove(message)
                {
                    t.add(Part::Thread(conversation));
                    t.add(Part::Message(message));
                }
            }
        }
    }

    /// What was being written in a conversation goes on in the one that it was merged into.
    fn go_on_writing(&mut self, from: ConversationId, into: ConversationId, is_note: bool, t: &mut Touched) {
        // Together they are a note, also before its first letter: nothing of it is meant for the customer.
        self.notes.remove(&from);
        if is_note && self.notes.insert(into) {
            self.unkept.insert(into);
            t.add(Part::Draft(into));
        }
        if let Some(text) = self.drafts.remove(&from) {
            self.put_back(into, text, None, None, t);
        }
        let quote = self.quotes.remove(&from);
        self.put_back(into, String::new(), quote, None, t);
        if let Some(mut files) = self.files.remove(&from) {
            let there = self.files.entry(into).or_default();
            files.append(there);
            *there = files;
            t.add(Part::Files(into));
        }
        for outgoing in self
            .outgoing
            .iter_mut()
            .filter(|outgoing| outgoing.conversation == from)
        {
            outgoing.conversation = into;
            t.add(Part::Outgoing);
        }
        if let Some(faster) = self.faster.remove(&from) {
            self.faster.entry(into).or_insert(faster);
            t.add(Part::Faster);
        }
    }

    /// Takes the old messages of a loaded thread out; those of ours that are not settled stay.
    fn forget_old(&mut self, conversation: ConversationId, first: Option<MessageCursor>, t: &mut Touched) {
        self.keep_meanwhile(conversation, || ChangeView::OldMessagesGone { conversation, first });
        let Some(thread) = self.threads.get_mut(&conversation) else {
            return;
        };
        let gone = thread.forget_old(first);
        if gone.is_empty() {
            return;
        }
        t.add(Part::Thread(conversation));
        t.add(Part::ThreadState(conversation));
        for message in gone {
            t.add(Part::Message(message));
        }
    }

    fn forget(&mut self, conversation: ConversationId, t: &mut Touched) {
        if self.open == Some(conversation) {
            self.open(None, t);
        }
        self.opening = self.opening.filter(|opening| *opening != conversation);
        self.threads.remove(&conversation);
        self.recent.retain(|recent| *recent != conversation);
        self.details.remove(&conversation);
        let Some(row) = self.rows.remove(&conversation) else {
            return;
        };
        for list in self.lists.values_mut() {
            list.remove(list::cursor_of(&row));
        }
        self.deselect(conversation, t);
        t.add(Part::List);
    }

    /// It has left the list: nobody sees any more that something would be decided about it.
    pub(in crate::state) fn deselect(&mut self, conversation: ConversationId, t: &mut Touched) {
        if self.selected.remove(&conversation) {
            t.add(Part::Selected);
        }
    }

    fn keep_for_lists(&mut self, change: impl Fn() -> ChangeView) {
        for list in self.lists.values_mut().filter(|list| list.loading.is_some()) {
            list.changed_meanwhile.push(change());
        }
    }

    fn keep_meanwhile(&mut self, conversation: ConversationId, change: impl FnOnce() -> ChangeView) {
        if let Some(thread) = self.threads.get_mut(&conversation)
            && thread.loading.is_some()
        {
            thread.changed_meanwhile.push(change());
        }
    }

    /// The engine has this message, so it is no longer on its way there.
    pub(in crate::state) fn arrived(&mut self, message: &MessageView, t: &mut Touched) {
        let before = self.outgoing.len();
        self.outgoing.retain(|outgoing| Some(outgoing.id) != message.outbox);
        if self.outgoing.len() != before {
            t.add(Part::Outgoing);
        }
    }

    fn put_message(&mut self, message: MessageView, t: &mut Touched) {
        self.arrived(&message, t);
        self.forget_sent_elsewhere(&message, t);
        self.notice_faster(&message, t);
        let (conversation, id) = (message.conversation, message.id);
        let Some(thread) = self.threads.get_mut(&conversation) else {
            return;
        };
        if thread.message(id) == Some(&message) {
            return;
        }
        if thread.upsert(message) {
            t.add(Part::Thread(conversation));
        }
        t.add(Part::Message(id));
    }

    pub(in crate::state) fn put_row(&mut self, row: ConversationRow, t: &mut Touched) {
        let id = row.id;
        if self.stale_row == Some(id) {
            self.stale_row = None;
        }
        let stood = self.rows.get(&id).map(list::cursor_of);
        let stands = list::cursor_of(&row);
        let (me, place) = (self.me().to_owned(), self.place_of(&row.number));
        let mut has_left = false;
        for (filter, list) in &mut self.lists {
            // The open conversation stays where it is read, even when it no longer matches.
            let stays = self.open == Some(id) && stood.is_some_and(|stood| list.contains(stood));
            let belongs = stays || list::matches(*filter, &row, &me, place);
            if stood == Some(stands) && belongs && list.contains(stands) {
                continue;
            }
            let removed = stood.is_some_and(|stood| list.remove(stood));
            let inserted = belongs && list.insert(stands);
            if (removed || inserted) && *filter == self.filter {
                has_left = !inserted;
                t.add(Part::List);
            }
        }
        if has_left {
            self.deselect(id, t);
        }
        if self.rows.get(&id) != Some(&row) {
            self.rows.insert(id, row);
            t.add(Part::Row(id));
        }
    }
}
