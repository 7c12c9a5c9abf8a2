//! Meta on localhost: the part of the WhatsApp Cloud API that a coexistence number meets.
//!
//! Scenario tests start a [`Simulator`] in their own process; developers run the binary and get living customers. It
//! promises to behave as Meta documents (the pages are named where a fact is used): the checks and refusals of a send,
//! the throughput cap *as the receiver counts it*, the 24 hour window, signed and escaped webhooks that are repeated
//! until they are answered 200, in no particular order.
//!
//! Beside Graph it plays what people see: pages of the business phone and of its customers, and embedded signup with
//! Meta's JavaScript SDK, the dialog or a plain link. Whatever the pages do, `POST /_sim/…` does, too. What can
//! go wrong does when it is asked for: calls and webhooks meet faults.
//!
//! It deliberately shares no code with the rest of the workspace, so that both sides cannot share one mistake: it
//! writes its own JSON. It keeps nothing on disk. Everyone in it is made up, so its `Debug` output hides nothing. What is
//! made up follows from one seed, and a past of any length by formula, so that it needs no memory.

mod account;
mod acts;
mod announcement;
mod app;
mod beside;
mod blocking;
mod call;
mod call_quota;
mod chats;
mod config;
mod control;
mod courier;
mod customer;
mod drawing;
mod fault;
mod faults;
mod fields;
mod form;
mod graph;
mod graph_error;
mod history;
mod http;
mod interactive;
mod journey;
mod ledger;
mod library;
mod limits;
mod living;
mod logins;
mod media;
mod meta;
mod multipart;
mod nodes;
mod number;
mod number_state;
mod numbering;
mod oauth;
mod pages;
mod parcels;
mod qr;
mod rules;
mod samples;
mod send;
mod setting;
mod signup;
mod simulator;
mod staging;
mod standing;
mod stream;
mod subscription;
mod sync;
mod template_calls;
mod template_check;
mod templates;
#[cfg(test)]
mod tests;
mod webhook;
mod wire;
mod world;
mod writing;

pub use account::AccountEvent;
pub use acts::ActRefusal;
pub use beside::Beside;
pub use config::{Config, Latency, StatusDelays, Throughput};
pub use courier::{Delivery, OtherApp};
pub use customer::{Customer, CustomerMessage};
pub use fault::{Delay, Fault};
pub use form::{Form, FormYear};
pub use history::HistorySize;
pub use ledger::{LedgerEntry, LedgerStep, Outcome};
pub use number_state::{HistorySharing, NumberBeside};
pub use parcels::WebhookFault;
pub use rules::FaultRule;
pub use setting::Setting;
pub use simulator::Simulator;
pub use world::CustomerSettings;
