//! What the engine told a single view, which nobody else needs.

use leptos::prelude::*;

/// Kept beside a count that wakes the view: a signal of each type would add more to the program.
pub struct Told<T: 'static> {
    value: StoredValue<T>,
    times: RwSignal<usize>,
}

impl<T> Clone for Told<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Told<T> {}

impl<T: Clone + Default + Send + Sync + 'static> Told<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            value: StoredValue::new(T::default()),
            times: RwSignal::new(0),
        }
    }

    /// Comes again when it is told anew.
    pub fn get(self) -> T {
        self.times.track();
        self.peek()
    }

    /// As it is now.
    pub fn peek(self) -> T {
        self.value.get_value()
    }

    /// The view may have gone meanwhile.
    pub fn set(self, value: T) {
        if self.value.try_set_value(value).is_none() {
            self.times.try_update(|times| *times += 1);
        }
    }

    /// Changes it without waking the view.
    pub fn change(self, change: impl FnOnce(&mut T)) {
        self.value.update_value(change);
    }
}
