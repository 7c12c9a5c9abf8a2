//! The settings of the Meta app, and where secrets are kept.

use super::{AppSecrets, Lock};
use crate::{
    Engine,
    requests::{Answer, conflict, fault_of_ours, internal, invalid},
    vault::{KeyPlace, NoKey, Vault},
};
use std::{collections::HashMap, time::Duration};
use twinbox_domain::NumberId;
use twinbox_protocol::{ApiError, ConnectionView, ErrorCode, KeepSecretsInFile, MetaAppView, SaveMetaApp, SecretsView};
use twinbox_store::{MetaApp, StoreError};
use twinbox_whatsapp::{AppSettings, GraphSettings, Secret, web_address};

const SECRET_PLACE: &str = "meta_app.app_secret";
const VERIFY_PLACE: &str = "meta_app.verify_token";
/// No id of Meta's is longer.
const LONGEST_ID: usize = 20;

/// What holds where nothing else was set. Empty: nothing.
#[derive(Clone, Debug)]
pub struct AppDefaults {
    /// Meta's id of the app.
    pub app_id: String,
    /// Meta's id of the login configuration.
    pub config_id: String,
    /// For example `v25.0`.
    pub graph_version: String,
    /// For example `https://graph.facebook.com`.
    pub graph_url: String,
    /// For example `https://www.facebook.com`.
    pub dialog_url: String,
    /// Without a path.
    pub public_url: String,
    /// How long to wait for an answer.
    pub time_out: Duration,
}

impl Default for AppDefaults {
    /// Meta's own.
    fn default() -> Self {
        Self {
            app_id: String::new(),
            config_id: String::new(),
            graph_version: "v25.0".to_owned(),
            graph_url: "https://graph.facebook.com".to_owned(),
            dialog_url: "https://www.facebook.com".to_owned(),
            public_url: String::new(),
            time_out: Duration::from_secs(30),
        }
    }
}

/// The Meta app as it is in use.
pub(crate) struct App {
    pub app_id: String,
    pub config_id: String,
    pub app_secret: Option<Secret>,
    pub verify_token: Option<Secret>,
    pub graph_version: String,
    pub graph_url: String,
    pub dialog_url: String,
    pub public_url: String,
    pub time_out: Duration,
}

impl App {
    pub(crate) fn is_complete(&self) -> bool {
        !self.app_id.is_empty() && !self.config_id.is_empty() && self.app_secret.is_some()
    }

    /// For calls as the app; `None` without its id or secret.
    pub(crate) fn settings(&self) -> Option<AppSettings> {
        Some(AppSettings {
            app_id: self.app_id.clone(),
            app_secret: self.app_secret.clone().filter(|_| !self.app_id.is_empty())?,
            graph_url: self.graph_url.clone(),
            version: self.graph_version.clone(),
            time_out: self.time_out,
        })
    }

    /// For calls with a business token.
    pub(crate) fn graph(&self, access_token: Secret) -> GraphSettings {
        GraphSettings {
            base_url: self.graph_url.clone(),
            version: self.graph_version.clone(),
            access_token,
            time_out: self.time_out,
        }
    }

    /// Where Meta's webhooks are to go; `None` without a public address.
    pub(crate) fn webhook_address(&self) -> Option<String> {
        (!self.public_url.is_empty()).then(|| format!("{}/webhooks/meta", self.public_url))
    }

    /// Whether Meta's `callback` for the app is another address than the one here.
    pub(crate) fn is_elsewhere(&self, callback: &str) -> bool {
        let own = self.webhook_address();
        own.is_some_and(|own| own != callback.trim_end_matches('/'))
    }
}

impl Engine {
    /// The Meta app as it is in use.
    pub(crate) async fn app(&self) -> Result<App, StoreError> {
        let stored = self.inner.store.meta_app().await?;
        let defaults = &self.inner.app_defaults;
        let or_default = |of: fn(&MetaApp) -> &String, default: &String| {
            stored
                .as_ref()
                .map(of)
                .filter(|text| !text.is_empty())
                .unwrap_or(default)
                .clone()
        };
        let secrets = self.inner.connecting.secrets.borrow().clone();
        Ok(App {
            app_id: or_default(|app| &app.app_id, &defaults.app_id),
            config_id: or_default(|app| &app.config_id, &defaults.config_id),
            app_secret: secrets.app_secret,
            verify_token: secrets.verify_token,
            graph_version: or_default(|app| &app.graph_version, &defaults.graph_version),
            graph_url: or_default(|app| &app.graph_url, &defaults.graph_url),
            dialog_url: or_default(|app| &app.dialog_url, &defaults.dialog_url),
            public_url: or_default(|app| &app.public_url, &defaults.public_url),
            time_out: defaults.time_out,
        })
    }

    pub(crate) async fn connection(&self) -> Answer<ConnectionView> {
        let app = self.app().await.map_err(internal)?;
        let mut secrets = match &*self.inner.connecting.lock.borrow() {
            Lock::Opening => SecretsView::Unlocking,
            Lock::Open(_, KeyPlace::Keychain) => SecretsView::Keychain,
            Lock::Open(_, KeyPlace::File) => SecretsView::File,
            Lock::Shut(reason) => SecretsView::Nowhere {
                reason: reason.clone(),
                has_secrets: false,
            },
        };
        if let SecretsView::Nowhere { has_secrets, .. } = &mut secrets {
            *has_secrets = self.has_secrets().await?;
        }
        Ok(ConnectionView {
            app: MetaAppView {
                is_complete: app.is_complete(),
                has_app_secret: app.app_secret.is_some(),
                app_id: app.app_id,
                config_id: app.config_id,
                graph_version: app.graph_version,
                graph_url: app.graph_url,
                dialog_url: app.dialog_url,
                public_url: app.public_url,
            },
            secrets,
            signup: self.signup_view().await?,
        })
    }

    pub(crate) async fn save_meta_app(&self, call: SaveMetaApp) -> Answer<ConnectionView> {
        // A number whose webhooks are being sent to the address of before must not count as sent to this one.
        let _turn = self.inner.connecting.turn.lock().await;
        let vault = self.vault()?;
        let before = self.app().await.map_err(internal)?;
        let saved = self.checked_app(call, &vault).await?;
        let public_url = match saved.public_url.as_str() {
            "" => self.inner.app_defaults.public_url.as_str(),
            typed => typed,
        };
        let is_elsewhere = before.public_url != public_url;
        let store = &self.inner.store;
        store.set_meta_app(saved, is_elsewhere).await.map_err(internal)?;
        self.load_app_secrets(&vault).await.map_err(internal)?;
        let now = self.app().await.map_err(internal)?;
        if (&now.graph_version, &now.graph_url) != (&before.graph_version, &before.graph_url) {
            self.load_numbers(&vault).await.map_err(internal)?;
        }
        if is_elsewhere {
            self.inner.connecting.tries.send_replace(HashMap::new());
            self.inner.connecting.look_again.notify_one();
        }
        self.connection().await
    }

    /// What is to be kept, with its secrets sealed.
    async fn checked_app(&self, call: SaveMetaApp, vault: &Vault) -> Answer<MetaApp> {
        let before = self.inner.store.meta_app().await.map_err(internal)?;
        let kept = |of: fn(&MetaApp) -> &Vec<u8>| before.as_ref().map(of).cloned().unwrap_or_default();
        let app_secret = match call.app_secret.as_deref().map(Secret::new) {
            Some(secret) if !secret.expose().is_empty() => seal(vault, &secret, SECRET_PLACE)?,
            Some(_) => Vec::new(),
            None => kept(|app| &app.app_secret),
        };
        // One whose key is lost can be entered nowhere: it is made anew.
        let verify_token = match kept(|app| &app.verify_token) {
            token if vault.open(&token, VERIFY_PLACE).is_ok() => token,
            // Meta may know it already; what the environment gives is not written to disk.
            _ if self.inner.app_secrets_given.verify_token.is_some() => Vec::new(),
            _ => seal(vault, &random()?, VERIFY_PLACE)?,
        };
        Ok(MetaApp {
            app_id: id_of(&call.app_id, "The app id has digits only.")?,
            config_id: id_of(&call.config_id, "The configuration id has digits only.")?,
            app_secret,
            verify_token,
            graph_version: version_of(&call.graph_version)?,
            graph_url: address_of(
                &call.graph_url,
                "The Graph address is written like https://example.com.",
            )?,
            dialog_url: address_of(
                &call.dialog_url,
                "The address of the login page is written like https://example.com.",
            )?,
            public_url: address_of(
                &call.public_url,
                "The public address is written like https://example.com.",
            )?,
        })
    }

    /// There is no keychain, and the owner agrees to a file. Its key is a new one, which opens nothing that there is.
    pub(crate) async fn keep_secrets_in_file(&self, call: KeepSecretsInFile) -> Answer<ConnectionView> {
        let _turn = self.inner.connecting.turn.lock().await;
        if self.vault().is_ok() {
            return self.connection().await;
        }
        if !call.gives_up_secrets && self.has_secrets().await? {
            return Err(conflict(
                "Secrets are kept under a key that cannot be had now. Another key would not open them.",
            ));
        }
        let keys = std::sync::Arc::clone(&self.inner.keys);
        let opened = self.inner.blocking(move || keys.open_in_file()).await;
        match opened {
            Some(Ok(key)) => self
                .open_lock(Vault::new(&key), KeyPlace::File)
                .await
                .map_err(internal)?,
            Some(Err(NoKey { reason, detail })) => {
                tracing::warn!(reason, detail, "secrets cannot be kept under a key in a file");
                return Err(conflict(reason));
            }
            None => return Err(ApiError::unavailable("Twinbox is stopping.")),
        }
        self.connection().await
    }

    /// Whether there are secrets that only a person can bring back: the app secret, and tokens of numbers.
    async fn has_secrets(&self) -> Answer<bool> {
        let store = &self.inner.store;
        let app = store.meta_app().await.map_err(internal)?;
        let has_app_secret = app.is_some_and(|app| !app.app_secret.is_empty());
        Ok(has_app_secret || !store.number_connections().await.map_err(internal)?.is_empty())
    }

    /// Whether it was connected here, and its token lies under a key that cannot be had now.
    pub(crate) async fn is_locked(&self, number: NumberId) -> Result<bool, StoreError> {
        Ok(self.vault().is_err() && self.inner.store.number_connection(number).await?.is_some())
    }

    pub(crate) async fn reveal_verify_token(&self) -> Answer<String> {
        let app = self.app().await.map_err(internal)?;
        app.verify_token
            .map(|token| token.expose().to_owned())
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "Save the settings first."))
    }

    /// Seals and opens, or why that cannot be done.
    pub(crate) fn vault(&self) -> Answer<Vault> {
        match &*self.inner.connecting.lock.borrow() {
            Lock::Open(vault, _) => Ok(vault.clone()),
            Lock::Opening => Err(ApiError::unavailable(
                "The keychain is still locked. Look for its window, or wait a moment.",
            )),
            Lock::Shut(reason) => Err(conflict(reason.clone())),
        }
    }

    /// From now on secrets can be opened: those of the app, and the tokens of the numbers.
    pub(crate) async fn open_lock(&self, vault: Vault, place: KeyPlace) -> Result<(), StoreError> {
        self.load_app_secrets(&vault).await?;
        self.load_numbers(&vault).await?;
        let stored = self.inner.store.meta_app().await?;
        // The environment's may be another one since the last start, of which nothing is kept.
        if stored.is_none_or(|app| app.public_url.is_empty()) && !self.inner.app_defaults.public_url.is_empty() {
            self.inner.store.unsubscribe_all().await?;
        }
        self.inner.connecting.lock.send_replace(Lock::Open(vault, place));
        self.inner.connecting.look_again.notify_one();
        self.inner.store.log_overview().await
    }

    /// What was set here wins; the environment's fill the rest.
    async fn load_app_secrets(&self, vault: &Vault) -> Result<(), StoreError> {
        let Some(app) = self.inner.store.meta_app().await? else {
            return Ok(());
        };
        let open = |sealed: &[u8], place: &str| {
            if sealed.is_empty() {
                return None;
            }
            let opened = vault.open(sealed, place);
            opened
                .inspect_err(|error| tracing::error!(%error, place, "the secret {place} has to be entered again"))
                .ok()
        };
        let given = &self.inner.app_secrets_given;
        self.inner.connecting.secrets.send_replace(AppSecrets {
            app_secret: open(&app.app_secret, SECRET_PLACE).or_else(|| given.app_secret.clone()),
            verify_token: open(&app.verify_token, VERIFY_PLACE).or_else(|| given.verify_token.clone()),
        });
        Ok(())
    }
}

/// Seals for the store.
pub(crate) fn seal(vault: &Vault, secret: &Secret, place: &str) -> Answer<Vec<u8>> {
    vault.seal(secret, place).map_err(|error| {
        tracing::error!(%error, place, "the secret {place} cannot be sealed");
        fault_of_ours()
    })
}

/// 256 random bits as 64 hexadecimal digits.
pub(crate) fn random() -> Answer<Secret> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random numbers");
        fault_of_ours()
    })?;
    Ok(Secret::new(&hex::encode(bytes)))
}

fn id_of(text: &str, otherwise: &str) -> Answer<String> {
    let id = text.trim();
    if id.len() > LONGEST_ID || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid(otherwise));
    }
    Ok(id.to_owned())
}

fn version_of(text: &str) -> Answer<String> {
    let version = text.trim();
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = version
        .strip_prefix('v')
        .and_then(|numbers| numbers.split_once('.'))
        .is_some_and(|(major, minor)| is_number(major) && is_number(minor));
    if version.is_empty() || is_version {
        Ok(version.to_owned())
    } else {
        Err(invalid("The version is written like v25.0."))
    }
}

fn address_of(text: &str, otherwise: &str) -> Answer<String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    web_address(text).ok_or_else(|| invalid(format!("{otherwise} Only this computer itself can be reached by http.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_checked_before_it_is_kept() {
        assert_eq!(
            id_of(" 670843887433847 ", "No.").ok().as_deref(),
            Some("670843887433847")
        );
        assert!(id_of("67084388743384767084388", "No.").is_err());
        assert!(id_of("67x", "No.").is_err());
        for (text, right) in [
            ("", true),
            ("v25.0", true),
            ("v25", false),
            ("25.0", false),
            ("v25.0/..", false),
        ] {
            assert_eq!(version_of(text).is_ok(), right, "{text}");
        }
        assert_eq!(
            address_of("https://inbox.example/", "No.").ok().as_deref(),
            Some("https://inbox.example")
        );
        assert!(address_of("inbox.example", "No.").is_err());
    }
}
