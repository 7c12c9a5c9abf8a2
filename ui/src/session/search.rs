//! Searching as someone types, and going to what was found.

use super::Session;
use super::requests::PAGE;
use crate::backend;
use crate::clock;
use crate::state::{Action, FindAction, Hit, NO_MESSAGE, Place, State, Thread, Unread};
use crate::text;
use leptos::prelude::{GetValue, SetValue, set_timeout};
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_domain::{ConversationId, MessageId, Millis, TypedFilter};
use twinbox_protocol::{
    FindUnread, GetConversation, ListMessages, ListMessagesAfter, MessageCursor, Search, SearchFilters,
};

/// A key is looked for at once when the one before is this long ago, as with most keys of a person; else when nobody has typed
/// for this long: once of a paste or a held key.
const TYPING_PAUSE: Duration = Duration::from_millis(50);

/// Most messages of the first answer: two screens.
const FIRST: u32 = 20;

impl Session {
    /// Looks for something else; blank ends the search.
    pub fn search(self, text: String) {
        self.dispatch(Action::Find(FindAction::Typed(text)));
        let awaited = move || self.peek(|state| state.found.loading);
        self.ask_as_typed(awaited, move |asked| self.ask_for_results(asked, None));
    }

    /// Asks for what was typed now, at once or soon, unless more is typed meanwhile. `awaited` is the number of the question that is
    /// waited for.
    pub(super) fn ask_as_typed(self, awaited: impl Fn() -> Option<u64> + 'static, ask: impl FnOnce(u64) + 'static) {
        let Some(asked) = awaited() else { return };
        let now = clock::now();
        let before = self.typed_at.get_value();
        self.typed_at.set_value(now);
        if now.ms_since(before) >= TYPING_PAUSE.as_millis() as i64 {
            return ask(asked);
        }
        let ask = move || {
            if awaited() == Some(asked) {
                ask(asked);
            }
        };
        set_timeout(ask, TYPING_PAUSE);
    }

    /// Looks once more for the same, after that failed.
    pub fn search_again(self) {
        self.dispatch(Action::Find(FindAction::MoreAsked));
        self.ask_for_results(self.peek(|state| state.asked), None);
    }

    /// Loads more results.
    pub fn load_more_results(self) {
        let before = self.peek(|state| state.found.next_page().filter(|_| !state.found.failed));
        if before.is_some() {
            self.dispatch(Action::Find(FindAction::MoreAsked));
            self.ask_for_results(self.peek(|state| state.asked), before);
        }
    }

    fn ask_for_results(self, asked: u64, before: Option<MessageCursor>) {
        let call = Search {
            filters: self.peek(filters),
            text: self.peek(State::typed_search).words,
            before,
            // Whoever types on sees no more of them.
            limit: if before.is_none() { FIRST } else { PAGE },
        };
        // Before what was typed is shown, which takes as long.
        let answer = backend::begun(self.backend.call(call));
        spawn_local(async move {
            self.dispatch(Action::Find(match answer.await {
                Ok(results) => FindAction::Found { asked, before, results },
                Err(error) => FindAction::Failed(asked, error),
            }));
        });
    }

    /// Opens what was found.
    pub fn open_hit(self, hit: Hit) {
        match hit {
            Hit::Chat(conversation) => self.show(conversation),
            Hit::Message(conversation, cursor) => {
                self.enter(Place::Inbox);
                self.go_to(conversation, cursor);
            }
        }
    }

    /// Opens a conversation that the list may not show, from any page.
    pub fn show(self, conversation: ConversationId) {
        self.enter(Place::Inbox);
        self.need_row(conversation, None);
        self.open(conversation);
    }

    /// Opens a conversation at a message, which is loaded with those around it when it is not here.
    pub fn go_to(self, conversation: ConversationId, cursor: MessageCursor) {
        self.need_row(conversation, Some(cursor));
        self.dispatch(Action::Opened(conversation));
        if self.peek(|state| state.message(conversation, cursor.id).is_some()) {
            self.dispatch(Action::Find(FindAction::Jumped(conversation, cursor)));
            return;
        }
        self.load_around(conversation, cursor, true);
    }

    /// Goes to where what was unread in the open conversation begins.
    pub fn go_to_unread(self) {
        let Some(Unread {
            conversation, after, ..
        }) = self.peek(|state| state.unread)
        else {
            return self.dispatch(Action::Notice(text::NOTHING_WAS_UNREAD.to_owned()));
        };
        if let Some(cursor) = self.peek(|state| state.first_unread(conversation)) {
            return self.go_to(conversation, cursor);
        }
        spawn_local(async move {
            match self.backend.call(FindUnread { conversation, after }).await {
                Ok(Some(cursor)) if self.peek(|state| state.open == Some(conversation)) => {
                    self.go_to(conversation, cursor);
                }
                Ok(_) => {}
                Err(error) => self.dispatch(Action::Notice(error.message)),
            }
        });
    }

    /// Goes to the first message of the open conversation from this time on, or to its last one.
    pub fn go_to_time(self, at: Millis) {
        if let Some(conversation) = self.peek(|state| state.open) {
            self.load_around(conversation, MessageCursor { at, id: NO_MESSAGE }, true);
        }
    }

    /// Loads the messages around a place, and goes there if so wanted.
    pub(super) fn load_around(self, conversation: ConversationId, cursor: MessageCursor, goes_there: bool) {
        self.dispatch(Action::Find(FindAction::AroundAsked(conversation, cursor)));
        let asked = self.peek(|state| state.asked);
        // With the message itself.
        let id = MessageId(cursor.id.0.saturating_add(1));
        let older = ListMessages {
            conversation,
            before: Some(MessageCursor { at: cursor.at, id }),
            limit: PAGE,
        };
        let newer = ListMessagesAfter {
            conversation,
            after: cursor,
            limit: PAGE,
        };
        spawn_local(async move {
            let pages = match self.backend.call(older).await {
                Ok(older) => self.backend.call(newer).await.map(|newer| (older, newer)),
                Err(error) => Err(error),
            };
            let action = match pages {
                Ok((older, newer)) => Action::Find(FindAction::AroundLoaded {
                    conversation,
                    asked,
                    older,
                    newer,
                    goes_to: goes_there.then_some(cursor),
                }),
                Err(error) => Action::ThreadFailed(conversation, asked, error),
            };
            self.dispatch(action);
        });
    }

    /// A conversation that is opened needs its row, which may be further down than the list is loaded. Where an old link leads, the
    /// view goes to this message, too, when the conversation goes on in another one.
    pub(super) fn need_row(self, conversation: ConversationId, goes_to: Option<MessageCursor>) {
        if self.peek(|state| state.rows.contains_key(&conversation)) {
            return;
        }
        spawn_local(async move {
            // Without it the head stays empty until something happens there.
            if let Ok(details) = self.backend.call(GetConversation { conversation }).await {
                let now = details.row.id;
                self.take_details(conversation, details);
                let is_there = self.peek(|state| [state.open, state.opening].contains(&Some(now)));
                if let Some(cursor) = goes_to.filter(|_| is_there && now != conversation) {
                    self.go_to(now, cursor);
                }
            }
        });
    }

    /// Loads newer messages before they are needed, after someone went to an old one.
    pub fn load_newer_ahead(self, conversation: ConversationId) {
        let failed = |thread: &Thread| thread.failed;
        if !self.peek(|state| state.threads.get(&conversation).is_some_and(failed)) {
            self.load_newer(conversation);
        }
    }

    fn load_newer(self, conversation: ConversationId) {
        let Some(after) = self.peek(|state| state.threads.get(&conversation)?.newer_page()) else {
            return;
        };
        let call = ListMessagesAfter {
            conversation,
            after,
            limit: PAGE,
        };
        self.load_page(conversation, call, move |asked, page| {
            Action::Find(FindAction::NewerLoaded {
                conversation,
                asked,
                page,
            })
        });
    }

    /// Asks again for the page of a thread that did not come.
    pub fn load_thread_again(self, conversation: ConversationId) {
        if let Some(cursor) = self.peek(|state| state.threads.get(&conversation)?.going_to) {
            self.go_to(conversation, cursor);
            return;
        }
        self.load_older(conversation);
        self.load_newer(conversation);
    }

    /// Back from an old message to the newest ones. Does nothing when they are here.
    pub fn load_newest(self, conversation: ConversationId) {
        if !self.peek(|state| state.threads.get(&conversation).is_some_and(|thread| thread.newer)) {
            return;
        }
        self.load_before(conversation, None);
    }
}

/// What the operators in the search field ask for.
fn filters(state: &State) -> SearchFilters {
    filters_of(state, state.typed_search().filters)
}

/// What these filters ask for.
pub(super) fn filters_of(state: &State, typed: Vec<TypedFilter>) -> SearchFilters {
    let mut asked = SearchFilters::default();
    for filter in typed {
        match filter {
            TypedFilter::From(origin) => asked.origin = Some(origin),
            TypedFilter::HasMedia => asked.has_media = true,
            TypedFilter::In(place) => {
                let numbers = state.overview.as_ref().map(|overview| &overview.numbers);
                asked.number = numbers.and_then(|all| Some(all.get(place)?.id.clone()));
            }
            TypedFilter::Label(place) => asked.label = state.team.labels.get(place).map(|label| label.id),
            TypedFilter::Agent(place) => asked.assignee = state.team.teammates.get(place).cloned(),
            TypedFilter::After(day) => asked.from = Some(clock::start_of(day, 1)),
            TypedFilter::Before(day) => asked.before = Some(clock::start_of(day, 0)),
        }
    }
    asked
}
