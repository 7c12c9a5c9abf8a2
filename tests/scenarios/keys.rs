//! The key that secrets are sealed under: lost, locked, or in a file.

use twinbox_protocol::{CheckOutcome, RevealVerifyToken, TestWebhooks};
use twinbox_tests::{
    desk::Desk,
    newcomer::{APP_SECRET, MemoryKeys},
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
