//! Where the focus goes, and what it closes by leaving, in the real window.

use anyhow::{Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage, Fault};
use twinbox_tests::webdriver::Window;

use super::shell::ask;
use super::{LOG, Shop, answer, open_conversation};

/// Presses the first of these with these words as a key does: it has the focus then.
const PRESS: &str = "const button = [...document.querySelectorAll(arguments[0])].find(it => it.checkVisibility() && \
     it.textContent.trim().startsWith(arguments[1])); button?.focus(); button?.click(); return Boolean(button)";

#[tokio::test]
async fn the_focus_goes_to_the_safe_answer_and_back_as_often_as_it_is_asked() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let window = &shop.window;
    opens_a_chat(&shop).await?;
    shop.simulator.fail_next_send(Fault::Error {
        http: 400,
        code: 131_026,
        message: "Message undeliverable".to_owned(),
    });
    answer(window, "It is.").await?;
    window.wait_for_text(LOG, "Not delivered").await?;

    press(window, ".rail__item[title=Queue]", "").await?;
    window.wait_for_text(".q__side", "Not delivered").await?;
    // A page gives the focus only once to what asks for it by an attribute.
    for _ in 0..2 {
        press(window, ".q__side button", "Retry all").await?;
        focus_is_on(window, "Cancel").await?;
        press(window, ".q__side button", "Cancel").await?;
        focus_is_on(window, "Retry all").await?;
    }
    shop.window.close().await
}

#[tokio::test]
async fn a_row_that_is_sorted_elsewhere_takes_the_focus_along() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let window = &shop.window;
    for name in ["Alpha", "Middle"] {
        ask(window, "save_label", json!({"id": null, "name": name, "color": 0})).await?;
    }
    window.wait_for(".rail__item[title=Settings]").await?;
    press(window, ".rail__item[title=Settings]", "").await?;
    window.wait_for_text("[role=tablist]", "Labels and replies").await?;
    press(window, "[role=tab]", "Labels and replies").await?;
    let name = window.wait_for("input[aria-label=Alpha]").await?;
    // Everything in it is replaced, then left by Tab.
    window.send_keys(&name, "\u{E009}a\u{E009}Zulu\u{E004}").await?;
    let script = "const names = [...document.querySelectorAll('li.set input')].map(it => it.value); \
         const at = document.activeElement.closest('li.set')?.querySelector('input').value; \
         return names[0] === 'Middle' && names[1] === 'Zulu' && at";
    window
        .wait_until("the row is sorted, and the focus in it", async || {
            let at = window.execute(script, &[]).await?;
            Ok((at == "Zulu").then_some(()))
        })
        .await?;
    shop.window.close().await
}

#[tokio::test]
async fn what_lies_over_a_chat_is_closed_by_going_elsewhere() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let window = &shop.window;
    opens_a_chat(&shop).await?;
    // What can be done with a message is drawn for whoever is at it.
    window
        .execute("document.querySelector('[role=log] .msg').focus()", &[])
        .await?;
    window.wait_for(".react > button").await?;
    press(window, ".react > button", "").await?;
    is_closed_from_the_log(window, ".react__menu").await?;
    press(window, "#snooze", "").await?;
    window.wait_for("[role=menuitemcheckbox]").await?;
    press(window, "[role=menuitemcheckbox]", "Pick date and time").await?;
    is_closed_from_the_log(window, ".menu__pop--times").await?;

    // What is typed without a pause is meant for the field.
    for (key, field) in [("/", "#search"), ("\u{E009}f\u{E009}", ".thread__find input")] {
        let log = window.wait_for(".thread__scroll").await?;
        window.send_keys(&log, &format!("{key}paid")).await?;
        let script = "return document.querySelector(arguments[0])?.value === 'paid'";
        let look = async || Ok((window.execute(script, &[json!(field)]).await? == true).then_some(()));
        window
            .wait_until(&format!("{field} has all that was typed"), look)
            .await?;
    }
    shop.window.close().await
}

async fn opens_a_chat(shop: &Shop) -> Result<()> {
    let says = CustomerMessage::Text("Is it paid?".to_owned());
    shop.simulator
        .customer_writes(Customer::new("351912345678", "Ana Duarte"), says);
    open_conversation(&shop.window, "Ana Duarte").await?;
    shop.window.wait_for_text(LOG, "Is it paid?").await.map(drop)
}

async fn press(window: &Window, css: &str, words: &str) -> Result<()> {
    let pressed = window.execute(PRESS, &[json!(css), json!(words)]).await?;
    ensure!(pressed == true, "there is no {css} with {words}");
    Ok(())
}

async fn focus_is_on(window: &Window, words: &str) -> Result<()> {
    let script = "return document.activeElement.textContent.trim() === arguments[0]";
    let look = async || Ok((window.execute(script, &[json!(words)]).await? == true).then_some(()));
    window.wait_until(&format!("the focus is on {words}"), look).await
}

/// Once it has the focus.
async fn is_closed_from_the_log(window: &Window, css: &str) -> Result<()> {
    let script = "return document.activeElement.closest(arguments[0]) !== null";
    let look = async || Ok((window.execute(script, &[json!(css)]).await? == true).then_some(()));
    window.wait_until(&format!("the focus is in {css}"), look).await?;
    window
        .execute("document.querySelector('.thread__scroll').focus()", &[])
        .await?;
    let look = async || Ok(window.find(css).await?.is_none().then_some(()));
    window.wait_until(&format!("{css} is gone"), look).await
}
