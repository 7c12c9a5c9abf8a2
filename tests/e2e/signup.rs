//! A number is connected as an owner does it: in the real window, and on Meta's simulated page in the app's second one.
#![allow(
    clippy::indexing_slicing,
    reason = "an answer without a value is the null that the test then finds wrong"
)]

use std::ffi::OsString;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use twinbox_simulator::{AccountEvent, Config, Simulator};
use twinbox_tests::webdriver::{Element, PATIENCE, Window, free_port};

use super::shell::{allow_key_in_file, ask, ask_until, start_again};
use super::{LOG, app, environment, take_pictures};

/// Long enough not to be anywhere by chance.
pub(super) const APP_SECRET: &str = "8f2c1d7e6b5a49380172635445362718";
/// The simulated Meta's app.
const APP: [(&str, &str); 3] = [
    ("App ID", "670843887433847"),
    ("Configuration ID", "1234"),
    ("App secret", APP_SECRET),
];
/// Variables of a number that is set up already.
const OF_A_NUMBER: [&str; 6] = [
    "TWINBOX_APP_SECRET",
    "TWINBOX_VERIFY_TOKEN",
    "TWINBOX_ACCESS_TOKEN",
    "TWINBOX_PHONE_NUMBER_ID",
    "TWINBOX_DISPLAY_PHONE_NUMBER",
    "TWINBOX_NUMBER_NAME",
];

/// An owner before the first number.
pub(super) struct Owner {
    pub(super) window: Window,
    pub(super) simulator: Simulator,
    environment: Vec<(&'static str, OsString)>,
    public_url: String,
    pub(super) home: TempDir,
}

impl Owner {
    pub(super) async fn start(app: &std::path::Path) -> Result<Self> {
        let home = TempDir::new()?;
        let webhook_port = free_port()?;
        let public_url = format!("http://127.0.0.1:{webhook_port}");
        let config = Config {
            is_connected: false,
            app_secret: APP_SECRET.to_owned(),
            access_token: "EAATest7h3Qv9Zt2LmXc84RkWnYb".to_owned(),
            ..Config::for_tests(format!("{public_url}/webhooks/meta"))
        };
        let simulator = Simulator::start(config.clone()).await?;
        let mut environment = environment(home.path(), &config, webhook_port, &simulator.graph_url())?;
        environment.retain(|(name, _)| !OF_A_NUMBER.contains(name));
        environment.extend([
            // One that takes every address and shows nothing: what `xdg-open` starts.
            ("BROWSER", "true".into()),
            ("TWINBOX_DIALOG_URL", OsString::from(simulator.graph_url())),
            ("TWINBOX_E2E_ONE_CONTEXT", "1".into()),
        ]);
        allow_key_in_file(home.path())?;
        Ok(Self {
            window: Window::open(app, &environment).await?,
            simulator,
            environment,
            public_url,
            home,
        })
    }

    /// Connects the number, to the end.
    pub(super) async fn connects(&self, share: bool) -> Result<()> {
        self.prepares().await?;
        self.signs_up(share).await?;
        self.tells_details().await?;
        self.confirms().await?;
        self.window.wait_for_text("button", "Go to the inbox").await?;
        press(&self.window, "Go to the inbox").await?;
        self.window.wait_for("[role=listbox], .empty").await.map(drop)
    }

    /// Ends the app and starts it again on the same data.
    pub(super) async fn starts_again(mut self, app: &std::path::Path) -> Result<Self> {
        self.window.close().await?;
        // Its port is free once it is gone, and so is its data.
        let address = self.public_url.trim_start_matches("http://");
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while let Err(error) = std::net::TcpListener::bind(address) {
            ensure!(tokio::time::Instant::now() < deadline, "the app does not end: {error}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        self.window = Window::open(app, &self.environment).await?;
        Ok(self)
    }

    /// From the first question to the page that opens Meta's.
    async fn prepares(&self) -> Result<()> {
        self.answers_the_check().await?;
        self.sets_up_the_app().await
    }

    /// From the first question to the settings of the Meta app.
    pub(super) async fn answers_the_check(&self) -> Result<()> {
        let window = &self.window;
        heading(window, "Connect a number").await?;
        type_into(window, "[aria-label^=\"Version of\"]", "2.26.31").await?;
        type_into(window, "[aria-label^=\"Number with\"]", "+1 555-078-3881").await?;
        type_into(window, "[aria-label=\"Days in use\"]", "30").await?;
        window.click_on("[aria-label^=\"The phone is at hand\"]", "").await?;
        press(window, "I understand").await?;
        let yes =
            "return [...document.querySelectorAll('.seg__opt')].find(option => option.innerText.trim() === 'Yes')";
        window
            .click(&look_for(window, "the answer yes", yes, &[]).await?)
            .await?;
        picture(window, "connect-1-check").await?;
        press(window, "Continue to sign up").await?;
        heading(window, "Connection settings").await
    }

    /// From there to the page that opens Meta's.
    pub(super) async fn sets_up_the_app(&self) -> Result<()> {
        let window = &self.window;
        for (label, value) in APP {
            type_into_labeled(window, label, value).await?;
        }
        type_into_labeled(window, "Public address", &self.public_url).await?;
        press(window, "Save and test").await?;
        window
            .wait_until("the settings are tested", async || {
                let checks = window.find_all(".checks [role=listitem]").await?.len();
                Ok((checks >= 2).then_some(()))
            })
            .await?;
        ensure!(
            window.find(".chk.is-fail").await?.is_none(),
            "a test of the settings failed"
        );
        picture(window, "connect-2-settings").await?;
        press(window, "Continue to sign up").await?;
        window.wait_for_text("button", "Open in a window").await?;
        picture(window, "connect-2-sign-up").await
    }

    /// Goes to Meta's page and through it.
    pub(super) async fn signs_up(&self, share: bool) -> Result<()> {
        press(&self.window, "Open in a window").await?;
        self.goes_through_dialog(share).await
    }

    /// Clicks through Meta's page in its window, and takes the phone when it is asked for.
    async fn goes_through_dialog(&self, share: bool) -> Result<()> {
        let window = &self.window;
        let main = window.handle().await?;
        let dialog = window
            .wait_until("Meta's page is open", async || {
                let handles = window.handles().await?;
                Ok(handles.into_iter().find(|handle| *handle != main))
            })
            .await?;
        picture(window, "connect-3-waiting").await?;
        window.switch_to(&dialog).await?;
        let mut is_connected = false;
        window
            .wait_until("Meta's page has come to its end", async || {
                if !window.handles().await?.contains(&dialog) {
                    return Ok(Some(()));
                }
                match self.takes_a_step(&mut is_connected, share).await {
                    Ok(()) => Ok(None),
                    // It may close at every step.
                    Err(_) if !window.handles().await?.contains(&dialog) => Ok(Some(())),
                    Err(error) => Err(error),
                }
            })
            .await?;
        window.switch_to(&main).await
    }

    async fn takes_a_step(&self, is_connected: &mut bool, share: bool) -> Result<()> {
        let window = &self.window;
        let code = "return document.querySelector('.code')?.innerText.replace('-', '') ?? null";
        match window.execute(code, &[]).await? {
            Value::String(code) if !*is_connected => {
                *is_connected = true;
                self.at_meta("phone/connect", json!({"code": code, "share": share}))
                    .await?;
            }
            _ => {
                let next = "document.querySelector('.next:not([hidden]):not([disabled])')?.click()";
                window.execute(next, &[]).await?;
            }
        }
        Ok(())
    }

    /// From Meta's answer to the last question.
    pub(super) async fn tells_details(&self) -> Result<()> {
        let window = &self.window;
        heading(window, "Business details").await?;
        type_into_labeled(window, "Name of the business", "Lucky Shrub Ltd").await?;
        window.click_on("form#business input[type=checkbox]", "").await?;
        picture(window, "connect-4-details").await?;
        press(window, "Continue").await?;
        heading(window, "Everything once more").await?;
        picture(window, "connect-5-confirm").await
    }

    /// From there to the page of what comes over.
    pub(super) async fn confirms(&self) -> Result<()> {
        press(&self.window, "Connect this number").await
    }

    async fn at_meta(&self, path: &str, body: Value) -> Result<Value> {
        let url = format!("{}/_sim/{path}", self.simulator.graph_url());
        let answer = reqwest::Client::new().post(url).json(&body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            bail!("{path}: {status} {text}");
        }
        Ok(serde_json::from_str(&text)?)
    }
}

#[tokio::test]
async fn an_owner_connects_a_number_watches_the_chats_come_over_and_sees_why_it_was_disconnected() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let owner = Owner::start(&app).await?;
    let window = &owner.window;
    let walked = async {
        owner.prepares().await?;
        owner.signs_up(true).await?;
        owner.tells_details().await?;
        owner.confirms().await?;
        heading(window, "Your chats are here").await?;
        picture(window, "connect-6-sync").await?;
        press(window, "Go to the inbox").await?;
        window.click_on("[role=listbox] [role=option]", "").await?;
        window.wait_for(&format!("{LOG} [data-message]")).await?;

        window.click_on("a[title=\"Numbers\"]", "").await?;
        window.wait_for_text(".numbers__detail", "All that are needed").await?;
        picture(window, "numbers").await?;
        let told = AccountEvent::Disconnect {
            reason: Some("PRIMARY_INACTIVITY".to_owned()),
        };
        ensure!(owner.simulator.account_event(&told), "it cannot be disconnected");
        window
            .wait_for_text(".numbers__detail", "the phone app was not opened for about 14 days")
            .await?;
        picture(window, "numbers-disconnected").await?;
        press(window, "Connect again").await?;
        heading(window, "Connect a number").await?;
        let asked = "[aria-label^=\"Number with\"]";
        let its_own = format!("return document.querySelector('{asked}')?.value === '+1 555 078 3881' || null");
        window
            .wait_until("the wizard asks about this number", async || {
                let answer = window.execute(&its_own, &[]).await?;
                Ok((answer == Value::Bool(true)).then_some(()))
            })
            .await?;
        anyhow::Ok(())
    };
    said_with_the_page(window, walked.await).await?;
    ensure!(
        owner.simulator.register_calls() == 0,
        "a number on a phone is never registered"
    );
    owner.window.close().await
}

#[tokio::test]
async fn a_signup_in_the_browser_comes_back_by_a_link_and_a_history_that_is_not_shared_is_said() -> Result<()> {
    let Some(app) = app() else { return Ok(()) };
    let owner = Owner::start(&app).await?;
    let window = &owner.window;
    let walked = async {
        owner.prepares().await?;
        // What the browser would do, the test does.
        let begun = ask(window, "begin_signup", json!({"way": "browser"})).await?;
        let address = reqwest::Url::parse(begun["url"].as_str().context("no address")?)?;
        let of = |wanted: &str| {
            address
                .query_pairs()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.into_owned())
        };
        let (redirect_uri, state) = (of("redirect_uri"), of("state"));
        let number = owner
            .at_meta("signup/number", json!({"number": "+15550783881"}))
            .await?;
        let phone = json!({"code": number["access_code"], "share": false});
        owner.at_meta("phone/connect", phone).await?;
        let finish = json!({"redirect_uri": redirect_uri, "state": state});
        let finished = owner.at_meta("signup/finish", finish).await?;
        let (_, query) = finished["location"]
            .as_str()
            .and_then(|location| location.split_once('?'))
            .context("it comes back with nothing")?;

        let forged = format!("twinbox://signup/callback?{}", query.replace("state=", "state=x"));
        start_again(&app, window, &owner.environment, &forged)?;
        let still = ask(window, "get_connection", json!({})).await?;
        ensure!(
            still["signup"]["step"] == "sign_up",
            "a forged link was followed: {still}"
        );
        let link = format!("twinbox://signup/callback?{query}");
        start_again(&app, window, &owner.environment, &link)?;
        ask_until(window, "the link was followed", "get_connection", json!({}), |view| {
            view["signup"]["step"] == "details"
        })
        .await?;
        owner.tells_details().await?;
        owner.confirms().await?;
        window
            .wait_for_text("main, body", "Not shared: you chose that on the phone")
            .await?;
        picture(window, "connect-6-declined").await
    };
    said_with_the_page(window, walked.await).await?;
    owner.window.close().await
}

/// What the window showed is what one wants to see of a failed run.
async fn said_with_the_page(window: &Window, walked: Result<()>) -> Result<()> {
    if walked.is_err() {
        let text = window.execute("return document.body.innerText", &[]).await?;
        eprintln!("the window at the failure:\n{}", text.as_str().unwrap_or_default());
    }
    walked
}

/// A picture in both themes and sizes; only for whoever asked where to put them, because it takes its time.
async fn picture(window: &Window, name: &str) -> Result<()> {
    match std::env::var_os("TWINBOX_SCREENSHOTS") {
        Some(_) => take_pictures(window, name).await,
        None => Ok(()),
    }
}

pub(super) async fn heading(window: &Window, title: &str) -> Result<()> {
    window.wait_for_text("h1", title).await.map(drop)
}

async fn look_for(window: &Window, what: &str, script: &str, arguments: &[Value]) -> Result<Element> {
    window
        .wait_until(&format!("there is {what}"), async || {
            window.element(script, arguments).await
        })
        .await
}

/// Presses the button that says this.
async fn press(window: &Window, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll('button:not([disabled])')].find(button => \
                  button.checkVisibility() && button.innerText.trim().startsWith(arguments[0])) ?? null";
    let button = look_for(window, &format!("a button \"{words}\""), script, &[json!(words)]).await?;
    window.click(&button).await
}

async fn type_into(window: &Window, css: &str, text: &str) -> Result<()> {
    let field = window.wait_for(css).await?;
    window.send_keys(&field, text).await
}

async fn type_into_labeled(window: &Window, label: &str, text: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll('.labeled')].find(label => \
                  label.querySelector('.labeled__name').innerText.trim() === arguments[0])?.querySelector('input') ?? null";
    let field = look_for(window, &format!("a field \"{label}\""), script, &[json!(label)]).await?;
    window.send_keys(&field, text).await
}
