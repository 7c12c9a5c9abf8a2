//! Templates, their review and their sends.

use super::support::{Client, Receiver};
use crate::{Config, Simulator};
use serde_json::{Value, json};

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
    assert_eq!(names.len(), 6);
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
