//! Notifications of the desktop, as a desktop gets them.
#![allow(
    clippy::indexing_slicing,
    reason = "an answer without a value is the null that the test then finds wrong"
)]

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use twinbox_simulator::{AccountEvent, Customer};

use super::Shop;
use super::desktop::Desktop;
use super::shell::{ask, ask_until};

#[tokio::test]
async fn a_quiet_phone_and_a_lost_number_are_told_by_the_desktop() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        config,
        home: _home,
        ..
    } = shop;
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
