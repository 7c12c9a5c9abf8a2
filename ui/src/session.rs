//! One sitting in front of the screen: keeps the state, wakes the views that read what changed, talks to the engine.
//!
//! Made once by the app and handed to every view through the context.

mod attaching;
mod connecting;
mod deciding;
mod export;
mod files;
mod listening;
mod numbers;
mod palette;
mod queue;
mod requests;
mod search;
mod settings;
mod spending;
mod team;
mod templates;
mod within;

use crate::backend::Backend;
use crate::filled::Filled;
use crate::state::{Action, Part, State};
use crate::thread_scroll::Places;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use twinbox_domain::{Content, ConversationId, Millis};
use twinbox_protocol::{ConversationDetails, ConversationRow, PersonView};
use uuid::Uuid;
use web_sys::File;

/// Takes something back.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    backend: Backend,
    state: StoredValue<State>,
    triggers: StoredValue<HashMap<Part, ArcTrigger>>,
    /// Whether missed changes are being fetched; one at a time.
    catching_up: StoredValue<bool>,
    /// Whether something was missed while they were being fetched.
    missed_more: StoredValue<bool>,
    /// Whether the stream of events is being listened to; one at a time.
    listening: StoredValue<bool>,
    /// Whether that stream is open.
    hears: StoredValue<bool>,
    /// The files in the composers, by their keys.
    files: StoredValue<HashMap<Uuid, File>, LocalStorage>,
    /// Whether it is being asked how connecting stands; one question at a time.
    asks_connection: StoredValue<bool>,
    /// Whether to ask again after that.
    asks_connection_again: StoredValue<bool>,
    /// Whether the page of the queue is being asked for; one question at a time.
    asks_queue: StoredValue<bool>,
    /// The conversation of which it is being asked what waits there.
    asks_waiting: StoredValue<Option<ConversationId>>,
    /// When somebody last typed into a search.
    typed_at: StoredValue<Millis>,
    /// Where it was told last that somebody types, and when, unless what was typed is sent.
    typing_told: StoredValue<Option<(ConversationId, Millis)>>,
    /// Whether drafts that have changed are about to be kept.
    keeps_soon: StoredValue<bool>,
    /// Takes the last thing that was done back.
    undo: StoredValue<Option<Undo>>,
    /// Where each conversation was left.
    pub places: Places,
    /// What was typed into forms that went by themselves.
    pub filled: Filled,
}

impl Session {
    /// Made once.
    pub fn new() -> Self {
        Self::with(Backend::detect())
    }

    /// The same that reaches the engine this way.
    pub fn with(backend: Backend) -> Self {
        Self {
            backend,
            state: StoredValue::new(State::default()),
            triggers: StoredValue::new(HashMap::new()),
            catching_up: StoredValue::new(false),
            missed_more: StoredValue::new(false),
            listening: StoredValue::new(false),
            hears: StoredValue::new(false),
            files: StoredValue::new_local(HashMap::new()),
            asks_connection: StoredValue::new(false),
            asks_connection_again: StoredValue::new(false),
            asks_queue: StoredValue::new(false),
            asks_waiting: StoredValue::new(None),
            typed_at: StoredValue::new(Millis(0)),
            typing_told: StoredValue::new(None),
            keeps_soon: StoredValue::new(false),
            undo: StoredValue::new(None),
            places: Places::default(),
            filled: Filled::default(),
        }
    }

    /// The session of the running app.
    pub fn use_() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Reads the state and comes again when `part` changes.
    pub fn read<T>(self, part: Part, read: impl FnOnce(&State) -> T) -> T {
        self.track(part);
        self.peek(read)
    }

    /// Reads the state once.
    pub fn peek<T>(self, read: impl FnOnce(&State) -> T) -> T {
        self.state.with_value(read)
    }

    /// What `read` makes of the state, computed again when `part` changes.
    pub fn memo<T, F>(self, part: Part, read: F) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
        F: Fn(&State) -> T + Send + Sync + 'static,
    {
        Memo::new(move |_| self.read(part, &read))
    }

    /// The open conversation, or the last one that was.
    pub fn shown(self) -> Memo<ConversationId> {
        Memo::new(move |before: Option<&ConversationId>| {
            let open = self.read(Part::Open, |state| state.open);
            open.or(before.copied()).unwrap_or(ConversationId(0))
        })
    }

    /// The row of a conversation, which may become another one.
    pub fn row(self, conversation: impl Into<Signal<ConversationId>>) -> Memo<Option<ConversationRow>> {
        let conversation = conversation.into();
        Memo::new(move |_| {
            let conversation = conversation.get();
            self.read(Part::Row(conversation), |state| state.rows.get(&conversation).cloned())
        })
    }

    /// What the person of a row is called.
    pub fn called(self, row: Memo<Option<ConversationRow>>) -> Memo<String> {
        Memo::new(move |_| {
            self.track(Part::Settings);
            row.with(|row| row.as_ref().map(|row| self.name_of(&row.person)).unwrap_or_default())
        })
    }

    /// What a customer is called.
    pub fn name_of(self, person: &PersonView) -> String {
        self.peek(|state| state.name_of(person))
    }

    /// A message in a line of a list, now.
    pub fn one_line(self, content: &Content, is_deleted: bool) -> String {
        self.peek(|state| state.one_line(content, is_deleted))
    }

    /// What the details pane adds to the row of a conversation, which may become another one.
    pub fn details(self, conversation: Memo<ConversationId>) -> Memo<Option<ConversationDetails>> {
        Memo::new(move |_| {
            let conversation = conversation.get();
            self.read(Part::Details(conversation), |state| {
                state.details.get(&conversation).cloned()
            })
        })
    }

    /// Comes again when `part` changes.
    pub fn track(self, part: Part) {
        let known = self.triggers.with_value(|triggers| triggers.get(&part).cloned());
        let trigger = known.unwrap_or_else(|| {
            let trigger = ArcTrigger::new();
            self.triggers.update_value(|triggers| {
                triggers.insert(part, trigger.clone());
            });
            trigger
        });
        trigger.track();
    }

    /// Says that something was done, and how it is taken back.
    pub fn tell_done(self, words: String, undo: impl Fn() + Send + Sync + 'static) {
        self.undo.set_value(Some(Arc::new(undo)));
        self.dispatch(Action::Done(words));
    }

    /// Takes the last thing that was done back, while it is said that it was: nobody remembers what else that could be.
    pub fn undo(self) {
        let is_told = self.peek(State::tells_what_was_done);
        let undo = self.undo.try_update_value(Option::take).flatten();
        if let Some(undo) = undo.filter(|_| is_told) {
            self.dispatch(Action::NoticeSeen);
            undo();
        }
    }

    /// Lets something happen.
    pub fn dispatch(self, action: Action) {
        let changed = self.state.try_update_value(|state| {
            let touched = state.reduce(action);
            (touched, !state.unkept.is_empty())
        });
        let Some((touched, is_unkept)) = changed else { return };
        if is_unkept {
            self.keep_drafts_soon();
        }
        let triggers: Vec<ArcTrigger> = self.triggers.with_value(|triggers| {
            let trigger = |part| triggers.get(&part).cloned();
            touched.into_parts().filter_map(trigger).collect()
        });
        for trigger in triggers {
            trigger.notify();
        }
    }
}
