//! A number that Meta calls differently: it was signed up anew, in its account or in another. It is the same number by
//! its digits, and by nothing else.

use serde_json::{Value, json};
use tempfile::TempDir;
use twinbox_domain::{NumberId, Standing, Status};
use twinbox_protocol::{CheckNumber, Delivery, ForgetSignup, GetOverview, GetSync, NumberView, ResumeSignup};
use twinbox_simulator::{AccountEvent, Config, CustomerMessage, Simulator};
use twinbox_tests::{
    desk::{Desk, alice, sign},
    newcomer::{APP_SECRET, MemoryKeys},
};

const FIRST: &str = "106540352242922";

/// The simulated Meta of another portfolio.
fn elsewhere() -> Config {
    Config {
        phone_number_id: "208860275680001".to_owned(),
        waba_id: "309951460890002".to_owned(),
        portfolio: 1,
        seed: 2,
        is_connected: false,
        ..Config::for_tests("")
    }
}

async fn numbers(desk: &Desk) -> Vec<NumberView> {
    desk.ask(GetOverview {}).await.unwrap().numbers
}

async fn until_lost(desk: &Desk) {
    desk.until("the end", async |desk| {
        (!numbers(desk).await.remove(0).standing.may_send()).then_some(())
    })
    .await
    .unwrap();
}

/// A webhook of this account.
async fn tell(desk: &Desk, waba: &str, field: &str, value: Value) {
    let changes = json!([{"field": field, "value": value}]);
    let webhook = json!({"object": "whatsapp_business_account",
        "entry": [{"id": waba, "time": 1_768_477_204, "changes": changes}]});
    let body = webhook.to_string().into_bytes();
    let signature = sign(&body);
    assert_eq!(desk.post_webhook(body, Some(&signature)).await.unwrap(), 200);
}

/// A webhook that names the number by this id, and without its digits.
async fn tell_of(desk: &Desk, id: &str, field: &str, mut value: Value) {
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"phone_number_id": id});
    tell(desk, "1", field, value).await;
}

/// The engine goes on with what is in `folder`, at this Meta.
async fn goes_on_at(meta: Simulator, folder: TempDir) -> Desk {
    let desk = Desk::of_newcomer_on(meta, folder, MemoryKeys::open()).await.unwrap();
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    desk
}

fn is_delivered(delivery: &Delivery) -> bool {
    matches!(
        delivery,
        Delivery::Known {
            status: Status::Delivered | Status::Read
        }
    )
}

#[tokio::test]
async fn a_number_with_another_id_in_another_account_keeps_its_conversations_and_what_waits() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let answered = desk.send(row.id, "It is").await.unwrap();
    let wamid = desk
        .until("its id", async |desk| {
            let thread = desk.thread(row.id).await;
            thread
                .into_iter()
                .find(|message| message.outbox == Some(answered))?
                .wamid
        })
        .await
        .unwrap();
    desk.until_delivery(row.id, answered, "the answer", is_delivered)
        .await
        .unwrap();
    assert!(desk.meta.account_event(&AccountEvent::Disconnect { reason: None }));
    until_lost(&desk).await;
    let waiting = desk.send(row.id, "Shall I keep one for you?").await.unwrap();
    desk.ask(ForgetSignup {}).await.unwrap();
    let (_before, folder) = desk.stop().await.unwrap();

    let desk = goes_on_at(Simulator::start(elsewhere()).await.unwrap(), folder).await;
    desk.connects(true).await.unwrap();
    // What waited goes out under the new id, which is the only one this Meta knows. It has not seen the customer write.
    desk.until_delivery(row.id, waiting, "what waited", |delivery| {
        matches!(
            delivery,
            Delivery::Failed {
                code: Some(131_047),
                ..
            }
        )
    })
    .await
    .unwrap();
    let known = numbers(&desk).await;
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].id, NumberId::from(FIRST), "it is still the same here");
    assert_eq!(known[0].standing, Standing::Connected);
    desk.until("all of the history", async |desk| {
        let number = NumberId::from(FIRST);
        (desk.ask(GetSync { number }).await.ok()?.percent == Some(100)).then_some(())
    })
    .await
    .unwrap();
    let again = desk.hears_from(alice(), "Yes please").await.unwrap();
    assert_eq!(again.id, row.id);
    let kept = desk.send(row.id, "Kept").await.unwrap();
    desk.until_delivery(row.id, kept, "the answer", is_delivered)
        .await
        .unwrap();
    desk.ask(CheckNumber {
        number: NumberId::from(FIRST),
    })
    .await
    .unwrap();

    // Late ones that still name the old id are of this number, too.
    let read =
        json!({"id": wamid.as_str(), "status": "read", "timestamp": "1768477204", "recipient_id": alice().phone});
    tell_of(&desk, FIRST, "messages", json!({"statuses": [read]})).await;
    desk.until_delivery(row.id, answered, "the late read", |delivery| {
        matches!(delivery, Delivery::Known { status: Status::Read })
    })
    .await
    .unwrap();
    let echo = json!({"from": "15550783881", "to": alice().phone, "id": "wamid.echo", "timestamp": "1768477204",
        "type": "text", "text": {"body": "A late echo"}});
    tell_of(&desk, FIRST, "smb_message_echoes", json!({"message_echoes": [echo]})).await;
    assert_eq!(desk.until_shown("wamid.echo").await.unwrap().id, row.id);
    // What is told of the account it has left is nothing to it.
    tell(
        &desk,
        "102290129340398",
        "account_update",
        json!({"event": "ACCOUNT_OFFBOARDED"}),
    )
    .await;
    let last = desk.hears_from(alice(), "Thank you").await.unwrap();
    assert_eq!(last.id, row.id);

    // A restart knows what to call it.
    let (meta, folder) = desk.stop().await.unwrap();
    let desk = goes_on_at(meta, folder).await;
    assert_eq!(numbers(&desk).await[0].standing, Standing::Connected);
    // It listens on another port now, which Meta has to be told.
    desk.ask(ResumeSignup {}).await.unwrap();
    let later = desk.send(row.id, "Done").await.unwrap();
    desk.until_delivery(row.id, later, "sent after the restart", is_delivered)
        .await
        .unwrap();
}

#[tokio::test]
async fn messages_under_the_new_id_find_their_conversation_before_anybody_has_signed_up() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let row = desk.hears_from(alice(), "Hello?").await.unwrap();
    let meta = Simulator::start(Config {
        is_connected: true,
        webhook_url: desk.url("/webhooks/meta"),
        ..elsewhere()
    })
    .await
    .unwrap();
    let text = CustomerMessage::Text("Hello again".to_owned());
    let wamid = meta.customer_writes(alice(), text);
    assert_eq!(desk.until_shown(&wamid).await.unwrap().id, row.id);
    assert_eq!(numbers(&desk).await.len(), 1);
}

#[tokio::test]
async fn another_number_takes_over_nothing() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let row = desk.hears_from(alice(), "Hello?").await.unwrap();
    desk.ask(ForgetSignup {}).await.unwrap();
    let (_before, folder) = desk.stop().await.unwrap();
    let other = Config {
        display_phone_number: "15550783882".to_owned(),
        ..elsewhere()
    };
    let desk = goes_on_at(Simulator::start(other).await.unwrap(), folder).await;
    desk.connects(false).await.unwrap();
    let to_the_other = desk.hears_from(alice(), "Is this the workshop?").await.unwrap();
    assert_ne!(to_the_other.id, row.id);
    let ids = [&row, &to_the_other].map(|row| row.person.bsuid.clone());
    assert_ne!(ids[0], ids[1], "each portfolio has its own id of her");
    assert_eq!(to_the_other.person.id, row.person.id, "she is one person all the same");
    let ids: Vec<NumberId> = numbers(&desk).await.into_iter().map(|number| number.id).collect();
    assert_eq!(ids, [NumberId::from(FIRST), NumberId::from("208860275680001")]);
    assert_eq!(desk.thread(row.id).await.len(), 1);
}

#[tokio::test]
async fn numbers_that_tell_no_digits_are_not_taken_for_each_other() {
    let desk = Desk::new().await.unwrap();
    for id in ["41", "42"] {
        let message = json!({"id": format!("wamid.{id}"), "from": alice().phone, "timestamp": "1768477204",
            "type": "text", "text": {"body": "Hello?"}});
        tell_of(&desk, id, "messages", json!({"messages": [message]})).await;
    }
    let rows = desk
        .until("both", async |desk| {
            Some(desk.list().await).filter(|rows| rows.len() == 2)
        })
        .await
        .unwrap();
    assert_ne!(rows[0].number, rows[1].number);
}
