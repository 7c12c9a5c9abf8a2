//! An owner who connects a number for the first time, and what happens at Meta and on the phone meanwhile.

use crate::desk::{Desk, Setup, settings};
use anyhow::{Context, anyhow};
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tempfile::TempDir;
use twinbox_domain::{PreflightAnswers, phone_digits, preflight};
use twinbox_engine::{KeyPlace, KeyStore, MasterKey, NoKey};
use twinbox_protocol::{
    BeginSignup, BusinessDetails, ConfirmSignup, ConnectionView, FinishSignup, GetConnection, SaveAnswers,
    SaveBusiness, SaveMetaApp, SecretsView, SignupStep, SignupWay,
};
use twinbox_server::{Host, Settings};
use twinbox_simulator::{Config, Simulator};

/// The secret of the tests' app at the simulated Meta.
pub const APP_SECRET: &str = "app-secret";

/// The key in the keychain that opens.
const USUAL_KEY: u8 = 7;
/// The key in the file.
const KEY_IN_FILE: u8 = 9;

/// A keychain in memory.
pub struct MemoryKeys {
    key: Mutex<Option<(u8, KeyPlace)>>,
}

impl MemoryKeys {
    /// One that opens.
    pub fn open() -> Arc<Self> {
        Self::with(Some((USUAL_KEY, KeyPlace::Keychain)))
    }

    /// One that lost the key, and made another.
    pub fn anew() -> Arc<Self> {
        Self::with(Some((USUAL_KEY + 1, KeyPlace::Keychain)))
    }

    /// A system without a keychain, or one that is locked.
    pub fn missing() -> Arc<Self> {
        Self::with(None)
    }

    /// Somebody unlocks it.
    pub fn unlocks(&self) {
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = Some((USUAL_KEY, KeyPlace::Keychain));
    }

    fn with(key: Option<(u8, KeyPlace)>) -> Arc<Self> {
        Arc::new(Self { key: Mutex::new(key) })
    }
}

impl KeyStore for MemoryKeys {
    fn open(&self) -> Result<(MasterKey, KeyPlace), NoKey> {
        let key = *self.key.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key.map(|(key, place)| (MasterKey([key; 32]), place));
        key.ok_or_else(|| NoKey {
            reason: "This computer has no keychain.".to_owned(),
            detail: String::new(),
        })
    }

    fn open_in_file(&self) -> Result<MasterKey, NoKey> {
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = Some((KEY_IN_FILE, KeyPlace::File));
        Ok(MasterKey([KEY_IN_FILE; 32]))
    }
}

/// What somebody answers before the signup for whose number with these digits nothing is in the way.
pub fn ready(phone: &str) -> PreflightAnswers {
    PreflightAnswers {
        phone: phone.to_owned(),
        app_version: "2.26.31".to_owned(),
        days_in_use: Some(30),
        is_admin: Some(true),
        has_phone_at_hand: true,
        accepts_unlinking: true,
    }
}

/// Settings of an engine without a number, on `folder`, with a Meta that it knows the address of.
pub fn newcomers_settings(meta: &Simulator, folder: &Path, keys: Arc<dyn KeyStore>) -> Settings {
    let mut settings = settings(meta, folder, Setup::default());
    settings.engine.numbers.clear();
    settings.engine.app_secret = None;
    settings.engine.verify_token = None;
    settings.engine.keys = keys;
    settings.engine.app.graph_url = meta.graph_url();
    settings.engine.app.dialog_url = meta.graph_url();
    settings
}

impl Desk {
    /// An engine without a number, and a phone that is not connected. The Meta app is set.
    ///
    /// # Errors
    /// When either cannot start.
    pub async fn of_newcomer() -> anyhow::Result<Self> {
        let desk = Self::of_newcomer_with(Config::for_tests(""), MemoryKeys::open()).await?;
        desk.sets_meta_app(APP_SECRET).await?;
        Ok(desk)
    }

    /// The same with another Meta or keychain, and without settings.
    ///
    /// # Errors
    /// When either cannot start.
    pub async fn of_newcomer_with(config: Config, keys: Arc<dyn KeyStore>) -> anyhow::Result<Self> {
        // No client of the engine did it yet; an error only says that a provider is installed already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let meta = Simulator::start(Config {
            is_connected: false,
            ..config
        })
        .await?;
        Self::of_newcomer_on(meta, tempfile::tempdir()?, keys).await
    }

    /// The same on what another left behind.
    ///
    /// # Errors
    /// When it cannot start.
    pub async fn of_newcomer_on(meta: Simulator, folder: TempDir, keys: Arc<dyn KeyStore>) -> anyhow::Result<Self> {
        let host = Host::start(newcomers_settings(&meta, folder.path(), keys)).await?;
        let desk = Self::on(meta, folder, host);
        desk.until("the keychain", async |desk| {
            let view = desk.ask(GetConnection {}).await.ok()?;
            (view.secrets != SecretsView::Unlocking).then_some(())
        })
        .await?;
        Ok(desk)
    }

    /// Enters the settings of the Meta app.
    ///
    /// # Errors
    /// When they are not taken.
    pub async fn sets_meta_app(&self, app_secret: &str) -> anyhow::Result<ConnectionView> {
        Ok(self
            .ask(SaveMetaApp {
                app_id: "670843887433847".to_owned(),
                config_id: "1234".to_owned(),
                app_secret: Some(app_secret.to_owned()),
                graph_version: String::new(),
                graph_url: String::new(),
                dialog_url: String::new(),
                public_url: self.url(""),
            })
            .await?)
    }

    /// Answers the questions before the signup that are still open; the number is the phone's unless another was told.
    async fn answers_the_check(&self) -> anyhow::Result<()> {
        let signup = self.ask(GetConnection {}).await?.signup;
        let told = signup.map(|signup| signup.answers).unwrap_or_default();
        if preflight(&told).may_go_on() {
            return Ok(());
        }
        let mut phone = told.phone;
        if phone.is_empty() {
            phone = self.number_of_the_phone().await?;
        }
        let answers = ready(&phone);
        self.ask(SaveAnswers { answers }).await?;
        Ok(())
    }

    async fn number_of_the_phone(&self) -> anyhow::Result<String> {
        let signup = reqwest::get(format!("{}/_sim/signup", self.meta.graph_url())).await?;
        let signup: Value = serde_json::from_str(&signup.text().await?)?;
        let number = signup.get("display_phone_number").and_then(Value::as_str);
        number.map(phone_digits).context("the phone has no number")
    }

    /// Answers the check and opens Meta's page; gives where it comes back to, and its state.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn opens_dialog(&self, way: SignupWay) -> anyhow::Result<(String, String)> {
        self.answers_the_check().await?;
        let address = reqwest::Url::parse(&self.ask(BeginSignup { way }).await?.url)?;
        let of = |wanted: &str| {
            let found = address.query_pairs().find(|(name, _)| name == wanted);
            found
                .map(|(_, value)| value.into_owned())
                .with_context(|| format!("the dialog's address has no {wanted}"))
        };
        Ok((of("redirect_uri")?, of("state")?))
    }

    /// Does what the dialog asks, on the computer and on the phone; gives the query of the address it comes back to.
    ///
    /// # Errors
    /// When Meta does not go along.
    pub async fn goes_through_dialog(&self, redirect_uri: &str, state: &str, share: bool) -> anyhow::Result<String> {
        let number = json!({"number": self.number_of_the_phone().await?});
        let number = self.at_meta("signup/number", number).await?;
        let code = number.get("access_code").cloned();
        self.at_meta("phone/connect", json!({"code": code, "share": share}))
            .await?;
        let finish = json!({"redirect_uri": redirect_uri, "state": state});
        let finished = self.at_meta("signup/finish", finish).await?;
        let location = finished
            .get("location")
            .and_then(Value::as_str)
            .context("it goes nowhere")?;
        let (_, query) = location.split_once('?').context("it comes back with nothing")?;
        Ok(query.to_owned())
    }

    /// Opens Meta's page and goes through it; gives the query of the address it comes back to.
    ///
    /// # Errors
    /// When Meta does not go along.
    pub async fn is_sent_back(&self, share: bool) -> anyhow::Result<String> {
        let (back, state) = self.opens_dialog(SignupWay::Browser).await?;
        self.goes_through_dialog(&back, &state, share).await
    }

    /// The same, and the engine is told.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn signs_up(&self, share: bool) -> anyhow::Result<ConnectionView> {
        let query = self.is_sent_back(share).await?;
        Ok(self.ask(FinishSignup { query }).await?)
    }

    /// From Meta's page to the end of the signup: the number is connected.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn connects(&self, share: bool) -> anyhow::Result<ConnectionView> {
        let view = self.signs_up(share).await?;
        let step = view.signup.as_ref().map(|signup| signup.step);
        if step != Some(SignupStep::Details) {
            return Err(anyhow!("stands at {step:?}: {view:?}"));
        }
        let business = BusinessDetails {
            name: "Lucky Shrub Ltd".to_owned(),
            website: None,
        };
        self.ask(SaveBusiness { business }).await?;
        Ok(self.ask(ConfirmSignup {}).await?)
    }

    /// A control call of the simulated Meta.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn at_meta(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let url = format!("{}/_sim/{path}", self.meta.graph_url());
        let answer = reqwest::Client::new().post(url).json(&body).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            return Err(anyhow!("{path}: {status} {text}"));
        }
        Ok(serde_json::from_str(&text)?)
    }
}
