//! Domain words, and what is kept as JSON, to and from columns.

use crate::{StoreError, named_row::NamedRow};
use serde::{Serialize, de::DeserializeOwned};

/// Reads a word of column `index` with `read`; a word this version does not know is an error.
pub(crate) fn word<T>(row: &NamedRow<'_>, index: &str, read: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let text: String = row.get(index)?;
    read(&text).ok_or(StoreError::UnknownWord(text))
}

/// The same for a column that may be empty.
pub(crate) fn optional_word<T>(
    row: &NamedRow<'_>,
    index: &str,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(index)?;
    text.map(|text| read(&text).ok_or(StoreError::UnknownWord(text)))
        .transpose()
}

/// What is kept as JSON, as a column.
pub(crate) fn to_json<T: Serialize>(kept: &T) -> Result<String, StoreError> {
    serde_json::to_string(kept).map_err(|error| StoreError::Content(error.classify()))
}

/// A column as what is kept in it as JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Content(error.classify()))
}
