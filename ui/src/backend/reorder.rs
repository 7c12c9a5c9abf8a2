//! Numbered messages, put back into their order. One that never comes must not hold back all that follow: events say
//! themselves after which other they come, so that a gap is found and made good.

use std::collections::BTreeMap;

/// More than this are never held back.
const HELD: usize = 100;

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
        if index < self.next {
            // Given up on before.
            return vec![message];
        }
        self.early.insert(index, message);
        if self.early.len() > HELD {
            return self.give_up(self.next);
        }
        self.due()
    }

    /// The number waited for while others are held back.
    pub fn missing(&self) -> Option<u64> {
        (!self.early.is_empty()).then_some(self.next)
    }

    /// Waits no longer for this number, and gives out what it held back.
    pub fn give_up(&mut self, missing: u64) -> Vec<T> {
        if self.missing() == Some(missing)
            && let Some(first) = self.early.keys().next()
        {
            self.next = *first;
        }
        self.due()
    }

    fn due(&mut self) -> Vec<T> {
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

    #[test]
    fn what_never_comes_is_given_up() {
        let mut reorder = Reorder::default();
        assert!(reorder.push(1, 'b').is_empty());
        assert_eq!(reorder.missing(), Some(0));
        assert_eq!(reorder.give_up(0), ['b']);
        assert!(reorder.give_up(0).is_empty());
        assert_eq!(reorder.push(0, 'a'), ['a']);
        assert_eq!(reorder.push(2, 'c'), ['c']);
    }

    #[test]
    fn only_so_many_are_held_back() {
        let mut reorder = Reorder::default();
        for index in 1..=100 {
            assert!(reorder.push(index, index).is_empty());
        }
        assert_eq!(reorder.push(101, 101).len(), 101);
    }
}
