//! Numbered messages, put back into their order.

use std::collections::BTreeMap;

/// Holds back what came too early. Numbers start at 0, each comes once.
#[derive(Debug)]
pub struct Reorder<T> {
    next: u64,
    early: BTreeMap<u64, T>,
}

impl<T> Default for Reorder<T> {
    fn default() -> Self {
        Self {
            next: 0,
            early: BTreeMap::new(),
        }
    }
}

impl<T> Reorder<T> {
    /// Takes a message and gives out all whose turn it is.
    pub fn push(&mut self, index: u64, message: T) -> Vec<T> {
        self.early.insert(index, message);
        let mut due = Vec::new();
        while let Some(message) = self.early.remove(&self.next) {
            due.push(message);
            self.next += 1;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_early_waits_for_what_is_before_it() {
        let mut reorder = Reorder::default();
        assert_eq!(reorder.push(0, 'a'), ['a']);
        assert!(reorder.push(2, 'c').is_empty());
        assert!(reorder.push(3, 'd').is_empty());
        assert_eq!(reorder.push(1, 'b'), ['b', 'c', 'd']);
    }
}
