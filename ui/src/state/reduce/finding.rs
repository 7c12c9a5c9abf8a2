//! Searching, and going to what was found.

use crate::state::{Action, FindAction, NO_MESSAGE, Part, State, Thread, Touched};
use twinbox_domain::ConversationId;
use twinbox_protocol::{ApiError, MessageCursor, MessageView, Page};

impl State {
    /// The text is another one: answers about the old one are not waited for any more.
    pub(in crate::state) fn look_for(&mut self, text: String, t: &mut Touched) {
        self.found.text = text;
        self.found.is_old = true;
        self.found.failed = false;
        if self.found.is_on() {
            self.ask_for_results(t);
        } else {
            self.found.loading = None;
            self.found.results = None;
            t.add(Part::Found);
        }
    }

    pub(in crate::state) fn ask_for_results(&mut self, t: &mut Touched) {
        self.asked += 1;
        self.found.loading = Some(self.asked);
        self.found.failed = false;
        t.add(Part::Found);
    }

    pub(in crate::state) fn results_failed(&mut self, asked: u64, error: ApiError, t: &mut Touched) {
        if self.found.loading == Some(asked) {
            self.found.loading = None;
            self.found.failed = true;
            // Results of other words must not pass for those of these.
            if self.found.is_old {
                self.found.results = None;
            }
            t.add(Part::Found);
        }
        self.fail(error, t);
    }

    /// The messages around one that was found, in place of those loaded before.
    pub(in crate::state) fn load_around(
        &mut self,
        conversation: ConversationId,
        older: Page<MessageView>,
        newer: Page<MessageView>,
        t: &mut Touched,
    ) {
        let Some(thread) = self.threads.get_mut(&conversation) else {
            return;
        };
        let meanwhile = std::mem::take(&mut thread.changed_meanwhile);
        let marked = thread.marked;
        *thread = Thread::default();
        thread.marked = marked;
        thread.loaded = true;
        thread.more = older.more;
        let both = older.items.into_iter().chain(newer.items).collect();
        let both = Page {
            items: both,
            more: newer.more,
        };
        self.load_newer(conversation, both, t);
        for change in meanwhile {
            self.change(change, t);
        }
    }

    /// Has the view go to a message whose surroundings are loaded now, or to the first one from a time on.
    fn go_near(&mut self, conversation: ConversationId, cursor: MessageCursor, t: &mut Touched) {
        let thread = self.threads.get(&conversation);
        let there = thread.and_then(|thread| thread.nearest(cursor));
        // A message that is gone meanwhile is not gone to.
        if let Some(there) = there.filter(|there| cursor.id == NO_MESSAGE || *there == cursor) {
            self.jump_to_loaded(conversation, there, t);
        }
    }

    fn jump_to_loaded(&mut self, conversation: ConversationId, cursor: MessageCursor, t: &mut Touched) {
        self.jump = Some((conversation, cursor));
        self.has_jumped = false;
        t.add(Part::Jump);
    }

    /// The messages after those loaded.
    pub(in crate::state) fn load_newer(
        &mut self,
        conversation: ConversationId,
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
        thread.loading = None;
        thread.newer = page.more;
        thread.extend(page.items);
        t.add(Part::Thread(conversation));
        t.add(Part::ThreadState(conversation));
        for change in meanwhile {
            self.change(change, t);
        }
    }

    pub(in crate::state) fn find(&mut self, action: FindAction, t: &mut Touched) {
        match action {
            FindAction::Typed(text) => self.look_for(text, t),
            FindAction::MoreAsked => self.ask_for_results(t),
            FindAction::Found { asked, before, results } => {
                if self.found.loading == Some(asked) {
                    self.found.extend(before, results);
                    t.add(Part::Found);
                }
            }
            FindAction::Failed(asked, error) => self.results_failed(asked, error, t),
            FindAction::AroundLoaded {
                conversation,
                asked,
                older,
                newer,
                goes_to,
            } => {
                let thread = self.threads.get(&conversation);
                let is_awaited = thread.is_some_and(|thread| thread.loading == Some(asked));
                if is_awaited {
                    self.load_around(conversation, older, newer, t);
                }
                self.open_waiting(conversation, t);
                if let Some(cursor) = goes_to.filter(|_| is_awaited) {
                    self.go_near(conversation, cursor, t);
                }
            }
            FindAction::NewerLoaded {
                conversation,
                asked,
                page,
            } => {
                let thread = self.threads.get(&conversation);
                if thread.is_some_and(|thread| thread.loading == Some(asked)) {
                    self.load_newer(conversation, page, t);
                }
            }
            FindAction::AroundAsked(conversation, cursor) => {
                *t = self.reduce(Action::ThreadAsked(conversation));
                if let Some(thread) = self.threads.get_mut(&conversation) {
                    thread.going_to = Some(cursor);
                }
            }
            FindAction::Jumped(conversation, cursor) => self.jump_to_loaded(conversation, cursor, t),
            // It stays marked.
            FindAction::JumpShown => self.has_jumped = true,
            // What came as an event meanwhile is newer.
            FindAction::RowLoaded(row) if self.rows.contains_key(&row.id) => {}
            FindAction::RowLoaded(row) => self.put_row(*row, t),
            within => self.find_within(within, t),
        }
    }
}
