//! Tables `meta_app` and `signup`: what numbers are connected with, and the signup under way.

use crate::{Store, StoreError, change_log, connection};
use rusqlite::OptionalExtension;
use twinbox_domain::Change;

/// The Meta app that numbers are connected with.
#[derive(Clone, PartialEq, Eq)]
pub struct MetaApp {
    /// Meta's id of it.
    pub app_id: String,
    /// Meta's id of the login configuration.
    pub config_id: String,
    /// Sealed; empty when there is none.
    pub app_secret: Vec<u8>,
    /// Sealed.
    pub verify_token: Vec<u8>,
    /// For example `v25.0`.
    pub graph_version: String,
    /// Without a path.
    pub graph_url: String,
    /// Without a path.
    pub dialog_url: String,
    /// Without a path; empty when there is none.
    pub public_url: String,
}

/// A signup under way.
#[derive(Clone, PartialEq, Eq)]
pub struct SignupRow {
    /// The engine's own, as JSON.
    pub body: String,
    /// Sealed; empty before there is one.
    pub token: Vec<u8>,
}

impl Store {
    /// The Meta app; `None` before it is set.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn meta_app(&self) -> Result<Option<MetaApp>, StoreError> {
        self.connections
            .read(|connection| {
                let app = connection
                    .prepare_cached(
                        "SELECT app_id, config_id, app_secret, verify_token, graph_version, graph_url, dialog_url,
                             public_url
                         FROM meta_app",
                    )?
                    .query_row([], |row| {
                        Ok(MetaApp {
                            app_id: row.get(0)?,
                            config_id: row.get(1)?,
                            app_secret: row.get(2)?,
                            verify_token: row.get(3)?,
                            graph_version: row.get(4)?,
                            graph_url: row.get(5)?,
                            dialog_url: row.get(6)?,
                            public_url: row.get(7)?,
                        })
                    })
                    .optional()?;
                Ok(app)
            })
            .await
    }

    /// Sets the Meta app. `is_elsewhere`: webhooks have another address with it, of which Meta does not know yet.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_meta_app(&self, app: MetaApp, is_elsewhere: bool) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                if is_elsewhere {
                    connection::unsubscribe(connection)?;
                }
                connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO meta_app (id, app_id, config_id, app_secret, verify_token,
                             graph_version, graph_url, dialog_url, public_url)
                         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    )?
                    .execute((
                        &app.app_id,
                        &app.config_id,
                        &app.app_secret,
                        &app.verify_token,
                        &app.graph_version,
                        &app.graph_url,
                        &app.dialog_url,
                        &app.public_url,
                    ))?;
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// The signup under way; `None` when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn signup(&self) -> Result<Option<SignupRow>, StoreError> {
        self.connections
            .read(|connection| {
                let signup = connection
                    .prepare_cached("SELECT body, token FROM signup")?
                    .query_row([], |row| {
                        Ok(SignupRow {
                            body: row.get(0)?,
                            token: row.get(1)?,
                        })
                    })
                    .optional()?;
                Ok(signup)
            })
            .await
    }

    /// Keeps the signup under way; `None` puts it away.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_signup(&self, signup: Option<SignupRow>) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                match signup {
                    Some(signup) => connection
                        .prepare_cached("INSERT OR REPLACE INTO signup (id, body, token) VALUES (1, ?1, ?2)")?
                        .execute((&signup.body, &signup.token))?,
                    None => connection.execute("DELETE FROM signup", [])?,
                };
                change_log::log(connection, Change::Overview)
            })
            .await
    }
}
