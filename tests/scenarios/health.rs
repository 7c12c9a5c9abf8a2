//! How a number is, by what really arrived from it.

use std::time::Duration;
use twinbox_domain::{ConversationId, KeepAlive, NumberId};
use twinbox_protocol::{ErrorCode, GetHealth, GetOverview, HealthView, NumberView, SetNumber};
use twinbox_simulator::{Customer, CustomerMessage};
use twinbox_tests::desk::{Desk, Setup, alice, bob};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn shop() -> NumberId {
    NumberId::from("106540352242922")
}

async fn number(desk: &Desk) -> NumberView {
    desk.ask(GetOverview {}).await.unwrap().numbers.remove(0)
}

async fn health(desk: &Desk) -> HealthView {
    desk.ask(GetHealth { number: shop() }).await.unwrap()
}

fn keep_alive(number: &NumberView) -> KeepAlive {
    KeepAlive::at(twinbox_engine::now(), number.evidence.last_sign_at)
}

async fn set(desk: &Desk, name: &str, cap_per_second: u32) -> Result<(), ErrorCode> {
    let name = name.to_owned();
    let call = SetNumber {
        number: shop(),
        name,
        cap_per_second,
        counts_received: false,
        tells_read: true,
    };
    desk.ask(call).await.map_err(|error| error.code)
}

#[tokio::test]
async fn a_phone_that_was_quiet_for_nine_days_is_warned_of_until_it_sends_something() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    assert_eq!(
        keep_alive(&number(&desk).await),
        KeepAlive::CannotTell,
        "a customer says nothing about the phone"
    );

    desk.meta.phone_wrote(alice(), "I will look", 9 * DAY);
    let quiet = desk
        .until("the old echo", async |desk| {
            let quiet = keep_alive(&number(desk).await);
            (quiet != KeepAlive::CannotTell).then_some(quiet)
        })
        .await
        .unwrap();
    assert_eq!((quiet.warned_at_day(), quiet.days_left()), (Some(9), Some(4)));

    desk.meta.phone_writes(bob(), "Your bike is ready");
    desk.until("the warning to end", async |desk| {
        keep_alive(&number(desk).await).warned_at_day().is_none().then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn an_emoji_from_the_phone_is_a_sign_of_life() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Thank you").await.unwrap();
    let wamid = desk.thread(row.id).await[0].wamid.clone().unwrap();
    desk.meta.phone_reacts(wamid.as_str(), "👍").unwrap();
    desk.until("the sign", async |desk| number(desk).await.evidence.last_sign_at)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_arrived_is_told_with_its_age_its_half_hours_and_its_delay() {
    let desk = Desk::new().await.unwrap();
    let before = health(&desk).await;
    assert_eq!((before.messages.last_at, before.delay), (None, None));
    assert_eq!(before.messages.slots, vec![0; 48]);

    let row = desk.hears_from(alice(), "Hello").await.unwrap();
    let id = desk.send(row.id, "Hello, Alice").await.unwrap();
    desk.until_delivery(row.id, id, "sent", |delivery| {
        matches!(delivery, twinbox_protocol::Delivery::Known { .. })
    })
    .await
    .unwrap();
    let late = CustomerMessage::Text("This one took an hour".to_owned());
    let wamid = desk.meta.customer_wrote(bob(), late, Duration::from_secs(60 * 60));
    desk.until_shown(&wamid).await.unwrap();
    desk.meta.phone_writes(alice(), "from the phone");
    let health = desk
        .until("all three kinds", async |desk| {
            let health = health(desk).await;
            let all = health.statuses.last_at.is_some() && health.phone.last_at.is_some();
            all.then_some(health)
        })
        .await
        .unwrap();
    assert_eq!(health.messages.slots.iter().sum::<u64>(), 2);
    assert_eq!(health.phone.slots.iter().sum::<u64>(), 1);
    let delay = health.delay.unwrap();
    let hour_ms = 60 * 60 * 1000;
    assert!((hour_ms..2 * hour_ms).contains(&delay.worst_ms), "{delay:?}");
    assert!(delay.median_ms < hour_ms / 2, "{delay:?}");
    assert_eq!(delay.worst_slots.iter().flatten().max(), Some(&delay.worst_ms));
    assert_eq!(
        number(&desk).await.evidence.last_sign_at.is_some(),
        health.phone.last_at.is_some()
    );
}

#[tokio::test]
async fn of_a_number_that_is_not_known_nothing_is_told_and_nothing_set() {
    let desk = Desk::new().await.unwrap();
    let number = NumberId::from("1");
    let asked = desk.ask(GetHealth { number: number.clone() }).await.unwrap_err();
    let call = SetNumber {
        number,
        name: String::new(),
        cap_per_second: 5,
        counts_received: false,
        tells_read: true,
    };
    let set = desk.ask(call).await.unwrap_err();
    assert_eq!((asked.code, set.code), (ErrorCode::NotFound, ErrorCode::NotFound));
}

#[tokio::test]
async fn name_and_cap_are_kept_across_a_restart_whatever_the_settings_say() {
    let desk = Desk::new().await.unwrap();
    set(&desk, "  Workshop ", 20).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    let kept = number(&desk).await;
    assert_eq!((kept.name.as_str(), kept.cap_per_second), ("Workshop", 20));
    assert!(kept.can_send);

    set(&desk, "", 1).await.unwrap();
    assert_eq!(
        number(&desk).await.name,
        "+15550783881",
        "without a name it has its number"
    );
}

#[tokio::test]
async fn names_too_long_or_of_several_lines_and_caps_out_of_range_are_refused() {
    let desk = Desk::new().await.unwrap();
    let longest = "ü".repeat(60);
    let refused = [
        ("Shop", 0),
        ("Shop", 81),
        ("Shop\nWorkshop", 5),
        (&format!("{longest}ü"), 5),
    ];
    for (name, cap) in refused {
        assert_eq!(set(&desk, name, cap).await, Err(ErrorCode::Invalid), "{name} {cap}");
    }
    assert_eq!(set(&desk, &longest, 80).await, Ok(()));
}

/// So many customers, each with an open window.
async fn customers(desk: &Desk, count: usize) -> Vec<ConversationId> {
    for n in 0..count {
        let customer = Customer::new(format!("4915112{n:05}"), format!("Customer {n}"));
        desk.meta
            .customer_writes(customer, CustomerMessage::Text("hi".to_owned()));
    }
    desk.until("every customer", async |desk| {
        let rows = desk.list().await;
        (rows.len() == count).then(|| rows.iter().map(|row| row.id).collect())
    })
    .await
    .unwrap()
}

async fn until_arrived(desk: &Desk, count: usize) -> Vec<u64> {
    let ledger = desk
        .until("every message at Meta", async |desk| {
            let ledger = desk.meta.ledger();
            (ledger.len() == count).then_some(ledger)
        })
        .await
        .unwrap();
    let mut arrived: Vec<u64> = ledger.iter().map(|entry| entry.at_micros).collect();
    arrived.sort_unstable();
    arrived
}

#[tokio::test]
async fn a_lower_cap_holds_for_what_is_sent_after_it() {
    let desk = Desk::with(Setup {
        mps: 80,
        ..Setup::default()
    })
    .await
    .unwrap();
    let people = customers(&desk, 4).await;
    set(&desk, "Shop", 1).await.unwrap();
    for person in people {
        desk.send(person, "Your bike is ready").await.unwrap();
    }
    let arrived = until_arrived(&desk, 4).await;
    for pair in arrived.windows(2) {
        assert!(pair[1] - pair[0] >= 1_000_000, "two in one second: {arrived:?}");
    }
}

#[tokio::test]
async fn a_higher_cap_reaches_the_sender_that_runs() {
    let desk = Desk::with(Setup {
        mps: 80,
        ..Setup::default()
    })
    .await
    .unwrap();
    let people = customers(&desk, 40).await;
    set(&desk, "Shop", 1).await.unwrap();
    for person in people {
        desk.send(person, "Your bike is ready").await.unwrap();
    }
    // At one a second they would take longer than anyone waits here.
    set(&desk, "Shop", 80).await.unwrap();
    until_arrived(&desk, 40).await;
}
