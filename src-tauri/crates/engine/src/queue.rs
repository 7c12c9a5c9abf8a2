//! The page of the queue: what waits and why, when it will leave, and what people decide about it.

use crate::{
    Engine, clock,
    requests::{Answer, conflict, internal, page_size},
    scheduled, views,
};
use std::time::Duration;
use twinbox_domain::{Forecast, Lane, Millis, NumberId, OutboxState, Seq, explain_meta_error};
use twinbox_protocol::{
    Caller, CancelLane, FailedView, FailureGroup, FailureKey, GaugeView, GetQueue, LaneView, ListFailed, ListQueue,
    ListWaiting, Page, PauseLane, PauseMessage, PauseSending, QueueView, ResumeLane, ResumeMessage, RetryFailed, Wait,
    WaitingList, WaitingView,
};
use twinbox_store::{FailedGroup, FailedKind, Hold, Number, Waiting, Why};

/// Items of a lane shown before anybody asks for more.
const FIRST_PAGE: u32 = 50;
const MOST_WAITING_OF_ONE: u32 = 50;
const MOST_UNKNOWN: u32 = 20;
const FIRST_SCHEDULED: u32 = 20;
const MOST_SCHEDULED: u32 = 1000;
const MOST_GROUPS: u32 = 30;
const FAILURES_FOR_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Most items changed in one commit, so that webhooks need not wait for long behind it.
const AT_ONCE: u32 = 100;

/// When a number's items leave.
struct Outlook {
    is_paused: bool,
    held_lanes: Vec<Lane>,
    may_send: bool,
    forecast: Option<Forecast>,
}

impl Engine {
    pub(crate) async fn queue(&self, call: GetQueue) -> Answer<QueueView> {
        let (store, now) = (&self.inner.store, clock::now());
        let numbers = store.numbers().await.map_err(internal)?;
        let shown = |number: &&Number| call.number.as_ref().is_none_or(|only| *only == number.id);
        let mut view = QueueView {
            numbers: Vec::new(),
            lanes: Vec::new(),
            unknown: Vec::new(),
            unknown_count: 0,
            failures: Vec::new(),
            scheduled: Vec::new(),
            scheduled_count: 0,
        };
        let mut waiting = [0; 3];
        let mut held = Vec::new();
        for number in &numbers {
            let queue = store.number_queue(number.id.clone(), now).await.map_err(internal)?;
            if shown(&number) {
                for (sum, more) in waiting.iter_mut().zip(queue.waiting) {
                    *sum += more;
                }
                view.unknown_count += queue.unknown;
                held.extend(queue.held_lanes.iter().map(|lane| (*lane, number.id.clone())));
                view.failures.extend(self.failures_of(&number.id, now).await?);
            }
            let standing = store.number_standing(number.id.clone()).await.map_err(internal)?;
            view.numbers
                .push(self.gauge(number, queue, standing.standing.may_send()));
        }
        let shown: Vec<NumberId> = numbers.iter().filter(shown).map(|number| number.id.clone()).collect();
        for (lane, waiting) in Lane::ALL.into_iter().zip(waiting) {
            let page = self.lane_page(&shown, lane, None, FIRST_PAGE, now).await?;
            let mut items = self.standing_at(&shown, OutboxState::InFlight, now).await?;
            items.retain(|item| item.lane == lane);
            items.extend(page.items);
            view.lanes.push(LaneView {
                lane,
                waiting,
                items,
                more: page.more,
                paused: held
                    .iter()
                    .filter(|(held, _)| *held == lane)
                    .map(|(_, number)| number.clone())
                    .collect(),
            });
        }
        view.unknown = self.standing_at(&shown, OutboxState::OutcomeUnknown, now).await?;
        view.failures.sort_by_key(|group| std::cmp::Reverse(group.count));
        view.failures.truncate(MOST_GROUPS as usize);
        let limit = call.scheduled.clamp(FIRST_SCHEDULED, MOST_SCHEDULED);
        let (later, count) = store.scheduled(call.number, limit).await.map_err(internal)?;
        view.scheduled = later.into_iter().map(scheduled::view).collect();
        view.scheduled_count = count;
        Ok(view)
    }

    pub(crate) async fn list_queue(&self, call: ListQueue) -> Answer<Page<WaitingView>> {
        let numbers = match call.number {
            Some(number) => vec![number],
            None => {
                let numbers = self.inner.store.numbers().await.map_err(internal)?;
                numbers.into_iter().map(|number| number.id).collect()
            }
        };
        let after = Some(call.after.0);
        self.lane_page(&numbers, call.lane, after, page_size(call.limit), clock::now())
            .await
    }

    pub(crate) async fn waiting(&self, call: ListWaiting) -> Answer<WaitingList> {
        let (store, now) = (&self.inner.store, clock::now());
        let queued = store.waiting_of(call.conversation, MOST_WAITING_OF_ONE, now).await;
        let queued = queued.map_err(internal)?;
        let outlook = match queued.first() {
            Some(first) => self.outlook(&first.number).await?,
            None => Outlook::nothing(),
        };
        let scheduled = store.scheduled_of(call.conversation, MOST_WAITING_OF_ONE).await;
        Ok(WaitingList {
            queued: queued.into_iter().map(|item| outlook.view(item, now)).collect(),
            scheduled: scheduled.map_err(internal)?.into_iter().map(scheduled::view).collect(),
        })
    }

    pub(crate) async fn list_failed(&self, call: ListFailed) -> Answer<Page<FailedView>> {
        let since = clock::now().plus_ms(-FAILURES_FOR_MS);
        let before = call.before.map(|position| position.0);
        let limit = page_size(call.limit) as usize;
        let failed = self
            .inner
            .store
            .failed(
                call.number,
                group_of(call.group),
                since,
                before,
                page_size(call.limit) + 1,
            )
            .await
            .map_err(internal)?;
        Ok(Page {
            more: failed.len() > limit,
            items: failed
                .into_iter()
                .take(limit)
                .map(|failed| FailedView {
                    id: failed.id,
                    position: Seq(failed.position),
                    conversation: failed.conversation,
                    person: views::person(failed.person),
                    content: failed.content.short(views::SHORT),
                    at: failed.at,
                })
                .collect(),
        })
    }

    /// In slices; what a stop leaves over can be tried again as before.
    pub(crate) async fn retry_failed(&self, call: RetryFailed) -> Answer<()> {
        if call.group.was_taken {
            return Err(conflict(
                "WhatsApp had taken these messages. Write to these people anew.",
            ));
        }
        let (store, now) = (&self.inner.store, clock::now());
        let since = now.plus_ms(-FAILURES_FOR_MS);
        let group = group_of(call.group);
        let mut before = None;
        let mut retried = 0_u32;
        loop {
            let slice = store.failed(call.number.clone(), group.clone(), since, before, AT_ONCE);
            let slice = slice.await.map_err(internal)?;
            let Some(last) = slice.last() else { break };
            before = Some(last.position);
            for failed in &slice {
                retried += u32::from(store.retry(failed.id, now).await.map_err(internal)?);
            }
        }
        if retried > 0 {
            Ok(())
        } else {
            Err(conflict("None of these messages is waiting to be sent again."))
        }
    }

    /// In slices, from the first to the one that is the last now; what a stop leaves over goes on waiting.
    pub(crate) async fn cancel_lane(&self, call: CancelLane) -> Answer<()> {
        let store = &self.inner.store;
        let end = store.end_of_queue().await.map_err(internal)?;
        loop {
            let slice = store.cancel_lane(call.number.clone(), call.lane, end, AT_ONCE, clock::now());
            if slice.await.map_err(internal)? == 0 {
                return Ok(());
            }
        }
    }

    pub(crate) async fn pause_sending(&self, caller: &Caller, call: PauseSending) -> Answer<()> {
        let hold = Hold {
            author: caller.user.clone(),
            at: clock::now(),
        };
        if self.inner.store.hold(call.number, hold).await.map_err(internal)? {
            Ok(())
        } else {
            Err(conflict("This number is paused already."))
        }
    }

    pub(crate) async fn pause_lane(&self, caller: &Caller, call: PauseLane) -> Answer<()> {
        let hold = Hold {
            author: caller.user.clone(),
            at: clock::now(),
        };
        if self
            .inner
            .store
            .hold_lane(call.number, call.lane, hold)
            .await
            .map_err(internal)?
        {
            Ok(())
        } else {
            Err(conflict("This is paused already."))
        }
    }

    pub(crate) async fn resume_lane(&self, call: ResumeLane) -> Answer<()> {
        if self
            .inner
            .store
            .release_lane(call.number, call.lane)
            .await
            .map_err(internal)?
        {
            Ok(())
        } else {
            Err(conflict("This is not paused."))
        }
    }

    pub(crate) async fn pause_message(&self, caller: &Caller, call: PauseMessage) -> Answer<()> {
        let hold = Hold {
            author: caller.user.clone(),
            at: clock::now(),
        };
        if self.inner.store.hold_item(call.id, hold).await.map_err(internal)? {
            Ok(())
        } else {
            Err(conflict("This message has left already, or is paused."))
        }
    }

    pub(crate) async fn resume_message(&self, call: ResumeMessage) -> Answer<()> {
        if self.inner.store.release_item(call.id).await.map_err(internal)? {
            Ok(())
        } else {
            Err(conflict("This is not paused."))
        }
    }

    fn gauge(&self, number: &Number, queue: twinbox_store::NumberQueue, may_send: bool) -> GaugeView {
        let now = clock::monotonic();
        let pace = self.inner.paces.of(&number.id).map(|pace| {
            let pacing = pace.lock();
            let waits = pacing.waits_until(now).map(|until| until.0.saturating_sub(now.0));
            (pacing.per_second(), waits, pacing.busy(now))
        });
        let waiting: u64 = queue.waiting.iter().sum();
        let lanes = Lane::ALL.into_iter().zip(queue.waiting);
        let goes: u64 = lanes
            .filter(|(lane, _)| !queue.held_lanes.contains(lane))
            .map(|(_, waiting)| waiting)
            .sum();
        let last = goes
            .saturating_sub(queue.held)
            .checked_sub(1)
            .filter(|_| queue.hold.is_none() && may_send);
        let done = last.and_then(|ahead| self.forecast(&number.id)?.leaves_after(ahead));
        GaugeView {
            number: number.id.clone(),
            busy: pace.map_or(queue.in_flight, |(_, _, busy)| busy as u64),
            in_flight: queue.in_flight,
            cap_per_second: number.cap_per_second,
            pace_per_second: pace.map_or(number.cap_per_second, |(pace, ..)| pace.min(number.cap_per_second)),
            minute: queue.minute,
            sent_in_a_day: queue.sent_in_a_day,
            waiting,
            waits_ms: pace.and_then(|(_, waits, _)| waits).map(whole_ms),
            may_send,
            done_in_ms: done.map(whole_ms),
            pause: queue.hold.map(views::pause),
        }
    }

    async fn outlook(&self, number: &NumberId) -> Answer<Outlook> {
        let store = &self.inner.store;
        let sending = store.sending(number.clone()).await.map_err(internal)?;
        let standing = store.number_standing(number.clone()).await.map_err(internal)?;
        Ok(Outlook {
            is_paused: sending.hold.is_some(),
            held_lanes: sending.held_lanes,
            may_send: standing.standing.may_send(),
            forecast: self.forecast(number),
        })
    }

    /// A page of a lane of several numbers, in the order in which they were queued.
    async fn lane_page(
        &self,
        numbers: &[NumberId],
        lane: Lane,
        after: Option<i64>,
        limit: u32,
        now: Millis,
    ) -> Answer<Page<WaitingView>> {
        let mut items = Vec::new();
        for number in numbers {
            let page = self.inner.store.waiting(number.clone(), lane, after, limit + 1, now);
            let page = page.await.map_err(internal)?;
            if page.is_empty() {
                continue;
            }
            let outlook = self.outlook(number).await?;
            items.extend(page.into_iter().map(|item| outlook.view(item, now)));
        }
        items.sort_by_key(|item| item.position);
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        Ok(Page { items, more })
    }

    async fn standing_at(&self, numbers: &[NumberId], state: OutboxState, now: Millis) -> Answer<Vec<WaitingView>> {
        let mut items = Vec::new();
        for number in numbers {
            let found = self.inner.store.standing_at(number.clone(), state, MOST_UNKNOWN, now);
            let outlook = Outlook::nothing();
            items.extend(
                found
                    .await
                    .map_err(internal)?
                    .into_iter()
                    .map(|item| outlook.view(item, now)),
            );
        }
        items.sort_by_key(|item| item.position);
        items.truncate(MOST_UNKNOWN as usize);
        Ok(items)
    }

    async fn failures_of(&self, number: &NumberId, now: Millis) -> Answer<Vec<FailureGroup>> {
        let since = now.plus_ms(-FAILURES_FOR_MS);
        let groups = self.inner.store.failures(number.clone(), since, MOST_GROUPS);
        let view = |group: FailedGroup| {
            let sentence = group.code.and_then(explain_meta_error);
            let is_refused = group.kind == FailedKind::Refused;
            let reason = match sentence {
                Some(sentence) if !is_refused || group.reason.is_empty() => sentence.to_owned(),
                _ => group.reason.clone(),
            };
            FailureGroup {
                number: number.clone(),
                key: FailureKey {
                    was_taken: !is_refused,
                    code: group.code,
                    told: group.reason,
                },
                reason,
                count: group.count,
            }
        };
        Ok(groups.await.map_err(internal)?.into_iter().map(view).collect())
    }
}

impl Outlook {
    /// Of items that stand in no line.
    const fn nothing() -> Self {
        Self {
            is_paused: false,
            held_lanes: Vec::new(),
            may_send: true,
            forecast: None,
        }
    }

    fn view(&self, item: Waiting, now: Millis) -> WaitingView {
        let (wait, not_before) = match item.why {
            Why::OnTheWire => (Wait::OnTheWire, None),
            Why::Unknown => (Wait::Unknown, None),
            _ if self.is_paused || self.held_lanes.contains(&item.lane) => (Wait::Paused, None),
            _ if !self.may_send => (Wait::NumberCannot, None),
            Why::Held => (Wait::Held, None),
            Why::BehindHeld => (Wait::BehindHeld, None),
            Why::Turn => (Wait::Turn, None),
            Why::Earlier => (Wait::Earlier, None),
            Why::Upload => (Wait::Upload, None),
            Why::SamePerson(at) => (Wait::SamePerson, Some(at)),
            Why::Doubt(at) => (Wait::Doubt, Some(at)),
            Why::Retry(at) => (Wait::Retry, Some(at)),
        };
        let can_tell = !matches!(
            wait,
            Wait::Unknown
                | Wait::Paused
                | Wait::Held
                | Wait::BehindHeld
                | Wait::NumberCannot
                | Wait::OnTheWire
                | Wait::Upload
        );
        let in_line = self.forecast.as_ref().filter(|_| can_tell);
        let in_line = in_line.and_then(|forecast| forecast.leaves_after(item.ahead));
        let at_least = not_before.map_or(0, |at| u64::try_from(at.ms_since(now)).unwrap_or_default());
        let stands_in_line = !matches!(wait, Wait::OnTheWire | Wait::Unknown) && item.hold.is_none();
        WaitingView {
            id: item.id,
            position: Seq(item.position),
            place: if stands_in_line { item.ahead + 1 } else { 0 },
            number: item.number,
            conversation: item.conversation,
            person: views::person(item.person),
            lane: item.lane,
            author: item.author,
            content: item.content.short(views::SHORT),
            wait,
            since: item.since,
            leaves_in_ms: in_line.map(|after| whole_ms(after).max(at_least)),
            pause: item.hold.map(views::pause),
        }
    }
}

fn whole_ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn group_of(key: FailureKey) -> FailedGroup {
    FailedGroup {
        kind: if key.was_taken {
            FailedKind::ToldLater
        } else {
            FailedKind::Refused
        },
        code: key.code,
        reason: key.told,
        count: 0,
    }
}
