//! Words for what messages cost.

use super::{Words, category_name, say};
use crate::fixed;
use twinbox_domain::Origin;
use twinbox_protocol::{AllowanceView, CostView, SpendingLine, SpendingView};

pub const MONTH: Words = Words("month");
pub const THIS_MONTH: Words = Words("this-month");
pub const LAST_MONTH: Words = Words("last-month");
pub const COSTS_HINT: Words = Words("costs-hint");
pub const COST_COLUMNS: [Words; 5] = [
    Words("cost-columns-1"),
    Words("cost-columns-2"),
    Words("cost-columns-3"),
    Words("cost-columns-4"),
    Words("cost-columns-5"),
];
pub const TOTAL: Words = Words("total");
pub const RATES: Words = Words("rates");
pub const RATES_UNCHECKED: Words = Words("rates-unchecked");
pub const CURRENCY: Words = Words("currency");
pub const FREE_SERVICE: Words = Words("free-service");
pub const FREE_SERVICE_HINT: Words = Words("free-service-hint");
pub const ADD_RATE: Words = Words("add-rate");
pub const REMOVE_RATE: Words = Words("remove-rate");
pub const MARKET: Words = Words("market");
pub const CALLING_CODE: Words = Words("calling-code");
pub const CATEGORY: Words = Words("category");
pub const PRICE: Words = Words("price");
pub const CHECKED: Words = Words("checked");
pub const SOURCE: Words = Words("source");
pub const AS_OF: Words = Words("as-of");
/// Where a rate is from that somebody enters.
pub const META_LIST: Words = Words("meta-list");

/// What a message costs, below its time.
pub fn cost(cost: &CostView) -> String {
    let category = cost_category(&cost.category);
    match (&cost.price, cost.is_billable) {
        (_, false) => say!("cost-free", category = &category),
        (None, true) => say!("cost-billed", category = &category),
        (Some(price), true) => {
            let money = money(price.micros, &price.currency);
            if cost.category == "service" {
                say!("cost-unless-free", category = &category, money = &money)
            } else {
                say!("cost-money", category = &category, money = &money)
            }
        }
    }
}

/// A category; templates in another country have one of their own.
pub fn cost_category(word: &str) -> String {
    match word {
        "authentication-international" => Words("category-authentication-abroad").to_owned(),
        word => category_name(word),
    }
}

/// Who sent messages.
pub const fn sender(origin: Origin) -> Words {
    match origin {
        Origin::Agent => Words("sender-agent"),
        Origin::Automation => Words("sender-automation"),
        Origin::Campaign => Words("sender-campaign"),
        _ => Words("sender-other"),
    }
}

/// `0.0008 USD`.
pub fn money(micros: u64, currency: &str) -> String {
    format!("{} {currency}", fixed::show(micros))
}

/// What the messages of a line cost.
pub fn amount(line: &SpendingLine, currency: &str) -> String {
    match (line.billed, line.unpriced) {
        (0, _) => Words("amount-free").to_owned(),
        (billed, unpriced) if billed == unpriced => Words("amount-no-rate").to_owned(),
        (_, 0) => money(line.micros, currency),
        (_, unpriced) => say!(
            "amount-and-unpriced",
            money = &money(line.micros, currency),
            count = unpriced
        ),
    }
}

/// What all of them cost.
pub fn sum(view: &SpendingView) -> String {
    let micros = view.lines.iter().map(|line| line.micros).sum();
    let unpriced: u64 = view.lines.iter().map(|line| line.unpriced).sum();
    let money = money(micros, &view.currency);
    match unpriced {
        0 => money,
        _ => say!("at-least", money = &money),
    }
}

/// How far the free replies of the month are used up.
pub fn allowance(allowance: &AllowanceView) -> String {
    let free = allowance.free;
    match allowance.used.saturating_sub(free.into()) {
        0 => say!("allowance-used", used = allowance.used, free = free),
        beyond => say!("allowance-beyond", free = free, beyond = beyond),
    }
}

/// Who saved the table.
pub fn rates_saved(by: &str, when: Option<&str>) -> String {
    match when {
        Some(when) if !by.is_empty() => say!("rates-saved", by = by, when = when),
        _ => Words("rates-as-shipped").to_owned(),
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
