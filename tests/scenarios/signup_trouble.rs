//! What Meta grants and lists after a signup need not be what was wanted, and no clock can be trusted.

use rusqlite::Connection;
use twinbox_domain::{NumberId, PreflightAnswers};
use twinbox_protocol::{
    BusinessDetails, ChooseNumber, ConfirmSignup, ConnectionView, ErrorCode, FinishSignup, GetConnection, GetOverview,
    GetSync, ResumeSignup, SaveAnswers, SaveBusiness, SignupProblem, SignupStep, SignupWay, SyncRequest,
};
use twinbox_simulator::{Fault, FaultRule, NumberBeside};
use twinbox_tests::{
    desk::Desk,
    newcomer::{APP_SECRET, MemoryKeys},
};

const NUMBER: &str = "106540352242922";

fn beside(id: &str, digits: &str, is_on_phone: bool) -> NumberBeside {
    NumberBeside {
        id: id.to_owned(),
        display_phone_number: digits.to_owned(),
        is_on_phone,
    }
}

fn problem(view: &ConnectionView) -> Option<SignupProblem> {
    view.signup.as_ref()?.problem.clone()
}

fn step(view: &ConnectionView) -> Option<SignupStep> {
    view.signup.as_ref().map(|signup| signup.step)
}

fn business() -> SaveBusiness {
    SaveBusiness {
        business: BusinessDetails {
            name: "Lucky Shrub Ltd".to_owned(),
            website: None,
        },
    }
}

#[tokio::test]
async fn a_token_that_lacks_a_permission_says_which_and_connects_nothing() {
    for permission in ["whatsapp_business_messaging", "whatsapp_business_management"] {
        let desk = Desk::of_newcomer().await.unwrap();
        desk.meta.withholds_permission(permission);
        let view = desk.signs_up(true).await.unwrap();
        let permission = permission.to_owned();
        assert_eq!(problem(&view), Some(SignupProblem::PermissionMissing { permission }));
        assert_eq!(desk.ask(ConfirmSignup {}).await.unwrap_err().code, ErrorCode::Conflict);
        assert!(desk.ask(GetOverview {}).await.unwrap().numbers.is_empty());
    }
}

#[tokio::test]
async fn of_two_numbers_in_the_account_the_owner_chooses_unless_one_was_told_before() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.meta.lists_numbers(true, vec![beside("2", "15550783882", true)]);
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Choose));
    assert_eq!(view.signup.unwrap().candidates.len(), 2);
    let number = NumberId::from(NUMBER);
    let view = desk.ask(ChooseNumber { number }).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Details));

    // Without one on a phone beside it there is nothing to choose.
    let desk = Desk::of_newcomer().await.unwrap();
    desk.meta.lists_numbers(true, vec![beside("2", "15550783882", false)]);
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Details));
    assert_eq!(view.signup.unwrap().number, Some(NumberId::from(NUMBER)));

    // One that lives on no phone cannot be chosen either.
    let desk = Desk::of_newcomer().await.unwrap();
    let others = vec![beside("2", "15550783882", false), beside("3", "15550783883", true)];
    desk.meta.lists_numbers(true, others);
    desk.signs_up(true).await.unwrap();
    let number = NumberId::from("2");
    assert_eq!(
        desk.ask(ChooseNumber { number }).await.unwrap_err().code,
        ErrorCode::Conflict
    );
}

#[tokio::test]
async fn the_numbers_of_every_portfolio_that_was_granted_are_listed_and_the_chosen_one_is_connected_in_its_account() {
    let desk = Desk::of_newcomer().await.unwrap();
    let workshop = vec![beside("2", "15550783882", true), beside("3", "15550783883", false)];
    desk.meta.grants_account("309951460890002", workshop);
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Choose));
    let candidates = view.signup.unwrap().candidates;
    let listed: Vec<_> = candidates
        .iter()
        .map(|number| (number.waba.as_str(), number.id.as_str(), number.is_coexistence))
        .collect();
    assert_eq!(
        listed,
        [
            ("102290129340398", NUMBER, true),
            ("309951460890002", "2", true),
            ("309951460890002", "3", false)
        ]
    );
    let number = NumberId::from(NUMBER);
    desk.ask(ChooseNumber { number: number.clone() }).await.unwrap();
    desk.ask(business()).await.unwrap();
    // Meta refuses an account that is not the number's.
    let view = desk.ask(ConfirmSignup {}).await.unwrap();
    assert_eq!((step(&view), problem(&view)), (Some(SignupStep::Sync), None));
    let numbers = desk.ask(GetOverview {}).await.unwrap().numbers;
    assert_eq!(
        numbers.into_iter().map(|number| number.id).collect::<Vec<_>>(),
        [number]
    );
}

#[tokio::test]
async fn a_signup_goes_on_after_a_restart_also_from_a_choice_and_from_what_did_not_work() {
    let restart = async |desk: Desk| {
        let (meta, folder) = desk.stop().await.unwrap();
        Desk::of_newcomer_on(meta, folder, MemoryKeys::open()).await.unwrap()
    };
    let stands = async |desk: &Desk| {
        let view = desk.ask(GetConnection {}).await.unwrap();
        (step(&view).unwrap(), problem(&view))
    };
    let desk = Desk::of_newcomer().await.unwrap();
    desk.meta.lists_numbers(true, vec![beside("2", "15550783882", true)]);
    let query = desk.is_sent_back(true).await.unwrap();
    desk.meta.add_fault(FaultRule::once("debug_token", Fault::Drop));
    desk.ask(FinishSignup { query }).await.unwrap();
    let desk = restart(desk).await;
    assert_eq!(
        stands(&desk).await,
        (SignupStep::SignUp, Some(SignupProblem::Unreachable))
    );
    desk.ask(ResumeSignup {}).await.unwrap();
    let desk = restart(desk).await;
    assert_eq!(stands(&desk).await, (SignupStep::Choose, None));
    let number = NumberId::from(NUMBER);
    desk.ask(ChooseNumber { number: number.clone() }).await.unwrap();
    desk.ask(business()).await.unwrap();
    desk.meta.add_fault(FaultRule::once("subscribed_apps", Fault::Drop));
    desk.ask(ConfirmSignup {}).await.unwrap();
    let desk = restart(desk).await;
    // It may have been tried again since, at the address of before.
    let (step, problem) = stands(&desk).await;
    assert!(step == SignupStep::Sync && problem.is_some(), "{problem:?}");
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    desk.ask(ResumeSignup {}).await.unwrap();
    assert_eq!(stands(&desk).await, (SignupStep::Sync, None));
    let told = desk.ask(GetSync { number }).await.unwrap();
    for request in [told.contacts, told.history] {
        assert!(matches!(request, SyncRequest::Made { .. }), "{told:?}");
    }
}

#[tokio::test]
async fn an_account_without_the_number_or_without_any_says_so() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.meta.lists_numbers(false, Vec::new());
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::NoNumber));
    // It is there by now.
    desk.meta.lists_numbers(true, Vec::new());
    let view = desk.ask(ResumeSignup {}).await.unwrap();
    assert_eq!((step(&view), problem(&view)), (Some(SignupStep::Details), None));

    let desk = Desk::of_newcomer().await.unwrap();
    desk.meta.lists_numbers(false, vec![beside("2", "15550783882", false)]);
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::NotOnPhone));

    // The one that was told before is in another account.
    let desk = Desk::of_newcomer().await.unwrap();
    let answers = PreflightAnswers {
        phone: "15550783881".to_owned(),
        ..PreflightAnswers::default()
    };
    desk.ask(SaveAnswers { answers }).await.unwrap();
    desk.meta.lists_numbers(false, vec![beside("2", "15550783882", true)]);
    let view = desk.signs_up(true).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::Choose));
    assert!(!view.signup.unwrap().candidates[0].is_expected);
}

#[tokio::test]
async fn a_refusal_of_metas_in_the_middle_is_told_with_its_code_and_can_be_tried_again() {
    let desk = Desk::of_newcomer().await.unwrap();
    let refusal = Fault::Error {
        http: 403,
        code: 200,
        message: String::new(),
    };
    desk.meta.add_fault(FaultRule::once("phone_numbers", refusal));
    let view = desk.signs_up(true).await.unwrap();
    assert!(
        matches!(problem(&view), Some(SignupProblem::Refused { code: 200, .. })),
        "{view:?}"
    );
    let view = desk.ask(ResumeSignup {}).await.unwrap();
    assert_eq!((step(&view), problem(&view)), (Some(SignupStep::Details), None));
}

#[tokio::test]
async fn a_page_that_comes_back_after_its_time_by_the_clock_of_this_computer_is_too_late() {
    let desk = Desk::of_newcomer().await.unwrap();
    let (back, state) = desk.opens_dialog(SignupWay::Browser).await.unwrap();
    let query = desk.goes_through_dialog(&back, &state, true).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    // As if the clock were set on by an hour meanwhile.
    let store = Connection::open(folder.path().join("twinbox.db")).unwrap();
    let changed = store
        .execute(
            "UPDATE signup SET body = json_set(body, '$.page.until', json_extract(body, '$.page.until') - 3600000)",
            [],
        )
        .unwrap();
    assert_eq!(changed, 1);
    drop(store);
    let desk = Desk::of_newcomer_on(meta, folder, MemoryKeys::open()).await.unwrap();
    let view = desk.ask(FinishSignup { query: query.clone() }).await.unwrap();
    assert_eq!(problem(&view), Some(SignupProblem::Expired));
    assert_eq!(
        desk.ask(FinishSignup { query }).await.unwrap_err().code,
        ErrorCode::Conflict
    );
    let view = desk.ask(GetConnection {}).await.unwrap();
    assert_eq!(step(&view), Some(SignupStep::SignUp));
}
