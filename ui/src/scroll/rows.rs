//! Rows of one height.

use std::ops::Range;

/// Rows drawn beyond each edge of the screen, so that quick scrolling shows no gaps.
pub const OVERSCAN: usize = 4;

/// Which of `count` rows to draw when `scroll_top` pixels are above the screen and `viewport` pixels on it, and so many rows
/// beyond each edge.
pub fn window(count: usize, row_height: f64, scroll_top: f64, viewport: f64, beyond: usize) -> Range<usize> {
    let first = (scroll_top.max(0.0) / row_height).floor() as usize;
    let shown = (viewport.max(0.0) / row_height).ceil() as usize + 1;
    let start = first.saturating_sub(beyond).min(count);
    let end = first.saturating_add(shown).saturating_add(beyond).min(count);
    start..end
}

/// The `scroll_top` closest to `scroll_top` that shows the row at `index` wholly.
pub fn scroll_to(index: usize, row_height: f64, scroll_top: f64, viewport: f64) -> f64 {
    let top = index as f64 * row_height;
    let bottom = top + row_height;
    if top < scroll_top {
        top
    } else if bottom > scroll_top + viewport {
        bottom - viewport
    } else {
        scroll_top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_thousand_rows_draw_a_screenful() {
        let drawn = window(20_000, 80.0, 400_000.0, 640.0, OVERSCAN);
        assert_eq!(drawn, 4996..5013);
        assert_eq!(window(20_000, 80.0, 400_000.0, 640.0, 0), 5000..5009);
    }

    #[test]
    fn the_ends_draw_no_rows_that_do_not_exist() {
        assert_eq!(window(3, 80.0, 0.0, 640.0, OVERSCAN), 0..3);
        assert_eq!(window(0, 80.0, 0.0, 640.0, OVERSCAN), 0..0);
        assert_eq!(window(10, 80.0, 99_999.0, 640.0, OVERSCAN), 10..10);
    }

    #[test]
    fn a_row_on_screen_needs_no_scrolling() {
        assert_eq!(scroll_to(3, 80.0, 160.0, 640.0), 160.0);
    }

    #[test]
    fn a_row_off_screen_comes_just_into_view() {
        assert_eq!(scroll_to(0, 80.0, 160.0, 640.0), 0.0);
        assert_eq!(scroll_to(10, 80.0, 160.0, 640.0), 240.0);
    }
}
