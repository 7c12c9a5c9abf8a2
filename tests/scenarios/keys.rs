//! The key that secrets are sealed under: lost, locked, or in a file.

use twinbox_engine::Secret;
use twinbox_protocol::{
    CheckOutcome, ErrorCode, GetConnection, GetOverview, KeepSecretsInFile, NumberView, RevealVerifyToken, SecretsView,
    TestWebhooks,
};
use twinbox_server::Host;
use twinbox_simulator::Config;
use twinbox_tests::{
    desk::{Desk, alice},
    newcomer::{APP_SECRET, MemoryKeys, newcomers_settings},
};

/// Stops, and starts again with another keychain.
async fn starts_again(desk: Desk, keys: std::sync::Arc<MemoryKeys>) -> Desk {
    let (meta, folder) = desk.stop().await.unwrap();
    Desk::of_newcomer_on(meta, folder, keys).await.unwrap()
}

#[tokio::test]
async fn a_verify_token_whose_key_is_lost_is_made_anew() {
    let desk = Desk::of_newcomer().await.unwrap();
    let token = desk.ask(RevealVerifyToken {}).await.unwrap();
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    assert_eq!(
        desk.ask(RevealVerifyToken {}).await.unwrap(),
        token,
        "kept while it opens"
    );

    let desk = starts_again(desk, MemoryKeys::anew()).await;
    desk.ask(RevealVerifyToken {}).await.unwrap_err();
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    let another = desk.ask(RevealVerifyToken {}).await.unwrap();
    assert_ne!(another, token);
    let checks = desk.ask(TestWebhooks {}).await.unwrap();
    let outcomes: Vec<_> = checks.iter().map(|check| check.outcome).collect();
    assert_eq!(outcomes, [CheckOutcome::Pass, CheckOutcome::Pass], "{checks:?}");
}

#[tokio::test]
async fn saving_the_settings_keeps_the_verify_token_that_the_environment_gave() {
    let desk = Desk::of_newcomer_with(Config::for_tests(""), MemoryKeys::open())
        .await
        .unwrap();
    let (meta, folder) = desk.stop().await.unwrap();
    let mut settings = newcomers_settings(&meta, folder.path(), MemoryKeys::open());
    settings.engine.verify_token = Some(Secret::new("verify-token"));
    let desk = Desk::on(meta, folder, Host::start(settings).await.unwrap());
    desk.until("the keychain", async |desk| {
        (secrets(desk).await == SecretsView::Keychain).then_some(())
    })
    .await
    .unwrap();
    for _ in 0..2 {
        desk.sets_meta_app(APP_SECRET).await.unwrap();
        assert_eq!(desk.ask(RevealVerifyToken {}).await.unwrap(), "verify-token");
    }
}

async fn secrets(desk: &Desk) -> SecretsView {
    desk.ask(GetConnection {}).await.unwrap().secrets
}

async fn number(desk: &Desk) -> NumberView {
    desk.ask(GetOverview {}).await.unwrap().numbers.remove(0)
}

#[tokio::test]
async fn a_keychain_that_is_locked_at_the_start_opens_what_it_has_as_soon_as_it_can() {
    let desk = Desk::of_newcomer().await.unwrap();
    desk.connects(false).await.unwrap();
    let chat = desk.hears_from(alice(), "Is it open today?").await.unwrap().id;
    let keys = MemoryKeys::missing();
    let desk = starts_again(desk, std::sync::Arc::clone(&keys)).await;
    assert!(matches!(
        secrets(&desk).await,
        SecretsView::Nowhere { has_secrets: true, .. }
    ));
    let locked = number(&desk).await;
    assert!(locked.is_locked && !locked.can_send);
    let reply = desk.send(chat, "Until six.").await.unwrap();

    keys.unlocks();
    desk.until("the keychain", async |desk| {
        let number = number(desk).await;
        (secrets(desk).await == SecretsView::Keychain && number.can_send && !number.is_locked).then_some(())
    })
    .await
    .unwrap();
    desk.until_taken(chat, reply).await.unwrap();
}

#[tokio::test]
async fn a_key_in_a_file_takes_the_place_of_a_locked_one_only_when_its_secrets_are_given_up() {
    let desk = Desk::of_newcomer().await.unwrap();
    let keys = MemoryKeys::missing();
    let desk = starts_again(desk, std::sync::Arc::clone(&keys)).await;
    let refused = desk
        .ask(KeepSecretsInFile {
            gives_up_secrets: false,
        })
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(matches!(secrets(&desk).await, SecretsView::Nowhere { .. }));

    let view = desk.ask(KeepSecretsInFile { gives_up_secrets: true }).await.unwrap();
    assert_eq!((view.secrets, view.app.has_app_secret), (SecretsView::File, false));
    // The keychain comes too late.
    keys.unlocks();
    desk.sets_meta_app(APP_SECRET).await.unwrap();
    assert_eq!(secrets(&desk).await, SecretsView::File);
}
