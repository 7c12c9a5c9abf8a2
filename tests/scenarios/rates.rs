//! What messages cost by the table of rates, and which of them cost nothing.

use twinbox_domain::{
    Content, ConversationId, Direction, Fact, MessageFact, Millis, NumberId, Origin, OutboxId, Payload, PersonIds,
    Pricing, SERVICE_BILLED_FROM, Slot, SlotPart, SlotValue, Status, StatusFact, Telling, Wamid,
};
use twinbox_protocol::{
    Caller, Delivery, ErrorCode, GetRates, GetSpending, ListTemplates, RateView, Role, SaveRates, SendMessage, ToSend,
};
use twinbox_store::{Allowance, ConversationList, Erased, Finish, JournalLane, Rate, RateList, Spent, Store};
use twinbox_tests::desk::{Desk, Setup, alice, mayas, new_id};

const NUMBER: &str = "106540352242922";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn shop() -> NumberId {
    NumberId::from(NUMBER)
}

fn rate(calling_code: &str, category: &str, micros: u64) -> RateView {
    RateView {
        calling_code: calling_code.to_owned(),
        category: category.to_owned(),
        market: "North America".to_owned(),
        micros,
        source: "Meta's list of October".to_owned(),
        as_of: "2026-10-01".to_owned(),
        is_checked: true,
    }
}

fn table(rates: Vec<RateView>) -> SaveRates {
    SaveRates {
        currency: "EUR".to_owned(),
        free_service: 500,
        rates,
    }
}

#[tokio::test]
async fn the_table_begins_as_the_app_has_it_to_be_checked_and_an_admins_stays_across_a_restart() {
    let desk = Desk::new().await.unwrap();
    let first = desk.ask(GetRates {}).await.unwrap();
    assert!(
        !first.rates.is_empty()
            && first
                .rates
                .iter()
                .all(|rate| !rate.is_checked && !rate.source.is_empty())
    );
    assert_eq!(
        (first.free_service, first.saved_by.as_str(), first.saved_at),
        (1000, "", None)
    );

    let ours = table(vec![rate("1", "utility", 4000)]);
    desk.ask(ours.clone()).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    let kept = desk.ask(GetRates {}).await.unwrap();
    assert_eq!((kept.currency.as_str(), kept.free_service), ("EUR", 500));
    assert_eq!(kept.rates, ours.rates);
    assert_eq!(kept.saved_by, "Maya Lindqvist");
    assert!(kept.saved_at.is_some());
}

#[tokio::test]
async fn only_an_admin_changes_the_table_and_what_is_no_price_is_refused() {
    let desk = Desk::new().await.unwrap();
    let before = desk.ask(GetRates {}).await.unwrap();
    let agent = Caller {
        user: "Tomás".to_owned(),
        role: Role::Agent,
        client: "test".to_owned(),
    };
    let refused = desk.ask_as(agent, table(Vec::new())).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
    let broken = [
        vec![rate("", "utility", 1)],
        vec![rate("12345", "utility", 1)],
        vec![rate("1a", "utility", 1)],
        vec![rate("1", "chatter", 1)],
        vec![rate("1", "utility", u64::MAX)],
        vec![rate("1", "utility", 1), rate("1", "utility", 2)],
    ];
    for rates in broken {
        let refused = desk.ask(table(rates)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
    let wrong = SaveRates {
        currency: "euro".to_owned(),
        ..table(Vec::new())
    };
    assert_eq!(desk.ask(wrong).await.unwrap_err().code, ErrorCode::Invalid);
    assert_eq!(desk.ask(GetRates {}).await.unwrap(), before);
}

#[tokio::test]
async fn each_billed_message_tells_what_it_costs_by_the_table_and_the_totals_add_it_up() {
    let desk = Desk::new().await.unwrap();
    desk.ask(table(vec![rate("1", "utility", 4000), rate("1650", "utility", 70)]))
        .await
        .unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.until("the templates", async |desk| {
        let list = desk.ask(ListTemplates { number: shop() }).await.ok()?;
        (!list.templates.is_empty()).then_some(())
    })
    .await
    .unwrap();
    let value = |name: &str, text: &str| SlotValue {
        slot: Slot {
            part: SlotPart::Body,
            name: name.to_owned(),
        },
        text: text.to_owned(),
    };
    let id = new_id();
    let template = SendMessage {
        id,
        conversation: row.id,
        message: ToSend::Template {
            name: "order_ready".to_owned(),
            language: "de".to_owned(),
            values: vec![value("1", "Alice"), value("2", "17")],
            file: None,
            place: None,
        },
        reply_to: None,
    };
    desk.ask(template).await.unwrap();
    let is_delivered = |delivery: &Delivery| {
        matches!(
            delivery,
            Delivery::Known {
                status: Status::Delivered | Status::Read
            }
        )
    };
    desk.until_delivery(row.id, id, "delivered", is_delivered)
        .await
        .unwrap();
    let cost = desk.thread(row.id).await.pop().unwrap().cost.unwrap();
    let price = cost.price.unwrap();
    assert_eq!(
        (price.micros, price.currency.as_str()),
        (70, "EUR"),
        "the longest calling code decides"
    );
    let spending = desk
        .ask(GetSpending {
            number: shop(),
            from: Millis(0),
            to: Millis(i64::MAX),
        })
        .await
        .unwrap();
    assert_eq!((spending.currency.as_str(), spending.allowance.free), ("EUR", 500));
    assert!(spending.is_checked);
    let line = &spending.lines[0];
    assert_eq!((line.category.as_str(), line.billed, line.micros), ("utility", 1, 70));
}

/// A store with one conversation and a table of rates.
async fn store() -> (Store, ConversationId, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let list = RateList {
        currency: "USD".to_owned(),
        free_service: 2,
        rates: vec![Rate {
            calling_code: "1".to_owned(),
            category: "utility".to_owned(),
            market: String::new(),
            micros: 4000,
            source: String::new(),
            as_of: String::new(),
            is_checked: false,
        }],
    };
    store.offer_rates(list, Millis(1)).await.unwrap();
    let wrote = Fact::Message(MessageFact {
        number: shop(),
        wamid: Wamid::from("wamid.in"),
        person: PersonIds {
            phone: Some("16505551234".to_owned()),
            ..PersonIds::default()
        },
        direction: Direction::In,
        origin: Origin::Customer,
        telling: Telling::Live,
        at: Millis(1000),
        content: Content::Text { body: "hi".to_owned() },
        reply_to: None,
        status: None,
    });
    apply(&store, wrote).await;
    let all = store.conversations(ConversationList::All, None, 10).await.unwrap();
    (store, all[0].id, folder)
}

async fn apply(store: &Store, fact: Fact) {
    let id = store
        .append_to_journal(JournalLane::Live, b"{}".to_vec(), Millis(0))
        .await
        .unwrap();
    store.apply(id, vec![fact]).await.unwrap();
}

/// A message of ours that Meta took at this time.
async fn taken(store: &Store, conversation: ConversationId, wamid: &str, at: Millis) -> OutboxId {
    let id = new_id();
    let item = mayas(id, conversation, Payload::text("hello".to_owned()), at);
    store.enqueue(item).await.unwrap();
    assert!(store.begin_attempt(id, at).await.unwrap());
    let accepted = Finish::Accepted(Wamid::from(wamid));
    store.finish_attempt(id, accepted, at).await.unwrap();
    id
}

fn reached(id: OutboxId, wamid: &str, status: Status, at: Millis, pricing: Option<Pricing>) -> Fact {
    Fact::Status(StatusFact {
        number: shop(),
        wamid: Wamid::from(wamid),
        outbox: Some(id),
        status,
        at,
        error: None,
        pricing,
        person: PersonIds::default(),
    })
}

/// A message of ours that Meta says was delivered at this time, and what it said of its cost.
async fn delivered(store: &Store, conversation: ConversationId, wamid: &str, at: Millis, kind: &str) {
    let id = taken(store, conversation, wamid, at).await;
    for status in [Status::Sent, Status::Delivered, Status::Read] {
        apply(store, reached(id, wamid, status, at, Some(of_service(kind)))).await;
    }
}

fn of_service(kind: &str) -> Pricing {
    Pricing {
        category: "service".to_owned(),
        kind: kind.to_owned(),
        is_billable: kind == "regular",
        recipient: "16505551234".to_owned(),
    }
}

/// A day of the first month in which service messages are billed.
fn day(day: i64) -> Millis {
    SERVICE_BILLED_FROM.plus_ms(day * DAY_MS)
}

/// One service message on each of the first days: two that are free by themselves, then two that Meta bills.
async fn four_delivered(store: &Store, conversation: ConversationId) {
    delivered(store, conversation, "wamid.ad", day(1), "free_entry_point").await;
    delivered(store, conversation, "wamid.a", day(2), "free_customer_service").await;
    delivered(store, conversation, "wamid.b", day(3), "regular").await;
    delivered(store, conversation, "wamid.c", day(4), "regular").await;
}

#[tokio::test]
async fn a_message_whose_cost_is_told_with_its_reading_counts() {
    let (store, conversation, _folder) = store().await;
    let id = taken(&store, conversation, "wamid.R", Millis(2000)).await;
    let pricing = Pricing {
        category: "utility".to_owned(),
        kind: "regular".to_owned(),
        is_billable: true,
        recipient: "16505551234".to_owned(),
    };
    for (status, at, pricing) in [
        (Status::Sent, 3000, Some(pricing.clone())),
        (Status::Delivered, 4000, None),
        (Status::Read, 5000, Some(pricing)),
    ] {
        apply(&store, reached(id, "wamid.R", status, Millis(at), pricing)).await;
    }
    let spent = store.spending(shop(), Millis(0), Millis(10_000)).await.unwrap();
    assert_eq!(spent.iter().map(|spent| spent.messages).sum::<u64>(), 1);
}

fn free(messages: u64) -> Vec<Spent> {
    let spent = Spent {
        category: "service".to_owned(),
        origin: Origin::Agent,
        is_billable: true,
        micros: Some(4000),
        messages,
    };
    if messages == 0 { Vec::new() } else { vec![spent] }
}

#[tokio::test]
async fn the_first_service_messages_of_a_month_cost_nothing_whatever_meta_calls_them() {
    let (store, conversation, _folder) = store().await;
    let month = SERVICE_BILLED_FROM;
    four_delivered(&store, conversation).await;
    let covered = async |most: u32, from: Millis, to: Millis| {
        let allowance = Allowance { month, most };
        store.covered(shop(), allowance, from, to).await.unwrap()
    };
    let end = day(31);
    assert_eq!(
        store.service_messages(shop(), month, end).await.unwrap(),
        3,
        "what answers an ad is free by itself"
    );
    assert_eq!(covered(0, month, end).await, free(0));
    assert_eq!(covered(1, month, end).await, free(0), "the first was free already");
    assert_eq!(covered(2, month, end).await, free(1));
    assert_eq!(covered(3, month, end).await, free(2));
    assert_eq!(covered(3, day(4), end).await, free(1), "those before count, too");
    assert_eq!(covered(2, day(4), end).await, free(0));
    let spent = store.spending(shop(), month, end).await.unwrap();
    let billed: u64 = spent
        .iter()
        .filter(|spent| spent.is_billable)
        .map(|spent| spent.messages)
        .sum();
    assert_eq!(billed, 2, "each message counts once, whatever its receipts are");
    assert!(spent.iter().all(|spent| spent.micros == Some(4000)), "{spent:?}");
}

#[tokio::test]
async fn what_was_spent_stays_when_the_messages_go_with_their_person_and_names_nobody() {
    let (store, conversation, folder) = store().await;
    let month = SERVICE_BILLED_FROM;
    four_delivered(&store, conversation).await;
    let sums = async || {
        let allowance = Allowance { month, most: 2 };
        let (from, to) = (day(2), day(31));
        let spent = store.spending(shop(), from, to).await.unwrap();
        let covered = store.covered(shop(), allowance, from, to).await.unwrap();
        let used = store.service_messages(shop(), month, to).await.unwrap();
        (spent, covered, used)
    };
    let before = sums().await;
    assert_eq!((&before.1, before.2), (&free(1), 3));

    let erased = store.erase_person(conversation, day(5)).await.unwrap();
    assert!(matches!(erased, Erased::Done { messages: 5 }), "{erased:?}");
    assert_eq!(sums().await, before);
    let told_later = reached(new_id(), "wamid.c", Status::Read, day(6), Some(of_service("regular")));
    apply(&store, told_later).await;
    assert_eq!(sums().await, before, "what is told of it later does not count again");

    let kept = rusqlite::Connection::open(folder.path().join("twinbox.db")).unwrap();
    let kept: Vec<(i64, String)> = kept
        .prepare("SELECT at_ms, calling_code FROM spent ORDER BY at_ms")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let each = (1..=4).map(|at| (day(at).0, "1650".to_owned()));
    assert_eq!(kept, each.collect::<Vec<_>>());
}
