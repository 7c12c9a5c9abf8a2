//! What shows that a number works, as the store counts it.

use proptest::prelude::*;
use tempfile::TempDir;
use twinbox_domain::{
    ContactFact, Content, Direction, Fact, HistoryFact, HistoryTold, JournalId, MessageFact, Millis, NotUnderstood,
    NumberId, Origin, PersonIds, ReactionFact, Status, StatusFact, Telling, Wamid, delay_quantile_ms,
};
use twinbox_store::{Evidence, JournalLane, Number, NumberConnection, NumberEvidence, SLOT_MS, SLOTS, Store};

const NUMBER: &str = "106540352242922";
/// Some half hour begins here.
const NOON: Millis = Millis(1_760_000_400_000);

fn message(wamid: &str, origin: Origin, telling: Telling, at: Millis) -> Fact {
    let is_customer = origin == Origin::Customer;
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from(wamid),
        person: PersonIds {
            phone: Some("16505551234".to_owned()),
            ..PersonIds::default()
        },
        direction: if is_customer { Direction::In } else { Direction::Out },
        origin,
        telling,
        at,
        content: Content::Text { body: "hi".to_owned() },
        reply_to: None,
        status: None,
    })
}

fn from_alice(at: Millis) -> Fact {
    message(&format!("wamid.in.{}", at.0), Origin::Customer, Telling::Live, at)
}

fn from_phone(at: Millis) -> Fact {
    message(&format!("wamid.out.{}", at.0), Origin::Phone, Telling::Live, at)
}

fn status(at: Millis) -> Fact {
    Fact::Status(StatusFact {
        number: NumberId::from(NUMBER),
        wamid: Wamid::from("wamid.ours"),
        outbox: None,
        status: Status::Delivered,
        at,
        error: None,
        pricing: None,
        person: PersonIds::default(),
    })
}

fn store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Store::open(folder.path()).unwrap(), folder)
}

async fn arrives(store: &Store, at: Millis, facts: Vec<Fact>) -> JournalId {
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), at)
        .await
        .unwrap();
    store.apply(id, facts).await.unwrap();
    id
}

async fn seen(store: &Store, now: Millis) -> Evidence {
    store.evidence(NumberId::from(NUMBER), now).await.unwrap()
}

fn minutes(minutes: i64) -> i64 {
    minutes * 60_000
}

#[tokio::test]
async fn what_arrives_is_seen_by_its_kind_its_half_hour_and_its_delay() {
    let (store, _folder) = store();
    assert_eq!(seen(&store, NOON).await.last, NumberEvidence::default());
    arrives(&store, NOON.plus_ms(1_400), vec![from_alice(NOON)]).await;
    arrives(
        &store,
        NOON.plus_ms(minutes(29)),
        vec![from_alice(NOON.plus_ms(minutes(29) - 1_400))],
    )
    .await;
    let phone_at = NOON.plus_ms(minutes(31));
    arrives(
        &store,
        phone_at.plus_ms(60_000),
        vec![from_phone(phone_at), status(phone_at)],
    )
    .await;

    let seen = seen(&store, NOON.plus_ms(minutes(59))).await;
    assert_eq!(seen.messages[46..], [2, 0]);
    assert_eq!(seen.phone[46..], [0, 1]);
    assert_eq!(seen.statuses[46..], [0, 1]);
    assert_eq!(seen.messages.iter().sum::<u64>(), 2);
    assert_eq!(seen.longest[45..], [None, Some(1_400), Some(60_000)]);
    assert_eq!(seen.from, NOON.plus_ms(-minutes(46 * 30)));
    let last = NumberEvidence {
        message_at: Some(NOON.plus_ms(minutes(29))),
        phone_at: Some(phone_at),
        status_at: Some(phone_at.plus_ms(60_000)),
        sign_at: Some(phone_at),
    };
    assert_eq!(seen.last, last);
    assert_eq!(store.number_evidence(NumberId::from(NUMBER)).await.unwrap(), last);
    let median = delay_quantile_ms(&seen.delays, 0.5).unwrap();
    assert!((1_270..1_530).contains(&median), "{median}");
}

#[tokio::test]
async fn a_webhook_that_is_applied_again_counts_once() {
    let (store, _folder) = store();
    let facts = vec![from_alice(NOON), status(NOON)];
    let id = arrives(&store, NOON, facts.clone()).await;
    let once = seen(&store, NOON).await;
    store.apply(id, facts.clone()).await.unwrap();
    store.read_again().await.unwrap();
    store.apply(id, facts).await.unwrap();
    assert_eq!(seen(&store, NOON).await, once);
    assert_eq!((once.messages[47], once.statuses[47]), (1, 1));
}

#[tokio::test]
async fn what_a_later_reader_understands_moves_the_last_times_and_no_counts() {
    let (store, _folder) = store();
    let unread = Fact::NotUnderstood(NotUnderstood {
        field: "messages".to_owned(),
        reason: "not known".to_owned(),
    });
    let id = arrives(&store, NOON, vec![unread]).await;
    store.apply(id, vec![from_phone(NOON)]).await.unwrap();
    let seen = seen(&store, NOON).await;
    assert_eq!((seen.last.phone_at, seen.phone[47]), (Some(NOON), 0));
}

#[tokio::test]
async fn contacts_emojis_and_history_are_signs_of_the_phone_and_customers_are_not() {
    let number = NumberId::from(NUMBER);
    let contact = Fact::Contact(ContactFact {
        number: number.clone(),
        person: PersonIds {
            phone: Some("16505551234".to_owned()),
            ..PersonIds::default()
        },
        name: "Alice".to_owned(),
        at: NOON,
    });
    let emoji = |from, origin| {
        Fact::Reaction(ReactionFact {
            number: number.clone(),
            wamid: Wamid::from("wamid.1"),
            from,
            origin,
            emoji: "👍".to_owned(),
            at: NOON,
        })
    };
    let told = HistoryTold::Chunk {
        phase: 0,
        order: 1,
        progress: 10,
        messages: 0,
    };
    let piece = Fact::History(HistoryFact {
        number: number.clone(),
        told,
    });
    let old = message("wamid.old", Origin::History, Telling::History, NOON);
    let later = NOON.plus_ms(5_000);
    for (fact, sign) in [
        (contact, Some(NOON)),
        (emoji(Direction::Out, Origin::Phone), Some(NOON)),
        (emoji(Direction::Out, Origin::Automation), None),
        (emoji(Direction::In, Origin::Customer), None),
        (piece, Some(later)),
        (old, None),
        (from_alice(NOON), None),
        (status(NOON), None),
        (from_phone(later.plus_ms(minutes(60))), Some(later)),
    ] {
        let (store, _folder) = store();
        arrives(&store, later, vec![fact.clone()]).await;
        assert_eq!(seen(&store, later).await.last.sign_at, sign, "{fact:?}");
    }
}

#[tokio::test]
async fn any_number_of_contacts_in_one_webhook_is_a_sign_of_the_phone() {
    for contacts in [250, 251, 2100] {
        let (store, _folder) = store();
        let contact = |n: i64| {
            Fact::Contact(ContactFact {
                number: NumberId::from(NUMBER),
                person: PersonIds {
                    phone: Some(format!("1650555{n:04}")),
                    ..PersonIds::default()
                },
                name: "Alice".to_owned(),
                at: NOON.plus_ms(-n),
            })
        };
        arrives(&store, NOON, (0..contacts).map(contact).collect()).await;
        assert_eq!(seen(&store, NOON).await.last.sign_at, Some(NOON), "{contacts}");
    }
}

#[tokio::test]
async fn a_phone_that_confirmed_the_connection_showed_a_sign_of_life() {
    let (store, _folder) = store();
    let connected = async |connected_at: Millis| {
        let number = Number {
            id: NumberId::from(NUMBER),
            display_phone_number: String::new(),
            name: String::new(),
            cap_per_second: 5,
            counts_received: false,
            tells_read: true,
        };
        let connection = NumberConnection {
            number: number.id.clone(),
            called: number.id.clone(),
            waba: "1".to_owned(),
            token: Vec::new(),
            token_expires_at: None,
            connected_at,
            business_name: String::new(),
            website: None,
            is_subscribed: true,
            is_holding: false,
            last_piece_at: None,
        };
        store.connect_number(number, connection).await.unwrap();
        seen(&store, NOON).await.last.sign_at
    };
    assert_eq!(connected(NOON).await, Some(NOON), "without a history");
    let later = NOON.plus_ms(minutes(5));
    arrives(&store, later, vec![from_phone(later)]).await;
    assert_eq!(connected(NOON).await, Some(later), "whichever is the later");
    // As after a phone that was quiet for too long.
    let anew = NOON.plus_ms(minutes(60 * 24 * 15));
    assert_eq!(connected(anew).await, Some(anew));
}

#[tokio::test]
async fn no_more_than_a_day_of_half_hours_is_kept() {
    let (store, folder) = store();
    for slot in 0..100 {
        let at = NOON.plus_ms(slot * SLOT_MS);
        arrives(&store, at, vec![from_alice(at), status(at)]).await;
    }
    let now = NOON.plus_ms(99 * SLOT_MS);
    assert_eq!(seen(&store, now).await.messages, [1; SLOTS]);
    // A day later nothing of it is told, although nothing has come to push it out.
    let next = seen(&store, now.plus_ms(minutes(24 * 60))).await;
    assert_eq!((next.messages, next.delays.len()), ([0; SLOTS], 0));
    drop(store);
    let connection = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
    let rows: i64 = connection
        .query_row("SELECT count(DISTINCT slot_ms) FROM arrival", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 48);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Webhooks of three days, some applied twice, in two orders.
    #[test]
    fn in_any_order_the_evidence_is_the_same(
        webhooks in prop::collection::vec((0_i64..144, 0_i64..100_000, any::<bool>(), any::<bool>()), 1..12),
        order in any::<prop::sample::Index>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let outcome = async |turned: usize| {
            let (store, _folder) = store();
            let mut ids = Vec::new();
            for (slot, delay_ms, phone, again) in &webhooks {
                let at = NOON.plus_ms(slot * SLOT_MS);
                let told_at = at.plus_ms(-delay_ms);
                let fact = if *phone { from_phone(told_at) } else { from_alice(told_at) };
                let id = store.append_to_journal(JournalLane::Live, b"{}".to_vec(), at).await.unwrap();
                ids.push((id, fact.clone()));
                if *again {
                    ids.push((id, fact));
                }
            }
            ids.rotate_left(turned % webhooks.len());
            if turned > 0 {
                ids.reverse();
            }
            for (id, fact) in ids {
                store.apply(id, vec![fact]).await.unwrap();
            }
            let newest = webhooks.iter().map(|(slot, ..)| *slot).max().unwrap_or_default();
            seen(&store, NOON.plus_ms(newest * SLOT_MS)).await
        };
        let sorted = |mut evidence: Evidence| {
            evidence.delays.sort_unstable();
            evidence
        };
        let turned = order.index(webhooks.len()) + 1;
        let (one, other) = runtime.block_on(async { (outcome(0).await, outcome(turned).await) });
        prop_assert_eq!(sorted(one), sorted(other));
    }
}
