//! Words of the settings of the Meta app.

use twinbox_protocol::CheckOutcome;

pub const SETTINGS_TITLE: &str = "Connection settings";
pub const SETTINGS_LEDE: &str =
    "Numbers are connected through a Meta app of your own. Enter what Meta shows for it; this is done once.";
pub const META_APP: &str = "Meta app";
pub const APP_ID: &str = "App ID";
pub const APP_ID_HINT: &str = "App settings, Basic";
pub const CONFIG_ID: &str = "Configuration ID";
pub const CONFIG_ID_HINT: &str = "Facebook Login for Business, Configurations";
pub const APP_SECRET: &str = "App secret";
pub const APP_SECRET_HINT: &str = "App settings, Basic, Show";
pub const APP_SECRET_KEPT: &str = "One is kept. Leave this empty to keep it.";
pub const PUBLIC_ADDRESS: &str = "Public address";
pub const PUBLIC_ADDRESS_EXAMPLE: &str = "https://inbox.example.com";
pub const PUBLIC_ADDRESS_HINT: &str = "An https address that leads to this computer, so that Meta can deliver messages. A tunnel or a reverse proxy gives you one.";
pub const TUNNEL_TARGET: &str = "Where a tunnel has to lead";
pub const CALLBACK_ADDRESS: &str = "Enter at Meta as callback URL";
pub const LAST_DELIVERY: &str = "Last delivery from Meta";
pub const NO_DELIVERY: &str = "None yet";
pub const VERIFY_TOKEN: &str = "Verify token";
pub const VERIFY_TOKEN_HINT: &str = "Enter it at Meta beside the callback URL";
pub const SHOW: &str = "Show";
pub const HIDE: &str = "Hide";
pub const ADVANCED: &str = "Advanced";
pub const GRAPH_VERSION: &str = "Graph version";
pub const GRAPH_URL: &str = "Graph address";
pub const DIALOG_URL: &str = "Address of the login page";
pub const SAVE_AND_TEST: &str = "Save and test";
pub const TEST_THESE: &str = "Test these settings";
pub const TESTING: &str = "Testing";
pub const SETTINGS_TESTED: &str = "How the test came out";
pub const SETTINGS_MISSING: &str = "App ID, configuration ID and app secret are needed";
pub const SETTINGS_UNSAVED: &str = "Save the changes first";
pub const DIGITS_ONLY: &str = "Digits only.";

pub const SETTINGS_WHERE_TITLE: &str = "Where to find them";
/// Where Meta shows what is to be entered, in order.
pub const SETTINGS_WHERE: [&str; 4] = [
    "Open developers.facebook.com and your app",
    "App settings, Basic: app ID and app secret",
    "Facebook Login for Business, Configurations: one made for WhatsApp Embedded Signup",
    "WhatsApp, Configuration: callback URL and verify token",
];
pub const SECRETS_NEVER_SHOWN: &str = "Secrets are encrypted on disk, and never shown again";
pub const TECH_PROVIDER: &str = "The app has to be one of a Tech Provider or Solution Partner";

pub const SECRETS: &str = "Where secrets are kept";
pub const SECRETS_UNLOCKING: &str = "Waiting for the keychain";
pub const SECRETS_UNLOCKING_HINT: &str = "It may be asking for its password in a window of its own.";
pub const SECRETS_KEYCHAIN: &str = "Under a key in this computer\u{2019}s keychain";
pub const SECRETS_KEYCHAIN_HINT: &str = "App secret and tokens are encrypted on disk and never shown.";
pub const SECRETS_FILE: &str = "Under a key in a file";
pub const SECRETS_FILE_HINT: &str = "Only your user account can read the file, but whoever copies your data folder has the key as well. A keychain is safer.";
pub const SECRETS_NOWHERE: &str = "No place for secrets";
pub const KEEP_IN_FILE: &str = "Keep them under a key in a file";
pub const KEEP_IN_FILE_WARNING: &str = "Only your user account can read that file. Whoever copies the whole data folder can open the secrets. Do this only on a computer you trust.";

/// How a test came out, for people who do not see the icon.
pub const fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Pass => "Passed",
        CheckOutcome::Warning => "Warning",
        CheckOutcome::Fail => "Failed",
        CheckOutcome::CannotKnow => "Cannot tell",
    }
}
