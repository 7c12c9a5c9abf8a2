//! SQLite by itself: the least it takes to write the same rows, and to ask the same index.

use super::corpus::Corpus;
use rusqlite::{Connection, OpenFlags, params};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use twinbox_domain::{MessageFact, index_words};

const CHUNK: usize = 2000;

/// Fills the tables of one message, with everything known beforehand: no look-ups, no events, no journal.
pub(crate) fn fill(file: &Path, corpus: &Corpus) -> anyhow::Result<Duration> {
    // The schema as the store makes it.
    let folder = tempfile::tempdir()?;
    drop(twinbox_store::Store::open(folder.path())?);
    std::fs::copy(folder.path().join("twinbox.db"), file)?;
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = ON;
         INSERT INTO number (id, phone_number_id, display_phone_number, name, cap_per_second)
             VALUES (1, '106540352242922', '', '', 5);",
    )?;
    let mut took = Duration::ZERO;
    let mut known = 0;
    let mut chunk = Vec::with_capacity(CHUNK);
    for fact in corpus.messages() {
        chunk.push(fact);
        if chunk.len() == CHUNK {
            took += write(&connection, &mut chunk, &mut known)?;
        }
    }
    Ok(took + write(&connection, &mut chunk, &mut known)?)
}

fn write(connection: &Connection, chunk: &mut Vec<MessageFact>, known: &mut i64) -> anyhow::Result<Duration> {
    let started = Instant::now();
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut words = Vec::with_capacity(chunk.len());
    for fact in chunk.drain(..) {
        let person = person(&fact)?;
        while *known < person {
            *known += 1;
            connection
                .prepare_cached("INSERT INTO person (id, name, username) VALUES (?1, '', '')")?
                .execute([*known])?;
            connection
                .prepare_cached(
                    "INSERT INTO conversation (id, number_id, person_id, read_up_to, last_at_ms, unread, needs_reply)
                     VALUES (?1, 1, ?1, 0, 0, 0, 0)",
                )?
                .execute([*known])?;
        }
        connection
            .prepare_cached(
                "INSERT INTO message (conversation_id, number_id, wamid, direction, origin, author, at_ms, told_rank,
                     content_rank, content) VALUES (?1, 1, ?2, ?3, 'history', '', ?4, 1, 2, ?5)",
            )?
            .execute(params![
                person,
                fact.wamid.as_str(),
                fact.direction.as_str(),
                fact.at.0,
                serde_json::to_string(&fact.content)?
            ])?;
        let id = connection.last_insert_rowid();
        connection
            .prepare_cached("INSERT INTO change_log (kind, conversation_id, message_id) VALUES ('message', ?1, ?2)")?
            .execute([person, id])?;
        let tags = format!("n1 c{person} ohistory");
        words.push((
            ((fact.at.0 / 1000) << 30) | id,
            index_words(&fact.content.searchable()),
            tags,
        ));
    }
    words.sort();
    for (key, words, tags) in words {
        connection
            .prepare_cached("INSERT INTO message_words (rowid, words, tags) VALUES (?1, ?2, ?3)")?
            .execute((key, words, tags))?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(started.elapsed())
}

fn person(fact: &MessageFact) -> anyhow::Result<i64> {
    let phone = fact.person.phone.as_deref().unwrap_or_default();
    Ok(phone.trim_start_matches("49151").parse::<i64>()? + 1)
}

/// The store's file, read without the store.
pub(crate) struct Raw(Connection);

pub(crate) fn open(file: &Path) -> anyhow::Result<Raw> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch("PRAGMA cache_size = -8000;")?;
    Ok(Raw(connection))
}

impl Raw {
    /// The index by itself: which 51 messages are the newest.
    pub(crate) fn matches(&self, expression: &str) -> anyhow::Result<Vec<i64>> {
        let mut statement = self.0.prepare_cached(
            "SELECT rowid FROM message_words WHERE message_words MATCH ?1 ORDER BY rowid DESC LIMIT 51",
        )?;
        let rows = statement.query_map([format!("words : ({expression})")], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Without an index: every message is looked at.
    pub(crate) fn scan(&self, text: &str) -> anyhow::Result<Vec<i64>> {
        let mut statement = self
            .0
            .prepare_cached("SELECT id FROM message WHERE content LIKE ?1 ORDER BY at_ms DESC, id DESC LIMIT 51")?;
        let text = text.split_whitespace().collect::<Vec<_>>().join("%");
        let rows = statement.query_map([format!("%{text}%")], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
