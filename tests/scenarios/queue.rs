//! The queue as people see it, and what they can do with what waits.

use std::time::Duration;
use twinbox_domain::{ConversationId, Lane, Millis, NumberId, Origin, OutboxId, Payload};
use twinbox_protocol::{
    CancelLane, CancelMessage, ConversationRow, Delivery, ErrorCode, GetOverview, GetQueue, ListFailed, ListQueue,
    ListWaiting, PauseLane, PauseMessage, PauseSending, QueueView, ResumeLane, ResumeMessage, ResumeSending,
    RetryFailed, SettleUnknown, Wait,
};
use twinbox_simulator::{Customer, Fault};
use twinbox_store::{NewItem, Store};
use twinbox_tests::desk::{Desk, Setup, alice, new_id};

fn shop() -> NumberId {
    NumberId::from("106540352242922")
}

async fn queue(desk: &Desk) -> QueueView {
    desk.ask(GetQueue {
        number: Some(shop()),
        scheduled: 0,
    })
    .await
    .unwrap()
}

/// Conversations with so many people.
async fn people(desk: &Desk, count: usize) -> Vec<ConversationRow> {
    let mut rows = Vec::new();
    for n in 0..count {
        let customer = Customer::new(format!("4915112345{n:02}"), format!("Customer {n}"));
        rows.push(desk.hears_from(customer, "hi").await.unwrap());
    }
    rows
}

async fn pause(desk: &Desk) {
    desk.ask(PauseSending { number: shop() }).await.unwrap();
}

async fn resume(desk: &Desk) {
    desk.ask(ResumeSending { number: shop() }).await.unwrap();
}

async fn until_sent(desk: &Desk, conversation: ConversationId, id: OutboxId) {
    let sent = |delivery: &Delivery| matches!(delivery, Delivery::Known { .. });
    desk.until_delivery(conversation, id, "sent", sent).await.unwrap();
}

#[tokio::test]
async fn a_person_pauses_a_number_across_a_restart_and_everybody_sees_who_and_when() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    pause(&desk).await;
    let again = desk.ask(PauseSending { number: shop() }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
    let id = desk.send(row.id, "later").await.unwrap();

    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    let view = queue(&desk).await;
    let pause = view.numbers[0].pause.clone().unwrap();
    assert_eq!((pause.by.as_str(), pause.since.0 > 0), ("Maya Lindqvist", true));
    let overview = desk.ask(GetOverview {}).await.unwrap();
    assert_eq!(overview.numbers[0].pause.as_ref(), Some(&pause));
    let item = &view.lanes[0].items[0];
    assert_eq!((item.id, item.wait, item.leaves_in_ms), (id, Wait::Paused, None));
    assert_eq!(view.numbers[0].done_in_ms, None);
    assert_eq!(desk.meta.ledger().len(), 0);

    resume(&desk).await;
    until_sent(&desk, row.id, id).await;
    let again = desk.ask(ResumeSending { number: shop() }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
    assert_eq!(queue(&desk).await.numbers[0].pause, None);
}

#[tokio::test]
async fn the_queue_tells_place_time_and_why_each_message_waits() {
    let desk = Desk::with(Setup {
        mps: 1,
        ..Setup::default()
    })
    .await
    .unwrap();
    let rows = people(&desk, 3).await;
    // The first is on the wire without an answer, so the permit is out.
    desk.meta.fail_next_send(Fault::Hang);
    let first = desk.send(rows[0].id, "first").await.unwrap();
    desk.until("the first on the wire", async |desk| {
        (desk.meta.ledger().len() == 1).then_some(())
    })
    .await
    .unwrap();
    let behind = desk.send(rows[0].id, "behind it").await.unwrap();
    let second = desk.send(rows[1].id, "second").await.unwrap();
    let third = desk.send(rows[2].id, "third").await.unwrap();

    let view = queue(&desk).await;
    let lane = &view.lanes[0];
    let shown: Vec<_> = lane.items.iter().map(|item| (item.id, item.wait, item.place)).collect();
    assert_eq!(
        shown,
        [
            (first, Wait::OnTheWire, 0),
            (second, Wait::Turn, 1),
            (third, Wait::Turn, 2),
            (behind, Wait::Earlier, 3),
        ]
    );
    assert_eq!((lane.lane, lane.waiting, lane.more), (Lane::Agent, 3, false));
    assert_eq!(lane.items[1].person.name, "Customer 1");
    let times: Vec<_> = lane.items[1..].iter().map(|item| item.leaves_in_ms.unwrap()).collect();
    assert!(times[0] < times[1] && times[1] < times[2], "{times:?}");
    let gauge = &view.numbers[0];
    assert_eq!((gauge.in_flight, gauge.busy, gauge.waiting), (1, 1, 3));
    assert!(gauge.done_in_ms >= Some(times[2]), "{gauge:?}");

    let waiting = desk
        .ask(ListWaiting {
            conversation: rows[0].id,
        })
        .await
        .unwrap();
    let told: Vec<_> = waiting.queued.iter().map(|item| (item.id, item.place)).collect();
    assert_eq!(told, [(behind, 3)]);
}

#[tokio::test]
async fn a_long_queue_comes_in_pages_that_go_on_where_the_last_one_ended() {
    let desk = Desk::new().await.unwrap();
    let rows = people(&desk, 4).await;
    pause(&desk).await;
    let mut sent = Vec::new();
    for n in 0..15 {
        for row in &rows {
            sent.push(desk.send(row.id, &format!("message {n}")).await.unwrap());
        }
    }
    let first = &queue(&desk).await.lanes[0];
    assert_eq!((first.items.len(), first.waiting, first.more), (50, 60, true));
    let mut ids: Vec<_> = first.items.iter().map(|item| item.id).collect();
    let mut places: Vec<_> = first.items.iter().map(|item| item.place).collect();
    let mut after = first.items[49].position;
    loop {
        let call = ListQueue {
            number: None,
            lane: Lane::Agent,
            after,
            limit: 4,
        };
        let page = desk.ask(call).await.unwrap();
        ids.extend(page.items.iter().map(|item| item.id));
        places.extend(page.items.iter().map(|item| item.place));
        if !page.more {
            break;
        }
        after = page.items[3].position;
    }
    assert_eq!(ids, sent);
    assert_eq!(places, (1..=60).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_lane_is_taken_back_as_a_whole_and_one_message_by_itself() {
    let desk = Desk::new().await.unwrap();
    let rows = people(&desk, 3).await;
    pause(&desk).await;
    let mut sent = Vec::new();
    for row in &rows {
        for text in ["one", "two"] {
            sent.push(desk.send(row.id, text).await.unwrap());
        }
    }
    desk.ask(CancelMessage { id: sent[0] }).await.unwrap();
    assert_eq!(queue(&desk).await.lanes[0].waiting, 5);
    let other_lane = CancelLane {
        number: shop(),
        lane: Lane::Campaign,
    };
    desk.ask(other_lane).await.unwrap();
    assert_eq!(queue(&desk).await.lanes[0].waiting, 5);
    let lane = CancelLane {
        number: shop(),
        lane: Lane::Agent,
    };
    desk.ask(lane).await.unwrap();
    resume(&desk).await;
    let last = desk.send(rows[0].id, "the only one").await.unwrap();
    until_sent(&desk, rows[0].id, last).await;
    assert_eq!(desk.meta.ledger().len(), 1);
    assert_eq!(desk.thread(rows[1].id).await.len(), 1, "the customer's alone");
}

#[tokio::test]
async fn failures_stand_in_groups_and_a_group_is_sent_again_as_a_whole() {
    let desk = Desk::new().await.unwrap();
    let rows = people(&desk, 3).await;
    for (row, code) in rows.iter().zip([131_026, 131_026, 131_052]) {
        desk.meta.fail_next_send(Fault::Error {
            http: 400,
            code,
            message: "Undeliverable".to_owned(),
        });
        let id = desk.send(row.id, "hello").await.unwrap();
        let failed = |delivery: &Delivery| matches!(delivery, Delivery::Failed { .. });
        desk.until_delivery(row.id, id, "the refusal", failed).await.unwrap();
    }
    let groups = queue(&desk).await.failures;
    let told: Vec<_> = groups.iter().map(|group| (group.key.code, group.count)).collect();
    assert_eq!(told, [(Some(131_026), 2), (Some(131_052), 1)]);
    assert!(groups[0].reason.contains("cannot receive"), "{}", groups[0].reason);
    let list = ListFailed {
        number: shop(),
        group: groups[0].key.clone(),
        before: None,
        limit: 1,
    };
    let page = desk.ask(list.clone()).await.unwrap();
    assert_eq!((page.more, page.items[0].person.name.as_str()), (true, "Customer 1"));
    let list = ListFailed {
        before: Some(page.items[0].position),
        ..list
    };
    let page = desk.ask(list).await.unwrap();
    assert_eq!((page.more, page.items[0].person.name.as_str()), (false, "Customer 0"));

    let retry = RetryFailed {
        number: shop(),
        group: groups[0].key.clone(),
    };
    desk.ask(retry.clone()).await.unwrap();
    desk.until("both to be sent", async |desk| {
        let left = queue(desk).await.failures;
        (left.len() == 1 && desk.meta.ledger().len() == 5).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(desk.ask(retry).await.unwrap_err().code, ErrorCode::Conflict);
}

#[tokio::test]
async fn what_failed_after_whatsapp_took_it_stands_in_a_group_that_cannot_be_sent_again() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::FailLater {
        code: 131_049,
        title: "Not delivered".to_owned(),
    });
    let id = desk.send(row.id, "hello").await.unwrap();
    let failed = |delivery: &Delivery| matches!(delivery, Delivery::Failed { .. });
    desk.until_delivery(row.id, id, "the failure", failed).await.unwrap();
    let groups = queue(&desk).await.failures;
    assert_eq!((groups.len(), groups[0].key.was_taken, groups[0].count), (1, true, 1));
    assert!(
        groups[0].reason.contains("protect the customer"),
        "{}",
        groups[0].reason
    );
    let list = ListFailed {
        number: shop(),
        group: groups[0].key.clone(),
        before: None,
        limit: 10,
    };
    assert_eq!(desk.ask(list).await.unwrap().items[0].id, id);
    let retry = RetryFailed {
        number: shop(),
        group: groups[0].key.clone(),
    };
    assert_eq!(desk.ask(retry).await.unwrap_err().code, ErrorCode::Conflict);
}

#[tokio::test]
async fn an_unknown_outcome_stands_apart_until_a_person_decides() {
    let desk = Desk::with(Setup {
        time_out: Duration::from_millis(300),
        ..Setup::default()
    })
    .await
    .unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Hang);
    let id = desk.send(row.id, "hello").await.unwrap();
    let view = desk
        .until("the doubt", async |desk| {
            Some(queue(desk).await).filter(|view| view.unknown_count == 1)
        })
        .await
        .unwrap();
    assert_eq!((view.unknown[0].id, view.unknown[0].wait), (id, Wait::Unknown));
    let next = desk.send(row.id, "and another").await.unwrap();
    let item = queue(&desk).await.lanes[0].items[0].clone();
    assert_eq!((item.id, item.wait), (next, Wait::Doubt));
    assert!(item.leaves_in_ms > Some(30_000), "{item:?}");
    desk.ask(SettleUnknown { id, was_sent: true }).await.unwrap();
    until_sent(&desk, row.id, next).await;
    assert_eq!(queue(&desk).await.unknown_count, 0);
}

#[tokio::test]
async fn the_last_minute_is_counted_by_seconds() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let id = desk.send(row.id, "hello").await.unwrap();
    until_sent(&desk, row.id, id).await;
    let gauge = queue(&desk).await.numbers[0].clone();
    assert_eq!((gauge.minute.len(), gauge.minute.iter().sum::<u32>()), (60, 1));
    assert_eq!(gauge.sent_in_a_day, 1);
}

#[tokio::test]
async fn a_paused_lane_waits_across_a_restart_while_the_others_go_on_and_count_nothing_of_it() {
    let desk = Desk::new().await.unwrap();
    let rows = people(&desk, 2).await;
    let lane = Lane::Agent;
    desk.ask(PauseLane { number: shop(), lane }).await.unwrap();
    let again = desk.ask(PauseLane { number: shop(), lane }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
    let held = desk.send(rows[0].id, "later").await.unwrap();

    let (meta, folder) = desk.stop().await.unwrap();
    let campaign = new_id();
    let item = NewItem {
        id: campaign,
        conversation: rows[1].id,
        lane: Lane::Campaign,
        origin: Origin::Campaign,
        author: String::new(),
        payload: Payload::text("spring".to_owned()),
        file: None,
        reply_to: None,
        at: Millis(1),
    };
    let store = Store::open(folder.path()).unwrap();
    store.enqueue(item).await.unwrap();
    drop(store);
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    until_sent(&desk, rows[1].id, campaign).await;

    let view = queue(&desk).await;
    let agents = &view.lanes[0];
    assert_eq!((agents.paused.as_slice(), agents.waiting), ([shop()].as_slice(), 1));
    let item = &agents.items[0];
    assert_eq!((item.id, item.wait, item.leaves_in_ms), (held, Wait::Paused, None));
    assert!(view.lanes[2].paused.is_empty() && view.numbers[0].pause.is_none());
    assert_eq!(view.numbers[0].done_in_ms, None);

    desk.ask(ResumeLane { number: shop(), lane }).await.unwrap();
    until_sent(&desk, rows[0].id, held).await;
    let again = desk.ask(ResumeLane { number: shop(), lane }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
}

#[tokio::test]
async fn a_paused_message_waits_across_a_restart_with_what_follows_it_while_others_go() {
    let desk = Desk::new().await.unwrap();
    let rows = people(&desk, 2).await;
    pause(&desk).await;
    let held = desk.send(rows[0].id, "the price").await.unwrap();
    let behind = desk.send(rows[0].id, "and the way to pay").await.unwrap();
    let other = desk.send(rows[1].id, "hello").await.unwrap();
    desk.ask(PauseMessage { id: held }).await.unwrap();
    let again = desk.ask(PauseMessage { id: held }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);

    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    resume(&desk).await;
    until_sent(&desk, rows[1].id, other).await;
    let view = queue(&desk).await;
    let shown: Vec<_> = view.lanes[0]
        .items
        .iter()
        .map(|item| (item.id, item.wait, item.place, item.leaves_in_ms))
        .collect();
    assert_eq!(
        shown,
        [(held, Wait::Held, 0, None), (behind, Wait::BehindHeld, 1, None)]
    );
    let paused = view.lanes[0].items[0].pause.clone().unwrap();
    assert_eq!((paused.by.as_str(), paused.since.0 > 0), ("Maya Lindqvist", true));
    let waiting = ListWaiting {
        conversation: rows[0].id,
    };
    let waiting = desk.ask(waiting).await.unwrap().queued;
    assert_eq!(waiting[0].pause.as_ref(), Some(&paused), "the bubble tells it, too");

    desk.ask(ResumeMessage { id: held }).await.unwrap();
    until_sent(&desk, rows[0].id, behind).await;
    let texts: Vec<_> = desk.meta.ledger().into_iter().map(|entry| entry.text).collect();
    assert_eq!(texts, ["hello", "the price", "and the way to pay"]);
    for refused in [
        desk.ask(ResumeMessage { id: held }).await.unwrap_err(),
        desk.ask(PauseMessage { id: held }).await.unwrap_err(),
    ] {
        assert_eq!(refused.code, ErrorCode::Conflict);
    }
}

#[tokio::test]
async fn a_paused_message_can_be_cancelled_and_lets_the_next_one_go() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    pause(&desk).await;
    let held = desk.send(row.id, "wrong").await.unwrap();
    let next = desk.send(row.id, "right").await.unwrap();
    desk.ask(PauseMessage { id: held }).await.unwrap();
    resume(&desk).await;
    desk.ask(CancelMessage { id: held }).await.unwrap();
    until_sent(&desk, row.id, next).await;
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn a_number_whose_token_is_refused_promises_no_time() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Error {
        http: 401,
        code: 190,
        message: "Error validating access token".to_owned(),
    });
    desk.send(row.id, "hello").await.unwrap();
    let view = desk
        .until("the refusal", async |desk| {
            // The refusal is noted before the message waits again.
            let view = queue(desk).await;
            Some(view).filter(|view| !view.numbers[0].may_send && view.numbers[0].in_flight == 0)
        })
        .await
        .unwrap();
    assert_eq!((view.numbers[0].waiting, view.numbers[0].done_in_ms), (1, None));
    let item = &view.lanes[0].items[0];
    assert_eq!((item.wait, item.leaves_in_ms), (Wait::NumberCannot, None));
}
