//! What deciding about conversations looks at: where it goes on, what takes a decision back, and whom its words name.

use super::State;
use crate::text;
use twinbox_domain::{ConversationId, ConversationState, Seq};
use twinbox_protocol::{Assign, ConversationRow, SetState};

impl State {
    /// The conversation to go on with when these are put away: the first below the open one, or below a single one, that stays;
    /// otherwise the first above.
    pub fn next_after(&self, put_away: &[ConversationId]) -> Option<ConversationId> {
        let from = match put_away {
            [one] => *one,
            _ => self.open?,
        };
        let list = self.list()?;
        let at = list.index_of(self.rows.get(&from)?)?;
        let mut others = (at + 1..list.len()).chain((0..at).rev()).filter_map(|at| list.get(at));
        others.find(|id| !put_away.contains(id))
    }

    /// Those of these conversations about which something else is to be done than `to`, and what.
    pub fn states_before(
        &self,
        conversations: &[ConversationId],
        to: ConversationState,
    ) -> Vec<(ConversationId, ConversationState)> {
        let rows = conversations.iter().filter_map(|id| self.rows.get(id));
        let changed = rows.filter(|row| row.state != to);
        changed.map(|row| (row.id, row.state)).collect()
    }

    /// Those of these conversations that somebody else is to deal with than `to`, and who.
    pub fn assignees_before(&self, conversations: &[ConversationId], to: &str) -> Vec<(ConversationId, String)> {
        let rows = conversations.iter().filter_map(|id| self.rows.get(id));
        let changed = rows.filter(|row| row.assignee != to);
        changed.map(|row| (row.id, row.assignee.clone())).collect()
    }

    /// Takes back that `to` was decided about these conversations when changes up to `seen` were known: a customer who wrote
    /// since keeps theirs open.
    pub fn states_back(
        &self,
        before: &[(ConversationId, ConversationState)],
        to: ConversationState,
        seen: Option<Seq>,
    ) -> Vec<SetState> {
        let back = self.still_decided(before, &to, |row| &row.state).into_iter();
        back.map(|(state, conversations)| SetState {
            conversations,
            state,
            seen,
        })
        .collect()
    }

    /// Takes back that these conversations were assigned to `to`.
    pub fn assignees_back(&self, before: &[(ConversationId, String)], to: &String) -> Vec<Assign> {
        let back = self.still_decided(before, to, |row| &row.assignee).into_iter();
        back.map(|(assignee, conversations)| Assign {
            conversations,
            assignee,
        })
        .collect()
    }

    /// Conversations by what they were before `to` was decided, without those about which somebody decided something else since.
    /// What was decided may not have been told yet: then they are what they were.
    fn still_decided<T: Clone + PartialEq>(
        &self,
        before: &[(ConversationId, T)],
        to: &T,
        of: impl Fn(&ConversationRow) -> &T,
    ) -> Vec<(T, Vec<ConversationId>)> {
        let mut back: Vec<(T, Vec<ConversationId>)> = Vec::new();
        for (id, was) in before {
            let now = self.rows.get(id).map(&of);
            if now.is_some_and(|now| now != to && now != was) {
                continue;
            }
            match back.iter_mut().find(|(same, _)| same == was) {
                Some((_, conversations)) => conversations.push(*id),
                None => back.push((was.clone(), vec![*id])),
            }
        }
        back
    }

    /// Words about these conversations, with the name of a single one that is not the open one.
    pub fn about(&self, conversations: &[ConversationId], words: String) -> String {
        let [one] = conversations else { return words };
        match self.rows.get(one).filter(|_| self.open != Some(*one)) {
            Some(row) => text::about_chat(&self.name_of(&row.person), &words),
            None => words,
        }
    }
}
