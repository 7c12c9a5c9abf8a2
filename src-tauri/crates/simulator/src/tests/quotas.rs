//! Limits that are configured, and webhooks that do not arrive as they were told.

use super::support::{Client, Receiver, customer, template_to, text_to};
use crate::{Config, CustomerMessage, Simulator, Throughput, WebhookFault};
use serde_json::{Value, json};

fn hello() -> CustomerMessage {
    CustomerMessage::Text("hello".to_owned())
}

#[tokio::test]
async fn what_is_received_counts_for_the_throughput_of_coexistence() {
    let config = Config {
        mps: 2,
        throughput: Throughput::SentAndReceived,
        ..Config::for_tests("")
    };
    let simulator = Simulator::start(config).await.unwrap();
    simulator.customer_writes(customer(), hello());
    simulator.customer_writes(customer(), hello());
    let refused = Client::of(&simulator).send(&text_to("+16505551234", "hi")).await;
    assert_eq!(refused.json["error"]["code"], 130_429);
}

#[tokio::test]
async fn only_so_many_different_people_are_written_to_in_a_day() {
    let config = Config {
        new_people_a_day: Some(2),
        ..Config::for_tests("")
    };
    let simulator = Simulator::start(config).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), hello());
    for (to, status) in [
        ("+16505550001", 200),
        ("+16505550002", 200),
        ("+16505550003", 400),
        ("+16505550001", 200),
        ("+16505551234", 200),
    ] {
        assert_eq!(client.send(&template_to(to)).await.status, status, "{to}");
    }
    let tier = client
        .get("/v25.0/106540352242922?fields=whatsapp_business_manager_messaging_limit")
        .await;
    assert_eq!(tier.json["whatsapp_business_manager_messaging_limit"], "TIER_250");
}

#[tokio::test]
async fn calls_beyond_those_of_an_hour_are_refused() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let number = "/v25.0/106540352242922";
    simulator.limit_calls(None, Some(1));
    assert_eq!(client.get(number).await.status, 200);
    let error = client.get(number).await.json["error"].clone();
    assert_eq!(error["code"], 80_007);
    assert_eq!(client.send(&template_to("+16505551234")).await.status, 200);

    let none = client.post_json("/_sim/call_limits", &json!({"app": 0})).await;
    assert_eq!(none.status, 200);
    let refused = client.send(&template_to("+16505551234")).await;
    assert_eq!(
        (&refused.json["error"]["code"], &refused.json["error"]["is_transient"]),
        (&json!(4), &json!(true))
    );
    simulator.limit_calls(None, None);
    assert_eq!(client.get(number).await.status, 200);
}

#[tokio::test]
async fn a_business_that_meta_does_not_know_is_not_verified() {
    for (people, status) in [(Some(250), "NOT_VERIFIED"), (Some(251), "VERIFIED"), (None, "VERIFIED")] {
        let config = Config {
            new_people_a_day: people,
            ..Config::for_tests("")
        };
        let simulator = Simulator::start(config).await.unwrap();
        let account = Client::of(&simulator)
            .get("/v25.0/102290129340398?fields=business_verification_status")
            .await;
        assert_eq!(account.json["business_verification_status"], status);
    }
}

#[tokio::test]
async fn webhooks_come_twice_late_together_or_never() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.fail_next_webhook(WebhookFault::Duplicate { copies: 2 });
    simulator.fail_next_webhook(WebhookFault::Drop);
    let twice = simulator.customer_writes(customer(), hello());
    let never = simulator.customer_writes(customer(), hello());
    assert_eq!(message_ids(&receiver.next().await.json()), [twice.as_str()]);
    assert_eq!(message_ids(&receiver.next().await.json()), [twice.as_str()]);
    client
        .post_json(
            "/_sim/faults",
            &json!({"target": "webhooks", "fault": "batch", "count": 3}),
        )
        .await;
    let together: Vec<String> = (0..3).map(|_| simulator.customer_writes(customer(), hello())).collect();
    let batch = receiver.next().await.json();
    assert_eq!(message_ids(&batch), together);
    assert!(!together.contains(&never));
    assert_eq!(batch["entry"].as_array().unwrap().len(), 2);
    let refused = client
        .post_json("/_sim/faults", &json!({"target": "webhooks", "fault": "shred"}))
        .await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn every_sample_of_an_event_is_told_in_its_envelope() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    for (kind, field) in [
        ("quality", "phone_number_quality_update"),
        ("name", "phone_number_name_update"),
        ("capability", "business_capability_update"),
        ("template_quality", "message_template_quality_update"),
        ("template_category", "template_category_update"),
        ("security", "security"),
        ("alert", "account_alerts"),
        ("review", "account_review_update"),
        ("preference", "user_preferences"),
        ("restriction", "account_update"),
        ("violation", "account_update"),
        ("ban", "account_update"),
        ("deleted", "account_update"),
        ("partner_added", "account_update"),
        ("partner_removed", "account_update"),
    ] {
        assert_eq!(
            client.post_json("/_sim/event", &json!({"kind": kind})).await.status,
            200,
            "{kind}"
        );
        let entry = receiver.next().await.json()["entry"][0].clone();
        assert_eq!(entry["changes"][0]["field"], field, "{kind}");
        assert_eq!(entry.get("time").is_some(), kind != "preference", "{kind}");
        let is_partners = kind.starts_with("partner");
        assert_eq!(entry["id"] == "2949482758682047", is_partners, "{kind}");
    }
    let body = json!({"field": "standby", "value": {"messages": []}});
    client.post_json("/_sim/webhook_event", &body).await;
    let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
    assert_eq!(change["value"]["metadata"]["phone_number_id"], "106540352242922");
}

fn message_ids(webhook: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().unwrap().clone();
    let changes = list(&webhook["entry"])
        .into_iter()
        .flat_map(|entry| list(&entry["changes"]));
    changes
        .map(|change| change["value"]["messages"][0]["id"].as_str().unwrap().to_owned())
        .collect()
}
