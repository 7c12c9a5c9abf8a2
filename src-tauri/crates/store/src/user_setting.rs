//! Table `user_setting`: what people have set for themselves.

use crate::{Store, StoreError, counter, counter::Counter};
use rusqlite::OptionalExtension;

/// What a person has set.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserSettingRow {
    /// The engine's own, as JSON; empty before anything is set.
    pub settings: String,
    /// What a passphrase is checked by; empty for none.
    pub passphrase: String,
}

impl Store {
    /// What a person has set; empty for one who has set nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn user_setting(&self, user: String) -> Result<UserSettingRow, StoreError> {
        self.connections
            .read(move |connection| {
                let row = connection
                    .prepare_cached("SELECT settings, passphrase FROM user_setting WHERE user = ?1")?
                    .query_row([user], |row| {
                        Ok(UserSettingRow {
                            settings: row.get(0)?,
                            passphrase: row.get(1)?,
                        })
                    })
                    .optional()?;
                Ok(row.unwrap_or_default())
            })
            .await
    }

    /// Sets what a person has set, and tells that someone has. Their passphrase stays as it is.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_user_settings(&self, user: String, settings: String) -> Result<(), StoreError> {
        self.set_column(
            "INSERT INTO user_setting (user, settings, passphrase) VALUES (?1, ?2, '')
             ON CONFLICT (user) DO UPDATE SET settings = excluded.settings",
            user,
            settings,
        )
        .await
    }

    /// Sets what a person's passphrase is checked by, and tells that someone has set something. The rest stays as it is.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_passphrase(&self, user: String, passphrase: String) -> Result<(), StoreError> {
        self.set_column(
            "INSERT INTO user_setting (user, settings, passphrase) VALUES (?1, '', ?2)
             ON CONFLICT (user) DO UPDATE SET passphrase = excluded.passphrase",
            user,
            passphrase,
        )
        .await
    }

    async fn set_column(&self, sql: &'static str, user: String, value: String) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                connection.prepare_cached(sql)?.execute((&user, &value))?;
                counter::add(connection, Counter::SettingsSaved, 1)
            })
            .await
    }
}
