//! Meta on localhost: the part of the WhatsApp Cloud API that a coexistence number meets.
//!
//! Scenario tests start a [`Simulator`] in their own process; developers run the binary and get living customers. It
//! promises to behave as Meta documents (the pages are named where a fact is used): the checks and refusals of a send,
//! the throughput cap *as the receiver counts it*, the 24 hour window, signed and escaped webhooks that are repeated
//! until they are answered 200, in no particular order.
//!
//! It deliberately shares no code with the rest of the workspace, so that both sides cannot share one mistake: it
//! writes its own JSON. It keeps nothing on disk, serves no media and knows no templates by name. Everyone in it is
//! made up, so its `Debug` output hides nothing.

mod config;
mod control;
mod courier;
mod customer;
mod fault;
mod graph;
mod graph_error;
mod http;
mod ledger;
mod limits;
mod living;
mod meta;
mod numbering;
mod send;
mod simulator;
#[cfg(test)]
mod tests;
mod webhook;
mod wire;
mod world;

pub use config::{Config, Latency, StatusDelays};
pub use customer::{Customer, CustomerMessage};
pub use fault::Fault;
pub use ledger::{LedgerEntry, Outcome};
pub use simulator::Simulator;
