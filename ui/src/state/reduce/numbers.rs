//! The page of numbers.

use crate::state::numbers::{NumberAction, Saving};
use crate::state::{Part, State, Touched};
use twinbox_protocol::ErrorCode;

impl State {
    pub(in crate::state) fn number(&mut self, action: NumberAction, t: &mut Touched) {
        let numbers = &mut self.numbers;
        match action {
            NumberAction::Chosen(number) => {
                if numbers.chosen.as_ref() != Some(&number) {
                    numbers.chosen = Some(number);
                    numbers.saving = Saving::Nothing;
                    t.add(Part::ShownNumber);
                    t.add(Part::Saving);
                }
            }
            NumberAction::Told(health) => {
                if numbers.failed.as_ref() == Some(&health.number) {
                    numbers.failed = None;
                }
                numbers.health.insert(health.number.clone(), *health);
                t.add(Part::Health);
            }
            NumberAction::NotTold(number, error) => {
                // The last evidence stays, with its age.
                numbers.failed = Some(number);
                t.add(Part::Health);
                if error.code == ErrorCode::Unauthorized {
                    self.fail(error, t);
                }
            }
            NumberAction::Editing => {
                numbers.saving = Saving::Nothing;
                t.add(Part::Saving);
            }
            NumberAction::Saving => {
                numbers.saving = Saving::UnderWay;
                t.add(Part::Saving);
            }
            NumberAction::Saved => {
                numbers.saving = Saving::Done;
                t.add(Part::Saving);
            }
            NumberAction::NotSaved(error) => {
                numbers.saving = Saving::Refused(error.message.clone());
                t.add(Part::Saving);
                if error.code == ErrorCode::Unauthorized {
                    self.fail(error, t);
                }
            }
        }
    }
}
