//! A desktop that takes notifications, made for the tests (freedesktop.org, "Desktop Notifications Specification" 1.2).

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zbus::zvariant::OwnedValue;

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the service was asked to do.
#[derive(Debug)]
pub(super) enum Asked {
    Show(Shown),
    Close(u32),
}

#[derive(Debug)]
pub(super) struct Shown {
    pub(super) id: u32,
    pub(super) replaces: u32,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) actions: Vec<String>,
    pub(super) has_sound: bool,
}

struct NotificationServer {
    last: u32,
    asked: UnboundedSender<Asked>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl NotificationServer {
    #[allow(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &mut self,
        _app_name: String,
        replaces: u32,
        _app_icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let id = if replaces == 0 { self.last + 1 } else { replaces };
        self.last = self.last.max(id);
        let has_sound = hints.contains_key("sound-name");
        let shown = Shown {
            id,
            replaces,
            title,
            body,
            actions,
            has_sound,
        };
        drop(self.asked.send(Asked::Show(shown)));
        id
    }

    fn close_notification(&mut self, id: u32) {
        drop(self.asked.send(Asked::Close(id)));
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup", "sound"].map(str::to_owned).into()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ["made for a test", "twinbox", "1", "1.2"].map(str::to_owned).into()
    }
}

/// The service on the bus of a window.
pub(super) struct Desktop {
    connection: zbus::Connection,
    asked: UnboundedReceiver<Asked>,
}

impl Desktop {
    pub(super) async fn start(bus: &str) -> Result<Self> {
        let (sender, asked) = unbounded_channel();
        let service = NotificationServer { last: 0, asked: sender };
        let connection = zbus::connection::Builder::address(bus)?
            .name(NAME)?
            .serve_at(PATH, service)?
            .build()
            .await?;
        Ok(Self { connection, asked })
    }

    pub(super) async fn asked(&mut self) -> Result<Asked> {
        let asked = tokio::time::timeout(PATIENCE, self.asked.recv()).await;
        asked
            .context("the desktop was asked nothing")?
            .context("the service ended")
    }

    pub(super) async fn shown(&mut self) -> Result<Shown> {
        match self.asked().await? {
            Asked::Show(shown) => Ok(shown),
            asked @ Asked::Close(_) => anyhow::bail!("the desktop was asked for something else: {asked:?}"),
        }
    }

    /// Presses a button of a notification, which is closed by that.
    pub(super) async fn press(&self, id: u32, action: &str) -> Result<()> {
        const DISMISSED: u32 = 2;
        self.press_and_keep(id, action).await?;
        self.connection
            .emit_signal(None::<&str>, PATH, NAME, "NotificationClosed", &(id, DISMISSED))
            .await?;
        Ok(())
    }

    /// The same where it stays.
    pub(super) async fn press_and_keep(&self, id: u32, action: &str) -> Result<()> {
        self.connection
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(id, action))
            .await?;
        Ok(())
    }
}
