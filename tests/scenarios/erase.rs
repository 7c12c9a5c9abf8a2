//! A person asked for it: nothing of theirs is kept.

use crate::rows::connected;
use twinbox_domain::{
    Content, DeletionFact, Direction, EditFact, Fact, HandoverFact, IdsChangedFact, JournalId, Media, MessageFact,
    Millis, NumberId, Origin, Payload, PersonIds, PreferenceFact, Pricing, ReactionFact, Status, StatusFact, Telling,
    ThreadOwner, Wamid,
};
use twinbox_protocol::{
    Delivery, ErasePerson, ErrorCode, GetConversation, MessageView, Search, SearchFilters, SendMessage, ToSend,
};
use twinbox_store::{ConversationList, Erased, FetchEnd, JournalLane, NumberConnection, Store};
use twinbox_tests::desk::{Desk, alice, bob, mayas, new_id};

const NUMBER: &str = "106540352242922";
const ALICE: &str = "16505551234";
const BOB: &str = "351912000047";

fn said(phone: &str, wamid: &str, second: i64, telling: Telling) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        person: PersonIds {
            phone: Some(phone.to_owned()),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: Origin::Customer,
        telling,
        at: Millis(second * 1000),
        content: Content::Text {
            body: "oak bench".to_owned(),
        },
        reply_to: None,
        status: None,
    })
}

async fn apply(store: &Store, body: &[u8], facts: Vec<Fact>) {
    let id = store
        .append_to_journal(JournalLane::Live, body.to_vec(), Millis(0))
        .await
        .unwrap();
    store.apply(id, facts).await.unwrap();
}

/// Erases the one person there is; their raw webhooks are left.
async fn erase_alice(store: &Store) {
    let rows = store.conversations(ConversationList::All, None, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].person.phone, ALICE);
    let erased = store.erase_person(rows[0].id, Millis(20_000)).await.unwrap();
    assert!(matches!(erased, Erased::Done { .. }), "{erased:?}");
}

/// How long the body of each raw webhook is.
fn bodies(folder: &std::path::Path) -> Vec<i64> {
    let database = rusqlite::Connection::open(folder.join("twinbox.db")).unwrap();
    let mut statement = database
        .prepare("SELECT length(body) FROM journal ORDER BY id")
        .unwrap();
    let lengths = statement.query_map([], |row| row.get(0)).unwrap();
    lengths.collect::<Result<_, _>>().unwrap()
}

fn oak() -> Search {
    Search {
        text: "oak".to_owned(),
        filters: SearchFilters::default(),
        before: None,
        limit: 10,
    }
}

#[tokio::test]
async fn a_person_who_is_erased_is_gone_from_the_list_the_search_and_the_disk() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let alices = desk.hears_from(alice(), "Is the oak bench in stock?").await?.id;
    desk.hears_from(bob(), "Oak, please.").await?;
    desk.ask(SendMessage {
        id: new_id(),
        conversation: alices,
        message: ToSend::text("The oak bench is here."),
        reply_to: None,
    })
    .await?;
    // The last that webhooks tell of it.
    desk.until("the reply was read", async |desk| {
        let thread = desk.thread(alices).await;
        let is_read =
            |message: &MessageView| matches!(message.delivery, Some(Delivery::Known { status: Status::Read }));
        thread.iter().any(is_read).then_some(())
    })
    .await?;
    assert_eq!(desk.ask(oak()).await?.messages.items.len(), 3);

    desk.ask(ErasePerson { conversation: alices }).await?;
    let names: Vec<_> = desk.list().await.into_iter().map(|row| row.person.name).collect();
    assert_eq!(names, ["Bob Borges"]);
    let gone = desk.ask(GetConversation { conversation: alices }).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
    let left = desk.ask(oak()).await?;
    assert!(left.chats.is_empty() && left.messages.items.len() == 1, "{left:?}");
    let again = desk.ask(ErasePerson { conversation: alices }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound);

    // Nor, soon after, in the raw webhooks: a copy holds what is there, without the room that is free.
    let database = rusqlite::Connection::open(desk.folder().join("twinbox.db"))?;
    desk.until("the raw webhooks to be forgotten", async |_| {
        let left = "SELECT 1 FROM erasure UNION ALL SELECT 1 FROM doomed";
        let is_done = !database.prepare(left).ok()?.exists([]).ok()?;
        is_done.then_some(())
    })
    .await?;
    drop(database);
    let (_, folder) = desk.stop().await?;
    let copy = folder.path().join("copy.db");
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db"))?;
    database.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let bytes = std::fs::read(copy)?;
    for text in [
        "16505551234",
        "Alice Almeida",
        "The oak bench is here",
        "Is the oak bench",
    ] {
        assert!(
            !bytes.windows(text.len()).any(|window| window == text.as_bytes()),
            "{text}"
        );
    }
    Ok(())
}

/// The bytes of what is in the database, without the room that is free.
fn bytes_of(folder: &std::path::Path) -> Vec<u8> {
    let copy = folder.join("copy.db");
    let database = rusqlite::Connection::open(folder.join("twinbox.db")).unwrap();
    database.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    std::fs::remove_file(copy).unwrap();
    bytes
}

#[tokio::test]
async fn the_words_of_an_erased_person_leave_the_index_whatever_else_is_written_meanwhile() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let says = |phone: &str, n: i64, body: &str| {
        let Fact::Message(mut fact) = said(phone, &format!("wamid.{n}"), n, Telling::Live) else {
            panic!("a message")
        };
        fact.person.profile_name = if phone == ALICE { "Quetzalcoatl" } else { "Bob" }.to_owned();
        fact.content = Content::Text { body: body.to_owned() };
        vec![Fact::Message(fact)]
    };
    apply(&store, b"{}", says(ALICE, 1, "my xylophone")).await;
    for n in 2..100 {
        apply(&store, b"{}", says(BOB, n, &format!("oak bench number {n}"))).await;
    }
    let rows = store.conversations(ConversationList::All, None, 10).await?;
    let alices = rows.iter().find(|row| row.person.phone == ALICE).unwrap().id;
    // All in one piece, of which nothing would take them out.
    let mut is_first = true;
    while store.merge_index(50, is_first).await? {
        is_first = false;
    }
    assert_eq!(store.words_left(Millis(20_000)).await?, None);
    store.erase_person(alices, Millis(200_000)).await?;
    while store.forget_named().await? {}
    let holds = |word: &str| {
        bytes_of(folder.path())
            .windows(word.len())
            .any(|part| part == word.as_bytes())
    };
    assert!(holds("ylophone") && holds("uetzalcoatl"), "else this test is none");

    let mut left = store.words_left(Millis(200_000)).await?;
    let mut slices = 0;
    while let Some(words) = left {
        left = store.forget_words(words, 1, Millis(200_000)).await?;
        slices += 1;
        assert!(slices < 1000);
        // It ends although more is written all the time.
        apply(&store, b"{}", says(BOB, 100 + slices, "an elm bench")).await;
    }
    assert!(slices > 2, "not all at once");
    assert!(!holds("ylophone") && !holds("uetzalcoatl"));
    assert_eq!(store.words_left(Millis(200_000)).await?, None);
    let query = twinbox_domain::Query::parse("bench");
    let found = store
        .search_messages(query, twinbox_store::SearchFilters::default(), None, 1000)
        .await?;
    assert_eq!(i64::try_from(found.len())?, 98 + slices);
    Ok(())
}

#[tokio::test]
async fn how_far_anything_came_that_went_to_an_erased_person_goes_also_when_it_has_no_message() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    apply(&store, b"{}", vec![said(ALICE, "wamid.1", 10, Telling::Live)]).await;
    let alices = store.conversations(ConversationList::All, None, 10).await?.remove(0).id;
    let told = |wamid: &str, outbox, status, recipient: Option<&str>| {
        Fact::Status(StatusFact {
            number: NumberId::from(NUMBER),
            wamid: Wamid::from(wamid),
            outbox,
            status,
            at: Millis(15_000),
            error: None,
            pricing: recipient.map(|recipient| Pricing {
                category: "service".to_owned(),
                kind: "regular".to_owned(),
                is_billable: false,
                recipient: recipient.to_owned(),
            }),
            person: PersonIds::default(),
        })
    };
    let id = new_id();
    let emoji = Payload::Reaction {
        to: Wamid::from("wamid.1"),
        emoji: "👍".to_owned(),
    };
    store.enqueue(mayas(id, alices, emoji, Millis(14_000))).await?;
    let facts = vec![
        told("wamid.emoji", Some(id), Status::Sent, None),
        told("wamid.elsewhere", None, Status::Sent, Some(ALICE)),
        told("wamid.elsewhere", None, Status::Read, None),
        told("wamid.bobs", None, Status::Sent, Some(BOB)),
    ];
    apply(&store, b"{}", facts).await;
    erase_alice(&store).await;
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db"))?;
    let left: String = database.query_row("SELECT group_concat(wamid) FROM receipt", [], |row| row.get(0))?;
    assert_eq!(left, "wamid.bobs");
    Ok(())
}

#[tokio::test]
async fn the_history_does_not_bring_an_erased_person_back_but_a_new_message_does() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    apply(&store, b"{}", vec![said("16505551234", "wamid.1", 10, Telling::Live)]).await;
    let conversation = store.conversations(ConversationList::All, None, 10).await?.remove(0).id;
    assert_eq!(
        store.erase_person(conversation, Millis(20_000)).await?,
        Erased::Done { messages: 1 }
    );

    let told = vec![
        said("16505551234", "wamid.0", 5, Telling::History),
        said("16505551234", "wamid.1", 10, Telling::Live),
        said("351912000047", "wamid.2", 6, Telling::History),
    ];
    apply(&store, b"{}", told).await;
    let rows = store.conversations(ConversationList::All, None, 10).await?;
    let phones: Vec<_> = rows.iter().map(|row| row.person.phone.as_str()).collect();
    assert_eq!(phones, ["351912000047"]);

    apply(&store, b"{}", vec![said("16505551234", "wamid.3", 21, Telling::Live)]).await;
    assert_eq!(store.conversations(ConversationList::All, None, 10).await?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn what_an_erased_person_writes_later_is_taken_in_however_wrong_the_clock_was() -> anyhow::Result<()> {
    for clock in [1_000, 7_200_000] {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path())?;
        apply(&store, b"{}", vec![said(ALICE, "wamid.1", 10, Telling::Live)]).await;
        let conversation = store.conversations(ConversationList::All, None, 10).await?.remove(0).id;
        store.erase_person(conversation, Millis(clock)).await?;
        let of_before = vec![
            said(ALICE, "wamid.0", 5, Telling::History),
            said(ALICE, "wamid.1", 10, Telling::History),
            said(ALICE, "wamid.1", 10, Telling::Live),
        ];
        apply(&store, b"{}", of_before).await;
        assert_eq!(store.counts().await?.conversations, 0, "the clock said {clock}");
        apply(&store, b"{}", vec![said(ALICE, "wamid.2", 21, Telling::Live)]).await;
        assert_eq!(store.counts().await?.conversations, 1, "the clock said {clock}");
    }
    Ok(())
}

#[tokio::test]
async fn how_far_an_erased_message_came_brings_nobody_back_and_its_webhook_goes() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    apply(&store, b"{}", vec![said(ALICE, "wamid.1", 10, Telling::Live)]).await;
    erase_alice(&store).await;
    let read = |wamid: &str, outbox| {
        Fact::Status(StatusFact {
            number: NumberId::from(NUMBER),
            wamid: Wamid::from(wamid),
            outbox,
            status: Status::Read,
            at: Millis(90_000),
            error: None,
            pricing: Some(Pricing {
                category: "service".to_owned(),
                kind: "regular".to_owned(),
                is_billable: false,
                recipient: ALICE.to_owned(),
            }),
            person: PersonIds {
                phone: Some(ALICE.to_owned()),
                bsuid: Some("US.1".to_owned()),
                profile_name: "Alice Almeida".to_owned(),
                ..PersonIds::default()
            },
        })
    };
    apply(&store, b"Alice read it", vec![read("wamid.ours", Some(new_id()))]).await;
    while store.forget_named().await? {}
    let rows = |sql: &str| -> i64 {
        let database = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let kept = "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM alias) + (SELECT count(*) FROM receipt)";
    assert_eq!(rows(kept), 0);
    assert_eq!(bodies(folder.path()), [2, 0]);

    // What is sent once they have written again is another matter.
    apply(&store, b"{}", vec![said(ALICE, "wamid.2", 95, Telling::Live)]).await;
    let conversation = store.conversations(ConversationList::All, None, 10).await?.remove(0).id;
    let id = new_id();
    let item = mayas(
        id,
        conversation,
        Payload::text("Welcome back".to_owned()),
        Millis(96_000),
    );
    store.enqueue(item).await?;
    apply(&store, b"{}", vec![read("wamid.3", Some(id))]).await;
    assert_eq!(store.message_of(id).await?.unwrap().status, Some(Status::Read));
    Ok(())
}

#[tokio::test]
async fn a_file_that_was_under_way_when_its_person_was_erased_goes_as_well() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let Fact::Message(photo) = said(ALICE, "wamid.1", 10, Telling::Live) else {
        panic!("a message")
    };
    let content = Content::Image(Media {
        media_id: "1003".to_owned(),
        ..Media::default()
    });
    apply(&store, b"{}", vec![Fact::Message(MessageFact { content, ..photo })]).await;
    let wanted = store.wanted_files(vec![NumberId::from(NUMBER)], Millis(0), 1).await?;
    let mut incoming = store.receive_file().await?;
    incoming.write(b"a picture").await?;
    erase_alice(&store).await;
    let file = incoming.keep().await?;
    let here = FetchEnd::Here { file, pixels: None };
    store.finish_fetch(wanted[0].id, here, Millis(30_000)).await?;
    assert_eq!(store.delete_leftovers().await?, 1);
    assert!(!store.file_path(&file.hash).exists());
    Ok(())
}

#[tokio::test]
async fn what_is_done_to_an_erased_message_afterwards_is_not_kept_and_its_webhook_goes() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let day = 24 * 60 * 60;
    let old = said(ALICE, "wamid.0", 10, Telling::Live);
    let last = said(ALICE, "wamid.1", 10 + 3 * day, Telling::Live);
    apply(&store, b"{}", vec![old, last]).await;
    erase_alice(&store).await;
    let number = || NumberId::from(NUMBER);
    let at = Millis((20 + 3 * day) * 1000);
    let photo = Content::Image(Media {
        media_id: "1003".to_owned(),
        ..Media::default()
    });
    let changes = |wamid: &str| {
        let wamid = Wamid::from(wamid);
        [
            Fact::Edit(EditFact {
                number: number(),
                wamid: wamid.clone(),
                at,
                content: photo.clone(),
            }),
            Fact::Reaction(ReactionFact {
                number: number(),
                wamid: wamid.clone(),
                from: Direction::In,
                origin: Origin::Customer,
                emoji: "👍".to_owned(),
                at,
            }),
            Fact::Deletion(DeletionFact {
                number: number(),
                wamid,
                at,
            }),
        ]
    };
    for change in changes("wamid.1") {
        apply(&store, b"Alice changed it", vec![change]).await;
    }
    while store.forget_named().await? {}
    let rows = |sql: &str| -> i64 {
        let database = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let kept = "SELECT (SELECT count(*) FROM edit) + (SELECT count(*) FROM deletion) + (SELECT count(*) FROM reaction)
        + (SELECT count(*) FROM media)";
    assert_eq!(rows(kept), 0);
    assert_eq!(bodies(folder.path()), [2, 0, 0, 0]);
    assert_eq!(
        rows("SELECT count(*) FROM erased_message"),
        1,
        "the older one cannot be changed"
    );

    // What others change is taken in, also before their message is.
    apply(&store, b"{}", changes("wamid.2").to_vec()).await;
    assert_eq!(rows(kept), 4);
    // Nobody can tell of it any more.
    apply(&store, b"{}", vec![said(BOB, "wamid.3", 10 + 13 * day, Telling::Live)]).await;
    store.forget_named().await?;
    assert_eq!(rows("SELECT count(*) FROM erased_message"), 0);
    Ok(())
}

#[tokio::test]
async fn nothing_else_of_before_brings_an_erased_person_back() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    apply(&store, b"{}", vec![said(ALICE, "wamid.1", 10, Telling::Live)]).await;
    erase_alice(&store).await;
    let number = || NumberId::from(NUMBER);
    let person = |phone: &str| PersonIds {
        phone: Some(phone.to_owned()),
        ..PersonIds::default()
    };
    let changed = |before: &str, after: &str| {
        Fact::IdsChanged(IdsChangedFact {
            number: number(),
            wamid: Wamid(format!("wamid.{before}")),
            before: person(before),
            after: person(after),
            at: Millis(9_000),
        })
    };
    let facts = vec![
        changed(ALICE, "12195555358"),
        changed("12195555358", ALICE),
        Fact::Preference(PreferenceFact {
            number: number(),
            person: person(ALICE),
            category: "marketing_messages".to_owned(),
            is_stopped: true,
            at: Millis(9_000),
        }),
        Fact::Handover(HandoverFact {
            number: number(),
            person: person(ALICE),
            owner: ThreadOwner::Team,
            at: Millis(9_000),
        }),
    ];
    apply(&store, b"{}", facts).await;
    assert_eq!(store.counts().await?.conversations, 0);
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db"))?;
    let aliases: i64 = database.query_row("SELECT count(*) FROM alias", [], |row| row.get(0))?;
    assert_eq!(aliases, 0);
    Ok(())
}

#[tokio::test]
async fn what_others_wrote_in_a_webhook_that_waits_is_not_lost_with_an_erased_person() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let (number, connection) = connected(NUMBER, "1");
    let connection = NumberConnection {
        is_holding: true,
        ..connection
    };
    store.connect_number(number.clone(), connection).await?;
    apply(&store, b"{}", vec![said(ALICE, "wamid.0", 5, Telling::History)]).await;
    // Both write during the first synchronization, and Meta tells of both at once.
    let both = vec![
        said(ALICE, "wamid.1", 10, Telling::Live),
        said(BOB, "wamid.2", 10, Telling::Live),
    ];
    let body = format!("{ALICE} {BOB}");
    apply(&store, body.as_bytes(), both.clone()).await;
    // And change what they wrote.
    let edits = ["wamid.1", "wamid.2"].map(|wamid| {
        Fact::Edit(EditFact {
            number: NumberId::from(NUMBER),
            wamid: Wamid::from(wamid),
            at: Millis(11_000),
            content: Content::Text {
                body: "elm bench".to_owned(),
            },
        })
    });
    apply(&store, b"{}", edits.to_vec()).await;
    erase_alice(&store).await;
    while store.forget_named().await? {}

    assert_eq!(store.release_held(number.id).await?, 1);
    let waiting = store
        .pending_journal(JournalLane::Live, JournalId(0), 10)
        .await?
        .remove(0);
    assert_eq!(waiting.body, body.as_bytes());
    store.apply(waiting.id, both).await?;
    let rows = store.conversations(ConversationList::All, None, 10).await?;
    let phones: Vec<_> = rows.iter().map(|row| row.person.phone.as_str()).collect();
    assert_eq!(phones, [BOB]);
    while store.forget_named().await? {}
    assert_eq!(bodies(folder.path()), [2, 0, 2], "now it is needed no more");
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db"))?;
    let edited: String = database.query_row("SELECT group_concat(wamid) FROM edit", [], |row| row.get(0))?;
    assert_eq!(edited, "wamid.2");
    Ok(())
}

#[tokio::test]
async fn a_raw_webhook_that_could_not_be_read_goes_with_the_person_it_names() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    apply(&store, b"{}", vec![said(ALICE, "wamid.1", 10, Telling::Live)]).await;
    for phone in [ALICE, BOB] {
        let body = format!("no envelope, but {phone}").into_bytes();
        let parked = store.append_to_journal(JournalLane::Live, body, Millis(0)).await?;
        store.park(parked, "it is no envelope".to_owned()).await?;
    }
    erase_alice(&store).await;
    while store.forget_named().await? {}
    let kept: Vec<bool> = bodies(folder.path()).iter().map(|length| *length > 0).collect();
    assert_eq!(kept, [true, false, true]);
    assert_eq!(store.counts().await?.not_understood, 1);
    Ok(())
}

#[tokio::test]
async fn raw_webhooks_are_looked_through_slice_by_slice_and_a_stop_in_between_loses_nothing() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    let body = |phone: &str| {
        let mut body = vec![b' '; 2 * 1024 * 1024];
        body.extend(phone.as_bytes());
        body
    };
    let hers = vec![said(ALICE, "wamid.1", 10, Telling::Live)];
    for phone in [ALICE, BOB, ALICE, BOB, BOB, ALICE] {
        apply(
            &store,
            &body(phone),
            if phone == ALICE { hers.clone() } else { Vec::new() },
        )
        .await;
    }
    erase_alice(&store).await;
    // She writes again.
    apply(&store, &body(ALICE), vec![said(ALICE, "wamid.2", 30, Telling::Live)]).await;
    assert!(store.forget_named().await?, "not all of it at once");
    drop(store);
    assert!(bodies(folder.path())[5] > 0);

    let store = Store::open(folder.path())?;
    while store.forget_named().await? {}
    drop(store);
    let left: Vec<bool> = bodies(folder.path()).iter().map(|length| *length > 0).collect();
    assert_eq!(left, [false, true, false, true, true, false, true]);
    Ok(())
}
