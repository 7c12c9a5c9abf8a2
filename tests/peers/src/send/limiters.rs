//! Twinbox's pacer and the crates, each asked the same way.

use governor::{
    Quota, RateLimiter,
    clock::{Clock, FakeRelativeClock},
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};
use std::{cell::RefCell, num::NonZeroU32, rc::Rc, sync::Arc, time::Duration};
use tokio::{
    sync::Notify,
    time::{Instant, sleep},
};
use tower::{Service, ServiceExt, limit::RateLimit, service_fn};
use twinbox_domain::{Monotonic, Pacer, Permit, Poll, Response};

/// What is done when the answer is there.
pub(super) enum Sent {
    /// The permit goes back.
    Permit(Rc<Shared>, Permit),
    /// Nothing: the crates do not ask for answers.
    Forgotten,
}

impl Sent {
    pub(super) fn answered(self) {
        if let Self::Permit(shared, permit) = self {
            shared
                .pacer
                .borrow_mut()
                .give_back(permit, shared.now(), Response::Received);
            shared.came_back.notify_one();
        }
    }
}

/// A pacer and who waits for it.
pub(super) struct Shared {
    pacer: RefCell<Pacer>,
    came_back: Notify,
    started: Instant,
}

impl Shared {
    fn now(&self) -> Monotonic {
        Monotonic(self.started.elapsed())
    }
}

type Governor =
    RateLimiter<NotKeyed, InMemoryState, FakeRelativeClock, NoOpMiddleware<<FakeRelativeClock as Clock>::Instant>>;
type Nothing = std::convert::Infallible;
type Tower = RateLimit<tower::util::BoxService<(), (), Nothing>>;

/// One of them, made when it is first asked.
pub(super) enum Limiter {
    Twinbox(u32, Option<Rc<Shared>>),
    Governor(Quota, Option<(Governor, FakeRelativeClock, Instant)>),
    LeakyBucket(Bucket, Option<Arc<leaky_bucket::RateLimiter>>),
    Tower(u64, Duration, Option<Tower>),
}

/// Most at once, and after how long one of them may go again.
pub(super) struct Bucket {
    most: usize,
    refill: usize,
    every: Duration,
}

/// Makes one for so many messages a second.
type Make = fn(u32) -> Limiter;

/// All of them, with what they are called.
pub(super) const ALL: [(&str, Make); 7] = [
    ("Twinbox's pacer", |cap| Limiter::Twinbox(cap, None)),
    ("governor, N at once", |cap| {
        Limiter::Governor(Quota::per_second(nonzero(cap)), None)
    }),
    ("governor, evenly spaced", |cap| {
        Limiter::Governor(Quota::per_second(nonzero(cap)).allow_burst(nonzero(1)), None)
    }),
    ("leaky-bucket, N at once", |cap| {
        let (most, every) = (cap as usize, Duration::from_secs(1));
        Limiter::LeakyBucket(
            Bucket {
                most,
                refill: most,
                every,
            },
            None,
        )
    }),
    ("leaky-bucket, evenly spaced", |cap| {
        let every = Duration::from_secs(1) / cap;
        Limiter::LeakyBucket(
            Bucket {
                most: 1,
                refill: 1,
                every,
            },
            None,
        )
    }),
    ("tower's RateLimit, N at once", |cap| {
        Limiter::Tower(cap.into(), Duration::from_secs(1), None)
    }),
    ("tower's RateLimit, evenly spaced", |cap| {
        Limiter::Tower(1, Duration::from_secs(1) / cap, None)
    }),
];

fn nonzero(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

impl Limiter {
    /// Until a message may be sent.
    pub(super) async fn wait(&mut self) -> Sent {
        match self {
            Self::Twinbox(cap, shared) => {
                let shared = shared.get_or_insert_with(|| {
                    Rc::new(Shared {
                        pacer: RefCell::new(Pacer::after_start(*cap, Monotonic::default(), 0, Duration::ZERO)),
                        came_back: Notify::new(),
                        started: Instant::now(),
                    })
                });
                let permit = permit(shared).await;
                Sent::Permit(Rc::clone(shared), permit)
            }
            Self::Governor(quota, running) => {
                let (limiter, clock, told) = running.get_or_insert_with(|| {
                    let clock = FakeRelativeClock::default();
                    (
                        RateLimiter::direct_with_clock(*quota, clock.clone()),
                        clock,
                        Instant::now(),
                    )
                });
                loop {
                    let now = Instant::now();
                    clock.advance(now - *told);
                    *told = now;
                    match limiter.check() {
                        Ok(()) => return Sent::Forgotten,
                        Err(early) => sleep(early.wait_time_from(clock.now())).await,
                    }
                }
            }
            Self::LeakyBucket(bucket, running) => {
                let limiter = running.get_or_insert_with(|| {
                    let limiter = leaky_bucket::RateLimiter::builder()
                        .max(bucket.most)
                        .initial(bucket.most)
                        .refill(bucket.refill)
                        .interval(bucket.every)
                        .build();
                    Arc::new(limiter)
                });
                limiter.acquire_one().await;
                Sent::Forgotten
            }
            Self::Tower(most, every, running) => {
                let service = running.get_or_insert_with(|| {
                    let nothing = service_fn(|()| async { Ok::<(), Nothing>(()) }).boxed();
                    RateLimit::new(nothing, tower::limit::rate::Rate::new(*most, *every))
                });
                let Ok(ready) = service.ready().await;
                let Ok(()) = ready.call(()).await;
                Sent::Forgotten
            }
        }
    }
}

async fn permit(shared: &Shared) -> Permit {
    loop {
        let polled = shared.pacer.borrow_mut().poll(shared.now());
        match polled {
            Poll::Go(permit) => return permit,
            Poll::AllOut => shared.came_back.notified().await,
            Poll::WaitUntil(at) => {
                let wait = at.0.saturating_sub(shared.now().0);
                tokio::select! {
                    () = sleep(wait) => {}
                    () = shared.came_back.notified() => {}
                }
            }
        }
    }
}
