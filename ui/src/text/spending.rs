//! Words for what messages cost.

use super::{category_name, count};
use crate::fixed;
use twinbox_domain::Origin;
use twinbox_protocol::{AllowanceView, CostView, SpendingLine, SpendingView};

pub const MONTH: &str = "Month";
pub const THIS_MONTH: &str = "This month";
pub const LAST_MONTH: &str = "Last month";
pub const COSTS_HINT: &str = "By what WhatsApp says of each message and the rates below. Its invoice decides.";
pub const COST_COLUMNS: [&str; 5] = ["Category", "Sent by", "Delivered", "Billed", "Cost"];
pub const TOTAL: &str = "Total";
pub const RATES: &str = "Rates";
pub const RATES_UNCHECKED: &str = "Some rates were not checked yet. Compare them with WhatsApp's list.";
pub const CURRENCY: &str = "Currency";
pub const FREE_SERVICE: &str = "Free replies a month";
pub const FREE_SERVICE_HINT: &str = "WhatsApp lets each number send so many replies for nothing in a calendar month.";
pub const ADD_RATE: &str = "Add a rate";
pub const REMOVE_RATE: &str = "Remove this rate";
pub const MARKET: &str = "Market";
pub const CALLING_CODE: &str = "Calling code";
pub const CATEGORY: &str = "Category";
pub const PRICE: &str = "Price";
pub const CHECKED: &str = "Checked";
pub const SOURCE: &str = "Where it is from";
pub const AS_OF: &str = "Since, as 2026-04-01";
/// Where a rate is from that somebody enters.
pub const META_LIST: &str = "WhatsApp's list";

/// What a message costs, below its time.
pub fn cost(cost: &CostView) -> String {
    let category = cost_category(&cost.category);
    match (&cost.price, cost.is_billable) {
        (_, false) => format!("{category}, free"),
        (None, true) => format!("{category}, billed by WhatsApp"),
        (Some(price), true) => {
            let money = money(price.micros, &price.currency);
            let unless = if cost.category == "service" {
                " unless still free this month"
            } else {
                ""
            };
            format!("{category}, billed by WhatsApp, {money}{unless}")
        }
    }
}

/// A category; templates in another country have one of their own.
pub fn cost_category(word: &str) -> &str {
    match word {
        "authentication-international" => "Authentication abroad",
        word => category_name(word),
    }
}

/// Who sent messages.
pub const fn sender(origin: Origin) -> &'static str {
    match origin {
        Origin::Agent => "Agents",
        Origin::Automation => "Automations",
        Origin::Campaign => "Campaigns",
        _ => "Others",
    }
}

/// `0.0008 USD`.
pub fn money(micros: u64, currency: &str) -> String {
    format!("{} {currency}", fixed::show(micros))
}

/// What the messages of a line cost.
pub fn amount(line: &SpendingLine, currency: &str) -> String {
    match (line.billed, line.unpriced) {
        (0, _) => "Free".to_owned(),
        (billed, unpriced) if billed == unpriced => "No rate".to_owned(),
        (_, 0) => money(line.micros, currency),
        (_, unpriced) => format!(
            "{} and {} without a rate",
            money(line.micros, currency),
            count(unpriced)
        ),
    }
}

/// What all of them cost.
pub fn sum(view: &SpendingView) -> String {
    let micros = view.lines.iter().map(|line| line.micros).sum();
    let unpriced: u64 = view.lines.iter().map(|line| line.unpriced).sum();
    let least = if unpriced > 0 { "at least " } else { "" };
    format!("{least}{}", money(micros, &view.currency))
}

/// How far the free replies of the month are used up.
pub fn allowance(allowance: &AllowanceView) -> String {
    let (used, free) = (allowance.used.min(allowance.free.into()), count(allowance.free.into()));
    match allowance.used.saturating_sub(allowance.free.into()) {
        0 => format!("{} of {free} free replies used.", count(used)),
        beyond => format!("All {free} free replies used, {} beyond.", count(beyond)),
    }
}

/// Who saved the table.
pub fn rates_saved(by: &str, when: Option<&str>) -> String {
    match when {
        Some(when) if !by.is_empty() => format!("Saved by {by} on {when}."),
        _ => "These came with Twinbox. Check them, and add those of your markets.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(billed: u64, unpriced: u64) -> SpendingLine {
        SpendingLine {
            category: "utility".to_owned(),
            origin: Origin::Agent,
            delivered: 5,
            billed,
            unpriced,
            micros: 800,
        }
    }

    #[test]
    fn what_has_no_rate_is_said_and_never_counts_as_free() {
        assert_eq!(amount(&line(0, 0), "USD"), "Free");
        assert_eq!(amount(&line(2, 2), "USD"), "No rate");
        assert_eq!(amount(&line(2, 0), "USD"), "0.0008 USD");
        assert_eq!(amount(&line(2, 1), "USD"), "0.0008 USD and 1 without a rate");
    }

    #[test]
    fn free_replies_are_counted_up_to_the_end_and_beyond() {
        let told = |used| {
            allowance(&AllowanceView {
                month: twinbox_domain::Millis(0),
                free: 1000,
                used,
            })
        };
        assert_eq!(told(12), "12 of 1,000 free replies used.");
        assert_eq!(told(1003), "All 1,000 free replies used, 3 beyond.");
    }
}
