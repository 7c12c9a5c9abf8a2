//! What was spent, by what Meta says of each message that was delivered.

mod rates;

use crate::{
    Engine,
    requests::{Answer, internal, invalid},
};
use rates::Rates;
use std::collections::BTreeMap;
use twinbox_protocol::{GetSpending, SpendingLine, SpendingView};

impl Engine {
    pub(crate) async fn spending(&self, call: GetSpending) -> Answer<SpendingView> {
        if call.from > call.to {
            return Err(invalid("The time to count from is after the time to count to."));
        }
        let told = self.inner.store.spending(call.number, call.from, call.to);
        let rates = Rates::built_in();
        let mut lines: BTreeMap<(String, &'static str), SpendingLine> = BTreeMap::new();
        for told in told.await.map_err(internal)? {
            let key = (told.category.clone(), told.origin.as_str());
            let line = lines.entry(key).or_insert_with(|| SpendingLine {
                category: told.category.clone(),
                origin: told.origin,
                delivered: 0,
                billed: 0,
                unpriced: 0,
                micros: 0,
            });
            line.delivered += told.messages;
            if told.is_billable {
                line.billed += told.messages;
                match rates.micros(&told.calling_code, &told.category) {
                    Some(micros) => line.micros += micros.saturating_mul(told.messages),
                    None => line.unpriced += told.messages,
                }
            }
        }
        Ok(SpendingView {
            lines: lines.into_values().collect(),
            currency: rates.currency.clone(),
            rates_source: rates.source.clone(),
            rates_date: rates.date.clone(),
        })
    }
}
