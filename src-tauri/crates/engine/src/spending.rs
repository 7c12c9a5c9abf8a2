//! What was spent, by what Meta says of each message that was delivered and the team's table of rates.

mod rates;

pub(crate) use rates::built_in;

use crate::{
    Engine, clock,
    requests::{Answer, internal, invalid},
};
use std::collections::BTreeMap;
use twinbox_domain::{Millis, NumberId, SERVICE_BILLED_FROM, month_of};
use twinbox_protocol::{AllowanceView, GetSpending, SpendingLine, SpendingView};
use twinbox_store::{Allowance, Spent, StoreError};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

type Lines = BTreeMap<(String, &'static str), SpendingLine>;

impl Engine {
    pub(crate) async fn spending(&self, call: GetSpending) -> Answer<SpendingView> {
        let GetSpending { number, from, to } = call;
        if from > to {
            return Err(invalid("The time to count from is after the time to count to."));
        }
        let store = &self.inner.store;
        let kept = store.rates().await.map_err(internal)?.list;
        let mut lines = Lines::new();
        for told in store.spending(number.clone(), from, to).await.map_err(internal)? {
            add(&mut lines, &told);
        }
        // Meta's clock may be ahead of this one, but not by a day.
        let last = to.min(clock::now().plus_ms(DAY_MS));
        let covered = self.covered(&number, kept.free_service, from, last).await;
        for covered in covered.map_err(internal)? {
            take_off(&mut lines, &covered);
        }
        let (month, next) = month_of(last.plus_ms(-1));
        let used = store.service_messages(number, month.max(SERVICE_BILLED_FROM), next);
        Ok(SpendingView {
            lines: lines.into_values().collect(),
            currency: kept.currency,
            allowance: AllowanceView {
                month,
                free: kept.free_service,
                used: used.await.map_err(internal)?,
            },
            is_checked: kept.rates.iter().all(|rate| rate.is_checked),
        })
    }

    /// What the allowances of the months between cover of what Meta bills.
    async fn covered(&self, number: &NumberId, most: u32, from: Millis, to: Millis) -> Result<Vec<Spent>, StoreError> {
        let mut covered = Vec::new();
        let mut at = from.max(SERVICE_BILLED_FROM);
        while at < to {
            let (month, next) = month_of(at);
            let allowance = Allowance { month, most };
            let of_month = self.inner.store.covered(number.clone(), allowance, at, next.min(to));
            covered.extend(of_month.await?);
            at = next;
        }
        Ok(covered)
    }
}

fn add(lines: &mut Lines, told: &Spent) {
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
        match told.micros {
            Some(micros) => line.micros += micros.saturating_mul(told.messages),
            None => line.unpriced += told.messages,
        }
    }
}

/// Meta said it bills them, but they are among those that cost nothing.
fn take_off(lines: &mut Lines, covered: &Spent) {
    if let Some(line) = lines.get_mut(&(covered.category.clone(), covered.origin.as_str())) {
        line.billed = line.billed.saturating_sub(covered.messages);
        match covered.micros {
            Some(micros) => line.micros = line.micros.saturating_sub(micros.saturating_mul(covered.messages)),
            None => line.unpriced = line.unpriced.saturating_sub(covered.messages),
        }
    }
}
