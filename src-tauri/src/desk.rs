//! The engine as the window sees it: running, or the reason why it is not.

use clap::Parser;
use std::{
    error::Error,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};
use tauri::async_runtime::JoinHandle;
use twinbox_engine::Engine;
use twinbox_protocol::{ApiError, Caller, ErrorCode, Role};
use twinbox_server::{Arguments, Host, Settings};

/// What the commands work on.
pub(crate) struct Desk {
    running: Mutex<Option<(Host, Caller)>>,
    /// Why it is not running.
    reason: ApiError,
    /// The task that feeds the window's event channel.
    events: Mutex<Option<JoinHandle<()>>>,
}

impl Desk {
    /// Starts the engine with the settings of the environment. What is in the way is kept, to be shown.
    pub(crate) async fn start(default_data_dir: Option<PathBuf>) -> Self {
        let (running, reason) = match start_host(default_data_dir).await {
            Ok(running) => (Some(running), ApiError::unavailable("Twinbox is stopping.")),
            Err(error) => {
                let reason = sentence(error.as_ref());
                tracing::error!(reason, "Twinbox cannot start");
                (None, cannot_start(&reason))
            }
        };
        Self {
            running: Mutex::new(running),
            reason,
            events: Mutex::default(),
        }
    }

    /// The engine and who the window is to it.
    pub(crate) fn engine(&self) -> Result<(Engine, Caller), ApiError> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        match running.as_ref() {
            Some((host, caller)) => Ok((host.engine().clone(), caller.clone())),
            None => Err(self.reason.clone()),
        }
    }

    /// Replaces the task that feeds the event channel; the one before fed a page that is no more.
    pub(crate) fn feed(&self, task: JoinHandle<()>) {
        let before = self.events.lock().unwrap_or_else(PoisonError::into_inner).replace(task);
        if let Some(before) = before {
            before.abort();
        }
    }

    /// Stops the engine and closes the store; once.
    pub(crate) async fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((host, _)) = running
            && let Err(error) = host.stop().await
        {
            tracing::error!(%error, "Twinbox did not stop cleanly");
        }
    }
}

async fn start_host(default_data_dir: Option<PathBuf>) -> Result<(Host, Caller), Box<dyn Error + Send + Sync>> {
    // Only the environment: the desktop's own command line belongs to the system (deep links).
    let arguments = Arguments::try_parse_from(["twinbox"])?;
    let settings = Settings::read(arguments, default_data_dir, |name| std::env::var(name).ok())?;
    let caller = Caller {
        user: settings.user.clone(),
        role: Role::Admin,
        client: "desktop".to_owned(),
    };
    Ok((Host::start(settings).await?, caller))
}

/// Without an offer to try again: only another start of the app can change it.
fn cannot_start(reason: &str) -> ApiError {
    ApiError::new(ErrorCode::Unavailable, format!("Twinbox cannot start: {reason}."))
}

/// The error and its causes as one sentence without a full stop.
fn sentence(error: &(dyn Error + 'static)) -> String {
    let mut texts = Vec::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        texts.push(error.to_string().trim().trim_end_matches('.').to_owned());
        cause = error.source();
    }
    texts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_that_failed_is_not_offered_again() {
        let error = cannot_start("the folder is read-only");
        assert_eq!(error.message, "Twinbox cannot start: the folder is read-only.");
        assert_eq!(error.retry_after_ms, None);
    }

    #[test]
    fn an_error_is_told_with_its_causes() {
        let error = twinbox_server::HostError::Listen {
            address: ([127, 0, 0, 1], 8787).into(),
            source: std::io::Error::other("address in use"),
        };
        assert_eq!(sentence(&error), "cannot listen on 127.0.0.1:8787: address in use");
    }
}
