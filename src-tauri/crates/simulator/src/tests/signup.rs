//! Signing up, on the computer and on the phone.

use super::support::{Answer, Client, Receiver};
use crate::{Config, Simulator};
use serde_json::{Value, json};

const NUMBER: &str = "+15550783881";
const BACK: &str = "https://inbox.example/back?from=meta";

async fn call(client: &Client, path: &str, body: Value) -> Answer {
    client.post_json(&format!("/_sim/{path}"), &body).await
}

async fn step(client: &Client) -> Value {
    client.get("/_sim/signup").await.json["step"].clone()
}

#[tokio::test]
async fn a_signup_goes_from_the_dialog_over_the_phone_back_with_a_code() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.account_event(&crate::AccountEvent::Disconnect { reason: None });
    receiver.next().await;

    assert_eq!(step(&client).await, "none");
    let number = call(&client, "signup/number", json!({"number": NUMBER})).await;
    assert_eq!(step(&client).await, "waits_for_phone");
    let code = number.json["access_code"].as_str().unwrap().to_lowercase();
    assert_eq!(code.len(), 8);
    let confirm = json!({"code": code, "share": false});
    assert_eq!(call(&client, "phone/connect", confirm).await.status, 200);
    assert_eq!(step(&client).await, "confirmed");
    let finish = json!({"redirect_uri": BACK, "state": "a&b"});
    let location = call(&client, "signup/finish", finish).await.json["location"].clone();
    let location = location.as_str().unwrap();
    let code = location.strip_prefix(&format!("{BACK}&code=")).unwrap();
    let code = code.strip_suffix("&state=a%26b").unwrap();

    let change = receiver.next().await.json()["entry"][0]["changes"][0].clone();
    assert_eq!(change["value"]["event"], "PARTNER_ADDED");
    assert_eq!(change["value"]["waba_info"]["waba_id"], "102290129340398");
    assert_eq!(
        client.get("/_sim/chats").await.json["business"]["connection"],
        "connected"
    );
    let app_id = client.get("/_sim/signup").await.json["app_id"].clone();
    let token = client
        .get(&format!(
            "/v25.0/oauth/access_token?client_id={}&client_secret=app-secret&code={code}&redirect_uri={}",
            app_id.as_str().unwrap(),
            crate::wire::percent_encoded(BACK),
        ))
        .await;
    assert_eq!(token.status, 200, "{}", token.text);
    assert!(token.json["access_token"].is_string());
}

#[tokio::test]
async fn everything_that_keeps_a_number_out_says_so() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    for (path, body, sentence) in [
        (
            "signup/number",
            json!({"number": NUMBER, "obstacle": "country"}),
            "country",
        ),
        (
            "signup/number",
            json!({"number": NUMBER, "obstacle": "version"}),
            "2.24.17",
        ),
        (
            "signup/number",
            json!({"number": NUMBER, "obstacle": "elsewhere"}),
            "another",
        ),
        (
            "signup/number",
            json!({"number": NUMBER, "obstacle": "activity"}),
            "not eligible",
        ),
        ("signup/number", json!({"number": "+4915112345678"}), "not in use"),
        (
            "phone/connect",
            json!({"code": "AAAAAAAA", "share": true}),
            "not so far",
        ),
        ("signup/finish", json!({"redirect_uri": BACK}), "not so far"),
        (
            "signup/finish",
            json!({"redirect_uri": "javascript:alert(1)"}),
            "must begin",
        ),
    ] {
        let answer = call(&client, path, body).await;
        assert_eq!(answer.status, 409, "{path}");
        assert!(answer.text.contains(sentence), "{path}: {}", answer.text);
    }
    call(&client, "signup/number", json!({"number": NUMBER})).await;
    let wrong = call(&client, "phone/connect", json!({"code": "0", "share": true})).await;
    assert_eq!(wrong.status, 409);
    call(&client, "signup/cancel", json!({})).await;
    assert_eq!(step(&client).await, "cancelled");
}

#[tokio::test]
async fn the_dialog_opens_for_the_app_and_a_web_address_only() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let app_id = client.get("/_sim/signup").await.json["app_id"].clone();
    let app_id = app_id.as_str().unwrap();
    for (query, status, words) in [
        (
            format!("client_id={app_id}&redirect_uri=https://a.example"),
            200,
            "signup.js",
        ),
        (
            format!("client_id={app_id}&redirect_uri=ftp://a.example"),
            400,
            "redirect_uri",
        ),
        (format!("client_id={app_id}"), 400, "redirect_uri"),
        (
            format!("client_id={app_id}&redirect_uri=https://a.example&response_type=token"),
            400,
            "response_type",
        ),
        (String::new(), 400, "App ID"),
        ("client_id=1&redirect_uri=https://a.example".to_owned(), 400, "App ID"),
    ] {
        let answer = client.get(&format!("/v25.0/dialog/oauth?{query}")).await;
        assert_eq!(answer.status, status, "{query}");
        assert!(answer.text.contains(words), "{query}: {}", answer.text);
    }
    let hosted = format!("/messaging/whatsapp/onboard/?app_id={app_id}");
    assert!(client.get(&hosted).await.text.contains("signup.js"));
    assert_eq!(client.get("/connect/login_success.html").await.status, 200);
}
