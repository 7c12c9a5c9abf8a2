//! Notifications of the desktop, as a desktop gets them.
#![allow(
    clippy::indexing_slicing,
    reason = "an answer without a value is the null that the test then finds wrong"
)]

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use tempfile::TempDir;
use twinbox_simulator::{AccountEvent, Config, Customer, Simulator};
use twinbox_tests::webdriver::{Window, free_port};

use super::desktop::Desktop;
use super::shell::{ask, ask_until};
use super::{app, environment};

#[tokio::test]
async fn a_quiet_phone_and_a_lost_number_are_told_by_the_desktop() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let home = TempDir::new()?;
    let webhook_port = free_port()?;
    let config = Config::for_tests(format!("http://127.0.0.1:{webhook_port}/webhooks/meta"));
    let simulator = Simulator::start(config.clone()).await?;
    let environment = environment(home.path(), &config, webhook_port, &simulator.graph_url())?;
    let window = Window::open(&app, &environment).await?;
    let mut desktop = Desktop::start(window.bus()).await?;

    let nine_days = Duration::from_secs(9 * 24 * 60 * 60);
    simulator.phone_wrote(Customer::new("351912345678", "Ana Duarte"), "I will look", nine_days);
    ask_until(&window, "the old echo", "get_overview", json!({}), |overview| {
        !overview["numbers"][0]["evidence"]["last_sign_at"].is_null()
    })
    .await?;
    ask(&window, "check_number", json!({"number": config.phone_number_id})).await?;
    let quiet = desktop.shown().await?;
    ensure!(
        quiet.title == "Shop"
            && quiet.body == "Open WhatsApp Business on the phone within 4 days, or WhatsApp ends the connection.",
        "{quiet:?}"
    );

    ensure!(
        simulator.account_event(&AccountEvent::Disconnect { reason: None }),
        "it cannot be disconnected"
    );
    let lost = desktop.shown().await?;
    ensure!(
        lost.title == "Shop" && lost.body == "Messages do not go out any more. Twinbox shows why and what helps.",
        "{lost:?}"
    );
    window.close().await
}
