//! Tables `alias` and `person_link`: the ids people go by, and what was told of them.
//!
//! What is told is kept as it is told: the latest name, the first time two ids were told together. Who is one person is
//! derived from it in `twinbox-domain` each time something new is known, for the ids that hang together and no more; so
//! the order in which it is told decides nothing.

use crate::{StoreError, conversation, person, portfolio};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use twinbox_domain::{Alias, IdsChangedFact, Link, LinkKind, Millis, PersonId, PersonIds, SOME_TIME, WabaId, persons};

/// Whom a fact is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    /// The row of what they are best known by in it.
    pub alias: i64,
    pub person: PersonId,
}

/// What people are called, by who says so.
#[derive(Clone, Default, PartialEq, Eq)]
struct Names {
    profile: (i64, String),
    username: (i64, String),
}

struct Row {
    id: i64,
    person: PersonId,
    seen: (i64, String),
    names: Names,
    waba: String,
}

/// The kind and key of an alias.
pub(crate) fn lookup(alias: &Alias) -> (&'static str, &str) {
    match alias {
        Alias::Bsuid(id) => ("bsuid", id),
        Alias::Parent(id) => ("parent", id),
        Alias::Phone(key) => ("phone", key),
    }
}

fn alias_of(kind: &str, key: String) -> Result<Alias, StoreError> {
    Ok(match kind {
        "bsuid" => Alias::Bsuid(key),
        "parent" => Alias::Parent(key),
        "phone" => Alias::Phone(key),
        _ => return Err(StoreError::UnknownWord(kind.to_owned())),
    })
}

/// Who these ids are, made known if new. `None` when no id is given at all.
pub(crate) fn tell(connection: &Connection, ids: &PersonIds, at: Millis) -> Result<Option<Told>, StoreError> {
    let said = |name: &str| {
        if name.is_empty() {
            (0, String::new())
        } else {
            (at.0, name.to_owned())
        }
    };
    let names = Names {
        profile: said(&ids.profile_name),
        username: said(&ids.username),
    };
    note(connection, &[ids], &names, &ids.links(at), at)
}

/// A person is known by other ids from now on; says who that is.
pub(crate) fn change(connection: &Connection, fact: &IdsChangedFact) -> Result<Option<Told>, StoreError> {
    let both = [&fact.before, &fact.after];
    note(connection, &both, &Names::default(), &fact.links(), fact.at)
}

/// The names are those of the first alias.
fn note(
    connection: &Connection,
    ids: &[&PersonIds],
    names: &Names,
    links: &[Link],
    at: Millis,
) -> Result<Option<Told>, StoreError> {
    let mut rows: BTreeMap<Alias, i64> = BTreeMap::new();
    let mut best = None;
    let mut person = None;
    let mut told_in = Vec::new();
    let (mut is_named, mut is_new, mut is_regrouped) = (false, false, false);
    for ids in ids {
        for alias in ids.aliases() {
            let value = match &alias {
                Alias::Phone(_) => ids.phone.as_deref().unwrap_or_default(),
                Alias::Bsuid(id) | Alias::Parent(id) => id,
            };
            let none = Names::default();
            let names = if best.is_none() { names } else { &none };
            let seen = (at.0, value.to_owned());
            let row = match find(connection, &alias)? {
                Some(row) => {
                    is_named |= see(connection, &row, seen, names)?;
                    row
                }
                None => {
                    is_new = true;
                    // Whose it is follows from the links.
                    let person = match person {
                        Some(person) => person,
                        None => known_person(connection, ids)?.map_or_else(|| person::create(connection), Ok)?,
                    };
                    add(connection, &alias, person, seen, names)?
                }
            };
            if let (Alias::Bsuid(_), Some(waba)) = (&alias, &ids.waba) {
                told_in.push((row.id, row.waba, waba));
            }
            person.get_or_insert(row.person);
            best.get_or_insert(row.id);
            rows.insert(alias, row.id);
        }
    }
    let Some(alias) = best else { return Ok(None) };
    for link in links {
        if let (Some(from), Some(to)) = (rows.get(&link.from), rows.get(&link.to)) {
            is_regrouped |= put_link(connection, *from, *to, link.kind, link.at)?;
        }
    }
    for (id, known, waba) in told_in {
        is_regrouped |= portfolio::told(connection, id, &known, waba)?;
    }
    if is_regrouped {
        regroup(connection, alias)?;
    }
    let person = person_of(connection, alias)?;
    if is_named || is_new {
        person::refresh(connection, person, is_new)?;
    }
    Ok(Some(Told { alias, person }))
}

fn known_person(connection: &Connection, ids: &PersonIds) -> Result<Option<PersonId>, StoreError> {
    for alias in ids.aliases() {
        if let Some(row) = find(connection, &alias)? {
            return Ok(Some(row.person));
        }
    }
    Ok(None)
}

fn find(connection: &Connection, alias: &Alias) -> Result<Option<Row>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT id, person_id, seen_at_ms, value, name_at_ms, name, username_at_ms, username, waba_id
             FROM alias WHERE kind = ?1 AND key = ?2",
        )?
        .query_row(lookup(alias), |row| {
            Ok(Row {
                id: row.get(0)?,
                person: PersonId(row.get(1)?),
                seen: (row.get(2)?, row.get(3)?),
                names: Names {
                    profile: (row.get(4)?, row.get(5)?),
                    username: (row.get(6)?, row.get(7)?),
                },
                waba: row.get(8)?,
            })
        })
        .optional()?)
}

fn add(
    connection: &Connection,
    alias: &Alias,
    person: PersonId,
    seen: (i64, String),
    names: &Names,
) -> Result<Row, StoreError> {
    let (kind, key) = lookup(alias);
    let names = names.clone();
    connection
        .prepare_cached(
            "INSERT INTO alias (kind, key, value, person_id, is_left, seen_at_ms, name_at_ms, name, username_at_ms,
                 username)
             VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            kind,
            key,
            &seen.1,
            person.0,
            seen.0,
            names.profile.0,
            &names.profile.1,
            names.username.0,
            &names.username.1,
        ))?;
    let id = connection.last_insert_rowid();
    Ok(Row {
        id,
        person,
        seen,
        names,
        waba: String::new(),
    })
}

/// The latest of what was told; of two told in one second, the greater. `true`: a name was told later than before.
fn see(connection: &Connection, row: &Row, seen: (i64, String), names: &Names) -> Result<bool, StoreError> {
    let latest = |one: &(i64, String), other: &(i64, String)| one.max(other).clone();
    let seen = latest(&row.seen, &seen);
    let names = Names {
        profile: latest(&row.names.profile, &names.profile),
        username: latest(&row.names.username, &names.username),
    };
    if seen == row.seen && names == row.names {
        return Ok(false);
    }
    connection
        .prepare_cached(
            "UPDATE alias SET seen_at_ms = ?2, value = ?3, name_at_ms = ?4, name = ?5, username_at_ms = ?6, username = ?7
             WHERE id = ?1",
        )?
        .execute((
            row.id,
            seen.0,
            &seen.1,
            names.profile.0,
            &names.profile.1,
            names.username.0,
            &names.username.1,
        ))?;
    Ok(names != row.names)
}

/// `true`: this was not known.
fn put_link(connection: &Connection, from: i64, to: i64, kind: LinkKind, at: Millis) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached(
            "INSERT INTO person_link (from_alias, to_alias, kind, at_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (from_alias, to_alias, kind) DO UPDATE SET at_ms = excluded.at_ms
             WHERE iif(?5, excluded.at_ms > at_ms, excluded.at_ms < at_ms)",
        )?
        .execute((from, to, kind.as_str(), at.0, kind.keeps_last()))?;
    Ok(changed > 0)
}

/// The person who goes by the alias.
pub(crate) fn person_of(connection: &Connection, alias: i64) -> Result<PersonId, StoreError> {
    Ok(connection
        .prepare_cached("SELECT person_id FROM alias WHERE id = ?1")?
        .query_row([alias], |row| row.get(0).map(PersonId))?)
}

/// Everything a person goes by.
pub(crate) fn of_person(connection: &Connection, person: PersonId) -> Result<Vec<Alias>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT kind, key FROM alias WHERE person_id = ?1")?;
    let mut rows = statement.query([person.0])?;
    let mut aliases = Vec::new();
    while let Some(row) = rows.next()? {
        aliases.push(alias_of(&row.get::<_, String>(0)?, row.get(1)?)?);
    }
    Ok(aliases)
}

/// One message was told with one and with the other. A number is then whose the id is, unless somebody was told with it.
/// Says which of the two it is known by from now on, whatever came first.
pub(crate) fn same_message(connection: &Connection, one: i64, other: i64) -> Result<i64, StoreError> {
    if one == other {
        return Ok(one);
    }
    let key = |id: i64| by_id(connection, id).map(|member| (member.alias.is_phone(), std::cmp::Reverse(member.alias)));
    let (best, rest) = if key(one)? < key(other)? {
        (one, other)
    } else {
        (other, one)
    };
    if !key(best)?.0 && key(rest)?.0 && put_link(connection, best, rest, LinkKind::Holds, SOME_TIME)? {
        regroup(connection, best)?;
    }
    Ok(best)
}

fn by_id(connection: &Connection, id: i64) -> Result<Member, StoreError> {
    let (kind, key, person, is_left, portfolio): (String, String, i64, bool, Option<String>) = connection
        .prepare_cached(
            "SELECT a.kind, a.key, a.person_id, a.is_left, p.known_as
             FROM alias a LEFT JOIN portfolio p ON p.waba_id = a.waba_id WHERE a.id = ?1",
        )?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    Ok(Member {
        id,
        alias: alias_of(&kind, key)?,
        person: PersonId(person),
        is_left,
        portfolio: portfolio.map(WabaId),
    })
}

/// One of the ids that hang together.
struct Member {
    id: i64,
    alias: Alias,
    person: PersonId,
    is_left: bool,
    portfolio: Option<WabaId>,
}

const LINKS_OF: &str = "SELECT from_alias, to_alias, kind, at_ms FROM person_link WHERE from_alias = ?1
     UNION ALL SELECT from_alias, to_alias, kind, at_ms FROM person_link WHERE to_alias = ?1";

/// Everything that hangs together with an alias.
fn connected(connection: &Connection, start: i64) -> Result<(BTreeMap<i64, Member>, BTreeSet<Link>), StoreError> {
    let mut members = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(id) = waiting.pop() {
        if members.contains_key(&id) {
            continue;
        }
        members.insert(id, by_id(connection, id)?);
        let mut statement = connection.prepare_cached(LINKS_OF)?;
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            let (from, to): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (kind, at): (String, i64) = (row.get(2)?, row.get(3)?);
            waiting.push(if from == id { to } else { from });
            told.insert((from, to, kind, at));
        }
    }
    let mut links = BTreeSet::new();
    for (from, to, kind, at) in told {
        let kind = LinkKind::from_word(&kind).ok_or(StoreError::UnknownWord(kind))?;
        if let (Some(from), Some(to)) = (members.get(&from), members.get(&to)) {
            let (from, to, at) = (from.alias.clone(), to.alias.clone(), Millis(at));
            links.insert(Link { at, from, to, kind });
        }
    }
    Ok((members, links))
}

/// Finds out anew who is who among the ids that hang together with this one, and moves what has to be elsewhere.
pub(crate) fn regroup(connection: &Connection, alias: i64) -> Result<(), StoreError> {
    let (members, links) = connected(connection, alias)?;
    let members: BTreeMap<Alias, Member> = members
        .into_values()
        .map(|member| (member.alias.clone(), member))
        .collect();
    let aliases = members.keys().cloned().collect();
    let portfolios = members
        .iter()
        .filter_map(|(alias, member)| Some((alias.clone(), member.portfolio.clone()?)))
        .collect();
    let mut taken = BTreeSet::new();
    // From whom to whom.
    let mut moves: BTreeMap<(PersonId, PersonId), Vec<i64>> = BTreeMap::new();
    for group in persons(&aliases, &links, &portfolios) {
        let here: Vec<(&Alias, &Member)> = group
            .all
            .iter()
            .filter_map(|alias| members.get_key_value(alias))
            .collect();
        // Who has an id of their own stays who they are.
        let known = here.iter().map(|(alias, member)| (alias.is_phone(), member.person));
        let person = match known.filter(|(_, person)| !taken.contains(person)).min() {
            Some((_, person)) => person,
            None => person::create(connection)?,
        };
        taken.insert(person);
        for (alias, member) in here {
            let is_left = group.left.contains(alias);
            if (member.person, member.is_left) != (person, is_left) {
                connection
                    .prepare_cached("UPDATE alias SET person_id = ?2, is_left = ?3 WHERE id = ?1")?
                    .execute((member.id, person.0, is_left))?;
                moves.entry((member.person, person)).or_default().push(member.id);
            }
        }
    }
    let last: BTreeMap<PersonId, PersonId> = moves.keys().copied().collect();
    let mut touched: BTreeSet<PersonId> = BTreeSet::new();
    for ((from, into), aliases) in moves {
        touched.extend([from, into]);
        // Nobody goes by the old one any more: what is left of it goes with the last.
        let is_rest = last.get(&from) == Some(&into) && !person::has_alias(connection, from)?;
        if from != into {
            conversation::follow(connection, from, into, (!is_rest).then_some(aliases.as_slice()))?;
        }
    }
    touched
        .into_iter()
        .try_for_each(|person| person::refresh(connection, person, true))
}

/// Ids of which an upgrade has left to be found out whose they are: both forms of a number from before there was one key for
/// them, then what `regroup_due` names.
const DUE: &str = "SELECT id FROM (
        SELECT id, 1 AS turn FROM alias WHERE kind = 'phone' AND key >= '~' AND key < '~~'
        UNION ALL SELECT alias_id, 2 FROM regroup_due)
    ORDER BY turn, id";

/// Finds that out. Once, when a store of before is opened; later there is nothing to do.
pub(crate) fn catch_up(connection: &mut Connection) -> Result<(), StoreError> {
    let due: Vec<i64> = connection
        .prepare(DUE)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if due.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for id in due {
        regroup(&transaction, id)?;
    }
    transaction.execute("DELETE FROM regroup_due", [])?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_hangs_together_is_found_by_indexes() {
        let plan = plan(LINKS_OF);
        assert!(!plan.contains("SCAN person_link"), "{plan}");
        assert!(plan.contains("person_link_to"), "{plan}");
    }
}
