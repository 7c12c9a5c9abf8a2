//! What deciding about conversations looks at.

use super::State;
use twinbox_domain::ConversationId;

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
}
