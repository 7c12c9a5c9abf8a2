#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::{config::Config, number_state::HistorySharing, wire};
use std::collections::HashSet;

fn history(chats: u32, messages_each: u32, chunk_messages: u32) -> History {
    let mut number = NumberState::default();
    number.onboard(1_790_000_000, HistorySharing::Shared);
    number.history = HistorySize {
        chats,
        messages_each,
        chunk_messages,
    };
    number.history.check().unwrap();
    History::of(&Config::for_tests(""), &number)
}

fn messages(told: &Told) -> Vec<Value> {
    let threads = told.chunk["history"][0]["threads"].as_array().unwrap();
    threads
        .iter()
        .flat_map(|thread| thread["messages"].as_array().unwrap().clone())
        .collect()
}

#[test]
fn progress_grows_in_the_order_told_and_only_the_last_chunk_has_100() {
    let chunks = history(50, 400, 500).chunks();
    let progress: Vec<u64> = chunks.iter().map(|chunk| chunk.progress).collect();
    assert!(progress.is_sorted(), "{progress:?}");
    assert_eq!(progress.iter().filter(|progress| **progress == 100).count(), 1);
    assert_eq!(progress.last(), Some(&100));
    let orders: Vec<u64> = chunks
        .iter()
        .filter(|chunk| chunk.phase == 1)
        .map(|chunk| chunk.order)
        .collect();
    assert!(!orders.is_sorted(), "chunks of a phase come out of order: {orders:?}");
}

#[test]
fn a_chunk_of_the_most_messages_has_just_under_3_mb() {
    for (chats, messages_each) in [(1, 42_000), (4, 10_500), (8, 5_250), (100, 420), (100_000, 1)] {
        let history = history(chats, messages_each, 7_000);
        let largest = history.chunks().into_iter().max_by_key(|chunk| chunk.end - chunk.first);
        let size = wire::escaped(&history.tell(largest.unwrap()).chunk).len();
        assert!((1_900_000..2_990_000).contains(&size), "{chats} chats: {size}");
    }
}

#[test]
fn every_type_and_every_status_is_in_a_past() {
    let history = history(20, 200, 1_000);
    let (mut types, mut statuses, mut ids) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut quoted = 0;
    for told in history.chunks().into_iter().map(|chunk| history.tell(chunk)) {
        for message in messages(&told) {
            types.insert(message["type"].as_str().unwrap().to_owned());
            statuses.insert(message["history_context"]["status"].as_str().unwrap().to_owned());
            assert!(ids.insert(message["id"].to_string()), "an id comes once");
            quoted += usize::from(message["context"]["id"].is_string());
            assert!(message[message["type"].as_str().unwrap()].is_null() == (message["type"] == "media_placeholder"));
        }
    }
    let expected_types = [
        "text",
        "image",
        "audio",
        "video",
        "document",
        "sticker",
        "location",
        "contacts",
        "reaction",
        "edit",
        "revoke",
        "media_placeholder",
    ];
    assert_eq!(types, expected_types.map(str::to_owned).into());
    let expected_statuses = ["SENT", "DELIVERED", "READ", "PLAYED", "ERROR", "PENDING"];
    assert_eq!(statuses, expected_statuses.map(str::to_owned).into());
    assert!(quoted > 0);
}

#[test]
fn what_is_about_a_message_names_one_of_the_same_chat_and_writer() {
    let history = history(20, 200, 1_000);
    let mut writers = HashMap::new();
    let all: Vec<Value> = history
        .chunks()
        .into_iter()
        .flat_map(|chunk| messages(&history.tell(chunk)))
        .collect();
    let writer = |message: &Value| message["from_user_id"].as_str().map(str::to_owned);
    for message in &all {
        writers.insert(message["id"].as_str().unwrap(), writer(message));
    }
    let (mut own, mut others) = (0, 0);
    for message in &all {
        for (kind, key) in [
            ("edit", "original_message_id"),
            ("revoke", "original_message_id"),
            ("reaction", "message_id"),
        ] {
            if let Some(id) = message[kind][key].as_str() {
                let is_own = writers[id] == writer(message);
                assert_eq!(is_own, kind != "reaction");
                own += usize::from(is_own);
                others += usize::from(!is_own);
            }
        }
    }
    assert!(own > 20 && others > 20);
}

#[test]
fn a_thread_without_a_number_has_none_in_its_messages_either() {
    let history = history(20, 20, 1_000);
    let told: Vec<Told> = history.chunks().into_iter().map(|chunk| history.tell(chunk)).collect();
    let threads = told
        .iter()
        .flat_map(|told| told.chunk["history"][0]["threads"].as_array().unwrap());
    let mut without = 0;
    for thread in threads {
        assert!(thread["context"]["user_id"].is_string());
        assert_eq!(thread["id"], thread["context"]["wa_id"]);
        if thread["id"].is_null() {
            without += 1;
            assert!(thread["context"]["username"].is_string());
            for message in thread["messages"].as_array().unwrap() {
                let other = if message["from"] == "15550783881" { "to" } else { "from" };
                assert!(message[other].is_null(), "{message}");
            }
        }
    }
    assert!(without > 0);
}

#[test]
fn young_media_follow_before_or_after_their_placeholder_with_a_hex_hash_and_no_address() {
    let history = history(20, 200, 1_000);
    let (mut before, mut after) = (0, 0);
    for told in history.chunks().into_iter().map(|chunk| history.tell(chunk)) {
        let messages = messages(&told);
        let placeholders = messages.iter().filter(|message| message["type"] == "media_placeholder");
        let placeholders: HashSet<String> = placeholders.map(|message| message["id"].to_string()).collect();
        before += told.before.len();
        after += told.after.len();
        for follow_up in told.before.iter().chain(&told.after) {
            let items = follow_up["messages"]
                .as_array()
                .or(follow_up["message_echoes"].as_array());
            let item = &items.unwrap()[0];
            let body = &item[item["type"].as_str().unwrap()];
            assert!(placeholders.contains(&item["id"].to_string()));
            assert_eq!(
                (body["sha256"].as_str().unwrap().len(), body["url"].is_null()),
                (64, true)
            );
            assert!(history.medium(body["id"].as_str().unwrap()).is_some());
            let at: u64 = item["timestamp"].as_str().unwrap().parse().unwrap();
            assert!(at + 14 * DAY > history.onboarded_at);
        }
    }
    assert!(before > 5 && after > 5, "{before} {after}");
    assert_eq!(history.medium("1000000000000017"), None);
}

#[test]
fn the_same_seed_and_size_tell_the_same_and_others_do_not() {
    let tell = |history: &History| history.tell(history.chunks()[0]).chunk;
    assert_eq!(tell(&history(5, 40, 100)), tell(&history(5, 40, 100)));
    assert_ne!(tell(&history(5, 40, 100)), tell(&history(5, 41, 100)));
}

#[test]
fn what_cannot_be_told_is_refused_whatever_the_numbers() {
    let check = |chats, messages_each, chunk_messages| {
        HistorySize {
            chats,
            messages_each,
            chunk_messages,
        }
        .check()
    };
    assert!(check(1_000_000, 20, 7_000).is_ok());
    for (chats, messages_each, chunk) in [
        (u32::MAX, u32::MAX, 2_000),
        (1_000_001, 1, 2_000),
        (1_000_000, 21, 2_000),
        (5, 40, 0),
        (5, 40, 7_001),
        (1_000, 1_000, 1),
    ] {
        assert!(
            check(chats, messages_each, chunk).is_err(),
            "{chats} {messages_each} {chunk}"
        );
    }
}
