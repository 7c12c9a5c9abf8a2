//! Each fault does what it says, to one send only.

use super::support::{Client, Receiver, customer, text_to};
use crate::{Config, CustomerMessage, Fault, LedgerEntry, Outcome, Simulator};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{task::yield_now, time::timeout};

const SEND: &str = "/v25.0/106540352242922/messages";

async fn with_open_window() -> (Receiver, Simulator, Client) {
    let receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let client = Client::of(&simulator);
    (receiver, simulator, client)
}

fn hi() -> Value {
    text_to("+16505551234", "hi")
}

/// The first ledger entry, once it is there.
async fn first_entry(simulator: &Simulator) -> LedgerEntry {
    let entry = async {
        loop {
            if let Some(entry) = simulator.ledger().first() {
                return entry.clone();
            }
            yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), entry).await.unwrap()
}

#[tokio::test]
async fn a_hanging_send_is_lost_and_the_next_one_goes() {
    let (_receiver, simulator, client) = with_open_window().await;
    simulator.fail_next_send(Fault::Hang);
    let hanging = tokio::spawn({
        let client = client.clone();
        async move { client.send(&hi()).await }
    });
    assert_eq!(first_entry(&simulator).await.outcome, Outcome::Lost { fault: "hang" });
    assert!(!hanging.is_finished());
    assert_eq!(client.send(&hi()).await.status, 200);
    hanging.abort();
}

#[tokio::test]
async fn an_accepted_send_without_answer_still_has_statuses() {
    for fault in [Fault::AcceptThenHang, Fault::AcceptThenDrop, Fault::AcceptThen500] {
        let (mut receiver, simulator, client) = with_open_window().await;
        simulator.fail_next_send(fault.clone());
        let answer = tokio::spawn(async move { client.try_call("POST", SEND, hi().to_string()).await });
        let (status, _) = receiver.next_status().await;
        assert_eq!(
            Some(status["id"].as_str().unwrap()),
            first_entry(&simulator).await.wamid()
        );
        match fault {
            Fault::AcceptThenHang => assert!(!answer.is_finished()),
            Fault::AcceptThenDrop => assert!(answer.await.unwrap().is_none()),
            _ => assert_eq!(answer.await.unwrap().unwrap().json["error"]["code"], 131_000),
        }
    }
}

#[tokio::test]
async fn a_send_that_fails_later_is_accepted_first() {
    let (mut receiver, simulator, client) = with_open_window().await;
    simulator.fail_next_send(Fault::FailLater {
        code: 131_026,
        title: "Message undeliverable".to_owned(),
    });
    let answer = client.send(&hi()).await;
    assert_eq!(answer.status, 200);
    let (status, contacts) = receiver.next_status().await;
    assert_eq!(
        (&status["id"], &status["status"]),
        (&answer.json["messages"][0]["id"], &json!("failed"))
    );
    assert_eq!(status["errors"][0]["code"], 131_026);
    assert_eq!(status["errors"][0]["error_data"]["details"], "Message undeliverable");
    assert!(contacts.is_null());
}

#[tokio::test]
async fn answers_that_are_not_metas_accept_nothing() {
    let (_receiver, simulator, client) = with_open_window().await;
    simulator.fail_next_send(Fault::Html);
    simulator.fail_next_send(Fault::Redirect);
    simulator.fail_next_send(Fault::Error {
        http: 500,
        code: 131_016,
        message: "Service unavailable".to_owned(),
    });
    let page = client.send(&hi()).await;
    assert!(page.status == 200 && page.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    let redirect = client.send(&hi()).await;
    assert!(redirect.status == 307 && redirect.headers.contains_key("location"));
    let error = client.send(&hi()).await;
    assert_eq!((error.status, &error.json["error"]["code"]), (500, &json!(131_016)));
    assert!(simulator.ledger().iter().all(|entry| entry.wamid().is_none()));
}
