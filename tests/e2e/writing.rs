//! What helps writing, in the real window: emoji, marks and voice notes.

use anyhow::{Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage};
use twinbox_tests::webdriver::{ENTER, Window};

use super::{COMPOSER, LOG, Shop, open_conversation};

/// As WebDriver writes it.
const CTRL_Z: &str = "\u{E009}z\u{E000}";

/// A key as a person presses it in the composer, with Ctrl.
const PRESS: &str = "const field = document.querySelector(arguments[0]); field.focus(); field.dispatchEvent(new \
     KeyboardEvent('keydown', { key: arguments[1], ctrlKey: true, bubbles: true, cancelable: true }))";

#[tokio::test]
async fn an_emoji_goes_where_the_caret_is_marks_are_shown_and_a_voice_note_says_why_it_is_a_file() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let (window, simulator) = (&shop.window, &shop.simulator);
    let says = CustomerMessage::Text("Is it paid?".to_owned());
    simulator.customer_writes(Customer::new("351912345678", "Ana Duarte"), says);
    open_conversation(window, "Ana Duarte").await?;
    window.wait_for_text(LOG, "Is it paid?").await?;

    let composer = window.click_on(COMPOSER, "").await?;
    window.send_keys(&composer, "Hello there").await?;
    select(window, 5, 5).await?;
    window.execute(PRESS, &[json!(COMPOSER), json!("e")]).await?;
    window.wait_for("dialog.emoji[open] [role=gridcell]").await?;
    let search = window.wait_for("dialog.emoji input").await?;
    window.send_keys(&search, "rocket").await?;
    window
        .wait_for("dialog.emoji [role=gridcell][aria-label=rocket]")
        .await?;
    window.send_keys(&search, ENTER).await?;
    until_written(window, "Hello🚀 there", 7).await?;

    select(window, 8, 13).await?;
    window.execute(PRESS, &[json!(COMPOSER), json!("b")]).await?;
    until_written(window, "Hello🚀 *there*", 9).await?;
    window.wait_for_text(".formatted strong", "there").await?;

    window.click_on("[aria-label='Voice note'][aria-expanded]", "").await?;
    window
        .wait_for_text(".voicewhy", "cannot record in WhatsApp's format")
        .await?;
    let records =
        "return typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported('audio/ogg; codecs=opus')";
    let records = window.execute(records, &[]).await?;
    ensure!(records == false, "it could record: the sentence is not true any more");
    ensure!(simulator.ledger().is_empty(), "something was sent");
    shop.window.close().await
}

#[tokio::test]
async fn what_was_written_to_one_is_not_undone_to_another_and_the_focus_goes_along() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let (window, simulator) = (&shop.window, &shop.simulator);
    for (phone, name) in [("351912345678", "Ana Duarte"), ("351912345679", "Rui Matos")] {
        let says = CustomerMessage::Text(format!("This is {name}."));
        simulator.customer_writes(Customer::new(phone, name), says);
        open_conversation(window, name).await?;
        window.wait_for_text(LOG, &format!("This is {name}.")).await?;
    }
    let composer = window.click_on(COMPOSER, "").await?;
    window.send_keys(&composer, "Only for you, Rui").await?;
    until_written(window, "Only for you, Rui", 17).await?;

    open_conversation(window, "Ana Duarte").await?;
    window.wait_for_text(LOG, "This is Ana Duarte.").await?;
    let composer = window.click_on(COMPOSER, "").await?;
    window.send_keys(&composer, CTRL_Z).await?;
    window.execute("document.execCommand('undo')", &[]).await?;
    until_written(window, "", 0).await?;

    let resolve_and_next = "document.querySelector('.thread__scroll').focus(); document.activeElement.dispatchEvent(new \
                            KeyboardEvent('keydown', { key: 'E', code: 'KeyE', shiftKey: true, bubbles: true, cancelable: true }))";
    window.execute(resolve_and_next, &[]).await?;
    window.wait_for_text("h2.thread__name", "Rui Matos").await?;
    until_written(window, "Only for you, Rui", 17).await?;
    shop.window.close().await
}

async fn select(window: &Window, from: u32, to: u32) -> Result<()> {
    let script = "document.querySelector(arguments[0]).setSelectionRange(arguments[1], arguments[2])";
    window
        .execute(script, &[json!(COMPOSER), json!(from), json!(to)])
        .await
        .map(drop)
}

/// The text, and the caret or the beginning of what is selected.
async fn until_written(window: &Window, text: &str, caret: u32) -> Result<()> {
    let script = "const field = document.querySelector(arguments[0]); return field === document.activeElement && \
                  [field.value, field.selectionStart]";
    let wanted = json!([text, caret]);
    window
        .wait_until("the text is in the composer", async || {
            let written = window.execute(script, &[json!(COMPOSER)]).await?;
            Ok((written == wanted).then_some(()))
        })
        .await
}
