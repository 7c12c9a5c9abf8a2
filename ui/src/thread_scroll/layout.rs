//! Where the messages of a thread lie, and moving the page's elements there. [`ThreadScroll`] says when.
//!
//! [`ThreadScroll`]: super::ThreadScroll

use crate::clock::day_number;
use crate::resize::Size;
use crate::scroll::{Anchor, Measured};
use leptos::prelude::*;
use std::collections::HashMap;
use std::rc::Rc;
use twinbox_domain::Millis;
use twinbox_protocol::MessageCursor;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// This close to the end counts as at the end.
const END: f64 = 48.0;
/// Drawn beyond each edge of the screen, once what is on it was painted.
const OVERSCAN: f64 = 600.0;
/// More messages are asked for when less than this is above the screen, or below it.
const LOAD_AHEAD: f64 = 1500.0;
/// The room a day's label takes at the top.
const DAY_LABEL: f64 = 36.0;

/// The elements of one thread.
pub struct Page {
    /// The one that scrolls.
    pub scroller: Element,
    /// The one the messages lie on, as high as all of them.
    pub canvas: HtmlElement,
    /// Of the scroller, the tail and every message drawn.
    pub observer: Option<ResizeObserver>,
}

/// What is to be shown.
pub struct Look {
    /// The messages to draw.
    pub drawn: Vec<MessageCursor>,
    /// The last message of all.
    pub newest: Option<MessageCursor>,
    /// The time of the message at the top, unless a day's own label is about there.
    pub day_above: Option<Millis>,
    /// The oldest loaded message is near.
    pub near_oldest: bool,
    /// And so is the newest.
    pub near_newest: bool,
}

/// Heights, elements, and where the reader is.
pub struct Layout {
    /// The message at the top of the screen.
    pub anchor: Option<Anchor<MessageCursor>>,
    /// The message that is drawn on the screen and off it.
    pub kept: Option<MessageCursor>,
    /// The heights of all messages.
    pub list: Measured<MessageCursor>,
    /// The height of the view, in pixels; until it is told, of the last thread's.
    viewport: StoredValue<Option<f64>>,
    /// Whether the page has laid this thread out. Until then it is not asked where things are: that would have it laid out
    /// before anything is in it.
    pub is_laid_out: bool,
    page: Option<Page>,
    rows: HashMap<MessageCursor, Element>,
    width: f64,
    /// Where the view was last put or found. When it is elsewhere, the reader has scrolled.
    top: i32,
    /// How far beyond each edge of the screen messages are drawn.
    overscan: f64,
    /// What follows after the messages is about to change, so that the page itself may move the view.
    pub tail_changes: bool,
    load_older: Rc<dyn Fn()>,
    load_newer: Rc<dyn Fn()>,
}

impl Layout {
    /// Forgets an anchor that is older than every message loaded. `true` when there was such a one.
    pub fn lose_anchor(&mut self) -> bool {
        let oldest = self.list.keys(0..1).first().copied();
        let is_lost = matches!((self.anchor, oldest), (Some(anchor), Some(oldest)) if anchor.key < oldest);
        if is_lost {
            self.anchor = None;
        }
        is_lost
    }

    /// Of nothing yet.
    pub fn new(
        anchor: Option<Anchor<MessageCursor>>,
        viewport: StoredValue<Option<f64>>,
        load_older: impl Fn() + 'static,
        load_newer: impl Fn() + 'static,
    ) -> Self {
        Self {
            anchor,
            kept: None,
            list: Measured::default(),
            viewport,
            is_laid_out: viewport.get_value().is_none(),
            page: None,
            rows: HashMap::new(),
            width: 0.0,
            top: 0,
            overscan: 0.0,
            tail_changes: false,
            load_older: Rc::new(load_older),
            load_newer: Rc::new(load_newer),
        }
    }

    /// What asks for older messages.
    pub fn load_older(&self) -> Rc<dyn Fn()> {
        Rc::clone(&self.load_older)
    }

    /// What asks for newer messages.
    pub fn load_newer(&self) -> Rc<dyn Fn()> {
        Rc::clone(&self.load_newer)
    }

    /// Whether the first message was just drawn.
    pub fn is_first(&self) -> bool {
        self.overscan == 0.0 && self.rows.len() == 1
    }

    /// From now on also draws what is near the screen. `false`: it does already, or nothing is on the screen yet.
    pub fn draw_beyond(&mut self) -> bool {
        let begins = self.overscan < OVERSCAN && !self.rows.is_empty();
        if begins {
            self.overscan = OVERSCAN;
        }
        begins
    }

    /// Binds it to its elements.
    pub fn attach(&mut self, page: Page) {
        for (row, observer) in self.rows.values().zip(std::iter::repeat(&page.observer)) {
            observer.iter().for_each(|observer| observer.observe(row));
        }
        self.page = Some(page);
    }

    /// Stops observing.
    pub fn detach(&self) {
        self.observer().into_iter().for_each(ResizeObserver::disconnect);
    }

    /// A message is drawn.
    pub fn add(&mut self, cursor: MessageCursor, row: Element) {
        self.observer().into_iter().for_each(|observer| observer.observe(&row));
        self.place(cursor, &row);
        self.rows.insert(cursor, row);
    }

    /// It is drawn no longer.
    pub fn remove(&mut self, cursor: MessageCursor) {
        if let Some(row) = self.rows.remove(&cursor) {
            self.observer()
                .into_iter()
                .for_each(|observer| observer.unobserve(&row));
        }
    }

    /// Takes the sizes of elements over.
    pub fn resized(&mut self, sizes: Vec<(Element, Size)>) {
        for (element, size) in sizes {
            let row = self
                .rows
                .iter()
                .find(|(_, row)| **row == element)
                .map(|(cursor, _)| *cursor);
            if let Some(cursor) = row {
                self.list.measure(cursor, size.height);
            } else if self.page.as_ref().is_some_and(|page| page.scroller == element) {
                self.viewport.set_value(Some(size.height));
                // Texts wrap elsewhere now. Those on screen are measured again at once.
                if size.width != self.width && self.width != 0.0 {
                    self.list.forget();
                    let heights = self
                        .rows
                        .iter()
                        .map(|(cursor, row)| (*cursor, row.get_bounding_client_rect().height()));
                    heights.for_each(|(cursor, height)| {
                        self.list.measure(cursor, height);
                    });
                }
                self.width = size.width;
            }
        }
    }

    /// Notes where the reader has scrolled. `true` when that is the end; `None` when it was not the reader. Due before
    /// heights or the order change: until then the view belongs to what was.
    pub fn scrolled(&mut self) -> Option<bool> {
        if !self.is_laid_out {
            return None;
        }
        let top = self.page.as_ref()?.scroller.scroll_top();
        if top == self.top || self.tail_changes {
            return None;
        }
        self.top = top;
        self.anchor = self.list.anchor(f64::from(top));
        self.shows_end()
    }

    /// Whether the end is on the screen, or nearly.
    pub fn shows_end(&self) -> Option<bool> {
        let scroller = &self.page.as_ref()?.scroller;
        let below = scroller.scroll_height() - scroller.client_height() - self.top;
        Some(f64::from(below) <= END)
    }

    /// Moves everything to its place, and the view to the end or to where the reader was.
    pub fn settle(&mut self, at_end: bool) {
        let Some(page) = &self.page else { return };
        set_style(&page.canvas, "height", self.list.total());
        for (cursor, row) in &self.rows {
            self.place(*cursor, row);
        }
        if !self.is_laid_out {
            // The observer tells every size before this is painted, and it is settled then.
            return;
        }
        let top = match self.anchor.filter(|_| !at_end) {
            Some(anchor) => self.list.scroll_top_of(anchor).round() as i32,
            None => page.scroller.scroll_height(),
        };
        // Not when it is there already: that would end a smooth scrolling.
        if top != self.top {
            page.scroller.set_scroll_top(top);
        }
        // The page may have stopped it short.
        self.top = page.scroller.scroll_top();
        if at_end {
            self.anchor = self.list.anchor(f64::from(self.top));
        }
    }

    /// What is to be shown now. `None` before it is bound to a page.
    pub fn look(&self, at_end: bool) -> Option<Look> {
        let page = self.page.as_ref()?;
        let told = self.viewport.get_value();
        let height = told.unwrap_or_else(|| f64::from(page.scroller.client_height()));
        let top = if self.is_laid_out {
            f64::from(self.top)
        } else {
            // Where it will be put, as far as heights are guessed right.
            let anchor = self.anchor.filter(|_| !at_end);
            anchor.map_or(self.list.total() - height, |anchor| self.list.scroll_top_of(anchor))
        };
        let window = self.list.window(top, height, self.overscan);
        Some(Look {
            drawn: self.list.drawn(window, self.kept),
            newest: self.list.keys(0..self.list.len()).last().copied(),
            day_above: self.day_above(top),
            near_oldest: self.list.len() > 0 && top < LOAD_AHEAD,
            near_newest: self.list.len() > 0 && self.list.total() - top - height < LOAD_AHEAD,
        })
    }

    fn day_above(&self, top: f64) -> Option<Millis> {
        let at = self.list.anchor(top)?;
        let next = self.list.anchor(top + DAY_LABEL)?;
        let label_is_near = next.key != at.key && day_number(next.key.at) != day_number(at.key.at);
        let own_label_shows = at.below_top > -DAY_LABEL && self.starts_day(at.key);
        (!label_is_near && !own_label_shows).then_some(at.key.at)
    }

    fn starts_day(&self, cursor: MessageCursor) -> bool {
        let above = self.list.above(cursor);
        above.is_none_or(|above| day_number(above.at) != day_number(cursor.at))
    }

    fn place(&self, cursor: MessageCursor, row: &Element) {
        use wasm_bindgen::JsCast;
        if let (Some(top), Some(row)) = (self.list.top_of(cursor), row.dyn_ref::<HtmlElement>()) {
            set_style(row, "top", top);
        }
    }

    fn observer(&self) -> Option<&ResizeObserver> {
        self.page.as_ref()?.observer.as_ref()
    }
}

fn set_style(element: &HtmlElement, property: &str, pixels: f64) {
    // A length in pixels is always a valid value.
    let _ = element.style().set_property(property, &format!("{pixels}px"));
}
