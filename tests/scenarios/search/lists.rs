//! People, filters and pages.

use super::*;

#[tokio::test]
async fn people_are_found_by_any_of_their_names_and_by_three_digits_of_a_number() {
    let shelf = Shelf::new();
    let mut first = message("wamid.1", 1, text("hello"));
    first.person = PersonIds {
        profile_name: "Zoë Almeida".to_owned(),
        username: "zoe.carpenter".to_owned(),
        ..phone("351912000047")
    };
    let mut second = message("wamid.2", 2, text("hello"));
    second.person = PersonIds {
        profile_name: "王小明".to_owned(),
        ..phone("8613800138000")
    };
    shelf.apply(vec![Fact::Message(first), Fact::Message(second)]).await;
    let contact = |name: &str, second: i64| {
        Fact::Contact(ContactFact {
            number: NumberId::from(NUMBER),
            person: phone("351912000047"),
            name: name.to_owned(),
            at: Millis(second * 1000),
        })
    };
    shelf.apply(vec![contact("Zoe from the Market", 5)]).await;
    for typed in [
        "zoe",
        "alm",
        "zoe almeida",
        "market",
        "zoe.carp",
        "912",
        "351 912-000",
        "+351912000047",
        "000047",
    ] {
        assert_eq!(shelf.finds_people(typed).await, ["Zoë Almeida"], "{typed}");
    }
    assert_eq!(shelf.finds_people("小明").await, ["王小明"]);
    assert_eq!(
        shelf.finds_people("000").await,
        ["王小明", "Zoë Almeida"],
        "newest first"
    );
    for typed in ["47", "913", "0472", "almeida market2"] {
        assert_eq!(shelf.finds_people(typed).await, [""; 0], "{typed}");
    }
    shelf.apply(vec![contact("", 6)]).await;
    assert_eq!(
        shelf.finds_people("market").await,
        [""; 0],
        "not in the address book any more"
    );
}

#[tokio::test]
async fn filters_leave_only_what_they_name() {
    let shelf = Shelf::new();
    let phone_side = MessageFact {
        direction: Direction::Out,
        origin: Origin::Phone,
        ..message("wamid.2", 20, text("an oak bench"))
    };
    let other_number = MessageFact {
        number: NumberId::from(OTHER_NUMBER),
        ..message("wamid.3", 30, text("an oak bench"))
    };
    let other_person = MessageFact {
        person: phone("351912000047"),
        ..message("wamid.4", 40, text("an oak bench"))
    };
    shelf.hears("wamid.1", 10, "an oak bench").await;
    shelf
        .apply(
            vec![phone_side, other_number, other_person]
                .into_iter()
                .map(Fact::Message)
                .collect(),
        )
        .await;
    let all = Filters::default;
    let first = shelf
        .store
        .search_people(Query::parse("650555"), all(), 20)
        .await
        .unwrap();
    let person = first[0].person.id;
    let number = Some(NumberId::from(NUMBER));
    let cases = [
        (all(), vec!["wamid.4", "wamid.3", "wamid.2", "wamid.1"]),
        (
            Filters {
                number: number.clone(),
                ..all()
            },
            vec!["wamid.4", "wamid.2", "wamid.1"],
        ),
        (
            Filters {
                number: Some(NumberId::from("1")),
                ..all()
            },
            vec![],
        ),
        (
            Filters {
                person: Some(person),
                ..all()
            },
            vec!["wamid.3", "wamid.2", "wamid.1"],
        ),
        (
            Filters {
                person: Some(person),
                number,
                ..all()
            },
            vec!["wamid.2", "wamid.1"],
        ),
        (
            Filters {
                origin: Some(Origin::Phone),
                ..all()
            },
            vec!["wamid.2"],
        ),
        (
            Filters {
                from: Some(Millis(20_000)),
                before: Some(Millis(40_000)),
                ..all()
            },
            vec!["wamid.3", "wamid.2"],
        ),
        (
            Filters {
                before: Some(Millis(10_000)),
                ..all()
            },
            vec![],
        ),
        (
            Filters {
                has_media: true,
                ..all()
            },
            vec![],
        ),
    ];
    for (filters, wamids) in cases {
        assert_eq!(found(&shelf.store, "oak", &filters).await, wamids, "{filters:?}");
    }
}

#[tokio::test]
async fn a_time_alone_leaves_what_was_said_then() {
    let shelf = Shelf::new();
    for n in 1..=4 {
        shelf.hears(&format!("wamid.{n}"), n * 10, "an oak bench").await;
    }
    let filters = Filters {
        from: Some(Millis(20_000)),
        before: Some(Millis(40_000)),
        ..Filters::default()
    };
    assert_eq!(found(&shelf.store, "", &filters).await, ["wamid.3", "wamid.2"]);
    assert_eq!(found(&shelf.store, "", &Filters::default()).await, [""; 0]);
}

#[tokio::test]
async fn what_the_history_tells_of_a_customer_is_from_the_customer() {
    let shelf = Shelf::new();
    let told = |wamid: &str, second, direction| {
        Fact::Message(MessageFact {
            direction,
            origin: Origin::History,
            telling: Telling::History,
            ..message(wamid, second, text("an oak bench"))
        })
    };
    let facts = vec![told("wamid.1", 1, Direction::In), told("wamid.2", 2, Direction::Out)];
    shelf.apply(facts).await;
    let from = |origin| Filters {
        origin: Some(origin),
        ..Filters::default()
    };
    assert_eq!(found(&shelf.store, "oak", &from(Origin::Customer)).await, ["wamid.1"]);
    assert_eq!(
        found(&shelf.store, "oak", &from(Origin::History)).await,
        ["wamid.2", "wamid.1"]
    );
}

#[tokio::test]
async fn pages_follow_each_other_newest_first_without_gap_or_overlap_whatever_came_when() {
    let shelf = Shelf::new();
    // Several in one second, and later seconds that come first.
    let mut facts: Vec<Fact> = (0..120_i64)
        .map(|n| Fact::Message(message(&format!("wamid.{n}"), (n * 37) % 40, text("an oak bench"))))
        .collect();
    let late = facts.split_off(60);
    shelf.apply(late).await;
    for fact in facts {
        shelf.apply(vec![fact]).await;
    }
    let mut before = None;
    let mut seen: Vec<(Millis, MessageId)> = Vec::new();
    loop {
        let page = shelf
            .store
            .search_messages(Query::parse("oak be"), Filters::default(), before, 7);
        let page = page.await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.message.at, last.message.id));
        seen.extend(page.iter().map(|found| (found.message.at, found.message.id)));
    }
    assert_eq!(seen.len(), 120);
    assert!(seen.is_sorted_by(|one, next| one > next), "newest first, each once");
}
