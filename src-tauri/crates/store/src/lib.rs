//! twinbox-store.
