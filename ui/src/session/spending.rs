//! What messages cost.

use super::Session;
use crate::state::Action;
use crate::told::Told;
use leptos::prelude::*;
use leptos::task::spawn_local;
use twinbox_domain::{Millis, NumberId};
use twinbox_protocol::{GetRates, GetSpending, RatesView, SaveRates, SpendingView};

impl Session {
    /// Asks what was spent.
    pub fn load_spending(self, number: NumberId, from: Millis, to: Millis, told: Told<Option<SpendingView>>) {
        spawn_local(async move {
            match self.backend.call(GetSpending { number, from, to }).await {
                Ok(view) => told.set(Some(view)),
                Err(error) => self.dispatch(Action::Notice(error.message)),
            }
        });
    }

    /// Asks for the table of rates.
    pub fn load_rates(self, told: Told<Option<RatesView>>) {
        spawn_local(async move {
            match self.backend.call(GetRates {}).await {
                Ok(view) => told.set(Some(view)),
                Err(error) => self.dispatch(Action::Notice(error.message)),
            }
        });
    }

    /// Saves the table, and asks how it stands then; `problem` says what is in the way.
    pub fn save_rates(self, call: SaveRates, told: Told<Option<RatesView>>, problem: RwSignal<Option<String>>) {
        spawn_local(async move {
            match self.backend.call(call).await {
                Ok(()) => self.load_rates(told),
                Err(error) => drop(problem.try_set(Some(error.message))),
            }
        });
    }
}
