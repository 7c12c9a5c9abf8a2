//! What nobody has read stays unread, whoever it turns out to be from.

use super::*;

#[tokio::test]
async fn what_nobody_has_seen_of_two_conversations_stays_unread_in_the_one_they_become() {
    for (read, unread) in [
        (&["a", "b"][..], 1),
        // From the first of them on: what was read after it is unread again.
        (&["b"], 3),
        (&["a"], 2),
    ] {
        let desk = Desk::told(&[&hears("a", "16505551234", 1), &hears("b", "US.A", 2)]).await;
        for row in desk.list().await {
            if read.contains(&said(&row.last.content).as_str()) {
                desk.store.mark_read(row.id, row.last.id).await.unwrap();
            }
        }
        desk.tell(hears("c", "16505551234 US.A", 3)).await;
        let rows = desk.list().await;
        assert_eq!((rows.len(), rows[0].unread), (1, unread), "{read:?} were read");
    }
}

#[tokio::test]
async fn an_unread_message_that_is_placed_with_another_person_stays_unread_there() {
    let desk = Desk::told(&[
        &hears("a", "16505551234", 1),
        &hears("b", "16505551234 US.B", 8),
        &hears("c", "US.B", 9),
    ])
    .await;
    desk.tell(hears("e", "US.A", 10)).await;
    let newest = desk.list().await.remove(0);
    desk.store.mark_read(newest.id, newest.last.id).await.unwrap();
    // It comes late and says that somebody else had the number before.
    desk.tell(hears("d", "16505551234 US.A", 5)).await;
    assert_eq!(desk.threads().await, [vec!["a", "d", "e"], vec!["b", "c"]]);
    let unread: Vec<u64> = desk.list().await.iter().map(|row| row.unread).collect();
    assert_eq!(unread, [3, 2], "the first of three, and what came after it");
}

#[tokio::test]
async fn a_message_of_the_history_that_comes_live_after_its_chat_was_joined_with_another_is_unread() {
    let mut old = says("old", "16505551234", 1);
    (old.telling, old.origin) = (Telling::History, Origin::History);
    let desk = Desk::told(&[
        &Fact::Message(old),
        &hears("new", "US.A", 7),
        &contact("Alice", "16505551234 US.A", 8),
        &hears("old", "16505551234", 1),
    ])
    .await;
    let unread: Vec<u64> = desk.list().await.iter().map(|chat| chat.unread).collect();
    assert_eq!(unread, [2]);
}
