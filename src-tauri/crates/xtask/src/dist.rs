//! A folder kept equal to a list of files, touching only what differs: the shell is rebuilt when a file in it changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What the folder shall hold.
#[derive(Default)]
pub struct Files {
    /// From the path inside the folder to the content.
    content: BTreeMap<PathBuf, Vec<u8>>,
}

impl Files {
    /// Adds one file under a name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn add_file(&mut self, source: &Path, name: impl AsRef<Path>) -> Result<()> {
        let bytes = std::fs::read(source).with_context(|| format!("cannot read {}", source.display()))?;
        self.content.insert(name.as_ref().to_owned(), bytes);
        Ok(())
    }

    /// Adds a file that is made here.
    pub fn add_text(&mut self, name: impl AsRef<Path>, text: String) {
        self.content.insert(name.as_ref().to_owned(), text.into_bytes());
    }

    /// Adds what lies in a folder and below, under a name (empty: at the top).
    ///
    /// # Errors
    /// When something cannot be read.
    pub fn add_folder(&mut self, source: &Path, name: impl AsRef<Path>) -> Result<()> {
        for file in files_below(source)? {
            let inside = file.strip_prefix(source).context("a file outside its folder")?;
            self.add_file(&file, name.as_ref().join(inside))?;
        }
        Ok(())
    }

    /// The files whose names end in this.
    pub fn with_extension(&self, extension: &str) -> impl Iterator<Item = (&Path, &[u8])> {
        let content = self
            .content
            .iter()
            .map(|(name, bytes)| (name.as_path(), bytes.as_slice()));
        content.filter(move |(name, _)| name.extension().is_some_and(|it| it == extension))
    }

    /// Makes a folder hold exactly these files, and returns how many were written or removed.
    ///
    /// # Errors
    /// When something cannot be written or removed.
    pub fn write_to(&self, folder: &Path) -> Result<usize> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let mut changed = 0;
        for present in files_below(folder)? {
            let is_wanted = present
                .strip_prefix(folder)
                .is_ok_and(|name| self.content.contains_key(name));
            if !is_wanted {
                std::fs::remove_file(&present).with_context(|| format!("cannot remove {}", present.display()))?;
                changed += 1;
            }
        }
        for (name, bytes) in &self.content {
            let path = folder.join(name);
            if std::fs::read(&path).is_ok_and(|old| old == *bytes) {
                continue;
            }
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
            }
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
            changed += 1;
        }
        Ok(changed)
    }
}

/// The files in a folder and below.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_file_is_not_touched_and_a_stale_one_goes() {
        let (source, target) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (source, target) = (source.path(), target.path());
        std::fs::create_dir_all(source.join("styles")).unwrap();
        std::fs::write(source.join("styles/a.css"), "a").unwrap();
        std::fs::write(target.join("old.css"), "old").unwrap();
        let mut files = Files::default();
        files.add_folder(source, "").unwrap();

        assert_eq!(files.write_to(target).unwrap(), 2, "one written, one removed");
        assert_eq!(files.write_to(target).unwrap(), 0);
        assert!(!target.join("old.css").exists());
        assert_eq!(std::fs::read_to_string(target.join("styles/a.css")).unwrap(), "a");
    }
}
