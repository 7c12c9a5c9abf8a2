//! The palette: what is typed into it, where it looks, and what was found.

use super::{Found, Part, State, Touched};
use twinbox_domain::TypedSearch;
use twinbox_protocol::{ApiError, SearchResults};

/// Where the palette looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    #[default]
    Everything,
    /// In messages.
    Messages,
    /// Among chats and people.
    People,
    /// In messages with a file.
    Files,
    /// Among what the app can do.
    Actions,
}

impl Scope {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Everything,
        Self::Messages,
        Self::People,
        Self::Files,
        Self::Actions,
    ];
}

/// While it is shown.
#[derive(Debug, Default)]
pub struct Palette {
    /// What is looked for and was found.
    pub found: Found,
    /// Where.
    pub scope: Scope,
}

/// Something that happened in the palette.
#[derive(Debug)]
pub enum PaletteAction {
    /// It is shown.
    Opened,
    /// It is not any more.
    Closed,
    /// Something else is looked for.
    Typed(String),
    /// It is looked for elsewhere.
    Scoped(Scope),
    /// Results have come, with the number they were asked for by.
    Found(u64, SearchResults),
    /// They have not.
    Failed(u64, ApiError),
}

impl State {
    /// The words and filters in the palette; `None` while it is not shown.
    pub fn typed_in_palette(&self) -> Option<TypedSearch> {
        let palette = self.palette.as_ref()?;
        Some(TypedSearch::parse(&palette.found.text, &self.search_names()))
    }

    pub(in crate::state) fn in_palette(&mut self, action: PaletteAction, t: &mut Touched) {
        t.add(Part::Palette);
        match action {
            PaletteAction::Opened => self.palette = Some(Palette::default()),
            PaletteAction::Closed => self.palette = None,
            PaletteAction::Typed(text) => {
                self.asked += 1;
                let asked = self.asked;
                self.change_palette(|palette| {
                    palette.found.text = text;
                    palette.found.is_old = true;
                    palette.ask(asked);
                });
            }
            PaletteAction::Scoped(scope) => {
                self.asked += 1;
                let asked = self.asked;
                self.change_palette(|palette| {
                    // A file is asked for by a filter, so these are other results.
                    let is_other = (palette.scope == Scope::Files) != (scope == Scope::Files);
                    palette.scope = scope;
                    if is_other {
                        palette.found.results = None;
                        palette.ask(asked);
                    }
                });
            }
            PaletteAction::Found(asked, results) => self.change_palette(|palette| {
                if palette.found.loading == Some(asked) {
                    palette.found.extend(None, results);
                }
            }),
            PaletteAction::Failed(asked, error) => {
                self.change_palette(|palette| {
                    if palette.found.loading == Some(asked) {
                        palette.found.loading = None;
                        palette.found.failed = true;
                        palette.found.results = None;
                    }
                });
                self.fail(error, t);
            }
        }
    }

    fn change_palette(&mut self, change: impl FnOnce(&mut Palette)) {
        if let Some(palette) = &mut self.palette {
            change(palette);
        }
    }
}

impl Palette {
    /// Waits for an answer, or for none when nothing is looked for.
    fn ask(&mut self, asked: u64) {
        self.found.failed = false;
        self.found.loading = self.found.is_on().then_some(asked);
        if self.found.loading.is_none() {
            self.found.results = None;
        }
    }
}
