//! Deciding about conversations: the open one, the row of the list with the focus, or those that were selected.

use super::{Session, Undo};
use crate::keyboard;
use crate::state::{Action, State, TeamAction};
use crate::text;
use leptos::task::spawn_local;
use std::sync::Arc;
use twinbox_domain::{ConversationId, ConversationState, LabelId};
use twinbox_protocol::{ApiError, Assign, ErrorCode, LabelConversations, MarkRead, MarkUnread, SetState};

impl Session {
    /// What is to be done about the open or the selected conversations. It can be taken back.
    pub fn set_state(self, to: ConversationState) {
        let conversations = self.take_targets();
        let (before, seen, now) = self.peek(|state| (state.states_before(&conversations, to), state.seq, state.now));
        let undo = (!before.is_empty()).then(|| -> Undo {
            let words = text::state_set(to, before.len(), now);
            let undo: Undo = Arc::new(move || {
                let back = self.peek(|state| state.states_back(&before, to, seen));
                back.into_iter().for_each(|call| self.put_state(call, None));
            });
            let told = Arc::clone(&undo);
            self.tell_decided(&conversations, words, move || told());
            undo
        });
        let state = to;
        let call = SetState {
            conversations,
            state,
            seen,
        };
        self.put_state(call, undo);
    }

    /// `undo`: what takes back what was said to be done.
    fn put_state(self, call: SetState, undo: Option<Undo>) {
        let conversations = call.conversations.clone();
        spawn_local(async move {
            if let Err(error) = self.backend.call(call).await {
                self.state_refused(&conversations, error, undo);
            }
        });
    }

    /// Says so in place of what was said to be done. Of several conversations those in which no customer was faster are as was
    /// decided, which can still be taken back.
    fn state_refused(self, conversations: &[ConversationId], error: ApiError, undo: Option<Undo>) {
        let is_conflict = error.code == ErrorCode::Conflict;
        let words = match is_conflict {
            true => self.peek(|state| state.about(conversations, error.message)),
            false => error.message,
        };
        match undo.filter(|_| is_conflict && conversations.len() > 1) {
            Some(undo) => self.tell_done(words, move || undo()),
            None => self.dispatch(Action::Notice(words)),
        }
    }

    /// Nothing is left to be done about the open or the selected conversations; when that is so already, there is again.
    pub fn resolve_or_reopen(self) {
        let targets = self.targets();
        let is_active = |state: &State| {
            let mut rows = targets.iter().filter_map(|id| state.rows.get(id));
            rows.any(|row| row.state.is_active())
        };
        self.set_state(match self.peek(is_active) {
            true => ConversationState::Resolved,
            false => ConversationState::Open,
        });
    }

    /// Resolves the open conversation, or the row that has the focus, or those that are selected, and opens the one below.
    pub fn resolve_and_next(self) {
        let targets = self.targets();
        let next = self.peek(|state| state.next_after(&targets));
        self.set_state(ConversationState::Resolved);
        match next {
            Some(next) => self.open(next),
            None => self.dispatch(Action::Closed),
        }
    }

    /// Who is to deal with the open or the selected conversations. It can be taken back.
    pub fn assign(self, assignee: String) {
        let conversations = self.take_targets();
        let before = self.peek(|state| state.assignees_before(&conversations, &assignee));
        if !before.is_empty() {
            let words = text::assigned(&assignee, before.len());
            let to = assignee.clone();
            self.tell_decided(&conversations, words, move || {
                let back = self.peek(|state| state.assignees_back(&before, &to));
                back.into_iter().for_each(|call| self.decide(call));
            });
        }
        self.decide(Assign {
            conversations,
            assignee,
        });
    }

    /// The caller is to deal with them.
    pub fn assign_to_me(self) {
        self.assign(self.peek(|state| state.me().to_owned()));
    }

    /// Puts a label on the open or the selected conversations, or takes it off. It can be taken back.
    pub fn label(self, label: LabelId, is_on: bool) {
        let conversations = self.targets();
        let (name, changed): (_, Vec<_>) = self.peek(|state| {
            let known = state.team.labels.iter().find(|known| known.id == label);
            let rows = conversations.iter().filter_map(|id| state.rows.get(id));
            let changed = rows.filter(|row| row.labels.contains(&label) != is_on);
            (
                known.map(|known| known.name.clone()).unwrap_or_default(),
                changed.map(|row| row.id).collect(),
            )
        });
        if !changed.is_empty() {
            let words = text::labeled(&name, is_on, changed.len());
            self.tell_decided(&conversations, words, move || {
                self.decide(LabelConversations {
                    conversations: changed.clone(),
                    label,
                    is_on: !is_on,
                });
            });
        }
        self.decide(LabelConversations {
            conversations,
            label,
            is_on,
        });
    }

    /// The open or the selected conversations have not been seen; an open one is closed, or it would be at once. It can be taken
    /// back.
    pub fn mark_unread(self) {
        let conversations = self.take_targets();
        let before: Vec<_> = self.peek(|state| {
            let rows = conversations.iter().filter_map(|id| state.rows.get(id));
            rows.map(|row| (row.id, row.read_up_to)).collect()
        });
        self.tell_decided(&conversations, text::unread_now(conversations.len()), move || {
            for (conversation, up_to) in before.clone() {
                self.decide(MarkRead { conversation, up_to });
            }
        });
        for conversation in conversations {
            if self.peek(|state| state.open == Some(conversation)) {
                self.dispatch(Action::Closed);
            }
            self.decide(MarkUnread { conversation });
        }
    }

    /// Selects a conversation, or does not any more.
    pub fn select(self, conversation: ConversationId) {
        let is_on = self.peek(|state| !state.selected.contains(&conversation));
        self.dispatch(Action::Team(TeamAction::Selected(conversation, is_on)));
    }

    /// What a decision is about now.
    fn targets(self) -> Vec<ConversationId> {
        let focused = keyboard::focused_row();
        self.peek(|state| state.targets(focused))
    }

    /// What was decided about is not selected any more.
    fn take_targets(self) -> Vec<ConversationId> {
        let targets = self.targets();
        self.dispatch(Action::Team(TeamAction::NoneSelected));
        targets
    }

    /// Selects the row of the list that has the focus, for what is chosen in a menu, which takes the focus: unless others are
    /// selected or it is the open one.
    pub fn select_focused_row(self) {
        let Some(row) = keyboard::focused_row() else { return };
        if self.peek(|state| state.selected.is_empty() && state.open != Some(row)) {
            self.dispatch(Action::Team(TeamAction::Selected(row, true)));
        }
    }

    /// Says what was decided, with the name of a single conversation that is not the open one.
    fn tell_decided(self, about: &[ConversationId], words: String, undo: impl Fn() + Send + Sync + 'static) {
        let words = self.peek(|state| state.about(about, words));
        self.tell_done(words, undo);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;
    use crate::state::fixtures::row;
    use leptos::prelude::{Owner, UpdateValue};
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn what_was_done_can_be_taken_back_also_when_some_customers_were_faster() {
        let _owner = Owner::new_root(None);
        let session = Session::with(Backend::Http);
        let conflict = || ApiError::new(ErrorCode::Conflict, "Wrote meanwhile.");
        let (alice, bob) = (ConversationId(1), ConversationId(2));
        let is_back = Arc::new(AtomicBool::new(false));
        let undo = || -> Undo {
            let is_back = Arc::clone(&is_back);
            Arc::new(move || is_back.store(true, Ordering::Relaxed))
        };
        session.state_refused(&[alice, bob], conflict(), Some(undo()));
        assert!(session.peek(State::tells_what_was_done));
        session.undo();
        assert!(is_back.load(Ordering::Relaxed));

        for (of, error) in [
            (vec![alice], conflict()),
            (vec![alice, bob], ApiError::unavailable("No answer.")),
        ] {
            session.state_refused(&of, error, Some(undo()));
            assert!(!session.peek(State::tells_what_was_done), "nothing was done");
        }
    }

    #[test]
    fn a_chat_in_which_the_customer_was_faster_is_named_when_another_one_is_open() {
        let _owner = Owner::new_root(None);
        let session = Session::with(Backend::Http);
        session
            .state
            .update_value(|state| drop(state.rows.insert(ConversationId(1), row(1, 100))));
        let refused = || {
            let conflict = ApiError::new(ErrorCode::Conflict, "Wrote meanwhile.");
            session.state_refused(&[ConversationId(1)], conflict, None);
            session.peek(|state| {
                state
                    .notice
                    .as_ref()
                    .map(|notice| notice.words.clone())
                    .unwrap_or_default()
            })
        };
        assert!(refused().contains("Person 1"));
        session.dispatch(Action::Opened(ConversationId(1)));
        assert_eq!(refused(), "Wrote meanwhile.");
    }
}
