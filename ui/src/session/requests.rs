//! What views ask for.

use super::Session;
use super::listening::gone_into;
use crate::backend;
use crate::clock;
use crate::state::{Action, FindAction, List, Outgoing, QueueAction, State, Thread};
use leptos::prelude::{GetValue, SetValue, set_timeout};
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_domain::{ConversationId, MessageId, OutboxId};
use twinbox_protocol::{
    ApiError, Call, CancelMessage, ConversationDetails, ConversationFilter, ErrorCode, GetConversation,
    ListConversations, ListMessages, MarkRead, MessageCursor, MessageView, Request, RetryMessage, Role,
    ScheduleMessage, SendMessage, SettleUnknown, TellTyping, ToSend,
};
use uuid::Uuid;

/// A conversation that is opened is shown by then, whether its messages are here or not. They mostly are after a few
/// milliseconds.
const OPENS_WITHIN: Duration = Duration::from_millis(50);

/// The sign of typing lasts 25 seconds (Meta, "Typing indicators", 2026).
const TELLS_TYPING_EVERY_MS: i64 = 20_000;

/// Rows or messages in one request.
pub(super) const PAGE: u32 = 50;

impl Session {
    /// Reads the clock into the state.
    pub fn tick(self) {
        self.dispatch(Action::Tick(clock::now()));
    }

    /// Shows another list.
    pub fn choose_filter(self, filter: ConversationFilter) {
        self.dispatch(Action::Filter(filter));
        if self.peek(|state| state.list().is_none_or(|list| !list.loaded)) {
            self.load_list();
        }
    }

    /// Loads the next page of the chosen list before it is needed. One that failed is asked for by people, and when the
    /// connection is back: what asks by itself would ask without end.
    pub fn load_list_ahead(self) {
        if self.peek(|state| state.list().is_none_or(|list| !list.failed)) {
            self.load_list();
        }
    }

    /// Loads the first page of the chosen list, or the next one.
    pub fn load_list(self) {
        let (filter, can_load, before) = self.peek(|state| {
            let list = state.list();
            let can_load = list.is_none_or(List::can_load);
            (state.filter, can_load, list.and_then(List::next_page))
        });
        if !can_load {
            return;
        }
        self.dispatch(Action::ListAsked(filter));
        let asked = self.peek(|state| state.asked);
        spawn_local(async move {
            let call = ListConversations {
                filter,
                before,
                limit: PAGE,
            };
            let action = match self.backend.call(call).await {
                Ok(page) => Action::ListLoaded {
                    filter,
                    asked,
                    before,
                    page,
                },
                Err(error) => Action::ListFailed(filter, asked, error),
            };
            self.dispatch(action);
        });
    }

    /// Opens a conversation: with its messages, so that it is drawn once, or soon without them.
    pub fn open(self, conversation: ConversationId) {
        self.load_missing(conversation);
        self.dispatch(Action::Opening(conversation));
        let still_waits = move || self.peek(|state| state.opening == Some(conversation));
        if still_waits() {
            let open = move || {
                if still_waits() {
                    self.dispatch(Action::Opened(conversation));
                }
            };
            set_timeout(open, OPENS_WITHIN);
        }
    }

    /// Loads messages of a conversation that is open, or about to be, when none are loaded: the newest, or those where it was
    /// left.
    pub fn load_missing(self, conversation: ConversationId) {
        if self.peek(|state| {
            let thread = state.threads.get(&conversation);
            thread.is_some_and(|thread| thread.loaded || thread.loading.is_some())
        }) {
            return;
        }
        match self.places.top(conversation) {
            Some(cursor) => self.load_around(conversation, cursor, false),
            None => self.load_older(conversation),
        }
    }

    /// Loads what the details pane adds to a row.
    pub fn load_details(self, conversation: ConversationId) {
        spawn_local(async move {
            // Without details the pane shows what the row knows.
            if let Ok(details) = self.backend.call(GetConversation { conversation }).await {
                self.take_details(conversation, details);
            }
        });
    }

    /// Takes what was answered about a conversation. Without being told, it may have been merged into the one that was answered with.
    pub(super) fn take_details(self, conversation: ConversationId, details: ConversationDetails) {
        let now = details.row.id;
        self.dispatch(Action::Find(FindAction::RowLoaded(Box::new(details.row.clone()))));
        if now != conversation {
            self.happened(gone_into(conversation, now));
        }
        self.dispatch(Action::DetailsLoaded(details));
    }

    /// Loads older messages before they are needed, unless that failed, as in [`load_list_ahead`](Self::load_list_ahead).
    pub fn load_older_ahead(self, conversation: ConversationId) {
        let failed = |state: &State| state.threads.get(&conversation).is_some_and(|thread| thread.failed);
        if !self.peek(failed) {
            self.load_older(conversation);
        }
    }

    /// Loads the newest messages of a conversation, or older ones.
    pub fn load_older(self, conversation: ConversationId) {
        let (can_load, before) = self.peek(|state| {
            let thread = state.threads.get(&conversation);
            (thread.is_none_or(Thread::can_load), thread.and_then(Thread::next_page))
        });
        if !can_load {
            return;
        }
        self.load_before(conversation, before);
    }

    /// Loads the messages before one, or the newest.
    pub(super) fn load_before(self, conversation: ConversationId, before: Option<MessageCursor>) {
        let call = ListMessages {
            conversation,
            before,
            limit: PAGE,
        };
        self.load_page(conversation, call, move |asked, page| Action::ThreadLoaded {
            conversation,
            asked,
            before,
            page,
        });
    }

    /// Asks for a page of a thread, and says what has come of it.
    pub(super) fn load_page<C: Call + 'static>(
        self,
        conversation: ConversationId,
        call: C,
        loaded: impl FnOnce(u64, C::Reply) -> Action + 'static,
    ) {
        self.dispatch(Action::ThreadAsked(conversation));
        let asked = self.peek(|state| state.asked);
        // Before what changes by that is shown.
        let answer = backend::begun(self.backend.call(call));
        spawn_local(async move {
            let action = match answer.await {
                Ok(page) => loaded(asked, page),
                Err(error) => Action::ThreadFailed(conversation, asked, error),
            };
            self.dispatch(action);
        });
    }

    /// Asks again for the pages that did not come.
    pub(super) fn load_what_failed(self) {
        let (list, thread) = self.peek(|state| {
            let list = state.list().is_some_and(|list| list.failed);
            (
                list,
                state
                    .open
                    .filter(|_| state.open_thread().is_some_and(|thread| thread.failed)),
            )
        });
        if list {
            self.load_list();
        }
        if let Some(conversation) = thread {
            self.load_thread_again(conversation);
        }
    }

    /// Tells the engine that the open conversation was read to its end. Reviewers leave no traces.
    pub fn mark_read(self) {
        let reviews = self.peek(|state| state.you.as_ref().is_some_and(|you| you.role == Role::Manager));
        let Some((conversation, up_to)) = self.peek(|state| state.markable()).filter(|_| !reviews) else {
            return;
        };
        self.dispatch(Action::Marked(conversation, up_to));
        spawn_local(async move {
            if self.backend.call(MarkRead { conversation, up_to }).await.is_err() {
                // The next look at it tries again.
                self.dispatch(Action::NotMarked(conversation));
            }
        });
    }

    /// Tells the engine that an answer is being typed, while that is not told already. Reviewers leave no traces.
    pub fn tell_typing(self, conversation: ConversationId) {
        let now = clock::now();
        let is_told = self
            .typing_told
            .get_value()
            .is_some_and(|(told, at)| told == conversation && (0..TELLS_TYPING_EVERY_MS).contains(&now.ms_since(at)));
        if is_told || self.peek(|state| state.you.as_ref().is_none_or(|you| you.role == Role::Manager)) {
            return;
        }
        self.typing_told.set_value(Some((conversation, now)));
        spawn_local(async move {
            // Nobody misses it.
            drop(self.backend.call(TellTyping { conversation }).await);
        });
    }

    /// Sends what the composer holds.
    pub fn submit(self, conversation: ConversationId) {
        // The next word is told again.
        self.typing_told.set_value(None);
        // Each file is a message of its own.
        while self.peek(|state| state.composes(conversation)) {
            let id = OutboxId(Uuid::now_v7());
            self.dispatch(Action::Submitted { id, conversation });
        }
        self.forget_sent_files();
        // What is sent stands at the end.
        self.load_newest(conversation);
        self.hand_over(conversation);
    }

    /// Hands a text or file over once more, under the same id.
    pub fn resubmit(self, id: OutboxId, conversation: ConversationId) {
        self.dispatch(Action::Resubmitted(id));
        self.hand_over(conversation);
    }

    /// Hands over what waits in a conversation, one after the other.
    pub(super) fn hand_over(self, mut conversation: ConversationId) {
        spawn_local(async move {
            while let Some(next) = self.peek(|state| state.next_outgoing(conversation).cloned()) {
                let Outgoing {
                    id, text, file, quote, ..
                } = next;
                self.dispatch(Action::HandedOver(id));
                let call = SendMessage {
                    id,
                    conversation,
                    message: match file.and_then(|file| file.to_send()) {
                        Some(file) => ToSend::File { file, caption: text },
                        None => ToSend::text(text),
                    },
                    reply_to: quote.map(|quote| quote.wamid),
                };
                let action = match self.when_of(id, conversation) {
                    Some(when) => {
                        let kept = self.backend.call(ScheduleMessage { message: call, when }).await;
                        kept.map(|kept| Action::Queue(QueueAction::Kept(Box::new(kept))))
                    }
                    None => {
                        let accepted = self.backend.call(call).await;
                        accepted.map(|message| Action::Accepted(Box::new(message)))
                    }
                };
                // It may have been merged into another one meanwhile: what waits behind this waits there now.
                let is_it = |outgoing: &&Outgoing| outgoing.id == id;
                let now = self.peek(|state| Some(state.outgoing.iter().find(is_it)?.conversation));
                conversation = now.unwrap_or(conversation);
                self.dispatch(action.unwrap_or_else(|error| Action::NotAccepted(id, error)));
            }
        });
    }

    /// Takes a queued message back, and its text and file into the composer, also while a note is written there: its time to be
    /// taken back runs out.
    pub fn cancel(self, id: OutboxId, message: &MessageView) {
        let taken_back = Action::of_queued(message);
        spawn_local(async move {
            if self.decided(CancelMessage { id }.into()).await {
                self.dispatch(taken_back);
            }
        });
    }

    /// Queues a refused message again.
    pub fn retry(self, id: OutboxId) {
        self.decide(RetryMessage { id });
    }

    /// Says whether a message went out of which nobody knows.
    pub fn settle(self, id: OutboxId, was_sent: bool) {
        self.decide(SettleUnknown { id, was_sent });
    }

    /// What follows from a decision arrives as an event.
    pub fn decide<C: Call<Reply = ()>>(self, call: C) {
        let request = call.into();
        spawn_local(async move {
            self.decided(request).await;
        });
    }

    /// The same; `refused` when it was not taken over.
    pub fn decide_or<C: Call<Reply = ()>>(self, call: C, refused: impl FnOnce() + 'static) {
        let request = call.into();
        spawn_local(async move {
            if !self.decided(request).await {
                refused();
            }
        });
    }

    /// Whether the engine has taken a decision over.
    pub(super) async fn decided(self, request: Request) -> bool {
        match self.backend.order(request).await {
            Ok(()) => true,
            Err(ApiError { code, message, .. }) => {
                // It has moved on meanwhile; the event that says so is on its way.
                if code != ErrorCode::Conflict {
                    self.dispatch(Action::Notice(message));
                }
                false
            }
        }
    }

    /// Quotes a message in the next reply, or none.
    pub fn quote(self, conversation: ConversationId, message: Option<MessageId>) {
        if message.is_none() || self.begin_reply(conversation) {
            self.dispatch(Action::Quote(conversation, message));
        }
    }
}
