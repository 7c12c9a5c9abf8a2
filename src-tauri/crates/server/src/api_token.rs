//! The token that opens the API: made at the first start, kept in the data folder, readable by its owner only.

use crate::private_file;
use std::{io, path::Path};
use subtle::ConstantTimeEq;

const FILE: &str = "api-token";

/// The API's bearer token.
#[derive(Clone)]
pub(crate) struct ApiToken(String);

impl ApiToken {
    /// Reads the token in `folder`, or makes a new one of 256 random bits.
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        let file = folder.join(FILE);
        match private_file::read(&file)? {
            Some(token) if token.len() >= 32 => Ok(Self(token)),
            Some(_) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the file api-token is damaged; delete it",
            )),
            None => Self::make(&file),
        }
    }

    fn make(file: &Path) -> io::Result<Self> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let token = hex::encode(random);
        private_file::write(file, &token)?;
        Ok(Self(token))
    }

    /// Whether an `Authorization` header carries it. Takes as long for a wrong one as for the right one.
    pub(crate) fn opens(&self, authorization: Option<&str>) -> bool {
        let given = authorization
            .and_then(|header| header.strip_prefix("Bearer "))
            .unwrap_or_default();
        self.0.as_bytes().ct_eq(given.trim().as_bytes()).into()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_token_stays_the_same_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let token = ApiToken::of(folder.path()).unwrap();
        assert_eq!(ApiToken::of(folder.path()).unwrap().0, token.0);
        assert!(token.opens(Some(&format!("Bearer {}", token.0))));
        for wrong in [
            None,
            Some(""),
            Some("Bearer "),
            Some(token.0.as_str()),
            Some("Bearer 00"),
        ] {
            assert!(!token.opens(wrong), "{wrong:?}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
