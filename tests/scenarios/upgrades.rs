//! One message told several times, better or worse, in any order: it is one, with the best of each telling.

use crate::media::shown;
use serde_json::{Value, json};
use twinbox_domain::{Content, Direction, Millis, Origin};
use twinbox_protocol::{GetOverview, MessageView};
use twinbox_tests::desk::{Desk, sign};

const ALICE: &str = "16505551234";
const SHOP: &str = "15550783881";

pub(crate) fn webhook(field: &str, said: Value) -> Value {
    let mut value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": SHOP, "phone_number_id": "106540352242922"}});
    value.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    json!({"object": "whatsapp_business_account",
        "entry": [{"id": "102290129340398", "changes": [{"field": field, "value": value}]}]})
}

/// A message of alice at this second.
pub(crate) fn says(wamid: &str, second: i64, kind: &str, body: Value) -> Value {
    json!({"from": ALICE, "id": wamid, "timestamp": second.to_string(), "type": kind, kind: body})
}

pub(crate) fn live(message: Value) -> Value {
    webhook("messages", json!({"messages": [message]}))
}

pub(crate) fn echo(message: Value) -> Value {
    webhook("smb_message_echoes", json!({"message_echoes": [message]}))
}

/// A chunk of the history.
pub(crate) fn past(phase: u32, order: u32, percent: u32, messages: Value) -> Value {
    webhook(
        "history",
        json!({"history": [{"metadata": {"phase": phase, "chunk_order": order, "progress": percent},
            "threads": [{"id": ALICE, "messages": messages}]}]}),
    )
}

pub(crate) async fn post(desk: &Desk, body: &Value) {
    let body = body.to_string().into_bytes();
    let signature = sign(&body);
    assert_eq!(desk.post_webhook(body, Some(&signature)).await.unwrap(), 200);
}

/// Posts them and waits until all are applied, which a last message of somebody else shows.
pub(crate) async fn hears(desk: &Desk, bodies: &[Value]) {
    for body in bodies {
        post(desk, body).await;
    }
    let last = format!("wamid.last.{}", fastrand::u64(..));
    let mut after = says(&last, 1_750_000_000, "text", json!({"body": "after all that"}));
    after["from"] = json!("351912000047");
    post(desk, &live(after)).await;
    desk.until_shown(&last).await.unwrap();
}

pub(crate) async fn only(desk: &Desk, wamid: &str) -> MessageView {
    let mut found = Vec::new();
    for row in desk.list().await {
        let thread = desk.thread(row.id).await;
        found.extend(
            thread
                .into_iter()
                .filter(|message| message.wamid.as_ref().is_some_and(|it| it.as_str() == wamid)),
        );
    }
    assert_eq!(found.len(), 1, "{wamid} is there once");
    found.remove(0)
}

/// Every order of so many things.
pub(crate) fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in orders(count - 1) {
        for at in 0..count {
            let mut order = shorter.clone();
            order.insert(at, count - 1);
            all.push(order);
        }
    }
    all
}

#[tokio::test]
async fn a_ghost_a_placeholder_a_picture_and_its_edit_end_as_the_edit_in_whatever_order_they_come() {
    let desk = Desk::new().await.unwrap();
    let mut bodies = Vec::new();
    for (n, order) in orders(4).into_iter().enumerate() {
        let id = format!("wamid.order.{n}");
        let image = |caption: &str| json!({"id": "1003", "mime_type": "image/jpeg", "sha256": "", "caption": caption});
        let mut ghost = says(&id, 1_749_416_383, "unsupported", json!({"type": "unavailable"}));
        ghost["errors"] = json!([{"code": 131_060, "title": "This message is currently unavailable"}]);
        let edited = json!({"original_message_id": id, "message": {"context": {"id": "M0"}, "type": "image", "image": image("after")}});
        let told = [
            live(ghost),
            past(
                0,
                1,
                50,
                json!([says(&id, 1_749_416_383, "media_placeholder", Value::Null)]),
            ),
            live(says(&id, 1_749_416_383, "image", image("before"))),
            live(says(&format!("{id}.edit"), 1_749_416_390, "edit", edited)),
        ];
        bodies.extend(order.into_iter().map(|at| told[at].clone()));
    }
    hears(&desk, &bodies).await;
    for n in 0..24 {
        let message = only(&desk, &format!("wamid.order.{n}")).await;
        assert!(
            matches!(&message.content, Content::Image(media) if media.caption == "after"),
            "order {n}"
        );
        assert_eq!(message.edited_at, Some(Millis(1_749_416_390_000)));
        assert_eq!(
            message.origin,
            Origin::Customer,
            "order {n}: it was heard as it happened"
        );
    }
}

#[tokio::test]
async fn a_deletion_that_comes_before_its_message_wins_over_every_telling_of_it() {
    let desk = Desk::new().await.unwrap();
    let text = || says("wamid.gone", 1_749_416_383, "text", json!({"body": "secret"}));
    hears(
        &desk,
        &[
            past(
                1,
                1,
                20,
                json!([says(
                    "wamid.r",
                    1_749_416_400,
                    "revoke",
                    json!({"original_message_id": "wamid.gone"})
                )]),
            ),
            past(1, 2, 30, json!([text()])),
            live(text()),
            live(says(
                "wamid.e",
                1_749_416_500,
                "edit",
                json!({"original_message_id": "wamid.gone",
                "message": {"type": "text", "text": {"body": "another secret"}}}),
            )),
        ],
    )
    .await;
    assert!(only(&desk, "wamid.gone").await.is_deleted);
}

#[tokio::test]
async fn of_reactions_the_latest_counts_also_when_an_older_one_comes_after_it_was_taken_away() {
    let desk = Desk::new().await.unwrap();
    let react = |second: i64, emoji: Option<&str>| {
        let mut body = json!({"message_id": "wamid.liked"});
        if let Some(emoji) = emoji {
            body["emoji"] = json!(emoji);
        }
        says(&format!("wamid.react.{second}"), second, "reaction", body)
    };
    let emojis = async |desk: &Desk| -> Vec<(Direction, String)> {
        let reactions = only(desk, "wamid.liked").await.reactions;
        reactions.into_iter().map(|it| (it.from, it.emoji)).collect()
    };
    // Before the message itself.
    hears(
        &desk,
        &[
            live(react(1_749_416_390, Some("👍"))),
            live(says("wamid.liked", 1_749_416_383, "text", json!({"body": "hi"}))),
        ],
    )
    .await;
    assert_eq!(emojis(&desk).await, [(Direction::In, "👍".to_owned())]);
    let mut ours = react(1_749_416_391, Some("🙏"));
    (ours["from"], ours["to"]) = (json!(SHOP), json!(ALICE));
    hears(&desk, &[live(react(1_749_416_400, Some("❤️"))), echo(ours)]).await;
    assert_eq!(
        emojis(&desk).await,
        [(Direction::In, "❤️".to_owned()), (Direction::Out, "🙏".to_owned())]
    );
    hears(
        &desk,
        &[live(react(1_749_416_410, None)), live(react(1_749_416_405, Some("😮")))],
    )
    .await;
    assert_eq!(emojis(&desk).await, [(Direction::Out, "🙏".to_owned())]);
}

#[tokio::test]
async fn an_echo_that_the_history_tells_again_stays_one_message_from_the_phone() {
    for history_first in [false, true] {
        let desk = Desk::new().await.unwrap();
        let from_phone = json!({"from": SHOP, "to": ALICE, "id": "wamid.both", "timestamp": "1749416383",
            "type": "text", "text": {"body": "from the phone"}});
        let mut in_history = from_phone.clone();
        in_history["history_context"] = json!({"status": "READ"});
        let mut told = vec![echo(from_phone), past(0, 1, 100, json!([in_history]))];
        if history_first {
            told.reverse();
        }
        hears(&desk, &told).await;
        let message = only(&desk, "wamid.both").await;
        assert_eq!((message.origin, message.direction), (Origin::Phone, Direction::Out));
        let row = desk
            .list()
            .await
            .into_iter()
            .find(|row| row.id == message.conversation)
            .unwrap();
        assert_eq!((row.unread, row.needs_reply, row.last_customer_at), (0, false, None));
    }
}

#[tokio::test]
async fn chunks_of_the_history_in_any_order_and_twice_come_to_the_same() {
    let desk = Desk::new().await.unwrap();
    let chunk = |order: u32, percent: u32| {
        let id = format!("wamid.past.{order}");
        let mut message = says(&id, 1_740_000_000 + i64::from(order), "text", json!({"body": "then"}));
        message["history_context"] = json!({"status": "read"});
        past(2, order, percent, json!([message]))
    };
    hears(&desk, &[chunk(3, 100), chunk(1, 30), chunk(2, 60), chunk(1, 30)]).await;
    assert_eq!(
        desk.ask(GetOverview {}).await.unwrap().numbers[0].history.percent,
        Some(100)
    );
    let first = shown(&desk, "wamid.past.1").await.unwrap();
    let thread = desk.thread(first.conversation).await;
    let order: Vec<String> = thread
        .iter()
        .filter_map(|message| message.wamid.clone())
        .map(|wamid| wamid.0)
        .collect();
    assert_eq!(order, ["wamid.past.1", "wamid.past.2", "wamid.past.3"]);
    assert!(
        thread
            .iter()
            .all(|message| message.origin == Origin::History && message.arrived_late_at.is_none())
    );
}

#[tokio::test]
async fn a_phone_whose_clock_runs_ahead_stands_above_nobody_for_long() {
    let desk = Desk::new().await.unwrap();
    // In the year 2100.
    hears(
        &desk,
        &[live(says(
            "wamid.ahead",
            4_102_444_800,
            "text",
            json!({"body": "from the future"}),
        ))],
    )
    .await;
    let now = twinbox_engine::now();
    assert!(only(&desk, "wamid.ahead").await.at.0 < now.0 + 6 * 60 * 1000);
}
