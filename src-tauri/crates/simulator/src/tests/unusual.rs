//! The rarer webhooks: siblings, ghosts, older forms, other owners, samples.

use super::{
    people::{ALICE, Scene},
    support::{Receiver, text_to},
};
use crate::{Config, Simulator, StatusDelays, samples};
use serde_json::{Value, json};
use std::time::Duration;

const USER_KEYS: [&str; 5] = ["user_id", "from_user_id", "to_user_id", "recipient_user_id", "username"];

#[tokio::test]
async fn siblings_stand_beside_the_body() {
    let mut scene = Scene::start().await;
    let product = json!({"catalog_id": "1", "product_retailer_id": "2"});
    let beside = json!({
        "id": "wamid.OWN", "timestamp": 1_750_000_000, "forwarded": true, "referred_product": product, "referral": true,
        "errors": [{"code": 131_052}],
    });
    let body = json!({"phone": ALICE, "text": "look", "reply_to": "wamid.Q", "beside": beside});
    let item = scene.made("/_sim/customer", body).await;
    assert_eq!(
        item["context"],
        json!({"from": "15550783881", "id": "wamid.Q", "forwarded": true, "referred_product": product})
    );
    assert_eq!(
        (&item["id"], &item["timestamp"]),
        (&json!("wamid.OWN"), &json!("1750000000"))
    );
    assert_eq!(
        (&item["referral"]["source_type"], &item["errors"][0]["code"]),
        (&json!("ad"), &json!(131_052))
    );
    let often = json!({"to": ALICE, "text": "look", "beside": {"frequently_forwarded": true}});
    let echo = scene.made("/_sim/phone", often).await;
    assert_eq!(echo["context"], json!({"frequently_forwarded": true}));

    let broken = json!({
        "phone": ALICE, "type": "empty_interactive", "beside": {"value_errors": [{"code": 131_000}]},
    });
    scene.client.post_json("/_sim/customer", &broken).await;
    let (_, value) = scene.told().await;
    assert_eq!(
        (&value["messages"][0]["interactive"], &value["errors"][0]["code"]),
        (&json!({}), &json!(131_000))
    );
    let wrong = json!({"phone": ALICE, "text": "x", "beside": {"forwards": 1}});
    assert_eq!(scene.client.post_json("/_sim/customer", &wrong).await.status, 400);
}

#[tokio::test]
async fn a_ghost_is_followed_by_the_message_with_its_id() {
    let mut scene = Scene::start().await;
    let ghost = json!({"message": {"phone": ALICE, "text": "boo"}, "after_ms": 5});
    let item = scene.made("/_sim/customer/ghost", ghost).await;
    assert_eq!(
        (&item["type"], &item["errors"][0]["code"], &item["unsupported"]),
        (&json!("unsupported"), &json!(131_060), &json!({"type": "unavailable"}))
    );
    let real = scene.told().await.1["messages"][0].clone();
    assert_eq!((&real["id"], &real["text"]["body"]), (&item["id"], &json!("boo")));
    let thread = scene.thread().await;
    assert_eq!((thread.len(), &thread[0]["body"]["body"]), (1, &json!("boo")));
}

#[tokio::test]
async fn every_type_has_a_sample() {
    let mut scene = Scene::start().await;
    for (kind, told) in [
        ("button_reply", "interactive"),
        ("list_reply", "interactive"),
        ("flow_reply", "interactive"),
        ("address_reply", "interactive"),
        ("call_permission_reply", "interactive"),
        ("button", "button"),
        ("order", "order"),
        ("shared_contact", "contacts"),
        ("identity_changed", "system"),
        ("poll_creation", "unsupported"),
        ("unsupported", "unsupported"),
        ("unavailable", "unsupported"),
        ("request_welcome", "request_welcome"),
        ("ephemeral", "ephemeral"),
        ("unknown", "unknown"),
    ] {
        let item = scene
            .made("/_sim/customer", json!({"phone": ALICE, "type": kind}))
            .await;
        assert_eq!(item["type"], told, "{kind}");
        let is_unreadable = matches!(told, "unsupported" | "ephemeral" | "unknown");
        assert_eq!(item["errors"].is_array(), is_unreadable, "{kind}");
        if kind.ends_with("_reply") {
            let form = item["interactive"]["type"].as_str().unwrap();
            assert!(item["interactive"][form].is_object(), "{kind}");
        }
    }
}

#[tokio::test]
async fn every_listed_event_is_told() {
    let mut scene = Scene::start().await;
    for kind in samples::KINDS {
        let answer = scene.client.post_json("/_sim/event", &json!({"kind": kind})).await;
        assert_eq!(answer.status, 200, "{kind}: {}", answer.text);
        let (field, value) = scene.told().await;
        assert!(!field.is_empty() && value.is_object(), "{kind}");
        if kind.starts_with("partner_app") {
            assert_eq!(value["event"], kind.to_uppercase());
            assert!(value["waba_info"]["partner_app_id"].is_string());
        }
    }
    let unknown = scene.client.post_json("/_sim/event", &json!({"kind": "party"})).await;
    assert!(unknown.status == 400 && unknown.text.contains("partner_app_installed"));
}

fn has_key(json: &Value, keys: &[&str]) -> bool {
    match json {
        Value::Object(object) => object
            .iter()
            .any(|(key, value)| keys.contains(&key.as_str()) || has_key(value, keys)),
        Value::Array(items) => items.iter().any(|item| has_key(item, keys)),
        _ => false,
    }
}

#[tokio::test]
async fn in_the_form_of_2025_nothing_has_a_user_id_and_statuses_have_a_conversation() {
    let mut scene = Scene::start().await;
    scene.client.post_json("/_sim/form", &json!({"form": "2025"})).await;
    // A username hid nothing then.
    let body = json!({"phone": ALICE, "name": "Alice", "username": "alice.oak", "text": "hi"});
    scene.client.post_json("/_sim/customer", &body).await;
    let (_, message) = scene.told().await;
    assert_eq!(
        message["contacts"],
        json!([{"profile": {"name": "Alice"}, "wa_id": "16505551234"}])
    );
    let hide = json!({"customer": ALICE, "hides_phone": true});
    scene.client.post_json("/_sim/customer/settings", &hide).await;
    scene
        .client
        .post_json("/_sim/phone", &json!({"to": ALICE, "text": "hello"}))
        .await;
    let (_, echo) = scene.told().await;
    assert_eq!(
        (echo.get("contacts"), &echo["message_echoes"][0]["to"]),
        (None, &json!("16505551234"))
    );
    scene.client.send(&text_to(ALICE, "one")).await;
    let (_, status) = scene.told().await;
    assert_eq!(status.get("contacts"), None);
    assert_eq!(status["statuses"][0]["conversation"]["origin"]["type"], "service");
    for value in [&message, &echo, &status] {
        assert!(!has_key(value, &USER_KEYS), "{value}");
    }
}

#[tokio::test]
async fn parents_and_key_hashes_come_when_they_are_asked_for() {
    let mut scene = Scene::start().await;
    let form = json!({"parent_ids": true, "identity_key_hash": true});
    let answer = scene.client.post_json("/_sim/form", &form).await.json;
    assert_eq!(answer["form"], "2026");
    scene
        .client
        .post_json("/_sim/customer", &json!({"phone": ALICE, "text": "hi"}))
        .await;
    let (_, value) = scene.told().await;
    let (message, contact) = (&value["messages"][0], &value["contacts"][0]);
    assert!(message["from_parent_user_id"].as_str().unwrap().starts_with("US.ENT."));
    assert_eq!(contact["parent_user_id"], message["from_parent_user_id"]);
    assert_eq!(contact["identity_key_hash"].as_str().unwrap().len(), 12);
}

#[tokio::test]
async fn the_phones_contacts_are_told_as_they_change() {
    let mut scene = Scene::start().await;
    for (body, action) in [
        (json!({"customer": ALICE, "name": "Alice Oak"}), "add"),
        (json!({"customer": ALICE, "name": "Alice Elm"}), "add"),
        (json!({"customer": ALICE}), "remove"),
    ] {
        scene.client.post_json("/_sim/phone/contact", &body).await;
        let (field, value) = scene.told().await;
        let item = &value["state_sync"][0];
        assert_eq!(
            (field.as_str(), &item["action"]),
            ("smb_app_state_sync", &json!(action))
        );
        assert_eq!(item["contact"]["phone_number"], "16505551234");
        assert_eq!(item["contact"].get("full_name"), body.get("name"));
    }
}

#[tokio::test]
async fn who_stopped_marketing_gets_none_until_they_take_it_again() {
    let mut scene = Scene::start().await;
    scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "hi"}))
        .await;
    let send = || {
        json!({
            "messaging_product": "whatsapp", "to": ALICE, "type": "template",
            "template": {"name": "news", "language": {"code": "en_US"}},
        })
    };
    let marketing = json!({"name": "news", "language": "en_US", "category": "MARKETING", "components": [
        {"type": "BODY", "text": "Hello"},
    ]});
    let made = scene
        .client
        .post_json("/v25.0/102290129340398/message_templates", &marketing)
        .await
        .json;
    let approve = json!({"id": made["id"], "status": "APPROVED"});
    scene.client.post_json("/_sim/template", &approve).await;
    for (stops, value, code) in [(true, "stop", json!(131_050)), (false, "resume", Value::Null)] {
        let body = json!({"customer": ALICE, "stops": stops});
        scene.client.post_json("/_sim/customer/marketing", &body).await;
        let mut told = scene.told().await;
        while told.0 != "user_preferences" {
            told = scene.told().await;
        }
        assert_eq!(told.1["user_preferences"][0]["value"], value);
        assert_eq!(scene.client.send(&send()).await.json["error"]["code"], code);
    }
}

#[tokio::test]
async fn what_another_app_has_comes_on_standby_until_the_app_writes() {
    let mut scene = Scene::with_delays(StatusDelays {
        sent: None,
        ..StatusDelays::every(Duration::ZERO)
    })
    .await;
    let write = json!({"phone": ALICE, "text": "hi"});
    scene.made("/_sim/customer", write.clone()).await;
    let pass = json!({"customer": ALICE, "owner": "ai_agent"});
    scene.client.post_json("/_sim/customer/owner", &pass).await;
    let (field, value) = scene.told().await;
    assert_eq!(
        (field.as_str(), &value["new_owner"]["role"]),
        ("messaging_handovers", &json!("ai_agent"))
    );
    scene.client.post_json("/_sim/customer", &write).await;
    assert_eq!(scene.told().await.0, "standby");
    scene
        .client
        .post_json("/_sim/phone", &json!({"to": ALICE, "text": "hello"}))
        .await;
    assert_eq!(scene.told().await.0, "standby");
    scene.client.send(&text_to(ALICE, "mine")).await;
    let (field, value) = scene.told().await;
    assert_eq!(
        (field.as_str(), &value["handover_type"]),
        ("messaging_handovers", &json!("take"))
    );
    scene.made("/_sim/customer", write).await;
}

#[tokio::test]
async fn a_voice_message_is_played_after_it_is_read() {
    let mut scene = Scene::start().await;
    scene
        .made("/_sim/customer", json!({"phone": ALICE, "text": "hi"}))
        .await;
    let voice = |id: &str| {
        json!({
            "messaging_product": "whatsapp", "to": ALICE, "type": "audio", "audio": {"link": id, "voice": true},
        })
    };
    scene.client.send(&voice("https://a.example/1.ogg")).await;
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(scene.status().await);
    }
    told.sort_by_key(ToString::to_string);
    assert_eq!(told, ["delivered", "played", "read", "sent"]);

    let alone = json!({"customer": ALICE, "reads_alone": false});
    scene.client.post_json("/_sim/customer/settings", &alone).await;
    let sent = scene.client.send(&voice("https://a.example/2.ogg")).await.json["messages"][0]["id"].clone();
    for _ in 0..2 {
        assert!(matches!(scene.status().await.as_str(), Some("sent" | "delivered")));
    }
    scene
        .client
        .post_json("/_sim/customer/play", &json!({"id": sent}))
        .await;
    assert_eq!(scene.status().await, "played");
    let text = scene.client.send(&text_to(ALICE, "hi")).await.json["messages"][0]["id"].clone();
    let refused = scene
        .client
        .post_json("/_sim/customer/play", &json!({"id": text}))
        .await;
    assert_eq!(refused.status, 409);
}

#[tokio::test]
async fn a_form_can_be_set_by_a_test() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    simulator.set_form(crate::Form {
        year: crate::FormYear::Y2025,
        ..crate::Form::default()
    });
    simulator.phone_writes(super::support::customer(), "hi");
    assert!(!has_key(&receiver.next().await.json(), &USER_KEYS));
}
