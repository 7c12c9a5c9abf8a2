//! Who may sign in beside the owner: a line for each person in the file `people` of the data folder, which its owner alone can
//! read. It holds hashes of tokens; a token itself is told once.
//!
//! The file is read whenever somebody comes with a token that is not the owner's, so whoever is added or removed is so at
//! once, also while a server runs. Everybody in it is an admin: the engine does not ask for roles everywhere yet.

use crate::private_file;
use sha2::{Digest, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
};
use subtle::ConstantTimeEq;

const FILE: &str = "people";

/// Characters of a name.
const LENGTHS: std::ops::RangeInclusive<usize> = 1..=64;

/// What is kept of a token.
pub(crate) type TokenHash = [u8; 32];

/// The people of a data folder. Cheap to copy.
#[derive(Clone, Debug)]
pub struct People {
    file: PathBuf,
}

/// Somebody cannot be added or removed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// A name that is empty, too long, or no line of text.
    #[error("a name has 1 to 64 characters in one line")]
    Name,
    /// Colleagues are told apart by their names.
    #[error("there is somebody of this name already")]
    Taken,
    /// Nobody is called so.
    #[error("there is nobody of this name")]
    Unknown,
    /// The file cannot be read or written.
    #[error("the file people in the data folder cannot be used")]
    File(#[from] io::Error),
}

/// A line of the file.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) token: TokenHash,
}

impl People {
    /// Those of this data folder.
    pub fn of(folder: &Path) -> Self {
        Self {
            file: folder.join(FILE),
        }
    }

    /// Lets somebody in, and returns the token they sign in with. `owner` is called something else already; another start may
    /// call them otherwise, which asks [`People::has`].
    ///
    /// # Errors
    /// [`PeopleError`] says what is in the way.
    pub fn add(&self, name: &str, owner: &str) -> Result<String, PeopleError> {
        let name = name.trim();
        if !LENGTHS.contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(PeopleError::Name);
        }
        let mut people = self.read()?;
        if is_same(owner, name) || people.iter().any(|person| is_same(&person.name, name)) {
            return Err(PeopleError::Taken);
        }
        let token = private_file::random()?;
        people.push(Person {
            name: name.to_owned(),
            token: hash(&token),
        });
        self.write(&people)?;
        Ok(token)
    }

    /// Shuts somebody out, also where they are signed in.
    ///
    /// # Errors
    /// [`PeopleError`] says what is in the way.
    pub fn remove(&self, name: &str) -> Result<(), PeopleError> {
        let mut people = self.read()?;
        let before = people.len();
        people.retain(|person| person.name != name.trim());
        if people.len() == before {
            return Err(PeopleError::Unknown);
        }
        Ok(self.write(&people)?)
    }

    /// What they are called, in the order in which they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn names(&self) -> Result<Vec<String>, PeopleError> {
        Ok(self.read()?.into_iter().map(|person| person.name).collect())
    }

    /// Whether somebody is called so.
    pub(crate) fn has(&self, name: &str) -> io::Result<bool> {
        Ok(self.read()?.iter().any(|person| is_same(&person.name, name)))
    }

    /// Whose token this is. Takes as long for a wrong one as for a right one.
    pub(crate) fn with_token(&self, token: &TokenHash) -> io::Result<Option<Person>> {
        let mut found = None;
        for person in self.read()? {
            if person.token.ct_eq(token).into() {
                found = Some(person);
            }
        }
        Ok(found)
    }

    fn read(&self) -> io::Result<Vec<Person>> {
        let text = private_file::read(&self.file)?.unwrap_or_default();
        let people = text.lines().map(|line| {
            let (token, name) = line.split_once(' ')?;
            let token = hex::decode(token).ok()?.try_into().ok()?;
            let name = name.to_owned();
            Some(Person { name, token })
        });
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a line is damaged");
        people.collect::<Option<_>>().ok_or_else(damaged)
    }

    fn write(&self, people: &[Person]) -> io::Result<()> {
        let line = |person: &Person| format!("{} {}\n", hex::encode(person.token), person.name);
        private_file::write(&self.file, &people.iter().map(line).collect::<String>())
    }
}

/// Colleagues do not tell names apart by their case.
fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// What is kept of a token. It is random, so nothing slower is needed.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn whose(people: &People, token: &str) -> Option<String> {
        people.with_token(&hash(token)).unwrap().map(|person| person.name)
    }

    #[test]
    fn each_person_has_a_token_of_their_own_until_they_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let people = People::of(folder.path());
        assert!(people.names().unwrap().is_empty());
        let omar = people.add(" Omar Haddad ", "Maya").unwrap();
        let ines = people.add("Inês", "Maya").unwrap();
        assert_eq!(people.names().unwrap(), ["Omar Haddad", "Inês"]);
        assert_eq!(whose(&people, &omar).as_deref(), Some("Omar Haddad"));
        assert_eq!(whose(&people, &ines).as_deref(), Some("Inês"));
        assert_eq!(whose(&people, "another"), None);
        people.remove("Omar Haddad").unwrap();
        assert_eq!(whose(&people, &omar), None);
        assert!(matches!(people.remove("Omar Haddad"), Err(PeopleError::Unknown)));
    }

    #[test]
    fn no_two_people_are_called_the_same_and_names_are_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let people = People::of(folder.path());
        people.add("Omar", "Maya").unwrap();
        for taken in ["omar", "Maya"] {
            assert!(matches!(people.add(taken, "Maya"), Err(PeopleError::Taken)), "{taken}");
        }
        let long = "o".repeat(65);
        for wrong in ["", "  ", "a\nb", long.as_str()] {
            assert!(matches!(people.add(wrong, "Maya"), Err(PeopleError::Name)), "{wrong:?}");
        }
    }

    #[test]
    fn the_file_names_no_token_and_its_owner_alone_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let token = People::of(folder.path()).add("Omar", "Maya").unwrap();
        let file = folder.path().join(FILE);
        assert!(!std::fs::read_to_string(&file).unwrap().contains(&token));
        assert!(!private_file::is_open_to_others(&file).unwrap());
    }
}
