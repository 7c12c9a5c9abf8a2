//! Each fault does what it says, to whom it is meant for.

use super::support::{Client, PATIENCE, Receiver, customer, text_to};
use crate::{Config, CustomerMessage, Fault, LedgerEntry, Outcome, Simulator};
use serde_json::{Value, json};
use std::{
    io::{self, Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};
use tokio::{
    task::{spawn_blocking, yield_now},
    time::timeout,
};

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

async fn add(client: &Client, rule: Value) {
    let answer = client.post_json("/_sim/faults", &rule).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test]
async fn a_rate_meets_some_sends_and_the_same_ones_every_time() {
    let run = || async {
        let (_receiver, simulator, client) = with_open_window().await;
        add(&client, json!({"fault": "page", "http": 502, "rate": 0.5})).await;
        let mut met = Vec::new();
        for _ in 0..12 {
            met.push(client.send(&hi()).await.status == 502);
        }
        assert_eq!(
            simulator
                .ledger()
                .iter()
                .filter(|entry| entry.outcome == Outcome::Lost { fault: "page" })
                .count(),
            met.iter().filter(|met| **met).count()
        );
        met
    };
    let first = run().await;
    assert!(first.contains(&true) && first.contains(&false), "{first:?}");
    assert_eq!(first, run().await);
}

#[tokio::test]
async fn other_calls_meet_faults_before_or_after_they_are_done() {
    let (_receiver, simulator, client) = with_open_window().await;
    add(
        &client,
        json!({"target": "oauth", "fault": "error", "http": 500, "code": 1, "message": "No"}),
    )
    .await;
    add(
        &client,
        json!({"target": "/1065", "fault": "accept_then_page", "http": 503}),
    )
    .await;
    add(&client, json!({"target": "receipts", "fault": "drop"})).await;
    let waiting = client.get("/_sim/faults").await.json;
    assert_eq!(waiting["calls"].as_array().unwrap().len(), 3);
    assert_eq!(
        (&waiting["calls"][1]["fault"], &waiting["calls"][1]["times"]),
        (&json!("accept_then_page"), &json!(1))
    );

    let token = client.get("/v25.0/oauth/access_token?client_id=1").await;
    assert_eq!((token.status, &token.json["error"]["code"]), (500, &json!(1)));
    let sync = json!({"messaging_product": "whatsapp", "sync_type": "history"});
    let path = "/v25.0/106540352242922/smb_app_data";
    assert_eq!(client.post_json(path, &sync).await.status, 503);
    // It was done all the same.
    assert_eq!(client.post_json(path, &sync).await.json["error"]["code"], 2_593_107);
    let receipt = json!({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.X"});
    assert!(client.try_call("POST", SEND, receipt.to_string()).await.is_none());
    assert!(simulator.read_receipts().is_empty());
    assert_eq!(client.send(&hi()).await.status, 200);
}

#[tokio::test]
async fn a_storm_refuses_every_send_while_it_lasts() {
    let (_receiver, simulator, client) = with_open_window().await;
    add(&client, json!({"fault": "rate_limit", "for_ms": 200})).await;
    let mut refused = 0;
    while client.send(&hi()).await.json["error"]["code"] == 130_429 {
        refused += 1;
    }
    assert!(refused > 1);
    let outcomes = simulator
        .ledger()
        .into_iter()
        .map(|entry| entry.outcome)
        .collect::<Vec<_>>();
    let storm = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Refused { code: 130_429 });
    assert_eq!(storm.count(), refused);
    assert_eq!(client.get("/_sim/faults").await.json["calls"], json!([]));
}

#[tokio::test]
async fn rules_can_be_forgotten_and_bad_ones_are_refused() {
    let (_receiver, _simulator, client) = with_open_window().await;
    add(&client, json!({"fault": "hang", "rate": 1})).await;
    add(&client, json!({"target": "webhooks", "fault": "drop", "rate": 0.5})).await;
    assert_eq!(client.get("/_sim/faults").await.json["webhooks"][0]["rate"], 0.5);
    client.delete("/_sim/faults").await;
    assert_eq!(
        client.get("/_sim/faults").await.json,
        json!({"calls": [], "webhooks": []})
    );
    assert_eq!(client.send(&hi()).await.status, 200);
    for rule in [
        json!({"fault": "hang", "rate": 2}),
        json!({"fault": "page"}),
        json!({"fault": "error", "http": 500, "code": 1, "message": "x", "subcode": 2}),
        json!({"target": "webhooks", "fault": "hang"}),
    ] {
        assert_eq!(client.post_json("/_sim/faults", &rule).await.status, 400, "{rule}");
    }
}

#[tokio::test]
async fn latency_comes_before_the_arrival_and_before_the_answer() {
    let (_receiver, simulator, client) = with_open_window().await;
    let rule = json!({"fault": "latency", "there": {"constant": {"ms": 60}}, "back": {"uniform": {"min_ms": 40, "max_ms": 50}}, "rate": 1});
    add(&client, rule).await;
    let began = tokio::time::Instant::now();
    let set_out = client.get("/_sim/state").await.json["now_micros"].as_u64().unwrap();
    assert_eq!(client.send(&hi()).await.status, 200);
    assert!(began.elapsed() >= Duration::from_millis(100));
    assert!(simulator.ledger()[0].at_micros >= set_out + 60_000);
}

/// How a connection ends that asks for a send.
async fn end_of_connection(simulator: &Simulator) -> io::Result<usize> {
    let address = simulator.graph_url().replace("http://", "");
    let body = hi().to_string();
    let request = format!(
        "POST {SEND} HTTP/1.1\r\nhost: meta\r\nauthorization: Bearer access-token\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let exchange = move || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(request.as_bytes())?;
        stream.read(&mut [0; 64])
    };
    spawn_blocking(exchange).await.unwrap()
}

#[tokio::test]
async fn a_reset_is_not_a_close() {
    let (_receiver, simulator, _client) = with_open_window().await;
    simulator.fail_next_send(Fault::Drop);
    assert_eq!(end_of_connection(&simulator).await.unwrap(), 0);
    for fault in [Fault::Reset, Fault::AcceptThenReset] {
        simulator.fail_next_send(fault);
        let error = end_of_connection(&simulator).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    }
    let accepted = simulator
        .ledger()
        .iter()
        .map(|entry| entry.wamid().is_some())
        .collect::<Vec<_>>();
    assert_eq!(accepted, [false, false, true]);
}

#[tokio::test]
async fn the_ledger_tells_how_far_a_send_came_and_what_was_told() {
    let (mut receiver, simulator, client) = with_open_window().await;
    simulator.fail_next_send(Fault::SkipDelivered);
    client.send(&hi()).await;
    assert_eq!(receiver.next_status().await.0["status"], "sent");
    assert_eq!(receiver.next_status().await.0["status"], "read");
    while simulator.undelivered_webhooks() > 0 {
        yield_now().await;
    }
    let entry = simulator.ledger()[0].clone();
    assert_eq!(
        entry.steps.iter().map(|step| step.status).collect::<Vec<_>>(),
        ["sent", "read"]
    );
    for step in &entry.steps {
        assert!(step.at_micros >= entry.at_micros && step.answered_at_micros >= Some(step.at_micros));
    }

    simulator.fail_next_webhook(crate::WebhookFault::Drop);
    simulator.fail_next_send(Fault::FailLater {
        code: 131_026,
        title: "Message undeliverable".to_owned(),
    });
    client.send(&hi()).await;
    let failed = async {
        while simulator.ledger_since(1)[0].steps.is_empty() {
            yield_now().await;
        }
    };
    timeout(PATIENCE, failed).await.unwrap();
    let step = simulator.ledger_since(1)[0].steps[0].clone();
    assert_eq!(
        (step.status, step.code, step.answered_at_micros),
        ("failed", Some(131_026), None)
    );
    let since = client.get("/_sim/ledger?since=1").await.json;
    assert_eq!((since.as_array().unwrap().len(), &since[0]["number"]), (1, &json!(1)));
}

#[tokio::test]
async fn metas_clock_can_be_wrong_for_a_while() {
    let (mut receiver, simulator, client) = with_open_window().await;
    receiver.next().await;
    add(
        &client,
        json!({"target": "webhooks", "fault": "clock_skew", "seconds": -86400, "rate": 1}),
    )
    .await;
    let before = crate::numbering::unix_seconds();
    simulator.customer_writes(customer(), CustomerMessage::Text("late".to_owned()));
    let message = receiver.next().await.json()["entry"][0]["changes"][0]["value"]["messages"][0].clone();
    let told: u64 = message["timestamp"].as_str().unwrap().parse().unwrap();
    assert!((before - 86_400..before - 86_300).contains(&told), "{told}");
}

#[tokio::test]
async fn a_send_without_a_version_meets_one_fault() {
    let (_receiver, simulator, client) = with_open_window().await;
    let rule = json!({"target": "graph", "fault": "html"});
    client.post_json("/_sim/faults", &rule).await;
    client.post_json("/_sim/faults", &rule).await;
    let send = async || {
        client
            .try_call("POST", "/106540352242922/messages", hi().to_string())
            .await
    };
    for _ in 0..2 {
        assert_eq!(send().await.unwrap().json, Value::Null);
    }
    assert_eq!(send().await.unwrap().status, 200);
    assert_eq!(simulator.ledger().len(), 3);
}
