//! What the store promises about files that go out, with time as an argument.

use crate::rows::connected;
use twinbox_domain::{
    Content, ContentHash, ConversationId, Direction, Fact, FileKind, MessageFact, Millis, NumberId, Origin, OutboxId,
    OutgoingFile, Payload, PersonIds, Telling, Wamid,
};
use twinbox_store::{
    ConversationList, Finish, Hold, JournalLane, KeptFile, MessageFile, NewFile, NewItem, NextDue, Store, UploadEnd,
    WantedUpload,
};
use twinbox_tests::desk::{mayas, new_id};

const NUMBER: &str = "106540352242922";
const PHONE: &str = "16505551234";
const OTHER_PHONE: &str = "351912000047";

/// A store with the conversations of alice and bob.
async fn store(folder: &std::path::Path) -> (Store, ConversationId, ConversationId) {
    let store = Store::open(folder).unwrap();
    for (wamid, phone) in [("wamid.1", PHONE), ("wamid.2", OTHER_PHONE)] {
        let fact = Fact::Message(MessageFact {
            number: NumberId::from(NUMBER),
            wamid: Wamid::from(wamid),
            person: PersonIds {
                phone: Some(phone.to_owned()),
                ..PersonIds::default()
            },
            direction: Direction::In,
            origin: Origin::Customer,
            telling: Telling::Live,
            at: Millis(1000),
            content: Content::Text { body: "hi".to_owned() },
            reply_to: None,
            status: None,
        });
        let id = store
            .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
            .await
            .unwrap();
        store.apply(id, vec![fact]).await.unwrap();
    }
    let all = store.conversations(ConversationList::All, None, 10).await.unwrap();
    let of = |phone| all.iter().find(|row| row.person.phone == phone).unwrap().id;
    let (alice, bob) = (of(PHONE), of(OTHER_PHONE));
    (store, alice, bob)
}

async fn enqueue(store: &Store, conversation: ConversationId, with_file: bool) -> OutboxId {
    let id = new_id();
    let file = KeptFile {
        hash: ContentHash([7; 32]),
        size_bytes: 5,
    };
    let photo = OutgoingFile {
        kind: FileKind::Image,
        mime_type: "image/png",
    };
    let payload = if with_file {
        Payload::File(photo.content(file.hash, "", String::new()))
    } else {
        Payload::text("hi".to_owned())
    };
    let item = NewItem {
        file: with_file.then_some(NewFile { file, pixels: None }),
        ..mayas(id, conversation, payload, Millis(2000))
    };
    store.enqueue(item).await.unwrap();
    id
}

async fn due(store: &Store, at: i64) -> Option<OutboxId> {
    match store.next_due(NumberId::from(NUMBER), Millis(at)).await.unwrap() {
        NextDue::Now(due) => Some(due.id),
        NextDue::NotBefore(_) | NextDue::Nothing => None,
    }
}

async fn wanted(store: &Store, at: i64) -> Vec<WantedUpload> {
    let numbers = vec![NumberId::from(NUMBER)];
    store.wanted_uploads(numbers, Millis(at), 10).await.unwrap()
}

fn ids(wanted: &[WantedUpload]) -> Vec<OutboxId> {
    wanted.iter().map(|wanted| wanted.id).collect()
}

fn done() -> UploadEnd {
    UploadEnd::Done {
        media_id: "1037".to_owned(),
        at: Millis(5),
    }
}

#[tokio::test]
async fn an_item_is_passed_over_with_those_behind_it_until_its_file_is_uploaded() {
    let folder = tempfile::tempdir().unwrap();
    let (store, alice, bob) = store(folder.path()).await;
    let photo = enqueue(&store, alice, true).await;
    let behind = enqueue(&store, alice, false).await;
    let other = enqueue(&store, bob, false).await;
    assert_eq!(due(&store, 10).await, Some(other));
    store.finish_upload(photo, done(), Millis(5)).await.unwrap();
    assert_eq!(due(&store, 10).await, Some(photo));
    assert_eq!(ids(&wanted(&store, 10).await), []);
    store.begin_attempt(photo, Millis(10)).await.unwrap();
    let accepted = Finish::Accepted(Wamid::from("wamid.9"));
    store.finish_attempt(photo, accepted, Millis(10)).await.unwrap();
    // Bob has waited longer.
    assert_eq!(due(&store, 10).await, Some(other));
    store.cancel(other, Millis(10)).await.unwrap();
    assert_eq!(due(&store, 10).await, Some(behind));
}

#[tokio::test]
async fn files_of_one_conversation_are_uploaded_one_after_the_other_and_of_several_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (store, alice, bob) = store(folder.path()).await;
    let first = enqueue(&store, alice, true).await;
    let second = enqueue(&store, alice, true).await;
    let other = enqueue(&store, bob, true).await;
    assert_eq!(ids(&wanted(&store, 10).await), [first, other]);
    store.finish_upload(first, done(), Millis(5)).await.unwrap();
    // Long before the first one is sent.
    assert_eq!(ids(&wanted(&store, 10).await), [second, other]);
}

#[tokio::test]
async fn what_is_sent_again_after_the_number_was_connected_anew_is_uploaded_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (store, alice, _) = store(folder.path()).await;
    let photo = enqueue(&store, alice, true).await;
    store.finish_upload(photo, done(), Millis(5)).await.unwrap();
    store.begin_attempt(photo, Millis(10)).await.unwrap();
    store.finish_attempt(photo, Finish::Unknown, Millis(10)).await.unwrap();
    let (number, connection) = connected(NUMBER, "another account");
    store.connect_number(number, connection).await.unwrap();
    assert!(store.settle_unknown(photo, false, Millis(20)).await.unwrap());
    assert_eq!(
        due(&store, 20).await,
        None,
        "what the first account has of it is not sent"
    );
    assert_eq!(ids(&wanted(&store, 20).await), [photo]);
}

#[tokio::test]
async fn an_upload_that_failed_waits_for_its_time_and_one_that_was_refused_for_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (store, alice, _) = store(folder.path()).await;
    let photo = enqueue(&store, alice, true).await;
    let retry = UploadEnd::Retry {
        at: Millis(500),
        code: None,
        reason: "Away".to_owned(),
    };
    store.finish_upload(photo, retry, Millis(10)).await.unwrap();
    assert_eq!(ids(&wanted(&store, 499).await), []);
    assert_eq!(store.next_upload_at(Millis(10)).await.unwrap(), Some(Millis(500)));
    let again = wanted(&store, 500).await;
    assert_eq!((ids(&again), again[0].attempts), (vec![photo], 1));
    // A clock that was set back a month leaves nothing waiting for a month.
    assert_eq!(ids(&wanted(&store, -30 * 24 * 60 * 60 * 1000).await), [photo]);

    let refused = UploadEnd::Refused {
        code: Some(131_053),
        reason: "No".to_owned(),
    };
    store.finish_upload(photo, refused, Millis(600)).await.unwrap();
    assert_eq!(ids(&wanted(&store, 1000).await), []);
    store.retry(photo, Millis(700)).await.unwrap();
    let again = wanted(&store, 700).await;
    assert_eq!((ids(&again), again[0].attempts), (vec![photo], 0));
}

#[tokio::test]
async fn a_message_that_somebody_paused_while_its_file_was_uploaded_stays_paused() {
    let folder = tempfile::tempdir().unwrap();
    let (store, alice, _) = store(folder.path()).await;
    let photo = enqueue(&store, alice, true).await;
    let hold = Hold {
        author: "Maya".to_owned(),
        at: Millis(3),
    };
    assert!(store.hold_item(photo, hold).await.unwrap());
    let retry = UploadEnd::Retry {
        at: Millis(5),
        code: None,
        reason: "Away".to_owned(),
    };
    for end in [retry, done()] {
        store.finish_upload(photo, end, Millis(5)).await.unwrap();
        assert_eq!(due(&store, 10).await, None);
        assert!(!store.begin_attempt(photo, Millis(10)).await.unwrap());
    }
    assert!(store.release_item(photo).await.unwrap());
    assert_eq!(due(&store, 10).await, Some(photo));
}

#[tokio::test]
async fn a_message_shows_its_file_before_and_after_it_has_its_wamid_and_none_when_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (store, alice, _) = store(folder.path()).await;
    let photo = enqueue(&store, alice, true).await;
    let file = async || store.message_of(photo).await.unwrap().and_then(|message| message.file);
    assert!(matches!(file().await, Some(MessageFile::Here { .. })));
    store.finish_upload(photo, done(), Millis(5)).await.unwrap();
    store.begin_attempt(photo, Millis(10)).await.unwrap();
    let accepted = Finish::Accepted(Wamid::from("wamid.9"));
    store.finish_attempt(photo, accepted, Millis(10)).await.unwrap();
    assert!(matches!(file().await, Some(MessageFile::Here { .. })));

    let unwanted = enqueue(&store, alice, true).await;
    assert!(store.cancel(unwanted, Millis(20)).await.unwrap());
    assert_eq!(ids(&wanted(&store, 20).await), []);
    // An upload that ends later brings nothing back.
    store.finish_upload(unwanted, done(), Millis(30)).await.unwrap();
    assert_eq!(due(&store, 30).await, None);
    assert!(store.message_of(unwanted).await.unwrap().is_none());
}
