//! A number is connected: the phone shares its contacts and its chats.

use crate::{
    crash::{at_every_place, until_crash},
    media::shown,
    rows::connected,
    upgrades::{echo, hears, live, only, orders, past, post, says, webhook},
};
use serde_json::{Value, json};
use twinbox_domain::{Content, Direction, NumberId, Origin, Status};
use twinbox_protocol::{Delivery, GetOverview, GetQueue, GetSync, HistoryView, MessageView};
use twinbox_server::Host;
use twinbox_simulator::{Config, CustomerMessage, HistorySharing, Simulator};
use twinbox_store::{CrashPoint, NumberConnection, Store};
use twinbox_tests::desk::{Desk, Setup, alice, settings, sign};

/// Asks for one of the two, as whoever connects the number does.
async fn request(desk: &Desk, sync_type: &str) {
    let url = format!("{}/v25.0/106540352242922/smb_app_data", desk.meta.graph_url());
    let body = json!({"messaging_product": "whatsapp", "sync_type": sync_type}).to_string();
    let request = reqwest::Client::new().post(url).bearer_auth("access-token");
    let answer = request
        .header("Content-Type", "application/json")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "{sync_type}");
}

async fn progress(desk: &Desk) -> HistoryView {
    desk.ask(GetOverview {}).await.unwrap().numbers[0].history
}

#[tokio::test]
async fn the_chats_of_the_phone_are_shown_under_the_names_of_its_contacts_and_disturb_nobody() {
    let desk = Desk::new().await.unwrap();
    request(&desk, "smb_app_state_sync").await;
    request(&desk, "history").await;
    desk.until("all of the history", async |desk| {
        let is_told = desk.meta.undelivered_webhooks() == 0;
        (is_told && progress(desk).await.percent == Some(100)).then_some(())
    })
    .await
    .unwrap();
    desk.hears_from(alice(), "and one as it happens").await.unwrap();

    let rows = desk.list().await;
    let past: Vec<_> = rows
        .iter()
        .filter(|row| row.preview.origin == Origin::History)
        .collect();
    assert!(past.len() >= 5, "{} chats", past.len());
    for row in &past {
        assert_eq!((row.unread, row.needs_reply, row.last_customer_at), (0, false, None));
        assert!(!row.person.name.starts_with('+'), "each is a contact with a name");
    }
    let mut files = 0;
    for row in &past {
        let thread = desk.thread(row.id).await;
        assert!(thread.is_sorted_by_key(|message| message.at));
        files += thread
            .iter()
            .filter(|message| matches!(message.content, Content::Image(_)))
            .count();
    }
    assert!(files > 0, "young files have come after their placeholders");
    assert_eq!(rows.iter().map(|row| row.unread).sum::<u64>(), 1);
}

#[tokio::test]
async fn a_history_that_is_not_shared_is_no_failure_and_is_known() {
    let desk = Desk::new().await.unwrap();
    desk.meta.onboard(HistorySharing::Declined);
    request(&desk, "history").await;
    let told = desk
        .until("the refusal", async |desk| {
            let progress = progress(desk).await;
            progress.refused.is_some().then_some(progress)
        })
        .await
        .unwrap();
    assert_eq!(
        told,
        HistoryView {
            percent: None,
            refused: Some(2_593_109)
        }
    );
}

/// A message of the shop in the past that came as far as `status`; without one when it is empty.
fn from_the_shop(wamid: &str, second: i64, status: &str) -> Value {
    let mut message = says(wamid, second, "text", json!({"body": "from before"}));
    (message["from"], message["to"]) = (json!("15550783881"), json!("16505551234"));
    if !status.is_empty() {
        message["history_context"] = json!({"status": status});
    }
    message
}

fn known(status: Status) -> Option<Delivery> {
    Some(Delivery::Known { status })
}

#[tokio::test]
async fn what_the_phone_sent_before_has_the_ticks_the_history_tells() {
    let desk = Desk::new().await.unwrap();
    let told = [
        ("SENT", known(Status::Sent)),
        ("delivered", known(Status::Delivered)),
        ("READ", known(Status::Read)),
        ("PLAYED", known(Status::Played)),
        ("PENDING", None),
        ("LOST", None),
        ("", None),
    ];
    let mut messages: Vec<Value> = (1..)
        .zip(&told)
        .map(|(n, (word, _))| from_the_shop(&format!("wamid.{word}"), 1_740_000_000 + n, word))
        .collect();
    let mut answer = says("wamid.alice", 1_740_000_100, "text", json!({"body": "thanks"}));
    answer["history_context"] = json!({"status": "READ"});
    messages.push(answer);
    hears(&desk, &[past(0, 1, 100, json!(messages))]).await;
    for (word, delivery) in told {
        assert_eq!(only(&desk, &format!("wamid.{word}")).await.delivery, delivery, "{word}");
    }
    assert_eq!(only(&desk, "wamid.alice").await.delivery, None, "customers' have none");
    let overview = desk.ask(GetOverview {}).await.unwrap();
    assert_eq!(overview.not_understood, 1, "the word that is not known is counted");
}

#[tokio::test]
async fn the_ticks_of_the_past_only_move_up_in_whatever_order_they_are_told() {
    let desk = Desk::new().await.unwrap();
    let status = |wamid: &str, word: &str| {
        let status = json!({"id": wamid, "status": word, "timestamp": "1740000050", "recipient_id": "16505551234"});
        webhook("messages", json!({"statuses": [status]}))
    };
    let mut bodies = Vec::new();
    for (n, order) in orders(4).into_iter().enumerate() {
        let id = format!("wamid.tick.{n}");
        let told = [
            past(0, 1, 50, json!([from_the_shop(&id, 1_740_000_000, "delivered")])),
            past(0, 2, 60, json!([from_the_shop(&id, 1_740_000_000, "ERROR")])),
            status(&id, "read"),
            echo(from_the_shop(&id, 1_740_000_000, "")),
        ];
        bodies.extend(order.into_iter().map(|at| told[at].clone()));
        // And one that is told as read in the past, whatever comes later.
        let id = format!("wamid.read.{n}");
        let told = [
            past(1, 1, 50, json!([from_the_shop(&id, 1_740_000_000, "READ")])),
            status(&id, "delivered"),
            status(&id, "failed"),
            echo(from_the_shop(&id, 1_740_000_000, "")),
        ];
        let order = &orders(4)[n];
        bodies.extend(order.iter().map(|at| told[*at].clone()));
    }
    hears(&desk, &bodies).await;
    for n in 0..24 {
        for what in ["tick", "read"] {
            let message = only(&desk, &format!("wamid.{what}.{n}")).await;
            assert_eq!(message.delivery, known(Status::Read), "{what}, order {n}");
            assert_eq!((message.direction, message.origin), (Direction::Out, Origin::Phone));
        }
    }
}

#[tokio::test]
async fn what_failed_on_the_phone_says_so_and_is_no_failure_of_the_queue() {
    let desk = Desk::new().await.unwrap();
    // An hour ago: the queue shows the failures of a week.
    let second = twinbox_engine::now().0 / 1000 - 3600;
    hears(
        &desk,
        &[past(0, 1, 100, json!([from_the_shop("wamid.lost", second, "ERROR")]))],
    )
    .await;
    let delivery = only(&desk, "wamid.lost").await.delivery;
    let Some(Delivery::Failed { can_retry, .. }) = delivery else {
        panic!("failed, not {delivery:?}")
    };
    assert!(!can_retry, "nothing here can send it again");
    let number = NumberId::from("106540352242922");
    let queue = desk
        .ask(GetQueue {
            number: Some(number),
            scheduled: 0,
        })
        .await
        .unwrap();
    assert!(queue.failures.is_empty(), "{} groups", queue.failures.len());
}

/// So many chunks, with so many messages each.
const CHUNKS: i64 = 5;
const MESSAGES: i64 = 20;

fn chunk(n: i64) -> Vec<u8> {
    let messages: Vec<Value> = (0..MESSAGES)
        .map(|m| {
            let (wamid, second) = (format!("wamid.{n}.{m}"), 1_740_000_000 - n * 1000 + m);
            if m % 2 == 0 {
                from_the_shop(&wamid, second, "READ")
            } else {
                says(&wamid, second, "text", json!({"body": "then"}))
            }
        })
        .collect();
    let percent = u32::try_from((n + 1) * 100 / CHUNKS).unwrap();
    let phase = u32::from(n > 1);
    past(phase, u32::try_from(n).unwrap(), percent, json!(messages))
        .to_string()
        .into_bytes()
}

/// Meta repeats what is not answered with 200.
async fn takes(desk: &Desk, n: i64) -> bool {
    let body = chunk(n);
    let signature = sign(&body);
    matches!(desk.post_webhook(body, Some(&signature)).await, Ok(200))
}

#[tokio::test]
async fn a_crash_between_any_two_commits_of_the_history_loses_nothing_and_doubles_nothing() {
    at_every_place(import_with_crash).await;
}

async fn import_with_crash(crash: CrashPoint) {
    let (meta, folder) = Desk::new().await.unwrap().stop().await.unwrap();
    let mut taken = Vec::new();
    let (meta, folder) = until_crash(meta, folder, crash, async |desk| {
        // The last chunk first: they come in any order.
        for n in (0..CHUNKS).rev() {
            if takes(desk, n).await {
                taken.push(n);
            }
        }
        desk.until("all of the history", async |desk| {
            (progress(desk).await.percent == Some(100)).then_some(())
        })
        .await
    })
    .await;
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    for n in (0..CHUNKS).filter(|n| !taken.contains(n)) {
        assert!(takes(&desk, n).await, "{crash:?}");
    }
    let last = format!("wamid.0.{}", MESSAGES - 1);
    for n in 0..CHUNKS {
        let last = format!("wamid.{n}.{}", MESSAGES - 1);
        desk.until("every chunk", async |desk| shown(desk, &last).await)
            .await
            .unwrap();
    }
    let thread = desk.thread(shown(&desk, &last).await.unwrap().conversation).await;
    let there: Vec<String> = thread
        .iter()
        .filter_map(|message| message.wamid.clone())
        .map(|wamid| wamid.0)
        .collect();
    let expected: Vec<String> = (0..CHUNKS)
        .rev()
        .flat_map(|n| (0..MESSAGES).map(move |m| format!("wamid.{n}.{m}")))
        .collect();
    assert_eq!(there, expected, "each once, in its place; {crash:?}");
    let read = thread
        .iter()
        .filter(|message| message.delivery == known(Status::Read))
        .count();
    assert_eq!(i64::try_from(read).unwrap(), CHUNKS * MESSAGES / 2, "{crash:?}");
    assert_eq!(progress(&desk).await.percent, Some(100), "{crash:?}");
    let row = desk.list().await.remove(0);
    assert_eq!((row.unread, row.needs_reply), (0, false), "{crash:?}");
}

async fn give(desk: &Desk, body: Vec<u8>) {
    let signature = sign(&body);
    assert_eq!(desk.post_webhook(body, Some(&signature)).await.unwrap(), 200);
}

/// A customer writes, and is shown.
async fn now(desk: &Desk) -> MessageView {
    let now = live(says("wamid.now", 1_750_000_001, "text", json!({"body": "now"})));
    give(desk, now.to_string().into_bytes()).await;
    desk.until("the live one", async |desk| shown(desk, "wamid.now").await)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_live_message_overtakes_thousands_of_contacts_that_come_as_one() {
    let desk = Desk::new().await.unwrap();
    let with_alice = desk.hears_from(alice(), "hello").await.unwrap();
    let name = async |desk: &Desk| {
        let list = desk.list().await;
        let row = list.iter().find(|row| row.id == with_alice.id).unwrap();
        row.person.name.clone()
    };
    let before = name(&desk).await;
    let contact = |name: &str, phone: &str| {
        json!({"type": "contact", "action": "add", "metadata": {"timestamp": "1739321024"},
            "contact": {"full_name": name, "phone_number": phone}})
    };
    let mut contacts: Vec<Value> = (0..5000).map(|n| contact("Somebody", &format!("4930{n:07}"))).collect();
    contacts.push(contact("The last of all", "16505551234"));
    let all = webhook("smb_app_state_sync", json!({"state_sync": contacts}));
    give(&desk, all.to_string().into_bytes()).await;
    now(&desk).await;
    assert_eq!(name(&desk).await, before, "most of the contacts are still to come");
    desk.until("the last contact", async |desk| {
        (name(desk).await == "The last of all").then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_live_message_overtakes_the_chunks_of_the_history_before_it_and_is_new_while_they_are_not() {
    let desk = Desk::new().await.unwrap();
    // Far more than one write takes, all handed over before the customer writes.
    let many = |n: i64| -> Vec<u8> {
        let messages: Vec<Value> = (0..2000)
            .map(|m| {
                says(
                    &format!("wamid.many.{n}.{m}"),
                    1_740_000_000 + m,
                    "text",
                    json!({"body": "then"}),
                )
            })
            .collect();
        past(1, u32::try_from(n).unwrap(), 10, json!(messages))
            .to_string()
            .into_bytes()
    };
    for n in 0..6 {
        give(&desk, many(n)).await;
    }
    let message = now(&desk).await;
    let last = "wamid.many.5.1999";
    assert!(
        shown(&desk, last).await.is_none(),
        "most of the history is still to come"
    );
    desk.until("all of the history", async |desk| shown(desk, last).await)
        .await
        .unwrap();
    assert_eq!(message.origin, Origin::Customer);
    let row = desk
        .list()
        .await
        .into_iter()
        .find(|row| row.id == message.conversation)
        .unwrap();
    assert_eq!((row.unread, row.needs_reply), (1, true), "the past makes nothing new");
}

#[tokio::test]
async fn what_was_held_back_is_shown_when_the_history_ends_although_something_beside_it_cannot_be_written() {
    let meta = Simulator::start(Config::for_tests("")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (number, connection) = connected("106540352242922", "102290129340398");
    let (id, connection) = (
        number.id.clone(),
        NumberConnection {
            connected_at: twinbox_engine::now(),
            is_holding: true,
            ..connection
        },
    );
    store.connect_number(number, connection).await.unwrap();
    let host = Host::start_on(store, settings(&meta, folder.path(), Setup::default()));
    let host = host.await.unwrap();
    let desk = Desk::on(meta, folder, host);
    let wamid = desk
        .meta
        .customer_writes(alice(), CustomerMessage::Text("Hello?".to_owned()));
    desk.until("the message that waits", async |desk| {
        let number = id.clone();
        (desk.ask(GetSync { number }).await.ok()?.waiting == 1).then_some(())
    })
    .await
    .unwrap();

    // What templates are told goes into a table of its own, which is lost.
    let database = rusqlite::Connection::open(desk.folder().join("twinbox.db")).unwrap();
    database.execute_batch("DROP TABLE template").unwrap();
    let mut broken = past(0, 1, 50, json!([]));
    let template = json!({"field": "message_template_status_update", "value": {"event": "APPROVED",
        "message_template_id": 7, "message_template_name": "abandoned_cart", "message_template_language": "en"}});
    broken["entry"][0]["changes"].as_array_mut().unwrap().push(template);
    post(&desk, &broken).await;
    post(&desk, &past(0, 2, 100, json!([]))).await;
    desk.until_shown(&wamid).await.unwrap();
}
