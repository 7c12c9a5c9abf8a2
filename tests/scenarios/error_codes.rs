//! Every error code of Meta's that a send can meet, told at once or later, ends as it should: tried again, left to a
//! person, or refused in words (Meta, "Error codes", 2026).

use crate::sending_files::{PHOTO, send_file};
use twinbox_domain::{NO_MARKETING, NumberId, Standing, Status};
use twinbox_protocol::{CheckNumber, Delivery, ErrorCode, GetOverview, ResumeSending};
use twinbox_simulator::{Fault, FaultRule, Outcome};
use twinbox_tests::desk::{Desk, Setup, alice, bob};

/// Refused for good, in words of ours.
const REFUSED: [i64; 31] = [
    100, 130_403, 130_472, 130_497, 131_008, 131_009, 131_021, 131_026, 131_042, 131_047, 131_048, 131_049, 131_050,
    131_051, 131_052, 131_053, 131_055, 131_062, 131_063, 131_064, 132_000, 132_001, 132_005, 132_007, 132_012,
    132_015, 132_016, 132_018, 132_068, 132_069, 135_000,
];

/// The next message would meet the same: the number pauses.
const PAUSES: [i64; 7] = [33, 368, 131_031, 131_037, 131_045, 133_000, 133_010];

/// Nobody knows whether it was sent.
const UNCLEAR: [i64; 8] = [1, 2, 131_000, 131_016, 131_057, 133_004, 134_101, 2_494_100];

/// Surely not sent: tried again by itself.
const TRIED_AGAIN: [i64; 4] = [4, 80_007, 130_429, 131_056];

fn refused_with(code: i64) -> Fault {
    // The HTTP status and the words Meta documents for it.
    Fault::Error {
        http: 0,
        code,
        message: String::new(),
    }
}

async fn desk() -> Desk {
    let setup = Setup {
        mps: 80,
        ..Setup::default()
    };
    Desk::with(setup).await.unwrap()
}

#[tokio::test]
async fn a_refusal_is_final_and_said_in_words() {
    let desk = desk().await;
    let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
    for code in REFUSED {
        desk.meta.fail_next_send(refused_with(code));
        let id = desk.send(conversation, &format!("meets {code}")).await.unwrap();
        let ended = |delivery: &Delivery| matches!(delivery, Delivery::Failed { .. } | Delivery::NotSure);
        let ended = desk.until_delivery(conversation, id, "its end", ended).await.unwrap();
        let Delivery::Failed { code: told, reason, .. } = ended else {
            panic!("{code} is a refusal, not {ended:?}")
        };
        assert_eq!(told, Some(code));
        assert!(!reason.contains(&format!("code {code}")), "{reason}");
    }
    assert_eq!(desk.meta.ledger().len(), REFUSED.len(), "none was repeated");
}

#[tokio::test]
async fn what_the_next_message_would_meet_too_pauses_the_number_and_fails_nothing() {
    futures_util::future::join_all(PAUSES.map(async |code| {
        let desk = desk().await;
        let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
        let number = NumberId::from("106540352242922");
        let refused = desk.ask(ResumeSending { number: number.clone() }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Conflict);
        desk.meta.fail_next_send(refused_with(code));
        let first = desk.send(conversation, "first").await.unwrap();
        let standing = desk
            .until("the pause", async |desk| {
                let overview = desk.ask(GetOverview {}).await.ok()?;
                let standing = overview.numbers.first()?.standing.clone();
                (standing != Standing::Connected).then_some(standing)
            })
            .await
            .unwrap();
        assert!(
            matches!(standing, Standing::Blocked { code: told, .. } if told == code),
            "{code}: {standing:?}"
        );
        let second = desk.send(conversation, "second").await.unwrap();
        for id in [first, second] {
            assert_eq!(
                desk.delivery(conversation, id).await,
                Some(Delivery::Queued { retry_at: None }),
                "{code}"
            );
        }
        assert_eq!(desk.meta.ledger().len(), 1, "{code}");
        // Somebody has mended it.
        desk.ask(ResumeSending { number }).await.unwrap();
        let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
        desk.until_delivery(conversation, second, "read", read).await.unwrap();
        let texts: Vec<String> = desk.meta.ledger().into_iter().map(|entry| entry.text).collect();
        assert_eq!(texts, ["first", "first", "second"], "{code}");
    }))
    .await;
}

#[tokio::test]
async fn what_pauses_the_number_for_a_message_pauses_it_for_a_file_and_keeps_the_order() {
    futures_util::future::join_all(PAUSES.map(async |code| {
        let desk = desk().await;
        let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
        desk.meta.add_fault(FaultRule::once("media", refused_with(code)));
        let photo = send_file(&desk, conversation, PHOTO, "photo.jpg", "").await.unwrap();
        let number = desk.until("the pause", async |desk| {
            let number = desk.ask(GetOverview {}).await.ok()?.numbers.remove(0);
            matches!(number.standing, Standing::Blocked { code: told, .. } if told == code).then_some(number.id)
        });
        let number = number.await.unwrap();
        let text = desk.send(conversation, "Like this").await.unwrap();
        for id in [photo, text] {
            assert_eq!(
                desk.delivery(conversation, id).await,
                Some(Delivery::Queued { retry_at: None }),
                "{code}"
            );
        }
        desk.ask(ResumeSending { number }).await.unwrap();
        let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
        desk.until_delivery(conversation, text, "read", read).await.unwrap();
        let kinds: Vec<String> = desk.meta.ledger().into_iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, ["image", "text"], "{code}");
    }))
    .await;
}

#[tokio::test]
async fn a_token_or_permission_that_meta_refuses_stops_the_number_and_not_the_message() {
    futures_util::future::join_all([0, 3, 10, 190, 200, 131_005].map(async |code| {
        let desk = desk().await;
        let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
        desk.meta.fail_next_send(refused_with(code));
        let id = desk.send(conversation, "hello").await.unwrap();
        let number = desk.until("the pause", async |desk| {
            let number = desk.ask(GetOverview {}).await.unwrap().numbers.remove(0);
            matches!(number.standing, Standing::NoAccess { .. }).then_some(number.id)
        });
        let number = number.await.unwrap();
        let queued = |delivery: &Delivery| matches!(delivery, Delivery::Queued { .. });
        desk.until_delivery(conversation, id, "waits", queued).await.unwrap();
        assert_eq!(desk.meta.ledger().len(), 1, "{code}: asked once");
        // Meta takes the token again.
        let health = desk.ask(CheckNumber { number }).await.unwrap();
        assert_eq!(health.token_is_valid, Some(true));
        let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
        desk.until_delivery(conversation, id, "read", read).await.unwrap();
        assert_eq!(desk.meta.ledger().len(), 2, "{code}: once refused, once accepted");
    }))
    .await;
}

#[tokio::test]
async fn an_answer_that_settles_nothing_waits_for_a_person_and_is_not_repeated() {
    let desk = desk().await;
    for (n, code) in UNCLEAR.iter().enumerate() {
        // Each in a chat of its own: a doubt holds back the next message of its chat.
        let customer = twinbox_simulator::Customer::new(format!("4915112345{n:02}"), format!("Customer {n}"));
        let conversation = desk.hears_from(customer, "hi").await.unwrap().id;
        desk.meta.fail_next_send(refused_with(*code));
        let id = desk.send(conversation, "hello").await.unwrap();
        let ended = |delivery: &Delivery| matches!(delivery, Delivery::Failed { .. } | Delivery::NotSure);
        let ended = desk.until_delivery(conversation, id, "its end", ended).await.unwrap();
        assert_eq!(ended, Delivery::NotSure, "{code}");
    }
    assert_eq!(desk.meta.ledger().len(), UNCLEAR.len());
}

#[tokio::test]
async fn a_rate_limit_of_any_kind_is_waited_out() {
    // One desk each, since a limit of the number holds back everything.
    futures_util::future::join_all(TRIED_AGAIN.map(async |code| {
        let desk = desk().await;
        let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
        desk.meta.fail_next_send(refused_with(code));
        let id = desk.send(conversation, "hello").await.unwrap();
        let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
        desk.until_delivery(conversation, id, "read", read).await.unwrap();
        assert_eq!(desk.meta.ledger().len(), 2, "{code}: once refused, once accepted");
    }))
    .await;
}

#[tokio::test]
async fn a_person_written_to_too_often_holds_back_nobody_else() {
    let desk = desk().await;
    let to_alice = desk.hears_from(alice(), "hi").await.unwrap().id;
    let to_bob = desk.hears_from(bob(), "hi").await.unwrap().id;
    desk.meta.fail_next_send(refused_with(131_056));
    desk.send(to_alice, "first to alice").await.unwrap();
    desk.until("the refusal", async |desk| {
        (desk.meta.ledger().len() == 1).then_some(())
    })
    .await
    .unwrap();
    let last = desk.send(to_alice, "second to alice").await.unwrap();
    desk.send(to_bob, "to bob").await.unwrap();
    let read = |delivery: &Delivery| *delivery == Delivery::Known { status: Status::Read };
    desk.until_delivery(to_alice, last, "read", read).await.unwrap();
    let accepted: Vec<String> = desk
        .meta
        .ledger()
        .into_iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }))
        .map(|entry| entry.text)
        .collect();
    assert_eq!(accepted, ["to bob", "first to alice", "second to alice"]);
}

#[tokio::test]
async fn whoever_is_found_to_want_no_marketing_is_marked_however_meta_tells_it() {
    let later = Fault::FailLater {
        code: NO_MARKETING,
        title: String::new(),
    };
    for fault in [refused_with(NO_MARKETING), later] {
        let desk = desk().await;
        let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
        desk.meta.fail_next_send(fault);
        desk.send(conversation, "an offer").await.unwrap();
        let told = async |desk: &Desk| desk.list().await.into_iter().find(|row| row.stops_marketing);
        desk.until("the mark", told).await.unwrap();
    }
}

#[tokio::test]
async fn a_failure_told_by_a_status_is_said_in_words_for_every_code_that_comes_late() {
    let desk = desk().await;
    let conversation = desk.hears_from(alice(), "hi").await.unwrap().id;
    for code in [
        131_026, 131_047, 131_048, 131_049, 131_050, 131_051, 131_053, 132_015, 130_472, 131_042,
    ] {
        desk.meta.fail_next_send(Fault::FailLater {
            code,
            title: String::new(),
        });
        let id = desk.send(conversation, &format!("meets {code} later")).await.unwrap();
        let failed = |delivery: &Delivery| matches!(delivery, Delivery::Failed { .. });
        let failed = desk
            .until_delivery(conversation, id, "the failure", failed)
            .await
            .unwrap();
        let Delivery::Failed { code: told, reason, .. } = failed else {
            panic!("failed")
        };
        assert_eq!(told, Some(code));
        assert!(!reason.contains("code"), "{reason}");
    }
}
