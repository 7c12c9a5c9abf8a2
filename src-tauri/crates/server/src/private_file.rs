//! Small files that only their owner can read.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

/// What the file says, trimmed; `None` when there is none.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read(file: &Path) -> io::Result<Option<String>> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// 256 random bits as 64 hexadecimal digits, to be kept in such a file or told once.
///
/// # Errors
/// When the system gives none.
pub(crate) fn random() -> io::Result<String> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(hex::encode(random))
}

/// Writes the whole file or nothing. It is on the disk when this returns.
///
/// # Errors
/// When it cannot be written; what was there before is left as it was.
pub(crate) fn write(file: &Path, text: &str) -> io::Result<()> {
    // Under another name first, so that a crash leaves no half of it; a leftover of one may be open to others.
    let unfinished = file.with_extension("new");
    match std::fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut writer = options.open(&unfinished)?;
    writer.write_all(text.as_bytes())?;
    writer.sync_all()?;
    std::fs::rename(unfinished, file)?;
    // The name is on the disk with its folder only.
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Whether others than its owner may read or write it. Never where the system has no such thing as a mode.
///
/// # Errors
/// When the system does not tell.
pub(crate) fn is_open_to_others(file: &Path) -> io::Result<bool> {
    let about = std::fs::metadata(file)?;
    #[cfg(unix)]
    return Ok(std::os::unix::fs::MetadataExt::mode(&about) & 0o077 != 0);
    #[cfg(not(unix))]
    return Ok(about.is_dir());
}
