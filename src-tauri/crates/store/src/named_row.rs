//! Rows whose columns are read by name. A row of SQLite looks through all its columns for each name, which takes a page of
//! messages longer than finding them; here that is done once for each query.

use crate::StoreError;
use rusqlite::{Params, Row, Statement, types::FromSql};
use std::collections::HashMap;

/// The columns of a query by name; of two of the same name, the first.
struct Names(HashMap<String, usize>);

impl Names {
    fn of(statement: &Statement<'_>) -> Self {
        let mut names = HashMap::new();
        for (index, name) in statement.column_names().into_iter().enumerate() {
            names.entry(name.to_owned()).or_insert(index);
        }
        Self(names)
    }
}

/// A row of a query.
pub(crate) struct NamedRow<'a> {
    row: &'a Row<'a>,
    names: &'a Names,
}

impl NamedRow<'_> {
    /// What is in the column of this name.
    pub(crate) fn get<T: FromSql>(&self, name: &str) -> rusqlite::Result<T> {
        match self.names.0.get(name) {
            Some(index) => self.row.get(*index),
            None => Err(rusqlite::Error::InvalidColumnName(name.to_owned())),
        }
    }

    /// What is in the column at this place, from 0.
    pub(crate) fn at<T: FromSql>(&self, index: usize) -> rusqlite::Result<T> {
        self.row.get(index)
    }
}

/// Every row of a query, as `read` reads it.
pub(crate) fn read_all<T>(
    statement: &mut Statement<'_>,
    parameters: impl Params,
    mut read: impl FnMut(&NamedRow<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let names = Names::of(statement);
    let mut rows = statement.query(parameters)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(&NamedRow { row, names: &names })?);
    }
    Ok(all)
}

/// The first row of a query, as `read` reads it; `None` when there is none.
pub(crate) fn read_first<T>(
    statement: &mut Statement<'_>,
    parameters: impl Params,
    read: impl FnOnce(&NamedRow<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let names = Names::of(statement);
    let mut rows = statement.query(parameters)?;
    rows.next()?
        .map(|row| read(&NamedRow { row, names: &names }))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn columns_are_read_by_name_and_by_place_and_what_is_not_there_is_an_error() -> Result<(), StoreError> {
        let connection = Connection::open_in_memory()?;
        let mut statement = connection.prepare("SELECT ?1 AS one, 2 AS two, 3 AS one")?;
        let all = read_all(&mut statement, [1], |row| {
            Ok((row.get("one")?, row.get("two")?, row.at(2)?))
        })?;
        assert_eq!(all, [(1, 2, 3)]);
        let missing = read_first(&mut statement, [1], |row| Ok(row.get::<i64>("three")));
        let is_said = matches!(missing?, Some(Err(rusqlite::Error::InvalidColumnName(name))) if name == "three");
        assert!(is_said);
        let mut none = connection.prepare("SELECT 1 WHERE ?1")?;
        assert_eq!(read_first(&mut none, [false], |row| Ok(row.at::<i64>(0)?))?, None);
        Ok(())
    }
}
