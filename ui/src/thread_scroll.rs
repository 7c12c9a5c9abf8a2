//! Scrolling through a thread: draws the messages on screen, and keeps the one being read where it is.
//!
//! Messages lie at absolute places on a canvas as high as all of them. Whatever changes a height or the order ends in
//! [`ThreadScroll::settle`], which moves the places and the view in one go, before anything is painted. WebKitGTK has
//! no scroll anchoring of its own, and the others are told not to use theirs.

mod layout;

use crate::resize::{self, Size};
use crate::screen::after_paint;
use crate::scroll::Anchor;
use layout::{Layout, Page};
use leptos::prelude::*;
use std::collections::HashMap;
use twinbox_domain::{ConversationId, Millis};
use twinbox_protocol::MessageCursor;
use web_sys::{Element, HtmlElement};

/// Where a message stands after someone went to it.
const GONE_TO: f64 = 72.0;

/// Where a conversation was left: by its last seen message and the one at the top, or none when at the end.
type Place = (Option<Anchor<MessageCursor>>, Option<MessageCursor>);

/// Where each conversation was left.
#[derive(Clone, Copy)]
pub struct Places {
    left: StoredValue<HashMap<ConversationId, Place>>,
    /// How high the view is, in pixels; `None` before there was any.
    viewport: StoredValue<Option<f64>>,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            left: StoredValue::new(HashMap::new()),
            viewport: StoredValue::new(None),
        }
    }
}

impl Places {
    /// The message at the top of a conversation that was not left at its end.
    pub fn top(self, conversation: ConversationId) -> Option<MessageCursor> {
        let anchor = self.left.with_value(|places| places.get(&conversation)?.0);
        anchor.map(|anchor| anchor.key)
    }
}

/// A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct ThreadScroll {
    /// The messages to draw.
    pub drawn: RwSignal<Vec<MessageCursor>>,
    /// The view shows the end, and follows it.
    pub at_end: RwSignal<bool>,
    /// The last message seen at the end.
    pub seen: RwSignal<Option<MessageCursor>>,
    /// The time of the message at the top, when its day's own label is not on screen.
    pub day_above: RwSignal<Option<Millis>>,
    /// There are newer messages than those loaded, so that their end is not the end.
    is_cut: StoredValue<bool>,
    layout: StoredValue<Layout, LocalStorage>,
}

impl ThreadScroll {
    /// For one conversation. `load_older` is called when its oldest loaded messages come near, `load_newer` when the
    /// newest do.
    pub fn new(
        conversation: ConversationId,
        places: Places,
        load_older: impl Fn() + 'static,
        load_newer: impl Fn() + 'static,
    ) -> Self {
        let place = places.left.with_value(|places| places.get(&conversation).copied());
        let (anchor, seen) = place.unwrap_or_default();
        let scroll = Self {
            drawn: RwSignal::new(Vec::new()),
            at_end: RwSignal::new(anchor.is_none()),
            seen: RwSignal::new(seen),
            day_above: RwSignal::new(None),
            is_cut: StoredValue::new(false),
            layout: StoredValue::new_local(Layout::new(anchor, places.viewport, load_older, load_newer)),
        };
        on_cleanup(move || {
            let anchor = scroll.layout.try_with_value(|layout| {
                layout.detach();
                layout.anchor
            });
            let anchor = anchor.flatten().filter(|_| !scroll.at_end.get_untracked());
            places.left.update_value(|places| {
                places.insert(conversation, (anchor, scroll.seen.get_untracked()));
            });
        });
        scroll
    }

    /// Binds it to the page: the element that scrolls, the one the messages lie on, and what follows after them. Needs a
    /// [`settle`](Self::settle) afterwards.
    pub fn attach(self, scroller: &Element, canvas: &HtmlElement, tail: &Element) {
        let observer = resize::observer(move |sizes| self.resized(sizes));
        for element in observer.iter() {
            element.observe(scroller);
            element.observe(tail);
        }
        let page = Page {
            scroller: scroller.clone(),
            canvas: canvas.clone(),
            observer,
        };
        self.layout.update_value(|layout| layout.attach(page));
    }

    /// Whether there are newer messages than those loaded.
    pub fn set_cut(self, is_cut: bool) {
        self.is_cut.set_value(is_cut);
    }

    /// The messages there are, oldest first. Needs a [`settle`](Self::settle) afterwards.
    pub fn set_keys(self, keys: impl Iterator<Item = MessageCursor>) {
        self.follow_reader();
        let is_lost = self.layout.try_update_value(|layout| {
            layout.list.set_keys(keys);
            layout.lose_anchor()
        });
        // The end is here; the way back to where it was left would be page after page.
        self.set_at_end(is_lost.filter(|is_lost| *is_lost));
    }

    /// A message was drawn as `row`.
    pub fn mounted(self, cursor: MessageCursor, row: &Element) {
        self.layout.update_value(|layout| layout.add(cursor, row.clone()));
        if self.layout.with_value(Layout::is_first) {
            after_paint(move || self.draw_beyond());
        }
    }

    /// It is drawn no longer.
    pub fn unmounted(self, cursor: MessageCursor) {
        // The whole thread may be gone already.
        self.layout.try_update_value(|layout| layout.remove(cursor));
    }

    /// Texts come to the tail or leave it. Until the next frame the page may move the view because of that; it is put
    /// back then.
    pub fn tail_changes(self) {
        self.layout.update_value(|layout| layout.tail_changes = true);
        request_animation_frame(move || {
            let is_here = self.layout.try_update_value(|layout| layout.tail_changes = false);
            if is_here.is_some() {
                self.settle();
            }
        });
    }

    /// Shows the end, and follows it.
    pub fn go_to_end(self) {
        self.at_end.set(true);
        self.settle();
    }

    /// The message at the top of the screen.
    pub fn top(self) -> Option<MessageCursor> {
        self.layout.with_value(|layout| layout.anchor.map(|anchor| anchor.key))
    }

    /// Shows a message. Does nothing when it is not loaded.
    pub fn go_to(self, cursor: MessageCursor) {
        if self.layout.with_value(|layout| layout.list.top_of(cursor).is_none()) {
            return;
        }
        self.at_end.set(false);
        self.layout.update_value(|layout| {
            layout.is_laid_out = true;
            layout.anchor = Some(Anchor {
                key: cursor,
                below_top: GONE_TO,
            });
        });
        self.settle();
        // A short thread, or one of its last messages: nothing is left to jump to.
        self.set_at_end(self.layout.with_value(Layout::shows_end));
    }

    /// Keeps a message drawn wherever the reader scrolls, because something plays in it. One at a time.
    pub fn keep(self, cursor: MessageCursor) {
        self.layout.update_value(|layout| layout.kept = Some(cursor));
    }

    /// What played in a message has ended.
    pub fn let_go(self, cursor: MessageCursor) {
        self.layout.update_value(|layout| {
            if layout.kept == Some(cursor) {
                layout.kept = None;
            }
        });
        self.draw();
    }

    /// The reader has scrolled.
    pub fn on_scroll(self) {
        self.follow_reader();
        self.draw();
    }

    /// Takes a scrolling over whose event may not have come yet.
    fn follow_reader(self) {
        self.set_at_end(self.layout.try_update_value(Layout::scrolled).flatten());
    }

    fn set_at_end(self, at_end: Option<bool>) {
        let at_end = at_end.map(|at_end| at_end && !self.is_cut.get_value());
        if let Some(at_end) = at_end.filter(|at_end| self.at_end.get_untracked() != *at_end) {
            self.at_end.set(at_end);
        }
    }

    /// Puts everything where it belongs now: messages, view, and which messages are drawn.
    pub fn settle(self) {
        let at_end = self.at_end.get_untracked();
        self.layout.update_value(|layout| layout.settle(at_end));
        self.draw();
    }

    fn resized(self, sizes: Vec<(Element, Size)>) {
        if self.drawn.is_disposed() {
            return;
        }
        self.follow_reader();
        self.layout.update_value(|layout| {
            layout.is_laid_out = true;
            layout.resized(sizes);
        });
        self.settle();
    }

    /// What is on the screen was drawn; the rest comes when that is painted.
    fn draw_beyond(self) {
        if self.layout.try_update_value(Layout::draw_beyond) == Some(true) {
            self.draw();
        }
    }

    fn draw(self) {
        let Some(look) = self
            .layout
            .with_value(|layout| layout.look(self.at_end.get_untracked()))
        else {
            return;
        };
        if self.drawn.with_untracked(|before| *before != look.drawn) {
            self.drawn.set(look.drawn);
        }
        // The end of what is loaded around an old message is not the end.
        let is_at_end = self.at_end.get_untracked() && !self.is_cut.get_value();
        if is_at_end && self.seen.get_untracked() != look.newest {
            self.seen.set(look.newest);
        }
        if self.day_above.get_untracked() != look.day_above {
            self.day_above.set(look.day_above);
        }
        if look.near_oldest {
            let load_older = self.layout.with_value(Layout::load_older);
            load_older();
        }
        if look.near_newest {
            let load_newer = self.layout.with_value(Layout::load_newer);
            load_newer();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::MessageId;

    fn cursor(id: i64) -> MessageCursor {
        MessageCursor {
            at: Millis(id),
            id: MessageId(id),
        }
    }

    #[test]
    fn a_message_that_is_not_loaded_is_not_gone_to() {
        Owner::new().with(|| {
            let scroll = ThreadScroll::new(ConversationId(1), Places::default(), || {}, || {});
            scroll.set_keys((10..20).map(cursor));
            scroll.go_to(cursor(5));
            assert!(scroll.at_end.get_untracked() && scroll.top().is_none());
            scroll.go_to(cursor(15));
            assert_eq!(scroll.top(), Some(cursor(15)));
        });
    }
}
