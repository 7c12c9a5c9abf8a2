//! Everything from outside is hostile until parsed: a clear refusal or a parked webhook, nothing lost, no panic.

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use twinbox_domain::Content;
use twinbox_protocol::GetOverview;
use twinbox_server::{Host, HostError, People};
use twinbox_simulator::Simulator;
use twinbox_store::StoreError;
use twinbox_tests::desk::{Desk, Setup, alice, settings, sign};

fn text_message(text: &str) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
        "field": "messages", "value": {"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
        "messages": [{"from": "16505551234", "id": format!("wamid.{}", text.len()), "timestamp": "1749416383", "type": "text",
            "text": {"body": text}}]}}]}]})
}

#[tokio::test]
async fn a_webhook_without_the_right_signature_is_refused_and_counted() {
    let desk = Desk::new().await.unwrap();
    let body = text_message("hi").to_string().into_bytes();
    let right = sign(&body);
    let refused = [
        None,
        Some(String::new()),
        Some(right.replace("sha256=", "")),
        Some(right.to_uppercase()),
        Some(format!("sha256={}", right.replace("sha256=", "").to_uppercase())),
        Some(format!("sha256={}", "0".repeat(64))),
        Some(sign(b"something else")),
        Some("sha1=00".to_owned()),
    ];
    for signature in &refused {
        assert_eq!(
            desk.post_webhook(body.clone(), signature.as_deref()).await.unwrap(),
            401,
            "{signature:?}"
        );
    }
    desk.until("the count", async |desk| {
        let overview = desk.ask(GetOverview {}).await.ok()?;
        (overview.refused_signatures == refused.len() as u64).then_some(())
    })
    .await
    .unwrap();
    assert!(desk.list().await.is_empty());
    assert_eq!(desk.post_webhook(body, Some(&right)).await.unwrap(), 200);
    desk.until("the genuine one", async |desk| desk.list().await.pop())
        .await
        .unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_and_counted_and_blocks_nothing() {
    let desk = Desk::new().await.unwrap();
    let odd: Vec<Vec<u8>> = vec![
        b"not json".to_vec(),
        b"".to_vec(),
        b"\xff\xfe\x00".to_vec(),
        b"[1, 2".to_vec(),
        b"{}".to_vec(),
        b"null".to_vec(),
        vec![b'['; 100_000],
        json!({"entry": "no"}).to_string().into_bytes(),
        json!({"entry": [{"changes": [{"field": "from_the_future", "value": {"x": 1}}]}]})
            .to_string()
            .into_bytes(),
        json!({"entry": [{"changes": [{"field": 7, "value": []}]}]})
            .to_string()
            .into_bytes(),
    ];
    for body in &odd {
        assert_eq!(desk.post_webhook(body.clone(), Some(&sign(body))).await.unwrap(), 200);
    }
    let row = desk.hears_from(alice(), "still here").await.unwrap();
    assert_eq!(desk.thread(row.id).await.len(), 1);
    let overview = desk.ask(GetOverview {}).await.unwrap();
    assert_eq!(overview.not_understood, odd.len() as u64);
}

#[tokio::test]
async fn the_largest_webhook_is_taken_and_a_larger_one_is_refused() {
    let desk = Desk::new().await.unwrap();
    let envelope = text_message("").to_string().len();
    let whole = 4 * 1024 * 1024;
    let body = text_message(&"x".repeat(whole - envelope - 10))
        .to_string()
        .into_bytes();
    assert!(body.len() <= whole && body.len() > whole - 100);
    assert_eq!(desk.post_webhook(body.clone(), Some(&sign(&body))).await.unwrap(), 200);
    let row = desk
        .until("the long message", async |desk| desk.list().await.pop())
        .await
        .unwrap();
    let Content::Text { body: shown } = &desk.thread(row.id).await[0].content else {
        panic!("a text")
    };
    assert!(shown.len() > whole - 1000);

    let body = vec![b' '; 5 * 1024 * 1024];
    let refused = desk.post_webhook(body.clone(), Some(&sign(&body))).await;
    // The connection may be closed before all of it was sent.
    assert!(matches!(refused, Ok(413) | Err(_)), "{refused:?}");
    desk.hears_from(alice(), "still here").await.unwrap();
}

/// The beginning of a large webhook.
fn head(signature: &str) -> String {
    format!(
        "POST /webhooks/meta HTTP/1.1\r\nHost: twinbox\r\nX-Hub-Signature-256: {signature}\r\nContent-Length: 3000000\r\n\r\n["
    )
}

#[tokio::test]
async fn a_large_body_that_cannot_be_metas_is_refused_before_it_comes() {
    let desk = Desk::new().await.unwrap();
    let mut strangers = Vec::new();
    for signature in ["", "sha1=00", "sha256=00"] {
        let mut connection = TcpStream::connect(desk.host().address()).await.unwrap();
        connection.write_all(head(signature).as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        connection.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 401");
        strangers.push(connection);
    }
    // They stay, and hold up nobody.
    let large = text_message(&"x".repeat(1_000_000)).to_string().into_bytes();
    assert_eq!(
        desk.post_webhook(large.clone(), Some(&sign(&large))).await.unwrap(),
        200
    );
}

#[tokio::test]
async fn a_customer_is_heard_while_large_bodies_take_their_time() {
    let desk = Desk::new().await.unwrap();
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut connection = TcpStream::connect(desk.host().address()).await.unwrap();
        connection.write_all(head(&sign(b"another")).as_bytes()).await.unwrap();
        slow.push(connection);
    }
    desk.hears_from(alice(), "hello?").await.unwrap();
    drop(slow);
    // Whoever hangs up gives up the turn.
    let large = text_message(&"x".repeat(1_000_000)).to_string().into_bytes();
    assert_eq!(
        desk.post_webhook(large.clone(), Some(&sign(&large))).await.unwrap(),
        200
    );
}

#[tokio::test]
async fn a_key_nobody_has_heard_of_changes_nothing() {
    let desk = Desk::new().await.unwrap();
    let mut body = text_message("hello");
    body["from_the_future"] = json!({"x": [1]});
    body["entry"][0]["changes"][0]["value"]["messages"][0]["from_the_future"] = json!("x");
    let body = body.to_string().into_bytes();
    assert_eq!(desk.post_webhook(body.clone(), Some(&sign(&body))).await.unwrap(), 200);
    let row = desk
        .until("the message", async |desk| desk.list().await.pop())
        .await
        .unwrap();
    let Content::Text { body } = &desk.thread(row.id).await[0].content else {
        panic!("a text")
    };
    assert_eq!(body, "hello");
    assert_eq!(desk.ask(GetOverview {}).await.unwrap().not_understood, 0);
}

#[tokio::test]
async fn meta_can_verify_the_address_and_nobody_else_learns_anything() {
    let desk = Desk::new().await.unwrap();
    desk.meta.verify_webhook().await.unwrap();
    for query in [
        "",
        "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=wrong",
        "?hub.mode=other&hub.challenge=42&hub.verify_token=verify-token",
        "?hub.challenge=42",
    ] {
        let answer = reqwest::get(desk.url(&format!("/webhooks/meta{query}"))).await.unwrap();
        assert_eq!(answer.status(), 403, "{query}");
    }
}

#[tokio::test]
async fn the_api_is_closed_without_its_token_and_refuses_what_is_no_request() {
    let desk = Desk::new().await.unwrap();
    let client = reqwest::Client::new();
    let hello = json!({"hello": {}}).to_string();
    for token in [None, Some("wrong"), Some("")] {
        for path in ["/api/call", "/api/events"] {
            let url = desk.url(path);
            let request = if path == "/api/call" {
                client.post(url).body(hello.clone())
            } else {
                client.get(url)
            };
            let request = match token {
                Some(token) => request.bearer_auth(token),
                None => request,
            };
            assert_eq!(request.send().await.unwrap().status(), 401, "{path} {token:?}");
        }
    }
    let token = std::fs::read_to_string(desk.folder().join("api-token")).unwrap();
    let call = |body: String| client.post(desk.url("/api/call")).bearer_auth(&token).body(body).send();
    let answer = call(hello).await.unwrap();
    assert_eq!(answer.status(), 200);
    let greeting: Value = answer.json().await.unwrap();
    assert_eq!(greeting["you"]["user"], "Maya Lindqvist");
    for odd in ["", "{", "{\"erase_all\":{}}", "{\"list_messages\":{\"limit\":-1}}"] {
        let answer = call(odd.to_owned()).await.unwrap();
        assert_eq!(answer.status(), 400, "{odd}");
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["code"], "invalid");
    }
    let gone = json!({"get_conversation": {"conversation": "77"}}).to_string();
    assert_eq!(call(gone).await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_second_process_a_taken_port_a_taken_name_and_an_unusable_folder_are_told_apart() {
    let desk = Desk::new().await.unwrap();
    let meta = Simulator::start(twinbox_simulator::Config::for_tests(""))
        .await
        .unwrap();
    let second = Host::start(settings(&meta, desk.folder(), Setup::default())).await;
    assert!(matches!(second.err(), Some(HostError::Store(StoreError::InUse(_)))));

    let folder = tempfile::tempdir().unwrap();
    let mut taken = settings(&meta, folder.path(), Setup::default());
    taken.listen = desk.host().address();
    assert!(matches!(Host::start(taken).await.err(), Some(HostError::Listen { .. })));

    let named = tempfile::tempdir().unwrap();
    let mut taken = settings(&meta, named.path(), Setup::default());
    People::of(named.path()).add("maya lindqvist", "Owner").unwrap();
    taken.user = "Maya Lindqvist".to_owned();
    assert!(matches!(
        Host::start(taken).await.err(),
        Some(HostError::OwnersName { .. })
    ));

    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let below_a_file = Host::start(settings(&meta, &file.join("data"), Setup::default())).await;
    assert!(matches!(
        below_a_file.err(),
        Some(HostError::Store(StoreError::Folder { .. }))
    ));

    let not_a_database = tempfile::tempdir().unwrap();
    std::fs::write(not_a_database.path().join("twinbox.db"), "x".repeat(5000)).unwrap();
    let damaged = Host::start(settings(&meta, not_a_database.path(), Setup::default())).await;
    assert!(matches!(damaged.err(), Some(HostError::Store(StoreError::Sqlite(_)))));
}

#[tokio::test]
async fn without_an_app_secret_no_webhook_is_believed() {
    let meta = Simulator::start(twinbox_simulator::Config::for_tests(""))
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut open = settings(&meta, folder.path(), Setup::default());
    open.engine.app_secret = None;
    let host = Host::start(open).await.unwrap();
    let desk = Desk::on(meta, folder, host);
    let body = text_message("hi").to_string().into_bytes();
    assert_eq!(desk.post_webhook(body.clone(), Some(&sign(&body))).await.unwrap(), 503);
}

#[tokio::test]
async fn a_client_that_neither_speaks_nor_hangs_up_does_not_keep_it_from_stopping() {
    use tokio::io::AsyncWriteExt;
    let desk = Desk::new().await.unwrap();
    let mut half_sent = tokio::net::TcpStream::connect(desk.host().address()).await.unwrap();
    half_sent
        .write_all(b"POST /webhooks/meta HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
        .await
        .unwrap();
    assert_eq!(reqwest::get(desk.url("/healthz")).await.unwrap().status(), 200);
    desk.stop().await.unwrap();
}
