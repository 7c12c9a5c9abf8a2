//! axe-core over the screens of the real window, light and dark: it finds nothing to change. Not over what needs trouble to be
//! seen: a start that failed, signing in, reminders about a number.
//!
//! `tests/assets/axe.min.js.vendored` is axe-core 4.14.1 of Deque Systems, Inc. (MPL-2.0) as it is published; only this test uses it.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage, Fault};
use twinbox_tests::webdriver::{ENTER, Window};

use super::shell::ask;
use super::signup::{Owner, heading};
use super::{COMPOSER, LOG, Shop, answer, app, open_conversation};

const AXE: &str = include_str!("../assets/axe.min.js.vendored");

/// Everything but what is only tried out by its makers.
const RUN: &str = "return axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', \
     'wcag22aa', 'best-practice'], rules: { 'label-content-name-mismatch': { enabled: false } } }).then(found => \
     found.violations.map(it => it.id + ' at ' + it.nodes.slice(0, 3).map(node => node.target.join(' ') + ': ' + node.failureSummary).join(', ')))";

/// A key as a person presses it, wherever the focus is.
const PRESS: &str = "const at = document.activeElement ?? document.body; at.dispatchEvent(new KeyboardEvent('keydown', \
     { key: arguments[0], ctrlKey: arguments[1], bubbles: true, cancelable: true }))";

const THEMES: [&str; 2] = ["light", "dark"];

const PASSPHRASE: &str = "a bicycle in the window";

#[tokio::test]
async fn axe_finds_nothing_to_change_on_the_screens_of_a_shop_in_light_and_dark() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        home: _home,
        ..
    } = shop;
    for (phone, name) in [("351912345678", "Ana Duarte"), ("971501234567", "ليلى حدّاد")] {
        simulator.customer_writes(
            Customer::new(phone, name),
            CustomerMessage::Text("Is the blue bicycle still there?".to_owned()),
        );
    }
    open_conversation(&window, "Ana Duarte").await?;
    window.wait_for_text(LOG, "Is the blue bicycle still there?").await?;
    // Something for the page of the queue.
    simulator.fail_next_send(Fault::Error {
        http: 400,
        code: 131_026,
        message: "Message undeliverable".to_owned(),
    });
    answer(&window, "It is.").await?;
    window.wait_for_text(LOG, "Not delivered").await?;
    let passphrase = json!({"before": "", "passphrase": PASSPHRASE});
    ask(&window, "set_passphrase", passphrase).await?;
    for theme in THEMES {
        shows(&window, theme).await?;
        let found = look_at_all(&window).await.with_context(|| format!("in {theme}"))?;
        ensure!(found.is_empty(), "in {theme}: {found:#?}");
    }
    window.close().await
}

#[tokio::test]
async fn axe_finds_nothing_to_change_on_the_way_to_a_number_in_light_and_dark() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let owner = Owner::start(&app).await?;
    let window = &owner.window;
    let mut found = Vec::new();
    heading(window, "Connect a number").await?;
    look_in_both(window, "preflight", &mut found).await?;
    owner.answers_the_check().await?;
    look_in_both(window, "connection settings", &mut found).await?;
    owner.sets_up_the_app().await?;
    look_in_both(window, "sign up", &mut found).await?;
    owner.signs_up(true).await?;
    heading(window, "Business details").await?;
    look_in_both(window, "business details", &mut found).await?;
    owner.tells_details().await?;
    look_in_both(window, "everything once more", &mut found).await?;
    owner.confirms().await?;
    heading(window, "Your chats are here").await?;
    look_in_both(window, "chats come over", &mut found).await?;
    ensure!(found.is_empty(), "{found:#?}");
    owner.window.close().await
}

async fn look_in_both(window: &Window, screen: &str, found: &mut Vec<String>) -> Result<()> {
    for theme in THEMES {
        shows(window, theme).await?;
        look(window, &format!("{screen}, {theme}"), found).await?;
    }
    Ok(())
}

async fn shows(window: &Window, theme: &str) -> Result<()> {
    ask(window, "save_settings", json!({"settings": {"theme": theme}})).await?;
    window.wait_for(&format!("html[data-theme={theme}]")).await.map(drop)
}

async fn look_at_all(window: &Window) -> Result<Vec<String>> {
    let mut found = Vec::new();
    look(window, "inbox", &mut found).await?;
    press(window, "e", true).await?;
    window.wait_for("dialog.emoji[open] [role=gridcell]").await?;
    look(window, "emoji", &mut found).await?;
    press(window, "Escape", false).await?;
    look_at_what_stands_for_the_composer(window, &mut found).await?;
    look_at_results(window, &mut found).await?;
    press(window, "k", true).await?;
    window.wait_for("dialog.pal[open] [role=option]").await?;
    look(window, "palette", &mut found).await?;
    press(window, "Escape", false).await?;
    window
        .execute("document.querySelector('.thread__scroll').focus()", &[])
        .await?;
    press(window, "?", false).await?;
    window.wait_for("dialog.sheet[open]").await?;
    look(window, "shortcuts", &mut found).await?;
    press(window, "Escape", false).await?;
    go(window, "q", ".page .q").await?;
    window.wait_for_text(".q__side", "Not delivered").await?;
    look(window, "queue", &mut found).await?;
    go(window, "n", ".numbers__detail").await?;
    look(window, "numbers", &mut found).await?;
    a_message_is_gone_to(window).await?;
    press(window, ",", true).await?;
    let parts = window.find_all(".settings__part").await?;
    ensure!(!parts.is_empty(), "the settings have no parts");
    for part in parts {
        let name = window.text(&part).await?;
        window.click(&part).await?;
        look(window, &name, &mut found).await?;
    }
    look_at_lock(window, &mut found).await?;
    go(window, "i", LOG).await?;
    Ok(found)
}

/// Templates, one that is filled in, and the forms of each kind of message that is put together.
async fn look_at_what_stands_for_the_composer(window: &Window, found: &mut Vec<String>) -> Result<()> {
    let close = ".templates__head [aria-label=Close]";
    window.click_on("#choose-template", "").await?;
    window.wait_for(".templates__row:not(:disabled)").await?;
    look(window, "templates", found).await?;
    window.click_on(".templates__row:not(:disabled)", "").await?;
    window.wait_for(".templates__fill").await?;
    look(window, "a template that is filled in", found).await?;
    // Back to the list, then away.
    window.click_on(close, "").await?;
    window.wait_for(".templates__row").await?;
    window.click_on(close, "").await?;

    window.click_on("#make-message", "").await?;
    window.wait_for(".making").await?;
    let kinds = window.find_all(".making .seg__opt").await?;
    ensure!(!kinds.is_empty(), "nothing can be put together");
    for kind in kinds {
        let name = window.text(&kind).await?;
        window.click(&kind).await?;
        look(window, &name, found).await?;
    }
    window.click_on(close, "").await?;
    window.wait_for(COMPOSER).await.map(drop)
}

async fn look_at_results(window: &Window, found: &mut Vec<String>) -> Result<()> {
    let field = window.click_on("#search", "").await?;
    window.send_keys(&field, "bicycle").await?;
    window.wait_for("#found [role=option]").await?;
    look(window, "search results", found).await?;
    press(window, "Escape", false).await?;
    window.wait_for("#conversations [role=option]").await.map(drop)
}

/// From the settings and back.
async fn look_at_lock(window: &Window, found: &mut Vec<String>) -> Result<()> {
    window.click_on(".settings__part", "Privacy").await?;
    window.click_on(".set__control button", "Lock now").await?;
    let field = window.wait_for("main.sign-in input").await?;
    look(window, "lock", found).await?;
    window.send_keys(&field, PASSPHRASE).await?;
    window.send_keys(&field, ENTER).await?;
    window.wait_for(".settings__part").await.map(drop)
}

/// From any page: the palette leads to the conversation of a message that it has found.
async fn a_message_is_gone_to(window: &Window) -> Result<()> {
    press(window, "k", true).await?;
    let field = window.wait_for("dialog.pal[open] input").await?;
    window.send_keys(&field, "bicycle").await?;
    window.click_on("dialog.pal .opt--msg", "").await?;
    window
        .wait_for_text(LOG, "Is the blue bicycle still there?")
        .await
        .map(drop)
}

async fn look(window: &Window, screen: &str, found: &mut Vec<String>) -> Result<()> {
    window.execute(AXE, &[]).await?;
    // Colors are measured when nothing fades any more. What spins for ever cannot be finished, and may go on.
    let calm = "const frame = () => new Promise(requestAnimationFrame); \
        return frame().then(frame).then(() => document.getAnimations().forEach(it => { try { it.finish() } catch {} })) \
            .then(frame)";
    window.execute(calm, &[]).await?;
    let violations = window.execute(RUN, &[]).await?;
    let violations = violations.as_array().context("axe told no list")?;
    found.extend(
        violations
            .iter()
            .map(|it| format!("{screen}: {}", it.as_str().unwrap_or_default())),
    );
    Ok(())
}

async fn go(window: &Window, letter: &str, there: &str) -> Result<()> {
    press(window, "g", false).await?;
    press(window, letter, false).await?;
    window.wait_for(there).await.map(drop)
}

async fn press(window: &Window, key: &str, with_ctrl: bool) -> Result<()> {
    window.execute(PRESS, &[json!(key), json!(with_ctrl)]).await.map(drop)
}
