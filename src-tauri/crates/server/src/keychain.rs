//! The key that secrets are sealed under: in the system's keychain, or in a file where the owner allowed one.
//!
//! One key of 32 bytes for each data folder, made when it is first asked for. Secrets themselves never come here.

use crate::private_file;
#[cfg(target_os = "linux")]
use keyring_core::api::CredentialStoreApi;
use sha2::{Digest, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
};
use twinbox_engine::{KeyPlace, KeyStore, MasterKey, NoKey};

/// Under this name the keychain lists it.
const SERVICE: &str = "twinbox";

/// In the data folder.
const FILE: &str = "master-key";

/// The [`KeyStore`] of both hosts.
#[derive(Clone, Debug)]
pub struct Keychain {
    folder: PathBuf,
}

impl Keychain {
    /// For the data in `folder`, which has to be there when the key is asked for.
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Which of the keychain's entries is ours. Another data folder has another one; the same one has the same,
    /// whatever it was called on the command line.
    fn user(&self) -> io::Result<String> {
        let folder = self.folder.canonicalize()?;
        Ok(hex::encode(Sha256::digest(folder.as_os_str().as_encoded_bytes())))
    }

    /// The key in the file; `None` when there is no file.
    fn in_file(&self) -> Result<Option<MasterKey>, NoKey> {
        let unreadable = |error| no_key(&error, "The file master-key in the data folder cannot be read.");
        let Some(text) = private_file::read(&self.file()).map_err(unreadable)? else {
            return Ok(None);
        };
        if private_file::is_open_to_others(&self.file()).map_err(unreadable)? {
            return Err(reason(
                "Others on this computer can read the file master-key in the data folder: make it yours alone (chmod 600).",
            ));
        }
        let mut key = [0; 32];
        match hex::decode_to_slice(text, &mut key) {
            Ok(()) => Ok(Some(MasterKey(key))),
            Err(_) => Err(reason("The file master-key in the data folder is damaged.")),
        }
    }
}

impl KeyStore for Keychain {
    fn open(&self) -> Result<(MasterKey, KeyPlace), NoKey> {
        // A file is there only where the owner allowed it, and then what is sealed is sealed under its key.
        if let Some(key) = self.in_file()? {
            return Ok((key, KeyPlace::File));
        }
        let user = self
            .user()
            .map_err(|error| no_key(&error, "The data folder cannot be found."))?;
        key_of(&entry(&user)?).map(|key| (key, KeyPlace::Keychain))
    }

    fn open_in_file(&self) -> Result<MasterKey, NoKey> {
        if let Some(key) = self.in_file()? {
            return Ok(key);
        }
        let key = new_key()?;
        private_file::write(&self.file(), &hex::encode(key.0))
            .map_err(|error| no_key(&error, "The file master-key in the data folder cannot be written."))?;
        Ok(key)
    }
}

/// Our entry in the keychain, which may be started after this program: it is looked for each time, the library looks once.
#[cfg(target_os = "linux")]
fn entry(user: &str) -> Result<keyring::Entry, NoKey> {
    let store = zbus_secret_service_keyring_store::Store::new();
    let entry = store.and_then(|store| store.build(SERVICE, user, None));
    entry
        .map(|inner| keyring::Entry { inner })
        .map_err(|error| not_there(&error))
}

/// Our entry in the keychain.
#[cfg(not(target_os = "linux"))]
fn entry(user: &str) -> Result<keyring::Entry, NoKey> {
    keyring::Entry::new(SERVICE, user).map_err(|error| {
        // The first use has failed, and said why.
        let told = keyring::Entry::store_status().as_ref().err().unwrap_or(&error);
        not_there(told)
    })
}

/// The key of an entry, made when it has none. Reading comes first: that an entry can be named says nothing.
fn key_of(entry: &keyring::Entry) -> Result<MasterKey, NoKey> {
    match entry.get_secret() {
        Ok(secret) => key_from(&secret),
        Err(keyring::Error::NoEntry) => {
            let key = new_key()?;
            entry.set_secret(&key.0).map_err(|error| not_there(&error))?;
            // Read back, because what is sealed under a key that was not kept is lost.
            match entry.get_secret().map_err(|error| not_there(&error))? {
                kept if kept == key.0 => Ok(key),
                _ => Err(reason("The keychain did not keep what it was given.")),
            }
        }
        Err(error) => Err(not_there(&error)),
    }
}

fn key_from(secret: &[u8]) -> Result<MasterKey, NoKey> {
    let key = secret.try_into().map(MasterKey);
    key.map_err(|_| reason("What the keychain has for Twinbox is no key of Twinbox."))
}

fn new_key() -> Result<MasterKey, NoKey> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| no_key(&error, "The system gives no random numbers."))?;
    Ok(MasterKey(key))
}

fn not_there(error: &keyring::Error) -> NoKey {
    match error {
        // These two carry what the keychain holds, which is no business of a log.
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            reason("What the keychain has for Twinbox cannot be read.")
        }
        keyring::Error::Ambiguous(_) => reason("The keychain has more than one key for this data folder."),
        keyring::Error::NoStorageAccess(_) => {
            no_key(error, "The keychain is locked, or it was not allowed to open it.")
        }
        _ => no_key(error, NO_KEYCHAIN),
    }
}

const NO_KEYCHAIN: &str = if cfg!(target_os = "linux") {
    "No keychain answers on this computer. On Linux it is GNOME Keyring, KWallet or another Secret Service."
} else {
    "The keychain of this computer does not answer."
};

fn no_key(error: &dyn std::error::Error, sentence: &str) -> NoKey {
    NoKey {
        detail: error.to_string(),
        ..reason(sentence)
    }
}

fn reason(sentence: &str) -> NoKey {
    NoKey {
        reason: sentence.to_owned(),
        detail: String::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    #[cfg(not(target_os = "linux"))]
    use keyring_core::api::CredentialStoreApi;

    fn mock() -> keyring::Entry {
        let store = keyring_core::mock::Store::new().unwrap();
        keyring::Entry {
            inner: store.build(SERVICE, "folder", None).unwrap(),
        }
    }

    #[test]
    fn a_key_is_made_once_and_kept() {
        let entry = mock();
        let key = key_of(&entry).unwrap();
        assert_eq!(key_of(&entry).unwrap().0, key.0);
        assert_ne!(key.0, [0; 32]);
        assert_ne!(key_of(&mock()).unwrap().0, key.0);
    }

    #[test]
    fn what_is_no_key_is_neither_used_nor_replaced() {
        let entry = mock();
        entry.set_secret(b"short").unwrap();
        assert!(key_of(&entry).is_err());
        assert_eq!(entry.get_secret().unwrap(), b"short");
    }

    #[test]
    fn a_keychain_that_fails_is_asked_for_no_second_key() {
        let entry = mock();
        let key = key_of(&entry).unwrap();
        let inner = entry.inner.as_any().downcast_ref::<keyring_core::mock::Cred>().unwrap();
        inner.set_error(keyring::Error::NoStorageAccess("locked".into()));
        assert!(key_of(&entry).unwrap_err().reason.contains("locked"));
        assert_eq!(key_of(&entry).unwrap().0, key.0);
    }

    #[test]
    fn a_key_in_a_file_stays_the_same_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Keychain::of(folder.path());
        assert!(keychain.in_file().unwrap().is_none());
        let key = keychain.open_in_file().unwrap();
        assert_eq!(keychain.open_in_file().unwrap().0, key.0);
        // With a file the system is not even asked.
        let (opened, place) = keychain.open().unwrap();
        assert_eq!((opened.0, place), (key.0, KeyPlace::File));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = || std::fs::metadata(keychain.file()).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(), 0o600);
            std::fs::set_permissions(keychain.file(), PermissionsExt::from_mode(0o640)).unwrap();
            assert!(keychain.open().unwrap_err().reason.contains("chmod 600"));
            assert!(keychain.open_in_file().is_err());
            assert_eq!(mode(), 0o640);
        }
    }

    #[test]
    fn a_damaged_file_is_said_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Keychain::of(folder.path());
        for damaged in ["", "00", "zz", &"0".repeat(66)] {
            private_file::write(&keychain.file(), damaged).unwrap();
            assert!(keychain.open().unwrap_err().reason.contains("damaged"), "{damaged}");
            assert!(keychain.open_in_file().is_err(), "{damaged}");
            assert_eq!(std::fs::read_to_string(keychain.file()).unwrap(), damaged);
        }
    }

    #[test]
    fn two_data_folders_share_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other");
        std::fs::create_dir(&other).unwrap();
        let user = |folder: &Path| Keychain::of(folder).user().unwrap();
        assert_ne!(user(folder.path()), user(&other));
        assert_eq!(user(&other), user(&other.join("../other")));
    }

    /// Each of these has a bus of its own, and so a process of its own.
    #[cfg(target_os = "linux")]
    mod in_a_session {
        use super::*;
        use std::process::Command;

        const INSIDE: &str = "TWINBOX_TEST_SESSION";

        /// Runs the test of this name once more, inside `session`, whose arguments end where a program is named.
        fn passes_inside(session: &mut Command, name: &str) -> bool {
            let name = format!("keychain::tests::in_a_session::{name}");
            let program = std::env::current_exe().unwrap();
            let session = session.arg(program).args(["--exact", &name, "--nocapture"]);
            let output = session.env(INSIDE, "1").output().unwrap();
            let told = String::from_utf8_lossy(&output.stdout);
            eprintln!("{told}{}", String::from_utf8_lossy(&output.stderr));
            output.status.success() && told.contains("1 passed")
        }

        fn is_inside() -> bool {
            std::env::var_os(INSIDE).is_some()
        }

        #[test]
        fn the_systems_keychain_keeps_the_key() {
            let folder = tempfile::tempdir().unwrap();
            if is_inside() {
                let keychain = Keychain::of(folder.path());
                let (key, place) = keychain.open().unwrap();
                assert_eq!(place, KeyPlace::Keychain);
                assert_eq!(keychain.open().unwrap().0.0, key.0);
                assert!(!keychain.file().exists());
                return;
            }
            let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
            if !has("gnome-keyring-daemon") || !has("dbus-run-session") {
                eprintln!("SKIPPED: no gnome-keyring-daemon or no dbus-run-session here");
                return;
            }
            let unlocked = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
            let mut session = Command::new("dbus-run-session");
            session
                .args(["--", "sh", "-c", unlocked, "sh"])
                .env("HOME", folder.path())
                .env("XDG_DATA_HOME", folder.path())
                .env("XDG_RUNTIME_DIR", folder.path());
            assert!(passes_inside(&mut session, "the_systems_keychain_keeps_the_key"));
        }

        #[test]
        fn a_keychain_that_is_started_later_is_found() {
            let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
            if !has("gnome-keyring-daemon") || !has("dbus-daemon") {
                eprintln!("SKIPPED: no gnome-keyring-daemon or no dbus-daemon here");
                return;
            }
            if !is_inside() {
                let folder = tempfile::tempdir().unwrap();
                let bus = format!("unix:path={}", folder.path().join("bus").display());
                let mut session = Command::new("env");
                session
                    .env("DBUS_SESSION_BUS_ADDRESS", bus)
                    .env("HOME", folder.path())
                    .env("XDG_DATA_HOME", folder.path())
                    .env("XDG_RUNTIME_DIR", folder.path());
                assert!(passes_inside(&mut session, "a_keychain_that_is_started_later_is_found"));
                return;
            }
            let home = std::env::var("HOME").unwrap();
            let keychain = Keychain::of(Path::new(&home));
            assert_eq!(keychain.open().unwrap_err().reason, NO_KEYCHAIN);
            let starts = "dbus-daemon --session --nopidfile --fork --print-pid --address=$DBUS_SESSION_BUS_ADDRESS
                printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
            let started = Command::new("sh").args(["-c", starts]).output().unwrap();
            let opened = keychain.open();
            let bus = String::from_utf8(started.stdout).unwrap();
            Command::new("kill").arg(bus.trim()).status().unwrap();
            assert_eq!(opened.unwrap().1, KeyPlace::Keychain);
        }

        #[test]
        fn a_computer_without_a_keychain_says_so_and_a_file_works() {
            let folder = tempfile::tempdir().unwrap();
            if is_inside() {
                let keychain = Keychain::of(folder.path());
                assert_eq!(keychain.open().unwrap_err().reason, NO_KEYCHAIN);
                assert!(!keychain.file().exists());
                let key = keychain.open_in_file().unwrap();
                assert_eq!(keychain.open().unwrap().0.0, key.0);
                return;
            }
            let mut session = Command::new("env");
            session.arg("DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus");
            let name = "a_computer_without_a_keychain_says_so_and_a_file_works";
            assert!(passes_inside(&mut session, name));
        }
    }
}
