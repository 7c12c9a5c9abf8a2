//! One customer has an id of their own in each business portfolio, and is one person (P17).

use crate::{
    identity::{Desk, NUMBERS, always, changes, hears, says},
    rows::connected,
};
use twinbox_domain::{Fact, MessageFact, Millis, NumberId, Payload};
use twinbox_store::NextDue;
use twinbox_tests::desk::{mayas, new_id};

const ALICE: &str = "16505551234 US.A in:1";
const ALICE_ELSEWHERE: &str = "16505551234 US.B in:2";

/// The same, said to the second number.
fn hears_elsewhere(text: &str, who: &str, second: i64) -> Fact {
    Fact::Message(MessageFact {
        number: NumberId::from(NUMBERS[1]),
        ..says(text, who, second)
    })
}

/// By which id each number writes to Alice, whose phone number is somebody else's by now.
async fn written_to(desk: &Desk) -> Vec<Option<String>> {
    let rows = desk.list().await.into_iter();
    for row in rows.filter(|row| row.person.bsuid != "US.A9") {
        let item = mayas(new_id(), row.id, Payload::text("Hello".to_owned()), Millis(50_000));
        desk.store.enqueue(item).await.unwrap();
    }
    let mut ids = Vec::new();
    for number in NUMBERS {
        let due = desk.store.next_due(NumberId::from(number), Millis(60_000)).await;
        let NextDue::Now(due) = due.unwrap() else {
            panic!("something waits for {number}")
        };
        assert_eq!(due.to.phone, None);
        ids.push(due.to.bsuid);
    }
    ids
}

#[tokio::test]
async fn a_number_that_moves_to_another_portfolio_keeps_its_conversations() {
    let facts = [
        hears("a", ALICE, 1),
        hears("b", ALICE_ELSEWHERE, 2),
        hears("c", "US.B in:2", 3),
        hears("d", "US.A in:1", 4),
    ];
    assert_eq!(always(&facts).await.threads().await, [["a", "b", "c", "d"]]);
}

#[tokio::test]
async fn a_customer_of_two_portfolios_is_one_person_with_one_phone_number() {
    let facts = [
        hears("a", ALICE, 1),
        hears_elsewhere("b", ALICE_ELSEWHERE, 2),
        hears_elsewhere("c", "US.B in:2 @alice", 3),
    ];
    let rows = always(&facts).await.list().await;
    assert_eq!(rows.len(), 2, "a conversation with each number");
    assert_eq!(rows[0].person.id, rows[1].person.id);
    for row in rows {
        let person = row.person;
        assert_eq!(
            (person.phone.as_str(), person.username.as_str()),
            ("16505551234", "alice")
        );
    }
}

#[tokio::test]
async fn who_gets_the_phone_number_in_one_of_the_portfolios_is_somebody_else() {
    let facts = [
        hears("a", ALICE, 1),
        hears("b", ALICE_ELSEWHERE, 2),
        hears("c", "16505551234 US.B2 in:2", 3),
    ];
    let desk = always(&facts).await;
    assert_eq!(desk.threads().await, [vec!["a", "b"], vec!["c"]]);
    let left = [
        hears("a", ALICE, 1),
        changes(ALICE, "12195555358 US.A2 in:1", 5),
        hears("b", ALICE_ELSEWHERE, 9),
    ];
    let desk = always(&left).await;
    assert_eq!(
        desk.threads().await,
        [vec!["a", "16505551234 is 12195555358"], vec!["b"]]
    );
}

#[tokio::test]
async fn a_customer_who_is_not_known_to_have_left_their_number_when_another_portfolio_tells_it_keeps_it_in_both() {
    let facts = [
        hears("a", ALICE, 1),
        hears("b", ALICE_ELSEWHERE, 3),
        changes(ALICE, "12195555358 US.A2 in:1", 5),
        hears("c", "US.B in:2", 9),
    ];
    let desk = always(&facts).await;
    assert_eq!(desk.threads().await, [["a", "b", "16505551234 is 12195555358", "c"]]);
    assert_eq!(desk.list().await[0].person.phone, "12195555358");
}

#[tokio::test]
async fn accounts_in_which_one_id_is_told_are_of_one_portfolio() {
    let facts = [hears("a", ALICE, 1), hears("b", ALICE_ELSEWHERE, 2)];
    assert_eq!(always(&facts).await.threads().await, [["a", "b"]]);
    let facts = [&facts[..], &[hears("c", "US.C in:1", 3), hears("d", "US.C in:2", 4)]].concat();
    let desk = always(&facts).await;
    assert_eq!(desk.threads().await, [vec!["a"], vec!["b"], vec!["c", "d"]]);
}

#[tokio::test]
async fn of_ids_that_were_told_in_no_account_nothing_is_concluded() {
    let facts = [hears("a", "16505551234 US.A", 1), hears("b", ALICE_ELSEWHERE, 2)];
    let desk = always(&facts).await;
    assert_eq!(desk.threads().await, [["a"], ["b"]]);
    desk.tell(hears("c", "US.A in:1", 3)).await;
    assert_eq!(desk.threads().await, [["a", "b", "c"]]);
}

#[tokio::test]
async fn each_number_writes_to_the_id_of_its_portfolio() {
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let facts = [
            hears("a", ALICE, 1),
            hears_elsewhere("b", ALICE_ELSEWHERE, 2),
            // Her number is somebody else's.
            hears("c", "16505551234 US.A9 in:1", 3),
        ];
        let desk = Desk::told(&order.map(|place| &facts[place])).await;
        for (number, waba) in NUMBERS.into_iter().zip(["1", "2"]) {
            let (number, connection) = connected(number, waba);
            desk.store.connect_number(number, connection).await.unwrap();
        }
        let alices = written_to(&desk).await;
        assert_eq!(alices, [Some("US.A".to_owned()), Some("US.B".to_owned())], "{order:?}");
    }
}
