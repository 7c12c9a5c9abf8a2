//! What customers are told beside messages: that theirs were read, and that an answer is being typed.

use twinbox_domain::{ConversationId, NumberId, Status};
use twinbox_protocol::{Caller, Delivery, ListMessages, MarkRead, Request, Role, SetNumber, TellTyping};
use twinbox_simulator::{Fault, FaultRule};
use twinbox_tests::desk::{Desk, alice, bob};

async fn newest(desk: &Desk, conversation: ConversationId) -> MarkRead {
    let call = ListMessages {
        conversation,
        before: None,
        limit: 1,
    };
    let page = desk.ask(call).await.unwrap();
    let up_to = page.items[0].id;
    MarkRead { conversation, up_to }
}

async fn until_told(desk: &Desk, receipts: usize) -> Vec<String> {
    desk.until("the receipts", async |desk| {
        let told = desk.meta.read_receipts();
        (told.len() >= receipts).then_some(told)
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_customer_is_told_once_of_the_newest_message_that_was_read() {
    let desk = Desk::new().await.unwrap();
    desk.hears_from(alice(), "first").await.unwrap();
    let row = desk.hears_from(alice(), "second").await.unwrap();
    let call = newest(&desk, row.id).await;
    desk.ask(call).await.unwrap();
    desk.ask(call).await.unwrap();
    let told = until_told(&desk, 1).await;
    let other = desk.hears_from(bob(), "hi").await.unwrap();
    desk.ask(newest(&desk, other.id).await).await.unwrap();
    let both = until_told(&desk, 2).await;
    assert_eq!(both.len(), 2, "read twice, told once");
    assert_eq!(told[0], both[0]);
    assert_ne!(both[0], both[1]);
}

#[tokio::test]
async fn a_manager_who_reviews_leaves_no_trace() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let manager = Caller {
        user: "Noor".to_owned(),
        role: Role::Manager,
        client: "tests".to_owned(),
    };
    let read = newest(&desk, row.id).await;
    let typing = TellTyping { conversation: row.id };
    for request in [Request::from(read), typing.into()] {
        desk.host().engine().dispatch(&manager, request).await.unwrap();
    }
    // Somebody else's are told after it, so nothing of the manager's is on its way.
    let other = desk.hears_from(bob(), "hi").await.unwrap();
    desk.ask(newest(&desk, other.id).await).await.unwrap();
    until_told(&desk, 1).await;
    assert_eq!((desk.meta.read_receipts().len(), desk.meta.told_typing()), (1, 0));
    let row = desk.list().await.into_iter().find(|seen| seen.id == row.id).unwrap();
    assert_eq!(row.unread, 1);
}

#[tokio::test]
async fn typing_is_shown_once_in_a_while_and_ends_with_the_answer() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    for _ in 0..3 {
        desk.ask(TellTyping { conversation: row.id }).await.unwrap();
    }
    until_told(&desk, 1).await;
    assert_eq!(desk.meta.told_typing(), 1);
    let id = desk.send(row.id, "hello").await.unwrap();
    let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
    desk.until_delivery(row.id, id, "read", read).await.unwrap();
    assert_eq!((desk.meta.told_typing(), desk.meta.read_receipts().len()), (0, 1));
}

#[tokio::test]
async fn a_number_can_be_set_to_tell_nothing() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let set = |tells_read| SetNumber {
        number: NumberId::from("106540352242922"),
        name: String::new(),
        cap_per_second: 5,
        counts_received: false,
        tells_read,
    };
    desk.ask(set(false)).await.unwrap();
    desk.ask(newest(&desk, row.id).await).await.unwrap();
    desk.ask(TellTyping { conversation: row.id }).await.unwrap();
    desk.ask(set(true)).await.unwrap();
    desk.ask(TellTyping { conversation: row.id }).await.unwrap();
    assert_eq!(until_told(&desk, 1).await.len(), 1, "only since it is set");
}

#[tokio::test]
async fn receipts_that_get_no_answer_cost_no_message_its_turn() {
    let desk = Desk::new().await.unwrap();
    desk.meta.add_fault(FaultRule::often("receipts", Fault::Drop, 1.0));
    let mut rows = Vec::new();
    for n in 0..8 {
        let customer = twinbox_simulator::Customer::new(format!("491511234{n:02}"), format!("Customer {n}"));
        rows.push(desk.hears_from(customer, "hi").await.unwrap().id);
    }
    for conversation in &rows {
        desk.ask(newest(&desk, *conversation).await).await.unwrap();
    }
    let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
    for conversation in rows {
        let id = desk.send(conversation, "hello").await.unwrap();
        desk.until_delivery(conversation, id, "read", read).await.unwrap();
    }
}
