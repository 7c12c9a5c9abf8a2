//! What the desktop tells of new messages, on a bus of its own with a notification service made here.
#![allow(
    clippy::indexing_slicing,
    reason = "tests: a JSON value has a null for what it lacks"
)]

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use twinbox_simulator::{Customer, CustomerMessage, Simulator};
use twinbox_tests::webdriver::{ENTER, Window};

use super::desktop::{Asked, Desktop};
use super::shell::{ask, ask_until, listens};
use super::{LOG, Shop};

#[tokio::test]
async fn new_messages_are_told_as_it_is_set_and_a_press_opens_or_reads_them() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        home: _home,
        ..
    } = shop;
    let mut desktop = Desktop::start(window.bus()).await?;
    listens(&window).await?;
    let told = tell_the_story(&window, &simulator, &mut desktop).await;
    told?;
    window.close().await
}

async fn tell_the_story(window: &Window, simulator: &Simulator, desktop: &mut Desktop) -> Result<()> {
    let ana = || Customer::new("351912345678", "Ana Duarte");
    let says = |text: &str| simulator.customer_writes(ana(), CustomerMessage::Text(text.to_owned()));

    ask(window, "try_notification", json!({})).await?;
    let trial = desktop.shown().await.context("the trial")?;
    ensure!(trial.title == "Twinbox" && trial.has_sound, "{trial:?}");

    says("Is <b>the blue</b> bicycle still there?");
    let first = desktop.shown().await.context("the first message")?;
    ensure!(first.title == "Ana Duarte" && first.replaces == 0, "{first:?}");
    ensure!(
        first.body.contains("&lt;b&gt;the blue&lt;/b&gt;"),
        "markup of a customer's: {first:?}"
    );
    ensure!(first.actions == ["default", "Open", "read", "Mark read"], "{first:?}");

    // What is read is not on the screen any more.
    desktop.press_and_keep(first.id, "read").await?;
    unread_is(window, 0).await?;
    let closed = desktop.asked().await?;
    ensure!(matches!(closed, Asked::Close(id) if id == first.id), "{closed:?}");

    set(window, json!({"hides_content": true, "has_sound": false})).await?;
    says("My address is 1 Harbor Road");
    let hidden = desktop.shown().await.context("the hidden one")?;
    ensure!(
        hidden.title == "Twinbox" && hidden.body == "New message" && !hidden.has_sound,
        "{hidden:?}"
    );
    says("The door is green");
    let again = desktop.shown().await.context("the one after it")?;
    ensure!(again.replaces == hidden.id, "{again:?}");

    set(window, json!({"do_not_disturb": true})).await?;
    says("Are you there?");
    let row = unread_is(window, 3).await?;
    let wanted = json!({"conversation": row["id"], "before": null, "limit": 1});
    let messages = ask(window, "list_messages", wanted).await?;
    let read = json!({"conversation": row["id"], "up_to": messages["items"][0]["id"]});
    ask(window, "mark_read", read).await?;
    // What is told comes in the order of what happened: the quiet one was passed over before this.
    let closed = desktop.asked().await.context("the end of the hidden one")?;
    ensure!(matches!(closed, Asked::Close(id) if id == hidden.id), "{closed:?}");
    set(window, json!({})).await?;
    says_nothing_while_locked(window, desktop, says).await?;
    says("I will call you.");
    let last = desktop.shown().await.context("the last one")?;
    ensure!(last.body.contains("I will call you.") && last.replaces == 0, "{last:?}");

    desktop.press(last.id, "default").await?;
    window.wait_for_text(LOG, "I will call you.").await.map(drop)
}

/// Locked or not told yet that it is not, the window keeps what messages say to itself, and takes down what was said.
async fn says_nothing_while_locked(
    window: &Window,
    desktop: &mut Desktop,
    says: impl Fn(&str) -> String,
) -> Result<()> {
    says("My door code is 4711");
    let told = desktop.shown().await.context("the open one")?;
    ensure!(told.body.starts_with("My door code is 4711"), "{told:?}");
    let passphrase = json!({"before": "", "passphrase": "correct horse"});
    ask(window, "set_passphrase", passphrase).await?;
    let reload = "document.documentElement.dataset.old = ''; location.reload()";
    window.execute(reload, &[]).await?;
    window.wait_for("html:not([data-old]) [role=tablist]").await?;
    let keys = "document.body.dispatchEvent(new KeyboardEvent('keydown', \
                { key: 'L', code: 'KeyL', ctrlKey: true, shiftKey: true, bubbles: true }))";
    // The key does nothing before the page was told that there is a passphrase.
    let lock = async || {
        window.execute(keys, &[]).await?;
        let field = "return document.querySelector('input[type=password]')";
        window.element(field, &[]).await
    };
    window.wait_until("the window is locked", lock).await?;
    let closed = desktop.asked().await.context("the end of the open one")?;
    ensure!(matches!(closed, Asked::Close(id) if id == told.id), "{closed:?}");

    says("It is under the mat");
    let hidden = desktop.shown().await.context("the locked one")?;
    ensure!(hidden.title == "Twinbox" && hidden.body == "New message", "{hidden:?}");
    // Nobody marks anything as read past the lock, whatever the desktop sends.
    ensure!(hidden.actions == ["default", "Open"], "{hidden:?}");
    desktop.press_and_keep(hidden.id, "read").await?;
    let field = window.wait_for("input[type=password]").await?;
    window.send_keys(&field, &format!("correct horse{ENTER}")).await?;
    window.wait_for("[role=tablist]").await?;
    unread_is(window, 2).await?;
    desktop.press_and_keep(hidden.id, "read").await?;
    unread_is(window, 0).await?;
    let closed = desktop.asked().await.context("the end of the locked one")?;
    ensure!(matches!(closed, Asked::Close(id) if id == hidden.id), "{closed:?}");
    Ok(())
}

async fn set(window: &Window, notifications: Value) -> Result<()> {
    let settings = json!({"settings": {"notifications": notifications}});
    ask(window, "save_settings", settings).await.map(drop)
}

/// The conversation, as soon as it has so many.
async fn unread_is(window: &Window, unread: u64) -> Result<Value> {
    let wanted = json!({"filter": "all", "before": null, "limit": 1});
    let is_so = |list: &Value| list["items"][0]["unread"] == unread;
    let list = ask_until(window, "so much is unread", "list_conversations", wanted, is_so).await?;
    Ok(list["items"][0].clone())
}
