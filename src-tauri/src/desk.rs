//! The engine as the window sees it: running, or the reason why it is not.

use clap::Parser;
use std::{error::Error, path::PathBuf, sync::Mutex};
use tauri::async_runtime::JoinHandle;
use twinbox_engine::Engine;
use twinbox_protocol::{ApiError, Caller, Role};
use twinbox_server::{Arguments, Host, Settings};

/// What the commands work on.
pub(crate) struct Desk {
    host: Mutex<Option<Host>>,
    started: Result<(Engine, Caller), String>,
    /// The task that feeds the window's event channel.
    events: Mutex<Option<JoinHandle<()>>>,
}

impl Desk {
    /// Starts the engine with the settings of the environment. What is in the way is kept, to be shown.
    pub(crate) async fn start(default_data_dir: Option<PathBuf>) -> Self {
        match start_host(default_data_dir).await {
            Ok((host, caller)) => {
                let started = Ok((host.engine().clone(), caller));
                Self {
                    host: Mutex::new(Some(host)),
                    started,
                    events: Mutex::default(),
                }
            }
            Err(error) => {
                let reason = sentence(error.as_ref());
                tracing::error!(reason, "Twinbox cannot start");
                Self {
                    host: Mutex::default(),
                    started: Err(reason),
                    events: Mutex::default(),
                }
            }
        }
    }

    /// The engine and who the window is to it.
    pub(crate) fn engine(&self) -> Result<(&Engine, &Caller), ApiError> {
        match &self.started {
            Ok((engine, caller)) => Ok((engine, caller)),
            Err(reason) => Err(ApiError::unavailable(format!("Twinbox cannot start: {reason}."))),
        }
    }

    /// Replaces the task that feeds the event channel; the one before fed a page that is no more.
    pub(crate) fn feed(&self, task: JoinHandle<()>) {
        if let Ok(mut events) = self.events.lock()
            && let Some(before) = events.replace(task)
        {
            before.abort();
        }
    }

    /// Stops the engine; once.
    pub(crate) async fn stop(&self) {
        let host = self.host.lock().ok().and_then(|mut host| host.take());
        if let Some(host) = host
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
    fn an_error_is_told_with_its_causes() {
        let error = twinbox_server::HostError::Listen {
            address: ([127, 0, 0, 1], 8787).into(),
            source: std::io::Error::other("address in use"),
        };
        assert_eq!(sentence(&error), "cannot listen on 127.0.0.1:8787: address in use");
    }
}
