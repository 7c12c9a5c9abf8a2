//! The table of rates: the app's own list, and what an admin makes of it.

use crate::{
    Engine, clock,
    requests::{Answer, internal, invalid},
};
use serde::Deserialize;
use std::collections::HashSet;
use twinbox_protocol::{Caller, RATE_CATEGORIES, RateView, RatesView, Role, SaveRates};
use twinbox_store::{Rate, RateList};

/// Most rates, and most that one costs: 1000 of the currency.
const MOST_RATES: usize = 2000;
const HIGHEST_MICROS: u64 = 1_000_000_000;
const MOST_FREE: u32 = 10_000_000;
const LONGEST_WORDS: usize = 300;

/// The data file. Where Meta's list could not be read it has nothing, and nothing in it was checked.
#[derive(Debug, Deserialize)]
struct BuiltIn {
    source: String,
    as_of: String,
    currency: String,
    free_service: u32,
    rates: Vec<BuiltInRate>,
}

#[derive(Debug, Deserialize)]
struct BuiltInRate {
    market: String,
    calling_code: String,
    category: String,
    micros: u64,
}

/// The list of this version; empty when the data file cannot be read.
pub(crate) fn built_in() -> RateList {
    let read: Result<BuiltIn, _> = serde_json::from_str(include_str!("rates.json"));
    let Ok(built_in) = read.inspect_err(|error| tracing::error!(%error, "the list of rates cannot be read")) else {
        return RateList::default();
    };
    let BuiltIn {
        source,
        as_of,
        currency,
        free_service,
        rates,
    } = built_in;
    let mut rates: Vec<Rate> = rates
        .into_iter()
        .map(|rate| Rate {
            calling_code: rate.calling_code,
            category: rate.category,
            market: rate.market,
            micros: rate.micros,
            source: source.clone(),
            as_of: as_of.clone(),
            is_checked: false,
        })
        .collect();
    let key = |rate: &Rate| (rate.market.clone(), rate.calling_code.clone(), rate.category.clone());
    rates.sort_by_key(key);
    RateList {
        currency,
        free_service,
        rates,
    }
}

impl Engine {
    pub(crate) async fn rates(&self) -> Answer<RatesView> {
        let kept = self.inner.store.rates().await.map_err(internal)?;
        Ok(RatesView {
            currency: kept.list.currency,
            free_service: kept.list.free_service,
            rates: kept.list.rates.into_iter().map(view).collect(),
            saved_at: (!kept.author.is_empty()).then_some(kept.saved_at),
            saved_by: kept.author,
        })
    }

    pub(crate) async fn save_rates(&self, caller: &Caller, call: SaveRates) -> Answer<()> {
        if caller.role != Role::Admin {
            return Err(invalid("Only an admin can change the rates."));
        }
        check(&call)?;
        let list = RateList {
            currency: call.currency,
            free_service: call.free_service,
            rates: call.rates.into_iter().map(row).collect(),
        };
        let saved = self.inner.store.save_rates(list, caller.user.clone(), clock::now());
        saved.await.map_err(internal)
    }
}

fn check(call: &SaveRates) -> Answer<()> {
    let is_currency = call.currency.len() == 3 && call.currency.bytes().all(|letter| letter.is_ascii_uppercase());
    if !is_currency {
        return Err(invalid("A currency has three capital letters, for example USD."));
    }
    if call.free_service > MOST_FREE || call.rates.len() > MOST_RATES {
        return Err(invalid("These are too many."));
    }
    let mut known = HashSet::new();
    for rate in &call.rates {
        let (code, category) = (rate.calling_code.as_str(), rate.category.as_str());
        if !(1..=4).contains(&code.len()) || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(invalid("A calling code has 1 to 4 digits, for example 351."));
        }
        if !RATE_CATEGORIES.contains(&category) {
            return Err(invalid("WhatsApp has no such category."));
        }
        if rate.micros > HIGHEST_MICROS {
            return Err(invalid(format!("The price for +{code} is too high.")));
        }
        if !is_day(&rate.as_of) {
            return Err(invalid("A rate holds from a day on, for example 2026-04-01."));
        }
        if rate.market.len() > LONGEST_WORDS || rate.source.len() > LONGEST_WORDS {
            return Err(invalid("A name or a source is too long."));
        }
        if !known.insert((code, category)) {
            return Err(invalid(format!(
                "There are two prices for the same country and category: +{code}, {category}."
            )));
        }
    }
    Ok(())
}

/// As `2026-04-01`.
fn is_day(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    let is_day = matches!(parts.as_slice(), [Some(2000..=2200), Some(1..=12), Some(1..=31)]);
    is_day && text.len() == 10
}

fn view(rate: Rate) -> RateView {
    let Rate {
        calling_code,
        category,
        market,
        micros,
        source,
        as_of,
        is_checked,
    } = rate;
    RateView {
        calling_code,
        category,
        market,
        micros,
        source,
        as_of,
        is_checked,
    }
}

fn row(rate: RateView) -> Rate {
    let RateView {
        calling_code,
        category,
        market,
        micros,
        source,
        as_of,
        is_checked,
    } = rate;
    Rate {
        calling_code,
        category,
        market,
        micros,
        source,
        as_of,
        is_checked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_this_version_can_be_saved_and_nothing_in_it_was_checked() {
        let list = built_in();
        assert!(!list.rates.is_empty() && list.rates.iter().all(|rate| !rate.is_checked));
        let call = SaveRates {
            currency: list.currency,
            free_service: list.free_service,
            rates: list.rates.into_iter().map(view).collect(),
        };
        assert_eq!(check(&call).map_err(|error| error.message), Ok(()));
    }

    #[test]
    fn a_day_is_a_day() {
        assert!(is_day("2026-04-01"));
        for wrong in ["", "2026-4-1", "2026-13-01", "01-04-2026", "2026-04-011", "today"] {
            assert!(!is_day(wrong), "{wrong}");
        }
    }
}
