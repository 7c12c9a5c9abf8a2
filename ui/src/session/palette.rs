//! The palette: looking for something from anywhere.

use super::Session;
use super::search::filters_of;
use crate::state::{Action, PaletteAction, Scope, State};
use leptos::task::spawn_local;
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
        self.dispatch(Action::Palette(PaletteAction::Typed(text)));
        self.ask_as_typed(move || self.awaited_by_palette(), move |_| self.ask_in_palette());
    }

    /// Looks elsewhere.
    pub fn look_in(self, scope: Scope) {
        self.dispatch(Action::Palette(PaletteAction::Scoped(scope)));
        self.ask_in_palette();
    }

    fn awaited_by_palette(self) -> Option<u64> {
        self.peek(|state| state.palette.as_ref()?.found.loading)
    }

    fn ask_in_palette(self) {
        let Some((asked, call)) = self.awaited_by_palette().zip(self.peek(question)) else {
            return;
        };
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
