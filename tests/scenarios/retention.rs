//! Messages are kept for a time that a team sets; what is older goes, and nothing else does.

use crate::media::{get, kept, raw, until_here, upload};
use serde_json::json;
use std::{path::Path, time::Duration};
use twinbox_domain::{
    Content, ConversationId, ConversationState, Direction, EditFact, Fact, JournalId, MessageFact, Millis, NumberId,
    Origin, OutboxId, Payload, PersonIds, ReactionFact, RetentionPeriod, Status, StatusFact, Telling, Wamid,
};
use twinbox_protocol::{
    Caller, ChangeView, Changes, ChangesSince, ErrorCode, GetStorage, Hello, PreviewRetention, Role, SetRetention,
};
use twinbox_simulator::CustomerMessage;
use twinbox_store::{
    Applied, ChangesAfter, ConversationList, Finish, JournalLane, NewItem, ScheduledItem, SearchFilters, Store,
};
use twinbox_tests::desk::{Desk, Setup, alice, bob, mayas, new_id};

const NUMBER: &str = "106540352242922";
const ALICE: &str = "16505551234";
const BOB: &str = "351912000047";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const NOW: Millis = Millis(1_760_000_000_000);

fn days_ago(days: i64) -> Millis {
    NOW.plus_ms(-days * DAY_MS)
}

fn says(phone: &str, wamid: &str, at: Millis, telling: Telling) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        person: PersonIds {
            phone: Some(phone.to_owned()),
            profile_name: "Alice Almeida".to_owned(),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: if telling == Telling::Live {
            Origin::Customer
        } else {
            Origin::History
        },
        telling,
        at,
        content: Content::Text {
            body: format!("oak bench {wamid}"),
        },
        reply_to: None,
        status: None,
    })
}

async fn hear(store: &Store, body: &str, at: Millis, facts: Vec<Fact>) -> Applied {
    let body = body.as_bytes().to_vec();
    let id = store.append_to_journal(JournalLane::Live, body, at).await.unwrap();
    store.apply(id, facts).await.unwrap()
}

/// alice wrote so many days ago, the latest last.
async fn store_with(days: &[i64]) -> (tempfile::TempDir, Store, ConversationId) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for (count, days) in days.iter().enumerate() {
        let wamid = format!("wamid.{count}");
        let said = says(ALICE, &wamid, days_ago(*days), Telling::Live);
        hear(&store, &format!("raw {wamid}"), days_ago(*days), vec![said]).await;
    }
    let id = rows(&store).await[0];
    (folder, store, id)
}

async fn rows(store: &Store) -> Vec<ConversationId> {
    let rows = store.conversations(ConversationList::All, None, 100).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

/// Its messages by their wamids, oldest first; those of ours by what they say.
async fn thread(store: &Store, id: ConversationId) -> Vec<String> {
    let messages = store.messages(id, None, 100).await.unwrap();
    let name = |wamid: Option<Wamid>, content| match (wamid, content) {
        (Some(wamid), _) => wamid.as_str().to_owned(),
        (None, Content::Text { body } | Content::Note { body, .. }) => body,
        (None, other) => panic!("{other:?}"),
    };
    messages
        .into_iter()
        .rev()
        .map(|message| name(message.wamid, message.content))
        .collect()
}

/// Everything that is due at `now`, as the engine's task does it.
async fn forget(store: &Store, now: Millis) {
    if !store.move_retention(now, Duration::ZERO).await.unwrap() {
        return;
    }
    let mut after = Some(ConversationId(0));
    while let Some(id) = after {
        after = store.forget_messages(id).await.unwrap();
    }
    let mut after = JournalId(0);
    while let Some(id) = store.forget_webhooks(after).await.unwrap() {
        after = id;
    }
}

async fn keep(store: &Store, period: RetentionPeriod) {
    store.set_retention(Some(period)).await.unwrap();
    forget(store, NOW).await;
}

fn item(id: OutboxId, conversation: ConversationId, text: &str, at: Millis) -> NewItem {
    mayas(id, conversation, Payload::text(text.to_owned()), at)
}

fn later(conversation: ConversationId) -> ScheduledItem {
    ScheduledItem {
        id: new_id(),
        conversation,
        send_at: NOW.plus_ms(DAY_MS),
        created_at: NOW,
        is_undo: false,
        author: "Maya".to_owned(),
        payload: Payload::text("tomorrow".to_owned()),
        file: None,
        reply_to: None,
    }
}

async fn found(store: &Store) -> usize {
    let query = twinbox_domain::Query::parse("oak");
    let hits = store.search_messages(query, SearchFilters::default(), None, 100).await;
    hits.unwrap().len()
}

/// What is in the database, without the room that is free.
fn everything(folder: &Path) -> rusqlite::Connection {
    let copy = folder.join("copy.db");
    let database = rusqlite::Connection::open(folder.join("twinbox.db")).unwrap();
    database.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).unwrap();
    rusqlite::Connection::open(copy).unwrap()
}

fn count(database: &rusqlite::Connection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    database.query_row(&sql, (), |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn what_is_older_goes_with_all_that_hangs_on_it_and_what_is_younger_stays() {
    let (folder, store, alices) = store_with(&[200, 190, 100, 1]).await;
    let reacted = Fact::Reaction(ReactionFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.0"),
        from: Direction::Out,
        origin: Origin::Phone,
        emoji: "👍".to_owned(),
        at: days_ago(1),
    });
    let edited = Fact::Edit(EditFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.1"),
        at: days_ago(190),
        content: Content::Text {
            body: "elm bench".to_owned(),
        },
    });
    hear(&store, "raw edit", days_ago(189), vec![edited, reacted]).await;
    let note = |body: &str| Content::Note {
        body: body.to_owned(),
        mentions: Vec::new(),
    };
    for (body, days) in [("old note", 199), ("young note", 99)] {
        let note = store.write_note(alices, "Maya".to_owned(), note(body), days_ago(days));
        note.await.unwrap();
    }
    keep(&store, RetentionPeriod::OneYear).await;
    assert_eq!(thread(&store, alices).await.len(), 6, "none is a year old");

    keep(&store, RetentionPeriod::SixMonths).await;
    assert_eq!(thread(&store, alices).await, ["wamid.2", "young note", "wamid.3"]);
    assert_eq!(found(&store).await, 2);
    drop(store);
    let database = everything(folder.path());
    for table in ["edit", "reaction"] {
        assert_eq!(count(&database, table), 0, "{table}");
    }
    assert_eq!(count(&database, "journal WHERE body <> x''"), 2);
    drop(database);
    let bytes = std::fs::read(folder.path().join("copy.db")).unwrap();
    for text in [
        "wamid.0",
        "wamid.1\"",
        "raw wamid.1",
        "elm bench",
        "old note",
        "raw edit",
    ] {
        assert!(!bytes.windows(text.len()).any(|it| it == text.as_bytes()), "{text}");
    }
}

#[tokio::test]
async fn a_conversation_goes_with_its_last_message_and_its_person_stays() {
    let (folder, store, alices) = store_with(&[300, 290]).await;
    hear(&store, "{}", NOW, vec![says(BOB, "wamid.bob", NOW, Telling::Live)]).await;
    assert_eq!(rows(&store).await.len(), 2);
    let before = store.counts().await.unwrap();
    assert_eq!((before.conversations, before.unread), (2, 2));
    keep(&store, RetentionPeriod::SixMonths).await;
    assert!(!rows(&store).await.contains(&alices));
    let after = store.counts().await.unwrap();
    assert_eq!((after.conversations, after.unread, after.needs_reply), (1, 1, 1));

    // Whoever writes again is known.
    hear(&store, "{}", NOW, vec![says(ALICE, "wamid.again", NOW, Telling::Live)]).await;
    assert_eq!(rows(&store).await.len(), 2);
    drop(store);
    assert_eq!(count(&everything(folder.path()), "person"), 2);
}

#[tokio::test]
async fn what_the_list_shows_follows_from_what_is_left() {
    let (_folder, store, alices) = store_with(&[300, 290, 2]).await;
    let row = || async { store.conversation(alices).await.unwrap().unwrap() };
    assert_eq!(row().await.unread, 3);
    keep(&store, RetentionPeriod::SixMonths).await;
    let left = row().await;
    assert_eq!((left.unread, left.needs_reply), (1, true));
    assert_eq!((left.last_at, left.last_customer_at), (days_ago(2), Some(days_ago(2))));
    assert_eq!(store.answers_of(alices, NOW).await.unwrap().0, days_ago(2));
}

#[tokio::test]
async fn what_is_on_its_way_stays_however_old_it_is() {
    let (folder, store, alices) = store_with(&[400, 1]).await;
    let [queued, doubtful, refused, taken_back] = [new_id(), new_id(), new_id(), new_id()];
    let at = days_ago(300);
    for (id, text) in [
        (doubtful, "perhaps"),
        (refused, "refused"),
        (taken_back, "taken back"),
        (queued, "queued"),
    ] {
        store.enqueue(item(id, alices, text, at)).await.unwrap();
    }
    assert!(store.cancel(taken_back, at).await.unwrap());
    let wedged = Finish::Wedged {
        code: Some(131_026),
        reason: "no".to_owned(),
    };
    for (id, end) in [(doubtful, Finish::Unknown), (refused, wedged)] {
        assert!(store.begin_attempt(id, at).await.unwrap());
        store.finish_attempt(id, end, at).await.unwrap();
    }
    keep(&store, RetentionPeriod::SixMonths).await;
    assert_eq!(thread(&store, alices).await, ["perhaps", "queued", "wamid.1"]);
    assert_eq!(
        store.first_message(alices).await.unwrap().map(|(at, _)| at),
        Some(days_ago(1))
    );
    drop(store);
    let database = everything(folder.path());
    assert_eq!(count(&database, "outbox"), 2);
}

#[tokio::test]
async fn an_empty_conversation_stays_as_long_as_something_is_to_come() {
    for keeps in ["scheduled", "draft"] {
        let (folder, store, alices) = store_with(&[300]).await;
        hear(&store, "{}", NOW, vec![says(BOB, "wamid.bob", NOW, Telling::Live)]).await;
        let draft = |text: &str| store.save_draft("Maya".to_owned(), alices, text.to_owned(), false);
        let planned = later(alices);
        let planned_id = planned.id;
        match keeps {
            "scheduled" => assert!(store.schedule(planned).await.unwrap()),
            _ => draft("We open at").await.unwrap(),
        }
        keep(&store, RetentionPeriod::SixMonths).await;
        assert!(thread(&store, alices).await.is_empty(), "{keeps}");
        let is_there = || {
            let database = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
            count(&database, &format!("conversation WHERE id = {}", alices.0)) == 1
        };
        assert!(is_there(), "{keeps}");
        match keeps {
            "scheduled" => assert!(store.unschedule(planned_id, NOW).await.unwrap()),
            _ => draft("").await.unwrap(),
        }
        forget(&store, NOW).await;
        assert!(!is_there(), "{keeps}: nothing is to come any more");
    }
}

#[tokio::test]
async fn a_chat_that_was_put_off_can_be_opened_until_it_comes_back() {
    let (_folder, store, alices) = store_with(&[310, 300]).await;
    hear(&store, "{}", NOW, vec![says(BOB, "wamid.bob", NOW, Telling::Live)]).await;
    let until = NOW.plus_ms(DAY_MS);
    let state = ConversationState::Snoozed { until };
    store.set_state(vec![alices], state, None).await.unwrap();
    assert_eq!(store.would_go(RetentionPeriod::SixMonths, NOW).await.unwrap().0, 1);
    keep(&store, RetentionPeriod::SixMonths).await;
    assert_eq!(thread(&store, alices).await, ["wamid.1"]);
    let listed = store.conversations(ConversationList::Snoozed, None, 100).await.unwrap();
    assert_eq!((store.counts().await.unwrap().snoozed, listed.len()), (1, 1));

    assert_eq!(store.wake_snoozed(NOW.plus_ms(2 * DAY_MS), 10).await.unwrap(), 1);
    assert_eq!(rows(&store).await.len(), 2);
    forget(&store, NOW).await;
    assert_eq!(rows(&store).await.len(), 1, "nothing is to come any more");
    assert_eq!(store.counts().await.unwrap().snoozed, 0);
}

#[tokio::test]
async fn that_a_message_was_read_after_it_went_leaves_nothing_of_whom_it_went_to() {
    let (folder, store, _) = store_with(&[300, 1]).await;
    keep(&store, RetentionPeriod::SixMonths).await;
    let read = Fact::Status(StatusFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.gone"),
        outbox: Some(new_id()),
        status: Status::Read,
        at: NOW,
        error: None,
        pricing: None,
        person: PersonIds {
            phone: Some(ALICE.to_owned()),
            ..PersonIds::default()
        },
    });
    hear(&store, "{}", NOW, vec![read]).await;
    assert_eq!(count(&everything(folder.path()), "receipt"), 0);
}

#[tokio::test]
async fn words_of_old_messages_leave_the_index_once_a_day() {
    let (folder, store, _) = store_with(&[1]).await;
    let old = |wamid: &str, days| vec![says(ALICE, wamid, days_ago(days), Telling::Live)];
    hear(&store, "{}", days_ago(300), old("xylophone", 300)).await;
    hear(&store, "{}", days_ago(100), old("zither", 100)).await;
    keep(&store, RetentionPeriod::SixMonths).await;
    let holds = |word: &str| {
        drop(everything(folder.path()));
        let copy = folder.path().join("copy.db");
        let bytes = std::fs::read(&copy).unwrap();
        std::fs::remove_file(copy).unwrap();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    };
    assert!(holds("ylophone") && holds("ither"));
    let mut left = store.words_left(NOW).await.unwrap();
    while let Some(words) = left {
        left = store.forget_words(words, 50, NOW).await.unwrap();
    }
    assert!(!holds("ylophone") && holds("ither"));

    assert_eq!(store.words_left(NOW.plus_ms(2 * DAY_MS)).await.unwrap(), None);
    let later = NOW.plus_ms(120 * DAY_MS);
    hear(&store, "{}", later, vec![says(BOB, "wamid.bob", later, Telling::Live)]).await;
    forget(&store, later).await;
    assert_eq!(store.words_left(NOW.plus_ms(DAY_MS / 2)).await.unwrap(), None);
    assert!(store.words_left(NOW.plus_ms(DAY_MS)).await.unwrap().is_some());
}

#[tokio::test]
async fn the_history_and_late_webhooks_do_not_bring_back_what_is_not_kept() {
    let (_folder, store, alices) = store_with(&[300, 1]).await;
    keep(&store, RetentionPeriod::SixMonths).await;
    let told = || {
        vec![
            says(ALICE, "wamid.0", days_ago(300), Telling::Live),
            says(ALICE, "wamid.past", days_ago(250), Telling::History),
            says(ALICE, "wamid.recent", days_ago(50), Telling::History),
        ]
    };
    let applied = hear(&store, "{}", NOW, told()).await;
    assert_eq!((applied.facts, applied.not_understood), (3, 0));
    assert_eq!(thread(&store, alices).await, ["wamid.recent", "wamid.1"]);

    // Of a team that keeps everything again, it does.
    store.set_retention(None).await.unwrap();
    forget(&store, NOW).await;
    hear(&store, "{}", NOW, told()).await;
    assert_eq!(
        thread(&store, alices).await,
        ["wamid.0", "wamid.past", "wamid.recent", "wamid.1"]
    );
}

#[tokio::test]
async fn a_clock_far_in_the_future_takes_no_more_than_a_day_of_messages() {
    let (_folder, store, alices) = store_with(&[186, 184, 182, 0]).await;
    let future = NOW.plus_ms(50_000 * DAY_MS);
    store.set_retention(Some(RetentionPeriod::SixMonths)).await.unwrap();
    forget(&store, future).await;
    // What is one day too young may go, and nothing else.
    assert_eq!(thread(&store, alices).await, ["wamid.2", "wamid.3"]);
    // However often it is asked, and although a webhook arrives at that time.
    hear(&store, "{}", future, vec![says(BOB, "wamid.bob", NOW, Telling::Live)]).await;
    forget(&store, future).await;
    assert_eq!(thread(&store, alices).await, ["wamid.2", "wamid.3"]);

    // While nobody writes, time moves on as the engine runs.
    store
        .move_retention(future, Duration::from_secs(2 * 24 * 60 * 60))
        .await
        .unwrap();
    forget(&store, future).await;
    assert_eq!(thread(&store, alices).await, ["wamid.3"]);
}

#[tokio::test]
async fn of_a_store_to_which_nothing_was_told_as_it_happened_nothing_goes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let past = says(ALICE, "wamid.0", days_ago(170), Telling::History);
    hear(&store, "{}", NOW, vec![past]).await;
    store.set_retention(Some(RetentionPeriod::SixMonths)).await.unwrap();
    forget(&store, NOW.plus_ms(1000 * DAY_MS)).await;
    assert_eq!(rows(&store).await.len(), 1);
}

#[tokio::test]
async fn some_hundred_messages_go_in_one_write_and_the_next_goes_on() {
    let (_folder, store, alices) = store_with(&[1]).await;
    let old = (0..700).map(|at| says(ALICE, &format!("wamid.old.{at}"), days_ago(300), Telling::History));
    hear(&store, "{}", NOW, old.collect()).await;
    store.set_retention(Some(RetentionPeriod::SixMonths)).await.unwrap();
    store.move_retention(NOW, Duration::ZERO).await.unwrap();
    let (count, since) = store.would_go(RetentionPeriod::SixMonths, NOW).await.unwrap();
    assert_eq!((count, since), (700, days_ago(184)));

    let seq = *store.last_seq().borrow();
    let stopped = store.forget_messages(ConversationId(0)).await.unwrap();
    assert_eq!(stopped, Some(ConversationId(alices.0 - 1)));
    let (left, _) = store.would_go(RetentionPeriod::SixMonths, NOW).await.unwrap();
    assert_eq!(left, 200);
    let ChangesAfter::Changes(changes) = store.changes_after(seq, 1000).await.unwrap() else {
        panic!("they are in the log")
    };
    assert!(changes.len() < 20, "{} changes tell of 500 messages", changes.len());

    let seq = *store.last_seq().borrow();
    assert_eq!(store.forget_messages(ConversationId(0)).await.unwrap(), Some(alices));
    assert_eq!(thread(&store, alices).await, ["wamid.0"]);
    assert_ne!(*store.last_seq().borrow(), seq);
    assert_eq!(store.forget_messages(alices).await.unwrap(), None);
}

#[tokio::test]
async fn a_webhook_whose_messages_are_held_back_or_that_waits_keeps_its_body() {
    let (folder, store, _) = store_with(&[1]).await;
    let body = b"waits".to_vec();
    let waiting = store
        .append_to_journal(JournalLane::Live, body, days_ago(300))
        .await
        .unwrap();
    let body = b"held".to_vec();
    let held = store
        .append_to_journal(JournalLane::Live, body, days_ago(300))
        .await
        .unwrap();
    store.apply(held, Vec::new()).await.unwrap();
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
    let sql = "INSERT INTO held (number_id, wamid, journal_id) VALUES (1, 'wamid.held', ?1)";
    database.execute(sql, [held.0]).unwrap();
    keep(&store, RetentionPeriod::SixMonths).await;
    assert_eq!(
        count(&database, "journal WHERE body IN (x'', CAST('raw wamid.0' AS BLOB))"),
        1
    );
    let pending = store
        .pending_journal(JournalLane::Live, JournalId(0), 10)
        .await
        .unwrap();
    assert_eq!(pending.into_iter().map(|entry| entry.id).collect::<Vec<_>>(), [waiting]);
    assert_eq!(count(&database, "journal WHERE body = CAST('held' AS BLOB)"), 1);
}

#[tokio::test]
async fn a_webhook_that_could_not_be_read_goes_as_well_and_is_not_read_again() {
    let (folder, store, _) = store_with(&[1]).await;
    let parked = store
        .append_to_journal(JournalLane::Live, b"no envelope".to_vec(), days_ago(300))
        .await
        .unwrap();
    store.park(parked, "it is no envelope".to_owned()).await.unwrap();
    assert_eq!(store.counts().await.unwrap().not_understood, 1);
    keep(&store, RetentionPeriod::SixMonths).await;
    let database = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
    assert_eq!(count(&database, "journal WHERE body = CAST('no envelope' AS BLOB)"), 0);
    assert_eq!(store.counts().await.unwrap().not_understood, 0);
    assert_eq!(store.read_again().await.unwrap(), 0);
}

#[tokio::test]
async fn only_an_admin_sets_it_and_is_told_before_what_would_go() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let old = Duration::from_secs(400 * 24 * 60 * 60);
    let text = CustomerMessage::Text("long ago".to_owned());
    let wamid = desk.meta.customer_wrote(alice(), text, old);
    desk.until_shown(&wamid).await?;
    desk.hears_from(bob(), "now").await?;
    assert_eq!(
        desk.ask(GetStorage {}).await?.retention,
        None,
        "for ever unless someone says so"
    );
    let period = RetentionPeriod::OneYear;
    assert_eq!(desk.ask(PreviewRetention { period }).await?.messages, 1);
    let period = RetentionPeriod::TwoYears;
    assert_eq!(desk.ask(PreviewRetention { period }).await?.messages, 0);

    let agent = Caller {
        user: "Tomás".to_owned(),
        role: Role::Agent,
        client: "test".to_owned(),
    };
    let period = Some(RetentionPeriod::OneYear);
    let refused = desk.ask_as(agent, SetRetention { period }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
    assert_eq!(desk.list().await.len(), 2);
    desk.ask(SetRetention { period }).await?;
    assert_eq!(desk.ask(GetStorage {}).await?.retention, period);
    desk.until("the old chat is gone", async |desk| {
        (desk.list().await.len() == 1).then_some(())
    })
    .await?;
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn windows_are_told_what_went_and_a_restart_goes_on() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let long_ago = Duration::from_secs(400 * 24 * 60 * 60);
    let text = |text: &str| CustomerMessage::Text(text.to_owned());
    let alices = desk.meta.customer_wrote(alice(), text("long ago"), long_ago);
    let alices = desk.until_shown(&alices).await?.id;
    let bobs = desk.meta.customer_wrote(bob(), text("long ago as well"), long_ago);
    let bobs = desk.until_shown(&bobs).await?.id;
    desk.hears_from(alice(), "now").await?;
    let seq = desk.ask(Hello {}).await?.seq;
    let period = Some(RetentionPeriod::OneYear);
    desk.ask(SetRetention { period }).await?;
    desk.until("the old chat is gone", async |desk| {
        (desk.list().await.len() == 1).then_some(())
    })
    .await?;
    let Changes::Next(event) = desk.ask(ChangesSince { seq }).await? else {
        panic!("it is in the log")
    };
    let thread = desk.thread(alices).await;
    assert_eq!(thread.len(), 1);
    let is_told = event.changes.iter().any(|change| {
        matches!(change, ChangeView::OldMessagesGone { conversation, first: Some(first) }
            if *conversation == alices && first.id == thread[0].id)
    });
    assert!(is_told, "{:?}", event.changes);
    let is_gone = event.changes.iter().any(
        |change| matches!(change, ChangeView::ConversationGone { conversation, into: None } if *conversation == bobs),
    );
    assert!(is_gone, "{:?}", event.changes);

    // What grows old while it is not running goes at the next start.
    let (meta, folder) = desk.stop().await?;
    let store = Store::open(folder.path())?;
    store.set_retention(None).await?;
    let at = twinbox_engine::now().plus_ms(-400 * DAY_MS);
    hear(&store, "{}", at, vec![says(BOB, "wamid.bob", at, Telling::History)]).await;
    assert_eq!(rows(&store).await.len(), 2);
    store.set_retention(period).await?;
    drop(store);
    let desk = Desk::resume(meta, folder, Setup::default()).await?;
    desk.until("the old chat is gone again", async |desk| {
        (desk.list().await.len() == 1).then_some(())
    })
    .await?;
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_file_leaves_the_disk_with_its_last_message() {
    let desk = Desk::new().await.unwrap();
    let long_ago = Duration::from_secs(400 * 24 * 60 * 60);
    let id = upload(&desk.meta, "image/png", "the same").await;
    let image = raw("image", json!({"id": id, "mime_type": "image/png", "sha256": ""}));
    let old = desk.meta.customer_wrote(alice(), image.clone(), long_ago);
    until_here(&desk, &old).await;
    let young = desk.meta.customer_writes(bob(), image);
    let (young, _) = until_here(&desk, &young).await;
    let alone = CustomerMessage::Image { caption: String::new() };
    let alone = desk.meta.customer_wrote(alice(), alone, long_ago);
    until_here(&desk, &alone).await;
    assert_eq!(kept(&desk).iter().filter(|path| !path.ends_with(".thumb")).count(), 2);

    let period = Some(RetentionPeriod::OneYear);
    desk.ask(SetRetention { period }).await.unwrap();
    desk.until("the file of the old message alone is gone", async |desk| {
        (kept(desk).len() == 1).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(get(&desk, young.id, None).await.bytes().await.unwrap(), "the same");
    desk.stop().await.unwrap();
}
