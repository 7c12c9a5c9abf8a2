//! Deciding about conversations: the open one, the row of the list with the focus, or those that were selected.

use super::Session;
use crate::keyboard;
use crate::state::{Action, State, TeamAction};
use crate::text;
use leptos::task::spawn_local;
use twinbox_domain::{ConversationId, ConversationState, LabelId};
use twinbox_protocol::{Assign, LabelConversations, MarkRead, MarkUnread, SetState};

impl Session {
    /// What is to be done about the open or the selected conversations. It can be taken back.
    pub fn set_state(self, to: ConversationState) {
        let conversations = self.take_targets();
        let (before, seen, now) = self.peek(|state| (state.states_before(&conversations, to), state.seq, state.now));
        if !before.is_empty() {
            let words = text::state_set(to, before.len(), now);
            self.tell_decided(&conversations, words, move || {
                let back = self.peek(|state| state.states_back(&before, to, seen));
                back.into_iter().for_each(|call| self.put_state(call));
            });
        }
        let state = to;
        self.put_state(SetState {
            conversations,
            state,
            seen,
        });
    }

    /// Says so when a customer was faster, in place of what was said to be done.
    fn put_state(self, call: SetState) {
        spawn_local(async move {
            if let Err(error) = self.backend.call(call).await {
                self.dispatch(Action::Notice(error.message));
            }
        });
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
        let name = self.peek(|state| {
            let [one] = about else { return None };
            let row = state.rows.get(one).filter(|_| state.open != Some(*one))?;
            Some(state.name_of(&row.person))
        });
        let words = match name {
            Some(name) => text::about_chat(&name, &words),
            None => words,
        };
        self.tell_done(words, undo);
    }
}
