//! Media up and down.

use super::support::{Answer, Client, Receiver, customer};
use crate::{Config, CustomerMessage, Simulator};
use serde_json::json;

const UPLOAD: &str = "/v25.0/106540352242922/media";

async fn upload(client: &Client, mime_type: &str, content: &str) -> Answer {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: {mime_type}\r\n\r\n\
         {content}\r\n--edge--\r\n"
    );
    let head = [("content-type", "multipart/form-data; boundary=edge")];
    client.try_raw("POST", UPLOAD, &head, body.into()).await.unwrap()
}

#[tokio::test]
async fn only_media_that_are_there_and_fit_the_message_arrive() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    simulator.customer_writes(customer(), CustomerMessage::Text("hello".to_owned()));
    let image = |id: &serde_json::Value| json!({"messaging_product": "whatsapp", "to": "+16505551234", "type": "image", "image": {"id": id}});
    let unknown = client.send(&image(&json!("1003383421387256"))).await;
    assert_eq!((unknown.status, &unknown.json["error"]["code"]), (400, &json!(100)));
    let details = unknown.json["error"]["error_data"]["details"].as_str().unwrap();
    assert!(details.contains("image['id']"), "{details}");

    let page = upload(&client, "application/pdf", "%PDF").await.json["id"].clone();
    assert_eq!(client.send(&image(&page)).await.status, 200);
    let (status, _) = receiver.next_status().await;
    assert_eq!(
        (
            &status["status"],
            &status["errors"][0]["code"],
            &status["errors"][0]["title"]
        ),
        (&json!("failed"), &json!(131_053), &json!("Media upload error"))
    );
    let voice = |id: &serde_json::Value| json!({"messaging_product": "whatsapp", "to": "+16505551234", "type": "audio", "audio": {"id": id, "voice": true}});
    let stereo = upload(&client, "audio/ogg", "OggS OpusHead\u{1}\u{2}").await.json["id"].clone();
    assert_eq!(client.send(&voice(&stereo)).await.status, 200);
    assert_eq!(receiver.next_status().await.0["errors"][0]["code"], 131_053);
    assert_eq!(simulator.uploads(), 2);
    let photo = upload(&client, "image/png", "png").await.json["id"].clone();
    assert_eq!(client.send(&image(&photo)).await.status, 200);
    assert_eq!(receiver.next_status().await.0["status"], "sent");
}

async fn download(client: &Client, url: &str, range: &str) -> Answer {
    let head = [("range", range)];
    let head = if range.is_empty() { &[] } else { &head[..] };
    client.try_raw("GET", url, head, "".into()).await.unwrap()
}

#[tokio::test]
async fn what_was_uploaded_is_found_downloaded_and_deleted() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    let id = upload(&client, "text/plain", "0123456789").await.json["id"].clone();
    let node = format!("/v25.0/{}", id.as_str().unwrap());
    let found = client
        .get(&format!("{node}?phone_number_id=106540352242922"))
        .await
        .json;
    assert_eq!(
        (&found["mime_type"], &found["file_size"], &found["id"]),
        (&json!("text/plain"), &json!("10"), &id)
    );
    let url = found["url"].as_str().unwrap();
    let whole = download(&client, url, "").await;
    assert_eq!((whole.status, whole.text.as_str()), (200, "0123456789"));
    for (range, status, text, place) in [
        ("bytes=2-4", 206, "234", "bytes 2-4/10"),
        ("bytes=7-", 206, "789", "bytes 7-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
    ] {
        let part = download(&client, url, range).await;
        assert_eq!((part.status, part.text.as_str()), (status, text), "{range}");
        assert_eq!(part.headers["content-range"], place);
    }
    let stranger = client.clone().with_token("stale");
    assert_eq!(download(&stranger, url, "").await.status, 401);
    assert_eq!(download(&client, &url.replace("ext=1", "ext=9"), "").await.status, 404);
    assert_eq!(client.delete(&node).await.json, json!({"success": true}));
    assert_eq!(download(&client, url, "").await.status, 404);
    assert_eq!(client.get(&node).await.json["error"]["error_subcode"], 33);
}

#[tokio::test]
async fn types_that_whatsapp_does_not_take_are_refused() {
    let simulator = Simulator::start(Config::for_tests("")).await.unwrap();
    let client = Client::of(&simulator);
    for (mime_type, content, code) in [
        ("image/tiff", "x", 100),
        ("image/png", "", 131_053),
        ("audio/ogg", "OggS vorbis", 100),
    ] {
        let refused = upload(&client, mime_type, content).await;
        assert_eq!(
            (refused.status, &refused.json["error"]["code"]),
            (400, &json!(code)),
            "{mime_type}"
        );
    }
    for (mime_type, content) in [("audio/ogg; codecs=opus", "x"), ("audio/ogg", "OggS OpusHead")] {
        assert_eq!(upload(&client, mime_type, content).await.status, 200, "{content}");
    }
    let bare = client
        .post_json(UPLOAD, &json!({"messaging_product": "whatsapp"}))
        .await;
    assert_eq!(bare.json["error"]["code"], 100);
}

#[tokio::test]
async fn media_of_customers_can_be_downloaded() {
    let mut receiver = Receiver::start().await;
    let simulator = Simulator::start(Config::for_tests(receiver.url())).await.unwrap();
    let client = Client::of(&simulator);
    for (kind, start) in [
        ("image", "\u{fffd}\u{fffd}"),
        ("audio", "OggS"),
        ("document", "%PDF"),
        ("sticker", "RIFF"),
    ] {
        simulator.customer_writes(
            customer(),
            CustomerMessage::Raw {
                type_name: kind.to_owned(),
                body: json!({}),
            },
        );
        let message = receiver.next().await.json()["entry"][0]["changes"][0]["value"]["messages"][0][kind].clone();
        let content = download(&client, message["url"].as_str().unwrap(), "").await;
        assert!(content.text.starts_with(start), "{kind}");
        let node = format!("/v25.0/{}", message["id"].as_str().unwrap());
        assert_eq!(
            client.get(&node).await.json["file_size"],
            content.bytes.len().to_string()
        );
    }
}
