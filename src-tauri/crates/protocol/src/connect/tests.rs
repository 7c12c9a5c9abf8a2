//! The wire of connecting a number, as it is.

use crate::*;
use serde_json::json;
use twinbox_domain::{Millis, NumberId, PreflightAnswers};

fn number() -> NumberId {
    NumberId::from("106540352242922")
}

fn answers() -> PreflightAnswers {
    PreflightAnswers {
        phone: "15550783881".to_owned(),
        app_version: "2.26.31".to_owned(),
        days_in_use: Some(5),
        is_admin: Some(true),
        has_phone_at_hand: true,
        accepts_unlinking: true,
    }
}

fn business() -> BusinessDetails {
    BusinessDetails {
        name: "Lucky Shrub Ltd".to_owned(),
        website: None,
    }
}

#[test]
fn every_request_has_its_shape_and_reads_back() {
    let requests: Vec<Request> = vec![
        GetConnection {}.into(),
        SaveMetaApp {
            app_id: "670843887433847".to_owned(),
            config_id: "1234".to_owned(),
            app_secret: Some("secret".to_owned()),
            graph_version: "v25.0".to_owned(),
            graph_url: String::new(),
            dialog_url: String::new(),
            public_url: "https://inbox.example".to_owned(),
        }
        .into(),
        KeepSecretsInFile {
            gives_up_secrets: false,
        }
        .into(),
        TestMetaApp {}.into(),
        TestWebhooks {}.into(),
        RevealVerifyToken {}.into(),
        SaveAnswers { answers: answers() }.into(),
        BeginSignup { way: SignupWay::Window }.into(),
        FinishSignup {
            query: "code=AQD&state=s".to_owned(),
        }
        .into(),
        SignupClosed {}.into(),
        ChooseNumber { number: number() }.into(),
        SaveBusiness { business: business() }.into(),
        ConfirmSignup {}.into(),
        ResumeSignup {}.into(),
        ForgetSignup {}.into(),
        GetSync { number: number() }.into(),
        RequestSync { number: number() }.into(),
        ShowWaiting { number: number() }.into(),
    ];
    insta::assert_json_snapshot!("connect_requests", requests);
    let json = json!(requests).to_string();
    assert_eq!(serde_json::from_str::<Vec<Request>>(&json).ok(), Some(requests));
}

#[test]
fn every_reply_has_its_shape_and_reads_back() {
    let problems = vec![
        SignupProblem::Closed,
        SignupProblem::Cancelled,
        SignupProblem::Failed {
            sentence: "No".to_owned(),
        },
        SignupProblem::Expired,
        SignupProblem::CodeRefused,
        SignupProblem::AppRefused,
        SignupProblem::PermissionMissing {
            permission: "whatsapp_business_messaging".to_owned(),
        },
        SignupProblem::NoNumber,
        SignupProblem::NotOnPhone,
        SignupProblem::Unreachable,
        SignupProblem::Refused {
            code: 2200,
            sentence: "No".to_owned(),
        },
    ];
    let secrets = vec![
        SecretsView::Unlocking,
        SecretsView::Keychain,
        SecretsView::File,
        SecretsView::Nowhere {
            reason: "There is none.".to_owned(),
            has_secrets: false,
        },
    ];
    insta::assert_json_snapshot!("connect_words", json!([problems, secrets]));
    let view = ConnectionView {
        app: MetaAppView {
            app_id: "670843887433847".to_owned(),
            has_app_secret: true,
            ..MetaAppView::default()
        },
        secrets: SecretsView::Keychain,
        signup: Some(SignupView {
            step: SignupStep::Choose,
            answers: answers(),
            waiting_until: Some(Millis(1_760_000_600_000)),
            problem: None,
            candidates: vec![Candidate {
                id: number(),
                waba: "102290129340398".to_owned(),
                display_phone_number: "15550783881".to_owned(),
                verified_name: "Lucky Shrub".to_owned(),
                is_coexistence: true,
                is_expected: false,
            }],
            number: None,
            business: business(),
        }),
    };
    insta::assert_json_snapshot!("connect_view", view);
    let at = Millis(1_760_000_000_000);
    let sync = SyncView {
        number: number(),
        connected_at: at,
        deadline: at.plus_ms(86_400_000),
        contacts: SyncRequest::Made { at },
        history: SyncRequest::Refused { at, code: 2_593_107 },
        contact_count: 1284,
        conversation_count: 612,
        message_count: 18_240,
        phases: [Some(10), Some(42), None],
        percent: Some(42),
        refused: None,
        files_here: 1906,
        files: 2480,
        last_piece_at: Some(at),
        is_holding: true,
        waiting: 14,
    };
    insta::assert_json_snapshot!("connect_sync", sync);
    let reads_back = |json: serde_json::Value| serde_json::from_value::<SyncView>(json).ok();
    assert_eq!(reads_back(json!(sync)), Some(sync));
    assert_eq!(serde_json::from_value(json!(view)).ok(), Some(view));
}

#[test]
fn neither_secrets_nor_numbers_show_in_debug_output() {
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        SaveMetaApp {
            app_id: "670843887433847".to_owned(),
            config_id: String::new(),
            app_secret: Some("hidden".to_owned()),
            graph_version: String::new(),
            graph_url: String::new(),
            dialog_url: String::new(),
            public_url: String::new(),
        },
        FinishSignup {
            query: "code=hidden".to_owned()
        },
        SignupAddress {
            url: "https://www.facebook.com/?state=hidden".to_owned()
        },
        SaveAnswers { answers: answers() },
    );
    for private in ["hidden", "15550783881"] {
        assert!(!shown.contains(private), "{private} in {shown}");
    }
}
