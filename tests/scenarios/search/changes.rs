//! Messages and people that change are found by what they are now.

use super::*;

#[tokio::test]
async fn an_edited_message_is_found_by_its_newest_words_only_and_a_deleted_one_by_none() {
    let original = || Fact::Message(message("wamid.1", 1, text("the oak bench")));
    let facts = [
        original(),
        edit("wamid.1", 2, "the ash bench"),
        edit("wamid.1", 3, "the elm bench"),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for at_once in [true, false] {
            let shelf = Shelf::new();
            let facts: Vec<Fact> = order.iter().map(|at| facts[*at].clone()).collect();
            match at_once {
                true => shelf.apply(facts).await,
                false => {
                    for fact in facts {
                        shelf.apply(vec![fact]).await;
                    }
                }
            }
            assert_eq!(shelf.finds("elm").await, ["wamid.1"], "{order:?}");
            assert_eq!(shelf.finds("bench").await, ["wamid.1"], "{order:?}");
            for old in ["oak", "ash"] {
                assert_eq!(shelf.finds(old).await, [""; 0], "{old} {order:?}");
            }
            shelf.apply(vec![deletion("wamid.1")]).await;
            assert_eq!(shelf.finds("bench").await, [""; 0], "{order:?}");
        }
    }
    let shelf = Shelf::new();
    shelf.apply(vec![deletion("wamid.1")]).await;
    shelf.apply(vec![original()]).await;
    assert_eq!(shelf.finds("bench").await, [""; 0], "deleted before it came");
}

#[tokio::test]
async fn an_edited_message_is_found_by_all_it_shows_and_by_nothing_else() {
    let caption = |caption: &str, media_id: &str, filename: &str| Content::Document {
        media: Media {
            media_id: media_id.to_owned(),
            caption: caption.to_owned(),
            ..Media::default()
        },
        filename: filename.to_owned(),
    };
    let edited = |wamid: &str, content| {
        Fact::Edit(EditFact {
            number: NumberId::from(NUMBER),
            wamid: Wamid::from(wamid),
            at: Millis(9000),
            content,
        })
    };
    let invoice = caption("May", "1003", "invoice-204.pdf");
    let ad = Mark::Ad {
        headline: "Spring sale".to_owned(),
        body: String::new(),
        url: String::new(),
    };
    let facts = vec![
        Fact::Message(message("wamid.1", 1, invoice)),
        edited("wamid.1", caption("June", "", "")),
        Fact::Message(message("wamid.2", 2, text("the oak bench").marked(ad))),
        edited("wamid.2", text("the elm bench")),
        // A caption without the file shows nothing.
        Fact::Message(message("wamid.3", 3, Content::Placeholder)),
        edited("wamid.3", caption("July", "", "")),
    ];
    for backwards in [false, true] {
        let shelf = Shelf::new();
        let mut facts = facts.clone();
        if backwards {
            facts.reverse();
        }
        for fact in facts {
            shelf.apply(vec![fact]).await;
        }
        assert_eq!(shelf.finds("invoice 204").await, ["wamid.1"]);
        assert_eq!(shelf.finds("june").await, ["wamid.1"]);
        assert_eq!(shelf.finds("spring elm").await, ["wamid.2"]);
        for gone in ["may", "oak", "july"] {
            assert_eq!(shelf.finds(gone).await, [""; 0], "{gone}");
        }
        let files = Filters {
            has_media: true,
            ..Filters::default()
        };
        assert_eq!(found(&shelf.store, "june", &files).await, ["wamid.1"]);
    }
}

#[tokio::test]
async fn a_better_telling_of_a_message_replaces_its_words_time_and_origin() {
    let shelf = Shelf::new();
    let poor = MessageFact {
        origin: Origin::History,
        telling: Telling::History,
        ..message("wamid.1", 10, Content::Placeholder)
    };
    let image = Content::Image(Media {
        caption: "the oak bench".to_owned(),
        ..Media::default()
    });
    shelf.apply(vec![Fact::Message(poor)]).await;
    shelf.hears("wamid.2", 20, "another bench").await;
    shelf.apply(vec![Fact::Message(message("wamid.1", 30, image))]).await;
    assert_eq!(
        shelf.finds("bench").await,
        ["wamid.1", "wamid.2"],
        "each once, by its time now"
    );
    let by = |origin| Filters {
        origin: Some(origin),
        ..Filters::default()
    };
    assert_eq!(found(&shelf.store, "oak", &by(Origin::Customer)).await, ["wamid.1"]);
    assert_eq!(found(&shelf.store, "oak", &by(Origin::History)).await, [""; 0]);
}

#[tokio::test]
async fn two_people_who_turn_out_to_be_one_are_found_as_one_with_all_their_messages() {
    let shelf = Shelf::new();
    let with = |wamid: &str, second: i64, person: &PersonIds| {
        Fact::Message(MessageFact {
            person: person.clone(),
            ..message(wamid, second, text("the oak bench"))
        })
    };
    let old = PersonIds {
        bsuid: Some("US.OLD".to_owned()),
        profile_name: "Alice".to_owned(),
        ..phone("16505551234")
    };
    let new = PersonIds {
        bsuid: Some("US.NEW".to_owned()),
        ..phone("12195555358")
    };
    shelf.apply(vec![with("wamid.1", 1, &old)]).await;
    shelf.apply(vec![with("wamid.2", 2, &new)]).await;
    let changed = IdsChangedFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.changed"),
        before: old,
        after: new,
        at: Millis(5000),
    };
    shelf.apply(vec![Fact::IdsChanged(changed)]).await;
    for typed in ["alice", "650555", "5555358"] {
        let found = shelf.store.search_people(Query::parse(typed), Filters::default(), 20);
        assert_eq!(found.await.unwrap().len(), 1, "{typed}");
    }
    let conversation = shelf.store.search_people(Query::parse("alice"), Filters::default(), 20);
    let conversation = conversation.await.unwrap().remove(0);
    for filters in [
        Filters {
            conversation: Some(conversation.id),
            ..Filters::default()
        },
        Filters {
            person: Some(conversation.person.id),
            ..Filters::default()
        },
    ] {
        assert_eq!(found(&shelf.store, "oak", &filters).await, ["wamid.2", "wamid.1"]);
    }
}

#[tokio::test]
async fn what_we_send_is_found_once_and_what_is_taken_back_is_not() {
    let shelf = Shelf::new();
    shelf.hears("wamid.1", 1, "hello").await;
    let row = shelf.store.conversations(twinbox_store::ConversationList::All, None, 1);
    let conversation = row.await.unwrap()[0].id;
    let item = |id| {
        twinbox_tests::desk::mayas(
            id,
            conversation,
            twinbox_domain::Payload::text("the oak bench is sold".to_owned()),
            Millis(5000),
        )
    };
    let (sent, cancelled) = (twinbox_tests::desk::new_id(), twinbox_tests::desk::new_id());
    shelf.store.enqueue(item(sent)).await.unwrap();
    shelf.store.enqueue(item(cancelled)).await.unwrap();
    shelf.store.cancel(cancelled, Millis(6000)).await.unwrap();
    // An echo of it comes before the answer, and an edit.
    let echo = MessageFact {
        direction: Direction::Out,
        origin: Origin::Phone,
        ..message("wamid.sent", 6, text("the oak bench is sold"))
    };
    shelf
        .apply(vec![
            Fact::Message(echo),
            edit("wamid.sent", 9, "the elm bench is sold"),
        ])
        .await;
    shelf.store.begin_attempt(sent, Millis(7000)).await.unwrap();
    let accepted = twinbox_store::Finish::Accepted(Wamid::from("wamid.sent"));
    shelf.store.finish_attempt(sent, accepted, Millis(7000)).await.unwrap();
    assert_eq!(shelf.finds("elm").await, ["wamid.sent"]);
    assert_eq!(shelf.finds("sold").await, ["wamid.sent"]);
    assert_eq!(shelf.finds("oak").await, [""; 0]);
    let counts = shelf.store.counts().await.unwrap();
    assert_eq!(
        (counts.conversations, counts.unread, counts.needs_reply, counts.queued),
        (1, 1, 0, 0)
    );
    drop(shelf.folder);
}
