//! What the pages of the phones rely on.

use super::support::{Client, customer};
use crate::{Config, CustomerMessage, Simulator};
use serde_json::{Value, json};

async fn chat(client: &Client) -> Value {
    client.get("/_sim/chats").await.json["chats"][0].clone()
}

#[tokio::test]
async fn a_file_from_a_disk_is_sent_and_shown() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let bytes = vec![7; 3 * 1024 * 1024];
    let head = [("content-type", "image/png")];
    let kept = client.try_raw("POST", "/_sim/media", &head, bytes.clone().into()).await;
    let body = kept.expect("an answer").json;
    assert_eq!(body["mime_type"], "image/png");
    let written = json!({"phone": "+16505551234", "type": "image", "body": body});
    assert_eq!(client.post_json("/_sim/customer", &written).await.status, 200);
    let message = chat(&client).await["messages"][0].clone();
    assert_eq!(message["body"], body);
    let shown = client
        .get(&format!("/_sim/media/{}", message["body"]["id"].as_str().unwrap()))
        .await;
    assert_eq!(shown.headers["content-type"], "image/png");
    assert_eq!(shown.bytes, bytes);
    let lookup = client.get(&format!("/v25.0/{}", body["id"].as_str().unwrap())).await;
    assert_eq!(lookup.status, 200, "the API gets it, too");
}

#[tokio::test]
async fn a_chat_goes_on_under_a_new_number_and_counts_once() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    simulator
        .customer_changes_number("+16505551234", "+16505559999")
        .unwrap();
    let chats = client.get("/_sim/chats").await.json;
    assert_eq!(chats["count"], 1);
    assert_eq!(chats["chats"].as_array().unwrap().len(), 1);
    assert_eq!(chats["chats"][0]["phone"], "16505559999");
    assert_eq!(chats["chats"][0]["messages"].as_array().unwrap().len(), 2);
}
