//! What belongs together.

use std::collections::BTreeMap;

/// Things that belong together, each set known by the least in it.
pub(super) struct Union<T> {
    up: BTreeMap<T, T>,
}

impl<T> Default for Union<T> {
    fn default() -> Self {
        Self { up: BTreeMap::new() }
    }
}

impl<T: Copy + Ord> Union<T> {
    /// The least of what belongs together with this.
    pub(super) fn root(&self, of: T) -> T {
        let mut at = of;
        while let Some(up) = self.up.get(&at) {
            at = *up;
        }
        at
    }

    pub(super) fn is_one(&self, one: T, other: T) -> bool {
        self.root(one) == self.root(other)
    }

    /// The two belong together. `true`: they did not before.
    pub(super) fn is_joined_anew(&mut self, one: T, other: T) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.up.insert(one.max(other), one.min(other));
        }
        one != other
    }

    pub(super) fn join(&mut self, one: T, other: T) {
        self.is_joined_anew(one, other);
    }
}
