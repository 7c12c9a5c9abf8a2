//! What is shown of files before they are opened, and of messages that came late.

use crate::media::{get, kept, raw, receives, shown, until_file, until_here, upload};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;
use std::{io::Cursor, time::Duration};
use twinbox_domain::{MessageId, Millis};
use twinbox_protocol::{FileState, GetStorage, RetryMedia, SetStorageQuota, SoundView};
use twinbox_simulator::CustomerMessage;
use twinbox_tests::desk::{Desk, Setup, alice, bob};

fn large_picture() -> Vec<u8> {
    let picture = DynamicImage::from(RgbImage::from_fn(1600, 1000, |x, y| {
        Rgb([(x / 7) as u8, (y / 5) as u8, 90])
    }));
    let mut bytes = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    bytes
}

/// A PNG of a few bytes that claims 50,000 by 50,000 pixels.
fn bomb() -> Vec<u8> {
    let mut bytes = Vec::new();
    let small = DynamicImage::from(RgbImage::new(16, 16));
    small.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let crc = bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    });
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

async fn picture(desk: &Desk, bytes: &[u8]) -> MessageId {
    let id = upload(&desk.meta, "image/png", bytes).await;
    let image = raw("image", json!({"id": id, "mime_type": "image/png", "sha256": ""}));
    receives(desk, alice(), image).await.0.id
}

/// The bytes a bubble gets, with their type.
async fn shown_in_bubble(desk: &Desk, message: MessageId) -> (String, Vec<u8>) {
    let answer = get(desk, &format!("{message}?size=thumbnail"), None).await;
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (kind, answer.bytes().await.unwrap().to_vec())
}

async fn until_thumbnail(desk: &Desk) {
    desk.until("the thumbnail", async |desk| {
        kept(desk).iter().any(|path| path.ends_with(".thumb")).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_large_picture_has_a_thumbnail_beside_it_and_the_viewer_gets_all_of_it() {
    let desk = Desk::new().await.unwrap();
    let whole = large_picture();
    let message = picture(&desk, &whole).await;
    let (kind, small) = desk
        .until("the thumbnail", async |desk| {
            let (kind, bytes) = shown_in_bubble(desk, message).await;
            (bytes.len() < whole.len()).then_some((kind, bytes))
        })
        .await
        .unwrap();
    assert_eq!(kind, "image/jpeg");
    let small = image::load_from_memory(&small).unwrap();
    assert_eq!((small.width(), small.height()), (640, 400));
    assert_eq!(get(&desk, message, None).await.bytes().await.unwrap(), whole);
    let files = kept(&desk);
    let [file] = &files
        .iter()
        .filter(|path| !path.ends_with(".thumb"))
        .collect::<Vec<_>>()[..]
    else {
        panic!("{files:?}")
    };
    assert!(files.contains(&format!("{file}.thumb")), "{files:?}");
}

#[tokio::test]
async fn a_picture_kept_by_an_older_version_gets_its_thumbnail_at_the_next_start() {
    let desk = Desk::new().await.unwrap();
    let message = picture(&desk, &large_picture()).await;
    until_thumbnail(&desk).await;
    let (meta, folder) = desk.stop().await.unwrap();
    let store = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
    store
        .execute_batch("DELETE FROM preview; UPDATE media SET is_previewed = 0;")
        .unwrap();
    drop(store);
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    desk.until("the thumbnail", async |desk| {
        (shown_in_bubble(desk, message).await.0 == "image/jpeg").then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_picture_that_would_unfold_to_gigabytes_is_served_as_it_is_and_the_next_one_gets_its_thumbnail() {
    let desk = Desk::new().await.unwrap();
    let bomb = bomb();
    let message = picture(&desk, &bomb).await;
    picture(&desk, &large_picture()).await;
    until_thumbnail(&desk).await;
    assert_eq!(shown_in_bubble(&desk, message).await, ("image/png".to_owned(), bomb));
    assert_eq!(kept(&desk).iter().filter(|path| path.ends_with(".thumb")).count(), 1);
}

#[tokio::test]
async fn a_voice_note_tells_its_length_and_waveform_before_it_is_played() {
    let desk = Desk::new().await.unwrap();
    let wamid = desk.meta.customer_writes(bob(), raw("audio", json!({})));
    let (_, file) = until_file(&desk, &wamid, "its waveform", |state| {
        matches!(state, FileState::Here { sound: Some(_), .. })
    })
    .await;
    let FileState::Here {
        sound: Some(SoundView { duration_ms, levels }),
        ..
    } = file.state
    else {
        panic!()
    };
    assert!((1900..=2100).contains(&duration_ms), "{duration_ms}");
    assert_eq!(levels.len(), 46);
    assert_eq!(levels.iter().max(), Some(&255));
}

#[tokio::test]
async fn recordings_that_are_no_voice_notes_tell_their_length_too_whatever_their_sender_calls_them() {
    let desk = Desk::new().await.unwrap();
    let mp3 = include_bytes!("../../src-tauri/crates/engine/src/media/sound/samples/quiet_then_loud.mp3");
    let amr = [&b"#!AMR\n"[..], &[[0x3c; 32]; 100].concat()].concat();
    for (bytes, mime_type, levels) in [
        (&mp3[..], "audio/mpeg", 46),
        (&mp3[..], "audio/aac", 46),
        (&amr, "audio/amr", 0),
    ] {
        let id = upload(&desk.meta, mime_type, bytes).await;
        let audio = raw("audio", json!({"id": id, "mime_type": mime_type, "sha256": ""}));
        let wamid = desk.meta.customer_writes(bob(), audio);
        let (_, file) = until_file(&desk, &wamid, "its length", |state| {
            matches!(state, FileState::Here { sound: Some(_), .. })
        })
        .await;
        let FileState::Here { sound: Some(sound), .. } = file.state else {
            panic!()
        };
        assert!((1950..=2400).contains(&sound.duration_ms), "{}", sound.duration_ms);
        assert_eq!(sound.levels.len(), levels);
    }
}

#[tokio::test]
async fn a_message_that_came_late_says_so_and_stands_where_it_was_written() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hello").await.unwrap();
    let ago = Duration::from_secs(20 * 60);
    let text = CustomerMessage::Text("sent from a tunnel".to_owned());
    let wamid = desk.meta.customer_wrote(alice(), text, ago);
    desk.until_shown(&wamid).await.unwrap();
    let thread = desk.thread(row.id).await;
    let [late, hello] = &thread[..] else {
        panic!("{}", thread.len())
    };
    assert_eq!(late.wamid.as_ref().unwrap().as_str(), wamid);
    let arrived_at: Millis = late.arrived_late_at.unwrap();
    assert!(arrived_at.ms_since(late.at) >= 20 * 60 * 1000);
    assert_eq!(hello.arrived_late_at, None);
}

const LONG_AGO: Duration = Duration::from_secs(40 * 24 * 60 * 60);

fn photo() -> CustomerMessage {
    CustomerMessage::Image { caption: String::new() }
}

/// How far the file of a message is.
async fn file_of(desk: &Desk, wamid: &str) -> FileState {
    shown(desk, wamid).await.unwrap().file.unwrap().state
}

async fn until_removed(desk: &Desk, wamid: &str) -> MessageId {
    let (message, file) = until_file(desk, wamid, "the removal", |state| {
        matches!(state, FileState::Removed { .. })
    })
    .await;
    assert_eq!(file.state, FileState::Removed { can_fetch: true }, "Meta still has it");
    message.id
}

#[tokio::test]
async fn over_its_quota_the_file_that_was_fetched_first_goes_and_can_be_fetched_again() {
    let desk = Desk::new().await.unwrap();
    let first = desk.meta.customer_wrote(alice(), photo(), LONG_AGO);
    until_here(&desk, &first).await;
    let second = desk.meta.customer_wrote(bob(), photo(), LONG_AGO);
    until_here(&desk, &second).await;
    let before = desk.ask(GetStorage {}).await.unwrap();
    assert_eq!(before.quota_bytes, None, "no limit unless someone sets one");

    let bytes = Some(before.used_bytes - 1);
    desk.ask(SetStorageQuota { bytes }).await.unwrap();
    let message = until_removed(&desk, &first).await;
    assert!(matches!(file_of(&desk, &second).await, FileState::Here { .. }));
    desk.until("it is gone from the disk", async |desk| {
        (kept(desk).len() == 1).then_some(())
    })
    .await
    .unwrap();
    assert!(desk.ask(GetStorage {}).await.unwrap().used_bytes < before.used_bytes);
    assert_eq!(get(&desk, message, None).await.status(), 404);

    desk.ask(SetStorageQuota { bytes: None }).await.unwrap();
    desk.ask(RetryMedia { message }).await.unwrap();
    until_here(&desk, &first).await;
    assert_eq!(desk.ask(GetStorage {}).await.unwrap().used_bytes, before.used_bytes);
}

#[tokio::test]
async fn a_file_that_a_young_message_shows_too_survives_any_quota() {
    let desk = Desk::new().await.unwrap();
    let id = upload(&desk.meta, "image/png", "the same").await;
    let image = raw("image", json!({"id": id, "mime_type": "image/png", "sha256": ""}));
    let old = desk.meta.customer_wrote(alice(), image.clone(), LONG_AGO);
    until_here(&desk, &old).await;
    let young = desk.meta.customer_writes(bob(), image);
    until_here(&desk, &young).await;
    let alone = desk.meta.customer_wrote(alice(), photo(), LONG_AGO);
    until_here(&desk, &alone).await;

    desk.ask(SetStorageQuota { bytes: Some(1) }).await.unwrap();
    until_removed(&desk, &alone).await;
    for wamid in [&old, &young] {
        let message = shown(&desk, wamid).await.unwrap().id;
        assert_eq!(get(&desk, message, None).await.bytes().await.unwrap(), "the same");
    }
    assert!(
        desk.ask(SetStorageQuota { bytes: Some(0) }).await.is_err(),
        "no room is no quota"
    );
}

#[tokio::test]
async fn the_file_of_a_deleted_message_leaves_the_disk_unless_another_message_shows_it() {
    let desk = Desk::new().await.unwrap();
    let id = upload(&desk.meta, "image/png", "the same").await;
    let image = raw("image", json!({"id": id, "mime_type": "image/png", "sha256": ""}));
    let shared = desk.meta.customer_writes(alice(), image.clone());
    until_here(&desk, &shared).await;
    let other = desk.meta.customer_writes(bob(), image);
    until_here(&desk, &other).await;
    let alone = desk.meta.customer_writes(alice(), photo());
    until_here(&desk, &alone).await;

    for wamid in [&shared, &alone] {
        desk.meta.customer_deletes(wamid).unwrap();
    }
    desk.until("it leaves the disk", async |desk| (kept(desk).len() == 1).then_some(()))
        .await
        .unwrap();
    let message = shown(&desk, &other).await.unwrap().id;
    assert_eq!(get(&desk, message, None).await.bytes().await.unwrap(), "the same");
}
