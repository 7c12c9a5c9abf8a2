//! Our answers against Meta's OpenAPI of the Business Messaging API (v23.0), where `TWINBOX_META_OPENAPI` names the
//! file. It is not part of this repository.

mod schema;

use super::support::{Client, customer, template_to, text_to};
use crate::{AccountEvent, Config, CustomerMessage, Simulator};
use schema::Document;
use serde_json::{Value, json};

const NUMBER: &str = "/{Version}/{Phone-Number-ID}";
const ACCOUNT: &str = "/{Version}/{WABA-ID}";
const BUSINESS: &str = "/{Version}/{Business-ID}";

/// A call of Graph, and the path the document has for it.
struct Case {
    method: &'static str,
    path: String,
    address: String,
    body: Value,
}

fn case(method: &'static str, path: &str, address: &str, body: Value) -> Case {
    let (path, address) = (path.to_owned(), format!("/v23.0/{address}"));
    Case {
        method,
        path,
        address,
        body,
    }
}

fn cases(medium: &str, template: &str) -> Vec<Case> {
    let number = |method, edge: &str, body| {
        case(
            method,
            &format!("{NUMBER}{edge}"),
            &format!("106540352242922{edge}"),
            body,
        )
    };
    let account = |method, edge: &str, body| {
        case(
            method,
            &format!("{ACCOUNT}{edge}"),
            &format!("102290129340398{edge}"),
            body,
        )
    };
    let users = json!({"messaging_product": "whatsapp", "block_users": [{"user": "+16505551234"}]});
    let strangers = json!({"messaging_product": "whatsapp", "block_users": [{"user": "+16505559999"}]});
    let bells = json!({
        "name": "bells", "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": "Ring"}],
    });
    let templates = format!("{ACCOUNT}/message_templates");
    let templates_address = "102290129340398/message_templates";
    vec![
        number("get", "", Value::Null),
        number(
            "post",
            "",
            json!({"webhook_configuration": {"override_callback_uri": ""}}),
        ),
        number("post", "/messages", text_to("+16505551234", "hi")),
        number("post", "/messages", template_to("+16505551234")),
        number("post", "/messages", text_to("+16505559999", "closed")),
        number("post", "/messages", json!({"messaging_product": "whatsapp"})),
        number("get", "/settings", Value::Null),
        number(
            "post",
            "/settings",
            json!({"storage_configuration": {"status": "default"}}),
        ),
        number("get", "/whatsapp_business_profile", Value::Null),
        number(
            "post",
            "/whatsapp_business_profile",
            json!({"messaging_product": "whatsapp"}),
        ),
        number("post", "/deregister", json!({})),
        number(
            "post",
            "/register",
            json!({"messaging_product": "whatsapp", "pin": "123456"}),
        ),
        number("post", "/block_users", users.clone()),
        number("get", "/block_users", Value::Null),
        number("delete", "/block_users", users),
        number("post", "/block_users", strangers),
        account("get", "", Value::Null),
        account("get", "/phone_numbers", Value::Null),
        account("get", "/subscribed_apps", Value::Null),
        account("post", "/subscribed_apps", json!({})),
        account("get", "/message_templates", Value::Null),
        account("post", "/message_templates", bells),
        account("post", "/message_templates", json!({"name": "bells"})),
        case("get", "/{Version}/{TEMPLATE_ID}", template, Value::Null),
        case(
            "post",
            "/{Version}/{TEMPLATE_ID}",
            template,
            json!({"components": [{"type": "BODY", "text": "New"}]}),
        ),
        case("get", "/{Version}/{Media-ID}", medium, Value::Null),
        case("delete", "/{Version}/{Media-ID}", medium, Value::Null),
        case("get", BUSINESS, "2329417887457253", Value::Null),
        case(
            "get",
            &format!("{BUSINESS}/owned_whatsapp_business_accounts"),
            "2329417887457253/owned_whatsapp_business_accounts",
            Value::Null,
        ),
        case(
            "get",
            &format!("{BUSINESS}/client_whatsapp_business_accounts"),
            "2949482758682047/client_whatsapp_business_accounts",
            Value::Null,
        ),
        // The document has no query in its paths.
        case(
            "delete",
            &templates,
            &format!("{templates_address}?name=bells"),
            Value::Null,
        ),
        case(
            "delete",
            &templates,
            &format!("{templates_address}?name=unheard_of"),
            Value::Null,
        ),
        case("delete", &templates, templates_address, Value::Null),
        account("delete", "/subscribed_apps", Value::Null),
    ]
}

#[tokio::test]
#[allow(clippy::print_stdout)]
async fn answers_are_as_metas_openapi_describes() {
    let Ok(file) = std::env::var("TWINBOX_META_OPENAPI") else {
        println!("skipped: TWINBOX_META_OPENAPI does not name Meta's OpenAPI");
        return;
    };
    let document = Document(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap());
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let upload = "--edge\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--edge\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--edge--\r\n";
    let head = [("content-type", "multipart/form-data; boundary=edge")];
    let address = "/v23.0/106540352242922/media";
    let uploaded = client.try_raw("POST", address, &head, upload.into()).await.unwrap();
    let listed = client.get("/v23.0/102290129340398/message_templates").await.json;
    let medium = uploaded.json["id"].as_str().unwrap();
    let template = listed["data"][0]["id"].as_str().unwrap();
    let mut faults = check(
        &document,
        "post",
        &format!("{NUMBER}/media"),
        uploaded.status,
        &uploaded.json,
    );
    let mut checked = 0;
    for case in cases(medium, template) {
        let body = if case.body.is_null() {
            String::new()
        } else {
            case.body.to_string()
        };
        let method = case.method.to_uppercase();
        let answer = client.try_call(&method, &case.address, body).await.unwrap();
        checked += usize::from(document.answer_schema(case.method, &case.path, answer.status).is_some());
        faults.extend(check(&document, case.method, &case.path, answer.status, &answer.json));
    }
    // Away and locked, the nodes have other words.
    simulator.tell(
        "account_update",
        json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}),
    );
    simulator.account_event(&AccountEvent::Disconnect { reason: None });
    let all = "?fields=id,status,health_status,platform_type,quality_rating,is_on_biz_app,host_platform";
    for (path, address) in [
        (NUMBER.to_owned(), format!("/v23.0/106540352242922{all}")),
        (
            format!("{ACCOUNT}/phone_numbers"),
            "/v23.0/102290129340398/phone_numbers".to_owned(),
        ),
    ] {
        let answer = client.get(&address).await;
        checked += usize::from(document.answer_schema("get", &path, answer.status).is_some());
        faults.extend(check(&document, "get", &path, answer.status, &answer.json));
    }
    println!("{checked} answers are described");
    assert!(checked >= 30, "only {checked} answers are described");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check(document: &Document, method: &str, path: &str, status: u16, answer: &Value) -> Vec<String> {
    let place = format!("{method} {path} {status}");
    match document.answer_schema(method, path, status) {
        Some(schema) => document.faults(schema, answer, &place),
        None => Vec::new(),
    }
}
