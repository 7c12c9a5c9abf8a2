//! One picture in the viewer.

use crate::file_url::{FileBytes, FileUrl};
use leptos::ev::{MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use twinbox_domain::MessageId;
use twinbox_protocol::FileSize;

/// How many times larger than it fits.
const LARGEST: f64 = 8.0;

/// How far an arrow moves it, in pixels.
const STEP: f64 = 80.0;

/// How large the picture is shown, and how far from the middle. A handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct View {
    scale: RwSignal<f64>,
    moved: RwSignal<(f64, f64)>,
    /// Where it was grabbed.
    grabbed: RwSignal<Option<(f64, f64)>>,
}

impl View {
    /// As it fits.
    pub fn new() -> Self {
        Self {
            scale: RwSignal::new(1.0),
            moved: RwSignal::new((0.0, 0.0)),
            grabbed: RwSignal::new(None),
        }
    }

    /// Whether it is as large as it fits.
    pub fn is_fit(self) -> bool {
        self.scale.get_untracked() <= 1.0
    }

    /// As it fits again.
    pub fn fit(self) {
        self.scale.set(1.0);
        self.moved.set((0.0, 0.0));
    }

    /// Larger or smaller, around the middle.
    pub fn zoom(self, by: f64) {
        self.zoom_at(by, (0.0, 0.0));
    }

    /// The same around a point, counted from the middle of the window.
    fn zoom_at(self, by: f64, (x, y): (f64, f64)) {
        let before = self.scale.get_untracked();
        let now = (before * by).clamp(1.0, LARGEST);
        if now <= 1.0 {
            return self.fit();
        }
        let by = now / before;
        self.scale.set(now);
        self.moved.update(|(left, top)| {
            *left = x - (x - *left) * by;
            *top = y - (y - *top) * by;
        });
    }

    fn move_by(self, x: f64, y: f64) {
        self.moved.update(|(left, top)| {
            *left += x;
            *top += y;
        });
    }

    /// `false` when the key is none of its own.
    pub fn on_key(self, key: &str) -> bool {
        match key {
            "+" | "=" => self.zoom(1.5),
            "-" => self.zoom(1.0 / 1.5),
            "0" => self.fit(),
            "ArrowLeft" => self.move_by(STEP, 0.0),
            "ArrowRight" => self.move_by(-STEP, 0.0),
            "ArrowUp" if !self.is_fit() => self.move_by(0.0, STEP),
            "ArrowDown" if !self.is_fit() => self.move_by(0.0, -STEP),
            _ => return false,
        }
        true
    }
}

/// From the middle of the window.
fn place(event: &MouseEvent) -> (f64, f64) {
    let half =
        |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|it| it.as_f64()).unwrap_or_default() / 2.0;
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    (x - half(window().inner_width()), y - half(window().inner_height()))
}

/// The thumbnail until the whole picture is here.
#[component]
pub fn Shown(message: MessageId, label: String, view: View, close: Callback<()>) -> impl IntoView {
    let whole = FileUrl::new(message, FileSize::Whole);
    let small = FileUrl::new(message, FileSize::Thumbnail);
    whole.ask();
    small.ask();
    let src = move || match (whole.get(), small.get()) {
        (FileBytes::Here(src), _) | (_, FileBytes::Here(src)) => Some(src),
        _ => None,
    };
    let why = move || match whole.get() {
        FileBytes::Failed(why) => Some(why),
        _ => None,
    };
    let transform = move || {
        let ((x, y), scale) = (view.moved.get(), view.scale.get());
        format!("translate({x}px, {y}px) scale({scale})")
    };
    let is_large = move || view.scale.get() > 1.0;
    let on_wheel = move |event: WheelEvent| {
        event.prevent_default();
        view.zoom_at((-event.delta_y() / 400.0).exp(), place(&event));
    };
    let on_press = move |event: PointerEvent| {
        if !view.is_fit() {
            event.prevent_default();
            view.grabbed.set(Some(place(&event)));
        }
    };
    let on_move = move |event: PointerEvent| {
        if let Some((x, y)) = view.grabbed.get_untracked() {
            let (to_x, to_y) = place(&event);
            view.move_by(to_x - x, to_y - y);
            view.grabbed.set(Some((to_x, to_y)));
        }
    };
    let let_go = move |_| view.grabbed.set(None);
    let on_double = move |event: MouseEvent| match view.is_fit() {
        true => view.zoom_at(2.5, place(&event)),
        false => view.fit(),
    };
    let beside = move |event: MouseEvent| {
        if event.target() == event.current_target() {
            close.run(());
        }
    };
    view! {
        <div
            class="viewer__stage"
            on:click=beside
            on:wheel=on_wheel
            on:pointerdown=on_press
            on:pointermove=on_move
            on:pointerup=let_go
            on:pointerleave=let_go
        >
            {move || src().map(|src| view! {
                <img
                    class="viewer__img"
                    class:is-large=is_large
                    class:is-held=move || view.grabbed.get().is_some()
                    src=src
                    alt=label.clone()
                    draggable="false"
                    style:transform=transform
                    on:dblclick=on_double
                />
            })}
            <p class="viewer__why" role="status" hidden=move || why().is_none()>{why}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_the_pointer_stays_there_when_it_is_zoomed() {
        let owner = Owner::new();
        owner.with(|| {
            let view = View::new();
            view.zoom_at(2.0, (100.0, 50.0));
            // A point 100 right of the middle was 100 from the picture's middle; it is 200 from it now.
            assert_eq!(view.moved.get_untracked(), (-100.0, -50.0));
            view.zoom_at(100.0, (0.0, 0.0));
            assert!((view.scale.get_untracked() - LARGEST).abs() < f64::EPSILON);
            view.zoom_at(0.0001, (0.0, 0.0));
            assert!(view.is_fit() && view.moved.get_untracked() == (0.0, 0.0));
        });
    }
}
