//! An agent works through a chat with the keyboard alone, and finds the draft again after the app was closed.
#![allow(
    clippy::indexing_slicing,
    reason = "tests: a JSON value has a null for what it lacks"
)]

use anyhow::{Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage, Simulator};
use twinbox_tests::webdriver::{ENTER, Window};

use super::shell::{ask, ask_until};
use super::{COMPOSER, LOG, Shop, open_conversation};

#[tokio::test]
async fn a_chat_is_taken_noted_answered_and_resolved_and_a_draft_outlives_the_app() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        environment,
        app,
        home: _home,
        ..
    } = shop;
    let says = |phone: &str, name: &str, text: &str| {
        simulator.customer_writes(Customer::new(phone, name), CustomerMessage::Text(text.to_owned()));
    };
    says("351912345678", "Ana Duarte", "Is the deposit paid?");
    open_conversation(&window, "Ana Duarte").await?;
    window.wait_for_text(LOG, "Is the deposit paid?").await?;
    work(&window, &simulator).await?;

    // Somebody writes again: the chat is back. What is being written is kept.
    says("351912345678", "Ana Duarte", "One more thing");
    open_conversation(&window, "Ana Duarte").await?;
    type_into(&window, "I will look and").await?;
    window.click_on("#write-note", "").await?;
    ask_until(&window, "the draft is kept", "get_drafts", json!({}), |drafts| {
        drafts[0]["text"] == "I will look and" && drafts[0]["is_note"] == true
    })
    .await?;
    window.close().await?;
    let window = Window::open(&app, &environment).await?;
    window.wait_for_text("[role=option]", "I will look and").await?;
    open_conversation(&window, "Ana Duarte").await?;
    window
        .wait_until("the draft is in the composer", async || {
            let text = window
                .execute("return document.querySelector(arguments[0])?.value", &[json!(COMPOSER)])
                .await?;
            Ok((text == "I will look and").then_some(()))
        })
        .await?;
    // It was a note, and is one still. A file put into it would go to the customer with the next reply.
    window.wait_for(".composer.is-note").await?;
    let paste = "const data = new DataTransfer(); data.items.add(new File(['for us'], 'prices.txt', { type: 'text/plain' })); \
                 document.querySelector(arguments[0]).dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, \
                 bubbles: true, cancelable: true }))";
    window.execute(paste, &[json!(COMPOSER)]).await?;
    window.wait_for_text(".toast", "A note takes no files").await?;
    window.click_on(".composer__modes button", "Reply").await?;
    let attached = window
        .execute("return document.querySelectorAll('.composer__files li').length", &[])
        .await?;
    ensure!(attached == 0, "a note's file waits for the customer");

    // Somebody answers from the phone meanwhile: nothing is sent before that was seen.
    simulator.phone_writes(Customer::new("351912345678", "Ana Duarte"), "It is paid.");
    window.wait_for_text(".faster", "Answered from the phone").await?;
    let composer = window.wait_for(COMPOSER).await?;
    window.send_keys(&composer, ENTER).await?;
    ensure!(simulator.ledger().len() == 1, "a second answer was sent");
    window.click_on(".faster button", "Discard").await?;
    ask_until(&window, "no draft is kept", "get_drafts", json!({}), |drafts| {
        drafts.as_array().is_some_and(Vec::is_empty)
    })
    .await?;
    window.close().await
}

/// Assigned, labeled, noted, answered with a saved reply, and resolved; then taken back.
async fn work(window: &Window, simulator: &Simulator) -> Result<()> {
    let label = ask(window, "save_label", json!({"id": null, "name": "Quote", "color": 0})).await?;
    let reply = json!({"shortcut": "paid", "text": "It is, {name}."});
    ask(window, "save_canned_reply", json!({"reply": reply})).await?;

    press(window, "i").await?;
    window.wait_for_text("#assign", "Maya").await?;
    press(window, "l").await?;
    window.click_on("[role=menuitemcheckbox]", "Quote").await?;
    window.wait_for_text(".labs", "Quote").await?;
    let list = json!({"filter": {"label": label}, "before": null, "limit": 1});
    let labeled = ask(window, "list_conversations", list).await?;
    ensure!(labeled["items"][0]["assignee"] == "Maya Lindqvist", "{labeled}");

    press(window, "n").await?;
    type_into(window, "@Maya ask the workshop").await?;
    let composer = window.wait_for(COMPOSER).await?;
    window.send_keys(&composer, ENTER).await?;
    window.wait_for_text(LOG, "Private note").await?;
    ensure!(simulator.ledger().is_empty(), "a note was sent");

    window.click_on("[role=radio]", "Reply").await?;
    type_into(window, "/pai").await?;
    window.wait_for_text("[role=option]", "/paid").await?;
    let composer = window.wait_for(COMPOSER).await?;
    window.send_keys(&composer, ENTER).await?;
    window.send_keys(&composer, ENTER).await?;
    window.wait_for_text(LOG, "It is, Ana Duarte.").await?;

    press(window, "e").await?;
    window.wait_for_text(".thread__acts", "Reopen").await?;
    press(window, "z").await?;
    window.wait_for_text(".thread__acts", "Resolve").await?;
    press(window, "E").await?;
    let is_resolved = |list: &serde_json::Value| list["items"][0]["state"] == "resolved";
    let resolved = json!({"filter": "resolved", "before": null, "limit": 1});
    ask_until(
        window,
        "the chat is resolved",
        "list_conversations",
        resolved,
        is_resolved,
    )
    .await
    .map(drop)
}

/// As a person does outside of fields.
async fn press(window: &Window, key: &str) -> Result<()> {
    let script = "document.querySelector('.thread__scroll').focus(); document.activeElement.dispatchEvent(new \
                  KeyboardEvent('keydown', { key: arguments[0], shiftKey: arguments[0] !== arguments[0].toLowerCase(), \
                  bubbles: true, cancelable: true }))";
    window.execute(script, &[json!(key)]).await.map(drop)
}

async fn type_into(window: &Window, text: &str) -> Result<()> {
    let composer = window.click_on(COMPOSER, "").await?;
    window.send_keys(&composer, text).await
}
