//! What messages cost.

use serde::{Deserialize, Serialize};
use twinbox_domain::Origin;

/// What Meta says a message costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostView {
    /// Meta's word: `marketing`, `utility`, `authentication`, `service` and others.
    pub category: String,
    /// Whether Meta bills it.
    pub is_billable: bool,
    /// Meta's word for how: `regular`, `free_customer_service`, `free_entry_point`; empty when not told.
    pub kind: String,
}

/// What was spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpendingView {
    /// By category and origin.
    pub lines: Vec<SpendingLine>,
    /// ISO 4217 code of every amount.
    pub currency: String,
    /// Where the rates are from.
    pub rates_source: String,
    /// Since when they hold, as `2026-04-01`.
    pub rates_date: String,
}

/// Messages of one category that came from one kind of sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpendingLine {
    /// Meta's word.
    pub category: String,
    /// Who sent them.
    pub origin: Origin,
    /// How many were delivered.
    pub delivered: u64,
    /// How many of them Meta bills.
    pub billed: u64,
    /// How many of the billed have no rate in the list.
    pub unpriced: u64,
    /// What the others cost, in millionths of the currency.
    pub micros: u64,
}
