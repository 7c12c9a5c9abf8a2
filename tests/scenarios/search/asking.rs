//! What a UI is told.

use super::*;

#[tokio::test]
async fn a_hit_says_who_when_and_why_and_the_messages_around_it_can_be_read() {
    let desk = Desk::new().await.unwrap();
    for n in 0..5 {
        desk.hears_from(alice(), &format!("filler {n}")).await.unwrap();
    }
    let row = desk.hears_from(alice(), "Is the <b>Oak</b> bench sold?").await.unwrap();
    for n in 5..10 {
        desk.hears_from(alice(), &format!("filler {n}")).await.unwrap();
    }
    desk.hears_from(bob(), "hello").await.unwrap();

    let results = search(&desk, "oak b").await;
    let [hit] = &results.messages.items[..] else {
        panic!("one message")
    };
    assert_eq!((hit.conversation, hit.person.name.as_str()), (row.id, "Alice Almeida"));
    let marked: Vec<&str> = hit
        .fragment
        .iter()
        .filter(|part| part.is_match)
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(
        marked,
        ["b", "Oak", "b", "b"],
        "as written, and the mark-up is only text"
    );
    assert!(results.chats.is_empty() && results.is_complete);

    let older = ListMessages {
        conversation: hit.conversation,
        before: Some(MessageCursor {
            at: hit.at,
            id: MessageId(hit.message.0 + 1),
        }),
        limit: 3,
    };
    let newer = ListMessagesAfter {
        conversation: hit.conversation,
        after: MessageCursor {
            at: hit.at,
            id: hit.message,
        },
        limit: 3,
    };
    let (older, newer) = (desk.ask(older).await.unwrap(), desk.ask(newer).await.unwrap());
    let words = |content: &Content| match content {
        Content::Text { body } => body.clone(),
        _ => String::new(),
    };
    let around: Vec<String> = older
        .items
        .iter()
        .rev()
        .chain(&newer.items)
        .map(|m| words(&m.content))
        .collect();
    assert_eq!(
        around,
        [
            "filler 3",
            "filler 4",
            "Is the <b>Oak</b> bench sold?",
            "filler 5",
            "filler 6",
            "filler 7"
        ]
    );
    assert!(older.more && newer.more);

    let results = search(&desk, "351 912").await;
    let [chat] = &results.chats[..] else { panic!("bob") };
    assert_eq!(chat.row.person.name, "Bob Borges");
    assert!(chat.also.iter().any(|part| part.is_match && part.text == "351912"));
    assert!(chat.name.iter().all(|part| !part.is_match));
}
