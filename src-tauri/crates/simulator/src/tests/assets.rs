//! The number's node, its account's, and their edges.

use super::support::{Client, Receiver, customer, text_to};
use crate::{AccountEvent, Config, CustomerMessage, Simulator};
use serde_json::{Value, json};

const NUMBER: &str = "/v25.0/106540352242922";
const ACCOUNT: &str = "/v25.0/102290129340398";

async fn started() -> (Receiver, Simulator, Client) {
    let receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    (receiver, simulator, client)
}

#[tokio::test]
async fn a_number_in_coexistence_is_known_by_its_fields() {
    let (_receiver, _simulator, client) = started().await;
    let node = client
        .get(&format!(
            "{NUMBER}?fields=is_on_biz_app,platform_type,throughput{{level}}"
        ))
        .await
        .json;
    assert_eq!(
        node,
        json!({
            "is_on_biz_app": true, "platform_type": "CLOUD_API", "throughput": {"level": "STANDARD"},
            "id": "106540352242922",
        })
    );
    let list = client.get(&format!("{ACCOUNT}/phone_numbers")).await.json;
    assert_eq!(list["data"][0]["display_phone_number"], "+1 555-078-3881");
    assert!(list["data"][0].get("is_on_biz_app").is_none());
    assert!(list["paging"]["cursors"]["after"].is_string());
    let error = client.get(&format!("{NUMBER}?fields=shoe_size")).await.json["error"].clone();
    assert_eq!(error["code"], 100);
    assert!(error["message"].as_str().unwrap().contains("(shoe_size)"));
    let health = client.get(&format!("{NUMBER}?fields=health_status,status")).await.json;
    assert_eq!(
        (&health["status"], &health["health_status"]["can_send_message"]),
        (&json!("CONNECTED"), &json!("AVAILABLE"))
    );
    assert_eq!(client.get(ACCOUNT).await.json["id"], "102290129340398");
}

#[tokio::test]
async fn what_a_number_in_coexistence_cannot_do_is_refused() {
    let (_receiver, simulator, client) = started().await;
    for (edge, body) in [
        ("register", json!({"messaging_product": "whatsapp", "pin": "123456"})),
        ("deregister", json!({})),
        (
            "whatsapp_business_profile",
            json!({"messaging_product": "whatsapp", "about": "new"}),
        ),
        ("settings", json!({"calling": {"status": "ENABLED"}})),
        ("settings", json!({})),
        ("nonsense", json!({})),
    ] {
        let answer = client.post_json(&format!("{NUMBER}/{edge}"), &body).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (400, &json!(100)),
            "{edge}"
        );
    }
    assert_eq!(simulator.register_calls(), 1);
    let profile = client
        .get(&format!("{NUMBER}/whatsapp_business_profile?fields=about,email"))
        .await
        .json;
    assert_eq!(profile["data"][0]["email"], "hello@tandemandoak.example");
    let wanted = json!({"user_identity_change": {"enabled": true}});
    assert_eq!(
        client.post_json(&format!("{NUMBER}/settings"), &wanted).await.json,
        json!({"success": true})
    );
    assert_eq!(
        client.get(&format!("{NUMBER}/settings")).await.json["user_identity_change"]["enabled"],
        true
    );
}

#[tokio::test]
async fn an_override_takes_messages_once_it_passed_the_challenge() {
    let (mut receiver, simulator, client) = started().await;
    let mut other = Receiver::start().await;
    let path = format!("{ACCOUNT}/subscribed_apps");
    let wrong = json!({"override_callback_uri": other.url(), "verify_token": "wrong"});
    assert_eq!(client.post_json(&path, &wrong).await.json["error"]["code"], 2200);
    let right = json!({"override_callback_uri": other.url(), "verify_token": "verify-token"});
    assert_eq!(client.post_json(&path, &right).await.json, json!({"success": true}));
    assert_eq!(
        client.get(&path).await.json["data"][0]["override_callback_uri"],
        other.url()
    );

    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    assert_eq!(other.next().await.json()["entry"][0]["changes"][0]["field"], "messages");
    simulator.tell("account_update", json!({"event": "ACCOUNT_DELETED"}));
    let entry = receiver.next().await.json()["entry"][0].clone();
    assert!(entry["time"].is_u64());
    assert_eq!(
        entry["changes"][0],
        json!({"field": "account_update", "value": {"event": "ACCOUNT_DELETED"}})
    );

    client.post_json(&path, &json!({})).await;
    assert!(
        client.get(&path).await.json["data"][0]
            .get("override_callback_uri")
            .is_none()
    );
    client.delete(&path).await;
    assert_eq!(client.get(&path).await.json, json!({"data": []}));
    simulator.customer_writes(customer(), CustomerMessage::Text("anyone?".to_owned()));
    assert_eq!(simulator.undelivered_webhooks(), 0);
}

#[tokio::test]
async fn only_who_wrote_lately_can_be_blocked() {
    let (_receiver, simulator, client) = started().await;
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let path = format!("{NUMBER}/block_users");
    let users = |users: Value| json!({"messaging_product": "whatsapp", "block_users": users});
    let both = users(json!([{"user": "+16505551234"}, {"user": "+16505559999"}]));
    let answer = client.post_json(&path, &both).await;
    assert_eq!((answer.status, &answer.json["error"]["code"]), (400, &json!(139_100)));
    let lists = &answer.json["block_users"];
    assert_eq!(
        (&lists["added_users"][0]["wa_id"], &lists["failed_users"][0]["input"]),
        (&json!("16505551234"), &json!("+16505559999"))
    );
    assert_eq!(client.get(&path).await.json["data"].as_array().unwrap().len(), 1);
    let refused = client.send(&text_to("+16505551234", "hi")).await;
    assert_eq!(refused.json["error"]["code"], 130_403);
    simulator
        .customer_changes_number("+16505551234", "+12195555358")
        .unwrap();
    let refused = client.send(&text_to("+12195555358", "hi")).await;
    assert_eq!(refused.json["error"]["code"], 130_403);
    simulator
        .customer_changes_number("+12195555358", "+16505551234")
        .unwrap();
    let body = users(json!([{"user": "+16505551234"}])).to_string();
    let freed = client.try_call("DELETE", &path, body).await.unwrap();
    assert_eq!(freed.json["block_users"]["removed_users"][0]["wa_id"], "16505551234");
    assert_eq!(client.send(&text_to("+16505551234", "hi")).await.status, 200);
}

#[tokio::test]
async fn a_list_of_the_blocked_that_changed_is_read_from_its_beginning() {
    let (_receiver, simulator, client) = started().await;
    for phone in ["+16505551234", "+16505550001"] {
        simulator.customer_writes(
            crate::Customer::new(phone, "Ann"),
            CustomerMessage::Text("hello".to_owned()),
        );
    }
    let path = format!("{NUMBER}/block_users");
    let block = json!({"messaging_product": "whatsapp", "block_users": [
        {"user": "+16505551234"}, {"user": "+16505550001"},
    ]});
    assert_eq!(client.post_json(&path, &block).await.status, 200);
    let first = client.get(&format!("{path}?limit=1")).await.json;
    let next = first["paging"]["next"].as_str().unwrap();
    let read = async || client.try_raw("GET", next, &[], "".into()).await.unwrap();
    assert_eq!(read().await.json["data"].as_array().unwrap().len(), 1);
    client.post_json(&path, &block).await;
    assert_eq!(read().await.json["error"]["code"], 139_102);
    client.get(&path).await;
    assert_eq!(read().await.status, 200);
}

#[tokio::test]
async fn a_number_that_left_shows_it_and_refuses_what_needs_the_phone() {
    let (_receiver, simulator, client) = started().await;
    let wamid = simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let fields = "fields=status,is_on_biz_app,platform_type,health_status";
    for (event, is_on_biz_app) in [
        (AccountEvent::ChangePhone, true),
        (AccountEvent::Disconnect { reason: None }, false),
    ] {
        assert!(simulator.account_event(&event));
        let node = client.get(&format!("{NUMBER}?{fields}")).await.json;
        assert_eq!(
            (&node["status"], &node["is_on_biz_app"], &node["platform_type"]),
            (&json!("DISCONNECTED"), &json!(is_on_biz_app), &json!("NOT_APPLICABLE"))
        );
        let health = &node["health_status"];
        assert_eq!(
            (
                &health["can_send_message"],
                &health["entities"][0]["errors"][0]["error_code"]
            ),
            (&json!("BLOCKED"), &json!(133_010))
        );
        let listed = client.get(&format!("{ACCOUNT}/phone_numbers")).await.json;
        assert_eq!(listed["data"][0]["status"], "UNLINKED");
        let sync = json!({"messaging_product": "whatsapp", "sync_type": "history"});
        let refused = client.post_json(&format!("{NUMBER}/smb_app_data"), &sync).await;
        assert_eq!(refused.json["error"]["code"], 133_010);
        let receipt = json!({"messaging_product": "whatsapp", "status": "read", "message_id": wamid});
        assert_eq!(client.send(&receipt).await.json["error"]["code"], 133_010);
    }
}

#[tokio::test]
async fn what_is_told_of_an_account_is_also_what_it_answers() {
    let (_receiver, simulator, client) = started().await;
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let number = format!("{NUMBER}?fields=status,quality_rating,health_status");
    let flagged = json!({"display_phone_number": "15550783881", "event": "FLAGGED"});
    simulator.tell("phone_number_quality_update", flagged);
    let node = client.get(&number).await.json;
    assert_eq!(
        (&node["status"], &node["quality_rating"]),
        (&json!("FLAGGED"), &json!("RED"))
    );

    client.post_json("/_sim/event", &json!({"kind": "restriction"})).await;
    let node = client.get(&number).await.json;
    assert_eq!(
        (&node["status"], &node["health_status"]["can_send_message"]),
        (&json!("RESTRICTED"), &json!("LIMITED"))
    );
    let stranger = super::support::template_to("+16505550001");
    let refused = client.send(&stranger).await;
    assert_eq!((refused.status, &refused.json["error"]["code"]), (403, &json!(368)));
    assert_eq!(client.send(&text_to("+16505551234", "hi")).await.status, 200);

    client.post_json("/_sim/event", &json!({"kind": "ban"})).await;
    assert_eq!(client.get(&number).await.json["status"], "BANNED");
    let refused = client.send(&text_to("+16505551234", "hi")).await;
    assert_eq!((refused.status, &refused.json["error"]["code"]), (403, &json!(131_031)));
}

#[tokio::test]
async fn the_account_is_found_from_the_business_that_owns_it_and_from_the_apps() {
    let (_receiver, simulator, client) = started().await;
    let (owner, partner) = ("/v25.0/2329417887457253", "/v25.0/2949482758682047");
    assert_eq!(
        client.get(&format!("{owner}?fields=name")).await.json["name"],
        "Tandem & Oak"
    );
    assert_eq!(client.get("/v25.0/me").await.json["id"], "10222270944537964");
    let ids = async |path: String| {
        let listed = client.get(&path).await.json["data"].as_array().unwrap().clone();
        listed.iter().map(|account| account["id"].clone()).collect::<Vec<_>>()
    };
    let account = json!("102290129340398");
    for (business, edge, expected) in [
        (owner, "owned", vec![account.clone()]),
        (owner, "client", vec![]),
        (partner, "client", vec![account]),
        (partner, "owned", vec![]),
    ] {
        assert_eq!(
            ids(format!("{business}/{edge}_whatsapp_business_accounts")).await,
            expected,
            "{edge}"
        );
    }
    simulator.account_event(&AccountEvent::Disconnect { reason: None });
    let clients = ids(format!("{partner}/client_whatsapp_business_accounts")).await;
    assert!(clients.is_empty());
}
