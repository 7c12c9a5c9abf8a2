//! The palette: looking for something from anywhere.

use super::Session;
use super::search::{TYPING_PAUSE, filters_of};
use crate::state::{Action, PaletteAction, Scope, State};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_protocol::Search;

/// Messages in the palette. Whoever wants more searches in the list.
const SHOWN: u32 = 30;

impl Session {
    /// Shows the palette, or puts it away.
    pub fn toggle_palette(self) {
        let is_open = self.peek(|state| state.palette.is_some());
        self.dispatch(Action::Palette(match is_open {
            true => PaletteAction::Closed,
            false => PaletteAction::Opened,
        }));
    }

    /// Looks for something else.
    pub fn type_in_palette(self, text: String) {
        // The first letter brings something at once.
        let pause = match self.peek(|state| state.palette.as_ref().is_some_and(|palette| palette.found.is_on())) {
            true => TYPING_PAUSE,
            false => Duration::ZERO,
        };
        self.dispatch(Action::Palette(PaletteAction::Typed(text)));
        self.ask_in_palette(pause);
    }

    /// Looks elsewhere.
    pub fn look_in(self, scope: Scope) {
        self.dispatch(Action::Palette(PaletteAction::Scoped(scope)));
        self.ask_in_palette(Duration::ZERO);
    }

    fn ask_in_palette(self, pause: Duration) {
        let waited_for = move || self.peek(|state| state.palette.as_ref()?.found.loading);
        let Some(asked) = waited_for() else { return };
        let ask = move || {
            // More was typed meanwhile.
            if waited_for() == Some(asked) {
                self.find_in_palette(asked);
            }
        };
        set_timeout(ask, pause);
    }

    fn find_in_palette(self, asked: u64) {
        let Some(call) = self.peek(question) else { return };
        spawn_local(async move {
            self.dispatch(Action::Palette(match self.backend.call(call).await {
                Ok(results) => PaletteAction::Found(asked, results),
                Err(error) => PaletteAction::Failed(asked, error),
            }));
        });
    }
}

fn question(state: &State) -> Option<Search> {
    let typed = state.typed_in_palette()?;
    let is_files = state.palette.as_ref()?.scope == Scope::Files;
    let mut filters = filters_of(state, typed.filters);
    filters.has_media |= is_files;
    Some(Search {
        filters,
        text: typed.words,
        before: None,
        limit: SHOWN,
    })
}
