//! Codes and tokens.

use super::support::{Client, Receiver, customer, text_to};
use crate::{Config, CustomerMessage, Simulator};
use serde_json::{Value, json};

const APP: &str = "client_id=670843887433847&client_secret=app-secret";

async fn quiet() -> (Simulator, Client) {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    (simulator, client)
}

async fn grant(client: &Client, query: &str) -> Value {
    client.get(&format!("/v25.0/oauth/access_token?{query}")).await.json
}

#[tokio::test]
async fn a_code_becomes_a_token_that_opens_graph() {
    let (simulator, client) = quiet().await;
    let code = simulator.mint_code(None, false);
    let granted = grant(&client, &format!("{APP}&code={code}")).await;
    assert_eq!(
        (&granted["token_type"], granted.get("expires_in")),
        (&json!("bearer"), None)
    );
    let token = granted["access_token"].as_str().unwrap();
    let newcomer = client.clone().with_token(token);
    assert_eq!(newcomer.get("/v25.0/106540352242922").await.status, 200);
    let again = grant(&client, &format!("{APP}&code={code}")).await;
    assert_eq!(
        (&again["error"]["code"], &again["error"]["error_subcode"]),
        (&json!(100), &json!(36_009))
    );

    assert!(simulator.revoke_token(token));
    let refused = newcomer.send(&text_to("+16505551234", "hi")).await;
    assert_eq!((refused.status, &refused.json["error"]["code"]), (401, &json!(190)));
}

#[tokio::test]
async fn what_is_wrong_with_a_code_is_told_by_the_subcode() {
    let (_simulator, client) = quiet().await;
    let wanted = json!({"redirect_uri": "https://desk.example/cb?a=1", "ago_seconds": 0, "expires": true});
    let code = client.post_json("/_sim/code", &wanted).await.json["code"].clone();
    let code = code.as_str().unwrap();
    let old = client.post_json("/_sim/code", &json!({"ago_seconds": 30})).await.json["code"].clone();
    let old = old.as_str().unwrap();
    let cases = [
        (format!("{APP}&code={old}"), json!(100), json!(36_007)),
        (format!("{APP}&code={code}"), json!(100), json!(36_008)),
        (
            format!("{APP}&code={code}&redirect_uri=https%3A%2F%2Fdesk.example%2Fcb"),
            json!(100),
            json!(36_008),
        ),
        (format!("{APP}&code=unknown"), json!(100), Value::Null),
        (APP.to_owned(), json!(100), Value::Null),
        (
            format!("client_id=1&client_secret=app-secret&code={code}"),
            json!(101),
            Value::Null,
        ),
        (
            format!("client_id=670843887433847&client_secret=x&code={code}"),
            json!(1),
            Value::Null,
        ),
    ];
    for (query, error, subcode) in cases {
        let answer = grant(&client, &query).await;
        assert_eq!(
            (&answer["error"]["code"], &answer["error"]["error_subcode"]),
            (&error, &subcode),
            "{query}"
        );
    }
    let form = format!("{APP}&code={code}&redirect_uri=https%3A%2F%2Fdesk.example%2Fcb%3Fa%3D1");
    let head = [("content-type", "application/x-www-form-urlencoded")];
    let answer = client
        .try_raw("POST", "/oauth/access_token", &head, form.into())
        .await
        .unwrap();
    assert_eq!(answer.json["expires_in"], 5_183_944);
}

#[tokio::test]
async fn tokens_are_described_exchanged_and_revoked() {
    let (_simulator, client) = quiet().await;
    let app = client.clone().with_token("670843887433847|app-secret");
    let described = app.get("/v25.0/debug_token?input_token=access-token").await.json["data"].clone();
    assert_eq!(
        (
            &described["is_valid"],
            &described["type"],
            &described["expires_at"],
            &described["app_id"]
        ),
        (
            &json!(true),
            &json!("SYSTEM_USER"),
            &json!(0),
            &json!("670843887433847")
        )
    );
    assert_eq!(
        described["granular_scopes"][0],
        json!({"scope": "whatsapp_business_management", "target_ids": ["102290129340398"]})
    );

    let exchange = "grant_type=fb_exchange_token&set_token_expires_in_60_days=true&fb_exchange_token=access-token";
    let token = grant(&client, &format!("{APP}&{exchange}")).await["access_token"].clone();
    let token = token.as_str().unwrap();
    let path = format!("/debug_token?input_token={token}");
    assert!(app.get(&path).await.json["data"]["expires_at"].as_u64().unwrap() > 1_700_000_000);

    let revoke = format!("/oauth/revoke?{APP}&revoke_token={token}&access_token={token}");
    assert_eq!(client.get(&revoke).await.json, json!({"success": true}));
    assert_eq!(app.get(&path).await.json["data"]["is_valid"], false);
    let unknown = app.get("/debug_token?input_token=unheard-of").await.json;
    assert_eq!(unknown["data"]["error"]["code"], 190);

    let app_token = grant(&client, &format!("{APP}&grant_type=client_credentials")).await;
    assert_eq!(app_token["access_token"], "670843887433847|app-secret");
    let expired = json!({"token": "access-token", "do": "expire"});
    assert_eq!(client.post_json("/_sim/token", &expired).await.status, 200);
    assert_eq!(
        client.get("/v25.0/106540352242922").await.json["error"]["error_subcode"],
        463
    );
}

#[tokio::test]
async fn a_proof_that_is_given_must_be_the_tokens() {
    let (_simulator, client) = quiet().await;
    let proof = |token: &str| crate::wire::signature("app-secret", token.as_bytes()).replace("sha256=", "");
    let number = "/v25.0/106540352242922?appsecret_proof=";
    assert_eq!(
        client.get(&format!("{number}{}", proof("access-token"))).await.status,
        200
    );
    for wrong in ["", "token", &proof("another")] {
        let error = client.get(&format!("{number}{wrong}")).await.json["error"].clone();
        assert_eq!(
            (&error["code"], &error["type"]),
            (&json!(100), &json!("GraphMethodException")),
            "{wrong}"
        );
    }

    let tokens = "/v25.0/2329417887457253/system_user_access_tokens";
    assert_eq!(client.post_json(tokens, &json!({})).await.json["error"]["code"], 100);
    let body = format!("appsecret_proof={}&fetch_only=true", proof("access-token"));
    let head = [("content-type", "application/x-www-form-urlencoded")];
    let given = client
        .try_raw("POST", tokens, &head, body.clone().into())
        .await
        .unwrap()
        .json;
    let token = given["access_token"].as_str().unwrap();
    assert_eq!(
        client.try_raw("POST", tokens, &head, body.into()).await.unwrap().json,
        given
    );
    let business = client.clone().with_token(token);
    assert_eq!(business.get("/v25.0/102290129340398/phone_numbers").await.status, 200);
}

#[tokio::test]
async fn the_app_subscribes_a_callback_that_passes_the_challenge() {
    let (simulator, client) = quiet().await;
    let mut receiver = Receiver::start().await;
    let app = client.clone().with_token("670843887433847|app-secret");
    let path = "/v25.0/670843887433847/subscriptions";
    assert_eq!(app.get(path).await.json, json!({"data": []}));
    assert_eq!(client.get(path).await.json["error"]["code"], 15);
    let beside = format!("{path}?access_token=670843887433847%7Capp-secret");
    assert_eq!(client.get(&beside).await.status, 200);
    let mut wanted = json!({
        "object": "whatsapp_business_account", "callback_url": receiver.url(), "verify_token": "wrong",
        "fields": "messages, account_update",
    });
    assert_eq!(app.post_json(path, &wanted).await.json["error"]["code"], 2200);
    wanted["verify_token"] = json!("verify-token");
    assert_eq!(app.post_json(path, &wanted).await.json, json!({"success": true}));
    let listed = app.get(path).await.json["data"][0].clone();
    assert_eq!(
        (&listed["callback_url"], &listed["fields"][1]["name"]),
        (&json!(receiver.url()), &json!("account_update"))
    );
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    assert_eq!(receiver.next().await.json()["object"], "whatsapp_business_account");

    wanted["fields"] = json!(["shoe_size"]);
    assert_eq!(app.post_json(path, &wanted).await.json["error"]["code"], 100);
    let some = app
        .delete(&format!("{path}?object=whatsapp_business_account&fields=messages"))
        .await;
    assert_eq!(some.json, json!({"success": true}));
    let fields = app.get(path).await.json["data"][0]["fields"].clone();
    assert_eq!(fields, json!([{"name": "account_update", "version": "v25.0"}]));
    // What is not subscribed to is never told.
    simulator.customer_writes(customer(), CustomerMessage::Text("unheard".to_owned()));
    simulator.tell("account_update", json!({"event": "ACCOUNT_DELETED"}));
    let told = receiver.next().await.json();
    assert_eq!(told["entry"][0]["changes"][0]["field"], "account_update");
    assert_eq!(app.delete(path).await.json, json!({"success": true}));
    assert_eq!(app.get(path).await.json, json!({"data": []}));
}
