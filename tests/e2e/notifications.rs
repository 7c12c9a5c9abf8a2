//! What the desktop tells of new messages, on a bus of its own with a notification service made here.
#![allow(
    clippy::indexing_slicing,
    reason = "tests: a JSON value has a null for what it lacks"
)]

use std::collections::HashMap;
use std::ffi::OsString;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use twinbox_simulator::{Config, Customer, CustomerMessage, Simulator};
use twinbox_tests::webdriver::{Window, free_port};
use zbus::zvariant::OwnedValue;

use super::shell::{ask, ask_until};
use super::{LOG, app, environment};

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the service was asked to do.
#[derive(Debug)]
enum Asked {
    Show(Shown),
    Close(u32),
}

#[derive(Debug)]
struct Shown {
    id: u32,
    replaces: u32,
    title: String,
    body: String,
    actions: Vec<String>,
    has_sound: bool,
}

struct Service {
    last: u32,
    asked: UnboundedSender<Asked>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
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
struct Desktop {
    connection: zbus::Connection,
    asked: UnboundedReceiver<Asked>,
}

impl Desktop {
    async fn start(bus: &str) -> Result<Self> {
        let (sender, asked) = unbounded_channel();
        let service = Service { last: 0, asked: sender };
        let connection = zbus::connection::Builder::address(bus)?
            .name(NAME)?
            .serve_at(PATH, service)?
            .build()
            .await?;
        Ok(Self { connection, asked })
    }

    async fn asked(&mut self) -> Result<Asked> {
        let asked = tokio::time::timeout(PATIENCE, self.asked.recv()).await;
        asked
            .context("the desktop was asked nothing")?
            .context("the service ended")
    }

    async fn shown(&mut self) -> Result<Shown> {
        match self.asked().await? {
            Asked::Show(shown) => Ok(shown),
            asked @ Asked::Close(_) => anyhow::bail!("the desktop was asked for something else: {asked:?}"),
        }
    }

    async fn press(&self, id: u32, action: &str) -> Result<()> {
        let body = (id, action);
        self.connection
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &body)
            .await?;
        Ok(())
    }
}

#[tokio::test]
async fn new_messages_are_told_as_it_is_set_and_a_press_opens_or_reads_them() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let home = TempDir::new()?;
    let webhook_port = free_port()?;
    let config = Config::for_tests(format!("http://127.0.0.1:{webhook_port}/webhooks/meta"));
    let simulator = Simulator::start(config.clone()).await?;
    let environment: Vec<(&str, OsString)> = environment(home.path(), &config, webhook_port, &simulator.graph_url())?;
    let window = Window::open(&app, &environment).await?;
    let mut desktop = Desktop::start(window.bus()).await?;
    // The window listens from then on.
    window.wait_for("[role=tablist]").await?;
    let told = tell_the_story(&window, &simulator, &mut desktop).await;
    told?;
    window.close().await
}

async fn tell_the_story(window: &Window, simulator: &Simulator, desktop: &mut Desktop) -> Result<()> {
    let ana = || Customer::new("351912345678", "Ana Duarte");
    let says = |text: &str| simulator.customer_writes(ana(), CustomerMessage::Text(text.to_owned()));

    ask(window, "try_notification", json!({})).await?;
    let trial = desktop.shown().await?;
    ensure!(trial.title == "Twinbox" && trial.has_sound, "{trial:?}");

    says("Is <b>the blue</b> bicycle still there?");
    let first = desktop.shown().await?;
    ensure!(first.title == "Ana Duarte" && first.replaces == 0, "{first:?}");
    ensure!(
        first.body.contains("&lt;b&gt;the blue&lt;/b&gt;"),
        "markup of a customer's: {first:?}"
    );
    ensure!(first.actions == ["default", "Open", "read", "Mark read"], "{first:?}");

    // What is read is not on the screen any more.
    desktop.press(first.id, "read").await?;
    unread_is(window, 0).await?;
    let closed = desktop.asked().await?;
    ensure!(matches!(closed, Asked::Close(id) if id == first.id), "{closed:?}");

    set(window, json!({"hides_content": true, "has_sound": false})).await?;
    says("My address is 1 Harbor Road");
    let hidden = desktop.shown().await?;
    ensure!(
        hidden.title == "Twinbox" && hidden.body == "New message" && !hidden.has_sound,
        "{hidden:?}"
    );
    set(window, json!({"do_not_disturb": true})).await?;
    says("Are you there?");
    unread_is(window, 2).await?;
    set(window, json!({})).await?;
    says("I will call you.");
    let last = desktop.shown().await?;
    ensure!(
        last.body.contains("I will call you.") && last.replaces == hidden.id,
        "{last:?}"
    );

    desktop.press(last.id, "default").await?;
    window.wait_for_text(LOG, "I will call you.").await.map(drop)
}

async fn set(window: &Window, notifications: Value) -> Result<()> {
    let settings = json!({"settings": {"notifications": notifications}});
    ask(window, "save_settings", settings).await.map(drop)
}

async fn unread_is(window: &Window, unread: u64) -> Result<()> {
    let wanted = json!({"filter": "all", "before": null, "limit": 1});
    let is_so = |list: &Value| list["items"][0]["unread"] == unread;
    ask_until(window, "so much is unread", "list_conversations", wanted, is_so)
        .await
        .map(drop)
}
