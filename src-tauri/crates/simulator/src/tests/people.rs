//! What people do with messages and accounts, scripted over HTTP.

use super::support::{Client, Receiver, customer, text_to};
use crate::{AccountEvent, ActRefusal, Config, Customer, CustomerMessage, CustomerSettings, Simulator, StatusDelays};
use serde_json::{Value, json};
use std::time::Duration;

pub(super) const ALICE: &str = "+16505551234";

pub(super) struct Scene {
    pub receiver: Receiver,
    pub simulator: Simulator,
    pub client: Client,
}

impl Scene {
    pub async fn start() -> Self {
        Self::with_delays(StatusDelays::every(Duration::from_millis(1))).await
    }

    pub async fn with_delays(status_delays: StatusDelays) -> Self {
        let receiver = Receiver::start().await;
        let config = Config {
            status_delays,
            ..Config::for_tests(receiver.url())
        };
        let simulator = Simulator::start(config).await.unwrap();
        let client = Client::of(&simulator);
        Self {
            receiver,
            simulator,
            client,
        }
    }

    /// What the next webhook is about: field, value.
    pub async fn told(&mut self) -> (String, Value) {
        let change = self.receiver.next().await.json()["entry"][0]["changes"][0].clone();
        (change["field"].as_str().unwrap().to_owned(), change["value"].clone())
    }

    /// Posts, and gives the only message or echo it made Meta tell.
    pub async fn made(&mut self, path: &str, body: Value) -> Value {
        let answer = self.client.post_json(path, &body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let (field, value) = self.told().await;
        let items = if field == "messages" {
            "messages"
        } else {
            "message_echoes"
        };
        let item = value[items][0].clone();
        assert_eq!(item["id"], answer.json["id"], "{path}");
        item
    }

    pub async fn thread(&self) -> Vec<Value> {
        let chats = self.client.get("/_sim/chats").await.json;
        chats["chats"][0]["messages"].as_array().unwrap().clone()
    }

    pub async fn status(&mut self) -> Value {
        self.receiver.next_status().await.0["status"].clone()
    }
}

#[tokio::test]
async fn what_people_do_with_messages_is_told_with_ids_of_its_own() {
    let mut scene = Scene::start().await;
    let asked = scene
        .made(
            "/_sim/customer",
            json!({"phone": ALICE, "name": "Alice", "text": "helo"}),
        )
        .await;
    let photo = json!({"phone": ALICE, "type": "image", "caption": "ths"});
    let photo = scene.made("/_sim/customer", photo).await;
    let reply = json!({"to": ALICE, "text": "yess", "reply_to": asked["id"]});
    let answered = scene.made("/_sim/phone", reply).await;
    assert_eq!(answered["context"], json!({"id": asked["id"]}));
    for (path, body, kind, told) in [
        (
            "/_sim/customer/edit",
            json!({"id": asked["id"], "text": "hello"}),
            "edit",
            json!({"original_message_id": asked["id"], "message": {
                "context": {"id": "M0"}, "type": "text", "text": {"body": "hello"},
            }}),
        ),
        (
            "/_sim/phone/edit",
            json!({"id": answered["id"], "text": "yes"}),
            "edit",
            json!({"original_message_id": answered["id"], "message": {"type": "text", "text": {"body": "yes"}}}),
        ),
        (
            "/_sim/customer/react",
            json!({"id": answered["id"], "emoji": "👍"}),
            "reaction",
            json!({"message_id": answered["id"], "emoji": "👍"}),
        ),
        (
            "/_sim/phone/react",
            json!({"id": photo["id"]}),
            "reaction",
            json!({"message_id": photo["id"]}),
        ),
        (
            "/_sim/phone/delete",
            json!({"id": answered["id"]}),
            "revoke",
            json!({"original_message_id": answered["id"]}),
        ),
        (
            "/_sim/customer/delete",
            json!({"id": photo["id"]}),
            "revoke",
            json!({"original_message_id": photo["id"]}),
        ),
    ] {
        let item = scene.made(path, body).await;
        assert_eq!((&item["type"], &item[kind]), (&json!(kind), &told), "{path}");
    }
    let thread = scene.thread().await;
    assert_eq!(thread.len(), 3);
    assert_eq!(
        (&thread[0]["body"]["body"], &thread[0]["edited"]),
        (&json!("hello"), &json!(true))
    );
    assert_eq!(
        (&thread[1]["deleted"], &thread[1]["body"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(thread[2]["customer_reaction"], "👍");
}

#[tokio::test]
async fn what_the_app_would_not_offer_is_refused() {
    let scene = Scene::start().await;
    let day = Duration::from_secs(24 * 60 * 60);
    let text = || CustomerMessage::Text("hello".to_owned());
    let old = scene.simulator.customer_wrote(customer(), text(), day);
    let older = scene.simulator.customer_wrote(customer(), text(), day * 3);
    let young = scene.simulator.customer_writes(customer(), text());
    let phone = scene.simulator.phone_writes(customer(), "hi");
    assert_eq!(scene.simulator.customer_edits(&old, "x"), Err(ActRefusal::TooLate));
    assert_eq!(scene.simulator.customer_deletes(&older), Err(ActRefusal::TooLate));
    assert!(scene.simulator.customer_deletes(&old).is_ok());
    for (path, body, sentence) in [
        ("phone/edit", json!({"id": young, "text": "x"}), "not theirs"),
        ("customer/delete", json!({"id": phone}), "not theirs"),
        ("customer/edit", json!({"id": old, "text": "x"}), "is deleted"),
        ("customer/tap", json!({"id": phone, "button": "yes"}), "no such button"),
        (
            "phone/react",
            json!({"id": "wamid.X", "emoji": "👍"}),
            "No such message",
        ),
        ("customer/read", json!({"customer": "+4915"}), "Nobody"),
        ("customer/number", json!({"customer": ALICE, "phone": "12"}), "is none"),
    ] {
        let answer = scene.client.post_json(&format!("/_sim/{path}"), &body).await;
        assert_eq!(answer.status, 409, "{path}");
        assert!(answer.text.contains(sentence), "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_sample_is_sent_and_a_button_is_tapped() {
    let mut scene = Scene::with_delays(StatusDelays {
        sent: None,
        ..StatusDelays::every(Duration::ZERO)
    })
    .await;
    for (kind, told) in [
        ("voice", "audio"),
        ("video", "video"),
        ("document", "document"),
        ("sticker", "sticker"),
        ("location", "location"),
        ("contacts", "contacts"),
    ] {
        let item = scene
            .made("/_sim/customer", json!({"phone": ALICE, "type": kind}))
            .await;
        assert_eq!(item["type"], told);
        assert!(!item[told].is_null(), "{kind}");
        let echo = scene.made("/_sim/phone", json!({"to": ALICE, "type": kind})).await;
        assert_eq!((&echo["type"], echo[told].is_null()), (&json!(told), false));
    }
    let buttons = json!([{"type": "reply", "reply": {"id": "fri", "title": "Friday"}}]);
    let interactive = json!({"type": "button", "body": {"text": "When?"}, "action": {"buttons": buttons}});
    let send = json!({
        "messaging_product": "whatsapp", "to": ALICE, "type": "interactive", "interactive": interactive,
    });
    let sent = scene.client.send(&send).await.json["messages"][0]["id"].clone();
    let tap = scene
        .made("/_sim/customer/tap", json!({"id": sent, "button": "fri"}))
        .await;
    assert_eq!(tap["context"]["id"], sent);
    assert_eq!(
        tap["interactive"]["button_reply"],
        json!({"id": "fri", "title": "Friday"})
    );
}

#[tokio::test]
async fn nothing_is_delivered_to_a_phone_that_is_off_until_it_is_on_again() {
    let mut scene = Scene::start().await;
    scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "hi"}))
        .await;
    let set = |offline| CustomerSettings {
        offline: Some(offline),
        reads_alone: Some(false),
        ..CustomerSettings::default()
    };
    scene.simulator.customer_sets(ALICE, set(true)).unwrap();
    scene.client.send(&text_to(ALICE, "one")).await;
    assert_eq!(scene.status().await, "sent");
    assert_eq!(scene.simulator.customer_reads(ALICE), Err(ActRefusal::Offline));
    assert_eq!(scene.thread().await[1]["state"], "sent");
    scene.simulator.customer_sets(ALICE, set(false)).unwrap();
    assert_eq!(scene.status().await, "delivered");
    assert_eq!(scene.simulator.customer_reads(ALICE), Ok(1));
    assert_eq!(scene.status().await, "read");
    assert_eq!(scene.simulator.customer_reads(ALICE), Ok(0));
}

#[tokio::test]
async fn sends_to_someone_who_blocked_the_business_fail_later() {
    let mut scene = Scene::start().await;
    scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "hi"}))
        .await;
    let block = json!({"customer": ALICE, "blocked": true});
    scene.client.post_json("/_sim/customer/settings", &block).await;
    assert_eq!(scene.client.send(&text_to(ALICE, "one")).await.status, 200);
    let (status, contacts) = scene.receiver.next_status().await;
    assert_eq!(
        (&status["status"], &status["errors"][0]["code"]),
        (&json!("failed"), &json!(131_026))
    );
    assert!(contacts.is_null());
}

#[tokio::test]
async fn another_number_brings_another_user_id_and_the_chat_goes_on() {
    let mut scene = Scene::start().await;
    let first = scene
        .made("/_sim/customer", json!({"phone": ALICE, "name": "Alice", "text": "hi"}))
        .await;
    let change = json!({"customer": ALICE, "phone": "+1 219 555 5358"});
    let told = scene.made("/_sim/customer/number", change).await;
    assert_eq!(
        (&told["from"], &told["from_user_id"]),
        (&first["from"], &first["from_user_id"])
    );
    let system = &told["system"];
    assert_eq!(
        (&system["type"], &system["wa_id"]),
        (&json!("user_changed_number"), &json!("12195555358"))
    );
    assert_eq!(system["previous_user_id"], first["from_user_id"]);
    let by_old_id = json!({
        "messaging_product": "whatsapp", "recipient": first["from_user_id"], "type": "text", "text": {"body": "x"},
    });
    assert_eq!(scene.client.send(&by_old_id).await.json["error"]["code"], 131_009);
    assert_eq!(
        scene.client.send(&text_to("+12195555358", "still you")).await.status,
        200
    );
    assert_eq!(scene.thread().await.len(), 3);
}

#[tokio::test]
async fn with_a_username_the_number_is_left_out_and_the_user_id_works() {
    let mut scene = Scene::start().await;
    scene
        .made("/_sim/customer", json!({"phone": ALICE, "name": "Alice", "text": "hi"}))
        .await;
    let adopt = json!({"customer": ALICE, "username": "alice.oak"});
    scene.client.post_json("/_sim/customer/settings", &adopt).await;
    let hidden = scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "guess"}))
        .await;
    assert_eq!(hidden.get("from"), None);
    let echo = scene
        .made("/_sim/phone", json!({"to": "@alice.oak", "text": "hm"}))
        .await;
    assert_eq!((echo.get("to"), &echo["to_user_id"]), (None, &hidden["from_user_id"]));
}

#[tokio::test]
async fn a_disconnected_number_tells_nothing_more_and_refuses_sends() {
    let mut scene = Scene::start().await;
    for (event, told, connection) in [
        (json!({"event": "change_phone"}), "ACCOUNT_OFFBOARDED", "offboarded"),
        (json!({"event": "reconnect"}), "ACCOUNT_RECONNECTED", "connected"),
        (
            json!({"event": "disconnect", "reason": "PRIMARY_INACTIVITY"}),
            "PARTNER_REMOVED",
            "disconnected",
        ),
    ] {
        scene.client.post_json("/_sim/phone/account", &event).await;
        let (field, value) = scene.told().await;
        assert_eq!((field.as_str(), &value["event"]), ("account_update", &json!(told)));
        let has_reason = event.get("reason").is_some();
        assert_eq!(value.get("disconnection_info").is_some(), has_reason);
        let again = scene.client.post_json("/_sim/phone/account", &event).await;
        assert_eq!(again.status, 409, "{event}");
        let chats = scene.client.get("/_sim/chats").await.json;
        assert_eq!(chats["business"]["connection"], connection);
    }
    scene
        .simulator
        .customer_writes(customer(), CustomerMessage::Text("hi".to_owned()));
    assert_eq!(scene.simulator.undelivered_webhooks(), 0);
    let number = scene.client.get("/v25.0/106540352242922?fields=platform_type").await;
    assert_eq!(number.json["platform_type"], "NOT_APPLICABLE");
    let refused = scene.client.send(&text_to(ALICE, "one")).await;
    assert_eq!(refused.json["error"]["code"], 133_010);
    // What is signed up again begins anew: what was written meanwhile opens no window.
    assert!(!scene.simulator.account_event(&AccountEvent::Reconnect));
    assert!(scene.simulator.account_event(&AccountEvent::Connect));
    let refused = scene.client.send(&text_to(ALICE, "one")).await;
    assert_eq!(refused.json["error"]["code"], 131_047);
    scene
        .simulator
        .account_event(&AccountEvent::Disconnect { reason: None });
    let (_, value) = scene.told().await;
    assert!(value.get("disconnection_info").is_none());
}

#[tokio::test]
async fn chats_are_asked_for_news_only() {
    let scene = Scene::start().await;
    scene
        .simulator
        .customer_writes(customer(), CustomerMessage::Text("one".to_owned()));
    let first = scene.client.get("/_sim/chats").await.json;
    assert_eq!(first["chats"][0]["messages"].as_array().unwrap().len(), 1);
    let since = format!("/_sim/chats?since={}", first["revision"]);
    assert_eq!(scene.client.get(&since).await.json["chats"], json!([]));
    scene
        .simulator
        .customer_writes(customer(), CustomerMessage::Text("two".to_owned()));
    let news = scene.client.get(&since).await.json;
    assert_eq!(news["chats"][0]["messages"][0]["body"]["body"], "two");
    assert_eq!(news["chats"][0]["messages"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_photo_is_shown_but_never_run() {
    let mut scene = Scene::start().await;
    let photo = scene
        .made("/_sim/customer", json!({"phone": ALICE, "type": "image"}))
        .await;
    let path = format!("/_sim/media/{}", photo["image"]["id"].as_str().unwrap());
    let answer = scene.client.get(&path).await;
    assert_eq!(
        (answer.status, &answer.headers["content-type"]),
        (200, &"image/jpeg".parse().unwrap())
    );
    assert_eq!(answer.headers["content-security-policy"], "default-src 'none'; sandbox");
    assert_eq!(scene.client.get("/_sim/media/1").await.status, 404);
}

#[tokio::test]
async fn the_page_runs_nothing_but_its_own_files() {
    let scene = Scene::start().await;
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/_sim/pages/devices.css", "text/css; charset=utf-8"),
        ("/_sim/pages/bubble.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = scene.client.get(path).await;
        assert_eq!(
            (answer.status, &answer.headers["content-type"]),
            (200, &content_type.parse().unwrap())
        );
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{policy}");
        assert!(!answer.text.contains("innerHTML"), "{path}");
    }
}

#[tokio::test]
async fn whatever_is_written_quotes_when_it_replies() {
    let mut scene = Scene::start().await;
    let order = json!({"catalog_id": "1", "product_items": []});
    for body in [
        json!({"phone": ALICE, "type": "image", "reply_to": "wamid.Q"}),
        json!({"phone": ALICE, "type": "order", "body": order, "reply_to": "wamid.Q"}),
        json!({"phone": ALICE, "type": "text", "body": {"body": "yes"}, "reply_to": "wamid.Q"}),
    ] {
        let item = scene.made("/_sim/customer", body).await;
        assert_eq!(item["context"], json!({"from": "15550783881", "id": "wamid.Q"}));
    }
}

#[tokio::test]
async fn a_tap_quotes_what_was_tapped_without_being_told_what() {
    let mut scene = Scene::start().await;
    let early = scene
        .made("/_sim/customer", json!({"phone": ALICE, "type": "list_reply"}))
        .await;
    assert!(
        early["context"]["id"]
            .as_str()
            .is_some_and(|id| id.starts_with("wamid."))
    );
    let asked = scene
        .made("/_sim/phone", json!({"to": ALICE, "text": "which one?"}))
        .await;
    for kind in ["button", "button_reply", "flow_reply"] {
        let tap = scene
            .made("/_sim/customer", json!({"phone": ALICE, "type": kind}))
            .await;
        assert_eq!(tap["context"]["id"], asked["id"], "{kind}");
    }
}

#[tokio::test]
async fn an_id_does_not_pass_on_with_a_number() {
    let mut scene = Scene::start().await;
    let first = scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "hi"}))
        .await;
    scene.simulator.customer_changes_number(ALICE, "+12195555358").unwrap();
    let (_, changed) = scene.told().await;
    assert_eq!(changed["messages"][0]["type"], "system");
    let second = scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "new here"}))
        .await;
    assert_ne!(second["from_user_id"], first["from_user_id"]);
}

#[tokio::test]
async fn a_setting_that_does_not_exist_is_refused() {
    let mut scene = Scene::start().await;
    scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "hi"}))
        .await;
    let misspelled = json!({"customer": ALICE, "ofline": true});
    let answer = scene.client.post_json("/_sim/customer/settings", &misspelled).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[tokio::test]
async fn an_echo_names_the_username_at_most() {
    let mut scene = Scene::start().await;
    for (username, profile) in [
        (None, Value::Null),
        (Some("alice.oak"), json!({"username": "alice.oak"})),
    ] {
        let to = Customer {
            username: username.map(str::to_owned),
            ..Customer::new(ALICE, "Alice")
        };
        scene.simulator.phone_writes(to, "hello");
        let contact = scene.told().await.1["contacts"][0].clone();
        assert_eq!(
            (&contact["profile"], &contact["wa_id"]),
            (&profile, &json!("16505551234"))
        );
    }
}
