//! Secrets on disk, sealed under one key that lives in the system's keychain.
//!
//! The store keeps sealed bytes only; the key is had of a [`KeyStore`] of the host, which is asked from the start on until it
//! gives one. A sealed secret is bound to its place, so that one row's bytes open nothing in another row.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use std::fmt;
use twinbox_whatsapp::Secret;

/// Length of the random part before the sealed bytes.
const NONCE_BYTES: usize = 24;

/// The key that secrets are sealed under.
#[derive(Clone)]
pub struct MasterKey(pub [u8; 32]);

/// Never the key.
impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// Where the key lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the system's keychain.
    Keychain,
    /// In a file that only its owner can read.
    File,
}

/// The key cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct NoKey {
    /// A sentence for a person, without a secret in it.
    pub reason: String,
    /// What the system said, for logs; empty: nothing more.
    pub detail: String,
}

/// Where the host keeps the key. Both calls block: a keychain may ask a person first.
pub trait KeyStore: Send + Sync {
    /// The key, made when there is none yet.
    ///
    /// # Errors
    /// When the system has no keychain, or it refuses, and nobody allowed a file.
    fn open(&self) -> Result<(MasterKey, KeyPlace), NoKey>;

    /// Allows a file, and gives the key in it, made when there is none yet.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn open_in_file(&self) -> Result<MasterKey, NoKey>;
}

/// No key and no way to one: for hosts that get their secrets from the environment alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoKeyStore;

impl KeyStore for NoKeyStore {
    fn open(&self) -> Result<(MasterKey, KeyPlace), NoKey> {
        Err(NoKey {
            reason: "This program keeps no secrets.".to_owned(),
            detail: String::new(),
        })
    }

    fn open_in_file(&self) -> Result<MasterKey, NoKey> {
        self.open().map(|(key, _)| key)
    }
}

/// Seals and opens secrets.
#[derive(Clone)]
pub(crate) struct Vault {
    cipher: XChaCha20Poly1305,
}

/// Sealed bytes that this key does not open: another key made them, or something changed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret on disk cannot be opened with the key of this computer")]
pub(crate) struct NotOpened;

/// The system gives no random numbers, or the secret is absurdly long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret cannot be sealed")]
pub(crate) struct NotSealed;

impl Vault {
    pub(crate) fn new(key: &MasterKey) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(&key.0.into()),
        }
    }

    /// Seals a secret for `place`, for example `meta_app.app_secret`.
    pub(crate) fn seal(&self, secret: &Secret, place: &str) -> Result<Vec<u8>, NotSealed> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| NotSealed)?;
        let payload = Payload {
            msg: secret.expose().as_bytes(),
            aad: place.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| NotSealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for `place`.
    pub(crate) fn open(&self, sealed: &[u8], place: &str) -> Result<Secret, NotOpened> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(NotOpened)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let opened = self
            .cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| NotOpened)?;
        String::from_utf8(opened)
            .map(|text| Secret::new(&text))
            .map_err(|_| NotOpened)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn vault(key: u8) -> Vault {
        Vault::new(&MasterKey([key; 32]))
    }

    #[test]
    fn what_was_sealed_is_opened_with_the_same_key_at_the_same_place_only() {
        let sealed = vault(1).seal(&Secret::new("EAAtoken"), "number.1").unwrap();
        assert_eq!(vault(1).open(&sealed, "number.1").unwrap().expose(), "EAAtoken");
        assert_eq!(vault(2).open(&sealed, "number.1"), Err(NotOpened));
        assert_eq!(vault(1).open(&sealed, "number.2"), Err(NotOpened));
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(vault(1).open(&changed, "number.1"), Err(NotOpened));
        assert_eq!(vault(1).open(&[], "number.1"), Err(NotOpened));
    }

    #[test]
    fn the_same_secret_is_never_sealed_to_the_same_bytes() {
        let seal = || vault(1).seal(&Secret::new("EAAtoken"), "number.1").unwrap();
        let (one, other) = (seal(), seal());
        assert_ne!(one, other);
        assert!(!one.windows(8).any(|bytes| bytes == b"EAAtoken"));
    }
}
