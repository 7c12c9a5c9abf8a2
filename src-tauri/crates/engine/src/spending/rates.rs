//! What a message costs by Meta's list: a data file with its source and date.
//!
//! Where the list has no rate, nothing is guessed: the message is counted as one without a price.

use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

/// Rates in millionths of the currency.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Rates {
    /// Where they are from.
    pub source: String,
    /// Since when they hold, as `2026-04-01`.
    pub date: String,
    /// ISO 4217 code.
    pub currency: String,
    markets: Vec<Market>,
}

#[derive(Debug, Deserialize)]
struct Market {
    calling_codes: Vec<String>,
    micros: HashMap<String, u64>,
}

static RATES: LazyLock<Rates> = LazyLock::new(|| {
    serde_json::from_str(include_str!("rates.json")).unwrap_or_else(|error| {
        tracing::error!(%error, "the list of rates cannot be read");
        Rates::default()
    })
});

impl Rates {
    /// Those of this version.
    pub(super) fn built_in() -> &'static Self {
        &RATES
    }

    /// What a message of a category costs to a phone number that begins with `digits`; `None` when the list does not
    /// say. What the customer-service window allows costs as much as a utility message (announced by Meta for October
    /// 2026).
    pub(super) fn micros(&self, digits: &str, category: &str) -> Option<u64> {
        let listed_as = if category == "service" { "utility" } else { category };
        let of_code = |code: &str| !code.is_empty() && digits.starts_with(code);
        let markets = self.markets.iter().flat_map(|market| {
            let codes = market.calling_codes.iter().filter(|code| of_code(code));
            codes.map(move |code| (code.len(), market))
        });
        let (_, market) = markets.max_by_key(|(length, _)| *length)?;
        market.micros.get(listed_as).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_that_of_the_longest_calling_code_and_nothing_is_guessed() {
        let json = r#"{"source":"s","date":"d","currency":"USD","markets":[
            {"calling_codes":["1"],"micros":{"utility":4000}},
            {"calling_codes":["1876"],"micros":{"utility":7000}}]}"#;
        let rates: Rates = serde_json::from_str(json).unwrap_or_default();
        assert_eq!(rates.micros("16505551234", "utility"), Some(4000));
        assert_eq!(rates.micros("18765551234", "service"), Some(7000));
        assert_eq!(rates.micros("16505551234", "marketing"), None);
        assert_eq!(rates.micros("351912000047", "utility"), None);
    }

    #[test]
    fn the_list_of_this_version_can_be_read() {
        assert!(!Rates::built_in().date.is_empty() && Rates::built_in().currency == "USD");
    }
}
