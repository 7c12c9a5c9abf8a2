//! What was told, and whether it was answered. Bounded: the last [`KEPT`] webhooks. Pure.

use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;

/// So many webhooks are remembered.
const KEPT: usize = 50_000;

/// The lists of a `value` whose items are named in the log.
const LISTS: [&str; 3] = ["messages", "statuses", "message_echoes"];

/// One webhook, before faults copied it or packed it with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Told {
    /// Counts every webhook, from 0.
    pub number: u64,
    /// Its field.
    pub field: String,
    /// The ids of its messages, echoes and statuses; a status follows its id after a space.
    pub items: Vec<String>,
    /// When it was made, in microseconds since the start.
    pub at_micros: u64,
    /// How often it was posted.
    pub attempts: u32,
    /// When everybody had answered 200.
    pub answered_at_micros: Option<u64>,
    /// Why nobody will: "dropped" by a fault, or "given_up".
    pub lost: Option<&'static str>,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Log {
    told: VecDeque<Told>,
    forgotten: u64,
}

impl Log {
    /// One more. Gives its number.
    pub fn open(&mut self, webhook: &Value, at_micros: u64) -> u64 {
        if self.told.len() >= KEPT {
            self.told.pop_front();
            self.forgotten += 1;
        }
        let number = self.forgotten + self.told.len() as u64;
        let change = webhook.pointer("/entry/0/changes/0");
        let field = change.and_then(|change| change.get("field")).and_then(Value::as_str);
        self.told.push_back(Told {
            number,
            field: field.unwrap_or_default().to_owned(),
            items: change
                .and_then(|change| change.get("value"))
                .map(items)
                .unwrap_or_default(),
            at_micros,
            attempts: 0,
            answered_at_micros: None,
            lost: None,
        });
        number
    }

    /// The one with that number, if it is remembered.
    pub fn get(&self, number: u64) -> Option<&Told> {
        self.told.get(self.place(number)?)
    }

    /// Those from that number on.
    pub fn since(&self, number: u64) -> Vec<Told> {
        let skipped = usize::try_from(number.saturating_sub(self.forgotten)).unwrap_or(usize::MAX);
        self.told.iter().skip(skipped).cloned().collect()
    }

    /// They were answered 200 at the attempt with that number.
    pub fn answer(&mut self, numbers: &[u64], attempt: u32, at_micros: u64) {
        self.change(numbers, |told| {
            told.attempts = told.attempts.max(attempt);
            told.answered_at_micros.get_or_insert(at_micros);
        });
    }

    /// They were not.
    pub fn fail(&mut self, numbers: &[u64], attempt: u32) {
        self.change(numbers, |told| told.attempts = told.attempts.max(attempt));
    }

    /// It never will be.
    pub fn lose(&mut self, number: u64, why: &'static str) {
        self.change(&[number], |told| told.lost = Some(why));
    }

    fn change(&mut self, numbers: &[u64], change: impl Fn(&mut Told)) {
        for number in numbers {
            if let Some(told) = self.place(*number).and_then(|place| self.told.get_mut(place)) {
                change(told);
            }
        }
    }

    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.forgotten)?).ok()
    }
}

fn items(value: &Value) -> Vec<String> {
    let lists = LISTS.iter().filter_map(|list| value.get(list)?.as_array());
    let named = |item: &Value| {
        let id = item.get("id")?.as_str()?;
        Some(match item.get("status").and_then(Value::as_str) {
            Some(status) => format!("{id} {status}"),
            None => id.to_owned(),
        })
    };
    lists.flatten().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_webhooks_are_remembered_by_their_number() {
        let mut log = Log::default();
        let webhook = json!({"entry": [{"changes": [{"field": "messages", "value": {
            "statuses": [{"id": "wamid.1", "status": "sent"}], "messages": [{"id": "wamid.2"}],
        }}]}]});
        for _ in 0..=KEPT {
            log.open(&webhook, 7);
        }
        assert_eq!(log.get(0), None);
        log.answer(&[0, 1], 2, 9);
        assert_eq!(log.get(1).and_then(|told| told.answered_at_micros), Some(9));
        assert_eq!(
            log.get(KEPT as u64).map(|told| told.items.clone()),
            Some(vec!["wamid.2".to_owned(), "wamid.1 sent".to_owned()])
        );
        assert_eq!(log.since(KEPT as u64 - 1).len(), 2);
    }
}
