//! The engine's HTTP host: webhooks in, requests and events for UIs, and the UI's files for a browser.
//!
//! `twinbox-server` is this and nothing else. The desktop app starts the same [`Host`] on loopback for its webhooks and
//! talks to the [`Engine`](twinbox_engine::Engine) directly.

mod api;
mod api_token;
mod catalog;
mod door;
mod files;
mod host;
mod keychain;
mod people;
mod private_file;
mod router;
mod serving;
mod settings;
mod signup_return;
mod webhooks;

pub use catalog::Catalog;
pub use files::{FileAnswer, FileBody, file_of};
pub use host::{Host, HostError};
pub use keychain::Keychain;
pub use people::{People, PeopleError};
pub use settings::{Arguments, Settings, SettingsError};
