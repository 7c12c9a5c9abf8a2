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
