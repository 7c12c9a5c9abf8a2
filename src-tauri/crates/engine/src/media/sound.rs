//! How long a recording is and how lively it is when.
//!
//! What the bytes are decides how they are read, never what the sender says. Every reader looks at a bounded number of
//! bytes and packets; what is damaged ends the recording there, and what came before is shown. A panic in a decoder ends
//! with the thread that made the preview.

mod amr;
mod decoded;
mod opus;

use std::{fs::File, io::Read, path::Path};
use twinbox_store::Sound;

/// Bars of a waveform.
const LEVELS: usize = 46;
/// Longer files are not looked at. WhatsApp takes audio of up to 16 MB (Meta, "Media", Feb 2026).
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The recording at `path`; `None` for what is none, or holds nothing.
pub(super) fn of(path: &Path) -> Option<Sound> {
    let mut file = File::open(path).ok()?;
    if file.metadata().ok()?.len() > MOST_BYTES {
        return None;
    }
    let mut head = [0; amr::LONGEST_HEAD];
    let length = file.read(&mut head).ok()?;
    let head = head.get(..length)?;
    if head.starts_with(b"OggS") {
        return opus::of(path);
    }
    match amr::Kind::of(head) {
        Some(kind) => amr::of(path, kind),
        None => decoded::of(path),
    }
}

/// The mean of what is measured in each part of a recording: packets begin `at`, of `length` in all.
fn means(packets: impl Iterator<Item = (u64, u64)>, length: u64) -> [u64; LEVELS] {
    let mut parts = [(0_u64, 0_u64); LEVELS];
    for (at, measured) in packets {
        let part = at.saturating_mul(LEVELS as u64) / length.max(1);
        if let Some((sum, count)) = usize::try_from(part).ok().and_then(|part| parts.get_mut(part)) {
            *sum = sum.saturating_add(measured);
            *count += 1;
        }
    }
    // A recording shorter than its parts repeats what came before.
    let mut means = [0; LEVELS];
    let mut before = 0;
    for (mean, (sum, count)) in means.iter_mut().zip(parts) {
        before = sum.checked_div(count).unwrap_or(before);
        *mean = before;
    }
    means
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// What is read of a file with these bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Sound> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
        of(file.path())
    }

    #[test]
    fn what_is_no_recording_is_none() {
        for bytes in [
            &b""[..],
            b"OggS",
            b"ID3\x03",
            b"#!AMR\n",
            b"#!AMR",
            &[0xff; 4000],
            &[0; 4000],
        ] {
            assert_eq!(of_bytes(bytes), None);
        }
    }
}
