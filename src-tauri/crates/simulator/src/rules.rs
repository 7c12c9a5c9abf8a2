//! Faults that wait: for one call or webhook, for several, for a share of them, or for a while. Pure but for the clock
//! of [`FaultRule::lasts`]; the dice are seeded.

use serde::Serialize;
use std::time::{Duration, Instant};

/// A fault, and what meets it.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultRule<F> {
    /// Which calls: "messages" (sends), "receipts" (read receipts), "media", "graph" (every call), a part of a path
    /// such as "oauth" or "smb_app_data", or the beginning of a path, e.g. "/v25.0/1065" or "/1065" after any version.
    /// Webhooks have no target.
    pub target: String,
    /// What happens.
    pub fault: F,
    /// How many meet it; `None`: any number.
    pub times: Option<u64>,
    /// How likely one meets it, 0 to 1.
    pub rate: f64,
    /// How long it waits for them; `None`: until it is used up.
    pub lasts: Option<Duration>,
}

impl<F> FaultRule<F> {
    /// The next one of `target` meets `fault`.
    pub fn once(target: impl Into<String>, fault: F) -> Self {
        Self {
            target: target.into(),
            fault,
            times: Some(1),
            rate: 1.0,
            lasts: None,
        }
    }

    /// Every one of `target` meets `fault` with the probability `rate`.
    pub fn often(target: impl Into<String>, fault: F, rate: f64) -> Self {
        Self {
            times: None,
            rate,
            ..Self::once(target, fault)
        }
    }
}

/// One rule as it stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Waiting<F> {
    target: String,
    #[serde(flatten)]
    fault: F,
    /// How many more may meet it; null: any number.
    times: Option<u64>,
    rate: f64,
    /// How many met it.
    met: u64,
    #[serde(skip)]
    until: Option<Instant>,
}

/// All rules of one kind, in the order they were made.
#[derive(Clone, Debug)]
pub(crate) struct Rules<F> {
    waiting: Vec<Waiting<F>>,
    random: fastrand::Rng,
}

impl<F> Default for Rules<F> {
    fn default() -> Self {
        Self::seeded(1)
    }
}

impl<F> Rules<F> {
    /// None yet. The dice fall the same for the same `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self {
            waiting: Vec::new(),
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// One more, after those there are.
    pub fn add(&mut self, rule: FaultRule<F>) {
        self.waiting.push(Waiting {
            target: rule.target,
            fault: rule.fault,
            times: rule.times,
            rate: rule.rate,
            met: 0,
            until: rule.lasts.and_then(|lasts| Instant::now().checked_add(lasts)),
        });
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// How many wait.
    pub fn count(&self) -> usize {
        self.waiting.len()
    }

    /// Those that wait.
    pub fn waiting(&mut self) -> &[Waiting<F>] {
        self.forget_the_used_up();
        &self.waiting
    }

    /// The dice, for whatever else a fault throws them.
    pub fn random(&mut self) -> &mut fastrand::Rng {
        &mut self.random
    }

    fn forget_the_used_up(&mut self) {
        let is_over = |until: Instant| until <= Instant::now();
        self.waiting
            .retain(|rule| rule.times != Some(0) && !rule.until.is_some_and(is_over));
    }
}

impl<F: Clone> Rules<F> {
    /// The fault that one call or webhook meets: the first whose target and fault are `wanted` and whose dice fall.
    pub fn draw(&mut self, wanted: impl Fn(&str, &F) -> bool) -> Option<F> {
        if self.waiting.is_empty() {
            return None;
        }
        self.forget_the_used_up();
        let Self { waiting, random } = self;
        let met = waiting
            .iter_mut()
            .filter(|rule| wanted(&rule.target, &rule.fault))
            .find(|rule| rule.rate >= 1.0 || random.f64() < rule.rate)?;
        met.met += 1;
        met.times = met.times.map(|times| times.saturating_sub(1));
        let fault = met.fault.clone();
        self.forget_the_used_up();
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_used_up_and_the_next_one_follows() {
        let mut rules = Rules::default();
        rules.add(FaultRule {
            times: Some(2),
            ..FaultRule::once("a", 1)
        });
        rules.add(FaultRule::once("a", 2));
        let drawn: Vec<_> = (0..4).map(|_| rules.draw(|target, _| target == "a")).collect();
        assert_eq!(drawn, [Some(1), Some(1), Some(2), None]);
        assert_eq!(rules.count(), 0);
    }

    #[test]
    fn a_rate_is_kept_about_and_repeats_with_the_seed() {
        let run = || {
            let mut rules = Rules::seeded(7);
            rules.add(FaultRule::often("a", (), 0.25));
            (0..1000)
                .map(|_| rules.draw(|_, ()| true).is_some())
                .collect::<Vec<_>>()
        };
        let first = run();
        assert_eq!(first, run());
        let met = first.iter().filter(|met| **met).count();
        assert!((200..300).contains(&met), "{met}");
    }

    #[test]
    fn a_rule_ends_with_its_time() {
        let mut rules = Rules::default();
        rules.add(FaultRule {
            times: None,
            lasts: Some(Duration::ZERO),
            ..FaultRule::once("a", 1)
        });
        assert_eq!(rules.draw(|_, _| true), None);
        assert!(rules.waiting().is_empty());
    }
}
