//! Tables `notice` and `number_waba`: what Meta tells of accounts and numbers, and how a number stands by it.

use crate::{
    Store, StoreError, change_log, connection, journal, number, pause, probe,
    words::{from_json, to_json},
};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{
    About, AccountFact, AccountTold, Change, JournalId, Millis, NumberFact, NumberId, PROOF_LEEWAY_MS, Proofs,
    Standing, Subject,
};

/// How a number stands with Meta.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberStanding {
    /// Whether messages may go out.
    pub standing: Standing,
    /// WhatsApp thinks that people do not like its messages.
    pub is_flagged: bool,
    /// To how many people it may write first in 24 hours, in Meta's word, for example `TIER_2K` or `2000`; `None`: not
    /// told.
    pub tier: Option<String>,
}

/// A line of a number's story.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// By Meta's clock.
    pub at: Millis,
    /// What was told.
    pub told: AccountTold,
    /// The webhook that told it.
    pub by: JournalId,
}

impl Store {
    /// How a number stands with Meta.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn number_standing(&self, number: NumberId) -> Result<NumberStanding, StoreError> {
        self.connections
            .read(move |connection| {
                Ok(NumberStanding {
                    standing: standing(connection, &number)?,
                    is_flagged: is_flagged(connection, &number)?,
                    tier: match latest(connection, &number, About::Tier)? {
                        Some(Latest {
                            told: AccountTold::Tier { tier },
                            ..
                        }) => Some(tier),
                        _ => None,
                    },
                })
            })
            .await
    }

    /// When Meta last told something, here, of whether the number and the Cloud API belong together.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn link_told_at(&self, number: NumberId) -> Result<Option<Millis>, StoreError> {
        self.connections
            .read(move |connection| link_told_at(connection, &number))
            .await
    }

    /// The newest `limit` lines of a number's story and of its account's, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn notices(&self, number: NumberId, limit: u32) -> Result<Vec<Notice>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement = connection.prepare_cached(&story_sql())?;
                let mut rows = statement.query((number.as_str(), limit))?;
                let mut notices = Vec::new();
                while let Some(row) = rows.next()? {
                    notices.push(Notice {
                        at: Millis(row.get(0)?),
                        told: from_json(&row.get::<_, String>(1)?)?,
                        by: JournalId(row.get(2)?),
                    });
                }
                Ok(notices)
            })
            .await
    }
}

/// Whom a notice has to be of to be of number `?1`; few, so every query begins with them (`CROSS JOIN`). An account it
/// has left has no say any more.
const SUBJECTS: &str = "
    SELECT 'number' AS kind, phone_number_id AS subject FROM number WHERE phone_number_id = ?1
    UNION ALL SELECT 'number', a.phone_number_id FROM number n JOIN number_alias a ON a.number_id = n.id
        WHERE n.phone_number_id = ?1
    UNION ALL SELECT 'phone', display_phone_number FROM number
        WHERE phone_number_id = ?1 AND display_phone_number <> ''
    UNION ALL SELECT 'waba', c.waba FROM number n JOIN connection c ON c.number_id = n.id
        WHERE n.phone_number_id = ?1
    UNION ALL SELECT 'waba', w.waba_id FROM number n JOIN number_waba w ON w.number_id = n.id
        WHERE n.phone_number_id = ?1 AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.number_id = n.id)";

/// The last line about something, of those for which `condition` holds.
fn latest_sql(condition: &str) -> String {
    format!(
        "SELECT o.at_ms, o.told, o.journal_id FROM ({SUBJECTS}) s
         CROSS JOIN notice o INDEXED BY notice_latest ON o.subject_kind = s.kind AND o.subject = s.subject AND o.about = ?2
         WHERE {condition}
         ORDER BY o.journal_id DESC, o.part DESC LIMIT 1"
    )
}

const ANY: &str = "true";

/// For a number that was connected here, what begins anew is a new connection: that somebody signed another number of its
/// account up says nothing of it. One that was only heard of has nothing else to go by.
const NO_NEIGHBOR: &str = "o.subject_kind <> 'waba' OR o.told ->> '$.event' <> 'partner_added'";

fn story_sql() -> String {
    format!(
        "SELECT o.at_ms, o.told, o.journal_id FROM ({SUBJECTS}) s
         CROSS JOIN notice o ON o.subject_kind = s.kind AND o.subject = s.subject
         ORDER BY o.journal_id DESC, o.part DESC LIMIT ?2"
    )
}

/// Lines about our own app: other apps of an account come and go.
fn app_sql() -> String {
    format!(
        "SELECT o.at_ms, o.told, o.journal_id FROM ({SUBJECTS}) s
         CROSS JOIN notice o INDEXED BY notice_latest ON o.subject_kind = s.kind AND o.subject = s.subject AND o.about = ?2
         WHERE o.told ->> '$.event' = 'app' AND o.told ->> '$.app' = (SELECT app_id FROM meta_app)
         ORDER BY o.journal_id DESC, o.part DESC LIMIT 1"
    )
}

/// What was told last of whether the account has our app.
fn app(connection: &Connection, number: &NumberId) -> Result<Option<Latest>, StoreError> {
    read_latest(connection, &app_sql(), number, About::Story)
}

/// When the last webhook arrived that has to do with whether the number and the Cloud API belong together.
fn link_told_at(connection: &Connection, number: &NumberId) -> Result<Option<Millis>, StoreError> {
    let link = latest(connection, number, About::Link)?;
    let last = link
        .into_iter()
        .chain(app(connection, number)?)
        .map(|told| told.by)
        .max();
    last.map(|last| journal::received_at(connection, last)).transpose()
}

/// What was told last.
struct Latest {
    at: Millis,
    told: AccountTold,
    by: JournalId,
}

/// What was answered counts once it is newer than what was told.
fn is_flagged(connection: &Connection, number: &NumberId) -> Result<bool, StoreError> {
    let told = latest(connection, number, About::Quality)?;
    let told_at = told.as_ref().map_or(Millis(0), |told| told.at.plus_ms(PROOF_LEEWAY_MS));
    let answered = probe::last(connection, number)?.filter(|answered| answered.probe.asked_at > told_at);
    Ok(answered.and_then(|answered| answered.is_flagged).unwrap_or_else(
        || matches!(told, Some(Latest { told: AccountTold::Quality { word }, .. }) if word == "FLAGGED"),
    ))
}

fn latest(connection: &Connection, number: &NumberId, about: About) -> Result<Option<Latest>, StoreError> {
    read_latest(connection, &latest_sql(ANY), number, about)
}

fn read_latest(
    connection: &Connection,
    sql: &str,
    number: &NumberId,
    about: About,
) -> Result<Option<Latest>, StoreError> {
    let told = connection
        .prepare_cached(sql)?
        .query_row((number.as_str(), about.as_str()), |row| {
            Ok((Millis(row.get(0)?), row.get::<_, String>(1)?, JournalId(row.get(2)?)))
        })
        .optional()?;
    let read = |(at, told, by): (Millis, String, JournalId)| {
        let told = from_json(&told)?;
        Ok(Latest { at, told, by })
    };
    told.map(read).transpose()
}

/// Whether messages may go out from a number. A refusal counts while nothing worse was told.
pub(crate) fn standing(connection: &Connection, number: &NumberId) -> Result<Standing, StoreError> {
    let told = told_standing(connection, number)?;
    Ok(match (told.may_send(), pause::of(connection, number)?) {
        (true, Some((code, since))) => Standing::Blocked { since, code },
        _ => told,
    })
}

fn told_standing(connection: &Connection, number: &NumberId) -> Result<Standing, StoreError> {
    let connected_after = connection::connected_after(connection, number)?;
    let link = match connected_after {
        Some(_) => read_latest(connection, &latest_sql(NO_NEIGHBOR), number, About::Link)?,
        None => latest(connection, number, About::Link)?,
    };
    let link = link.filter(|told| Some(told.by) > connected_after);
    let link = link.map(|told| (told.at, told.told));
    // A number that could be signed up anew is not disabled, whether or not anybody told that it ended.
    let ban = latest(connection, number, About::Ban)?.filter(|told| Some(told.by) > connected_after);
    let ban = ban.map(|told| (told.at, told.told));
    let app = app(connection, number)?.filter(|told| Some(told.by) > connected_after);
    let removed = app.filter(|told| {
        matches!(
            told.told,
            AccountTold::App {
                is_installed: false,
                ..
            }
        )
    });
    let mut proofs = Proofs {
        probe: probe::last(connection, number)?.map(|answered| answered.probe),
        app_removed_at: removed.map(|told| told.at),
        ..Proofs::default()
    };
    let standing = Standing::after(link.clone(), ban.clone(), proofs);
    let since = match &standing {
        Standing::Suspended { since } | Standing::Disconnected { since, .. } => since,
        Standing::NoAccess { since } if Some(*since) == proofs.app_removed_at => since,
        Standing::NoAccess { .. } | Standing::Blocked { .. } | Standing::Connected | Standing::Disabled { .. } => {
            return Ok(standing);
        }
    };
    proofs.last_customer_at = connection
        .prepare_cached(PROOF)?
        .query_row((number.as_str(), since.plus_ms(PROOF_LEEWAY_MS).0), |row| {
            row.get(0).map(Millis)
        })
        .optional()?;
    Ok(Standing::after(link, ban, proofs))
}

/// A customer's message after `?2`. Looks only at conversations in which something was said since.
const PROOF: &str = "SELECT c.last_customer_at_ms
    FROM conversation c INDEXED BY conversation_newest JOIN number n ON n.id = c.number_id
    WHERE c.last_at_ms > ?2 AND c.last_customer_at_ms > ?2 AND n.phone_number_id = ?1
    ORDER BY c.last_at_ms DESC LIMIT 1";

/// A webhook names a number, and the account it belongs to.
pub(crate) fn seen(connection: &Connection, fact: &NumberFact) -> Result<(), StoreError> {
    number::seen(connection, &fact.number, &fact.display_phone_number)?;
    if let Some(waba) = &fact.waba {
        let number = number::row_of(connection, &fact.number)?;
        connection
            .prepare_cached("INSERT INTO number_waba (number_id, waba_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute((number, waba.as_str()))?;
    }
    Ok(())
}

/// Keeps a line of the story. The same again, as Meta delivers it when somebody did not take it, is the same line.
pub(crate) fn apply(connection: &Connection, id: JournalId, part: usize, fact: &AccountFact) -> Result<(), StoreError> {
    let (kind, subject) = fact.subject.as_words();
    let told = to_json(&fact.told)?;
    connection
        .prepare_cached(
            "INSERT INTO notice (subject_kind, subject, about, at_ms, told, journal_id, part)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (subject_kind, subject, about, at_ms, told) DO UPDATE SET
                 journal_id = excluded.journal_id, part = excluded.part
             WHERE (excluded.journal_id, excluded.part) < (journal_id, part)",
        )?
        .execute((
            kind,
            subject,
            fact.told.about().as_str(),
            fact.at.0,
            told,
            id.0,
            i64::try_from(part).unwrap_or(i64::MAX),
        ))?;
    if matches!(fact.told, AccountTold::Reconnected | AccountTold::PartnerAdded) {
        let arrived_at = journal::received_at(connection, id)?;
        for number in pause::all(connection)? {
            if is_of(connection, &fact.subject, &number)? {
                pause::link_is_back(connection, &number, arrived_at)?;
            }
        }
    }
    change_log::log(connection, Change::Overview)
}

/// Whether what is told of `subject` is told of the number.
fn is_of(connection: &Connection, subject: &Subject, number: &NumberId) -> Result<bool, StoreError> {
    let (kind, subject) = subject.as_words();
    Ok(connection
        .prepare_cached(&format!("SELECT 1 FROM ({SUBJECTS}) WHERE kind = ?2 AND subject = ?3"))?
        .exists((number.as_str(), kind, subject))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn how_a_number_stands_is_read_along_indexes() {
        for (sql, index) in [
            (latest_sql(ANY), "notice_latest"),
            (latest_sql(NO_NEIGHBOR), "notice_latest"),
            (app_sql(), "notice_latest"),
            (PROOF.to_owned(), "conversation_newest"),
        ] {
            let plan = plan(&sql);
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("SCAN o") && !plan.contains("SCAN c "), "{plan}");
        }
    }
}
