//! Rows whose height is known only once they were drawn.

use super::sums::Sums;
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// What a row counts for before any was measured, in pixels.
const FIRST_GUESS: f64 = 56.0;

/// The row that the reader's eye rests on, and how far its top is below the top of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor<K> {
    /// The row.
    pub key: K,
    /// In pixels; negative when it begins above the screen.
    pub below_top: f64,
}

/// The heights of a list of rows, in the order of their keys. What was not measured yet counts as the mean of what was.
#[derive(Debug)]
pub struct Measured<K> {
    keys: Vec<K>,
    heights: Vec<f64>,
    sums: Sums,
    measured: HashMap<K, f64>,
    sum_of_measured: f64,
}

impl<K> Default for Measured<K> {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            heights: Vec::new(),
            sums: Sums::default(),
            measured: HashMap::new(),
            sum_of_measured: 0.0,
        }
    }
}

impl<K: Copy + Ord + Hash> Measured<K> {
    /// Takes these rows, ascending, and keeps what was measured of them.
    pub fn set_keys(&mut self, keys: impl Iterator<Item = K>) {
        self.keys = keys.collect();
        self.estimate();
    }

    /// Forgets all measurements, for example after the width has changed.
    pub fn forget(&mut self) {
        self.measured.clear();
        self.sum_of_measured = 0.0;
        self.estimate();
    }

    fn estimate(&mut self) {
        let guess = if self.measured.is_empty() {
            FIRST_GUESS
        } else {
            self.sum_of_measured / self.measured.len() as f64
        };
        let height = |key| self.measured.get(key).copied().unwrap_or(guess);
        self.heights = self.keys.iter().map(height).collect();
        self.sums = Sums::new(&self.heights);
    }

    /// A row was drawn this high. `true` when that was not known.
    pub fn measure(&mut self, key: K, height: f64) -> bool {
        let before = self.measured.insert(key, height);
        self.sum_of_measured += height - before.unwrap_or_default();
        let Ok(index) = self.keys.binary_search(&key) else {
            return false;
        };
        let Some(slot) = self.heights.get_mut(index) else {
            return false;
        };
        let grown = height - *slot;
        *slot = height;
        self.sums.add(index, grown);
        grown.abs() > 0.01
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The height of all rows together.
    pub fn total(&self) -> f64 {
        self.sums.total()
    }

    /// Where a row begins.
    pub fn top_of(&self, key: K) -> Option<f64> {
        let index = self.keys.binary_search(&key).ok()?;
        Some(self.sums.before(index))
    }

    /// The rows to draw for `viewport` pixels from `scroll_top` on, and `overscan` pixels beyond each edge.
    pub fn window(&self, scroll_top: f64, viewport: f64, overscan: f64) -> Range<usize> {
        if self.keys.is_empty() {
            return 0..0;
        }
        let start = self.sums.row_at(scroll_top - overscan);
        let end = self.sums.row_at(scroll_top + viewport + overscan) + 1;
        start..end.min(self.keys.len())
    }

    /// The keys of a range of rows.
    pub fn keys(&self, range: Range<usize>) -> &[K] {
        self.keys.get(range).unwrap_or_default()
    }

    /// The keys of a range of rows, and of one that is drawn wherever it lies, in their order.
    pub fn drawn(&self, window: Range<usize>, kept: Option<K>) -> Vec<K> {
        let mut drawn = self.keys(window.clone()).to_vec();
        if let Some(Ok(at)) = kept.map(|kept| self.keys.binary_search(&kept))
            && !window.contains(&at)
        {
            let place = if at < window.start { 0 } else { drawn.len() };
            drawn.splice(place..place, kept);
        }
        drawn
    }

    /// The row before another one.
    pub fn above(&self, key: K) -> Option<K> {
        let index = self.keys.partition_point(|at| *at < key).checked_sub(1)?;
        self.keys.get(index).copied()
    }

    /// The row at the top of the screen.
    pub fn anchor(&self, scroll_top: f64) -> Option<Anchor<K>> {
        let index = self.sums.row_at(scroll_top);
        let key = *self.keys.get(index)?;
        Some(Anchor {
            key,
            below_top: self.sums.before(index) - scroll_top,
        })
    }

    /// The `scroll_top` at which `anchor` stands where it stood. Without its row, the next one below takes its place.
    pub fn scroll_top_of(&self, anchor: Anchor<K>) -> f64 {
        let index = self.keys.partition_point(|key| *key < anchor.key);
        (self.sums.before(index) - anchor.below_top).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(keys: Range<u32>, height: f64) -> Measured<u32> {
        let mut list = Measured::default();
        list.set_keys(keys.clone());
        for key in keys {
            list.measure(key, height);
        }
        list
    }

    #[test]
    fn what_was_not_measured_counts_as_the_mean_of_what_was() {
        let mut list = list(0..10, 50.0);
        list.set_keys(0..20);
        assert_eq!(list.total(), 1000.0);
        list.measure(15, 70.0);
        assert_eq!(list.total(), 1020.0);
    }

    #[test]
    fn older_rows_above_leave_the_anchor_where_it_stands() {
        let mut list = list(50..100, 40.0);
        let anchor = list.anchor(130.0).unwrap();
        assert_eq!(
            anchor,
            Anchor {
                key: 53,
                below_top: -10.0
            }
        );
        list.set_keys(0..100);
        assert_eq!(list.scroll_top_of(anchor), 50.0 * 40.0 + 130.0);
    }

    #[test]
    fn a_row_above_that_turns_out_higher_moves_the_view_along() {
        let mut list = list(0..100, 40.0);
        let anchor = list.anchor(1000.0).unwrap();
        assert!(list.measure(3, 90.0));
        assert_eq!(list.scroll_top_of(anchor), 1050.0);
        assert!(list.measure(80, 90.0));
        assert_eq!(list.scroll_top_of(anchor), 1050.0);
    }

    #[test]
    fn a_row_that_goes_away_leaves_its_place_to_the_next() {
        let mut list = list(0..100, 40.0);
        let anchor = list.anchor(1000.0).unwrap();
        list.set_keys((0..100).filter(|key| *key != anchor.key));
        assert_eq!(list.scroll_top_of(anchor), 1000.0);
    }

    #[test]
    fn fifty_thousand_rows_draw_a_screenful() {
        let list = list(0..50_000, 40.0);
        assert_eq!(list.window(1_000_000.0, 640.0, 400.0), 24_990..25_027);
        assert_eq!(list.window(0.0, 640.0, 400.0), 0..27);
        assert_eq!(list.window(1_999_360.0, 640.0, 400.0), 49_974..50_000);
    }

    #[test]
    fn what_plays_stays_drawn_wherever_the_reader_scrolls() {
        let list = list(0..100, 40.0);
        assert_eq!(list.drawn(50..53, Some(10)), [10, 50, 51, 52]);
        assert_eq!(list.drawn(50..53, Some(51)), [50, 51, 52]);
        assert_eq!(list.drawn(50..53, Some(90)), [50, 51, 52, 90]);
        // It was taken out of the thread meanwhile.
        assert_eq!(list.drawn(50..53, Some(200)), [50, 51, 52]);
    }

    #[test]
    fn an_empty_list_draws_nothing() {
        let list = Measured::<u32>::default();
        assert_eq!(list.window(0.0, 640.0, 400.0), 0..0);
        assert_eq!(list.anchor(0.0), None);
    }

    #[test]
    fn a_new_width_makes_every_height_a_guess_again() {
        let mut list = list(0..10, 80.0);
        list.forget();
        assert_eq!(list.total(), 10.0 * FIRST_GUESS);
    }
}
