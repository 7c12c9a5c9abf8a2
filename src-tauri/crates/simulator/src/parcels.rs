//! How webhooks are packed: usually one a POST, at once; faults change that for some of them. Pure but for the clock
//! of the rules.

mod batch;
#[cfg(test)]
mod tests;

use crate::rules::Rules;
use batch::batched;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a webhook that lets another one pass comes after it.
const AFTER_THE_OTHER: Duration = Duration::from_millis(50);

/// The most copies of one webhook.
const COPIES_MAX: u32 = 100;

/// What happens to a webhook on its way. Also a part of the body of `POST /_sim/faults` with the target "webhooks".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum WebhookFault {
    /// It comes several times.
    Duplicate {
        /// At least 2 to make a difference, at most 100.
        copies: u32,
    },
    /// It comes later.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// It comes after the next one, or after a second if there is none.
    Reorder,
    /// It never comes.
    Drop,
    /// It comes in one POST with those after it. They are sent when they are enough, or after a second.
    Batch {
        /// How many there are in the POST.
        count: u32,
        /// Whether they share one `value` where they can, with several `messages`, `statuses` and `contacts`; else
        /// they are changes and entries of their own.
        #[serde(default)]
        in_one_value: bool,
    },
    /// Its timestamps are wrong.
    ClockSkew {
        /// Added to them.
        seconds: i64,
    },
}

/// Who gets a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Audience {
    /// The app under test.
    pub app: bool,
    /// The other apps that are subscribed to the account.
    pub others: bool,
    /// Whether it is told of a number, and follows an override of the webhook address.
    pub of_number: bool,
}

/// One POST to come.
#[derive(Debug, PartialEq)]
pub(crate) struct Parcel {
    /// Its body.
    pub webhook: Value,
    /// Who gets it.
    pub audience: Audience,
    /// The webhooks in it, as the log counts them.
    pub numbers: Vec<u64>,
    /// How long it waits.
    pub after: Duration,
}

/// What becomes of one more webhook.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Packed {
    /// These are posted.
    pub go: Vec<Parcel>,
    /// These never are.
    pub lost: Vec<u64>,
    /// Something waits from now on for webhooks to come; to be given to [`Parcels::release`].
    pub holds: Option<u64>,
}

/// What waits: rules for the next webhooks, and webhooks for the next ones.
#[derive(Debug, Default)]
pub(crate) struct Parcels {
    /// What the next webhooks meet.
    pub rules: Rules<WebhookFault>,
    held: Option<(u64, Parcel)>,
    batch: Option<Batch>,
    holds_made: u64,
}

#[derive(Debug)]
struct Batch {
    number: u64,
    count: usize,
    in_one_value: bool,
    parcels: Vec<Parcel>,
}

impl Parcels {
    /// Nothing waits; the dice are seeded with `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self {
            rules: Rules::seeded(seed),
            ..Self::default()
        }
    }

    /// Whether the next webhook goes as it is.
    pub fn is_plain(&self) -> bool {
        self.rules.count() == 0 && self.held.is_none() && self.batch.is_none()
    }

    /// How many webhooks wait for others.
    pub fn waiting(&self) -> usize {
        usize::from(self.held.is_some()) + self.batch.as_ref().map_or(0, |batch| batch.parcels.len())
    }

    /// What is posted now that there is one more.
    pub fn pack(&mut self, mut parcel: Parcel) -> Packed {
        let skew = self
            .rules
            .draw(|_, fault| matches!(fault, WebhookFault::ClockSkew { .. }));
        if let Some(WebhookFault::ClockSkew { seconds }) = skew {
            shift_times(&mut parcel.webhook, seconds);
        }
        if self.batch.is_some() {
            return self.add_to_batch(parcel);
        }
        let fault = self
            .rules
            .draw(|_, fault| !matches!(fault, WebhookFault::ClockSkew { .. }));
        let mut packed = Packed::default();
        match fault {
            None | Some(WebhookFault::ClockSkew { .. }) => packed.go.push(parcel),
            Some(WebhookFault::Duplicate { copies }) => {
                let copies = (1..copies.min(COPIES_MAX)).map(|_| parcel.copy()).collect::<Vec<_>>();
                packed.go.push(parcel);
                packed.go.extend(copies);
            }
            Some(WebhookFault::Delay { ms }) => {
                parcel.after = Duration::from_millis(ms);
                packed.go.push(parcel);
            }
            Some(WebhookFault::Drop) => packed.lost = parcel.numbers,
            Some(WebhookFault::Reorder) => {
                let number = self.next_hold();
                packed.holds = Some(number);
                let before = self.held.replace((number, parcel));
                packed.go.extend(before.map(|(_, before)| before));
                return packed;
            }
            Some(WebhookFault::Batch { count, in_one_value }) => {
                self.batch = Some(Batch {
                    number: self.next_hold(),
                    count: usize::try_from(count).unwrap_or(usize::MAX).max(1),
                    in_one_value,
                    parcels: Vec::new(),
                });
                packed = self.add_to_batch(parcel);
            }
        }
        packed.go.extend(self.held.take().map(|(_, held)| Parcel {
            after: AFTER_THE_OTHER,
            ..held
        }));
        packed
    }

    /// What [`Packed::holds`] named is posted if it still waits.
    pub fn release(&mut self, hold: u64) -> Vec<Parcel> {
        if self.held.as_ref().is_some_and(|(number, _)| *number == hold) {
            return self.held.take().into_iter().map(|(_, parcel)| parcel).collect();
        }
        if self.batch.as_ref().is_some_and(|batch| batch.number == hold) {
            return self.batch.take().map(Batch::posts).unwrap_or_default();
        }
        Vec::new()
    }

    fn add_to_batch(&mut self, parcel: Parcel) -> Packed {
        let Some(batch) = &mut self.batch else {
            return Packed::default();
        };
        batch.parcels.push(parcel);
        if batch.parcels.len() < batch.count {
            return Packed {
                holds: (batch.parcels.len() == 1).then_some(batch.number),
                ..Packed::default()
            };
        }
        Packed {
            go: self.batch.take().map(Batch::posts).unwrap_or_default(),
            ..Packed::default()
        }
    }

    fn next_hold(&mut self) -> u64 {
        self.holds_made += 1;
        self.holds_made
    }
}

impl Batch {
    /// One POST for each place its webhooks go to.
    fn posts(self) -> Vec<Parcel> {
        let mut posts: Vec<(Audience, Vec<Parcel>)> = Vec::new();
        for parcel in self.parcels {
            match posts.iter_mut().find(|(audience, _)| *audience == parcel.audience) {
                Some((_, parcels)) => parcels.push(parcel),
                None => posts.push((parcel.audience, vec![parcel])),
            }
        }
        posts
            .into_iter()
            .map(|(audience, parcels)| {
                let webhooks: Vec<&Value> = parcels.iter().map(|parcel| &parcel.webhook).collect();
                Parcel {
                    webhook: batched(&webhooks, self.in_one_value),
                    audience,
                    numbers: parcels.iter().flat_map(|parcel| parcel.numbers.clone()).collect(),
                    after: Duration::ZERO,
                }
            })
            .collect()
    }
}

impl Parcel {
    /// The same again. It is logged once, with the first.
    fn copy(&self) -> Self {
        Self {
            webhook: self.webhook.clone(),
            audience: self.audience,
            numbers: Vec::new(),
            after: self.after,
        }
    }
}

/// Adds `seconds` to every `timestamp` and `time`, which Meta writes as strings or numbers.
fn shift_times(json: &mut Value, seconds: i64) {
    match json {
        Value::Object(object) => {
            for (key, value) in object {
                if matches!(key.as_str(), "timestamp" | "time") {
                    shift(value, seconds);
                } else {
                    shift_times(value, seconds);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| shift_times(item, seconds)),
        _ => {}
    }
}

fn shift(time: &mut Value, seconds: i64) {
    if let Some(number) = time.as_i64() {
        *time = json!(number.saturating_add(seconds));
    } else if let Some(number) = time.as_str().and_then(|text| text.parse::<i64>().ok()) {
        *time = json!(number.saturating_add(seconds).to_string());
    }
}
