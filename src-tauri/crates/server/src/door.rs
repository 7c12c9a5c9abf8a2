//! Who comes in with which token: the owner of the server, or one of its people.

use crate::{
    api_token::ApiToken,
    people::{self, People, TokenHash},
};
use std::{io, path::Path};

/// Tells who somebody is by the token they bring.
#[derive(Clone)]
pub(crate) struct Door {
    api_token: ApiToken,
    owner: String,
    people: People,
}

/// What somebody came in with.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    /// The token of the API, which is the owner's.
    Owners,
    /// That of a person.
    Persons(TokenHash),
}

impl Door {
    /// Of a data folder, whose owner is called `owner`. Makes the owner's token if there is none.
    pub(crate) fn of(folder: &Path, owner: String) -> io::Result<Self> {
        Ok(Self {
            api_token: ApiToken::of(folder)?,
            owner,
            people: People::of(folder),
        })
    }

    /// What the owner is called.
    pub(crate) fn owner(&self) -> &str {
        &self.owner
    }

    /// Who brings this `Authorization` header, and with what; `None` for nobody we know.
    ///
    /// # Errors
    /// When it cannot be read who else than the owner may come in.
    pub(crate) fn opens(&self, authorization: Option<&str>) -> io::Result<Option<(String, Key)>> {
        let Some(token) = authorization.and_then(|header| header.strip_prefix("Bearer ")) else {
            return Ok(None);
        };
        let token = token.trim();
        if self.api_token.is(token) {
            return Ok(Some((self.owner.clone(), Key::Owners)));
        }
        let token = people::hash(token);
        let person = self.people.with_token(&token)?;
        Ok(person.map(|person| (person.name, Key::Persons(token))))
    }

    /// Whether it still opens. Nobody is shut out for as long as that cannot be read.
    pub(crate) fn still_opens(&self, key: &Key) -> bool {
        match key {
            Key::Owners => true,
            Key::Persons(token) => match self.people.with_token(token) {
                Ok(person) => person.is_some(),
                Err(error) => {
                    tracing::error!(%error, "who was removed cannot be read");
                    true
                }
            },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_who_comes_and_no_other_header_opens() {
        let folder = tempfile::tempdir().unwrap();
        let door = Door::of(folder.path(), "Maya".to_owned()).unwrap();
        let owners = std::fs::read_to_string(folder.path().join("api-token")).unwrap();
        let omars = People::of(folder.path()).add("Omar", "Maya").unwrap();
        let who = |header: &str| door.opens(Some(header)).unwrap().map(|(name, _)| name);
        assert_eq!(who(&format!("Bearer {owners}")).as_deref(), Some("Maya"));
        assert_eq!(who(&format!("Bearer {omars}")).as_deref(), Some("Omar"));
        for wrong in ["", "Bearer ", omars.as_str(), "Bearer 00"] {
            assert_eq!(who(wrong), None, "{wrong:?}");
        }
        assert!(door.opens(None).unwrap().is_none());
        let (_, key) = door.opens(Some(&format!("Bearer {omars}"))).unwrap().unwrap();
        assert!(door.still_opens(&key));
        People::of(folder.path()).remove("Omar").unwrap();
        assert!(!door.still_opens(&key));
    }

    #[test]
    fn nobody_comes_in_or_is_shut_out_while_it_cannot_be_read_who_may() {
        let folder = tempfile::tempdir().unwrap();
        let door = Door::of(folder.path(), "Maya".to_owned()).unwrap();
        let owners = std::fs::read_to_string(folder.path().join("api-token")).unwrap();
        let omars = format!("Bearer {}", People::of(folder.path()).add("Omar", "Maya").unwrap());
        let (_, key) = door.opens(Some(&omars)).unwrap().unwrap();
        let file = folder.path().join("people");
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert!(door.opens(Some(&omars)).is_err());
        assert!(door.still_opens(&key));
        assert!(door.opens(Some(&format!("Bearer {owners}"))).unwrap().is_some());
    }
}
