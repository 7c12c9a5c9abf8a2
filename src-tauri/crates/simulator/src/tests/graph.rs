//! Sends and their refusals.

use super::support::{Client, PATIENCE, Receiver, customer, template_to, text_to};
use crate::{Config, Customer, CustomerMessage, Fault, HistorySharing, Latency, Outcome, Simulator};
use serde_json::json;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn quiet() -> (Simulator, Client) {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    (simulator, client)
}

fn hello() -> CustomerMessage {
    CustomerMessage::Text("hello".to_owned())
}

#[tokio::test]
async fn a_wrong_token_is_refused_with_190() {
    let (simulator, client) = quiet().await;
    let answer = client.with_token("stale").send(&text_to("+16505551234", "hi")).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json["error"]["code"], 190);
    assert_eq!(answer.json["error"]["type"], "OAuthException");
    assert!(answer.json["error"]["fbtrace_id"].is_string());
    assert_eq!(simulator.ledger()[0].outcome, Outcome::Refused { code: 190 });
}

#[tokio::test]
async fn an_unknown_number_does_not_exist() {
    let (_simulator, client) = quiet().await;
    let answer = client
        .post_json("/v25.0/999/messages", &text_to("+16505551234", "hi"))
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        (&answer.json["error"]["code"], &answer.json["error"]["error_subcode"]),
        (&json!(100), &json!(33))
    );
    let message = answer.json["error"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("Unsupported post request. Object with ID '999' does not exist"),
        "{message}"
    );
    assert_eq!(
        client.get("/v25.0/1003383421387256").await.json["error"]["error_subcode"],
        33
    );
    assert_eq!(client.get("/elsewhere").await.json["error"]["code"], 2500);
}

#[tokio::test]
async fn a_closed_window_is_refused_with_131047_but_a_template_goes() {
    let (simulator, client) = quiet().await;
    simulator.customer_wrote(customer(), hello(), DAY);
    let answer = client.send(&text_to("+16505551234", "hi")).await;
    assert_eq!(answer.status, 400);
    let error = &answer.json["error"];
    assert_eq!(
        (&error["code"], &error["message"]),
        (&json!(131_047), &json!("(#131047) Re-engagement message"))
    );
    assert_eq!(error["error_data"]["messaging_product"], "whatsapp");
    assert!(error["error_data"]["details"].as_str().unwrap().contains("24 hours"));

    let answer = client.send(&template_to("+16505551234")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json["messages"][0]["message_status"], "accepted");

    simulator.customer_writes(customer(), hello());
    let answer = client.send(&text_to("+16505551234", "hi")).await;
    assert_eq!(
        answer.json["contacts"],
        json!([{"input": "+16505551234", "wa_id": "16505551234"}])
    );
    assert!(answer.json["messages"][0].get("message_status").is_none());
}

#[tokio::test]
async fn the_sixth_send_within_a_second_is_refused_with_130429() {
    let (simulator, client) = quiet().await;
    let sends = (0..8).map(|number| {
        let client = client.clone();
        tokio::spawn(async move { client.send(&template_to(&format!("+1650555{number:04}"))).await })
    });
    let mut refused = Vec::new();
    for send in sends.collect::<Vec<_>>() {
        let answer = send.await.unwrap();
        if answer.status != 200 {
            refused.push(answer);
        }
    }
    let ledger = simulator.ledger();
    let accepted: Vec<u64> = ledger
        .iter()
        .filter(|entry| entry.wamid().is_some())
        .map(|entry| entry.at_micros)
        .collect();
    let first = ledger.iter().map(|entry| entry.at_micros).min().unwrap();
    let last = ledger.iter().map(|entry| entry.at_micros).max().unwrap();
    assert!(last - first < 1_000_000, "the machine is too slow for this test");
    assert_eq!((accepted.len(), refused.len()), (5, 3));
    assert!(
        refused
            .iter()
            .all(|answer| answer.status == 400 && answer.json["error"]["code"] == 130_429)
    );
}

#[tokio::test]
async fn a_send_arrives_after_the_way_there() {
    let way = Duration::from_millis(30)..=Duration::from_millis(30);
    let latency = Latency {
        there: way.clone(),
        back: way,
    };
    let simulator = Simulator::start(Config {
        latency,
        ..Config::for_tests("")
    })
    .await
    .unwrap();
    let began = std::time::Instant::now();
    Client::of(&simulator).send(&template_to("+16505551234")).await;
    assert!(began.elapsed() >= Duration::from_millis(60));
    assert!(simulator.ledger()[0].at_micros >= 30_000);
}

#[tokio::test]
async fn someone_known_by_username_is_reached_by_user_id() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let pia = Customer {
        username: Some("pedal.pia".to_owned()),
        ..Customer::new("", "Pia")
    };
    simulator.customer_writes(pia, hello());
    let value = receiver.next().await.json()["entry"][0]["changes"][0]["value"].clone();
    assert!(value["messages"][0].get("from").is_none());
    assert!(value["contacts"][0].get("wa_id").is_none());
    assert_eq!(
        value["contacts"][0]["profile"],
        json!({"name": "Pia", "username": "pedal.pia"})
    );

    let user_id = value["messages"][0]["from_user_id"].as_str().unwrap();
    let mut body = json!({"messaging_product": "whatsapp", "recipient": user_id, "text": {"body": "hi"}});
    let answer = Client::of(&simulator).send(&body).await;
    assert_eq!(answer.json["contacts"], json!([{"input": user_id, "user_id": user_id}]));
    let (status, _) = receiver.next_status().await;
    assert_eq!(status["recipient_user_id"], user_id);
    assert!(status.get("recipient_id").is_none());

    body["recipient"] = json!("US.404");
    assert_eq!(Client::of(&simulator).send(&body).await.json["error"]["code"], 131_009);
}

#[tokio::test]
async fn a_read_receipt_is_no_send() {
    let (simulator, client) = quiet().await;
    let wamid = simulator.customer_writes(customer(), hello());
    let receipt = json!({
        "messaging_product": "whatsapp", "status": "read", "message_id": wamid, "typing_indicator": {"type": "text"},
    });
    let answer = tokio::time::timeout(PATIENCE, client.send(&receipt)).await.unwrap();
    assert_eq!((answer.status, answer.json), (200, json!({"success": true})));
    assert_eq!(simulator.read_receipts(), [wamid]);
    assert!(simulator.ledger().is_empty());
}

#[tokio::test]
async fn a_send_may_be_a_form_without_a_version_and_with_its_token_inside() {
    let (simulator, client) = quiet().await;
    simulator.customer_writes(customer(), hello());
    let form = "messaging_product=whatsapp&to=%2B16505551234&type=text&text=%7B%22body%22%3A%22a%20%26%20b%22%7D";
    let head = [("content-type", "application/x-www-form-urlencoded")];
    let path = "/106540352242922/messages";
    let nameless = client.clone().with_token("");
    let post = async |body: String| nameless.try_raw("POST", path, &head, body.into()).await.unwrap();
    assert_eq!(post(form.to_owned()).await.status, 401);
    let answer = post(format!("{form}&access_token=access-token")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(simulator.ledger()[1].text, "a & b");

    let got = client.get("/v25.0/106540352242922/messages").await;
    assert_eq!((got.status, &got.json["error"]["error_subcode"]), (400, &json!(33)));
    assert_eq!(client.get("/106540352242922?fields=id").await.status, 200);
    assert_eq!(client.get("/v25.0/1/2/3").await.json["error"]["code"], 2500);
}

#[tokio::test]
async fn the_digits_of_a_webhook_reach_who_wrote_it() {
    let (simulator, client) = quiet().await;
    simulator.customer_writes(Customer::new("+4915112345678", "Bob"), hello());
    let answer = client.send(&text_to("4915112345678", "hallo")).await;
    assert_eq!(
        answer.json["contacts"],
        json!([{"input": "4915112345678", "wa_id": "4915112345678"}])
    );
    assert_eq!(simulator.ledger()[0].to, "4915112345678");
}

#[tokio::test]
async fn onboarding_closes_every_window_and_only_what_comes_after_it_opens_one() {
    let (simulator, client) = quiet().await;
    let write = async || client.send(&text_to("+16505551234", "hi")).await.json["error"]["code"].clone();
    simulator.customer_writes(customer(), hello());
    assert_eq!(write().await, json!(null));
    simulator.onboard(HistorySharing::Shared);
    assert_eq!(write().await, 131_047);
    simulator.customer_wrote(customer(), hello(), Duration::from_secs(60));
    assert_eq!(write().await, 131_047);
    simulator.customer_writes(customer(), hello());
    assert_eq!(write().await, json!(null));
}

#[tokio::test]
async fn a_reaction_to_what_is_no_message_of_the_chat_fails_later() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config {
        mps: 20,
        ..Config::for_tests(receiver.url())
    })
    .await
    .unwrap();
    let client = Client::of(&simulator);
    let written = simulator.customer_writes(customer(), hello());
    let others = simulator.customer_writes(Customer::new("+16505550001", "Bob"), hello());
    let old = Duration::from_secs(31 * 24 * 60 * 60);
    let old = simulator.customer_wrote(customer(), hello(), old);
    let reaction = simulator.customer_reacts(&written, "👍").unwrap();
    let react = |to: &str| {
        let reaction = json!({"message_id": to, "emoji": "🚲"});
        json!({"messaging_product": "whatsapp", "to": "+16505551234", "type": "reaction", "reaction": reaction})
    };
    for (to, status) in [
        ("wamid.unheard-of", "failed"),
        (&others, "failed"),
        (&old, "failed"),
        (&reaction, "failed"),
        (&written, "sent"),
    ] {
        assert_eq!(client.send(&react(to)).await.status, 200);
        let (told, _) = receiver.next_status().await;
        assert_eq!(told["status"], status, "{to}");
        if status == "failed" {
            assert_eq!(told["errors"][0]["code"], 131_009);
        }
    }
}

#[tokio::test]
async fn only_messages_of_customers_are_read_and_typing_is_shown_until_the_answer() {
    let (simulator, client) = quiet().await;
    let written = simulator.customer_writes(customer(), hello());
    let own = simulator.phone_writes(customer(), "on it");
    let old = simulator.customer_wrote(customer(), hello(), 31 * DAY);
    let read = |id: &str| json!({"messaging_product": "whatsapp", "status": "read", "message_id": id, "typing_indicator": {"type": "text"}});
    for id in ["wamid.unheard-of", &own, &old] {
        assert_eq!(client.send(&read(id)).await.json["error"]["code"], 131_009, "{id}");
    }
    let typing = async || client.get("/_sim/chats").await.json["chats"][0]["typing_at"].clone();
    assert_eq!(typing().await, json!(null));
    assert_eq!(client.send(&read(&written)).await.status, 200);
    assert!(typing().await.is_u64());
    client.send(&text_to("+16505551234", "hi")).await;
    assert_eq!(typing().await, json!(null));
}

#[tokio::test]
async fn a_scripted_refusal_has_the_status_and_the_words_of_its_code() {
    let (simulator, client) = quiet().await;
    for (code, http, words) in [
        (190, 401, "Access token has expired"),
        (2, 503, "API Service"),
        (131_042, 400, "Business eligibility payment issue"),
        (131_049, 400, "Meta chose not to deliver"),
        (132_001, 404, "Template name does not exist in the translation"),
        (
            130_497,
            403,
            "Business account is restricted from messaging users in this country",
        ),
        (133_004, 503, "Server temporarily unavailable"),
    ] {
        let fault = json!({"fault": "error", "code": code});
        client.post_json("/_sim/faults", &fault).await;
        let answer = client.send(&template_to("+16505551234")).await;
        assert_eq!((answer.status, &answer.json["error"]["code"]), (http, &json!(code)));
        assert_eq!(answer.json["error"]["message"], format!("(#{code}) {words}"));
        assert_eq!(answer.json["error"]["is_transient"], http == 503);
    }
    simulator.fail_next_send(Fault::Error {
        http: 418,
        code: 7,
        message: "Short and stout".to_owned(),
    });
    let answer = client.send(&template_to("+16505551234")).await;
    assert_eq!(
        (answer.status, &answer.json["error"]["message"]),
        (418, &json!("Short and stout"))
    );
}
