//! The list while things happen in it.

use anyhow::{Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage, Simulator};
use twinbox_tests::webdriver::Window;

use super::Shop;

#[tokio::test]
async fn rows_stay_in_the_page_and_keep_the_focus_while_others_come_in_front() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop { window, simulator, .. } = shop;
    window.wait_for("[role=tablist]").await?;
    write(&simulator, 0..4);
    rows(&window, 4).await?;
    let watch = "
        const list = document.querySelector('.rows__drawn');
        list.querySelectorAll('[role=option]')[2].focus();
        window.taken = 0;
        const count = changes => changes.forEach(change => window.taken += change.removedNodes.length);
        new MutationObserver(count).observe(list, { childList: true });
        return document.activeElement.querySelector('.row__name').textContent";
    let focused = window.execute(watch, &[]).await?;
    write(&simulator, 4..7);
    rows(&window, 7).await?;
    let after = window
        .execute(
            "return [document.activeElement.querySelector('.row__name')?.textContent, window.taken]",
            &[],
        )
        .await?;
    ensure!(
        after == json!([focused, 0]),
        "focus on {focused} and nothing taken out: {after}"
    );
    window.close().await
}

/// At once, so that several come with one event.
fn write(simulator: &Simulator, customers: std::ops::Range<u32>) {
    for n in customers {
        let customer = Customer::new(format!("35191234560{n}"), format!("Customer {n}"));
        simulator.customer_writes(customer, CustomerMessage::Text("Are you open?".to_owned()));
    }
}

async fn rows(window: &Window, wanted: usize) -> Result<()> {
    let look = async || {
        let found = window.find_all(".rows__drawn [role=option]").await?.len();
        Ok((found == wanted).then_some(()))
    };
    window.wait_until(&format!("{wanted} rows"), look).await
}
