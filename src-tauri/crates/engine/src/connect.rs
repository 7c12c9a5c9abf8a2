//! Connecting numbers: the settings of the Meta app, the signup, the synchronization that follows, and what keeps a
//! number connected.
//!
//! What Meta's page brings back is a claim: only a token traded with our own secret, and what Meta says of it, decides.
//! Everything is written down before the call that it is about, so that a stop at any point leaves a signup that says
//! what to do next. Nothing is tried twice that Meta takes once.

mod checks;
mod life;
mod probe;
mod reminders;
mod settings;
mod signup;
mod subscription;
mod sync;

pub use reminders::Reminded;
pub use settings::AppDefaults;

pub(crate) use life::keep_connected;
pub(crate) use probe::is_shown;

use crate::vault::{KeyPlace, Vault};
use std::sync::Arc;
use tokio::sync::{Mutex, Notify, broadcast, watch};
use twinbox_whatsapp::Secret;

/// Whether secrets can be opened.
#[derive(Clone, Default)]
pub(crate) enum Lock {
    /// The key is being asked for.
    #[default]
    Opening,
    /// They can.
    Open(Vault, KeyPlace),
    /// They cannot, for this reason.
    Shut(String),
}

/// The secrets of the Meta app in use.
#[derive(Clone, Default)]
pub(crate) struct AppSecrets {
    pub app_secret: Option<Secret>,
    pub verify_token: Option<Secret>,
}

/// What the parts of this module share.
pub(crate) struct Connecting {
    pub lock: watch::Sender<Lock>,
    pub secrets: watch::Sender<AppSecrets>,
    /// Something is different about a number: look after them at once.
    pub look_again: Arc<Notify>,
    /// Those who tell a person.
    pub reminders: broadcast::Sender<Reminded>,
    /// One step of a signup at a time: a code that comes back twice at once must be traded once.
    pub turn: Mutex<()>,
    /// Whose webhooks could not be had sent here.
    pub tries: subscription::Tries,
    /// Where Meta sends what it tells the app itself, as it said last; `None`: not asked since the start.
    pub callback: watch::Sender<Option<String>>,
}

impl Default for Connecting {
    fn default() -> Self {
        Self {
            lock: watch::Sender::default(),
            secrets: watch::Sender::default(),
            look_again: Arc::default(),
            reminders: reminders::channel(),
            turn: Mutex::default(),
            tries: subscription::Tries::default(),
            callback: watch::Sender::default(),
        }
    }
}
