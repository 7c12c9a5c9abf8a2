//! Sums of the first n heights, in logarithmic time (a Fenwick tree).

/// Heights whose prefix sums are asked for after every change of one of them.
#[derive(Debug, Default)]
pub struct Sums {
    tree: Vec<f64>,
}

impl Sums {
    /// From all heights at once.
    pub fn new(heights: &[f64]) -> Self {
        let mut tree = heights.to_vec();
        for index in 0..tree.len() {
            let parent = index | (index + 1);
            let sum = tree.get(index).copied().unwrap_or_default();
            if let Some(above) = tree.get_mut(parent) {
                *above += sum;
            }
        }
        Self { tree }
    }

    /// The height at `index` grows by `by`.
    pub fn add(&mut self, index: usize, by: f64) {
        let mut index = index;
        while let Some(sum) = self.tree.get_mut(index) {
            *sum += by;
            index |= index + 1;
        }
    }

    /// The sum of the first `count` heights.
    pub fn before(&self, count: usize) -> f64 {
        let mut end = count.min(self.tree.len());
        let mut sum = 0.0;
        while let Some(index) = end.checked_sub(1) {
            sum += self.tree.get(index).copied().unwrap_or_default();
            end = index & (index + 1);
        }
        sum
    }

    /// The sum of all heights.
    pub fn total(&self) -> f64 {
        self.before(self.tree.len())
    }

    /// The row that covers the point `y`: the last one that begins at or above it. 0 when there is none.
    pub fn row_at(&self, y: f64) -> usize {
        let (mut row, mut above) = (0_usize, 0.0);
        let mut step = self.tree.len().checked_next_power_of_two().unwrap_or_default();
        while step > 0 {
            if let Some(sum) = self.tree.get(row + step - 1)
                && above + sum <= y
            {
                row += step;
                above += sum;
            }
            step /= 2;
        }
        row.min(self.tree.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_follow_changes() {
        let heights: Vec<f64> = (1..=100).map(f64::from).collect();
        let mut sums = Sums::new(&heights);
        assert_eq!(sums.total(), 5050.0);
        assert_eq!(sums.before(10), 55.0);
        sums.add(4, 10.0);
        assert_eq!(sums.before(4), 10.0);
        assert_eq!(sums.before(5), 25.0);
        assert_eq!(sums.total(), 5060.0);
    }

    #[test]
    fn the_row_at_a_point_is_the_one_that_covers_it() {
        let sums = Sums::new(&[10.0, 20.0, 30.0]);
        let rows: Vec<usize> = [-5.0, 0.0, 9.9, 10.0, 29.9, 30.0, 59.0, 900.0]
            .map(|y| sums.row_at(y))
            .to_vec();
        assert_eq!(rows, [0, 0, 0, 1, 1, 2, 2, 2]);
        assert_eq!(Sums::default().row_at(5.0), 0);
    }
}
