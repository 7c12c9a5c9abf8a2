//! Scenarios: a whole engine against a simulated Meta, over real sockets and a real disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests"
)]

mod account;
mod attachment_rows;
mod bad_input;
mod connect;
mod crash;
mod deadlines;
mod erase;
mod error_codes;
mod evidence;
mod full_disk;
mod health;
mod history;
mod identity;
mod inbound;
mod keys;
mod line;
mod media;
mod moved;
mod mutations;
mod outbound;
mod portfolios;
mod previews;
mod queue;
mod queue_later;
mod rates;
mod receipts;
mod retention;
mod rows;
mod search;
mod sending_files;
mod sending_templates;
mod sending_types;
mod settings;
mod shuffle;
mod signup_return;
mod signup_trouble;
mod subscription;
mod team;
mod upgrades;
