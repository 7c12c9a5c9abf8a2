//! A disk without room: nothing that was acknowledged is lost (P24), and everything goes on once there is room again.

use crate::media::{raw, until_file, until_here, upload};
use serde_json::{Value, json};
use twinbox_domain::{JournalId, Millis, Wamid};
use twinbox_protocol::{ErrorCode, FileState};
use twinbox_server::Host;
use twinbox_simulator::{Config, Simulator};
use twinbox_store::{JournalLane, Store, StoreError};
use twinbox_tests::desk::{Desk, Setup, alice, settings, sign};

/// Enough for some webhooks, and not for all of them.
const PAGES: u32 = 60;

async fn desk_on_small_disk() -> (Desk, Store) {
    let meta = Simulator::start(Config::for_tests("")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let host = Host::start_on(store.clone(), settings(&meta, folder.path(), Setup::default()));
    let host = host.await.unwrap();
    (Desk::on(meta, folder, host), store)
}

fn webhook(n: usize) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
        "field": "messages", "value": {"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
        "messages": [{"from": "16505551234", "id": format!("wamid.full.{n}"), "timestamp": "1749416383", "type": "text",
            "text": {"body": "no room ".repeat(500)}}]}}]}]})
}

async fn post(desk: &Desk, n: usize) -> u16 {
    let body = webhook(n).to_string().into_bytes();
    let signature = sign(&body);
    desk.post_webhook(body, Some(&signature)).await.unwrap()
}

async fn shown(desk: &Desk) -> Vec<Wamid> {
    let mut shown = Vec::new();
    for row in desk.list().await {
        shown.extend(
            desk.thread(row.id)
                .await
                .into_iter()
                .filter_map(|message| message.wamid),
        );
    }
    shown
}

async fn until_shown(desk: &Desk, numbers: impl Iterator<Item = usize>) {
    let wanted: Vec<Wamid> = numbers.map(|n| Wamid(format!("wamid.full.{n}"))).collect();
    desk.until("what was acknowledged", async |desk| {
        let shown = shown(desk).await;
        wanted.iter().all(|wamid| shown.contains(wamid)).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn on_a_full_disk_webhooks_are_refused_what_was_acknowledged_stays_and_all_goes_on_with_room_again() {
    let (desk, store) = desk_on_small_disk().await;
    let row = desk.hears_from(alice(), "hello").await.unwrap();
    store.leave_room_for(Some(PAGES)).await.unwrap();

    let mut answers = Vec::new();
    for n in 0..100 {
        answers.push(post(&desk, n).await);
    }
    assert!(answers.iter().all(|status| matches!(status, 200 | 503)), "{answers:?}");
    assert!(answers.contains(&200) && answers.ends_with(&[503; 20]), "{answers:?}");

    let refused = desk.send(row.id, &"long ".repeat(800)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Internal);
    assert!(refused.message.starts_with("The disk is full"), "{}", refused.message);
    assert!(desk.host().engine().is_healthy(), "a restart would not help");
    assert!(!desk.list().await.is_empty(), "what is there can be read");

    store.leave_room_for(None).await.unwrap();
    let accepted = (0..100).filter(|n| answers[*n] == 200);
    until_shown(&desk, accepted).await;
    for n in (0..100).filter(|n| answers[*n] != 200) {
        assert_eq!(post(&desk, n).await, 200, "Meta repeats it");
    }
    until_shown(&desk, 0..100).await;
    let sent = desk.send(row.id, "sorry, our disk was full").await.unwrap();
    desk.until_taken(row.id, sent).await.unwrap();
}

#[tokio::test]
async fn a_media_folder_that_cannot_be_written_says_so_and_the_file_comes_once_it_can() {
    let desk = Desk::new().await.unwrap();
    let incoming = desk.folder().join("media/incoming");
    // Nobody can write below a file, whatever their rights.
    std::fs::remove_dir(&incoming).unwrap();
    std::fs::write(&incoming, "").unwrap();
    let id = upload(&desk.meta, "image/png", "a picture").await;
    let image = raw("image", json!({"id": id, "mime_type": "image/png", "sha256": ""}));
    let wamid = desk.meta.customer_writes(alice(), image);
    let (_, file) = until_file(&desk, &wamid, "a reason", |state| {
        matches!(state, FileState::Failed { can_retry: true, .. })
    })
    .await;
    assert!(
        format!("{:?}", file.state).contains("cannot write the file"),
        "{:?}",
        file.state
    );

    std::fs::remove_file(&incoming).unwrap();
    std::fs::create_dir(&incoming).unwrap();
    until_here(&desk, &wamid).await;
}

#[tokio::test]
async fn of_many_writes_at_once_on_a_full_disk_those_are_kept_that_were_answered_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.leave_room_for(Some(PAGES)).await.unwrap();
    let bodies: Vec<Vec<u8>> = (0..300_u32).map(|n| vec![b'x'; n as usize * 37 % 9000 + 1]).collect();
    let append = |body: &Vec<u8>| store.append_to_journal(JournalLane::Live, body.clone(), Millis(0));
    // One by itself: those that are written together may all find the disk full.
    let mut answers = vec![append(&bodies[0]).await];
    answers.extend(futures_util::future::join_all(bodies[1..].iter().map(append)).await);
    let mut kept: Vec<JournalId> = answers
        .iter()
        .filter_map(|answer| answer.as_ref().ok().copied())
        .collect();
    assert!(
        !kept.is_empty() && kept.len() < bodies.len(),
        "{} of {}",
        kept.len(),
        bodies.len()
    );
    assert!(
        answers
            .iter()
            .filter_map(|answer| answer.as_ref().err())
            .any(StoreError::is_disk_full)
    );

    let pending = store
        .pending_journal(JournalLane::Live, JournalId(0), 1000)
        .await
        .unwrap();
    kept.sort();
    assert_eq!(pending.iter().map(|entry| entry.id).collect::<Vec<_>>(), kept);
    store.leave_room_for(None).await.unwrap();
    append(&bodies[299]).await.unwrap();
    assert_eq!(store.journal_len().await.unwrap(), kept.len() as u64 + 1);
}
