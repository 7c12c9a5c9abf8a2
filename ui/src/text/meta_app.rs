//! Words of the settings of the Meta app.

use super::Words;
use twinbox_protocol::CheckOutcome;

pub const SETTINGS_TITLE: Words = Words("settings-title");
pub const SETTINGS_LEDE: Words = Words("settings-lede");
pub const CONNECTION_SETTINGS_HINT: Words = Words("connection-settings-hint");
pub const META_APP: Words = Words("meta-app");
pub const APP_ID: Words = Words("app-id");
pub const APP_ID_HINT: Words = Words("app-id-hint");
pub const CONFIG_ID: Words = Words("config-id");
pub const CONFIG_ID_HINT: Words = Words("config-id-hint");
pub const APP_SECRET: Words = Words("app-secret");
pub const APP_SECRET_HINT: Words = Words("app-secret-hint");
pub const APP_SECRET_KEPT: Words = Words("app-secret-kept");
pub const PUBLIC_ADDRESS: Words = Words("public-address");
pub const PUBLIC_ADDRESS_EXAMPLE: &str = "https://inbox.example.com";
pub const PUBLIC_ADDRESS_HINT: Words = Words("public-address-hint");
pub const TUNNEL_TARGET: Words = Words("tunnel-target");
pub const CALLBACK_ADDRESS: Words = Words("callback-address");
pub const LAST_DELIVERY: Words = Words("last-delivery");
pub const NO_DELIVERY: Words = Words("no-delivery");
pub const VERIFY_TOKEN: Words = Words("verify-token");
pub const VERIFY_TOKEN_HINT: Words = Words("verify-token-hint");
pub const SHOW: Words = Words("show");
pub const HIDE: Words = Words("hide");
pub const ADVANCED: Words = Words("advanced");
pub const GRAPH_VERSION: Words = Words("graph-version");
pub const GRAPH_URL: Words = Words("graph-url");
pub const DIALOG_URL: Words = Words("dialog-url");
pub const SAVE_AND_TEST: Words = Words("save-and-test");
pub const TEST_THESE: Words = Words("test-these");
pub const TESTING: Words = Words("testing");
pub const SETTINGS_TESTED: Words = Words("settings-tested");
pub const SETTINGS_MISSING: Words = Words("settings-missing");
pub const SETTINGS_UNSAVED: Words = Words("settings-unsaved");
pub const DIGITS_ONLY: Words = Words("digits-only");

pub const SETTINGS_WHERE_TITLE: Words = Words("settings-where-title");
/// Where Meta shows what is to be entered, in order.
pub const SETTINGS_WHERE: [Words; 4] = [
    Words("settings-where-1"),
    Words("settings-where-2"),
    Words("settings-where-3"),
    Words("settings-where-4"),
];
pub const SECRETS_NEVER_SHOWN: Words = Words("secrets-never-shown");
pub const TECH_PROVIDER: Words = Words("tech-provider");

pub const SECRETS: Words = Words("secrets");
pub const SECRETS_UNLOCKING: Words = Words("secrets-unlocking");
pub const SECRETS_UNLOCKING_HINT: Words = Words("secrets-unlocking-hint");
pub const SECRETS_KEYCHAIN: Words = Words("secrets-keychain");
pub const SECRETS_KEYCHAIN_HINT: Words = Words("secrets-keychain-hint");
pub const SECRETS_FILE: Words = Words("secrets-file");
pub const SECRETS_FILE_HINT: Words = Words("secrets-file-hint");
pub const SECRETS_NOWHERE: Words = Words("secrets-nowhere");
pub const SECRETS_LOCKED: Words = Words("secrets-locked");
pub const SECRETS_LOCKED_HINT: Words = Words("secrets-locked-hint");
pub const GIVE_UP_SECRETS: Words = Words("give-up-secrets");
pub const GIVE_UP_SECRETS_QUESTION: Words = Words("give-up-secrets-question");
pub const GIVE_UP_SECRETS_NOW: Words = Words("give-up-secrets-now");
pub const KEEP_IN_FILE: Words = Words("keep-in-file");
pub const KEEP_IN_FILE_WARNING: Words = Words("keep-in-file-warning");

/// How a test came out, for people who do not see the icon.
pub const fn outcome(outcome: CheckOutcome) -> Words {
    match outcome {
        CheckOutcome::Pass => Words("outcome-pass"),
        CheckOutcome::Warning => Words("outcome-warning"),
        CheckOutcome::Fail => Words("outcome-fail"),
        CheckOutcome::CannotKnow => Words("outcome-cannot-know"),
    }
}
