//! A store of a version without an index.

use super::*;

/// What a version before the index left behind.
fn old_store(folder: &Path, messages: i64) {
    let connection = Connection::open(folder.join("twinbox.db")).unwrap();
    connection
        .execute_batch(include_str!(
            "../../../src-tauri/crates/store/src/migrations/0001_inbox.sql"
        ))
        .unwrap();
    let content = r#"{"kind":"text","body":"an oak bench, number "#;
    connection
        .execute_batch(&format!(
            "PRAGMA user_version = 1;
             INSERT INTO number VALUES (1, '{NUMBER}', '', 'Shop', 5);
             INSERT INTO person (id, name, name_at_ms, username, username_at_ms) VALUES (1, 'Alice Almeida', 1, '', 0);
             INSERT INTO person_alias VALUES ('phone', '16505551234', 1, 1);
             INSERT INTO conversation VALUES (1, 1, 1, 0, {messages}, {messages}000, {messages}000, 3, 1);
             WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {messages})
             INSERT INTO message (conversation_id, number_id, wamid, direction, origin, author, at_ms, told_rank,
                 content_rank, content)
             SELECT 1, 1, 'wamid.' || n, 'in', 'customer', '', n * 1000, 3, 2, '{content}' || n || '\"}}' FROM n;"
        ))
        .unwrap();
}

#[tokio::test]
async fn a_store_of_before_is_indexed_and_a_crash_in_the_middle_loses_nothing_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    old_store(folder.path(), 100);
    for commit in [1, 3] {
        for crash in [CrashPoint::BeforeCommit(commit), CrashPoint::AfterCommit(commit)] {
            let store = Store::open_and_crash(folder.path(), crash).unwrap();
            let end = loop {
                match store.index_backlog(8).await {
                    Ok(true) => {}
                    end => break end,
                }
            };
            assert!(matches!(end, Err(StoreError::Stopped)), "it dies before it is done");
        }
    }
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.counts().await.unwrap().conversations, 1);
    assert!(
        !store.is_search_complete().await.unwrap(),
        "there is more than was done"
    );
    assert_eq!(
        found(&store, "100", &Filters::default()).await,
        ["wamid.100"],
        "newest first"
    );
    // Life goes on meanwhile.
    apply(&store, vec![edit("wamid.1", 200, "an elm bench"), deletion("wamid.2")]).await;
    apply(
        &store,
        vec![Fact::Message(message("wamid.new", 300, text("an oak bench")))],
    )
    .await;
    while store.index_backlog(8).await.unwrap() {}
    let all = found(&store, "bench", &Filters::default()).await;
    assert_eq!(
        (all.len(), all[0].as_str(), all[99].as_str()),
        (100, "wamid.new", "wamid.1")
    );
    assert_eq!(found(&store, "oak", &Filters::default()).await.len(), 99);
    let people = store
        .search_people(Query::parse("almeida"), Filters::default(), 5)
        .await;
    assert_eq!(people.unwrap().len(), 1);
}

#[tokio::test]
async fn the_engine_indexes_a_store_of_before_by_itself() {
    let (meta, folder) = Desk::new().await.unwrap().stop().await.unwrap();
    std::fs::remove_file(folder.path().join("twinbox.db")).unwrap();
    old_store(folder.path(), 600);
    let desk = Desk::resume(meta, folder, Default::default()).await.unwrap();
    let results = desk
        .until("a complete index", async |desk| {
            let results = search(desk, "oak").await;
            results.is_complete.then_some(results)
        })
        .await
        .unwrap();
    assert_eq!((results.messages.items.len(), results.messages.more), (50, true));
}
