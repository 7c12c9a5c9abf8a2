//! A number is connected: settings, Meta's page, the phone, what comes over, and everything that can go wrong on the way.

use serde_json::json;
use twinbox_domain::{NumberId, Origin, PreflightAnswers, Standing};
use twinbox_protocol::{
    BeginSignup, BusinessDetails, CheckNumber, CheckOutcome, ChooseNumber, ConfirmSignup, ConnectionView, ErrorCode,
    FinishSignup, ForgetSignup, GetConnection, GetOverview, GetSync, KeepSecretsInFile, RequestSync, ResumeSignup,
    RevealVerifyToken, SaveAnswers, SaveBusiness, SecretsView, ShowWaiting, SignupClosed, SignupProblem, SignupStep,
    SignupWay, SyncRequest, SyncView, TestMetaApp, TestWebhooks,
};
use twinbox_simulator::{AccountEvent, Config, CustomerMessage, Fault, FaultRule, HistorySharing};
use twinbox_tests::{
    desk::{Desk, alice},
    newcomer::{APP_SECRET, MemoryKeys, ready},
};

const NUMBER: &str = "106540352242922";

fn number() -> NumberId {
    NumberId::from(NUMBER)
}

async fn sync(desk: &Desk) -> SyncView {
    desk.ask(GetSync { number: number() }).await.unwrap()
}

fn step(view: &ConnectionView) -> Option<SignupStep> {
    view.signup.as_ref().map(|signup| signup.step)
}

fn problem(view: &ConnectionView) -> Option<SignupProblem> {
    view.signup.as_ref()?.problem.clone()
}

fn business() -> SaveBusiness {
    SaveBusiness {
        business: BusinessDetails {
            name: " Lucky Shrub Ltd ".to_owned(),
            website: Some("instagram.example/luckyshrub".to_owned()),
        },
    }
}

#[tokio::test]
async fn a_number_is_connected_and_its_chats_come_over_once() {
    let desk = Desk::of_newcomer().await.unwrap();
    let view = desk.connects(true).await.unwrap();
    assert_eq!((step(&view), problem(&view)), (Some(SignupStep::Sync), None));
    let told = desk
        .until("all of the history", async |desk| {
            let told = sync(desk).await;
            (told.percent == Some(100) && desk.meta.undelivered_webhooks() == 0).then_some(told)
        })
        .await
        .unwrap();
    assert!(matches!(told.contacts, SyncRequest::Made { .. }), "{told:?}");
    assert!(matches!(told.history, SyncRequest::Made { .. }), "{told:?}");
    assert_eq!(told.deadline.ms_since(told.connected_at), 24 * 60 * 60 * 1000);
    assert!(told.contact_count > 0 && told.conversation_count > 0 && told.message_count > 0);
    assert!(!told.is_holding);
    assert!(told.phases.iter().all(Option::is_some), "{:?}", told.phases);
    let files = desk
        .until("the files", async |desk| {
            let told = sync(desk).await;
            (told.files_here == told.files).then_some(told.files)
        })
        .await
        .unwrap();
    assert!(files > 0, "files of the last 14 days come over");

    // It is connected for good: it can answer, and neither request is made again.
    let row = desk.hears_from(alice(), "Do you have 28 inch tyres?").await.unwrap();
    let id = desk.send(row.id, "We do").await.unwrap();
    desk.until_taken(row.id, id).await.unwrap();
    let again = desk.ask(RequestSync { number: number() }).await.unwrap();
    assert_eq!((again.contacts, again.history), (told.contacts, told.history));
    assert_eq!(desk.meta.register_calls(), 0);
    let view = desk.ask(ForgetSignup {}).await.unwrap();
    assert_eq!(view.signup, None);
}

#[tokio::test]
async fn new_messages_wait_for_the_end_of_the_first_synchronization_and_are_shown_in_one_step() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.signs_up(true).await.unwrap();
    desk.ask(business()).await.unwrap();
    // No history is to end the waiting by itself.
    desk.meta.onboard(HistorySharing::Empty);
    desk.ask(ConfirmSignup {}).await.unwrap();
    let first = desk
        .meta
        .customer_writes(alice(), CustomerMessage::Text("Hello?".to_owned()));
    desk.meta.phone_writes(alice(), "Hello, from the phone");
    desk.until("two waiting", async |desk| {
        (sync(desk).await.waiting == 2).then_some(())
    })
    .await
    .unwrap();
    assert!(sync(&desk).await.is_holding);
    assert!(
        desk.list()
            .await
            .iter()
            .all(|row| row.preview.origin == Origin::History)
    );
    // What is done to a message that waits is not lost either.
    desk.meta.customer_edits(&first, "Hello, anybody?").unwrap();
    desk.until("the edit", async |desk| {
        (desk.meta.undelivered_webhooks() == 0).then_some(())
    })
    .await
    .unwrap();

    let shown = desk.ask(ShowWaiting { number: number() }).await.unwrap();
    assert_eq!((shown.is_holding, shown.waiting), (false, 0));
    let row = desk.until_shown(&first).await.unwrap();
    let thread = desk
        .until("both", async |desk| {
            let thread = desk.thread(row.id).await;
            (thread.len() >= 2).then_some(thread)
        })
        .await
        .unwrap();
    assert_eq!(thread.len(), 2, "each once: {thread:?}");
    assert!(thread.iter().any(|message| message.origin == Origin::Phone));
    assert!(thread.iter().any(|message| message.edited_at.is_some()));
    assert_eq!(row.unread, 1);
}

#[tokio::test]
async fn the_end_of_the_history_shows_what_waited() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.signs_up(true).await.unwrap();
    desk.ask(business()).await.unwrap();
    desk.meta.onboard(HistorySharing::Empty);
    desk.ask(ConfirmSignup {}).await.unwrap();
    let wamid = desk
        .meta
        .customer_writes(alice(), CustomerMessage::Text("Hello?".to_owned()));
    desk.until("one waiting", async |desk| {
        (sync(desk).await.waiting == 1).then_some(())
    })
    .await
    .unwrap();
    let last = json!({"history": [{"metadata": {"phase": 2, "chunk_order": 1, "progress": 100}, "threads": []}]});
    let metadata = json!({"display_phone_number": "15550783881", "phone_number_id": "106540352242922"});
    let mut value = json!({"messaging_product": "whatsapp", "metadata": metadata});
    value["history"] = last["history"].clone();
    desk.meta.tell("history", value);
    desk.until_shown(&wamid).await.unwrap();
    assert!(!sync(&desk).await.is_holding);
}

#[tokio::test]
async fn an_owner_who_does_not_share_gets_new_messages_at_once() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    desk.until("the refusal", async |desk| {
        (sync(desk).await.refused == Some(2_593_109)).then_some(())
    })
    .await
    .unwrap();
    desk.hears_from(alice(), "Hello?").await.unwrap();
}

#[tokio::test]
async fn a_signup_goes_on_after_a_restart_at_every_step() {
    let desk = Desk::of_newcomer().await.unwrap();
    let answers = ready("15550783881");
    desk.ask(SaveAnswers {
        answers: answers.clone(),
    })
    .await
    .unwrap();
    let restart = async |desk: Desk| {
        let (meta, folder) = desk.stop().await.unwrap();
        let desk = Desk::of_newcomer_on(meta, folder, MemoryKeys::open()).await.unwrap();
        // It listens on another port now.
        desk.sets_meta_app(APP_SECRET).await.unwrap();
        desk
    };
    let stands = async |desk: &Desk, at: SignupStep| {
        let view = desk.ask(GetConnection {}).await.unwrap();
        assert_eq!(step(&view), Some(at), "{view:?}");
        assert_eq!(view.signup.unwrap().answers, answers);
        assert!(view.app.is_complete);
    };
    let desk = restart(desk).await;
    stands(&desk, SignupStep::Check).await;
    let (back, state) = desk.opens_dialog(SignupWay::Window).await.unwrap();
    let desk = restart(desk).await;
    stands(&desk, SignupStep::SignUp).await;
    let query = desk.goes_through_dialog(&back, &state, true).await.unwrap();
    desk.ask(FinishSignup { query }).await.unwrap();
    let desk = restart(desk).await;
    stands(&desk, SignupStep::Details).await;
    let view = desk.ask(business()).await.unwrap();
    let told = view.signup.unwrap().business;
    assert_eq!(
        (told.name.as_str(), told.website.as_deref()),
        ("Lucky Shrub Ltd", Some("https://instagram.example/luckyshrub"))
    );
    let desk = restart(desk).await;
    stands(&desk, SignupStep::Confirm).await;
    desk.ask(ConfirmSignup {}).await.unwrap();
    desk.until("all of the history", async |desk| {
        (sync(desk).await.percent == Some(100) && desk.meta.undelivered_webhooks() == 0).then_some(())
    })
    .await
    .unwrap();
    let desk = restart(desk).await;
    stands(&desk, SignupStep::Sync).await;
    // Which Meta has to be told.
    desk.ask(ResumeSignup {}).await.unwrap();
    // The token came out of the store again: the number answers.
    let row = desk.hears_from(alice(), "Hello?").await.unwrap();
    let id = desk.send(row.id, "Hello").await.unwrap();
    desk.until_taken(row.id, id).await.unwrap();
}

#[tokio::test]
async fn what_was_not_asked_for_changes_nothing() {
    let desk = Desk::of_newcomer().await.unwrap();
    let refused = async |query: &str| {
        let query = query.to_owned();
        desk.ask(FinishSignup { query }).await.unwrap_err().code
    };
    assert_eq!(refused("code=AQD&state=x").await, ErrorCode::Conflict);
    let (back, state) = desk.opens_dialog(SignupWay::Browser).await.unwrap();
    for forged in [
        "code=AQD&state=".to_owned(),
        "code=AQD".to_owned(),
        format!("code=AQD&state={}", "0".repeat(64)),
        format!("code=AQD&state={}", state.to_uppercase()),
        String::new(),
        "\0&&&%%%".to_owned(),
        "x".repeat(100_000),
    ] {
        assert_eq!(refused(&forged).await, ErrorCode::Conflict, "{forged:.80}");
    }
    // The true one still comes back, once.
    let query = desk.goes_through_dialog(&back, &state, true).await.unwrap();
    let view = desk.ask(FinishSignup { query: query.clone() }).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Details));
    assert_eq!(refused(&query).await, ErrorCode::Conflict);
    let view = desk.ask(GetConnection {}).await.unwrap();
    assert_eq!((step(&view), problem(&view)), (Some(SignupStep::Details), None));
}

#[tokio::test]
async fn a_new_page_makes_the_one_before_worthless() {
    let desk = Desk::of_newcomer().await.unwrap();
    let (back, first) = desk.opens_dialog(SignupWay::Browser).await.unwrap();
    desk.ask(BeginSignup {
        way: SignupWay::Browser,
    })
    .await
    .unwrap();
    let query = desk.goes_through_dialog(&back, &first, true).await.unwrap();
    let refused = desk.ask(FinishSignup { query }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
}

#[tokio::test]
async fn an_owner_who_turns_back_is_told_so_and_may_begin_again() {
    let desk = Desk::of_newcomer().await.unwrap();
    let (_, state) = desk.opens_dialog(SignupWay::Window).await.unwrap();
    let query = format!("error=access_denied&error_reason=user_denied&state={state}");
    let view = desk.ask(FinishSignup { query }).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::Cancelled));
    let (_, state) = desk.opens_dialog(SignupWay::Window).await.unwrap();
    let query = format!("error=server_error&error_description=Please+%3Cb%3Etry%3C%2Fb%3E&state={state}");
    let view = desk.ask(FinishSignup { query }).await.unwrap();
    assert_eq!(
        problem(&view),
        Some(SignupProblem::Failed {
            sentence: "Please <b>try</b>".to_owned()
        })
    );
    desk.opens_dialog(SignupWay::Window).await.unwrap();
    let view = desk.ask(SignupClosed {}).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::Closed));
    desk.connects(true).await.unwrap();
}

#[tokio::test]
async fn a_code_is_traded_once_whatever_becomes_of_it() {
    for (fault, expected) in [
        (Fault::Drop, SignupProblem::CodeRefused),
        (Fault::AcceptThenDrop, SignupProblem::CodeRefused),
        (Fault::Html, SignupProblem::CodeRefused),
    ] {
        let desk = Desk::of_newcomer().await.unwrap();
        let query = desk.is_sent_back(true).await.unwrap();
        desk.meta.add_fault(FaultRule::once("oauth", fault.clone()));
        let view = desk.ask(FinishSignup { query: query.clone() }).await.unwrap();
        assert_eq!(problem(&view), Some(expected), "{fault:?}");
        assert_eq!(
            desk.ask(FinishSignup { query }).await.unwrap_err().code,
            ErrorCode::Conflict
        );
    }
    // Out of time, and with another way back than the dialog's.
    let desk = Desk::of_newcomer().await.unwrap();
    let (_, state) = desk.opens_dialog(SignupWay::Browser).await.unwrap();
    let code = desk
        .meta
        .mint_code(Some("https://elsewhere.example/cb".to_owned()), true);
    let view = desk
        .ask(FinishSignup {
            query: format!("code={code}&state={state}"),
        })
        .await
        .unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::CodeRefused));
}

#[tokio::test]
async fn a_wrong_app_secret_is_said_to_be_one() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.sets_meta_app("another").await.unwrap();
    let checks = desk.ask(TestMetaApp {}).await.unwrap();
    assert_eq!(checks[0].outcome, CheckOutcome::Fail);
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::AppRefused));
}

#[tokio::test]
async fn when_meta_cannot_be_reached_in_the_middle_the_signup_goes_on_from_there() {
    let desk = Desk::of_newcomer().await.unwrap();
    for target in ["debug_token", "phone_numbers"] {
        let query = desk.is_sent_back(true).await.unwrap();
        desk.meta.add_fault(FaultRule::once(target, Fault::Drop));
        let view = desk.ask(FinishSignup { query }).await.unwrap();
        assert_eq!(problem(&view), Some(SignupProblem::Unreachable), "{target}");
        let view = desk.ask(ResumeSignup {}).await.unwrap();
        assert_eq!(
            (step(&view), problem(&view)),
            (Some(SignupStep::Details), None),
            "{target}"
        );
    }
    desk.ask(business()).await.unwrap();
    desk.meta.add_fault(FaultRule::once("subscribed_apps", Fault::Drop));
    let view = desk.ask(ConfirmSignup {}).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::Unreachable));
    assert_eq!(sync(&desk).await.contacts, SyncRequest::NotMade, "first the webhooks");
    // The answer to the contacts is lost: they may have been asked for, and are not asked for again by itself.
    desk.meta
        .add_fault(FaultRule::once("smb_app_data", Fault::AcceptThenDrop));
    let view = desk.ask(ResumeSignup {}).await.unwrap();
    assert_eq!((step(&view), problem(&view)), (Some(SignupStep::Sync), None));
    let told = sync(&desk).await;
    assert!(matches!(told.contacts, SyncRequest::MaybeMade { .. }), "{told:?}");
    assert!(matches!(told.history, SyncRequest::Made { .. }), "{told:?}");
}

#[tokio::test]
async fn a_loss_whose_webhook_never_came_is_found_by_asking_meta() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(true).await.unwrap();
    let health = desk.ask(CheckNumber { number: number() }).await.unwrap();
    assert_eq!(health.token_is_valid, Some(true));
    assert_eq!(health.missing_fields.as_deref(), Some(&[] as &[String]));
    assert!(health.asked_at.is_some());

    // Meta does not answer: nothing is concluded from it.
    desk.meta.set_webhook_url("http://127.0.0.1:9/".to_owned());
    assert!(desk.meta.account_event(&AccountEvent::Disconnect { reason: None }));
    desk.meta.add_fault(FaultRule::once(NUMBER, Fault::Drop));
    let refused = desk.ask(CheckNumber { number: number() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Unavailable);
    let standing = async || desk.ask(GetOverview {}).await.unwrap().numbers.remove(0).standing;
    assert_eq!(standing().await, Standing::Connected);

    desk.ask(CheckNumber { number: number() }).await.unwrap();
    let Standing::Disconnected { since, .. } = standing().await else {
        panic!("it is gone")
    };
    desk.ask(CheckNumber { number: number() }).await.unwrap();
    let Standing::Disconnected { since: again, .. } = standing().await else {
        panic!("it is gone")
    };
    assert_eq!(again, since, "since when it was first seen");
}

#[tokio::test]
async fn a_number_that_meta_does_not_show_any_more_is_parted_until_it_is_seen_again() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(true).await.unwrap();
    let standing = async |desk: &Desk| desk.ask(GetOverview {}).await.unwrap().numbers.remove(0).standing;
    let gone = Fault::Error {
        http: 0,
        code: 33,
        message: String::new(),
    };
    desk.meta.add_fault(FaultRule::once(NUMBER, gone));
    let health = desk.ask(CheckNumber { number: number() }).await.unwrap();
    assert_eq!(health.token_is_valid, Some(true));
    assert!(matches!(standing(&desk).await, Standing::Disconnected { .. }));
    desk.ask(CheckNumber { number: number() }).await.unwrap();
    assert_eq!(standing(&desk).await, Standing::Connected);
}

#[tokio::test]
async fn a_number_that_is_connected_again_can_send_at_once() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    assert!(desk.meta.account_event(&AccountEvent::Disconnect { reason: None }));
    desk.until("the end", async |desk| {
        let standing = desk.ask(GetOverview {}).await.unwrap().numbers.remove(0).standing;
        (!standing.may_send()).then_some(())
    })
    .await
    .unwrap();
    desk.ask(ForgetSignup {}).await.unwrap();
    desk.connects(false).await.unwrap();
    let standing = desk.ask(GetOverview {}).await.unwrap().numbers.remove(0).standing;
    assert_eq!(standing, Standing::Connected);
}

#[tokio::test]
async fn a_request_that_meta_refuses_says_why() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.signs_up(true).await.unwrap();
    desk.ask(business()).await.unwrap();
    let refusal = |code| Fault::Error {
        http: 400,
        code,
        message: String::new(),
    };
    desk.meta.add_fault(FaultRule::once("smb_app_data", refusal(2_593_107)));
    desk.meta.add_fault(FaultRule::once("smb_app_data", refusal(2_593_108)));
    desk.ask(ConfirmSignup {}).await.unwrap();
    let told = sync(&desk).await;
    assert!(
        matches!(told.contacts, SyncRequest::Refused { code: 2_593_107, .. }),
        "{told:?}"
    );
    assert!(
        matches!(told.history, SyncRequest::Refused { code: 2_593_108, .. }),
        "{told:?}"
    );
}

#[tokio::test]
async fn new_messages_do_not_wait_for_a_history_that_meta_refused_to_ask_for() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.signs_up(true).await.unwrap();
    desk.ask(business()).await.unwrap();
    for _ in ["contacts", "history"] {
        let message = String::new();
        let refusal = Fault::Error {
            http: 400,
            code: 2_593_107,
            message,
        };
        desk.meta.add_fault(FaultRule::once("smb_app_data", refusal));
    }
    desk.ask(ConfirmSignup {}).await.unwrap();
    assert!(!sync(&desk).await.is_holding);
    desk.hears_from(alice(), "Hello?").await.unwrap();
}

#[tokio::test]
async fn another_number_than_the_one_told_before_is_asked_about() {
    let desk = Desk::of_newcomer().await.unwrap();
    let answers = PreflightAnswers {
        phone: "441174960208".to_owned(),
        ..PreflightAnswers::default()
    };
    desk.ask(SaveAnswers { answers }).await.unwrap();
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Choose));
    let candidates = view.signup.unwrap().candidates;
    assert_eq!(candidates.len(), 1);
    assert!(!candidates[0].is_expected && candidates[0].is_coexistence);
    assert_eq!(
        desk.ask(ChooseNumber {
            number: NumberId::from("1")
        })
        .await
        .unwrap_err()
        .code,
        ErrorCode::NotFound
    );
    let view = desk.ask(ChooseNumber { number: number() }).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Details));
}

#[tokio::test]
async fn steps_cannot_be_skipped() {
    let desk = Desk::of_newcomer().await.unwrap();
    // Nigeria: Meta would not take it in the end.
    for answers in [PreflightAnswers::default(), ready("2348031234567")] {
        desk.ask(SaveAnswers { answers }).await.unwrap();
        let way = SignupWay::Browser;
        let refused = desk.ask(BeginSignup { way }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Conflict);
    }
    let answers = ready("15550783881");
    desk.ask(SaveAnswers { answers }).await.unwrap();
    assert_eq!(desk.ask(business()).await.unwrap_err().code, ErrorCode::Conflict);
    assert_eq!(desk.ask(ConfirmSignup {}).await.unwrap_err().code, ErrorCode::Conflict);
    desk.signs_up(true).await.unwrap();
    assert_eq!(desk.ask(ConfirmSignup {}).await.unwrap_err().code, ErrorCode::Conflict);
    for (name, website) in [
        ("", None),
        ("  ", None),
        ("A", Some("javascript:alert(1)")),
        ("A\u{7}", None),
    ] {
        let business = BusinessDetails {
            name: name.to_owned(),
            website: website.map(str::to_owned),
        };
        assert_eq!(
            desk.ask(SaveBusiness { business }).await.unwrap_err().code,
            ErrorCode::Invalid,
            "{name:?}"
        );
    }
    assert_eq!(
        desk.ask(GetSync { number: number() }).await.unwrap_err().code,
        ErrorCode::NotFound
    );
}

#[tokio::test]
async fn a_number_that_is_connected_anew_keeps_its_conversations_and_may_be_asked_once_more() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let before = desk.hears_from(alice(), "Hello?").await.unwrap();
    desk.ask(ForgetSignup {}).await.unwrap();
    desk.at_meta("phone/account", json!({"event": "disconnect"}))
        .await
        .unwrap();
    desk.connects(true).await.unwrap();
    desk.until("all of the history", async |desk| {
        (sync(desk).await.percent == Some(100) && desk.meta.undelivered_webhooks() == 0).then_some(())
    })
    .await
    .unwrap();
    assert_eq!(sync(&desk).await.refused, None, "of the time before");
    let after = desk.hears_from(alice(), "And again").await.unwrap();
    assert_eq!(before.id, after.id);
    assert_eq!(desk.ask(GetOverview {}).await.unwrap().numbers.len(), 1);
}

#[tokio::test]
async fn secrets_lie_nowhere_in_the_open() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(true).await.unwrap();
    let verify_token = desk.ask(RevealVerifyToken {}).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let mut looked_at = 0;
    let mut folders = vec![folder.path().to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            looked_at += 1;
            for secret in [APP_SECRET, verify_token.as_str()] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{} holds a secret", path.display());
            }
            // The simulated Meta's tokens.
            let is_token = |bytes: &[u8]| bytes.starts_with(b"EAA") && bytes.iter().all(u8::is_ascii_alphanumeric);
            assert!(!bytes.windows(40).any(is_token), "{} holds a token", path.display());
        }
    }
    assert!(looked_at >= 2, "the store and its lock");
    meta.stop().await;
}

#[tokio::test]
async fn without_a_keychain_a_file_is_used_only_when_the_owner_says_so() {
    let desk = Desk::of_newcomer_with(Config::for_tests(""), MemoryKeys::missing())
        .await
        .unwrap();
    let view = desk.ask(GetConnection {}).await.unwrap();
    assert!(matches!(view.secrets, SecretsView::Nowhere { .. }), "{view:?}");
    let refused = desk.sets_meta_app(APP_SECRET).await.unwrap_err();
    assert!(refused.to_string().contains("keychain"), "{refused}");
    let view = desk
        .ask(KeepSecretsInFile {
            gives_up_secrets: false,
        })
        .await
        .unwrap();
    assert_eq!(view.secrets, SecretsView::File);
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    desk.connects(false).await.unwrap();
}

#[tokio::test]
async fn settings_are_tried_out_with_a_plain_answer_for_each() {
    let desk = Desk::of_newcomer().await.unwrap();
    let outcomes = |checks: Vec<twinbox_protocol::Check>| checks.iter().map(|check| check.outcome).collect::<Vec<_>>();
    assert_eq!(
        outcomes(desk.ask(TestMetaApp {}).await.unwrap()),
        [CheckOutcome::Pass, CheckOutcome::CannotKnow, CheckOutcome::Pass]
    );
    assert_eq!(
        outcomes(desk.ask(TestWebhooks {}).await.unwrap()),
        [CheckOutcome::Pass, CheckOutcome::Pass]
    );
    assert_eq!(desk.ask(GetOverview {}).await.unwrap().refused_signatures, 0);
}
