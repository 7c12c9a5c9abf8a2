use super::*;
use crate::{Monotonic, Pacer, Poll, Response};
use proptest::prelude::*;

#[test]
fn with_five_permits_the_sixth_message_waits_for_the_first_permit_to_come_round() {
    let forecast = Forecast::new(vec![Duration::ZERO; 5], Duration::from_millis(90), 0.0);
    let leaves = |ahead| forecast.leaves_after(ahead).map(|after| after.as_millis());
    assert_eq!(
        (leaves(0), leaves(4), leaves(5), leaves(9)),
        (Some(0), Some(0), Some(1100), Some(1100))
    );
    assert_eq!(leaves(10_000), Some(2000 * 1100));
}

#[test]
fn a_number_without_permits_sends_nothing() {
    assert_eq!(Forecast::new(Vec::new(), Duration::ZERO, 1.0).leaves_after(0), None);
}

#[test]
fn a_permit_that_rests_for_long_holds_up_the_others_only_as_far_as_it_is_missed() {
    let ready = vec![Duration::ZERO, Duration::from_secs(3600)];
    let forecast = Forecast::new(ready, Duration::ZERO, 0.0);
    assert_eq!(forecast.leaves_after(10), Some(Duration::from_millis(10_100)));
}

/// A queue of `waiting` messages is sent with a real pacer, while customers write at the times of `arrivals`; each tells
/// when it left.
fn departures(
    pacer: &mut Pacer,
    mut now: Monotonic,
    waiting: usize,
    arrivals: &mut std::iter::Peekable<impl Iterator<Item = Monotonic>>,
    mut took: impl FnMut() -> Duration,
) -> Vec<Monotonic> {
    let (mut out, mut left) = (Vec::new(), Vec::new());
    while left.len() < waiting {
        while let Some(at) = arrivals.next_if(|at| *at <= now) {
            pacer.debit(at);
        }
        let due: Vec<_> = out.extract_if(.., |(ends, _)| *ends <= now).collect();
        for (ends, permit) in due {
            pacer.give_back(permit, ends, Response::Received);
        }
        let next_end = out.iter().map(|(ends, _)| *ends).min();
        let next_end = next_end.into_iter().chain(arrivals.peek().copied()).min();
        match pacer.poll(now) {
            Poll::Go(permit) => {
                left.push(now);
                out.push((now.plus(took()), permit));
            }
            Poll::WaitUntil(at) => now = next_end.map_or(at, |end| end.min(at)),
            Poll::AllOut => now = next_end.unwrap_or(now),
        }
    }
    for (ends, permit) in out {
        pacer.give_back(permit, ends, Response::Received);
    }
    left
}

fn nobody() -> std::iter::Peekable<std::iter::Empty<Monotonic>> {
    std::iter::empty().peekable()
}

/// Xorshift.
fn randoms(seed: u64) -> impl FnMut() -> u64 {
    let mut random = seed | 1;
    move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    }
}

/// Customers who write at random, so many times a second in the mean.
fn customers(seed: u64, per_second: f64, start: Monotonic) -> impl Iterator<Item = Monotonic> {
    let (mut random, mut at) = (randoms(seed), start);
    // The first few of a small seed are small.
    (0..20).for_each(|_| {
        random();
    });
    std::iter::repeat_with(move || {
        let share = (random() % 1_000_000) as f64 / 1_000_000.0;
        at = at.plus(Duration::from_secs_f64(-(1.0 - share).ln() / per_second));
        at
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 64, ..ProptestConfig::default() })]

    /// Round trips of 30 ms or of 300 ms, each with a heavy tail: what is told of a full queue is at most 15 % off, from
    /// the first minute on. Before that a single slow answer is more than 15 %.
    #[test]
    fn what_is_told_of_a_full_queue_is_at_most_15_percent_off(
        cap in 1_u32..=20,
        shortest in prop::sample::select(vec![30_u64, 300]),
        seed in any::<u64>(),
    ) {
        let mut random = randoms(seed);
        let mut took = move || {
            let roll = random() % 1000;
            // Most are near the shortest; one in a hundred takes ten times as long.
            Duration::from_millis(if roll < 10 { shortest * 10 } else { shortest + roll % (shortest / 2) })
        };
        let start = Monotonic(Duration::from_secs(100));
        let mut pacer = Pacer::after_start(cap, start, 0, Duration::ZERO);
        let mut round_trip = RoundTrip::default();
        // It has been sending for a while.
        let warm = departures(&mut pacer, start, 60, &mut nobody(), || {
            let took = took();
            round_trip.measured(took);
            took
        });
        let now = warm.last().copied().unwrap_or_default().plus(Duration::from_secs(20));
        let forecast = Forecast::new(pacer.readiness(now, round_trip.mean()), round_trip.mean(), 0.0);
        let left = departures(&mut pacer, now, 1000 + 60 * cap as usize, &mut nobody(), took);
        for (ahead, left) in left.into_iter().enumerate().step_by(13) {
            let told = forecast.leaves_after(ahead as u64).unwrap_or_default().as_secs_f64();
            let real = left.0.saturating_sub(now.0).as_secs_f64();
            prop_assert!(real < 60.0 || (told - real).abs() <= 0.15 * real, "{ahead}: told {told}, left after {real}");
        }
    }

    /// Also while customers write at random, up to six times for ten messages that may be sent. Their number differs from
    /// minute to minute by itself, so this counts from the tenth minute on, and the seeds are always the same.
    #[test]
    fn what_is_told_of_a_full_queue_counts_what_customers_take(
        cap in prop::sample::select(vec![1_u32, 2, 5, 10, 20]),
        load in prop::sample::select(vec![0.1, 0.3, 0.6]),
        ms in prop::sample::select(vec![30_u64, 300]),
        seed in 1_u64..40,
    ) {
        let start = Monotonic(Duration::from_secs(100));
        let per_second = f64::from(cap) * load;
        let mut pacer = Pacer::after_start(cap, start, 0, Duration::ZERO);
        pacer.set_counts_received(true);
        let mut received = ReceivedRate::new(start);
        let now = start.plus(Duration::from_secs(900));
        let mut arrivals = customers(seed * 7919, per_second, start).peekable();
        while let Some(at) = arrivals.next_if(|at| *at <= now) {
            received.received(at);
            pacer.debit(at);
        }
        let took = Duration::from_millis(ms);
        let forecast = Forecast::new(pacer.readiness(now, took), took, received.per_second(now));
        let left = departures(&mut pacer, now, 900 * cap as usize, &mut arrivals, || took);
        for (ahead, left) in left.into_iter().enumerate().step_by(13) {
            let told = forecast.leaves_after(ahead as u64).unwrap_or_default().as_secs_f64();
            let real = left.0.saturating_sub(now.0).as_secs_f64();
            prop_assert!(real < 600.0 || (told - real).abs() <= 0.15 * real, "{ahead}: told {told}, left after {real}");
        }
    }
}
