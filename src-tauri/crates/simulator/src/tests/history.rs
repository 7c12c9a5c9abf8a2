//! What `smb_app_data` brings.

use super::support::{Client, PATIENCE, Receiver, customer};
use crate::{Config, CustomerMessage, HistorySharing, Simulator};
use serde_json::{Value, json};
use std::collections::HashSet;

const SYNC: &str = "/v25.0/106540352242922/smb_app_data";

fn asked(sync_type: &str) -> Value {
    json!({"messaging_product": "whatsapp", "sync_type": sync_type})
}

async fn next_change(receiver: &mut Receiver) -> Value {
    receiver.next().await.json()["entry"][0]["changes"][0].clone()
}

#[tokio::test]
async fn contacts_and_history_come_once_and_within_a_day() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    receiver.next().await;

    let answer = client.post_json(SYNC, &asked("smb_app_state_sync")).await.json;
    assert!(answer["request_id"].is_string() && answer["messaging_product"] == "whatsapp");
    let change = next_change(&mut receiver).await;
    assert_eq!(change["field"], "smb_app_state_sync");
    let items = change["value"]["state_sync"].as_array().unwrap();
    assert!(
        items
            .iter()
            .any(|item| item["contact"]["full_name"] == "Alice" && item["action"] == "add")
    );
    assert_eq!(
        client.post_json(SYNC, &asked("smb_app_state_sync")).await.json["error"]["code"],
        2_593_107
    );

    let late = json!({"ago_seconds": 86_400});
    client.post_json("/_sim/onboard", &late).await;
    assert_eq!(
        client.post_json(SYNC, &asked("history")).await.json["error"]["code"],
        2_593_108
    );
    assert_eq!(
        client.post_json(SYNC, &asked("everything")).await.json["error"]["code"],
        100
    );
}

#[tokio::test]
async fn a_history_has_three_phases_of_chunks_and_media_before_or_after_their_placeholder() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    client
        .post_json("/_sim/onboard", &json!({"chats": 5, "messages": 40}))
        .await;
    client.post_json(SYNC, &asked("history")).await;
    let (mut chunks, mut messages, mut placeholders, mut media) = (HashSet::new(), 0, HashSet::new(), HashSet::new());
    let mut progress = 0;
    while chunks.len() < 9 || messages < 200 {
        let value = next_change(&mut receiver).await["value"].clone();
        if let Some(history) = value["history"].as_array() {
            let metadata = &history[0]["metadata"];
            chunks.insert((metadata["phase"].to_string(), metadata["chunk_order"].to_string()));
            progress = progress.max(metadata["progress"].as_u64().unwrap());
            for thread in history[0]["threads"].as_array().unwrap() {
                for message in thread["messages"].as_array().unwrap() {
                    messages += 1;
                    if message["type"] == "media_placeholder" {
                        placeholders.insert(message["id"].to_string());
                    }
                }
            }
        } else {
            let items = value["messages"]
                .as_array()
                .or(value["message_echoes"].as_array())
                .unwrap();
            media.insert(items[0]["id"].to_string());
        }
    }
    assert_eq!((chunks.len(), messages, progress), (9, 200, 100));
    let waits = async {
        while !media.iter().all(|id| placeholders.contains(id)) || media.is_empty() {
            let value = next_change(&mut receiver).await["value"].clone();
            let items = value["messages"]
                .as_array()
                .or(value["message_echoes"].as_array())
                .unwrap();
            media.insert(items[0]["id"].to_string());
        }
    };
    tokio::time::timeout(PATIENCE, waits).await.unwrap();
    assert!(placeholders.len() > media.len(), "old media never follow");
}

#[tokio::test]
async fn a_history_that_is_not_shared_is_told_and_an_empty_one_is_not() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.onboard(HistorySharing::Empty);
    assert_eq!(client.post_json(SYNC, &asked("history")).await.status, 200);
    simulator.onboard(HistorySharing::Declined);
    client.post_json(SYNC, &asked("history")).await;
    let change = next_change(&mut receiver).await;
    assert_eq!(change["value"]["history"][0]["errors"][0]["code"], 2_593_109);
}

/// Someone of the past of five chats who has a number, and their names.
async fn someone_of_the_past(client: &Client, receiver: &mut Receiver, is_wanted: fn(&Value) -> bool) -> Value {
    client
        .post_json("/_sim/onboard", &json!({"chats": 20, "messages": 1}))
        .await;
    client.post_json(SYNC, &asked("smb_app_state_sync")).await;
    let items = next_change(receiver).await["value"]["state_sync"].clone();
    let contacts = items.as_array().unwrap().iter().map(|item| item["contact"].clone());
    contacts.into_iter().find(is_wanted).unwrap()
}

#[tokio::test]
async fn who_was_told_as_a_contact_can_be_written_to_by_user_id_and_by_number() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    let by_both = someone_of_the_past(&client, &mut receiver, |contact| contact["phone_number"].is_string()).await;
    let to = |key: &str, whom: &Value, kind: &str, content: Value| json!({"messaging_product": "whatsapp", key: whom, "type": kind, kind: content});
    let template = || json!({"name": "pickup", "language": {"code": "en"}});
    let phone = json!(format!("+{}", by_both["phone_number"].as_str().unwrap()));
    let text = to("to", &phone, "text", json!({"body": "hi"}));
    assert_eq!(
        client.send(&text).await.json["error"]["code"],
        131_047,
        "the past opens no window"
    );
    let by_phone = client.send(&to("to", &phone, "template", template())).await;
    assert_eq!(by_phone.status, 200);
    let (status, contacts) = receiver.next_status().await;
    assert_eq!(status["recipient_user_id"], by_both["user_id"]);
    assert_eq!(contacts[0]["profile"]["name"], by_both["full_name"]);

    let user_id = json!("US.220000000000000007"); // not anybody's: one digit is missing
    let stranger = client.send(&to("recipient", &user_id, "template", template())).await;
    assert_eq!(stranger.json["error"]["code"], 131_009);
}

#[tokio::test]
async fn who_was_told_without_a_number_is_written_to_by_user_id_and_stays_without_one() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    let hidden = someone_of_the_past(&client, &mut receiver, |contact| contact["phone_number"].is_null()).await;
    assert!(hidden["username"].is_string());
    let template = json!({"name": "pickup", "language": {"code": "en"}});
    let body = json!({
        "messaging_product": "whatsapp", "recipient": hidden["user_id"], "type": "template", "template": template,
    });
    assert_eq!(client.send(&body).await.status, 200);
    let (status, _) = receiver.next_status().await;
    assert_eq!(
        (&status["recipient_user_id"], &status["recipient_id"]),
        (&hidden["user_id"], &Value::Null)
    );
}

#[tokio::test]
async fn contacts_are_sorted_split_and_hide_the_numbers_of_those_who_do() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    for number in 0..30 {
        let phone = format!("1650555{number:04}");
        let body = json!({"phone": phone, "name": format!("Customer {number}"), "username": format!("c.{number}")});
        client.post_json("/_sim/customer/meet", &body).await;
        let hides = json!({"customer": phone, "hides_phone": number % 2 == 0});
        client.post_json("/_sim/customer/settings", &hides).await;
    }
    client
        .post_json("/_sim/onboard", &json!({"chats": 2_500, "messages": 1}))
        .await;
    client.post_json(SYNC, &asked("smb_app_state_sync")).await;
    let mut pages = Vec::new();
    while pages.iter().map(Vec::len).sum::<usize>() < 2_530 {
        let items = next_change(&mut receiver).await["value"]["state_sync"].clone();
        pages.push(items.as_array().unwrap().clone());
    }
    assert_eq!(pages.len(), 3);
    let is_known = |item: &&Value| item["contact"]["full_name"].as_str().unwrap().starts_with("Customer");
    let known: Vec<&Value> = pages.iter().flatten().filter(is_known).collect();
    let user_ids: Vec<_> = known.iter().map(|item| item["contact"]["user_id"].as_str()).collect();
    assert!(user_ids.is_sorted(), "{user_ids:?}");
    let hidden = known.iter().filter(|item| item["contact"]["phone_number"].is_null());
    assert_eq!((known.len(), hidden.count()), (30, 15));
}

#[tokio::test]
async fn a_history_waits_while_too_much_is_on_its_way_wherever_that_goes() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let size = json!({"chats": 50, "messages": 200, "chunk_messages": 100});
    client.post_json("/_sim/onboard", &size).await;
    client.post_json(SYNC, &asked("history")).await;
    let waits = async {
        while simulator.undelivered_webhooks() < 16 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waits).await.unwrap();
    assert_eq!(simulator.undelivered_webhooks(), 16);
    let mut receiver = Receiver::start().await;
    simulator.set_webhook_url(receiver.url());
    let mut messages = 0;
    while messages < 10_000 {
        let value = next_change(&mut receiver).await["value"].clone();
        assert!(simulator.undelivered_webhooks() <= 16);
        let threads = value["history"][0]["threads"].as_array().cloned().unwrap_or_default();
        messages += threads
            .iter()
            .map(|thread| thread["messages"].as_array().unwrap().len())
            .sum::<usize>();
    }
}

#[tokio::test]
async fn media_of_the_past_are_found_downloaded_and_deleted_as_any_other() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    client
        .post_json("/_sim/onboard", &json!({"chats": 5, "messages": 40}))
        .await;
    client.post_json(SYNC, &asked("history")).await;
    let medium = loop {
        let value = next_change(&mut receiver).await["value"].clone();
        if let Some(items) = value["messages"].as_array().or(value["message_echoes"].as_array()) {
            break items[0][items[0]["type"].as_str().unwrap()].clone();
        }
    };
    let node = format!("/v25.0/{}", medium["id"].as_str().unwrap());
    let found = client.get(&node).await.json;
    assert_eq!(
        (&found["sha256"], &found["mime_type"]),
        (&medium["sha256"], &medium["mime_type"])
    );
    let content = client
        .try_raw("GET", found["url"].as_str().unwrap(), &[], "".into())
        .await
        .unwrap();
    assert_eq!(
        (content.status, json!(content.bytes.len().to_string())),
        (200, found["file_size"].clone())
    );
    assert_eq!(client.delete(&node).await.json, json!({"success": true}));
    assert_eq!(client.get(&node).await.json["error"]["error_subcode"], 33);
}

#[tokio::test]
async fn a_short_history_shows_on_the_phones_page_and_one_that_is_too_long_is_refused() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    for (size, words) in [
        (
            json!({"chats": 4_000_000_000_u32, "messages": 4_000_000_000_u32}),
            "chats",
        ),
        (
            json!({"chats": 1_000, "messages": 4_000_000_000_u32}),
            "messages in all",
        ),
        (json!({"chunk_messages": 0}), "A chunk has"),
    ] {
        let refused = client.post_json("/_sim/onboard", &size).await;
        assert!(
            refused.status == 400 && refused.text.contains(words),
            "{}",
            refused.text
        );
    }
    client
        .post_json("/_sim/onboard", &json!({"chats": 10, "messages": 30}))
        .await;
    client.post_json(SYNC, &asked("history")).await;
    let shown = client.get("/_sim/chats").await.json;
    let messages = |key: &str| {
        let chats = shown["chats"].as_array().unwrap().iter();
        let all = chats.flat_map(|chat| chat["messages"].as_array().unwrap());
        all.filter(|message| message[key] == true || (key == "side" && message[key] == "phone"))
            .count()
    };
    assert_eq!(shown["count"], 10);
    assert!(messages("side") > 50 && messages("edited") > 0 && messages("deleted") > 0);
}
