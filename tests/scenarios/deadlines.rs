//! What time does to a connected number: nothing comes, the 24 hours end, a token ends. The clock is the computer's, so
//! what is kept of the past is moved while the engine is stopped.

use rusqlite::Connection;
use serde_json::json;
use twinbox_domain::{Millis, NumberId, Reminder, ReminderAbout};
use twinbox_protocol::{
    BusinessDetails, CheckNumber, ConfirmSignup, FinishSignup, GetHealth, GetSync, RequestSync, ResumeSignup,
    SaveBusiness, SignupProblem, SignupWay, SyncRequest, SyncView,
};
use twinbox_simulator::{CustomerMessage, Fault, FaultRule, HistorySharing};
use twinbox_tests::{
    desk::{Desk, alice, next_reminder},
    newcomer::{APP_SECRET, MemoryKeys},
};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

fn number() -> NumberId {
    NumberId::from("106540352242922")
}

async fn sync(desk: &Desk) -> SyncView {
    desk.ask(GetSync { number: number() }).await.unwrap()
}

/// Stops, moves what `sql` says into the past by `?1` milliseconds, and starts again.
async fn later(desk: Desk, sql: &str, by_ms: i64) -> Desk {
    let (meta, folder) = desk.stop().await.unwrap();
    let store = Connection::open(folder.path().join("twinbox.db")).unwrap();
    assert!(store.execute(sql, [by_ms]).unwrap() > 0, "{sql}");
    drop(store);
    Desk::of_newcomer_on(meta, folder, MemoryKeys::open()).await.unwrap()
}

/// From Meta's page to the last question; nothing is connected yet.
async fn is_ready(desk: &Desk) {
    desk.signs_up(true).await.unwrap();
    let business = BusinessDetails {
        name: "Lucky Shrub Ltd".to_owned(),
        website: None,
    };
    desk.ask(SaveBusiness { business }).await.unwrap();
}

/// Somebody writes, and waits; gives the message.
async fn somebody_waits(desk: &Desk) -> String {
    let hello = CustomerMessage::Text("Hello?".to_owned());
    let wamid = desk.meta.customer_writes(alice(), hello);
    desk.until("one waiting", async |desk| {
        (sync(desk).await.waiting == 1).then_some(())
    })
    .await
    .unwrap();
    assert!(desk.list().await.is_empty());
    wamid
}

/// The engine listens elsewhere since its start, which Meta is told.
async fn tells_meta_where_it_is(desk: &Desk) {
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    desk.ask(ResumeSignup {}).await.unwrap();
}

/// A reminder that is due, once the engine has looked.
async fn reminder(desk: &Desk) -> Reminder {
    let mut reminders = desk.host().engine().reminders();
    desk.ask(CheckNumber { number: number() }).await.unwrap();
    next_reminder(&mut reminders).await
}

#[tokio::test]
async fn a_phone_that_was_asked_and_sends_nothing_does_not_keep_new_messages_waiting() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    desk.meta.onboard(HistorySharing::Empty);
    desk.ask(ConfirmSignup {}).await.unwrap();
    let wamid = somebody_waits(&desk).await;
    let desk = later(desk, "UPDATE sync_request SET at_ms = at_ms - ?1", 16 * MINUTE_MS).await;
    desk.until_shown(&wamid).await.unwrap();
    let told = sync(&desk).await;
    assert!(matches!(told.history, SyncRequest::Made { .. }), "{told:?}");
    assert_eq!(
        (told.is_holding, told.waiting, told.percent, told.refused),
        (false, 0, None, None)
    );

    // What comes after all is taken as if it had come in time.
    tells_meta_where_it_is(&desk).await;
    let last = json!([{"metadata": {"phase": 2, "chunk_order": 1, "progress": 100}, "threads": []}]);
    desk.meta.tell(
        "history",
        json!({"messaging_product": "whatsapp", "history": last,
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": number()}}),
    );
    desk.until("the end", async |desk| {
        (sync(desk).await.percent == Some(100)).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn somebody_who_went_on_working_is_told_that_all_chats_are_here() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(true).await.unwrap();
    desk.until("all of the history", async |desk| {
        (sync(desk).await.percent == Some(100)).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(reminder(&desk).await, Reminder::ChatsHere);
    let (_, folder) = desk.stop().await.unwrap();
    let store = twinbox_store::Store::open(folder.path()).unwrap();
    assert!(!store.remind(number(), ReminderAbout::Sync, 100).await.unwrap(), "once");
}

#[tokio::test]
async fn a_history_that_stops_halfway_does_not_keep_new_messages_waiting() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    desk.meta.onboard(HistorySharing::Empty);
    desk.ask(ConfirmSignup {}).await.unwrap();
    let wamid = somebody_waits(&desk).await;
    let piece = json!([{"metadata": {"phase": 0, "chunk_order": 1, "progress": 40}, "threads": []}]);
    desk.meta.tell(
        "history",
        json!({"messaging_product": "whatsapp", "history": piece,
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": number()}}),
    );
    desk.until("the piece", async |desk| {
        (sync(desk).await.percent == Some(40)).then_some(())
    })
    .await
    .unwrap();
    assert!(sync(&desk).await.is_holding);
    let moved = "UPDATE connection SET last_piece_at_ms = last_piece_at_ms - ?1";
    let desk = later(desk, moved, 2 * HOUR_MS + MINUTE_MS).await;
    desk.until_shown(&wamid).await.unwrap();
    let told = sync(&desk).await;
    assert_eq!((told.is_holding, told.percent), (false, Some(40)));
}

#[tokio::test]
async fn the_end_of_the_24_hours_is_told_six_hours_and_one_hour_before_and_shows_what_waited() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    // The owner looks away before anything was asked of the phone.
    desk.meta.add_fault(FaultRule::once("subscribed_apps", Fault::Drop));
    let view = desk.ask(ConfirmSignup {}).await.unwrap();
    assert_eq!(view.signup.unwrap().problem, Some(SignupProblem::Unreachable));
    let wamid = somebody_waits(&desk).await;

    let moved = "UPDATE connection SET connected_at_ms = connected_at_ms - ?1";
    let desk = later(desk, moved, 18 * HOUR_MS + 30 * MINUTE_MS).await;
    assert_eq!(reminder(&desk).await, Reminder::SyncEnds { hours_left: 6 });
    let desk = later(desk, moved, 5 * HOUR_MS).await;
    assert_eq!(reminder(&desk).await, Reminder::SyncEnds { hours_left: 1 });
    let told = sync(&desk).await;
    assert!(told.is_holding && told.history == SyncRequest::NotMade, "{told:?}");

    let desk = later(desk, moved, HOUR_MS).await;
    desk.until_shown(&wamid).await.unwrap();
    let told = sync(&desk).await;
    assert!(told.deadline < twinbox_engine::now() && !told.is_holding, "{told:?}");
    // Whoever asks now is told that it is too late, and nothing is asked for twice.
    for _ in 0..2 {
        let too_late = Fault::Error {
            http: 400,
            code: 2_593_108,
            message: String::new(),
        };
        desk.meta.add_fault(FaultRule::once("smb_app_data", too_late));
    }
    tells_meta_where_it_is(&desk).await;
    let refused = sync(&desk).await;
    for request in [refused.contacts, refused.history] {
        assert!(
            matches!(request, SyncRequest::Refused { code: 2_593_108, .. }),
            "{refused:?}"
        );
    }
    let again = desk.ask(RequestSync { number: number() }).await.unwrap();
    assert_eq!((again.contacts, again.history), (refused.contacts, refused.history));
}

#[tokio::test]
async fn a_phone_whose_answers_were_lost_is_asked_again_when_somebody_says_so() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    for _ in 0..2 {
        desk.meta.add_fault(FaultRule::once("smb_app_data", Fault::Drop));
    }
    desk.ask(ConfirmSignup {}).await.unwrap();
    let moved = "UPDATE connection SET connected_at_ms = connected_at_ms - ?1";
    let desk = later(desk, moved, 18 * HOUR_MS + 30 * MINUTE_MS).await;
    tells_meta_where_it_is(&desk).await;
    let lost = sync(&desk).await;
    for request in [lost.contacts, lost.history] {
        assert!(matches!(request, SyncRequest::MaybeMade { .. }), "by itself: {lost:?}");
    }
    assert_eq!(reminder(&desk).await, Reminder::SyncEnds { hours_left: 6 });

    // Neither another loss nor a call for patience says what became of the first request.
    desk.meta.add_fault(FaultRule::once("smb_app_data", Fault::Drop));
    let busy = Fault::Error {
        http: 400,
        code: 4,
        message: String::new(),
    };
    desk.meta.add_fault(FaultRule::once("smb_app_data", busy));
    let told = desk.ask(RequestSync { number: number() }).await.unwrap();
    for request in [told.contacts, told.history] {
        assert!(matches!(request, SyncRequest::MaybeMade { .. }), "{told:?}");
    }
    let told = desk.ask(RequestSync { number: number() }).await.unwrap();
    for request in [told.contacts, told.history] {
        assert!(matches!(request, SyncRequest::Made { .. }), "{told:?}");
    }
    desk.until("all of the history", async |desk| {
        (sync(desk).await.percent == Some(100)).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_phone_that_was_asked_before_after_all_was_asked() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    desk.meta.onboard(HistorySharing::Empty);
    for _ in 0..2 {
        desk.meta
            .add_fault(FaultRule::once("smb_app_data", Fault::AcceptThenDrop));
    }
    desk.ask(ConfirmSignup {}).await.unwrap();
    let told = desk.ask(RequestSync { number: number() }).await.unwrap();
    assert!(matches!(told.history, SyncRequest::Made { .. }), "{told:?}");

    // Too late, whatever was lost.
    let desk = later(
        desk,
        "UPDATE sync_request SET state = 'maybe', at_ms = at_ms - ?1",
        DAY_MS,
    )
    .await;
    let moved = "UPDATE connection SET connected_at_ms = connected_at_ms - ?1";
    let desk = later(desk, moved, DAY_MS).await;
    let told = desk.ask(RequestSync { number: number() }).await.unwrap();
    assert!(matches!(told.history, SyncRequest::MaybeMade { .. }), "{told:?}");
}

/// Connects the number with a token of 60 days.
async fn connects_for_60_days(desk: &Desk) {
    let (back, state) = desk.opens_dialog(SignupWay::Browser).await.unwrap();
    desk.goes_through_dialog(&back, &state, false).await.unwrap();
    let code = desk.meta.mint_code(Some(back), true);
    let query = format!("code={code}&state={state}");
    desk.ask(FinishSignup { query }).await.unwrap();
    let business = BusinessDetails {
        name: "Lucky Shrub Ltd".to_owned(),
        website: None,
    };
    desk.ask(SaveBusiness { business }).await.unwrap();
    let view = desk.ask(ConfirmSignup {}).await.unwrap();
    assert_eq!(view.signup.unwrap().problem, None);
}

/// In how many full days the number's token ends.
async fn token_days(desk: &Desk) -> Option<i64> {
    let health = desk.ask(GetHealth { number: number() }).await.unwrap();
    let left: fn(Millis) -> i64 = |at| at.ms_since(twinbox_engine::now()) / DAY_MS;
    health.token_expires_at.map(left)
}

const TOKEN_ENDS: &str = "UPDATE connection SET token_expires_at_ms = token_expires_at_ms - ?1";

#[tokio::test]
async fn a_token_is_renewed_before_it_ends_and_messages_go_out_with_the_new_one() {
    let desk = Desk::of_newcomer().await.unwrap();
    connects_for_60_days(&desk).await;
    assert_eq!(token_days(&desk).await, Some(59));
    let before = desk.meta.secrets();
    let desk = later(desk, TOKEN_ENDS, 41 * DAY_MS).await;
    desk.until("the renewal", async |desk| {
        (token_days(desk).await == Some(59)).then_some(())
    })
    .await
    .unwrap();
    for (_, token) in before.iter().filter(|(what, _)| *what == "token") {
        assert!(desk.meta.revoke_token(token));
    }
    tells_meta_where_it_is(&desk).await;
    let row = desk.hears_from(alice(), "Hello?").await.unwrap();
    let id = desk.send(row.id, "Hello").await.unwrap();
    desk.until_taken(row.id, id).await.unwrap();
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_warned_of_until_the_number_is_lost() {
    let desk = Desk::of_newcomer().await.unwrap();
    connects_for_60_days(&desk).await;
    // Somebody has made a new secret at Meta.
    desk.sets_meta_app("another").await.unwrap();
    let desk = later(desk, TOKEN_ENDS, 54 * DAY_MS).await;
    assert_eq!(reminder(&desk).await, Reminder::TokenEnds { days_left: 7 });
    assert_eq!(token_days(&desk).await, Some(5));
    let desk = later(desk, TOKEN_ENDS, 4 * DAY_MS).await;
    assert_eq!(reminder(&desk).await, Reminder::TokenEnds { days_left: 2 });
    for (_, token) in desk.meta.secrets().iter().filter(|(what, _)| *what == "token") {
        assert!(desk.meta.revoke_token(token));
    }
    assert_eq!(reminder(&desk).await, Reminder::Lost);
}

#[tokio::test]
async fn when_a_token_ends_is_asked_for_where_the_exchange_does_not_say_it() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.meta.hides_expiry();
    connects_for_60_days(&desk).await;
    assert_eq!(token_days(&desk).await, Some(59));
}
