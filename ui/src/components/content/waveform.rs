//! How loud a recording is from begin to end.

use leptos::prelude::*;

/// Between the beginnings of two bars, and how wide and high they are, in units of the drawing.
const STEP: f64 = 4.0;
const WIDTH: f64 = 2.4;
const HEIGHT: f64 = 24.0;

/// A bar for each level, those before `played` (0 to 1) in the color of what was heard. Nothing without levels.
#[component]
pub fn Waveform(levels: Vec<u8>, #[prop(into)] played: Signal<f64>) -> impl IntoView {
    let count = levels.len();
    if count == 0 {
        return None;
    }
    let bars = levels.into_iter().enumerate().map(|(index, level)| {
        let height = (HEIGHT * f64::from(level) / 255.0).max(WIDTH);
        let is_played = Memo::new(move |_| (index as f64 + 0.5) / (count as f64) < played.get());
        view! {
            <rect
                class:on=is_played
                x=index as f64 * STEP
                y=(HEIGHT - height) / 2.0
                width=WIDTH
                height=height
                rx=WIDTH / 2.0
            />
        }
    });
    let view_box = format!("0 0 {} {HEIGHT}", count as f64 * STEP - STEP + WIDTH);
    Some(view! {
        <svg class="voice__wave" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
            {bars.collect_view()}
        </svg>
    })
}
