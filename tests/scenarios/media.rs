//! The files of messages: fetched, checked, kept once, served safely.

use serde_json::{Value, json};
use std::path::Path;
use twinbox_domain::{Content, ConversationId, MessageId, NumberId, Standing};
use twinbox_protocol::{
    CheckNumber, ErrorCode, FileState, FileView, GetHealth, GetOverview, MessageView, Pixels, RetryMedia,
};
use twinbox_server::Host;
use twinbox_simulator::{Customer, CustomerMessage, Fault, FaultRule, Simulator};
use twinbox_tests::{
    desk::{Desk, Setup, alice, bob, settings},
    graph_door::{GraphDoor, Step, Twist},
};

const GONE: &str = r#"{"error":{"message":"Unsupported get request.","type":"GraphMethodException","code":100}}"#;

/// A desk that fetches through a door.
async fn desk_with_door() -> (Desk, GraphDoor) {
    let desk = Desk::new().await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let door = GraphDoor::before(meta.graph_url()).await.unwrap();
    let desk = reopen(meta, folder, &door).await;
    (desk, door)
}

async fn reopen(meta: Simulator, folder: tempfile::TempDir, door: &GraphDoor) -> Desk {
    let mut settings = settings(&meta, folder.path(), Setup::default());
    settings.engine.numbers[0].graph.base_url = door.url().to_owned();
    let host = Host::start(settings).await.unwrap();
    Desk::on(meta, folder, host)
}

fn photo() -> CustomerMessage {
    CustomerMessage::Image {
        caption: "the door".to_owned(),
    }
}

fn document(media_id: &str, filename: &str) -> CustomerMessage {
    raw(
        "document",
        json!({"id": media_id, "filename": filename, "mime_type": "text/html", "sha256": ""}),
    )
}

pub(crate) fn raw(type_name: &str, body: Value) -> CustomerMessage {
    CustomerMessage::Raw {
        type_name: type_name.to_owned(),
        body,
    }
}

/// The message with this wamid.
pub(crate) async fn shown(desk: &Desk, wamid: &str) -> Option<MessageView> {
    for row in desk.list().await {
        let thread = desk.thread(row.id).await;
        let found = thread
            .into_iter()
            .find(|message| message.wamid.as_ref().is_some_and(|known| known.as_str() == wamid));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Waits until the file of a message has come as far as `far` says.
pub(crate) async fn until_file(
    desk: &Desk,
    wamid: &str,
    what: &str,
    far: fn(&FileState) -> bool,
) -> (MessageView, FileView) {
    let found = desk.until(what, async |desk| {
        let message = shown(desk, wamid).await?;
        let file = message.file.clone().filter(|file| far(&file.state))?;
        Some((message, file))
    });
    found.await.unwrap()
}

pub(crate) async fn until_here(desk: &Desk, wamid: &str) -> (MessageView, FileView) {
    until_file(desk, wamid, "the file", |state| matches!(state, FileState::Here { .. })).await
}

/// A customer sends something; returns the message once its file is here.
pub(crate) async fn receives(desk: &Desk, from: Customer, message: CustomerMessage) -> (MessageView, FileView) {
    let wamid = desk.meta.customer_writes(from, message);
    until_here(desk, &wamid).await
}

/// Asks for a file as the UI in a browser does.
pub(crate) async fn get(desk: &Desk, message: impl std::fmt::Display, range: Option<&str>) -> reqwest::Response {
    let token = std::fs::read_to_string(desk.folder().join("api-token")).unwrap();
    let mut request = reqwest::Client::new()
        .get(desk.url(&format!("/api/media/{message}")))
        .bearer_auth(token);
    if let Some(range) = range {
        request = request.header("Range", range);
    }
    request.send().await.unwrap()
}

/// The bytes Meta has.
async fn at_meta(meta: &Simulator, media_id: &str) -> Vec<u8> {
    let http = reqwest::Client::new();
    let lookup = http.get(format!("{}/v25.0/{media_id}", meta.graph_url()));
    let lookup: Value = lookup
        .bearer_auth("access-token")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let file = http.get(lookup["url"].as_str().unwrap()).bearer_auth("access-token");
    file.send().await.unwrap().bytes().await.unwrap().to_vec()
}

/// Puts a file at Meta; returns its id.
pub(crate) async fn upload(meta: &Simulator, mime_type: &str, content: impl AsRef<[u8]>) -> String {
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: {mime_type}\r\n\r\n"
    );
    let body = [head.as_bytes(), content.as_ref(), b"\r\n--x--\r\n"].concat();
    let request = reqwest::Client::new()
        .post(format!("{}/v25.0/106540352242922/media", meta.graph_url()))
        .bearer_auth("access-token")
        .header("Content-Type", "multipart/form-data; boundary=x");
    let answer: Value = request.body(body).send().await.unwrap().json().await.unwrap();
    answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn media_id(message: &MessageView) -> String {
    message.content.media().unwrap().media_id.clone()
}

/// Every file below the media folder.
pub(crate) fn kept(desk: &Desk) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![desk.folder().join("media")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(desk.folder().join("media")).unwrap().to_owned();
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

#[tokio::test]
async fn a_customers_picture_is_fetched_and_served_byte_for_byte() {
    let desk = Desk::new().await.unwrap();
    let (message, file) = receives(&desk, alice(), photo()).await;
    let meant = at_meta(&desk.meta, &media_id(&message)).await;

    let FileState::Here { size_bytes, pixels, .. } = file.state else {
        panic!("{file:?}")
    };
    assert_eq!(size_bytes, meant.len() as u64);
    assert_eq!(
        pixels,
        Some(Pixels {
            width: 192,
            height: 144
        })
    );
    assert_eq!(file.shown_type.as_deref(), Some("image/jpeg"));
    let served = get(&desk, message.id, None).await;
    assert_eq!(served.status(), 200);
    assert_eq!(served.headers()["content-type"], "image/jpeg");
    assert_eq!(served.headers()["x-content-type-options"], "nosniff");
    assert_eq!(
        served.headers()["content-security-policy"],
        "sandbox; default-src 'none'"
    );
    assert_eq!(served.bytes().await.unwrap(), meant);
}

#[tokio::test]
async fn a_part_of_a_file_is_served_and_nothing_without_the_token() {
    let desk = Desk::new().await.unwrap();
    let (message, _) = receives(&desk, alice(), photo()).await;
    let all = get(&desk, message.id, None).await.bytes().await.unwrap();

    let part = get(&desk, message.id, Some("bytes=2-5")).await;
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], format!("bytes 2-5/{}", all.len()));
    assert_eq!(part.bytes().await.unwrap(), all.slice(2..=5));
    let beyond = get(&desk, message.id, Some("bytes=99999999-")).await;
    assert_eq!(beyond.status(), 416);
    assert_eq!(get(&desk, MessageId(999), None).await.status(), 404);
    let url = desk.url(&format!("/api/media/{}", message.id));
    assert_eq!(reqwest::get(url).await.unwrap().status(), 401);
}

#[tokio::test]
async fn every_kind_of_file_is_fetched_and_so_are_those_of_the_phone() {
    let desk = Desk::new().await.unwrap();
    for kind in ["audio", "video", "document", "sticker"] {
        let (message, _) = receives(&desk, alice(), raw(kind, json!({}))).await;
        let served = get(&desk, message.id, None).await.bytes().await.unwrap();
        assert_eq!(served, at_meta(&desk.meta, &media_id(&message)).await, "{kind}");
    }
    let id = upload(&desk.meta, "image/png", "png").await;
    desk.meta.tell(
        "smb_message_echoes",
        json!({"messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
            "message_echoes": [{"from": "15550783881", "to": "16505551234", "id": "wamid.echo",
                "timestamp": "1760000000", "type": "image", "image": {"mime_type": "image/png", "sha256": "", "id": id}}]}),
    );
    let (message, file) = until_here(&desk, "wamid.echo").await;
    assert_eq!(get(&desk, message.id, None).await.bytes().await.unwrap(), "png");
    assert!(matches!(file.state, FileState::Here { pixels: None, .. }), "it is none");
}

#[tokio::test]
async fn a_file_that_follows_its_placeholder_is_fetched_and_an_older_one_never_waits() {
    let desk = Desk::new().await.unwrap();
    for kind in ["smb_app_state_sync", "history"] {
        let url = format!("{}/v25.0/106540352242922/smb_app_data", desk.meta.graph_url());
        let body = json!({"messaging_product": "whatsapp", "sync_type": kind}).to_string();
        let request = reqwest::Client::new().post(url).bearer_auth("access-token");
        let request = request.header("Content-Type", "application/json").body(body);
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    let files = desk
        .until("the files of the history", async |desk| {
            let mut files = Vec::new();
            for row in desk.list().await {
                files.extend(
                    desk.thread(row.id)
                        .await
                        .into_iter()
                        .filter(|message| message.file.is_some()),
                );
            }
            let all_here = files.iter().all(|message| {
                matches!(
                    message.file,
                    Some(FileView {
                        state: FileState::Here { .. },
                        ..
                    })
                )
            });
            (desk.meta.undelivered_webhooks() == 0 && all_here && !files.is_empty()).then_some(files)
        })
        .await
        .unwrap();
    for message in files {
        let served = get(&desk, message.id, None).await.bytes().await.unwrap();
        assert_eq!(served, at_meta(&desk.meta, &media_id(&message)).await);
    }
}

#[tokio::test]
async fn an_address_that_is_over_is_looked_up_again() {
    let (desk, door) = desk_with_door().await;
    door.twist(Step::Download, Twist::Answer(404, ""));
    receives(&desk, alice(), photo()).await;
    let both = [Step::LookUp, Step::Download, Step::LookUp, Step::Download];
    assert_eq!(door.passed(), both);
}

#[tokio::test]
async fn bytes_that_do_not_match_their_hash_are_refused_and_fetched_again() {
    let (desk, door) = desk_with_door().await;
    door.twist(Step::Download, Twist::Damage);
    let (message, _) = receives(&desk, alice(), photo()).await;
    let served = get(&desk, message.id, None).await.bytes().await.unwrap();
    assert_eq!(served, at_meta(&desk.meta, &media_id(&message)).await);
    assert_eq!(kept(&desk).len(), 1, "the damaged one is not kept");
    assert_eq!(door.passed().len(), 4);
}

#[tokio::test]
async fn a_fault_of_metas_is_tried_again_and_a_person_need_not_wait_for_that() {
    let (desk, door) = desk_with_door().await;
    for _ in 0..2 {
        door.twist(Step::LookUp, Twist::Answer(500, "Bad gateway"));
    }
    door.twist(Step::Download, Twist::Answer(302, ""));
    let wamid = desk.meta.customer_writes(alice(), photo());
    desk.until("two attempts", async |_| (door.passed().len() >= 2).then_some(()))
        .await
        .unwrap();
    let message = shown(&desk, &wamid).await.unwrap();
    desk.ask(RetryMedia { message: message.id }).await.unwrap();
    until_here(&desk, &wamid).await;
    let again = desk.ask(RetryMedia { message: message.id }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict, "it is here");
}

#[tokio::test]
async fn a_file_that_is_gone_says_so_and_a_person_may_ask_again() {
    let (desk, door) = desk_with_door().await;
    door.twist(Step::LookUp, Twist::Answer(400, GONE));
    let wamid = desk.meta.customer_writes(alice(), photo());
    let (message, file) = until_file(&desk, &wamid, "the failure", |state| {
        matches!(state, FileState::Failed { .. })
    })
    .await;
    let FileState::Failed { reason, can_retry } = file.state else {
        panic!()
    };
    assert!(reason.contains("does not have this file any more"), "{reason}");
    assert!(can_retry, "the id is good for days yet");
    assert_eq!(get(&desk, message.id, None).await.status(), 404);
    desk.ask(RetryMedia { message: message.id }).await.unwrap();
    until_here(&desk, &wamid).await;
}

#[tokio::test]
async fn a_file_that_meta_denies_with_its_number_waits_for_the_number() {
    let desk = Desk::new().await.unwrap();
    let number = NumberId::from("106540352242922");
    desk.until("Meta's first answer", async |desk| {
        let number = number.clone();
        desk.ask(GetHealth { number }).await.ok()?.asked_at
    })
    .await
    .unwrap();
    let refused = |code| Fault::Error {
        http: 400,
        code,
        message: String::new(),
    };
    // Nothing was told yet of the number's end.
    desk.meta.add_fault(FaultRule::once("media", refused(100)));
    desk.meta.add_fault(FaultRule::once(number.as_str(), refused(33)));
    let wamid = desk.meta.customer_writes(alice(), photo());
    desk.until("the end of the number", async |desk| {
        let standing = desk.ask(GetOverview {}).await.ok()?.numbers.remove(0).standing;
        matches!(standing, Standing::Disconnected { .. }).then_some(())
    })
    .await
    .unwrap();
    let other = desk.meta.customer_writes(bob(), photo());
    until_file(&desk, &other, "one that waits with it", |state| {
        *state == FileState::Waiting
    })
    .await;
    desk.ask(CheckNumber { number }).await.unwrap();
    until_here(&desk, &other).await;
    until_here(&desk, &wamid).await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_fetched() {
    let (desk, door) = desk_with_door().await;
    door.twist(Step::Download, Twist::TooLarge);
    let wamid = desk.meta.customer_writes(alice(), photo());
    let (_, file) = until_file(&desk, &wamid, "the failure", |state| {
        matches!(state, FileState::Failed { .. })
    })
    .await;
    assert!(
        matches!(file.state, FileState::Failed { can_retry: false, .. }),
        "{file:?}"
    );
    assert_eq!(kept(&desk), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_a_sender_says_becomes_a_path_a_type_or_an_address() {
    let (desk, door) = desk_with_door().await;
    let id = upload(&desk.meta, "text/plain", "<script>alert(1)</script>").await;
    let (message, _) = receives(&desk, alice(), document(&id, "../../evil.html")).await;
    let served = get(&desk, message.id, None).await;
    assert_eq!(served.headers()["content-type"], "application/octet-stream");
    assert_eq!(
        served.headers()["content-disposition"],
        "attachment; filename*=UTF-8''evil.html"
    );
    let [only] = &kept(&desk)[..] else { panic!() };
    let (folder, name) = only.split_once('/').unwrap();
    let is_hash = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(is_hash(folder, 2) && is_hash(name, 62), "{only}");
    let passed = door.passed().len();

    for hostile in [
        "../../../etc/passwd",
        "1003?access_token=x",
        "",
        "a/b",
        "%2e%2e",
        "1 2",
        "ä",
    ] {
        let wamid = desk.meta.customer_writes(alice(), document(hostile, "a.pdf"));
        desk.until("it is shown without having been asked for", async |desk| {
            let message = shown(desk, &wamid).await?;
            match message.file {
                Some(file) => matches!(file.state, FileState::Failed { .. }).then_some(()),
                None => Some(()),
            }
        })
        .await
        .unwrap();
    }
    assert_eq!(door.passed().len(), passed, "Graph was not asked for any");
    assert!(!Path::new(desk.folder()).join("evil.html").exists());
}

#[tokio::test]
async fn what_a_stop_cut_short_is_fetched_at_the_next_start() {
    let (desk, door) = desk_with_door().await;
    door.twist(Step::Download, Twist::Stall);
    let wamid = desk.meta.customer_writes(alice(), photo());
    desk.until("half of it", async |desk| {
        kept(desk).first().map(|path| assert!(path.starts_with("incoming/")))
    })
    .await
    .unwrap();
    let message = desk
        .until("its message", async |desk| shown(desk, &wamid).await)
        .await
        .unwrap();
    assert_eq!(message.file.unwrap().state, FileState::Waiting);
    let (meta, folder) = desk.stop().await.unwrap();
    // As a crash would leave it.
    std::fs::write(folder.path().join("media/incoming/77"), "half").unwrap();
    let desk = reopen(meta, folder, &door).await;
    until_here(&desk, &wamid).await;
    let kept = kept(&desk);
    assert!(kept.len() == 1 && !kept[0].starts_with("incoming/"), "{kept:?}");
}

#[tokio::test]
async fn the_same_picture_twice_is_kept_once() {
    let desk = Desk::new().await.unwrap();
    let id = upload(&desk.meta, "image/png", "the same").await;
    let image = raw("image", json!({"id": id, "mime_type": "image/png", "sha256": ""}));
    for customer in [alice(), bob()] {
        receives(&desk, customer, image.clone()).await;
    }
    assert_eq!(kept(&desk).len(), 1);
}

#[tokio::test]
async fn the_file_of_an_edited_message_is_the_new_one_and_that_of_a_deleted_one_is_not_served() {
    let desk = Desk::new().await.unwrap();
    let wamid = desk.meta.customer_writes(alice(), photo());
    let (message, _) = until_here(&desk, &wamid).await;
    let edited = upload(&desk.meta, "image/png", "another").await;
    let edit = json!({"original_message_id": wamid, "message": {"type": "image",
        "image": {"caption": "no, this one", "mime_type": "image/png", "sha256": "", "id": edited}}});
    desk.meta.customer_writes(alice(), raw("edit", edit));
    let conversation: ConversationId = message.conversation;
    desk.until("the new file", async |desk| {
        let message = desk
            .thread(conversation)
            .await
            .into_iter()
            .find(|shown| shown.id == message.id)?;
        let is_new = matches!(&message.content, Content::Image(media) if media.media_id == edited);
        let is_here = matches!(
            message.file,
            Some(FileView {
                state: FileState::Here { .. },
                ..
            })
        );
        (is_new && is_here).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(get(&desk, message.id, None).await.bytes().await.unwrap(), "another");

    desk.meta.customer_deletes(&wamid).unwrap();
    desk.until("the deletion", async |desk| {
        shown(desk, &wamid).await.filter(|message| message.is_deleted)
    })
    .await
    .unwrap();
    assert_eq!(shown(&desk, &wamid).await.unwrap().file, None);
    assert_eq!(get(&desk, message.id, None).await.status(), 404);
}
