//! Domain words and contents to and from columns.

use crate::StoreError;
use rusqlite::Row;
use twinbox_domain::{Content, Payload};

/// Reads a word of column `index` with `read`; a word this version does not know is an error.
pub(crate) fn word<T>(row: &Row<'_>, index: &str, read: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let text: String = row.get(index)?;
    read(&text).ok_or(StoreError::UnknownWord(text))
}

/// The same for a column that may be empty.
pub(crate) fn optional_word<T>(
    row: &Row<'_>,
    index: &str,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(index)?;
    text.map(|text| read(&text).ok_or(StoreError::UnknownWord(text)))
        .transpose()
}

/// A content as a column.
pub(crate) fn to_json(content: &Content) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(|error| StoreError::Content(error.classify()))
}

/// A column as a content.
pub(crate) fn from_json(text: &str) -> Result<Content, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Content(error.classify()))
}

/// What is sent as a column.
pub(crate) fn payload_to_json(payload: &Payload) -> Result<String, StoreError> {
    serde_json::to_string(payload).map_err(|error| StoreError::Content(error.classify()))
}

/// A column as what is sent.
pub(crate) fn payload_from_json(text: &str) -> Result<Payload, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Content(error.classify()))
}
