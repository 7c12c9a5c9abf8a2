//! Facts come in any order, and any of them again: the rows are the same.

use proptest::{prelude::*, test_runner::TestCaseError};
use twinbox_domain::{
    ContactFact, Content, DeletionFact, Direction, EditFact, Fact, Lane, Media, MessageFact, Millis, NumberFact,
    NumberId, Origin, OutboxId, PersonIds, ReactionFact, Status, StatusError, StatusFact, Telling, Wamid,
};
use twinbox_store::{ConversationList, Enqueued, NewItem, Store};

const NUMBER: &str = "106540352242922";

/// One person of three, by whatever part of their ids `known` gives: phone, business-scoped id, or both.
fn person(who: u8, known: u8) -> PersonIds {
    let phone = (known != 1).then(|| format!("1650555000{who}"));
    let bsuid = (known != 0).then(|| format!("US.{who}"));
    PersonIds {
        phone,
        bsuid,
        profile_name: format!("Person {who}"),
        username: String::new(),
    }
}

/// A delivery of message `n`: a customer's or the phone's, a ghost of it, a placeholder or the real thing, as it happens
/// or from the history. A medium that follows its placeholder goes the wrong way at another time, as in Meta's sample.
fn message(n: u8, who: u8, known: u8, ghost: bool, telling: Telling) -> Fact {
    let from_customer = !n.is_multiple_of(3);
    let content = match (ghost, n % 2) {
        (true, _) if telling == Telling::History => Content::Placeholder,
        (true, odd) => Content::NotUnderstood {
            type_name: format!("unsupported {}", odd + known),
        },
        (false, 0) => Content::Text {
            body: format!("text {n}"),
        },
        (false, _) => Content::Image(Media {
            media_id: format!("media {n}"),
            mime_type: "image/jpeg".to_owned(),
            sha256: String::new(),
            caption: format!("caption {n}"),
        }),
    };
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid(format!("wamid.{n}")),
        person: person(who, known),
        direction: if from_customer || telling == Telling::FollowUp {
            Direction::In
        } else {
            Direction::Out
        },
        origin: match telling {
            Telling::FollowUp | Telling::History => Origin::History,
            Telling::Live if from_customer => Origin::Customer,
            Telling::Live => Origin::Phone,
        },
        telling,
        at: Millis(1_000_000 + i64::from(n) * 1000 - i64::from(telling == Telling::FollowUp) * 77_000),
        content,
        reply_to: (n > 4).then(|| Wamid(format!("wamid.{}", n - 4))),
    })
}

/// Something done to message `n` later: an edit, a deletion, or a reaction set or taken away.
fn afterwards(n: u8, what: u8, second: i64) -> Fact {
    let number = NumberId::from(NUMBER);
    let wamid = Wamid(format!("wamid.{n}"));
    let at = Millis(3_000_000 + second * 1000);
    match what {
        0 | 1 => Fact::Edit(EditFact {
            number,
            wamid,
            at,
            content: Content::Text {
                body: format!("edit {what} of {n}"),
            },
        }),
        2 => Fact::Deletion(DeletionFact { number, wamid, at }),
        _ => Fact::Reaction(ReactionFact {
            number,
            wamid,
            from: if n.is_multiple_of(2) {
                Direction::In
            } else {
                Direction::Out
            },
            emoji: if what == 3 { "👍".to_owned() } else { String::new() },
            at,
        }),
    }
}

fn contact(who: u8, second: i64, name: u8) -> Fact {
    Fact::Contact(ContactFact {
        number: NumberId::from(NUMBER),
        person: person(who, 2),
        name: ["", "Neighbor", "Friend"][usize::from(name)].to_owned(),
        at: Millis(4_000_000 + second * 1000),
    })
}

fn status(n: u8, status: Status, code: Option<i64>) -> Fact {
    Fact::Status(StatusFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid(format!("wamid.ours.{n}")),
        outbox: Some(ours(n)),
        status,
        at: Millis(2_000_000),
        error: code.filter(|_| status == Status::Failed).map(|code| StatusError {
            code,
            title: format!("Not delivered for reason {code}"),
        }),
    })
}

fn ours(n: u8) -> OutboxId {
    OutboxId(uuid::Uuid::from_u128(u128::from(n) + 1))
}

/// A message belongs to one person, so who wrote it follows from its number.
fn any_fact() -> impl Strategy<Value = Fact> {
    let statuses = [Status::Sent, Status::Failed, Status::Delivered, Status::Read];
    let tellings = [Telling::FollowUp, Telling::History, Telling::Live];
    prop_oneof![
        4 => (0_u8..12, 0_u8..3, any::<bool>(), prop::sample::select(tellings.to_vec()))
            .prop_map(|(n, known, ghost, telling)| message(n, n % 3, known, ghost, telling)),
        1 => (0_u8..3, 0_i64..3, 0_u8..3).prop_map(|(who, second, name)| contact(who, second, name)),
        2 => (0_u8..12, 0_u8..5, 0_i64..3).prop_map(|(n, what, second)| afterwards(n, what, second)),
        2 => (0_u8..3, prop::sample::select(statuses.to_vec()), prop::option::of(131_048..131_050_i64))
            .prop_map(|(n, word, code)| status(n, word, code)),
        1 => Just(Fact::Number(NumberFact {
            number: NumberId::from(NUMBER),
            display_phone_number: "15550783881".to_owned(),
        })),
    ]
}

/// Applies `deliveries` to a store with three messages of ours already sent, and says what is in it afterwards.
async fn rows_after(deliveries: &[Fact]) -> Result<Vec<String>, anyhow::Error> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    // Someone of the three with every id, so that our messages have a conversation to be in.
    apply(&store, message(1, 1, 2, false, Telling::Live)).await?;
    let first = store.conversations(ConversationList::All, None, 10).await?;
    for n in 0..3 {
        let item = NewItem {
            id: ours(n),
            conversation: first[0].id,
            lane: Lane::Agent,
            origin: Origin::Agent,
            author: "Maya".to_owned(),
            content: Content::Text {
                body: format!("ours {n}"),
            },
            file: None,
            reply_to: None,
            at: Millis(1_500_000 + i64::from(n)),
        };
        assert!(matches!(store.enqueue(item).await?, Enqueued::New(_)));
        assert!(store.begin_attempt(ours(n), Millis(0)).await?);
    }
    for fact in deliveries {
        apply(&store, fact.clone()).await?;
    }
    let mut rows = Vec::new();
    for conversation in store.conversations(ConversationList::All, None, 100).await? {
        let person = &conversation.person;
        rows.push(format!(
            "{} {} {} {} last {:?} customer {:?} unread {} needs reply {}",
            person.contact_name,
            person.name,
            person.phone,
            person.bsuid,
            conversation.last_at,
            conversation.last_customer_at,
            conversation.unread,
            conversation.needs_reply,
        ));
        for message in store.messages(conversation.id, None, 100).await? {
            let text = match &message.content {
                Content::Text { body } => body.clone(),
                Content::Image(media) => media.caption.clone(),
                Content::NotUnderstood { type_name } => type_name.clone(),
                _ => String::new(),
            };
            let quoted = message.quoted.map(|quoted| (quoted.wamid, quoted.original.is_some()));
            rows.push(format!(
                "  {:?} {:?} {:?} {:?} {:?} {text} {quoted:?} {:?} {:?} {:?} {:?} {} {:?} {:?}",
                message.at,
                message.wamid,
                message.outbox,
                message.direction,
                message.origin,
                message.status,
                message.failed,
                message.item.map(|item| item.state),
                message.edited_at,
                message.is_deleted,
                message.reactions,
                message.file,
            ));
        }
    }
    rows.sort();
    Ok(rows)
}

async fn apply(store: &Store, fact: Fact) -> Result<(), anyhow::Error> {
    let id = store.append_to_journal(b"{}".to_vec(), Millis(0)).await?;
    store.apply(id, vec![fact]).await?;
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_and_any_of_them_twice_the_rows_are_the_same(
        facts in prop::collection::vec(any_fact(), 1..16),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        order in any::<u64>(),
    ) {
        let mut shuffled = facts.clone();
        shuffled.extend(again.iter().map(|index| facts[index.index(facts.len())].clone()));
        // A permutation drawn from `order`, so that a failing case can be shrunk and told.
        let mut state = order;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (in_order, in_disorder) = runtime
            .block_on(async { Ok::<_, anyhow::Error>((rows_after(&facts).await?, rows_after(&shuffled).await?)) })
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(in_order, in_disorder);
    }
}

#[test]
fn an_echo_of_our_own_send_is_the_same_message_whichever_comes_first() {
    let echo = Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.ours.0"),
        person: person(1, 2),
        direction: Direction::Out,
        origin: Origin::Phone,
        telling: Telling::Live,
        at: Millis(1_500_000),
        content: Content::Text {
            body: "ours 0".to_owned(),
        },
        reply_to: None,
    });
    let delivered = status(0, Status::Delivered, None);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (one, other) = runtime.block_on(async {
        let one = rows_after(&[echo.clone(), delivered.clone()]).await.unwrap();
        (one, rows_after(&[delivered, echo]).await.unwrap())
    });
    assert_eq!(one, other);
    let ours: Vec<_> = one.iter().filter(|row| row.contains("ours 0")).collect();
    assert_eq!(ours.len(), 1, "{one:#?}");
    assert!(ours[0].contains("Agent") && ours[0].contains("Delivered"), "{ours:?}");
}
