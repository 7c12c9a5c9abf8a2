//! Searching within the open conversation.

use crate::state::{FindAction, Part, State, Touched, Within};

impl State {
    pub(in crate::state) fn find_within(&mut self, action: FindAction, t: &mut Touched) {
        match action {
            FindAction::WithinOpened(conversation) => self.within = Some(Within::new(conversation)),
            FindAction::WithinClosed => self.within = None,
            FindAction::WithinTyped(text) => {
                self.asked += 1;
                let Some(within) = &mut self.within else { return };
                within.text = text;
                within.failed = false;
                within.loading = within.query().map(|_| self.asked);
                // Hits of other words must not pass for those of these.
                within.hits.clear();
                within.more = false;
                within.at = 0;
            }
            FindAction::WithinMoreAsked => {
                self.asked += 1;
                let Some(within) = &mut self.within else { return };
                within.loading = Some(self.asked);
                within.failed = false;
            }
            FindAction::WithinFound { asked, before, results } => match &mut self.within {
                Some(within) if within.loading == Some(asked) => within.extend(before, results),
                _ => return,
            },
            FindAction::WithinFailed(asked, error) => {
                if let Some(within) = self.within.as_mut().filter(|within| within.loading == Some(asked)) {
                    within.loading = None;
                    within.failed = true;
                }
                self.fail(error, t);
            }
            FindAction::WithinAt(at) => {
                let Some(within) = &mut self.within else { return };
                within.at = at;
            }
            _ => return,
        }
        t.add(Part::Within);
    }
}
