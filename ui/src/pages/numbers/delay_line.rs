//! The longest delay of each half hour, as a line.

use leptos::prelude::*;

/// The line's own units.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 20.0;
/// Heights keep this from the edges, so that the stroke is not cut.
const EDGE: f64 = 2.0;

/// A line with a gap where nothing arrived. Its words stand beside it.
#[component]
pub fn DelayLine(worst: Memo<Vec<Option<i64>>>) -> impl IntoView {
    let path = move || worst.with(|worst| path(worst));
    view! {
        <svg class="delays" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
            <path d=path/>
        </svg>
    }
}

/// Heights are logarithmic: seconds matter beside hours. A half hour alone is a short dash.
fn path(worst: &[Option<i64>]) -> String {
    let height = |ms: i64| (ms.max(100) as f64 / 100.0).log10();
    let highest = worst.iter().flatten().map(|ms| height(*ms)).fold(1.0, f64::max);
    let step = WIDTH / worst.len().max(1) as f64;
    let at = |slot: usize| worst.get(slot).copied().flatten();
    let mut path = String::new();
    for (slot, ms) in worst.iter().enumerate().filter_map(|(slot, ms)| Some((slot, (*ms)?))) {
        let y = HEIGHT - EDGE - height(ms) / highest * (HEIGHT - 2.0 * EDGE);
        let x = (slot as f64 + 0.5) * step;
        let begins = slot.checked_sub(1).and_then(at).is_none();
        path.push_str(&match (begins, at(slot + 1).is_none()) {
            (true, true) => format!("M{:.1} {y:.1}H{:.1}", x - step / 2.0, x + step / 2.0),
            (true, false) => format!("M{x:.1} {y:.1}"),
            (false, _) => format!("L{x:.1} {y:.1}"),
        });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_line_has_gaps_where_nothing_arrived() {
        assert_eq!(path(&[None, None]), "");
        let line = path(&[Some(1_000), None, Some(100), Some(1_000)]);
        assert_eq!(line, "M0.0 2.0H75.0M187.5 18.0L262.5 2.0");
    }
}
