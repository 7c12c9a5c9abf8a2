//! What people set for themselves.

use twinbox_protocol::{
    Caller, CheckPassphrase, ErrorCode, GetOverview, GetSettings, Request, Role, SaveSettings, SetPassphrase,
    SettingsView, Theme, UserSettings,
};
use twinbox_tests::desk::Desk;

fn dark() -> UserSettings {
    UserSettings {
        theme: Theme::Dark,
        shortcuts: [("reply".to_owned(), "Ctrl+R".to_owned())].into(),
        ..UserSettings::default()
    }
}

async fn passphrase(desk: &Desk, before: &str, new: &str) -> Result<(), ErrorCode> {
    let call = SetPassphrase {
        before: before.to_owned(),
        passphrase: new.to_owned(),
    };
    desk.ask(call).await.map_err(|error| error.code)
}

async fn is_passphrase(desk: &Desk, typed: &str) -> bool {
    let passphrase = typed.to_owned();
    desk.ask(CheckPassphrase { passphrase }).await.unwrap()
}

#[tokio::test]
async fn settings_are_kept_for_each_person_and_other_windows_are_told() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    assert_eq!(desk.ask(GetSettings {}).await?, SettingsView::default());
    let before = desk.ask(GetOverview {}).await?.settings_saved;
    desk.ask(SaveSettings { settings: dark() }).await?;
    assert_eq!(desk.ask(GetOverview {}).await?.settings_saved, before + 1);
    assert_eq!(desk.ask(GetSettings {}).await?.settings, dark());

    let colleague = Caller {
        user: "Tomás".to_owned(),
        role: Role::Agent,
        client: "test".to_owned(),
    };
    let theirs = desk
        .host()
        .engine()
        .dispatch(&colleague, Request::GetSettings(GetSettings {}))
        .await?;
    assert_eq!(
        serde_json::from_slice::<SettingsView>(&theirs)?,
        SettingsView::default()
    );
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn settings_that_cannot_be_meant_are_refused() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    let usual = UserSettings::default;
    for settings in [
        UserSettings {
            text_percent: 5000,
            ..usual()
        },
        UserSettings {
            language: "x".repeat(10_000),
            ..usual()
        },
        UserSettings {
            shortcuts: [("a".to_owned(), "b".repeat(10_000))].into(),
            ..usual()
        },
        UserSettings {
            shortcuts: (0..10_000).map(|n| (n.to_string(), String::new())).collect(),
            ..usual()
        },
    ] {
        let refused = desk.ask(SaveSettings { settings }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_passphrase_is_changed_by_who_knows_it_and_outlives_other_settings() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    assert!(is_passphrase(&desk, "").await, "without one there is nothing to unlock");
    assert_eq!(passphrase(&desk, "", "short").await, Err(ErrorCode::Invalid));
    assert_eq!(passphrase(&desk, "", "correct horse").await, Ok(()));
    desk.ask(SaveSettings { settings: dark() }).await?;
    assert!(desk.ask(GetSettings {}).await?.has_passphrase);
    assert!(is_passphrase(&desk, "correct horse").await);
    assert!(!is_passphrase(&desk, "Correct horse").await && !is_passphrase(&desk, "").await);

    assert_eq!(
        passphrase(&desk, "wrong horse", "battery staple").await,
        Err(ErrorCode::Invalid)
    );
    assert_eq!(passphrase(&desk, "correct horse", "").await, Ok(()));
    let settings = desk.ask(GetSettings {}).await?;
    assert!(!settings.has_passphrase);
    assert_eq!(settings.settings, dark());
    desk.stop().await?;
    Ok(())
}

#[tokio::test]
async fn what_is_set_while_a_passphrase_is_being_made_is_kept() -> anyhow::Result<()> {
    let desk = Desk::new().await?;
    // The passphrase takes its time; this is saved meanwhile.
    let (set, saved) = tokio::join!(
        passphrase(&desk, "", "correct horse"),
        desk.ask(SaveSettings { settings: dark() })
    );
    assert_eq!((set, saved), (Ok(()), Ok(())));
    assert_eq!(desk.ask(GetSettings {}).await?.settings, dark());
    assert!(is_passphrase(&desk, "correct horse").await && !is_passphrase(&desk, "").await);
    desk.stop().await?;
    Ok(())
}
