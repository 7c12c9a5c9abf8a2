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
    for opened in [
        format!("/messaging/whatsapp/onboard/?app_id={app_id}"),
        format!("/messaging/whatsapp/onboard?app_id={app_id}&config_id=1"),
        format!("/v25.0/dialog/oauth?app_id={app_id}&client_id={app_id}&display=popup&response_type=code"),
    ] {
        assert!(client.get(&opened).await.text.contains("signup.js"), "{opened}");
    }
    let hosted = format!("/messaging/whatsapp/onboard?app_id={app_id}&redirect_uri=ftp://a.example");
    assert_eq!(client.get(&hosted).await.status, 400);
    assert_eq!(client.get("/connect/login_success.html").await.status, 200);
}

#[tokio::test]
async fn with_a_list_of_redirects_the_dialog_sends_browsers_nowhere_else() {
    let simulator = Simulator::start(Config {
        redirect_uris: vec![BACK.to_owned()],
        ..Config::for_tests("")
    })
    .await
    .unwrap();
    let client = Client::of(&simulator);
    call(&client, "signup/number", json!({"number": NUMBER})).await;
    let code = client.get("/_sim/signup").await.json["access_code"].clone();
    call(&client, "phone/connect", json!({"code": code, "share": true})).await;
    let own = format!("{}/connect/login_success.html", simulator.graph_url());
    for (address, is_taken) in [
        (BACK, true),
        ("https://www.facebook.com/connect/login_success.html", true),
        (own.as_str(), true),
        ("https://inbox.example/back", false),
        ("https://inbox.example/back?from=meta&more=1", false),
    ] {
        let encoded = crate::wire::percent_encoded(address);
        let dialog = format!("/v25.0/dialog/oauth?client_id=670843887433847&redirect_uri={encoded}");
        let expected = if is_taken { 200 } else { 400 };
        assert_eq!(client.get(&dialog).await.status, expected, "{address}");
    }
    let elsewhere = json!({"redirect_uri": "https://elsewhere.example/"});
    let refused = call(&client, "signup/finish", elsewhere).await;
    assert!(refused.text.contains("URL blocked"), "{}", refused.text);
    let finished = call(&client, "signup/finish", json!({"redirect_uri": BACK})).await;
    assert_eq!(finished.status, 200, "{}", finished.text);
}

#[tokio::test]
async fn the_code_can_be_scanned_as_long_as_it_is_shown() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    assert_eq!(client.get("/_sim/signup/qr.svg").await.status, 404);
    assert_eq!(client.get("/_sim/signup").await.json["access_code"], Value::Null);
    let mut drawings = Vec::new();
    for _ in 0..2 {
        let number = call(&client, "signup/number", json!({"number": NUMBER})).await;
        let shown = client.get("/_sim/signup").await.json["access_code"].clone();
        assert_eq!(shown, number.json["access_code"]);
        let drawing = client.get("/_sim/signup/qr.svg").await;
        assert_eq!(drawing.headers["content-type"], "image/svg+xml");
        assert!(drawing.text.contains("<svg"));
        drawings.push(drawing.text);
    }
    assert_ne!(drawings[0], drawings[1], "another code is another drawing");
    call(&client, "signup/cancel", json!({})).await;
    assert_eq!(client.get("/_sim/signup/qr.svg").await.status, 404);
}

#[tokio::test]
async fn the_popup_ends_with_a_code_that_is_redeemed_without_a_redirect() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    call(&client, "signup/number", json!({"number": NUMBER})).await;
    let code = client.get("/_sim/signup").await.json["access_code"].clone();
    call(&client, "phone/connect", json!({"code": code, "share": true})).await;
    let finished = call(&client, "signup/finish", json!({})).await.json;
    assert_eq!(finished["location"], Value::Null);
    let token = format!(
        "/v25.0/oauth/access_token?client_id=670843887433847&client_secret=app-secret&code={}",
        finished["code"].as_str().unwrap()
    );
    assert_eq!(client.get(&token).await.status, 200);
}

#[tokio::test]
async fn every_page_finds_its_parts_and_other_sites_may_load_the_sdk() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let hosted = "/messaging/whatsapp/onboard?app_id=670843887433847";
    let mut wanted: Vec<String> = ["/", "/phone", "/customers", "/_sim/embed", hosted]
        .map(str::to_owned)
        .into();
    let mut seen = Vec::new();
    while let Some(path) = wanted.pop() {
        if seen.contains(&path) {
            continue;
        }
        let page = client.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text.contains("https://connect.facebook.net"), "{path}");
        for quoted in page.text.split('"') {
            let is_import = path.ends_with(".js") && quoted.starts_with("./");
            if let Some(name) = quoted.strip_prefix("./").filter(|_| is_import) {
                wanted.push(format!("/_sim/pages/{name}"));
            } else if quoted.starts_with("/_sim/pages/") || quoted.ends_with("/sdk.js") {
                wanted.push(quoted.to_owned());
            }
        }
        seen.push(path);
    }
    assert!(seen.contains(&"/_sim/pages/bubble.js".to_owned()), "{seen:?}");
    assert!(seen.contains(&"/en_US/sdk.js".to_owned()), "{seen:?}");
    for path in ["/sdk.js", "/en_US/sdk.js", "/de_DE/sdk.js"] {
        let sdk = client.get(path).await;
        assert_eq!(sdk.headers["access-control-allow-origin"], "*");
        assert!(sdk.text.contains("fbAsyncInit"));
    }
    assert_eq!(client.get("/_sim/pages/nothing.js").await.status, 404);
}
