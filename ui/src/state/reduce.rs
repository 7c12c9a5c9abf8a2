//! How an action changes the state.

mod attaching;
mod composing;
mod connecting;
mod events;
mod finding;
mod numbers;
mod pages;
mod within;

use super::{Action, ConnectAction, Connection, Outgoing, Part, Place, State, Toast, Touched, Unread, list};
use std::collections::BTreeSet;
use twinbox_domain::{ConversationId, Millis};
use twinbox_protocol::{ApiError, ConversationFilter, ErrorCode, Greeting};

/// Threads kept in memory. The least recently opened goes first.
const THREADS_KEPT: usize = 12;

impl State {
    /// Applies one action and names what is different now.
    pub fn reduce(&mut self, action: Action) -> Touched {
        let mut touched = Touched::default();
        let t = &mut touched;
        match action {
            Action::Tick(now) => {
                let minute = |at: Millis| at.0.div_euclid(60_000);
                if minute(now) != minute(self.now) {
                    t.add(Part::Now);
                }
                self.now = now;
                t.add(Part::Second);
            }
            Action::Greeted(greeting) => self.greet(greeting, t),
            Action::CannotStart(error) => {
                self.cannot_start = Some(error);
                t.add(Part::Connection);
            }
            Action::Connection(connection) => self.connect(connection, t),
            Action::Happened(event) => self.happen(event, t),
            Action::Filter(filter) => {
                self.filter = filter;
                // Nobody sees any more what would be decided about.
                self.selected = BTreeSet::new();
                t.add(Part::Selected);
                t.add(Part::Filter);
                t.add(Part::List);
            }
            Action::ListAsked(filter) => {
                self.asked += 1;
                let list = self.lists.entry(filter).or_default();
                list.loading = Some(self.asked);
                list.failed = false;
                t.add(Part::List);
            }
            Action::ListLoaded {
                filter,
                asked,
                before,
                page,
            } => {
                if self.lists.get(&filter).is_some_and(|list| list.loading == Some(asked)) {
                    self.load_list(filter, before, page, t);
                }
            }
            Action::ListFailed(filter, asked, error) => {
                if let Some(list) = self.lists.get_mut(&filter)
                    && list.loading == Some(asked)
                {
                    list.loading = None;
                    list.failed = true;
                    list.changed_meanwhile.clear();
                    t.add(Part::List);
                }
                self.fail(error, t);
            }
            Action::Opening(conversation) => {
                self.opening = Some(conversation);
                if self.has_messages_of(conversation) {
                    self.open(Some(conversation), t);
                }
            }
            Action::Opened(conversation) => self.open(Some(conversation), t),
            Action::Closed => self.open(None, t),
            Action::ThreadAsked(conversation) => {
                self.asked += 1;
                let thread = self.threads.entry(conversation).or_default();
                thread.loading = Some(self.asked);
                thread.failed = false;
                thread.going_to = None;
                t.add(Part::ThreadState(conversation));
            }
            Action::ThreadLoaded {
                conversation,
                asked,
                before,
                page,
            } => {
                let thread = self.threads.get(&conversation);
                if thread.is_some_and(|thread| thread.loading == Some(asked)) {
                    self.load_thread(conversation, before, page, t);
                }
                self.open_waiting(conversation, t);
            }
            Action::ThreadFailed(conversation, asked, error) => {
                if let Some(thread) = self.threads.get_mut(&conversation)
                    && thread.loading == Some(asked)
                {
                    thread.loading = None;
                    thread.failed = true;
                    thread.changed_meanwhile.clear();
                    t.add(Part::ThreadState(conversation));
                }
                self.open_waiting(conversation, t);
                self.fail(error, t);
            }
            Action::DetailsLoaded(details) => {
                t.add(Part::Details(details.row.id));
                if self.stale_row == Some(details.row.id) {
                    self.put_row(details.row.clone(), t);
                }
                self.details.insert(details.row.id, details);
            }
            Action::Marked(conversation, up_to) => {
                if let Some(thread) = self.threads.get_mut(&conversation) {
                    thread.marked = thread.marked.max(Some(up_to));
                }
            }
            Action::NotMarked(conversation) => {
                if let Some(thread) = self.threads.get_mut(&conversation) {
                    thread.marked = None;
                }
            }
            Action::Typed(conversation, text) => {
                self.drafts.insert(conversation, text);
                self.unkept.insert(conversation);
            }
            Action::Drafted(conversation, text) => {
                self.drafts.insert(conversation, text);
                self.unkept.insert(conversation);
                t.add(Part::Draft(conversation));
            }
            Action::File(conversation, action) => self.file(conversation, action, t),
            Action::Quote(conversation, message) => self.quote(conversation, message, t),
            Action::Submitted { id, conversation } => self.submit(id, conversation, t),
            Action::HandedOver(id) => {
                if let Some(outgoing) = self.outgoing.iter_mut().find(|outgoing| outgoing.id == id) {
                    outgoing.is_under_way = true;
                }
            }
            Action::SentHere(id) => {
                self.sent_here.insert(id);
            }
            Action::Accepted(message) => self.accepted(*message, t),
            Action::NotAccepted(id, error) => self.not_accepted(id, error, t),
            Action::Resubmitted(id) => {
                if let Some(outgoing) = self.outgoing.iter_mut().find(|outgoing| outgoing.id == id) {
                    outgoing.failed = None;
                    outgoing.is_under_way = false;
                    t.add(Part::Outgoing);
                }
            }
            Action::Withdrawn(id) => self.withdraw(id, t),
            Action::TakenBack {
                id,
                conversation,
                text,
                quote,
                file,
            } => {
                let message = Outgoing {
                    file,
                    quote,
                    ..Outgoing::new(id, conversation, self.now, text)
                };
                self.take_back(message, t);
            }
            Action::Discarded(conversation) => self.discard(conversation, t),
            Action::Find(action) => self.find(action, t),
            Action::Settings(action) => self.set(action, t),
            Action::Palette(action) => self.in_palette(action, t),
            Action::GoTo(place) => {
                if self.place != Some(place) {
                    // What is due there is shown first; what was looked at in its place is over with the visit.
                    if [self.place, Some(place)].contains(&Some(Place::Connect)) {
                        self.connect_number(ConnectAction::Look(None), t);
                    }
                    self.place = Some(place);
                    t.add(Part::Place);
                }
            }
            Action::Connect(action) => self.connect_number(action, t),
            Action::Number(action) => self.number(action, t),
            Action::Queue(action) => self.queue(action, t),
            Action::Team(action) => self.team(action, t),
            Action::Templates(number, templates) => {
                self.templates.insert(number, templates);
                t.add(Part::Templates);
            }
            Action::Notice(words) => self.notice(words, false, t),
            Action::Done(words) => self.notice(words, true, t),
            Action::NoticeSeen => {
                self.notice = None;
                t.add(Part::Notice);
            }
        }
        self.forget_faster(t);
        touched
    }

    fn greet(&mut self, greeting: Greeting, t: &mut Touched) {
        self.greet_with(greeting.settings, self.seq.is_none(), t);
        self.seq = Some(greeting.seq);
        self.you = Some(greeting.you);
        // Before the first number there is nothing else to do. Whoever went elsewhere stays there.
        if self.place.is_none() {
            let is_new = greeting.overview.numbers.is_empty() && greeting.overview.conversations == 0;
            self.place = Some(match is_new && self.sets_up() {
                true => Place::Connect,
                false => Place::Inbox,
            });
            t.add(Part::Place);
        }
        self.overview = Some(greeting.overview);
        self.cannot_start = None;
        // Whether events arrive is known only once the stream is open.
        if matches!(self.connection, Connection::SignedOut { .. }) {
            self.connection = Connection::Starting;
        }
        // What changed meanwhile was not told. What is looked at stays until it is asked for again.
        self.stale_row = self.open;
        let (open, opening) = (self.open, self.opening);
        self.rows.retain(|id, _| open == Some(*id) || opening == Some(*id));
        self.lists.clear();
        self.selected = BTreeSet::new();
        t.add(Part::Selected);
        self.details.clear();
        for conversation in self.threads.keys() {
            t.add(Part::Thread(*conversation));
            t.add(Part::ThreadState(*conversation));
        }
        self.threads.clear();
        self.recent.clear();
        self.load_list(ConversationFilter::All, None, greeting.conversations, t);
        for part in [Part::Connection, Part::Overview, Part::Numbers, Part::List, Part::Open] {
            t.add(part);
        }
    }

    fn connect(&mut self, connection: Connection, t: &mut Touched) {
        let stays = match (self.connection, connection) {
            // It is offline since it went offline, not since it was last tried.
            (Connection::Offline { .. }, Connection::Offline { .. }) => true,
            // Who is signed out reads that first.
            (Connection::SignedOut { .. }, Connection::Offline { .. }) => true,
            // What was missed stays missed.
            (Connection::Frozen, Connection::Online | Connection::Offline { .. }) => true,
            (before, now) => before == now,
        };
        if !stays {
            self.connection = connection;
            t.add(Part::Connection);
        }
    }

    /// Opens the conversation that waited for its messages.
    pub(super) fn open_waiting(&mut self, conversation: ConversationId, t: &mut Touched) {
        if self.opening == Some(conversation) {
            self.open(self.opening, t);
        }
    }

    fn open(&mut self, conversation: Option<ConversationId>, t: &mut Touched) {
        self.opening = None;
        if self.open == conversation {
            return;
        }
        let left = std::mem::replace(&mut self.open, conversation);
        t.add(Part::Open);
        if let Some(left) = left.filter(|left| !self.is_written(*left)) {
            self.notes.remove(&left);
        }
        // What was gone to is left with its conversation.
        if self.jump.is_some_and(|(place, _)| Some(place) != conversation) {
            self.jump = None;
            t.add(Part::Jump);
        }
        if self.within.take().is_some() {
            t.add(Part::Within);
        }
        for id in left.into_iter().chain(conversation) {
            t.add(Part::Row(id));
        }
        // A row that only stayed because it was open now goes where it belongs.
        let me = self.me().to_owned();
        if let Some(row) = left.and_then(|left| self.rows.get(&left)).cloned() {
            let place = self.place_of(&row.number);
            let mut has_left = false;
            for (filter, list) in &mut self.lists {
                if !list::matches(*filter, &row, &me, place)
                    && list.remove(list::cursor_of(&row))
                    && *filter == self.filter
                {
                    has_left = true;
                    t.add(Part::List);
                }
            }
            if has_left {
                self.deselect(row.id, t);
            }
        }
        let row = conversation.and_then(|conversation| self.rows.get(&conversation));
        self.unread = row.filter(|row| row.unread > 0).map(|row| Unread {
            conversation: row.id,
            after: row.read_up_to,
            count: row.unread,
        });
        t.add(Part::Unread);
        // Somebody may have marked it as unread since it was marked as read here. While it is open, that stays.
        let marked = row.map(|row| row.read_up_to);
        let Some(conversation) = conversation else {
            return;
        };
        self.threads.entry(conversation).or_default().marked = marked;
        self.recent.retain(|recent| *recent != conversation);
        self.recent.push(conversation);
        if self.recent.len() > THREADS_KEPT {
            let forgotten = self.recent.remove(0);
            self.threads.remove(&forgotten);
        }
    }

    /// An error that concerns the whole screen: signed out, or a sentence at the bottom.
    pub(in crate::state) fn fail(&mut self, error: ApiError, t: &mut Touched) {
        match error.code {
            ErrorCode::Unauthorized => self.connect(Connection::SignedOut { refused: false }, t),
            // The connection says so itself.
            ErrorCode::Unavailable => {}
            _ => self.notice(error.message, false, t),
        }
    }

    fn notice(&mut self, words: String, can_undo: bool, t: &mut Touched) {
        self.notices += 1;
        self.notice = Some(Toast {
            number: self.notices,
            words,
            can_undo,
        });
        t.add(Part::Notice);
    }
}
