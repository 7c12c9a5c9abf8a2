//! Notifications of the desktop, as a desktop gets them.
#![allow(
    clippy::indexing_slicing,
    reason = "an answer without a value is the null that the test then finds wrong"
)]

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::mpsc;
use twinbox_simulator::{AccountEvent, Config, Customer, Simulator};
use twinbox_tests::webdriver::{PATIENCE, Window, free_port};
use zbus::{connection::Builder, zvariant::OwnedValue};

use super::shell::{ask, ask_until};
use super::{app, environment};

/// A desktop that takes notifications (freedesktop.org, "Desktop Notifications Specification" 1.2).
struct Desktop(mpsc::UnboundedSender<[String; 3]>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    #[allow(clippy::too_many_arguments, reason = "as specified")]
    fn notify(
        &self,
        app_name: String,
        _replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        // Whoever waited for it may be gone.
        drop(self.0.send([app_name, summary, body]));
        1
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned(), "actions".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let [name, vendor, version, spec] = ["desktop", "tests", "1", "1.2"].map(str::to_owned);
        (name, vendor, version, spec)
    }
}

#[tokio::test]
async fn a_quiet_phone_and_a_lost_number_are_told_by_the_desktop() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let home = TempDir::new()?;
    let webhook_port = free_port()?;
    let config = Config::for_tests(format!("http://127.0.0.1:{webhook_port}/webhooks/meta"));
    let simulator = Simulator::start(config.clone()).await?;
    let environment = environment(home.path(), &config, webhook_port, &simulator.graph_url())?;
    let window = Window::open(&app, &environment).await?;
    let (sender, mut notified) = mpsc::unbounded_channel();
    let desktop = Builder::address(window.bus())?
        .name("org.freedesktop.Notifications")?
        .serve_at("/org/freedesktop/Notifications", Desktop(sender))?
        .build()
        .await?;

    let nine_days = Duration::from_secs(9 * 24 * 60 * 60);
    simulator.phone_wrote(Customer::new("351912345678", "Ana Duarte"), "I will look", nine_days);
    ask_until(&window, "the old echo", "get_overview", json!({}), |overview| {
        !overview["numbers"][0]["evidence"]["last_sign_at"].is_null()
    })
    .await?;
    ask(&window, "check_number", json!({"number": config.phone_number_id})).await?;
    let quiet = next(&mut notified).await?;
    ensure!(
        quiet
            == [
                "Twinbox",
                "Shop",
                "Open WhatsApp Business on the phone within 4 days, or WhatsApp ends the connection."
            ],
        "{quiet:?}"
    );

    ensure!(
        simulator.account_event(&AccountEvent::Disconnect { reason: None }),
        "it cannot be disconnected"
    );
    let lost = next(&mut notified).await?;
    ensure!(
        lost == [
            "Twinbox",
            "Shop",
            "Messages do not go out any more. Twinbox shows why and what helps."
        ],
        "{lost:?}"
    );
    drop(desktop);
    window.close().await
}

async fn next(notified: &mut mpsc::UnboundedReceiver<[String; 3]>) -> Result<[String; 3]> {
    let next = tokio::time::timeout(PATIENCE, notified.recv()).await;
    next.context("no notification came")?.context("the desktop is gone")
}
