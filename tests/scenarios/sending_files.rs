//! Files go out: checked before they are queued, uploaded once, sent once, and the customer has exactly their bytes.

use serde_json::Value;
use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};
use twinbox_domain::{
    Content, ContentHash, ConversationId, FileKind, FileProblem, Millis, NumberId, OutboxId, OutgoingFile, Payload,
    Status,
};
use twinbox_protocol::{
    ApiError, CancelMessage, Delivery, ErasePerson, ErrorCode, FileState, FileToSend, PauseSending, Pixels,
    RetryMessage, ScheduleMessage, SendMessage, ToSend, UnscheduleMessage, UploadedFile, When,
};
use twinbox_simulator::{Fault, FaultRule, Outcome, Simulator};
use twinbox_store::{KeptFile, NewFile, NewItem, Store, UploadEnd};
use twinbox_tests::desk::{Desk, Setup, alice, bob, mayas, new_id};

pub(crate) const PHOTO: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/photo.jpg");
const VOICE: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/voice.ogg");
const STICKER: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/still.webp");
const FILM: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/film.mp4");
const HEVC: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/hevc.mp4");
const MOVING: &[u8] = include_bytes!("../../src-tauri/crates/domain/src/media/samples/moving.gif");

fn is_read(delivery: &Delivery) -> bool {
    *delivery == Delivery::Known { status: Status::Read }
}

fn is_failed(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Failed { .. })
}

fn waits(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Queued { .. })
}

fn message(conversation: ConversationId, hash: ContentHash, name: &str, caption: &str) -> SendMessage {
    SendMessage {
        id: new_id(),
        conversation,
        message: ToSend::File {
            file: FileToSend {
                hash,
                name: name.to_owned(),
                as_document: false,
            },
            caption: caption.to_owned(),
        },
        reply_to: None,
    }
}

/// Hands a file over and sends it.
pub(crate) async fn send_file(
    desk: &Desk,
    conversation: ConversationId,
    bytes: &[u8],
    name: &str,
    caption: &str,
) -> Result<OutboxId, ApiError> {
    let uploaded = desk.upload(bytes).await?;
    let message = message(conversation, uploaded.hash, name, caption);
    let id = message.id;
    desk.ask(message).await?;
    Ok(id)
}

/// What a customer got through the API: the messages as Meta took them.
async fn got(meta: &Simulator) -> Vec<Value> {
    let chats: Value = get(meta, "/_sim/chats").await.json().await.unwrap();
    let messages = chats["chats"].as_array().unwrap().iter();
    let messages = messages.flat_map(|chat| chat["messages"].as_array().unwrap().clone());
    messages.filter(|message| message["side"] == "api").collect()
}

async fn get(meta: &Simulator, path: &str) -> reqwest::Response {
    let url = format!("{}{path}", meta.graph_url());
    reqwest::Client::new().get(url).send().await.unwrap()
}

/// The bytes a customer sees for such a message.
async fn bytes_of(meta: &Simulator, message: &Value) -> Vec<u8> {
    let path = format!("/_sim/media/{}", message["body"]["id"].as_str().unwrap());
    get(meta, &path).await.bytes().await.unwrap().to_vec()
}

fn accepted(desk: &Desk) -> usize {
    let ledger = desk.meta.ledger();
    let accepted = ledger
        .iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }));
    accepted.count()
}

#[tokio::test]
async fn a_picture_goes_out_and_the_customer_has_exactly_its_bytes() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "How does it look?").await.unwrap();
    let id = send_file(&desk, row.id, PHOTO, "IMG_1.HEIC", "Like this")
        .await
        .unwrap();
    // Here at once, long before Meta has it.
    let shown = desk.thread(row.id).await.pop().unwrap();
    let FileState::Here { size_bytes, pixels, .. } = shown.file.as_ref().unwrap().state else {
        panic!("{:?}", shown.file)
    };
    assert_eq!(
        (size_bytes, pixels),
        (PHOTO.len() as u64, Some(Pixels { width: 8, height: 8 }))
    );
    let token = std::fs::read_to_string(desk.folder().join("api-token")).unwrap();
    let here = reqwest::Client::new().get(desk.url(&format!("/api/media/{}", shown.id)));
    let here = here.bearer_auth(token).send().await.unwrap();
    assert_eq!(here.headers()["content-type"], "image/jpeg");
    assert_eq!(here.bytes().await.unwrap(), PHOTO);

    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    let got = got(&desk.meta).await;
    assert_eq!(
        (got.len(), &got[0]["type"], &got[0]["body"]["caption"]),
        (1, &"image".into(), &"Like this".into())
    );
    assert_eq!(bytes_of(&desk.meta, &got[0]).await, PHOTO);
    assert_eq!(desk.meta.uploads(), 1);
    let shown = desk.thread(row.id).await.pop().unwrap();
    assert!(
        matches!(shown.file.unwrap().state, FileState::Here { .. }),
        "also once it has its wamid"
    );
}

#[tokio::test]
async fn each_kind_goes_as_what_it_is() {
    let desk = Desk::with(Setup {
        mps: 20,
        ..Setup::default()
    })
    .await
    .unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    for (bytes, name) in [
        (VOICE, "voice.ogg"),
        (STICKER, "wave.webp"),
        (FILM, "film.mp4"),
        (b"%PDF-1.4".as_slice(), "../Quote 2291.pdf"),
    ] {
        send_file(&desk, row.id, bytes, name, "").await.unwrap();
    }
    let last = desk.send(row.id, "That is all").await.unwrap();
    desk.until_delivery(row.id, last, "read", is_read).await.unwrap();
    let got = got(&desk.meta).await;
    let kinds: Vec<_> = got.iter().map(|message| message["type"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["audio", "sticker", "video", "document", "text"],
        "in the order they were sent"
    );
    assert_eq!(got[0]["body"]["voice"], true);
    assert_eq!(got[3]["body"]["filename"], "Quote 2291.pdf");
    let ledger = desk.meta.ledger();
    let failed = ledger
        .iter()
        .flat_map(|entry| &entry.steps)
        .filter(|step| step.status == "failed");
    assert_eq!(failed.count(), 0, "Meta found nothing wrong with any of them");
}

/// A film in H.265 with its samples drawn out to 3 MB, so that its table of contents stands in its end alone.
fn padded_film() -> Vec<u8> {
    let place = HEVC.windows(4).position(|part| part == b"moov").unwrap() - 4;
    let (samples, contents) = HEVC.split_at(place);
    let mut film = samples.to_vec();
    film.resize(3 * 1024 * 1024, 0);
    film.extend(contents);
    film
}

#[tokio::test]
async fn what_whatsapp_does_not_take_is_refused_before_it_is_queued() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let mut large = PHOTO.to_vec();
    large.resize(5 * 1024 * 1024 + 1, 0);
    let padded = padded_film();
    for (bytes, problem) in [
        (large.as_slice(), FileProblem::TooLarge(FileKind::Image)),
        (MOVING, FileProblem::Type(FileKind::Image)),
        // Its codec stands in its end, beyond what is read of its beginning.
        (padded.as_slice(), FileProblem::Codec),
        (b"", FileProblem::Empty),
    ] {
        let uploaded = desk.upload(bytes).await.unwrap();
        assert_eq!(uploaded.problem, Some(problem));
        let refused = desk.ask(message(row.id, uploaded.hash, "a.jpg", "")).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.message.as_str()),
            (ErrorCode::Invalid, problem.sentence())
        );
    }
    let voice = desk.upload(VOICE).await.unwrap();
    let photo = desk.upload(PHOTO).await.unwrap();
    for message in [
        message(row.id, voice.hash, "voice.ogg", "A text below a voice note"),
        message(row.id, photo.hash, "photo.jpg", &"x".repeat(1025)),
        message(row.id, ContentHash([9; 32]), "never-uploaded.jpg", ""),
    ] {
        let refused = desk.ask(message).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid, "{}", refused.message);
    }
    assert_eq!(desk.thread(row.id).await.len(), 1, "nothing was queued");
    assert_eq!((desk.meta.uploads(), desk.meta.ledger().len()), (0, 0));

    // The large picture can go as a document.
    let large_hash = desk.upload(&large).await.unwrap().hash;
    let mut document = message(row.id, large_hash, "Big.jpg", "");
    if let ToSend::File { file, .. } = &mut document.message {
        file.as_document = true;
    }
    let id = document.id;
    desk.ask(document).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    let got = got(&desk.meta).await;
    assert_eq!(
        (&got[0]["type"], &got[0]["body"]["filename"]),
        (&"document".into(), &"Big.jpg".into())
    );
    assert_eq!(bytes_of(&desk.meta, &got[0]).await, large);
}

#[tokio::test]
async fn a_file_beyond_100_mb_leaves_nothing_behind() {
    let desk = Desk::new().await.unwrap();
    let piece = vec![7_u8; 1024 * 1024];
    let pieces = futures_util::stream::iter((0..101).map(|_| Ok::<_, std::convert::Infallible>(piece.clone())));
    let refused = desk.host().engine().take_file(pieces).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
    let broken = [Ok(piece.clone()), Err("the line broke")];
    let refused = desk
        .host()
        .engine()
        .take_file(futures_util::stream::iter(broken))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Unavailable);
    let left = std::fs::read_dir(desk.folder().join("media/incoming")).unwrap().count();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_browser_uploads_with_its_token_only() {
    let desk = Desk::new().await.unwrap();
    let token = std::fs::read_to_string(desk.folder().join("api-token")).unwrap();
    let http = reqwest::Client::new();
    let refused = http.post(desk.url("/api/upload")).body(PHOTO).send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let taken = http.post(desk.url("/api/upload")).bearer_auth(token).body(PHOTO);
    let uploaded: UploadedFile = taken.send().await.unwrap().json().await.unwrap();
    assert_eq!((uploaded.kind, uploaded.problem), (FileKind::Image, None));
    assert_eq!(uploaded.size_bytes, PHOTO.len() as u64);
    assert_eq!(
        desk.upload(PHOTO).await.unwrap().hash,
        uploaded.hash,
        "the same bytes are the same file"
    );
}

#[tokio::test]
async fn a_slow_upload_holds_back_its_own_conversation_only_and_keeps_its_order() {
    let desk = Desk::with(Setup {
        time_out: Duration::from_secs(2),
        ..Setup::default()
    })
    .await
    .unwrap();
    let (alice, bob) = (
        desk.hears_from(alice(), "hi").await.unwrap().id,
        desk.hears_from(bob(), "hi").await.unwrap().id,
    );
    desk.meta.add_fault(FaultRule::once("media", Fault::Hang));
    let photo = send_file(&desk, alice, PHOTO, "photo.jpg", "").await.unwrap();
    let after = desk.send(alice, "Like that").await.unwrap();
    let other = desk.send(bob, "Yes").await.unwrap();
    desk.until_delivery(bob, other, "read", is_read).await.unwrap();
    let to_alice = |desk: &Desk| {
        desk.meta
            .ledger()
            .iter()
            .filter(|entry| entry.to == "16505551234")
            .count()
    };
    assert_eq!(to_alice(&desk), 0, "hers wait for the upload");
    assert!(waits(&desk.delivery(alice, after).await.unwrap()));
    desk.until_delivery(alice, photo, "read", is_read).await.unwrap();
    desk.until_delivery(alice, after, "read", is_read).await.unwrap();
    let kinds: Vec<_> = desk.meta.ledger().into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["text", "image", "text"]);
}

#[tokio::test]
async fn an_upload_that_meta_refuses_is_said_and_can_be_tried_again() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let refusal = Fault::Error {
        http: 400,
        code: 131_053,
        message: "Media upload error".to_owned(),
    };
    desk.meta.add_fault(FaultRule::once("media", refusal));
    let id = send_file(&desk, row.id, PHOTO, "photo.jpg", "").await.unwrap();
    let failed = desk.until_delivery(row.id, id, "failed", is_failed).await.unwrap();
    let Delivery::Failed {
        code,
        reason,
        can_retry,
    } = failed
    else {
        panic!("failed")
    };
    assert!(
        code == Some(131_053) && can_retry && reason.contains("type or size"),
        "{reason}"
    );
    assert_eq!(desk.meta.ledger().len(), 0);
    desk.ask(RetryMessage { id }).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    assert_eq!((desk.meta.uploads(), accepted(&desk)), (1, 1));
}

#[tokio::test]
async fn a_file_that_a_send_was_refused_with_is_uploaded_anew_when_a_person_retries() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Error {
        http: 400,
        code: 100,
        message: "Invalid parameter".to_owned(),
    });
    let id = send_file(&desk, row.id, PHOTO, "photo.jpg", "").await.unwrap();
    desk.until_delivery(row.id, id, "failed", is_failed).await.unwrap();
    desk.ask(RetryMessage { id }).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    assert_eq!((desk.meta.uploads(), accepted(&desk)), (2, 1));
}

#[tokio::test]
async fn a_file_taken_back_before_it_left_is_gone_from_the_thread() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.add_fault(FaultRule::once("media", Fault::Hang));
    let id = send_file(&desk, row.id, PHOTO, "photo.jpg", "").await.unwrap();
    desk.ask(CancelMessage { id }).await.unwrap();
    assert_eq!(desk.thread(row.id).await.len(), 1);
    let text = desk.send(row.id, "Never mind").await.unwrap();
    desk.until_delivery(row.id, text, "read", is_read).await.unwrap();
    assert_eq!(desk.meta.ledger().len(), 1);
}

/// As if the file had been handed over nine days ago.
fn nine_days_pass(desk: &Desk, file: &UploadedFile) {
    let path = path_of(desk, file);
    let then = SystemTime::now() - Duration::from_secs(9 * 24 * 60 * 60);
    let file = std::fs::File::options().append(true).open(path).unwrap();
    file.set_modified(then).unwrap();
}

fn path_of(desk: &Desk, file: &UploadedFile) -> PathBuf {
    let name = file.hash.to_string();
    let (folder, rest) = name.split_at(2);
    desk.folder().join("media").join(folder).join(rest)
}

#[tokio::test]
async fn a_file_that_no_message_has_goes_after_a_week_and_one_that_was_taken_back_can_be_sent_again() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let number = NumberId::from("106540352242922");
    desk.ask(PauseSending { number }).await.unwrap();
    let (unsent, fresh) = (desk.upload(PHOTO).await.unwrap(), desk.upload(STICKER).await.unwrap());
    let when = When::At(twinbox_engine::now().plus_ms(3_600_000));
    let schedule = async |bytes: &[u8], name: &str| {
        let file = desk.upload(bytes).await.unwrap();
        let message = message(row.id, file.hash, name, "");
        let id = message.id;
        desk.ask(ScheduleMessage { message, when }).await.unwrap();
        (file, id)
    };
    let (planned, _) = schedule(FILM, "film.mp4").await;
    let (undone, undone_id) = schedule(VOICE, "voice.ogg").await;
    let cancelled = desk.upload(b"%PDF-1.4").await.unwrap();
    let quote = message(row.id, cancelled.hash, "Quote.pdf", "");
    let cancelled_id = quote.id;
    desk.ask(quote).await.unwrap();
    for file in [&unsent, &planned, &undone, &cancelled] {
        nine_days_pass(&desk, file);
    }
    desk.ask(UnscheduleMessage { id: undone_id }).await.unwrap();
    desk.ask(CancelMessage { id: cancelled_id }).await.unwrap();

    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    desk.until("the unsent one is gone", async |desk| {
        (!path_of(desk, &unsent).exists()).then_some(())
    })
    .await
    .unwrap();
    for file in [&fresh, &planned, &undone, &cancelled] {
        assert!(path_of(&desk, file).exists());
    }
    desk.ask(message(row.id, undone.hash, "voice.ogg", "")).await.unwrap();
    desk.ask(ErasePerson { conversation: row.id }).await.unwrap();
    desk.until("what was planned or sent to an erased person is gone", async |desk| {
        let left = [&planned, &undone].into_iter().any(|file| path_of(desk, file).exists());
        (!left).then_some(())
    })
    .await
    .unwrap();
}

/// A picture that was queued and uploaded at `uploaded_at` by an engine that is no more.
async fn left_by_a_crash(
    uploaded_at: Millis,
    media_id: impl AsyncFnOnce(&Simulator) -> String,
) -> (Desk, ConversationId, OutboxId) {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let uploaded = desk.upload(PHOTO).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let media_id = media_id(&meta).await;
    let file = OutgoingFile::check(PHOTO, &[], uploaded.size_bytes, "photo.jpg", false).unwrap();
    let id = new_id();
    let store = Store::open(folder.path()).unwrap();
    let payload = Payload::File(file.content(uploaded.hash, "photo.jpg", String::new()));
    let item = NewItem {
        file: Some(NewFile {
            file: KeptFile {
                hash: uploaded.hash,
                size_bytes: uploaded.size_bytes,
            },
            pixels: Some((8, 8)),
        }),
        ..mayas(id, row.id, payload, row.last_at)
    };
    store.enqueue(item).await.unwrap();
    let done = UploadEnd::Done {
        media_id,
        at: uploaded_at,
    };
    store.finish_upload(id, done, uploaded_at).await.unwrap();
    drop(store);
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    (desk, row.id, id)
}

#[tokio::test]
async fn a_crash_between_upload_and_send_uploads_once_and_sends_once() {
    let now = twinbox_engine::now();
    let (desk, conversation, id) = left_by_a_crash(now, async |meta| {
        let file = reqwest::Client::new()
            .post(format!("{}/v25.0/106540352242922/media", meta.graph_url()))
            .bearer_auth("access-token")
            .header("Content-Type", "multipart/form-data; boundary=x");
        let mut body = b"--x\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
            --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: image/jpeg\r\n\r\n"
            .to_vec();
        body.extend(PHOTO);
        body.extend(b"\r\n--x--\r\n");
        let answer: Value = file.body(body).send().await.unwrap().json().await.unwrap();
        answer["id"].as_str().unwrap().to_owned()
    })
    .await;
    desk.until_delivery(conversation, id, "read", is_read).await.unwrap();
    assert_eq!((desk.meta.uploads(), accepted(&desk)), (1, 1));
    let got = got(&desk.meta).await;
    assert_eq!(bytes_of(&desk.meta, &got[0]).await, PHOTO);
}

#[tokio::test]
async fn what_meta_does_not_keep_any_more_is_uploaded_anew() {
    let long_ago = twinbox_engine::now().plus_ms(-30 * 24 * 60 * 60 * 1000);
    let (desk, conversation, id) = left_by_a_crash(long_ago, async |_| "1003383421387256".to_owned()).await;
    desk.until_delivery(conversation, id, "read", is_read).await.unwrap();
    assert_eq!(
        (desk.meta.uploads(), desk.meta.ledger().len()),
        (1, 1),
        "nothing was refused on the way"
    );
    let content = desk.thread(conversation).await.pop().unwrap().content;
    assert!(matches!(content, Content::Image(_)));
}
