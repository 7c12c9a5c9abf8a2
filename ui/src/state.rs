//! Everything the screens show, and the only place that changes it.
//!
//! [`State`] is plain data; [`State::reduce`] applies one [`Action`] and names the [`Part`]s that are different now.
//! [`Session`](crate::session::Session) wakes exactly the views that read these parts. Nothing here reads a clock,
//! asks the engine or touches the page, so that all of it is tested natively.

mod action;
mod attached;
mod connect_action;
mod connecting;
mod deciding;
mod file_action;
mod find_action;
mod found;
mod list;
mod numbers;
mod outgoing;
mod palette;
mod part;
mod place;
mod queue;
mod reduce;
mod settings;
mod team;
mod thread;
mod within;

pub use action::{Action, Connection};
pub use attached::{Attached, Upload};
pub use connect_action::ConnectAction;
pub use connecting::{
    Ask, ConnectPage, Connecting, HistoryStanding, Remedy, Trial, is_web_address, may_be_put_away, phase_bars, remedy,
};
pub use file_action::FileAction;
pub use find_action::{FindAction, NO_MESSAGE};
pub use found::{Found, Hit};
pub use list::List;
#[cfg(test)]
pub use list::cursor_of as list_cursor;
pub use numbers::{FRESH_MS, Look, NumberAction, NumberState, Numbers, Saving, token_ends_soon, wants_signup};
pub use outgoing::Outgoing;
pub use palette::{Palette, PaletteAction, Scope};
pub use part::{Part, Touched};
pub use place::Place;
pub use queue::{Queue, QueueAction};
pub use settings::SettingsAction;
pub use team::{TeamAction, shortcut_of};
pub use thread::{Thread, cursor_of as thread_cursor};
pub use within::Within;

use crate::text;
use std::collections::{BTreeSet, HashMap, HashSet};
use twinbox_domain::{
    Content, ConversationId, MessageId, Millis, NumberId, Origin, OutboxId, SearchNames, Seq, TypedSearch,
};
use twinbox_protocol::{
    ApiError, Caller, ConversationDetails, ConversationFilter, ConversationRow, DraftView, EmojiView, MessageCursor,
    MessageView, Overview, PersonView, Quoted, ReplyingView, Role, TeamView, TemplatesView, UserSettings,
};

/// A sentence at the bottom of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Which one it is since the start: the same sentence once more is another one.
    pub number: u64,
    /// The sentence.
    pub words: String,
    /// Whether it says what was done, and that can be taken back; otherwise something did not work.
    pub can_undo: bool,
}

/// What the UI knows.
#[derive(Default)]
pub struct State {
    /// The last change applied; `None` before the greeting.
    pub seq: Option<Seq>,
    /// The wall clock, moved on by [`Action::Tick`].
    pub now: Millis,
    /// How the engine is reached.
    pub connection: Connection,
    /// Why nothing can be shown at all.
    pub cannot_start: Option<ApiError>,
    /// Who the engine takes us for; `None` before its greeting.
    pub you: Option<Caller>,
    /// The counters of the status line; `None` before the greeting.
    pub overview: Option<Overview>,
    /// Every row heard of, whatever list it is in.
    pub rows: HashMap<ConversationId, ConversationRow>,
    /// The filter whose list is shown.
    pub filter: ConversationFilter,
    /// The lists loaded so far.
    pub lists: HashMap<ConversationFilter, List>,
    /// The conversation in the thread pane.
    pub open: Option<ConversationId>,
    /// The one that is opened as soon as its messages are here.
    pub opening: Option<ConversationId>,
    /// Conversations whose messages are in memory.
    pub threads: HashMap<ConversationId, Thread>,
    /// The ones of `threads`, least recently opened first.
    pub recent: Vec<ConversationId>,
    /// What the details pane adds to a row.
    pub details: HashMap<ConversationId, ConversationDetails>,
    /// The open conversation's row, when it is older than what was last greeted.
    pub stale_row: Option<ConversationId>,
    /// The number of the last page asked for.
    pub asked: u64,
    /// Texts not sent yet.
    pub drafts: HashMap<ConversationId, String>,
    /// Conversations where what is written is a note.
    pub notes: HashSet<ConversationId>,
    /// Conversations where what is written is not what the engine keeps.
    pub unkept: BTreeSet<ConversationId>,
    /// Conversations whose drafts are on their way to the engine, each as often as they are.
    pub keeping: Vec<ConversationId>,
    /// Files not sent yet.
    pub files: HashMap<ConversationId, Vec<Attached>>,
    /// Messages the next text will quote.
    pub quotes: HashMap<ConversationId, Quoted>,
    /// Texts and files on their way to the engine, oldest first.
    pub outgoing: Vec<Outgoing>,
    /// What was sent from this window.
    pub sent_here: HashSet<OutboxId>,
    /// The conversation where a template or a form is being filled in.
    pub fills_in: Option<ConversationId>,
    /// The search field and its results.
    pub found: Found,
    /// The palette, while it is shown.
    pub palette: Option<Palette>,
    /// The search within the open conversation, while its bar is shown.
    pub within: Option<Within>,
    /// The message someone went to last, and its conversation.
    pub jump: Option<(ConversationId, MessageCursor)>,
    /// Whether the thread has gone there.
    pub has_jumped: bool,
    /// A sentence at the bottom of the window.
    pub notice: Option<Toast>,
    /// How many of them there were.
    pub notices: u64,
    /// What fills the window; `None` before the greeting.
    pub place: Option<Place>,
    /// What this person has set.
    pub settings: UserSettings,
    /// Whether this person has a passphrase.
    pub has_passphrase: bool,
    /// Whether the window shows nothing until the passphrase is typed.
    pub is_locked: bool,
    /// Connecting a number.
    pub connecting: Connecting,
    /// The page of numbers.
    pub numbers: Numbers,
    /// The send queue.
    pub queue: Queue,
    /// The templates of the numbers, as far as they were asked for.
    pub templates: HashMap<NumberId, TemplatesView>,
    /// Colleagues, labels and canned replies.
    pub team: TeamView,
    /// All emoji by group, once somebody chose one.
    pub emoji: Vec<Vec<EmojiView>>,
    /// Conversations that were selected to do something with all of them.
    pub selected: BTreeSet<ConversationId>,
    /// Who is writing a reply where.
    pub replying: Vec<ReplyingView>,
    /// Who sent something last into conversations where a reply was being written, and when.
    pub faster: HashMap<ConversationId, Faster>,
    /// What was unread in the open conversation when it was opened.
    pub unread: Option<Unread>,
}

/// What was unread in a conversation when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which conversation.
    pub conversation: ConversationId,
    /// What had arrived up to this message had been seen.
    pub after: MessageId,
    /// How many messages of the customer had not.
    pub count: u64,
}

/// Somebody else answered first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faster {
    /// What was sent.
    pub message: MessageId,
    /// From where.
    pub origin: Origin,
    /// A colleague's name, or empty.
    pub author: String,
    /// When it was noticed.
    pub at: Millis,
    /// Whether whoever writes has seen it and goes on.
    pub is_seen: bool,
}

impl State {
    /// What a customer is called here.
    pub fn name_of(&self, person: &PersonView) -> String {
        text::person_name(person, self.settings.masks_numbers)
    }

    /// A message in a line of a list.
    pub fn one_line(&self, content: &Content, is_deleted: bool) -> String {
        text::one_line(content, is_deleted, self.settings.masks_numbers)
    }

    /// The names that `in:` chooses from; none with one number.
    pub fn number_names(&self) -> Vec<String> {
        let numbers = self.overview.as_ref().map(|overview| &overview.numbers);
        let numbers = numbers.filter(|numbers| numbers.len() > 1);
        numbers.map_or_else(Vec::new, |all| all.iter().map(|number| number.name.clone()).collect())
    }

    /// The place of a number among all.
    pub fn place_of(&self, number: &NumberId) -> Option<u8> {
        let mut numbers = self.overview.as_ref()?.numbers.iter();
        numbers.position(|known| known.id == *number)?.try_into().ok()
    }

    /// The names that search operators choose from.
    pub fn search_names(&self) -> SearchNames {
        SearchNames {
            numbers: self.number_names(),
            labels: self.team.labels.iter().map(|label| label.name.clone()).collect(),
            people: self.team.teammates.clone(),
        }
    }

    /// The words and filters in the search field.
    pub fn typed_search(&self) -> TypedSearch {
        TypedSearch::parse(&self.found.text, &self.search_names())
    }

    /// Whether the sentence at the bottom says what was done, and that can be taken back.
    pub fn tells_what_was_done(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| notice.can_undo)
    }

    /// Whether it runs in the desktop app, which alone can open windows and the system's browser.
    pub fn is_desktop(&self) -> bool {
        self.you.as_ref().is_some_and(|you| you.client == "desktop")
    }

    /// Whether this is not who has used this window so far.
    pub fn is_somebody_else(&self, you: &Caller) -> bool {
        self.you.as_ref().is_some_and(|known| known.user != you.user)
    }

    /// Whether this person may connect numbers.
    pub fn sets_up(&self) -> bool {
        self.you.as_ref().is_some_and(|you| you.role == Role::Admin)
    }

    /// The list on screen.
    pub fn list(&self) -> Option<&List> {
        self.lists.get(&self.filter)
    }

    /// The row of the open conversation.
    pub fn open_row(&self) -> Option<&ConversationRow> {
        self.rows.get(&self.open?)
    }

    /// The thread of the open conversation.
    pub fn open_thread(&self) -> Option<&Thread> {
        self.threads.get(&self.open?)
    }

    /// Whether messages of a conversation are in memory: its newest, or those around one that was gone to.
    pub fn has_messages_of(&self, conversation: ConversationId) -> bool {
        self.threads.get(&conversation).is_some_and(|thread| thread.loaded)
    }

    /// The message that the thread of a conversation has still to go to.
    pub fn jump_to(&self, conversation: ConversationId) -> Option<MessageCursor> {
        let (place, cursor) = self.jump.filter(|_| !self.has_jumped)?;
        (place == conversation).then_some(cursor)
    }

    /// A message of a thread in memory.
    pub fn message(&self, conversation: ConversationId, message: MessageId) -> Option<&MessageView> {
        self.threads.get(&conversation)?.message(message)
    }

    /// Whether what was sent under this id is among the loaded messages of a conversation.
    pub fn has_sent(&self, conversation: ConversationId, id: OutboxId) -> bool {
        self.threads
            .get(&conversation)
            .is_some_and(|thread| thread.has_sent(id))
    }

    /// The files in the composer of a conversation.
    pub fn attached(&self, conversation: ConversationId) -> &[Attached] {
        self.files.get(&conversation).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether something is written in a conversation, a reply or a note.
    pub fn is_written(&self, conversation: ConversationId) -> bool {
        let draft = self.drafts.get(&conversation);
        draft.is_some_and(|draft| !draft.trim().is_empty())
    }

    /// What was unread in this conversation when it was opened, while it is open.
    pub fn unread_in(&self, conversation: ConversationId) -> Option<Unread> {
        self.unread.filter(|unread| unread.conversation == conversation)
    }

    /// Where that begins; `None` when nothing was unread, or it is not loaded.
    pub fn first_unread(&self, conversation: ConversationId) -> Option<MessageCursor> {
        let unread = self.unread_in(conversation)?;
        let thread = self.threads.get(&conversation)?;
        let is_new = |at: &MessageCursor| {
            let message = thread.message(at.id);
            at.id > unread.after && message.is_some_and(|message| message.origin == Origin::Customer)
        };
        let (index, first) = thread.order().enumerate().find(|(_, at)| is_new(at))?;
        // There may be more of it above the first one that is loaded.
        (index > 0 || !thread.more).then_some(first)
    }

    /// What is written where the engine keeps something else; empty where nothing is. None while the engine is not reached: they are
    /// told when it is.
    pub fn unkept_drafts(&self) -> Vec<DraftView> {
        if matches!(
            self.connection,
            Connection::Offline { .. } | Connection::SignedOut { .. }
        ) {
            return Vec::new();
        }
        let draft = |conversation: &ConversationId| DraftView {
            conversation: *conversation,
            text: match self.is_written(*conversation) {
                true => self.drafts.get(conversation).cloned().unwrap_or_default(),
                false => String::new(),
            },
            is_note: self.notes.contains(conversation),
        };
        self.unkept.iter().map(draft).collect()
    }

    /// Whether the composer of a conversation holds anything that can be sent. A note never is.
    pub fn composes(&self, conversation: ConversationId) -> bool {
        let files = self.attached(conversation);
        !self.notes.contains(&conversation)
            && (self.is_written(conversation) || !files.is_empty())
            && files.iter().all(Attached::is_ready)
    }

    /// The text or file to hand over next: the oldest of a conversation, so that two quick ones keep their order. `None` while one
    /// is under way.
    pub fn next_outgoing(&self, conversation: ConversationId) -> Option<&Outgoing> {
        let mut waiting = self.outgoing.iter();
        let next = waiting.find(|outgoing| outgoing.conversation == conversation && outgoing.failed.is_none())?;
        (!next.is_under_way).then_some(next)
    }

    /// Up to which message the open conversation can be marked as read; `None` when there is nothing to mark.
    pub fn markable(&self) -> Option<(ConversationId, MessageId)> {
        let row = self.open_row()?;
        let thread = self.open_thread()?;
        let newest = thread.newest_id().filter(|_| !thread.newer)?;
        (row.unread > 0 && thread.marked < Some(newest)).then_some((row.id, newest))
    }
}

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
