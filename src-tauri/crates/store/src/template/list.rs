//! The templates an account lists: what can be sent.

use crate::{
    Store, StoreError,
    words::{from_json, to_json},
};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Millis, NumberId, TemplateParts, WabaId};

/// A template that its account lists. Every word is Meta's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateItem {
    /// Meta's id of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For example `pt_BR`.
    pub language: String,
    /// For example `APPROVED`.
    pub status: String,
    /// Why it has this status; empty when nothing is told.
    pub reason: String,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`; empty when not told.
    pub quality: String,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    pub category: String,
    /// What it is made of.
    pub parts: TemplateParts,
}

/// The templates a number can send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateList {
    /// By name and language.
    pub templates: Vec<TemplateItem>,
    /// When they were asked for; `None`: never yet.
    pub listed_at: Option<Millis>,
}

/// An account whose templates have to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleTemplates {
    /// The account.
    pub waba: WabaId,
    /// A number of it.
    pub number: NumberId,
    /// Webhooks that made it so.
    pub told: i64,
}

/// So long a list is good, either way of the clock. Not every app is told of its templates, and to whatever address Meta tells
/// of them, it is none that an account can set (Meta, "Webhook overrides", Jun 2026).
const LISTED_FOR_MS: i64 = 6 * 60 * 60 * 1000;

/// The accounts of numbers: as they were connected here, else as webhooks name them.
const ACCOUNTS: &str = "SELECT n.phone_number_id AS number, coalesce(
        (SELECT waba FROM connection WHERE number_id = n.id),
        (SELECT max(waba_id) FROM number_waba WHERE number_id = n.id)) AS waba
    FROM number n";

impl Store {
    /// The templates of a number's account.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn template_list(&self, number: NumberId) -> Result<TemplateList, StoreError> {
        self.connections
            .read(move |connection| match account_of(connection, &number)? {
                Some(waba) => list(connection, &waba),
                None => Ok(TemplateList::default()),
            })
            .await
    }

    /// The account of a number; `None` when it is not known yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account_of(&self, number: NumberId) -> Result<Option<WabaId>, StoreError> {
        self.connections
            .read(move |connection| account_of(connection, &number))
            .await
    }

    /// The accounts of `numbers` whose templates were never listed, or not within hours before `now`, or of which webhooks have
    /// told since.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn stale_templates(
        &self,
        numbers: Vec<NumberId>,
        now: Millis,
    ) -> Result<Vec<StaleTemplates>, StoreError> {
        self.connections
            .read(move |connection| {
                let numbers = serde_json::json!(numbers).to_string();
                let mut statement = connection.prepare_cached(&format!(
                    "SELECT a.waba, max(a.number), coalesce(l.told, 0) FROM ({ACCOUNTS}) a
                     LEFT JOIN template_list l ON l.waba_id = a.waba
                     WHERE a.waba IS NOT NULL AND a.number IN (SELECT value FROM json_each(?1))
                         AND (l.waba_id IS NULL OR l.listed_at_ms = 0 OR l.told > 0 OR abs(?2 - l.listed_at_ms) > ?3)
                     GROUP BY a.waba"
                ))?;
                let rows = statement.query_map((numbers, now.0, LISTED_FOR_MS), |row| {
                    Ok(StaleTemplates {
                        waba: WabaId(row.get(0)?),
                        number: NumberId(row.get(1)?),
                        told: row.get(2)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Keeps the whole list of an account that was asked for at `asked_at`, when `told` webhooks about its templates had
    /// come. Of what webhooks told later, theirs holds. The last that is kept counts, whatever the clock said before.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_templates(
        &self,
        waba: WabaId,
        templates: Vec<TemplateItem>,
        asked_at: Millis,
        told: i64,
    ) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                connection
                    .prepare_cached(
                        "INSERT INTO template_list (waba_id, listed_at_ms, told) VALUES (?1, ?2, 0)
                         ON CONFLICT (waba_id) DO UPDATE SET
                             listed_at_ms = excluded.listed_at_ms, told = max(0, told - ?3)",
                    )?
                    .execute((waba.as_str(), asked_at.0, told))?;
                for template in &templates {
                    keep(connection, &waba, template, asked_at)?;
                }
                Ok(())
            })
            .await
    }
}

fn keep(connection: &Connection, waba: &WabaId, template: &TemplateItem, asked_at: Millis) -> Result<(), StoreError> {
    let parts = to_json(&template.parts)?;
    connection
        .prepare_cached(
            "INSERT INTO template (waba_id, template_id, name, language, status, reason, status_at_ms, status_by,
                 quality, quality_at_ms, quality_by, category, next_category, category_at_ms, category_by, parts,
                 listed_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?7, 0, ?9, '', ?7, 0, ?10, ?7)
             ON CONFLICT (waba_id, template_id) DO UPDATE SET
                 name = excluded.name, language = excluded.language, parts = excluded.parts,
                 listed_at_ms = excluded.listed_at_ms,
                 (status, reason, status_at_ms) = (
                     iif(status_at_ms <= ?7, excluded.status, status),
                     iif(status_at_ms <= ?7, excluded.reason, reason), max(status_at_ms, ?7)),
                 (quality, quality_at_ms) = (
                     iif(quality_at_ms <= ?7, excluded.quality, quality), max(quality_at_ms, ?7)),
                 (category, category_at_ms) = (
                     iif(category_at_ms <= ?7, excluded.category, category), max(category_at_ms, ?7))",
        )?
        .execute((
            waba.as_str(),
            &template.id,
            &template.name,
            &template.language,
            &template.status,
            &template.reason,
            asked_at.0,
            &template.quality,
            &template.category,
            parts,
        ))?;
    Ok(())
}

/// A webhook told of a template: the list is to be asked for again.
pub(super) fn told(connection: &Connection, waba: &WabaId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO template_list (waba_id, listed_at_ms, told) VALUES (?1, 0, 1)
             ON CONFLICT (waba_id) DO UPDATE SET told = told + 1",
        )?
        .execute([waba.as_str()])?;
    Ok(())
}

fn account_of(connection: &Connection, number: &NumberId) -> Result<Option<WabaId>, StoreError> {
    let waba = connection
        .prepare_cached(&format!("SELECT waba FROM ({ACCOUNTS}) WHERE number = ?1"))?
        .query_row([number.as_str()], |row| row.get::<_, Option<String>>(0))
        .optional()?;
    Ok(waba.flatten().map(WabaId))
}

fn list(connection: &Connection, waba: &WabaId) -> Result<TemplateList, StoreError> {
    let listed_at: Option<i64> = connection
        .prepare_cached("SELECT listed_at_ms FROM template_list WHERE waba_id = ?1 AND listed_at_ms > 0")?
        .query_row([waba.as_str()], |row| row.get(0))
        .optional()?;
    let Some(listed_at) = listed_at else {
        return Ok(TemplateList::default());
    };
    let mut statement = connection.prepare_cached(
        "SELECT template_id, name, language, status, reason, quality, category, parts FROM template
         WHERE waba_id = ?1 AND listed_at_ms = ?2 ORDER BY name, language, template_id",
    )?;
    let mut rows = statement.query((waba.as_str(), listed_at))?;
    let mut templates = Vec::new();
    while let Some(row) = rows.next()? {
        let parts: String = row.get(7)?;
        templates.push(TemplateItem {
            id: row.get(0)?,
            name: row.get(1)?,
            language: row.get(2)?,
            status: row.get(3)?,
            reason: row.get(4)?,
            quality: row.get(5)?,
            category: row.get(6)?,
            parts: from_json(&parts)?,
        });
    }
    Ok(TemplateList {
        templates,
        listed_at: Some(Millis(listed_at)),
    })
}
