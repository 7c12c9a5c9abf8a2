//! The folder `media`: files under the hash of their content, `ab/cdef…`, so that the same one is kept once and no name
//! a sender chose ever becomes a path. The thumbnail of a picture lies beside it, `ab/cdef….thumb`. What is on its way in lies in `media/incoming`, which every start empties.

use crate::{Store, StoreError, connections::protect};
use sha2::{Digest, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
    fs::{self, File, OpenOptions},
    io::AsyncWriteExt,
};
use twinbox_domain::{ContentHash, Millis};

/// A file in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// What it is kept by.
    pub hash: ContentHash,
    /// How long it is.
    pub size_bytes: u64,
}

/// Where the files are.
#[derive(Debug)]
pub(crate) struct MediaFolder {
    root: PathBuf,
    /// Names what comes in.
    serial: AtomicU64,
}

impl MediaFolder {
    /// The folder below the data folder `data`, made if needed, without what a crash left half.
    pub(crate) fn open(data: &Path) -> Result<Self, StoreError> {
        let root = data.join("media");
        let incoming = root.join("incoming");
        let prepare = || {
            if incoming.exists() {
                std::fs::remove_dir_all(&incoming)?;
            }
            std::fs::create_dir_all(&incoming)?;
            protect(&root, 0o700)
        };
        prepare().map_err(|source| StoreError::Folder {
            path: root.clone(),
            source,
        })?;
        Ok(Self {
            root,
            serial: AtomicU64::new(0),
        })
    }

    pub(crate) fn path_of(&self, hash: &ContentHash) -> PathBuf {
        let name = hash.to_string();
        match name.split_at_checked(2) {
            Some((folder, rest)) => self.root.join(folder).join(rest),
            None => self.root.join(name),
        }
    }

    /// A file that is in no message any more is in a composer, as if it had been handed over `now`.
    pub(crate) fn renew(&self, hash: &ContentHash, now: Millis) {
        let file = std::fs::File::options().append(true).open(self.path_of(hash));
        if let Err(error) = file.and_then(|file| file.set_modified(wall_clock(now))) {
            tracing::warn!(%error, "a file that was taken back may go sooner than others");
        }
    }

    fn older_than(&self, at: SystemTime) -> io::Result<Vec<ContentHash>> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&self.root)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path())? {
                let file = file?;
                let (start, rest) = (folder.file_name(), file.file_name());
                // Thumbnails go with their pictures.
                let hash = ContentHash::told(&format!("{}{}", start.to_string_lossy(), rest.to_string_lossy()));
                let since = file.metadata().and_then(|kept| kept.modified());
                found.extend(hash.filter(|_| since.is_ok_and(|since| since < at)));
            }
        }
        Ok(found)
    }
}

/// A file on its way in. Dropped before it is kept, it leaves nothing behind.
pub struct IncomingFile {
    store: Store,
    path: PathBuf,
    file: File,
    hasher: Sha256,
    size_bytes: u64,
}

impl Store {
    /// Begins a file that comes in.
    ///
    /// # Errors
    /// What the system says.
    pub async fn receive_file(&self) -> io::Result<IncomingFile> {
        let serial = self.media.serial.fetch_add(1, Ordering::Relaxed);
        let path = self.media.root.join("incoming").join(serial.to_string());
        let file = OpenOptions::new().write(true).create_new(true).open(&path).await?;
        Ok(IncomingFile {
            store: self.clone(),
            path,
            file,
            hasher: Sha256::new(),
            size_bytes: 0,
        })
    }

    /// The files that were put into the folder before `at`. Blocks while it looks at all there are.
    ///
    /// # Errors
    /// What the system says.
    pub fn files_from_before(&self, at: Millis) -> io::Result<Vec<ContentHash>> {
        self.media.older_than(wall_clock(at))
    }

    /// Where a kept file is.
    pub fn file_path(&self, hash: &ContentHash) -> PathBuf {
        self.media.path_of(hash)
    }
}

impl IncomingFile {
    /// Adds bytes to the end.
    ///
    /// # Errors
    /// What the system says, for example that the disk is full.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.hasher.update(bytes);
        self.size_bytes = self
            .size_bytes
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// What all of it hashes to.
    pub fn hash(&self) -> ContentHash {
        ContentHash(self.hasher.clone().finalize().into())
    }

    /// Where it lies until it is kept. Complete after [`IncomingFile::flush`].
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Hands everything written so far to the disk.
    ///
    /// # Errors
    /// What the system says.
    pub async fn flush(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await
    }

    /// Puts it in its place. When this returns it survives a power cut.
    ///
    /// # Errors
    /// What the system says.
    pub async fn keep(mut self) -> io::Result<KeptFile> {
        self.flush().await?;
        let kept = KeptFile {
            hash: self.hash(),
            size_bytes: self.size_bytes,
        };
        let place = self.store.file_path(&kept.hash);
        let folder = place.parent().map(Path::to_owned).unwrap_or_default();
        fs::create_dir_all(&folder).await?;
        // The same content there before is replaced by itself, or stays where the system does not let go of a file that
        // is being read.
        if let Err(error) = fs::rename(&self.path, &place).await {
            let there = fs::metadata(&place).await.map(|there| there.len());
            if !matches!(there, Ok(length) if length == kept.size_bytes) {
                return Err(error);
            }
        }
        sync_folder(&folder).await?;
        sync_folder(&self.store.media.root).await?;
        Ok(kept)
    }
}

impl Drop for IncomingFile {
    fn drop(&mut self) {
        // Once kept it is not there any more, and the next start empties the folder.
        drop(std::fs::remove_file(&self.path));
    }
}

/// What the system calls this time.
fn wall_clock(at: Millis) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(at.0).unwrap_or_default())
}

/// Makes a new name in a folder durable. Windows does so by itself and opens no folders.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder).await?.sync_all().await?;
    }
    Ok(())
}
