//! The page of numbers.

use super::Session;
use crate::state::{Action, NumberAction, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;
use twinbox_domain::NumberId;
use twinbox_protocol::{CheckNumber, ConversationFilter, GetHealth, ResumeSending, SetNumber};

impl Session {
    /// Lets something else fill the window.
    pub fn enter(self, place: Place) {
        self.dispatch(Action::GoTo(place));
    }

    /// Shows the number at this place: on the page of numbers its own page, elsewhere its chats.
    pub fn switch_number(self, place: u8) {
        if self.peek(|state| state.place == Some(Place::Numbers)) {
            let number = self.peek(|state| {
                state
                    .overview
                    .as_ref()?
                    .numbers
                    .get(usize::from(place))
                    .map(|it| it.id.clone())
            });
            number.into_iter().for_each(|number| self.choose_number(number));
        } else {
            self.enter(Place::Inbox);
            self.choose_filter(ConversationFilter::Number(place));
        }
    }

    /// Shows the page of a number.
    pub fn choose_number(self, number: NumberId) {
        self.dispatch(Action::Number(NumberAction::Chosen(number)));
    }

    /// Asks how a number is.
    pub fn load_health(self, number: NumberId) {
        spawn_local(async move {
            let call = GetHealth { number: number.clone() };
            let action = match self.backend.call(call).await {
                Ok(health) => NumberAction::Told(Box::new(health)),
                Err(error) => NumberAction::NotTold(number, error),
            };
            self.dispatch(Action::Number(action));
        });
    }

    /// Has Meta asked how a number is; `is_asking` until it is told.
    pub fn check_number(self, number: NumberId, is_asking: RwSignal<bool>) {
        is_asking.set(true);
        spawn_local(async move {
            let action = match self.backend.call(CheckNumber { number }).await {
                Ok(health) => Action::Number(NumberAction::Told(Box::new(health))),
                Err(error) => Action::Notice(error.message),
            };
            self.dispatch(action);
            // The page may have gone meanwhile.
            is_asking.try_set(false);
        });
    }

    /// Sets name and cap of a number. What they are then arrives as an event.
    pub fn set_number(self, call: SetNumber) {
        self.dispatch(Action::Number(NumberAction::Saving));
        spawn_local(async move {
            let action = match self.backend.call(call).await {
                Ok(()) => NumberAction::Saved,
                Err(error) => NumberAction::NotSaved(error),
            };
            self.dispatch(Action::Number(action));
        });
    }

    /// Has a number send again that WhatsApp refused. How it stands then arrives as an event.
    pub fn resume_sending(self, number: NumberId) {
        spawn_local(async move {
            if let Err(error) = self.backend.call(ResumeSending { number }).await {
                self.dispatch(Action::Notice(error.message));
            }
        });
    }

    /// Stops sending from every number.
    pub fn pause_everything(self) {
        for number in self.numbers_that(false) {
            self.pause_sending(number);
        }
    }

    /// Lets every number go on.
    pub fn resume_everything(self) {
        for number in self.numbers_that(true) {
            self.resume_sending(number);
        }
    }

    fn numbers_that(self, are_paused: bool) -> Vec<NumberId> {
        self.peek(|state| {
            let numbers = state.overview.iter().flat_map(|overview| &overview.numbers);
            let those = numbers.filter(|number| number.pause.is_some() == are_paused);
            those.map(|number| number.id.clone()).collect()
        })
    }
}
