//! Payloads that others wrote, through a running `twinbox-server`: each is journaled and none stops it.
//!
//! Runs when `TWINBOX_WEBHOOK_FIXTURES` names a folder with `*.json` files at any depth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]

use std::path::{Path, PathBuf};
use twinbox_domain::JournalId;
use twinbox_protocol::GetOverview;
use twinbox_store::Store;
use twinbox_tests::desk::{Desk, alice, sign};

#[tokio::test]
async fn every_payload_is_journaled_and_blocks_none_behind_it() {
    let Some(folder) = std::env::var_os("TWINBOX_WEBHOOK_FIXTURES") else {
        println!("skipped: TWINBOX_WEBHOOK_FIXTURES names no folder of payloads");
        return;
    };
    let mut files = Vec::new();
    json_files(Path::new(&folder), &mut files);
    assert!(!files.is_empty(), "no payloads in {}", folder.display());
    let desk = Desk::new().await.unwrap();
    for file in &files {
        let body = std::fs::read(file).unwrap();
        let signature = sign(&body);
        assert_eq!(
            desk.post_webhook(body, Some(&signature)).await.unwrap(),
            200,
            "{}",
            file.display()
        );
    }
    desk.hears_from(alice(), "after all of them").await.unwrap();
    let overview = desk.ask(GetOverview {}).await.unwrap();
    let people = desk.list().await.len();

    let (_, folder) = desk.stop().await.unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(
        store.pending_journal(JournalId(0), 10).await.unwrap().is_empty(),
        "every payload is applied or parked"
    );
    println!(
        "{} payloads journaled, {} conversations, {} parts not understood and kept",
        files.len(),
        people,
        overview.not_understood
    );
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") && !path.ends_with("INDEX.json") {
            found.push(path);
        }
    }
    found.sort();
}
