//! The edges between panes, which can be moved.

use crate::keyboard;
use crate::screen::{keep, kept};
use crate::text;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;

/// How far an arrow moves an edge, in CSS pixels.
const STEP: f64 = 8.0;

/// A pane whose width is chosen. Kept on this device.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// At the start of the window.
    List,
    /// At its end.
    Details,
}

impl Pane {
    fn key(self) -> &'static str {
        match self {
            Self::List => "twinbox.list-width",
            Self::Details => "twinbox.details-width",
        }
    }

    /// Least, usual and most width, in CSS pixels.
    fn widths(self) -> (f64, f64, f64) {
        match self {
            Self::List => (280.0, 336.0, 420.0),
            Self::Details => (260.0, 296.0, 360.0),
        }
    }

    fn fit(self, width: f64) -> f64 {
        let (least, _, most) = self.widths();
        width.clamp(least, most)
    }

    /// As it was kept.
    pub fn width(self) -> RwSignal<f64> {
        let kept = kept(self.key()).and_then(|width| width.parse::<f64>().ok());
        let kept = kept.filter(|width| width.is_finite());
        RwSignal::new(kept.map_or(self.widths().1, |width| self.fit(width)))
    }
}

/// Dragging moves it, so do arrows, Home and End; a double click sets the usual width.
#[component]
pub fn PaneEdge(pane: Pane, width: RwSignal<f64>) -> impl IntoView {
    let edge = NodeRef::<Div>::new();
    // Where the pointer and the width were when it was pressed.
    let held = RwSignal::new(None::<(f64, f64)>);
    let (least, usual, most) = pane.widths();
    let set = move |to: f64| {
        let to = pane.fit(to).round();
        width.set(to);
        keep(pane.key(), &to.to_string());
    };
    let on_down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = edge.get_untracked() {
            // Without it the edge is left behind by a quick hand, no more.
            let _ = edge.set_pointer_capture(event.pointer_id());
            let _ = edge.focus();
        }
        held.set(Some((f64::from(event.client_x()), width.get_untracked())));
    };
    let on_move = move |event: PointerEvent| {
        if let Some((from, begun)) = held.get_untracked() {
            let along = f64::from(event.client_x()) - from;
            let grows_to_the_right = (pane == Pane::List) != text::is_right_to_left();
            width.set(pane.fit(if grows_to_the_right {
                begun + along
            } else {
                begun - along
            }));
        }
    };
    let on_up = move |_| {
        if held.get_untracked().is_some() {
            held.set(None);
            set(width.get_untracked());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let (wider, now) = (if pane == Pane::List { STEP } else { -STEP }, width.get_untracked());
        let to = match keyboard::along(&event).as_str() {
            "ArrowRight" => now + wider,
            "ArrowLeft" => now - wider,
            "Home" => least,
            "End" => most,
            _ => return,
        };
        event.prevent_default();
        set(to);
    };
    let (class, words) = match pane {
        Pane::List => ("edge edge--list", text::LIST_WIDTH),
        Pane::Details => ("edge edge--details", text::DETAILS_WIDTH),
    };
    view! {
        <div
            class=class
            class:is-held=move || held.get().is_some()
            role="separator"
            aria-orientation="vertical"
            aria-label=words
            aria-valuemin=least
            aria-valuemax=most
            aria-valuenow=move || width.get().round()
            tabindex="0"
            node_ref=edge
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_up
            on:dblclick=move |_| set(usual)
            on:keydown=on_key
        ></div>
    }
}
