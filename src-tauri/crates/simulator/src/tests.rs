//! The simulator from outside: over HTTP, with a receiver of webhooks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod assets;
mod delivery;
mod faults;
mod graph;
mod history;
mod library;
mod logins;
mod openapi;
mod pages;
mod people;
mod quotas;
mod seeds;
mod signup;
mod support;
mod templates;
mod unusual;
mod webhooks;

use support::{Client, Receiver, customer, text_to};

use crate::{Config, Simulator};
use serde_json::json;
use std::{collections::HashSet, time::Duration};

#[tokio::test]
async fn control_routes_make_customers_write_and_show_what_arrived() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);

    let body = json!({"phone": "+1 650 555 1234", "name": "Alice", "type": "image", "caption": "the bench"});
    let written = client.post_json("/_sim/customer", &body).await;
    let webhook = receiver.next().await.json();
    let message = &webhook["entry"][0]["changes"][0]["value"]["messages"][0];
    assert_eq!(message["id"], written.json["id"]);
    assert_eq!(message["image"]["caption"], "the bench");
    assert_eq!(message["image"]["mime_type"], "image/jpeg");

    let fault = json!({"fault": "error", "http": 503, "code": 2, "message": "Service down"});
    assert_eq!(
        client.post_json("/_sim/faults", &fault).await.json,
        json!({"faults_waiting": 1})
    );
    assert_eq!(client.send(&text_to("+16505551234", "hello")).await.status, 503);
    let ledger = client.get("/_sim/ledger").await.json;
    assert_eq!(ledger[0]["outcome"], json!({"refused": {"code": 2}}));
    assert_eq!(client.get("/_sim/state").await.json["sends_not_accepted"], 1);
    simulator.stop().await;
}

#[tokio::test]
async fn a_bad_control_request_is_answered_with_a_sentence() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    for (path, body) in [
        ("/_sim/customer", json!({"phone": "1", "type": "poll"})),
        ("/_sim/customer", json!({"text": "who am I"})),
        ("/_sim/faults", json!({"fault": "flood"})),
        ("/_sim/phone", json!([])),
    ] {
        let answer = client.post_json(path, &body).await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.text.ends_with(".\n"), "{}", answer.text);
    }
}

#[tokio::test]
async fn living_customers_have_written_before_the_start() {
    let mut receiver = Receiver::start().await;
    let config = Config {
        people: 12,
        ..Config::for_tests(receiver.url())
    };
    let simulator = Simulator::start(config).await.unwrap();
    let mut people = HashSet::new();
    let mut echoes = 0;
    while people.len() < 12 || echoes < 5 {
        let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
        people.insert(change["value"]["contacts"][0]["user_id"].as_str().unwrap().to_owned());
        echoes += usize::from(change["field"] == "smb_message_echoes");
    }
    simulator.stop().await;
}

#[tokio::test]
async fn stopping_ends_what_hangs_and_what_waits() {
    // Nobody listens there: the webhook waits for its retry.
    let simulator = Simulator::start(Config::for_tests("http://127.0.0.1:9/webhook"))
        .await
        .unwrap();
    simulator.customer_writes(customer(), crate::CustomerMessage::Text("anyone?".to_owned()));
    assert_eq!(simulator.undelivered_webhooks(), 1);
    tokio::time::timeout(Duration::from_secs(5), simulator.stop())
        .await
        .unwrap();
}
