//! What is sent later, and replies that can be taken back for a moment.

use std::{path::Path, time::Duration};
use twinbox_domain::{ConversationId, Millis, NumberId, OutboxId};
use twinbox_engine::now;
use twinbox_protocol::{
    ApiError, Delivery, ErrorCode, FileToSend, GetOverview, GetQueue, ListWaiting, Quoted, RescheduleMessage,
    ScheduleMessage, ScheduledView, SendMessage, SetUndo, ToSend, UnscheduleMessage, When,
};
use twinbox_simulator::CustomerMessage;
use twinbox_tests::desk::{Desk, Setup, alice, bob, new_id};

const HOUR_MS: i64 = 3_600_000;
const PHOTO: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/photo.jpg");

fn shop() -> NumberId {
    NumberId::from("106540352242922")
}

async fn schedule(desk: &Desk, conversation: ConversationId, text: &str, when: When) -> Result<OutboxId, ApiError> {
    let id = new_id();
    let message = SendMessage {
        id,
        conversation,
        message: ToSend::text(text),
        reply_to: None,
    };
    desk.ask(ScheduleMessage { message, when }).await?;
    Ok(id)
}

async fn scheduled(desk: &Desk, conversation: ConversationId) -> Vec<ScheduledView> {
    desk.ask(ListWaiting { conversation }).await.unwrap().scheduled
}

/// As if the machine had slept through two hours: everything here is as much older.
fn two_hours_pass(folder: &Path) {
    let connection = rusqlite::Connection::open(folder.join("twinbox.db")).unwrap();
    connection
        .execute_batch(
            "UPDATE scheduled SET send_at_ms = send_at_ms - 7200000, created_at_ms = created_at_ms - 7200000;
             UPDATE conversation SET last_customer_at_ms = last_customer_at_ms - 7200000,
                 last_at_ms = last_at_ms - 7200000;
             UPDATE message SET at_ms = at_ms - 7200000;",
        )
        .unwrap();
}

fn is_sent(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Known { .. })
}

fn is_failed(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Failed { .. })
}

#[tokio::test]
async fn a_message_sent_later_is_no_reply_before_its_time_survives_a_restart_and_then_leaves() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let at = now().plus_ms(HOUR_MS);
    let id = schedule(&desk, row.id, "Good morning", When::At(at)).await.unwrap();

    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    let view = scheduled(&desk, row.id).await;
    assert_eq!((view.len(), view[0].id, view[0].send_at), (1, id, at));
    assert_eq!((view[0].author.as_str(), view[0].is_undo), ("Maya Lindqvist", false));
    let all = desk
        .ask(GetQueue {
            number: None,
            scheduled: 0,
        })
        .await
        .unwrap();
    assert_eq!((all.scheduled_count, all.scheduled[0].id), (1, id));
    assert!(desk.list().await[0].needs_reply, "nothing was answered yet");
    assert_eq!(desk.thread(row.id).await.len(), 1);
    assert_eq!(desk.meta.ledger().len(), 0);

    // Sooner, so that nobody has to wait for it here.
    let soon = When::At(now().plus_ms(300));
    desk.ask(RescheduleMessage { id, when: soon }).await.unwrap();
    desk.until_delivery(row.id, id, "sent", is_sent).await.unwrap();
    assert_eq!(scheduled(&desk, row.id).await, []);
    let again = desk.ask(RescheduleMessage { id, when: soon }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn what_became_due_while_nothing_ran_leaves_at_the_start() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let at = now().plus_ms(HOUR_MS);
    let id = schedule(&desk, row.id, "Good morning", When::At(at)).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    two_hours_pass(folder.path());
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    desk.until_delivery(row.id, id, "sent", is_sent).await.unwrap();
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn a_message_sent_later_can_be_taken_back_or_sent_now() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let at = When::At(now().plus_ms(HOUR_MS));
    let back = schedule(&desk, row.id, "never", at).await.unwrap();
    desk.ask(UnscheduleMessage { id: back }).await.unwrap();
    let again = desk.ask(UnscheduleMessage { id: back }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
    let id = schedule(&desk, row.id, "now", at).await.unwrap();
    desk.ask(RescheduleMessage { id, when: When::Now }).await.unwrap();
    desk.until_delivery(row.id, id, "sent", is_sent).await.unwrap();
    let texts: Vec<_> = desk.meta.ledger().into_iter().map(|entry| entry.text).collect();
    assert_eq!(texts, ["now"]);
}

#[tokio::test]
async fn one_that_waits_tells_its_file_and_what_it_quotes_so_that_it_can_be_written_anew() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "How does it look?").await.unwrap();
    let question = desk.thread(row.id).await.remove(0);
    let wamid = question.wamid.unwrap();
    let photo = desk.upload(PHOTO).await.unwrap();
    let file = FileToSend {
        hash: photo.hash,
        name: "photo.jpg".to_owned(),
        as_document: false,
    };
    let message = SendMessage {
        id: new_id(),
        conversation: row.id,
        message: ToSend::File {
            file,
            caption: "Like this".to_owned(),
        },
        reply_to: Some(wamid.clone()),
    };
    let when = When::At(now().plus_ms(HOUR_MS));
    let kept = desk.ask(ScheduleMessage { message, when }).await.unwrap();
    let quoted = Quoted {
        message: question.id,
        wamid,
    };
    assert_eq!(
        (kept.file_size_bytes, kept.quoted.as_ref()),
        (Some(photo.size_bytes), Some(&quoted))
    );
    assert_eq!(scheduled(&desk, row.id).await, [kept]);
    schedule(&desk, row.id, "and a text", when).await.unwrap();
    let text = scheduled(&desk, row.id).await.pop().unwrap();
    assert_eq!((text.file_size_bytes, text.quoted), (None, None));
}

#[tokio::test]
async fn the_same_id_twice_is_sent_once() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let call = ScheduleMessage {
        message: SendMessage {
            id: new_id(),
            conversation: row.id,
            message: ToSend::text("once"),
            reply_to: None,
        },
        when: When::At(now().plus_ms(HOUR_MS)),
    };
    let first = desk.ask(call.clone()).await.unwrap();
    let second = desk.ask(call.clone()).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(scheduled(&desk, row.id).await.len(), 1);
}

#[tokio::test]
async fn a_time_that_has_passed_is_far_away_or_beyond_the_window_is_refused_with_a_sentence() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    for (ms, code, words) in [
        (-1, ErrorCode::Invalid, "has passed"),
        (400 * 24 * HOUR_MS, ErrorCode::Invalid, "within a year"),
        (25 * HOUR_MS, ErrorCode::WindowClosed, "will have passed"),
    ] {
        let refused = schedule(&desk, row.id, "hello", When::At(now().plus_ms(ms)))
            .await
            .unwrap_err();
        assert_eq!(refused.code, code);
        assert!(refused.message.contains(words), "{}", refused.message);
    }
    let id = schedule(&desk, row.id, "hello", When::At(now().plus_ms(HOUR_MS)))
        .await
        .unwrap();
    let later = When::At(now().plus_ms(25 * HOUR_MS));
    let refused = desk.ask(RescheduleMessage { id, when: later }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WindowClosed);

    let row = desk.heard_yesterday_from(bob()).await.unwrap();
    let refused = schedule(&desk, row.id, "hello", When::At(now().plus_ms(HOUR_MS)))
        .await
        .unwrap_err();
    assert!(refused.message.contains("Only a template"), "{}", refused.message);
    assert_eq!(scheduled(&desk, row.id).await, []);
}

#[tokio::test]
async fn one_that_finds_the_window_closed_at_its_time_becomes_a_failure_that_says_so() {
    let desk = Desk::new().await.unwrap();
    let text = CustomerMessage::Text("almost a day ago".to_owned());
    let wamid = desk.meta.customer_wrote(alice(), text, Duration::from_secs(23 * 3600));
    let row = desk.until_shown(&wamid).await.unwrap();
    let at = When::At(now().plus_ms(HOUR_MS / 2));
    let id = schedule(&desk, row.id, "hello", at).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    two_hours_pass(folder.path());
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    let failed = desk.until_delivery(row.id, id, "the failure", is_failed).await.unwrap();
    let Delivery::Failed { code, reason, .. } = failed else {
        panic!("failed")
    };
    assert_eq!(code, Some(131_047));
    assert!(reason.contains("When its time came"), "{reason}");
    assert_eq!(desk.meta.ledger().len(), 0);
}

#[tokio::test]
async fn a_reply_waits_for_the_time_in_which_it_can_be_taken_back_and_then_leaves() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let too_long = SetUndo {
        number: shop(),
        undo_ms: 5001,
    };
    assert_eq!(desk.ask(too_long).await.unwrap_err().code, ErrorCode::Invalid);
    let undo = SetUndo {
        number: shop(),
        undo_ms: 5000,
    };
    desk.ask(undo).await.unwrap();
    assert_eq!(desk.ask(GetOverview {}).await.unwrap().numbers[0].undo_ms, 5000);

    let back = schedule(&desk, row.id, "a typo", When::AfterUndo).await.unwrap();
    let view = scheduled(&desk, row.id).await;
    assert!(view[0].is_undo && view[0].send_at > Millis(0));
    assert_eq!(
        desk.ask(GetQueue {
            number: None,
            scheduled: 0
        })
        .await
        .unwrap()
        .scheduled_count,
        0
    );
    desk.ask(UnscheduleMessage { id: back }).await.unwrap();

    let short = SetUndo {
        number: shop(),
        undo_ms: 200,
    };
    desk.ask(short).await.unwrap();
    let id = schedule(&desk, row.id, "no typo", When::AfterUndo).await.unwrap();
    desk.until_delivery(row.id, id, "sent", is_sent).await.unwrap();
    assert_eq!(desk.meta.ledger().len(), 1);
    assert!(!desk.list().await[0].needs_reply);
}

#[tokio::test]
async fn all_of_what_is_sent_later_can_be_seen_not_only_the_first_of_it() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    for count in 1..=23 {
        let at = now().plus_ms(HOUR_MS + count);
        schedule(&desk, row.id, "Good morning", When::At(at)).await.unwrap();
    }
    let shown = async |scheduled| {
        let view = desk
            .ask(GetQueue {
                number: None,
                scheduled,
            })
            .await
            .unwrap();
        (view.scheduled.len(), view.scheduled_count)
    };
    assert_eq!(shown(0).await, (20, 23));
    assert_eq!(shown(120).await, (23, 23));
}
