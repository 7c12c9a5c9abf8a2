//! Templates, their review and their sends.

use super::support::{Client, Receiver, customer, template_to};
use crate::{Config, CustomerMessage, Simulator, StatusDelays};
use serde_json::{Value, json};
use std::time::Duration;

const TEMPLATES: &str = "/v25.0/102290129340398/message_templates";

fn written(name: &str) -> Value {
    json!({
        "name": name, "language": "en", "category": "utility", "parameter_format": "named",
        "components": [{"type": "body", "text": "Until {{day}}"}],
    })
}

async fn decision(receiver: &mut Receiver) -> Value {
    let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
    assert_eq!(change["field"], "message_template_status_update");
    change["value"].clone()
}

#[tokio::test]
async fn a_template_is_reviewed_edited_sent_and_deleted() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    let made = client.post_json(TEMPLATES, &written("bells")).await.json;
    assert_eq!(
        (&made["status"], &made["category"]),
        (&json!("PENDING"), &json!("UTILITY"))
    );
    let send = json!({
        "messaging_product": "whatsapp", "to": "+16505551234", "type": "template",
        "template": {"name": "bells", "language": {"code": "en"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "parameter_name": "day", "text": "Friday"}]},
        ]},
    });
    let told = decision(&mut receiver).await;
    assert_eq!(
        (&told["event"], &told["message_template_name"]),
        (&json!("APPROVED"), &json!("bells"))
    );
    assert_eq!(told["message_template_id"].to_string(), made["id"].as_str().unwrap());
    assert_eq!(
        client.send(&send).await.json["messages"][0]["message_status"],
        "accepted"
    );

    let node = format!("/v25.0/{}", made["id"].as_str().unwrap());
    let edit = json!({"components": [{"type": "BODY", "text": "reject me"}]});
    assert_eq!(client.post_json(&node, &edit).await.json, json!({"success": true}));
    loop {
        let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
        if change["field"] == "message_template_status_update" {
            assert_eq!(
                (&change["value"]["event"], &change["value"]["reason"]),
                (&json!("REJECTED"), &json!("INVALID_FORMAT"))
            );
            break;
        }
    }
    let refused = client.send(&send).await;
    assert_eq!((refused.status, &refused.json["error"]["code"]), (404, &json!(132_001)));
    assert_eq!(
        client.delete(&format!("{TEMPLATES}?name=bells")).await.json,
        json!({"success": true})
    );
    assert_eq!(client.get(&node).await.json["error"]["error_subcode"], 33);
    loop {
        let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
        if change["value"]["event"] == "PENDING_DELETION" {
            assert_eq!(change["value"]["message_template_name"], "bells");
            break;
        }
    }
}

#[tokio::test]
async fn templates_are_listed_page_by_page_and_by_filter() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let mut names = Vec::new();
    let mut next = format!("{TEMPLATES}?fields=name,status&limit=3&status=APPROVED");
    loop {
        let page = client.try_raw("GET", &next, &[], "".into()).await.unwrap().json;
        for template in page["data"].as_array().unwrap() {
            assert_eq!(template["status"], "APPROVED");
            assert!(template.get("components").is_none());
            names.push(template["name"].as_str().unwrap().to_owned());
        }
        match page["paging"]["next"].as_str() {
            Some(address) => next = address.to_owned(),
            None => break,
        }
    }
    assert_eq!(names.len(), 9);
    let summed = client
        .get(&format!(
            "{TEMPLATES}?language=de&summary=total_count,message_template_limit"
        ))
        .await;
    assert_eq!(
        summed.json["summary"],
        json!({"total_count": 1, "message_template_limit": 6000})
    );
    let german = client.get(&format!("{TEMPLATES}?language=de")).await.json;
    assert_eq!(german["data"][0]["name"], "order_ready");
    assert_eq!(
        client.get(&format!("{TEMPLATES}?name=unheard")).await.json,
        json!({"data": []})
    );
}

#[tokio::test]
async fn a_template_that_is_not_well_formed_is_refused() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let mut wrong_category = written("bells");
    wrong_category["category"] = json!("nice");
    let mut empty = written("bells");
    empty["components"] = json!([]);
    for (body, subcode) in [
        (written("Not A Name"), Value::Null),
        (json!({"name": "bells"}), Value::Null),
        (wrong_category, Value::Null),
        (empty, json!(2_388_047)),
        (
            json!({"name": "pickup", "language": "en", "category": "UTILITY", "components": []}),
            json!(2_388_024),
        ),
    ] {
        let error = client.post_json(TEMPLATES, &body).await.json["error"].clone();
        assert_eq!(
            (&error["code"], &error["error_subcode"]),
            (&json!(100), &subcode),
            "{body}"
        );
    }
}

#[tokio::test]
async fn sends_of_a_held_template_wait_until_it_is_decided_on() {
    let mut receiver = Receiver::start().await;
    let config = Config {
        status_delays: StatusDelays {
            delivered: None,
            ..StatusDelays::every(Duration::ZERO)
        },
        ..Config::for_tests(receiver.url())
    };
    let simulator = Simulator::start(config).await.unwrap();
    let client = Client::of(&simulator);
    let decide = async |status: &str| {
        let body = json!({"name": "pickup", "language": "en", "status": status});
        assert_eq!(client.post_json("/_sim/template", &body).await.status, 200);
    };
    for (hold, message_status, decision, status, code) in [
        ("held", "held_for_quality_assessment", "approved", "sent", Value::Null),
        ("delivery_paused", "paused", "paused", "failed", json!(132_015)),
    ] {
        decide(hold).await;
        let answer = client.send(&template_to("+16505551234")).await.json;
        let message = &answer["messages"][0];
        assert_eq!(message["message_status"], message_status);
        assert_eq!(simulator.undelivered_webhooks(), 0);
        decide(decision).await;
        let (told, _) = receiver.next_status().await;
        assert_eq!(
            (&told["id"], &told["status"], &told["errors"][0]["code"]),
            (&message["id"], &json!(status), &code)
        );
    }
    let refused = client.send(&template_to("+16505551234")).await;
    assert_eq!(refused.json["error"]["code"], 132_015);
}

#[tokio::test]
async fn what_became_of_a_template_is_told_with_the_reason() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    for (status, place, expected) in [
        ("paused", "/other_info/title", json!("FIRST_PAUSE")),
        ("paused", "/other_info/title", json!("SECOND_PAUSE")),
        ("disabled", "/other_info/title", json!("DISABLED")),
        ("approved", "/reason", json!("NONE")),
    ] {
        let body = json!({"name": "pickup", "language": "en", "status": status});
        client.post_json("/_sim/template", &body).await;
        let told = decision(&mut receiver).await;
        assert_eq!(told.pointer(place), Some(&expected), "{told}");
        assert_eq!(told["disable_info"]["disable_date"].is_u64(), status == "disabled");
    }
    let body = json!({"name": "pickup", "language": "en", "status": "rejected", "reason": "INVALID_FORMAT"});
    client.post_json("/_sim/template", &body).await;
    assert!(decision(&mut receiver).await["rejection_info"]["recommendation"].is_string());
}

#[tokio::test]
async fn a_login_code_goes_to_a_number_only() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let value = receiver.next().await.json()["entry"][0]["changes"][0]["value"].clone();
    let code = json!([{"type": "text", "text": "123456"}]);
    let template = json!({"name": "login_code", "language": {"code": "en_US"}, "components": [
        {"type": "body", "parameters": code},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": code},
    ]});
    let mut send = json!({
        "messaging_product": "whatsapp", "recipient": value["contacts"][0]["user_id"], "type": "template",
        "template": template,
    });
    assert_eq!(client.send(&send).await.json["error"]["code"], 131_062);
    send["to"] = json!("+16505551234");
    assert_eq!(client.send(&send).await.status, 200);
}

#[tokio::test]
async fn a_template_has_the_quality_that_was_told_and_is_edited_once_a_day() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let id = client.get(&format!("{TEMPLATES}?name=pickup&fields=id")).await.json["data"][0]["id"].clone();
    let node = format!("/v25.0/{}", id.as_str().unwrap());
    let number: u64 = id.as_str().unwrap().parse().unwrap();
    let quality = json!({"message_template_id": number, "new_quality_score": "YELLOW"});
    simulator.tell("message_template_quality_update", quality);
    let told = client.get(&format!("{node}?fields=quality_score")).await.json;
    assert_eq!(told["quality_score"]["score"], "YELLOW");
    let edit = json!({"components": [{"type": "BODY", "text": "New words"}]});
    assert_eq!(client.post_json(&node, &edit).await.status, 200);
    let approve = json!({"id": id, "status": "approved"});
    client.post_json("/_sim/template", &approve).await;
    let error = client.post_json(&node, &edit).await.json["error"].clone();
    assert_eq!(error["code"], 100);
    assert!(error["error_user_msg"].as_str().unwrap().contains("once in 24 hours"));
}
