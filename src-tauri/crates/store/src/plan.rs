//! For tests: how SQLite would run a query.
#![allow(clippy::unwrap_used, reason = "tests")]

use rusqlite::Connection;

/// The query plan of `sql` on an empty store, a line a step. Parameters may be left unbound.
pub(crate) fn plan(sql: &str) -> String {
    let mut connection = Connection::open_in_memory().unwrap();
    crate::migrations::migrate(&mut connection).unwrap();
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>("detail").unwrap());
    }
    steps.join("\n")
}
