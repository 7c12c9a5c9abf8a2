//! Which part of the list is on screen.

use crate::screen::{Screen, list_height};
use crate::scroll::rows;
use crate::session::Session;
use crate::state::Part;
use leptos::html::Div;
use leptos::prelude::*;
use std::ops::Range;

/// The room above the first row and below the last one, as in `list.css`.
const PADDING: f64 = 6.0;
/// Heights of a row, as in `list.css` and `frame.css`, and the gap below it.
const ROW_HEIGHT: f64 = 80.0;
const COMPACT_ROW_HEIGHT: f64 = 64.0;
const NARROW_ROW_HEIGHT: f64 = 56.0;
const GAP: f64 = 1.0;

/// From the top of a row to that of the next, in pixels.
fn row_height(screen: Screen) -> f64 {
    GAP + match (screen.narrow.get(), screen.compact.get()) {
        (true, _) => NARROW_ROW_HEIGHT,
        (false, true) => COMPACT_ROW_HEIGHT * screen.scale.get(),
        (false, false) => ROW_HEIGHT * screen.scale.get(),
    }
}

/// How many rows a screen shows at most.
pub fn screenful(screen: Screen) -> usize {
    (list_height() / row_height(screen)).ceil() as usize
}

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct RowView {
    /// The element that scrolls.
    pub scroller: NodeRef<Div>,
    /// How many rows are loaded.
    pub count: Memo<usize>,
    /// In pixels.
    pub row_height: Memo<f64>,
    /// Pixels above the screen.
    pub scroll_top: RwSignal<f64>,
    /// Pixels on the screen.
    pub viewport: RwSignal<f64>,
    /// Rows are on screen: those beyond its edges can be drawn as well.
    pub is_painted: RwSignal<bool>,
    /// The rows to draw.
    pub window: Memo<Range<usize>>,
}

impl RowView {
    /// At the top of the chosen list.
    pub fn new() -> Self {
        let screen = Screen::use_();
        let scroll_top = RwSignal::new(0.0);
        let viewport = RwSignal::new(list_height());
        let is_painted = RwSignal::new(false);
        let row_height = Memo::new(move |_| row_height(screen));
        let count = Session::use_().memo(Part::List, |state| state.list().map_or(0, |list| list.len()));
        let window = Memo::new(move |_| {
            rows::window(
                count.get(),
                row_height.get(),
                scroll_top.get() - PADDING,
                viewport.get(),
                if is_painted.get() { rows::OVERSCAN } else { 0 },
            )
        });
        Self {
            scroller: NodeRef::new(),
            count,
            row_height,
            scroll_top,
            viewport,
            is_painted,
            window,
        }
    }

    /// The places of the rows that begin on the screen.
    pub fn on_screen(self) -> Range<usize> {
        let row_height = self.row_height.get_untracked();
        let top = (self.scroll_top.get_untracked() - PADDING).max(0.0);
        let first = (top / row_height).ceil() as usize;
        first..first + (self.viewport.get_untracked() / row_height).ceil() as usize
    }

    /// Takes over where the element stands.
    pub fn scrolled(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            self.scroll_top.set(f64::from(scroller.scroll_top()));
        }
    }

    /// Scrolls.
    pub fn scroll_to(self, top: f64) {
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(top.round() as i32);
            self.scrolled();
        }
    }

    /// Scrolls as little as it takes to show a row.
    pub fn show(self, index: usize) {
        let now = self.scroll_top.get_untracked();
        let row_height = self.row_height.get_untracked();
        // Shown with the room around it.
        let viewport = self.viewport.get_untracked() - 2.0 * PADDING;
        let to = rows::scroll_to(index, row_height, now, viewport);
        if to != now {
            self.scroll_to(to);
        }
    }
}
