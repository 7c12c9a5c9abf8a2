//! Where Meta sends the webhooks of a connected number: here, also when here is somewhere else by now.

use serde_json::Value;
use twinbox_domain::NumberId;
use twinbox_protocol::{
    BusinessDetails, Check, CheckNumber, CheckOutcome, ConfirmSignup, ErrorCode, ForgetSignup, GetConnection,
    GetHealth, GetSync, RequestSync, SaveBusiness, SaveMetaApp, SignupProblem, SignupStep, SyncRequest, SyncView,
    TestMetaApp, TestWebhooks,
};
use twinbox_server::Host;
use twinbox_simulator::{Fault, FaultRule};
use twinbox_tests::{
    desk::{Desk, alice},
    newcomer::{APP_SECRET, MemoryKeys, newcomers_settings},
};

/// Nothing listens there.
const NOWHERE: &str = "http://127.0.0.1:9";

fn number() -> NumberId {
    NumberId::from("106540352242922")
}

async fn save(desk: &Desk, public_url: &str, graph_version: &str) {
    let call = SaveMetaApp {
        app_id: "670843887433847".to_owned(),
        config_id: "1234".to_owned(),
        app_secret: Some(APP_SECRET.to_owned()),
        graph_version: graph_version.to_owned(),
        graph_url: String::new(),
        dialog_url: String::new(),
        public_url: public_url.to_owned(),
    };
    desk.ask(call).await.unwrap();
}

/// What the test of the settings says of the public address.
async fn address(desk: &Desk) -> Check {
    desk.ask(TestMetaApp {}).await.unwrap().remove(2)
}

async fn sync(desk: &Desk) -> SyncView {
    desk.ask(GetSync { number: number() }).await.unwrap()
}

async fn stands(desk: &Desk) -> (SignupStep, Option<SignupProblem>) {
    let signup = desk.ask(GetConnection {}).await.unwrap().signup.unwrap();
    (signup.step, signup.problem)
}

/// From Meta's page to the last question.
async fn is_ready(desk: &Desk) {
    desk.signs_up(true).await.unwrap();
    let business = BusinessDetails {
        name: "Lucky Shrub Ltd".to_owned(),
        website: None,
    };
    desk.ask(SaveBusiness { business }).await.unwrap();
}

#[tokio::test]
async fn another_public_address_is_told_to_meta_also_when_the_signup_is_over() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    desk.ask(ForgetSignup {}).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    // On another port, as if the tunnel had another name.
    let desk = Desk::of_newcomer_on(meta, folder, MemoryKeys::open()).await.unwrap();
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    desk.hears_from(alice(), "Hello?").await.unwrap();
    assert_eq!(address(&desk).await.outcome, CheckOutcome::Pass);
}

#[tokio::test]
async fn an_address_that_meta_does_not_take_is_no_passed_test() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    save(&desk, NOWHERE, "").await;
    let check = address(&desk).await;
    assert_eq!(
        (check.title.as_str(), check.outcome),
        ("Public address", CheckOutcome::Fail)
    );
    save(&desk, &desk.url(""), "").await;
    assert_eq!(address(&desk).await.outcome, CheckOutcome::Pass);
    // Without one, Meta sends them to the address of the app again.
    save(&desk, "", "").await;
    assert_eq!(address(&desk).await.outcome, CheckOutcome::Warning);
    desk.hears_from(alice(), "Hello?").await.unwrap();
}

/// Meta, "Webhook overrides" (Jun 2026).
#[tokio::test]
async fn what_meta_tells_of_accounts_is_said_to_go_elsewhere_while_it_does() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let is_elsewhere = async || {
        let checks = desk.ask(TestWebhooks {}).await.unwrap();
        let warned = checks.iter().any(|check| check.outcome == CheckOutcome::Warning);
        let health = desk.ask(GetHealth { number: number() }).await.unwrap();
        assert_eq!(health.callback_is_elsewhere, warned, "{checks:?}");
        warned
    };
    assert!(!is_elsewhere().await);
    desk.meta.set_webhook_url(format!("{NOWHERE}/webhooks/meta"));
    assert!(is_elsewhere().await);
    // Messages come all the same.
    desk.hears_from(alice(), "Hello?").await.unwrap();
    // Without a public address there is nothing to compare.
    save(&desk, "", "").await;
    let health = desk.ask(CheckNumber { number: number() }).await.unwrap();
    assert!(!health.callback_is_elsewhere);
}

#[tokio::test]
async fn an_address_of_the_environment_is_told_to_meta_with_every_start() {
    let desk = Desk::of_newcomer().await.unwrap();
    save(&desk, "", "").await;
    desk.connects(false).await.unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let mut settings = newcomers_settings(&meta, folder.path(), MemoryKeys::open());
    settings.engine.app.public_url = NOWHERE.to_owned();
    let host = Host::start(settings).await.unwrap();
    let desk = Desk::on(meta, folder, host);
    desk.until("the failed try", async |desk| {
        (address(desk).await.outcome == CheckOutcome::Fail).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_signup_that_is_cut_short_while_meta_is_asked_for_webhooks_goes_on_by_itself() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    desk.meta.add_fault(FaultRule::once("subscribed_apps", Fault::Hang));
    let until_asked = desk.until("the call at Meta", async |desk| {
        let url = format!("{}/_sim/state", desk.meta.graph_url());
        let state = reqwest::get(url).await.ok()?.text().await.ok()?;
        let state: Value = serde_json::from_str(&state).ok()?;
        (state["faults_waiting"] == 0).then_some(())
    });
    // Whoever asked for it leaves, and the call goes with them.
    tokio::select! {
        view = desk.ask(ConfirmSignup {}) => panic!("it ended: {view:?}"),
        asked = until_asked => {
            asked.unwrap();
            assert_eq!(stands(&desk).await, (SignupStep::Sync, Some(SignupProblem::Unreachable)));
        }
    }
    desk.until("what follows", async |desk| {
        let is_asked = matches!(sync(desk).await.history, SyncRequest::Made { .. });
        (is_asked && stands(desk).await == (SignupStep::Sync, None)).then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn the_phone_is_not_asked_before_what_it_sends_comes_here() {
    let desk = Desk::of_newcomer().await.unwrap();
    is_ready(&desk).await;
    for _ in ["at the confirmation", "at the request"] {
        desk.meta.add_fault(FaultRule::once("subscribed_apps", Fault::Drop));
    }
    desk.ask(ConfirmSignup {}).await.unwrap();
    let refused = desk.ask(RequestSync { number: number() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    let told = sync(&desk).await;
    assert_eq!(
        (told.contacts, told.history),
        (SyncRequest::NotMade, SyncRequest::NotMade)
    );

    let told = desk.ask(RequestSync { number: number() }).await.unwrap();
    assert!(matches!(told.history, SyncRequest::Made { .. }), "{told:?}");
    assert_eq!(stands(&desk).await, (SignupStep::Sync, None));
}

#[tokio::test]
async fn another_version_of_the_graph_holds_for_connected_numbers_at_once() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    desk.ask(CheckNumber { number: number() }).await.unwrap();
    desk.meta
        .add_fault(FaultRule::once("/v26.0/106540352242922", Fault::Drop));
    save(&desk, &desk.url(""), "v26.0").await;
    desk.until("a call with that version", async |desk| {
        desk.ask(CheckNumber { number: number() }).await.err()
    })
    .await
    .unwrap();
}
