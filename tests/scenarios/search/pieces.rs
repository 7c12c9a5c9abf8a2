//! An index in many pieces after a large import.

use super::*;

/// More slices than so few messages can need.
const MOST_SLICES: usize = 1000;

/// In how many pieces the index lies on disk.
fn pieces(folder: &Path) -> i64 {
    Connection::open(folder.join("twinbox.db"))
        .unwrap()
        .query_row("SELECT count(DISTINCT segid) FROM message_words_idx", (), |row| {
            row.get(0)
        })
        .unwrap()
}

#[tokio::test]
async fn after_an_import_the_index_is_merged_slice_by_slice_and_finds_what_it_found_also_what_came_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(!store.is_index_in_pieces(20).await.unwrap(), "there is nothing yet");
    for n in 0..30 {
        let body = format!("an oak bench, number {n}");
        apply(
            &store,
            vec![Fact::Message(message(&format!("wamid.{n}"), n, text(&body)))],
        )
        .await;
    }
    apply(&store, vec![deletion("wamid.7")]).await;
    assert!(store.is_index_in_pieces(20).await.unwrap());
    let before = found(&store, "oak", &Filters::default()).await;
    assert!(pieces(folder.path()) > 1);

    let mut slices = 0;
    while store.merge_index(1, slices == 0).await.unwrap() {
        slices += 1;
        assert!(slices < MOST_SLICES);
        if slices == 1 {
            apply(
                &store,
                vec![Fact::Message(message("wamid.live", 300, text("an elm bench")))],
            )
            .await;
        }
    }
    assert!(pieces(folder.path()) <= 2, "what came meanwhile may be another");
    assert!(
        !store.is_index_in_pieces(20).await.unwrap(),
        "what was merged is not merged again"
    );
    assert_eq!(found(&store, "oak", &Filters::default()).await, before);
    assert_eq!(found(&store, "elm", &Filters::default()).await, ["wamid.live"]);
    assert_eq!(
        found(&store, "number 7", &Filters::default()).await,
        Vec::<String>::new()
    );
}
