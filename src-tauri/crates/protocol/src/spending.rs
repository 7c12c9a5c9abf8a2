//! What messages cost.

use serde::{Deserialize, Serialize};
use twinbox_domain::{Millis, Origin};

/// What Meta says a message costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostView {
    /// Meta's word: `marketing`, `utility`, `authentication`, `service` and others.
    pub category: String,
    /// Whether Meta bills it.
    pub is_billable: bool,
    /// Meta's word for how: `regular`, `free_customer_service`, `free_entry_point`; empty when not told.
    pub kind: String,
    /// What one such costs by the table of rates; `None`: nothing, or the table has no rate.
    pub price: Option<Price>,
}

/// An amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Millionths of the currency.
    pub micros: u64,
    /// ISO 4217 code.
    pub currency: String,
}

/// The table of rates: what messages cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetRates {}

/// This is the table from now on. `Invalid` unless an admin asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRates {
    /// ISO 4217 code of every price.
    pub currency: String,
    /// Service messages of a number that cost nothing in a calendar month.
    pub free_service: u32,
    /// At most 2000, no two for the same calling code and category.
    pub rates: Vec<RateView>,
}

/// What [`GetRates`] answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatesView {
    /// ISO 4217 code of every price.
    pub currency: String,
    /// Service messages of a number that cost nothing in a calendar month.
    pub free_service: u32,
    /// By market.
    pub rates: Vec<RateView>,
    /// Who saved it; empty for the app's own.
    pub saved_by: String,
    /// When; `None`: nobody did.
    pub saved_at: Option<Millis>,
}

/// What can have a rate: Meta's words (pricing, 2026).
pub const RATE_CATEGORIES: [&str; 5] = [
    "marketing",
    "utility",
    "authentication",
    "authentication-international",
    "service",
];

/// What a message of a category costs in a market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateView {
    /// The first digits of the phone numbers of the market, 1 to 4.
    pub calling_code: String,
    /// One of [`RATE_CATEGORIES`]. Where there is none for `service`, that of `utility` holds.
    pub category: String,
    /// What the market is called, or empty.
    pub market: String,
    /// Millionths of the currency.
    pub micros: u64,
    /// Where it is from.
    pub source: String,
    /// Since when it holds, as `2026-04-01`.
    pub as_of: String,
    /// Whether somebody of the team says that it is right.
    pub is_checked: bool,
}

/// What was spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpendingView {
    /// By category and origin.
    pub lines: Vec<SpendingLine>,
    /// ISO 4217 code of every amount.
    pub currency: String,
    /// The service messages that cost nothing.
    pub allowance: AllowanceView,
    /// Whether somebody of the team says of every rate that it is right.
    pub is_checked: bool,
}

/// Service messages of a number that cost nothing, in the calendar month in which the time asked for ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowanceView {
    /// When the month began, in UTC; Meta counts in the time zone of the account.
    pub month: Millis,
    /// Most that cost nothing.
    pub free: u32,
    /// How many were delivered in it, those beyond included; 0 before October 2026, when Meta began to count.
    pub used: u64,
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
    /// How many of them Meta bills, without those that the allowance covers.
    pub billed: u64,
    /// How many of the billed have no rate in the list.
    pub unpriced: u64,
    /// What the others cost, in millionths of the currency.
    pub micros: u64,
}
