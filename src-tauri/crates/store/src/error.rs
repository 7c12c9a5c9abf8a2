//! Why the store could not do something.

use std::{path::PathBuf, sync::Arc};

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has this data folder open.
    #[error("the data folder {} is in use by another Twinbox", .0.display())]
    InUse(PathBuf),
    /// The folder or a file in it cannot be made or opened.
    #[error("the data folder {} cannot be used", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The store was written by a newer version.
    #[error("the data was written by a newer version of Twinbox")]
    Newer,
    /// The schema could not be brought up to date.
    #[error("the data could not be brought up to date")]
    Migration(#[source] rusqlite_migration::Error),
    /// SQLite refused.
    #[error("the database refused")]
    Sqlite(#[from] rusqlite::Error),
    /// The commit that several writes shared failed; none of them happened.
    #[error("the database could not commit")]
    Commit(#[source] Arc<rusqlite::Error>),
    /// A row holds a word this version does not know.
    #[error("the database holds the unknown word {0:?}")]
    UnknownWord(String),
    /// The content of a message cannot be written, or was written by a version that this one does not know.
    #[error("the content of a message cannot be read ({0:?})")]
    Content(serde_json::error::Category),
    /// The write panicked and was undone.
    #[error("the write panicked")]
    Panicked,
    /// The store has stopped.
    #[error("the store has stopped")]
    Stopped,
}

impl StoreError {
    /// Whether the input of the write, or a row it meets, is at fault, so that it would fail again on a healthy disk.
    pub fn is_about_the_input(&self) -> bool {
        use rusqlite::ErrorCode::{ConstraintViolation, TooBig, TypeMismatch};
        match self {
            Self::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => {
                matches!(failure.code, ConstraintViolation | TooBig | TypeMismatch)
            }
            Self::Sqlite(error) => !matches!(error, rusqlite::Error::SqlInputError { .. }),
            Self::UnknownWord(_) | Self::Content(_) | Self::Panicked => true,
            Self::InUse(_)
            | Self::Folder { .. }
            | Self::Newer
            | Self::Migration(_)
            | Self::Commit(_)
            | Self::Stopped => false,
        }
    }

    /// Whether the disk has no room for a write.
    pub fn is_disk_full(&self) -> bool {
        let error = match self {
            Self::Sqlite(error) => error,
            Self::Commit(error) => error.as_ref(),
            _ => return false,
        };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        use rusqlite_migration::{Error, MigrationDefinitionError};
        match error {
            Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => Self::Newer,
            other => Self::Migration(other),
        }
    }
}
