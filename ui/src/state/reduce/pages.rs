//! What the engine answers: pages of rows and messages.

use crate::state::list::{self, List};
use crate::state::{Part, State, Thread, Touched};
use twinbox_domain::ConversationId;
use twinbox_protocol::{ConversationFilter, ConversationRow, MessageCursor, MessageView, Page, RowCursor};

impl State {
    pub(in crate::state) fn load_list(
        &mut self,
        filter: ConversationFilter,
        before: Option<RowCursor>,
        page: Page<ConversationRow>,
        t: &mut Touched,
    ) {
        let list = self.lists.entry(filter).or_default();
        if before.is_none() {
            let meanwhile = std::mem::take(&mut list.changed_meanwhile);
            *list = List::default();
            list.changed_meanwhile = meanwhile;
        }
        list.loading = None;
        list.loaded = true;
        list.more = page.more;
        list.extend(page.items.iter().map(list::cursor_of));
        let meanwhile = std::mem::take(&mut list.changed_meanwhile);
        for row in page.items {
            self.put_row(row, t);
        }
        for change in meanwhile {
            self.change(change, t);
        }
        t.add(Part::List);
    }

    pub(in crate::state) fn load_thread(
        &mut self,
        conversation: ConversationId,
        before: Option<MessageCursor>,
        page: Page<MessageView>,
        t: &mut Touched,
    ) {
        for message in &page.items {
            t.add(Part::Message(message.id));
            self.arrived(message, t);
        }
        let Some(thread) = self.threads.get_mut(&conversation) else {
            return;
        };
        let meanwhile = std::mem::take(&mut thread.changed_meanwhile);
        if before.is_none() {
            let marked = thread.marked;
            *thread = Thread::default();
            thread.marked = marked;
        }
        thread.loading = None;
        thread.loaded = true;
        thread.more = page.more;
        thread.extend(page.items);
        t.add(Part::Thread(conversation));
        t.add(Part::ThreadState(conversation));
        for change in meanwhile {
            self.change(change, t);
        }
    }
}
