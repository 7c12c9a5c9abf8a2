//! Facts come in any order, and any of them again: the rows are the same.

use proptest::{prelude::*, test_runner::TestCaseError};
use twinbox_domain::{
    AccountFact, AccountTold, ContactFact, Content, DeletionFact, Direction, EditFact, Fact, HandoverFact, Media,
    MessageFact, Millis, NumberFact, NumberId, Origin, OutboxId, Payload, PersonIds, PreferenceFact, ReactionFact,
    Status, StatusError, StatusFact, Subject, Telling, TemplateFact, ThreadOwner, WabaId, Wamid,
};
use twinbox_store::{ConversationList, Enqueued, JournalLane, Store};
use twinbox_tests::desk::mayas;

const NUMBER: &str = "106540352242922";
const WABA: &str = "102290129340398";

/// One person of three, by whatever part of their ids `known` gives: phone, business-scoped id, or both.
fn person(who: u8, known: u8) -> PersonIds {
    let phone = (known != 1).then(|| format!("1650555000{who}"));
    let bsuid = (known != 0).then(|| format!("US.{who}"));
    PersonIds {
        phone,
        bsuid,
        profile_name: format!("Person {who}"),
        ..PersonIds::default()
    }
}

/// A delivery of message `n`: a customer's or the phone's, a ghost of it, a placeholder or the real thing, as it happens
/// or from the history. A medium that follows its placeholder goes the wrong way at another time, as in Meta's sample.
fn message(n: u8, who: u8, known: u8, ghost: bool, telling: Telling) -> Fact {
    let from_customer = !n.is_multiple_of(3);
    let is_told_how_far = telling == Telling::History && !from_customer;
    let content = match (ghost, n % 2) {
        (true, _) if telling == Telling::History => Content::Placeholder,
        (true, odd) => Content::NotUnderstood {
            type_name: format!("unsupported {}", odd + known),
            code: (known > 0).then_some(131_060),
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
        status: [None, Some(Status::Read), Some(Status::Failed)][usize::from(known)].filter(|_| is_told_how_far),
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
        _ => {
            let (from, origin) = if n.is_multiple_of(2) {
                (Direction::In, Origin::Customer)
            } else {
                (Direction::Out, Origin::Phone)
            };
            Fact::Reaction(ReactionFact {
                number,
                wamid,
                from,
                origin,
                emoji: if what == 3 { "👍".to_owned() } else { String::new() },
                at,
            })
        }
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

fn status(n: u8, status: Status, code: Option<i64>, known: u8) -> Fact {
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
        pricing: None,
        person: person(1, known),
    })
}

/// How far a message of the phone came, which Meta is not known to tell.
fn status_of_another(n: u8, status: Status) -> Fact {
    Fact::Status(StatusFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid(format!("wamid.{n}")),
        outbox: None,
        status,
        at: Millis(2_500_000),
        error: None,
        pricing: None,
        person: PersonIds::default(),
    })
}

fn ours(n: u8) -> OutboxId {
    OutboxId(uuid::Uuid::from_u128(u128::from(n) + 1))
}

/// Something told of the number, or of its account.
fn account(what: u8, whose: u8, second: i64) -> Fact {
    let subject = match whose {
        0 => Subject::Waba(WabaId::from(WABA)),
        1 => Subject::Number(NumberId::from(NUMBER)),
        _ => Subject::Phone("15550783881".to_owned()),
    };
    let told = match what {
        0 => AccountTold::Offboarded,
        1 => AccountTold::Reconnected,
        2 => AccountTold::PartnerRemoved {
            reason: "CHANGE_NUMBER".to_owned(),
            initiated_by: "USER".to_owned(),
        },
        3 => AccountTold::Quality {
            word: ["FLAGGED", "UNFLAGGED"][usize::from(whose % 2)].to_owned(),
        },
        _ => AccountTold::Tier {
            tier: format!("TIER_{second}"),
        },
    };
    Fact::Account(AccountFact {
        subject,
        at: Millis(5_000_000 + second * 1000),
        told,
    })
}

fn template(what: u8, one: bool, second: i64) -> Fact {
    let pair = |words: [&str; 2]| (words[usize::from(one)].to_owned(), String::new());
    Fact::Template(TemplateFact {
        waba: WabaId::from(WABA),
        id: "1689556908129835".to_owned(),
        name: if one {
            "abandoned_cart".to_owned()
        } else {
            String::new()
        },
        language: "en".to_owned(),
        status: (what == 0).then(|| pair(["APPROVED", "PAUSED"])),
        quality: (what == 1).then(|| pair(["GREEN", "RED"]).0),
        category: (what == 2).then(|| pair(["UTILITY", "MARKETING"])),
        at: Millis(6_000_000 + second * 1000),
    })
}

fn preference(who: u8, known: u8, is_stopped: bool, second: i64) -> Fact {
    Fact::Preference(PreferenceFact {
        number: NumberId::from(NUMBER),
        person: person(who, known),
        category: "marketing_messages".to_owned(),
        is_stopped,
        at: Millis(7_000_000 + second * 1000),
    })
}

fn handover(who: u8, to_team: bool, second: i64) -> Fact {
    Fact::Handover(HandoverFact {
        number: NumberId::from(NUMBER),
        person: person(who, 2),
        owner: if to_team {
            ThreadOwner::Team
        } else {
            ThreadOwner::AiAgent
        },
        at: Millis(8_000_000 + second * 1000),
    })
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
        2 => (0_u8..3, prop::sample::select(statuses.to_vec()), prop::option::of(131_048..131_051_i64), 0_u8..3)
            .prop_map(|(n, word, code, known)| status(n, word, code, known)),
        1 => (0_u8..12, prop::sample::select(statuses.to_vec())).prop_map(|(n, word)| status_of_another(n, word)),
        1 => any::<bool>().prop_map(|names_account| Fact::Number(NumberFact {
            number: NumberId::from(NUMBER),
            waba: names_account.then(|| WabaId::from(WABA)),
            display_phone_number: "15550783881".to_owned(),
        })),
        2 => (0_u8..5, 0_u8..3, 0_i64..2).prop_map(|(what, whose, second)| account(what, whose, second)),
        1 => (0_u8..3, any::<bool>(), 0_i64..2).prop_map(|(what, one, second)| template(what, one, second)),
        1 => (0_u8..3, 0_u8..3, any::<bool>(), 0_i64..2)
            .prop_map(|(who, known, is_stopped, second)| preference(who, known, is_stopped, second)),
        1 => (0_u8..3, any::<bool>(), 0_i64..2).prop_map(|(who, to_team, second)| handover(who, to_team, second)),
    ]
}

/// Applies `deliveries`, each with the place it arrived at, to a store with three messages of ours already sent, and says
/// what is in it afterwards.
async fn rows_after(deliveries: &[(usize, Fact)]) -> Result<Vec<String>, anyhow::Error> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    // Someone of the three with every id, so that our messages have a conversation to be in.
    apply(&store, message(1, 1, 2, false, Telling::Live)).await?;
    let first = store.conversations(ConversationList::All, None, 10).await?;
    for n in 0..3 {
        let item = mayas(
            ours(n),
            first[0].id,
            Payload::text(format!("ours {n}")),
            Millis(1_500_000 + i64::from(n)),
        );
        assert!(matches!(store.enqueue(item).await?, Enqueued::New(_)));
        assert!(store.begin_attempt(ours(n), Millis(0)).await?);
    }
    let mut arrivals = Vec::new();
    for _ in 0..=deliveries.iter().map(|(arrival, _)| *arrival).max().unwrap_or_default() {
        arrivals.push(
            store
                .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
                .await?,
        );
    }
    for (arrival, fact) in deliveries {
        store.apply(arrivals[*arrival], vec![fact.clone()]).await?;
    }
    let mut rows = vec![
        format!("{:?}", store.number_standing(NumberId::from(NUMBER)).await?),
        format!("{:?}", store.templates().await?),
    ];
    for notice in store.notices(NumberId::from(NUMBER), 100).await? {
        rows.push(format!("{:?} {}", notice.at, serde_json::to_string(&notice.told)?));
    }
    for conversation in store.conversations(ConversationList::All, None, 100).await? {
        let person = &conversation.person;
        rows.push(format!(
            "{} {} {} {} last {:?} customer {:?} unread {} needs reply {} stops marketing {}",
            person.contact_name,
            person.name,
            person.phone,
            person.bsuid,
            conversation.last_at,
            conversation.last_customer_at,
            conversation.unread,
            conversation.needs_reply,
            conversation.stops_marketing,
        ));
        for message in store.messages(conversation.id, None, 100).await? {
            let text = match &message.content {
                Content::Text { body } => body.clone(),
                Content::Image(media) => media.caption.clone(),
                Content::NotUnderstood { type_name, code } => format!("{type_name} {code:?}"),
                Content::HandedOver { owner } => format!("{owner:?}"),
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
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await?;
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
        let facts: Vec<(usize, Fact)> = facts.into_iter().enumerate().collect();
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
        status: None,
    });
    let delivered = status(0, Status::Delivered, None, 2);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (one, other) = runtime.block_on(async {
        let (echo, delivered) = ((0, echo), (1, delivered));
        let one = rows_after(&[echo.clone(), delivered.clone()]).await.unwrap();
        (one, rows_after(&[delivered, echo]).await.unwrap())
    });
    assert_eq!(one, other);
    let ours: Vec<_> = one.iter().filter(|row| row.contains("ours 0")).collect();
    assert_eq!(ours.len(), 1, "{one:#?}");
    assert!(ours[0].contains("Agent") && ours[0].contains("Delivered"), "{ours:?}");
}
