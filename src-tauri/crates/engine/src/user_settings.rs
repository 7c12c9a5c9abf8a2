//! What people set for themselves, and the passphrase that unlocks their windows.
//!
//! The lock keeps others from reading over a desk that was left; it encrypts nothing. A passphrase is kept as a salted
//! Argon2id hash, made and checked on a thread of its own.

use crate::{
    Engine, clock,
    engine::apart,
    requests::{Answer, conflict, fault_of_ours, internal, invalid, no_conversation},
};
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;
use twinbox_protocol::{
    Caller, CheckPassphrase, ErasePerson, Role, SHORTEST_PASSPHRASE, SaveSettings, SetPassphrase, SettingsView,
    TEXT_PERCENTS, UserSettings,
};
use twinbox_store::{Erased, UserSettingRow};

/// Longer is no passphrase of a person's.
const LONGEST_PASSPHRASE: usize = 1000;

/// Longest name or keys of a command, and most commands.
const LONGEST_KEYS: usize = 60;
const MOST_COMMANDS: usize = 200;

impl Engine {
    pub(crate) async fn settings(&self, caller: &Caller) -> Answer<SettingsView> {
        let row = self.user_setting(caller).await?;
        Ok(SettingsView {
            settings: read(&row),
            has_passphrase: !row.passphrase.is_empty(),
        })
    }

    /// What a person has set for themselves.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn settings_of(&self, caller: &Caller) -> Answer<UserSettings> {
        self.user_setting(caller).await.map(|row| read(&row))
    }

    pub(crate) async fn save_settings(&self, caller: &Caller, call: SaveSettings) -> Answer<()> {
        let settings = call.settings;
        let is_long = |text: &String| text.len() > LONGEST_KEYS;
        let has_long = settings
            .shortcuts
            .iter()
            .any(|(name, keys)| is_long(name) || is_long(keys));
        if has_long || settings.shortcuts.len() > MOST_COMMANDS || is_long(&settings.language) {
            return Err(invalid("These settings are too long."));
        }
        if !TEXT_PERCENTS.contains(&settings.text_percent) {
            return Err(invalid("This text size cannot be chosen."));
        }
        let settings = serde_json::to_string(&settings).map_err(|error| {
            tracing::error!(%error, "settings cannot be written as JSON");
            fault_of_ours()
        })?;
        let kept = self.inner.store.set_user_settings(caller.user.clone(), settings);
        kept.await.map_err(internal)
    }

    pub(crate) async fn set_passphrase(&self, caller: &Caller, call: SetPassphrase) -> Answer<()> {
        let row = self.user_setting(caller).await?;
        if !row.passphrase.is_empty() && !is_passphrase(call.before, row.passphrase.clone()).await {
            return Err(invalid("This is not the passphrase."));
        }
        let length = call.passphrase.chars().count();
        if length != 0 && !(SHORTEST_PASSPHRASE..=LONGEST_PASSPHRASE).contains(&length) {
            let sentence = format!("A passphrase has at least {SHORTEST_PASSPHRASE} characters.");
            return Err(invalid(sentence));
        }
        let passphrase = match length {
            0 => String::new(),
            _ => hashed(call.passphrase).await?,
        };
        let kept = self.inner.store.set_passphrase(caller.user.clone(), passphrase);
        kept.await.map_err(internal)
    }

    /// Takes the passphrase of somebody away who forgot it. It encrypts nothing, so whoever starts the engine may.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn forget_passphrase(&self, caller: &Caller) -> Answer<()> {
        let forgotten = self.inner.store.set_passphrase(caller.user.clone(), String::new());
        forgotten.await.map_err(internal)
    }

    pub(crate) async fn check_passphrase(&self, caller: &Caller, call: CheckPassphrase) -> Answer<bool> {
        let row = self.user_setting(caller).await?;
        Ok(row.passphrase.is_empty() || is_passphrase(call.passphrase, row.passphrase).await)
    }

    pub(crate) async fn erase_person(&self, caller: &Caller, call: ErasePerson) -> Answer<()> {
        if caller.role != Role::Admin {
            return Err(invalid("Only an admin can erase people."));
        }
        let erased = self.inner.store.erase_person(call.conversation, clock::now());
        match erased.await.map_err(internal)? {
            Erased::Done { messages } => {
                self.inner.forget_now.notify_one();
                tracing::info!(messages, "a person and {messages} messages were erased");
                Ok(())
            }
            Erased::IsSending => Err(conflict(
                "A message to this person is being sent. Try again in a moment.",
            )),
            Erased::NoConversation => Err(no_conversation()),
        }
    }

    async fn user_setting(&self, caller: &Caller) -> Answer<UserSettingRow> {
        let row = self.inner.store.user_setting(caller.user.clone());
        row.await.map_err(internal)
    }
}

/// What cannot be read was written by another version: the usual settings.
fn read(row: &UserSettingRow) -> UserSettings {
    serde_json::from_str(&row.settings).unwrap_or_default()
}

/// By Argon2id with the first parameters of OWASP's "Password Storage Cheat Sheet" (2024): 19 MiB, two passes.
fn hash(passphrase: &str, salt: &[u8]) -> Option<[u8; 32]> {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).ok()?;
    let mut hash = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}

/// `argon2id$salt$hash`, the last two hexadecimal.
async fn hashed(passphrase: String) -> Answer<String> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| {
        tracing::error!(%error, "the system has no random numbers");
        fault_of_ours()
    })?;
    let made = apart(move || hash(&passphrase, &salt)).await.flatten();
    let hash = made.ok_or_else(fault_of_ours)?;
    Ok(format!("argon2id${}${}", hex::encode(salt), hex::encode(hash)))
}

async fn is_passphrase(typed: String, kept: String) -> bool {
    let checked = apart(move || {
        let mut parts = kept.strip_prefix("argon2id$")?.split('$');
        let salt = hex::decode(parts.next()?).ok()?;
        let wanted = hex::decode(parts.next()?).ok()?;
        let is_sane = typed.len() <= 4 * LONGEST_PASSPHRASE;
        Some(is_sane && bool::from(hash(&typed, &salt)?.ct_eq(wanted.as_slice())))
    });
    checked.await.flatten() == Some(true)
}
