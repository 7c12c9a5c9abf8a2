//! twinbox-simulator.
