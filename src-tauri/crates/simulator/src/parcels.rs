//! How webhooks are packed: usually one a POST, at once; faults change that for the next ones. Pure.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::VecDeque, time::Duration};

/// How long a webhook that lets another one pass comes after it.
const AFTER_THE_OTHER: Duration = Duration::from_millis(50);

/// What happens to a webhook on its way. Also the body of `POST /_sim/webhook_fault`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum WebhookFault {
    /// It comes `times` times.
    Duplicate {
        /// At least 2 to make a difference.
        times: u32,
    },
    /// It comes later.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// It comes after the next one.
    Reorder,
    /// It never comes.
    Drop,
    /// It comes in one POST with those after it.
    Batch {
        /// How many there are in the POST. They wait until they are so many.
        count: u32,
    },
}

/// One POST to come.
#[derive(Debug, PartialEq)]
pub(crate) struct Parcel {
    /// Its body.
    pub webhook: Value,
    /// How long it waits.
    pub after: Duration,
}

/// What waits: faults for the next webhooks, and webhooks for the next ones.
#[derive(Debug, Default)]
pub(crate) struct Parcels {
    faults: VecDeque<WebhookFault>,
    held: Option<Value>,
    batch: Vec<Value>,
    batch_count: usize,
}

impl Parcels {
    /// The next webhook meets `fault`; called again, the one after it.
    pub fn fail_next(&mut self, fault: WebhookFault) {
        self.faults.push_back(fault);
    }

    /// Whether the next webhook goes as it is.
    pub fn is_plain(&self) -> bool {
        self.faults.is_empty() && self.held.is_none() && self.batch_count == 0
    }

    /// What is posted now that there is one more webhook.
    pub fn pack(&mut self, webhook: &Value) -> Vec<Parcel> {
        if self.batch_count > 0 {
            self.batch.push(webhook.clone());
            return self.batch_if_full();
        }
        let mut parcels = match self.faults.pop_front() {
            None => vec![at_once(webhook.clone())],
            Some(WebhookFault::Duplicate { times }) => (0..times).map(|_| at_once(webhook.clone())).collect(),
            Some(WebhookFault::Delay { ms }) => vec![Parcel {
                webhook: webhook.clone(),
                after: Duration::from_millis(ms),
            }],
            Some(WebhookFault::Drop) => Vec::new(),
            Some(WebhookFault::Reorder) => {
                let before = self.held.replace(webhook.clone());
                return before.into_iter().map(at_once).collect();
            }
            Some(WebhookFault::Batch { count }) => {
                self.batch_count = usize::try_from(count).unwrap_or(usize::MAX).max(1);
                self.batch.push(webhook.clone());
                self.batch_if_full()
            }
        };
        parcels.extend(self.held.take().map(|webhook| Parcel {
            webhook,
            after: AFTER_THE_OTHER,
        }));
        parcels
    }

    fn batch_if_full(&mut self) -> Vec<Parcel> {
        if self.batch.len() < self.batch_count {
            return Vec::new();
        }
        self.batch_count = 0;
        vec![at_once(batched(&std::mem::take(&mut self.batch)))]
    }
}

/// One body of all of `webhooks`: two changes an entry where both are of the same account and have no time.
fn batched(webhooks: &[Value]) -> Value {
    let mut entries: Vec<Value> = Vec::new();
    let all = webhooks
        .iter()
        .filter_map(|webhook| webhook.get("entry").and_then(Value::as_array))
        .flatten();
    for entry in all {
        let has_room = |last: &&mut Value| {
            last.get("id") == entry.get("id")
                && last.get("time").is_none()
                && entry.get("time").is_none()
                && last.get("changes").and_then(Value::as_array).map(Vec::len) == Some(1)
        };
        let room = entries
            .last_mut()
            .filter(has_room)
            .and_then(|last| last.get_mut("changes"))
            .and_then(Value::as_array_mut);
        match (room, entry.get("changes").and_then(Value::as_array)) {
            (Some(changes), Some(more)) => changes.extend(more.iter().cloned()),
            _ => entries.push(entry.clone()),
        }
    }
    json!({"object": "whatsapp_business_account", "entry": entries})
}

fn at_once(webhook: Value) -> Parcel {
    Parcel {
        webhook,
        after: Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(number: u32) -> Value {
        json!({"entry": [{"id": "1", "changes": [number]}]})
    }

    fn posted(parcels: Vec<Parcel>) -> Vec<Value> {
        parcels.into_iter().map(|parcel| parcel.webhook).collect()
    }

    #[test]
    fn a_webhook_is_doubled_dropped_or_overtaken() {
        let mut parcels = Parcels::default();
        parcels.fail_next(WebhookFault::Duplicate { times: 2 });
        parcels.fail_next(WebhookFault::Drop);
        parcels.fail_next(WebhookFault::Reorder);
        assert_eq!(posted(parcels.pack(&webhook(1))), [webhook(1), webhook(1)]);
        assert!(parcels.pack(&webhook(2)).is_empty());
        assert!(parcels.pack(&webhook(3)).is_empty());
        assert!(!parcels.is_plain());
        assert_eq!(posted(parcels.pack(&webhook(4))), [webhook(4), webhook(3)]);
        assert!(parcels.is_plain());
    }

    #[test]
    fn a_batch_has_several_entries_and_changes() {
        let mut parcels = Parcels::default();
        parcels.fail_next(WebhookFault::Batch { count: 3 });
        assert!(parcels.pack(&webhook(1)).is_empty());
        assert!(parcels.pack(&webhook(2)).is_empty());
        let entry = json!([{"id": "1", "changes": [1, 2]}, {"id": "1", "changes": [3]}]);
        assert_eq!(
            posted(parcels.pack(&webhook(3))),
            [json!({"object": "whatsapp_business_account", "entry": entry})]
        );
        assert!(parcels.is_plain());
    }
}
