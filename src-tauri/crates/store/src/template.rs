//! Tables `template` and `template_list`: what webhooks tell of templates, and what their account lists.

mod list;

pub use list::{StaleTemplates, TemplateItem, TemplateList};

use crate::{Store, StoreError};
use rusqlite::Connection;
use twinbox_domain::{JournalId, TemplateFact, WabaId};

/// A template, as far as webhooks have told. Every word is Meta's; empty when never told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The account that has it.
    pub waba: WabaId,
    /// Meta's id of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For example `pt_BR`.
    pub language: String,
    /// For example `APPROVED`.
    pub status: String,
    /// Why it has this status.
    pub reason: String,
    /// For example `GREEN`.
    pub quality: String,
    /// For example `MARKETING`.
    pub category: String,
    /// What the category will be a day later; empty when it stays.
    pub next_category: String,
}

impl Store {
    /// Every template webhooks have told of, by account and name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn templates(&self) -> Result<Vec<Template>, StoreError> {
        self.connections
            .read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT waba_id, template_id, name, language, status, reason, quality, category, next_category
                     FROM template ORDER BY waba_id, name, language, template_id",
                )?;
                let rows = statement.query_map([], |row| {
                    Ok(Template {
                        waba: WabaId(row.get(0)?),
                        id: row.get(1)?,
                        name: row.get(2)?,
                        language: row.get(3)?,
                        status: row.get(4)?,
                        reason: row.get(5)?,
                        quality: row.get(6)?,
                        category: row.get(7)?,
                        next_category: row.get(8)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}

/// Something is told of a template; what is told last holds.
pub(crate) fn apply(connection: &Connection, id: JournalId, fact: &TemplateFact) -> Result<(), StoreError> {
    let of = (fact.waba.as_str(), fact.id.as_str());
    // Neither name nor language ever changes; a telling without them tells nothing of them.
    connection
        .prepare_cached(
            "INSERT INTO template (waba_id, template_id, name, language, status, reason, status_at_ms, status_by,
                 quality, quality_at_ms, quality_by, category, next_category, category_at_ms, category_by)
             VALUES (?1, ?2, ?3, ?4, '', '', 0, 0, '', 0, 0, '', '', 0, 0)
             ON CONFLICT (waba_id, template_id) DO UPDATE SET
                 name = max(name, excluded.name), language = max(language, excluded.language)",
        )?
        .execute((of.0, of.1, &fact.name, &fact.language))?;
    list::told(connection, &fact.waba)?;
    if let Some((status, reason)) = &fact.status {
        connection
            .prepare_cached(
                "UPDATE template SET status = ?3, reason = ?4, status_at_ms = ?5, status_by = ?6
                 WHERE waba_id = ?1 AND template_id = ?2
                     AND (status_at_ms, status_by, status, reason) < (?5, ?6, ?3, ?4)",
            )?
            .execute((of.0, of.1, status, reason, fact.at.0, id.0))?;
    }
    if let Some(quality) = &fact.quality {
        connection
            .prepare_cached(
                "UPDATE template SET quality = ?3, quality_at_ms = ?4, quality_by = ?5
                 WHERE waba_id = ?1 AND template_id = ?2 AND (quality_at_ms, quality_by, quality) < (?4, ?5, ?3)",
            )?
            .execute((of.0, of.1, quality, fact.at.0, id.0))?;
    }
    if let Some((category, next)) = &fact.category {
        connection
            .prepare_cached(
                "UPDATE template SET category = ?3, next_category = ?4, category_at_ms = ?5, category_by = ?6
                 WHERE waba_id = ?1 AND template_id = ?2
                     AND (category_at_ms, category_by, category, next_category) < (?5, ?6, ?3, ?4)",
            )?
            .execute((of.0, of.1, category, next, fact.at.0, id.0))?;
    }
    Ok(())
}
