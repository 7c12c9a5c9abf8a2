//! twinbox-engine.
