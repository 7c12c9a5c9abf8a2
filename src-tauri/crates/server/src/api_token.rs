//! The token that opens the API to its owner: made at the first start, kept in the data folder, readable by its owner only.

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
        let token = private_file::random()?;
        private_file::write(file, &token)?;
        Ok(Self(token))
    }

    /// Whether this is it. Takes as long for a wrong one as for the right one.
    pub(crate) fn is(&self, token: &str) -> bool {
        self.0.as_bytes().ct_eq(token.as_bytes()).into()
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
        assert!(token.is(&token.0));
        for wrong in ["", "00", &token.0.to_uppercase()] {
            assert!(!token.is(wrong), "{wrong:?}");
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
