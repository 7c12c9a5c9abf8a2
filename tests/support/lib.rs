//! What the scenario tests, the real-window test and the benchmarks share.
//!
//! A [`Desk`](desk::Desk) is a running engine with a simulated Meta on the other side, in one process; its methods read
//! like what people do. Nothing here waits by sleeping: it looks again whenever the engine tells of a change.

pub mod desk;
pub mod graph_door;
pub mod newcomer;
pub mod server;
pub mod webdriver;
