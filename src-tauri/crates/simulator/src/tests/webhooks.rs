//! What arrives at the business, to the byte.

use super::support::{Client, Receiver, customer, text_to};
use crate::{Config, CustomerMessage, Simulator, StatusDelays, wire};
use axum::http::StatusCode;
use serde_json::json;
use std::{collections::HashMap, time::Duration};

fn text(text: &str) -> CustomerMessage {
    CustomerMessage::Text(text.to_owned())
}

#[tokio::test]
async fn a_customer_message_is_metas_envelope_escaped_and_signed() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let wamid = simulator.customer_writes(customer(), text("¿1/2? 🚲"));
    let delivery = receiver.next().await;

    let body = std::str::from_utf8(&delivery.body).unwrap();
    assert!(body.is_ascii());
    assert!(body.contains(r#""body":"\u00bf1\/2? \ud83d\udeb2""#), "{body}");
    assert_eq!(
        delivery.headers["x-hub-signature-256"],
        wire::signature("app-secret", &delivery.body).as_str()
    );
    assert_eq!(delivery.headers["content-type"], "application/json");
    assert_eq!(delivery.headers["user-agent"], "facebookexternalua");

    let mut json = delivery.json();
    let message = &mut json["entry"][0]["changes"][0]["value"]["messages"][0];
    assert!(message["timestamp"].take().as_str().unwrap().parse::<u64>().unwrap() > 1_700_000_000);
    let user_id = message["from_user_id"].as_str().unwrap().to_owned();
    assert!(user_id.starts_with("US."), "{user_id}");
    let expected = json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
        "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
            "contacts": [{
                "profile": {"name": "Alice", "username": "alice.oak"}, "wa_id": "16505551234", "user_id": user_id,
            }],
            "messages": [{
                "from": "16505551234", "from_user_id": user_id, "id": wamid, "timestamp": null, "type": "text",
                "text": {"body": "¿1/2? 🚲"},
            }],
        },
    }]}]});
    assert_eq!(json, expected);
}

#[tokio::test]
async fn a_reply_quotes_and_a_system_message_has_no_contacts() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let reply = CustomerMessage::Reply {
        to_wamid: "wamid.Q".to_owned(),
        text: "this one".to_owned(),
    };
    simulator.customer_writes(customer(), reply);
    let value = receiver.next().await.json()["entry"][0]["changes"][0]["value"].clone();
    assert_eq!(
        value["messages"][0]["context"],
        json!({"from": "15550783881", "id": "wamid.Q"})
    );

    let body = json!({"type": "user_changed_number", "body": "Alice changed", "wa_id": "16505550000"});
    simulator.customer_writes(
        customer(),
        CustomerMessage::Raw {
            type_name: "system".to_owned(),
            body: body.clone(),
        },
    );
    let value = receiver.next().await.json()["entry"][0]["changes"][0]["value"].clone();
    assert_eq!((&value["messages"][0]["system"], value.get("contacts")), (&body, None));
}

#[tokio::test]
async fn what_the_phone_writes_is_echoed() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let wamid = simulator.phone_writes(customer(), "from the workshop");
    let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
    assert_eq!(change["field"], "smb_message_echoes");
    let echo = &change["value"]["message_echoes"][0];
    assert_eq!(
        (&echo["from"], &echo["to"]),
        (&json!("15550783881"), &json!("16505551234"))
    );
    assert_eq!(
        (&echo["id"], &echo["text"]["body"]),
        (&json!(wamid), &json!("from the workshop"))
    );
}

#[tokio::test]
async fn a_refused_webhook_is_repeated_until_it_is_answered_200() {
    let mut receiver = Receiver::start().await;
    receiver.answers_next(StatusCode::INTERNAL_SERVER_ERROR);
    receiver.answers_next(StatusCode::ACCEPTED);
    let config = Config {
        webhook_retry: Duration::from_millis(5),
        ..Config::for_tests(receiver.url())
    };
    let simulator = Simulator::start(config).await.unwrap();
    simulator.customer_writes(customer(), text("hello"));
    let first = receiver.next().await.body;
    assert_eq!(receiver.next().await.body, first);
    assert_eq!(receiver.next().await.body, first);
    while simulator.undelivered_webhooks() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_new_address_gets_what_the_old_one_did_not_take() {
    let mut receiver = Receiver::start().await;
    let config = Config {
        webhook_retry: Duration::from_secs(3600),
        ..Config::for_tests("http://127.0.0.1:9/")
    };
    let simulator = Simulator::start(config).await.unwrap();
    simulator.customer_writes(customer(), text("hello"));
    simulator.set_webhook_url(receiver.url());
    receiver.next().await;
}

#[tokio::test]
async fn the_challenge_must_be_repeated() {
    let receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    assert_eq!(simulator.verify_webhook().await, Ok(()));

    let config = Config {
        verify_token: "another".to_owned(),
        ..Config::for_tests(receiver.url())
    };
    let stranger = Simulator::start(config).await.unwrap();
    assert!(stranger.verify_webhook().await.unwrap_err().contains("403"));
}

#[tokio::test]
async fn statuses_follow_with_callback_data_and_a_price() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    simulator.customer_writes(customer(), text("hello"));
    let mut body = text_to("+16505551234", "hi");
    body["biz_opaque_callback_data"] = json!("outbox-7");
    let answer = Client::of(&simulator).send(&body).await;

    let mut statuses = HashMap::new();
    for _ in 0..3 {
        let (status, contacts) = receiver.next_status().await;
        assert_eq!(status["id"], answer.json["messages"][0]["id"]);
        assert_eq!(
            (&status["recipient_id"], status.get("conversation")),
            (&json!("16505551234"), None)
        );
        assert_eq!(status["biz_opaque_callback_data"], "outbox-7");
        statuses.insert(status["status"].as_str().unwrap().to_owned(), (status, contacts));
    }
    let price = json!({
        "billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service",
    });
    assert_eq!(statuses["sent"].0["pricing"], price);
    assert_eq!(statuses["sent"].1[0]["profile"], json!({"name": "Alice"}));
    assert_eq!(statuses["delivered"].0["pricing"], price);
    assert_eq!(statuses["read"].1[0]["profile"]["username"], "alice.oak");
    assert_eq!(simulator.ledger()[0].callback_data.as_deref(), Some("outbox-7"));
}

#[tokio::test]
async fn of_a_reaction_only_sent_is_told_and_without_reading_nothing_is_blue() {
    let mut receiver = Receiver::start().await;
    let mut config = Config::for_tests(receiver.url());
    config.status_delays = StatusDelays {
        read: None,
        ..StatusDelays::every(Duration::from_millis(1))
    };
    let simulator = Simulator::start(config).await.unwrap();
    let wamid = simulator.customer_writes(customer(), text("hello"));
    let client = Client::of(&simulator);
    let reaction = json!({"message_id": wamid, "emoji": "👍"});
    let body = json!({"messaging_product": "whatsapp", "to": "+16505551234", "type": "reaction", "reaction": reaction});
    assert_eq!(client.send(&body).await.status, 200);
    assert_eq!(receiver.next_status().await.0["status"], "sent");
    client.send(&text_to("+16505551234", "hi")).await;
    let mut told = vec![
        receiver.next_status().await.0["status"].clone(),
        receiver.next_status().await.0["status"].clone(),
    ];
    told.sort_by_key(ToString::to_string);
    assert_eq!(told, ["delivered", "sent"]);
}

#[tokio::test]
async fn a_template_is_priced_by_its_category() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    for category in ["marketing", "utility", "authentication"] {
        // The name says otherwise on purpose.
        let name = format!("promo_{category}");
        let template = json!({
            "name": name, "language": "en_US", "category": category,
            "components": [{"type": "BODY", "text": "Hello"}],
        });
        let made = client
            .post_json("/v25.0/102290129340398/message_templates", &template)
            .await;
        assert_eq!(made.status, 200, "{}", made.text);
        let approve = json!({"id": made.json["id"], "status": "APPROVED"});
        client.post_json("/_sim/template", &approve).await;
        let send = json!({
            "messaging_product": "whatsapp", "to": "+16505551234", "type": "template",
            "template": {"name": name, "language": {"code": "en_US"}},
        });
        let sent = client.send(&send).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        let (mut status, _) = receiver.next_status().await;
        while status["id"] != sent.json["messages"][0]["id"] || status["status"] != "sent" {
            status = receiver.next_status().await.0;
        }
        assert_eq!(status["pricing"]["category"], category);
    }
}
