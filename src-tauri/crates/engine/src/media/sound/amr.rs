//! AMR, which phones record calls and older voice notes in: frames of 20 ms each, counted and not decoded, so there are
//! no levels.

use super::Sound;
use std::{fs, path::Path};

/// Of the two below, the longer one.
pub(super) const LONGEST_HEAD: usize = 9;
/// What a frame lasts.
const FRAME_MS: u64 = 20;

/// Which of the two it is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Narrow,
    Wide,
}

impl Kind {
    /// By the first bytes (RFC 4867, section 5.1). Recordings of several channels are none of these.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        [Self::Narrow, Self::Wide]
            .into_iter()
            .find(|kind| head.starts_with(kind.head()))
    }

    const fn head(self) -> &'static [u8] {
        match self {
            Self::Narrow => b"#!AMR\n",
            Self::Wide => b"#!AMR-WB\n",
        }
    }

    /// Bytes of a frame that begins with `first`, this byte included (RFC 4867, section 5.3); `None` for a frame of a
    /// kind there is not.
    fn frame(self, first: u8) -> Option<usize> {
        let lengths: &[usize] = match self {
            Self::Narrow => &[13, 14, 16, 18, 20, 21, 27, 32, 6],
            Self::Wide => &[18, 24, 33, 37, 41, 47, 51, 59, 61, 6],
        };
        match usize::from(first >> 3 & 15) {
            // Lost, or nothing said.
            14 | 15 => Some(1),
            kind => lengths.get(kind).copied(),
        }
    }
}

pub(super) fn of(path: &Path, kind: Kind) -> Option<Sound> {
    let bytes = fs::read(path).ok()?;
    let mut rest = bytes.strip_prefix(kind.head())?;
    let mut frames = 0_u64;
    while let Some(length) = rest.first().and_then(|first| kind.frame(*first))
        && let Some((_, next)) = rest.split_at_checked(length)
    {
        frames += 1;
        rest = next;
    }
    (frames > 0).then(|| Sound {
        duration_ms: frames * FRAME_MS,
        levels: Vec::new(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::{super::tests::of_bytes, *};

    fn recording(kind: Kind, firsts: &[u8]) -> Vec<u8> {
        let mut bytes = kind.head().to_vec();
        for first in firsts {
            let length = kind.frame(*first).unwrap();
            bytes.push(*first);
            bytes.resize(bytes.len() + length - 1, 0);
        }
        bytes
    }

    #[test]
    fn a_recording_lasts_as_long_as_its_frames_whatever_their_size() {
        // 12.2 kbit/s, silence, nothing said; 23.85 kbit/s.
        let narrow = recording(Kind::Narrow, &[0x3c, 0x44, 0x7c]);
        assert_eq!(of_bytes(&narrow).unwrap().duration_ms, 60);
        let wide = recording(Kind::Wide, &[0x44; 50]);
        assert_eq!(of_bytes(&wide).unwrap().duration_ms, 1000);
        assert_eq!(of_bytes(&wide).unwrap().levels, Vec::<u8>::new());
    }

    #[test]
    fn what_is_damaged_or_cut_off_ends_it() {
        let whole = recording(Kind::Narrow, &[0x3c; 10]);
        assert_eq!(of_bytes(&whole[..whole.len() - 1]).unwrap().duration_ms, 180);
        let damaged = [&whole[..], &[0x4c][..], &whole[6..]].concat();
        assert_eq!(
            of_bytes(&damaged).unwrap().duration_ms,
            200,
            "a kind of frame there is not"
        );
    }
}
