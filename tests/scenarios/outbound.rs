//! Messages go out.

use std::time::Duration;
use twinbox_domain::{Origin, Status};
use twinbox_protocol::{
    CancelMessage, Delivery, ErrorCode, GetOverview, RetryMessage, SendMessage, SettleUnknown, ToSend,
};
use twinbox_simulator::{Customer, Fault, Outcome};
use twinbox_tests::desk::{Desk, Setup, alice, bob, new_id};

/// Waits for answers only this long, so that unknown outcomes come soon.
fn impatient() -> Setup {
    Setup {
        time_out: Duration::from_millis(300),
        ..Setup::default()
    }
}

fn is_read(delivery: &Delivery) -> bool {
    *delivery == Delivery::Known { status: Status::Read }
}

fn is_failed(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Failed { .. })
}

fn is_not_sure(delivery: &Delivery) -> bool {
    *delivery == Delivery::NotSure
}

fn accepted(desk: &Desk) -> usize {
    desk.meta
        .ledger()
        .iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }))
        .count()
}

#[tokio::test]
async fn a_reply_is_delivered_and_read_and_is_ours() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let id = desk.send(row.id, "It is. *Come by* until 6 pm 🙌").await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();

    let row = &desk.list().await[0];
    assert_eq!(
        (row.needs_reply, row.preview.origin, row.preview.author.as_str()),
        (false, Origin::Agent, "Maya Lindqvist")
    );
    let ledger = desk.meta.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].callback_data, Some(id.to_string()));
    assert_eq!(ledger[0].text, "It is. *Come by* until 6 pm 🙌");
    let thread = desk.thread(row.id).await;
    assert_eq!(thread.len(), 2);
    assert_eq!(thread[1].wamid.as_ref().map(|wamid| wamid.as_str()), ledger[0].wamid());
}

#[tokio::test]
async fn the_same_id_twice_sends_once() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let message = SendMessage {
        id: new_id(),
        conversation: row.id,
        message: ToSend::text("once"),
        reply_to: None,
    };
    let first = desk.ask(message.clone()).await.unwrap();
    let second = desk.ask(message.clone()).await.unwrap();
    assert_eq!(first.id, second.id);
    desk.until_delivery(row.id, message.id, "read", is_read).await.unwrap();
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn messages_of_one_conversation_leave_in_the_order_they_were_typed() {
    let desk = Desk::with(Setup {
        mps: 20,
        ..Setup::default()
    })
    .await
    .unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    let mut last = None;
    for n in 0..8 {
        last = Some(desk.send(row.id, &format!("line {n}")).await.unwrap());
    }
    desk.until_delivery(row.id, last.unwrap(), "read", is_read)
        .await
        .unwrap();
    let texts: Vec<String> = desk.meta.ledger().into_iter().map(|entry| entry.text).collect();
    assert_eq!(texts, (0..8).map(|n| format!("line {n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn no_second_at_the_receiver_holds_more_than_the_cap_whatever_the_network_does_and_across_a_restart() {
    let setup = Setup {
        latency: Duration::from_millis(400),
        ..Setup::default()
    };
    let desk = Desk::with(setup).await.unwrap();
    let mut conversations = Vec::new();
    for n in 0..20 {
        let customer = Customer::new(format!("4915112345{n:02}"), format!("Customer {n}"));
        conversations.push(desk.hears_from(customer, "hi").await.unwrap().id);
    }
    for conversation in &conversations {
        desk.send(*conversation, "answer").await.unwrap();
    }
    desk.until("some to arrive", async |desk| (accepted(desk) >= 7).then_some(()))
        .await
        .unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let desk = Desk::resume(meta, folder, setup).await.unwrap();
    desk.until("all to arrive", async |desk| {
        (accepted(desk) == conversations.len()).then_some(())
    })
    .await
    .unwrap();
    let ledger = desk.meta.ledger();
    assert_eq!(ledger.len(), conversations.len(), "nothing was refused");
    let arrivals: Vec<u64> = ledger.iter().map(|entry| entry.at_micros).collect();
    for first in &arrivals {
        let within = arrivals
            .iter()
            .filter(|at| (*first..first + 1_000_000).contains(at))
            .count();
        assert!(within <= 5, "{within} in one second");
    }
}

#[tokio::test]
async fn a_refusal_is_said_in_words_and_can_be_tried_again() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Error {
        http: 400,
        code: 131_026,
        message: "Undeliverable".to_owned(),
    });
    let id = desk.send(row.id, "hello").await.unwrap();
    let failed = desk.until_delivery(row.id, id, "the refusal", is_failed).await.unwrap();
    let Delivery::Failed {
        code,
        reason,
        can_retry,
    } = failed
    else {
        panic!("failed")
    };
    assert_eq!((code, can_retry), (Some(131_026), true));
    assert!(reason.contains("cannot receive"), "{reason}");

    desk.ask(RetryMessage { id }).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    assert_eq!(accepted(&desk), 1);
    let again = desk.ask(RetryMessage { id }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_without_anybody_doing_anything() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Error {
        http: 400,
        code: 130_429,
        message: "Rate limit hit".to_owned(),
    });
    let id = desk.send(row.id, "hello").await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    assert_eq!((desk.meta.ledger().len(), accepted(&desk)), (2, 1));
}

#[tokio::test]
async fn a_failure_told_later_is_shown_with_its_reason() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::FailLater {
        code: 131_049,
        title: "Not delivered".to_owned(),
    });
    let id = desk.send(row.id, "hello").await.unwrap();
    let failed = desk.until_delivery(row.id, id, "the failure", is_failed).await.unwrap();
    let Delivery::Failed { code, can_retry, .. } = failed else {
        panic!("failed")
    };
    assert_eq!((code, can_retry), (Some(131_049), false));
}

#[tokio::test]
async fn what_was_accepted_without_an_answer_is_settled_by_its_status_and_never_repeated() {
    for fault in [Fault::AcceptThenHang, Fault::AcceptThenDrop, Fault::AcceptThen500] {
        let desk = Desk::with(impatient()).await.unwrap();
        let row = desk.hears_from(alice(), "hi").await.unwrap();
        desk.meta.fail_next_send(fault.clone());
        let id = desk.send(row.id, "hello").await.unwrap();
        desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
        assert_eq!(desk.meta.ledger().len(), 1, "{fault:?}");
        let thread = desk.thread(row.id).await;
        assert_eq!(
            thread[1].wamid.as_ref().map(|wamid| wamid.as_str()),
            desk.meta.ledger()[0].wamid()
        );
    }
}

#[tokio::test]
async fn an_outcome_nobody_knows_waits_for_a_person() {
    for fault in [Fault::Hang, Fault::Html, Fault::Redirect] {
        let desk = Desk::with(impatient()).await.unwrap();
        let row = desk.hears_from(alice(), "hi").await.unwrap();
        desk.meta.fail_next_send(fault.clone());
        let id = desk.send(row.id, "hello").await.unwrap();
        desk.until_delivery(row.id, id, "not sure", is_not_sure).await.unwrap();
        assert_eq!(desk.ask(GetOverview {}).await.unwrap().outcome_unknown, 1);

        desk.ask(SettleUnknown { id, was_sent: false }).await.unwrap();
        desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
        assert_eq!(accepted(&desk), 1, "{fault:?}");
        assert_eq!(desk.meta.redirects_followed(), 0);
        let again = desk.ask(SettleUnknown { id, was_sent: true }).await.unwrap_err();
        assert_eq!(again.code, ErrorCode::Conflict);
    }
}

#[tokio::test]
async fn a_person_who_knows_that_it_was_sent_ends_the_doubt() {
    let desk = Desk::with(impatient()).await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Hang);
    let id = desk.send(row.id, "hello").await.unwrap();
    desk.until_delivery(row.id, id, "not sure", is_not_sure).await.unwrap();
    desk.ask(SettleUnknown { id, was_sent: true }).await.unwrap();
    assert_eq!(
        desk.delivery(row.id, id).await,
        Some(Delivery::Known {
            status: Status::Accepted
        })
    );
    assert_eq!(accepted(&desk), 0);
}

#[tokio::test]
async fn a_message_taken_back_in_time_never_leaves() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    // The first one is on the wire without an answer, so the second waits behind it.
    desk.meta.fail_next_send(Fault::Hang);
    let first = desk.send(row.id, "first").await.unwrap();
    desk.until("the first on the wire", async |desk| {
        (desk.meta.ledger().len() == 1).then_some(())
    })
    .await
    .unwrap();
    let second = desk.send(row.id, "second").await.unwrap();
    assert_eq!(
        desk.delivery(row.id, second).await,
        Some(Delivery::Queued { retry_at: None })
    );
    desk.ask(CancelMessage { id: second }).await.unwrap();
    assert_eq!(desk.delivery(row.id, second).await, None);
    assert_eq!(
        desk.ask(CancelMessage { id: first }).await.unwrap_err().code,
        ErrorCode::Conflict
    );
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn the_closed_window_and_an_empty_or_endless_text_are_refused_before_anything_is_queued() {
    let desk = Desk::new().await.unwrap();
    let row = desk.heard_yesterday_from(bob()).await.unwrap();
    assert_eq!(
        desk.send(row.id, "hello").await.unwrap_err().code,
        ErrorCode::WindowClosed
    );

    let row = desk.hears_from(alice(), "hi").await.unwrap();
    for text in ["", " \n ", &"x".repeat(4097)] {
        assert_eq!(desk.send(row.id, text).await.unwrap_err().code, ErrorCode::Invalid);
    }
    desk.send(row.id, &"é".repeat(4096)).await.unwrap();
    desk.until("the longest text", async |desk| (accepted(desk) == 1).then_some(()))
        .await
        .unwrap();
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn a_person_known_only_by_user_name_is_answered_by_id() {
    let desk = Desk::new().await.unwrap();
    let shy = Customer {
        phone: String::new(),
        name: String::new(),
        user_id: Some("PT.88412093".to_owned()),
        username: Some("rui.pedala".to_owned()),
    };
    let row = desk.hears_from(shy, "oi").await.unwrap();
    let id = desk.send(row.id, "Olá Rui").await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    assert_eq!(desk.meta.ledger()[0].to, "PT.88412093");
}

#[tokio::test]
async fn what_was_queued_while_meta_was_away_goes_out_when_it_is_back() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    // An engine whose Graph address nobody listens on.
    let (meta, folder) = desk.stop().await.unwrap();
    let nowhere = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let mut settings = twinbox_tests::desk::settings(&meta, folder.path(), Setup::default());
    settings.engine.numbers[0].graph.base_url = nowhere;
    let host = twinbox_server::Host::start(settings).await.unwrap();
    let id = new_id();
    let caller = twinbox_protocol::Caller {
        user: "Maya".to_owned(),
        role: twinbox_protocol::Role::Admin,
        client: "test".to_owned(),
    };
    let message = SendMessage {
        id,
        conversation: row.id,
        message: ToSend::text("later"),
        reply_to: None,
    };
    host.engine().dispatch(&caller, message.into()).await.unwrap();
    let away = Desk::on(meta, folder, host);
    let tried = |delivery: &Delivery| matches!(delivery, Delivery::Queued { retry_at: Some(_) });
    away.until_delivery(row.id, id, "tried in vain, to be tried again", tried)
        .await
        .unwrap();
    let (meta, folder) = away.stop().await.unwrap();

    let desk = Desk::resume(meta, folder, Setup::default()).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    assert_eq!(accepted(&desk), 1);
}

#[tokio::test]
async fn the_next_message_leaves_as_soon_as_a_status_settles_the_doubt_before_it() {
    let desk = Desk::with(impatient()).await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::AcceptThenHang);
    let first = desk.send(row.id, "first").await.unwrap();
    let second = desk.send(row.id, "second").await.unwrap();
    // Long before the grace period of an unknown outcome would end.
    desk.until_delivery(row.id, second, "read", is_read).await.unwrap();
    desk.until_delivery(row.id, first, "read", is_read).await.unwrap();
    let texts: Vec<String> = desk.meta.ledger().into_iter().map(|entry| entry.text).collect();
    assert_eq!(texts, ["first", "second"]);
}

#[tokio::test]
async fn taking_back_a_message_that_may_have_arrived_leaves_the_doubt() {
    let desk = Desk::with(Setup { mps: 1, ..impatient() }).await.unwrap();
    let row = desk.hears_from(alice(), "hi").await.unwrap();
    desk.meta.fail_next_send(Fault::Hang);
    let id = desk.send(row.id, "hello").await.unwrap();
    desk.until_delivery(row.id, id, "not sure", is_not_sure).await.unwrap();
    // The only permit still rests, so it waits and can be taken back.
    desk.ask(SettleUnknown { id, was_sent: false }).await.unwrap();
    desk.ask(CancelMessage { id }).await.unwrap();
    assert_eq!(desk.delivery(row.id, id).await, Some(Delivery::NotSure));
    assert_eq!(desk.meta.ledger().len(), 1);
}

#[tokio::test]
async fn an_answer_never_stands_before_what_it_answers() {
    let desk = Desk::new().await.unwrap();
    for n in 0..3 {
        let row = desk.hears_from(alice(), &format!("question {n}")).await.unwrap();
        desk.send(row.id, &format!("answer {n}")).await.unwrap();
    }
    let row = desk.list().await.remove(0);
    let texts: Vec<_> = desk
        .thread(row.id)
        .await
        .into_iter()
        .map(|message| message.content)
        .collect();
    let expected: Vec<_> = (0..3)
        .flat_map(|n| [format!("question {n}"), format!("answer {n}")])
        .map(|body| twinbox_domain::Content::Text { body })
        .collect();
    assert_eq!(texts, expected);
    assert!(!row.needs_reply);
}
