//! MP3, AAC and M4A, decoded to hear how loud each part is.
//!
//! How long a recording is follows from its packets, not from what its head claims. A variety that cannot be decoded
//! (HE-AAC) has its length and no levels.

use super::{LEVELS, MOST_BYTES, Sound, means};
use std::{fs::File, path::Path};
use symphonia::core::{
    codecs::{CodecParameters, audio::AudioDecoder},
    formats::{FormatReader, TrackType, probe::Hint},
    io::{MediaSourceStream, MediaSourceStreamOptions},
};

/// More than three hours of music at its usual 21 to 26 ms a packet; no packet after these is read.
const MOST_PACKETS: usize = 500_000;
/// What is decoded at most, about half an hour: it takes some seconds of one thread. A longer recording has no levels.
const MOST_DECODED: usize = 80_000;

/// A day: a head that says more is a lie.
const LONGEST_MS: u64 = 24 * 60 * 60 * 1000;

pub(super) fn of(path: &Path) -> Option<Sound> {
    let source = MediaSourceStream::new(Box::new(File::open(path).ok()?), MediaSourceStreamOptions::default());
    let mut format = symphonia::default::get_probe()
        .probe(&Hint::new(), source, Default::default(), Default::default())
        .ok()?;
    let track = format.default_track(TrackType::Audio)?;
    let (id, base) = (track.id, track.time_base?);
    let decoder = match &track.codec_params {
        Some(CodecParameters::Audio(parameters)) => symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &Default::default())
            .ok(),
        _ => None,
    };
    let (length, packets) = listen(format.as_mut(), id, decoder);
    let ticks = u128::from(length) * u128::from(base.numer.get()) * 1000;
    let duration_ms = u64::try_from(ticks / u128::from(base.denom.get())).ok()?;
    (1..=LONGEST_MS).contains(&duration_ms).then(|| Sound {
        duration_ms,
        levels: packets.map(|packets| levels(packets, length)).unwrap_or_default(),
    })
}

/// The length of the track in its own ticks, and how loud each packet is: where it begins, and its mean square.
/// `None`: it cannot be decoded, or is too long for that.
fn listen(
    format: &mut dyn FormatReader,
    track: u32,
    mut decoder: Option<Box<dyn AudioDecoder>>,
) -> (u64, Option<Vec<(u64, u64)>>) {
    let (mut length, mut heard, mut samples) = (0_u64, Vec::new(), Vec::<i16>::new());
    // A table of a hostile file can name the same bytes again and again.
    let mut bytes_left = 2 * MOST_BYTES;
    for count in 0..MOST_PACKETS {
        let Ok(Some(packet)) = format.next_packet() else { break };
        let size = u64::try_from(packet.data.len()).unwrap_or(u64::MAX);
        let Some(left) = bytes_left.checked_sub(size.max(1)) else {
            break;
        };
        bytes_left = left;
        if packet.track_id != track {
            continue;
        }
        if count >= MOST_DECODED {
            decoder = None;
        }
        if let Some(decoder) = &mut decoder
            && let Ok(decoded) = decoder.decode(&packet)
        {
            decoded.copy_to_vec_interleaved(&mut samples);
            heard.push((length, mean_square(&samples)));
        }
        length = length.saturating_add(packet.dur.get());
    }
    let heard = decoder.is_some().then_some(heard);
    (length, heard.filter(|heard| !heard.is_empty()))
}

fn mean_square(samples: &[i16]) -> u64 {
    let sum: u64 = samples
        .iter()
        .map(|sample| u64::from(sample.unsigned_abs()).pow(2))
        .sum();
    sum / u64::try_from(samples.len()).unwrap_or(u64::MAX).max(1)
}

/// How loud each part is, from silent (0) to as loud as the loudest (255); none of what is silent throughout.
fn levels(packets: Vec<(u64, u64)>, length: u64) -> Vec<u8> {
    let loudness: [u64; LEVELS] = means(packets.into_iter(), length).map(u64::isqrt);
    match loudness.iter().max().copied() {
        Some(most) if most > 0 => loudness
            .iter()
            .map(|level| u8::try_from(level * 255 / most).unwrap_or(u8::MAX))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::{super::tests::of_bytes, *};

    /// A tone of a second, quiet, and of another, loud; made with ffmpeg's `sine` at 8 kHz.
    const MP3: &[u8] = include_bytes!("samples/quiet_then_loud.mp3");
    const M4A: &[u8] = include_bytes!("samples/quiet_then_loud.m4a");
    const AAC: &[u8] = include_bytes!("samples/quiet_then_loud.aac");

    #[test]
    fn a_recording_is_as_long_as_its_packets_and_its_loud_part_shows() {
        for (name, bytes) in [("mp3", MP3), ("m4a", M4A), ("aac", AAC)] {
            let sound = of_bytes(bytes).unwrap();
            assert!(
                (1950..=2400).contains(&sound.duration_ms),
                "{name}: {}",
                sound.duration_ms
            );
            assert_eq!(sound.levels.len(), LEVELS, "{name}");
            let (quiet, loud) = (sound.levels[10], sound.levels[35]);
            assert!(quiet < 40 && loud > 150, "{name}: {:?}", sound.levels);
        }
    }

    #[test]
    fn a_tag_with_a_picture_before_the_music_is_passed_over() {
        // ID3v2.3, 300,000 bytes of padding: the length is written in seven bits a byte.
        let tag = [&b"ID3\x03\x00\x00\x00\x12\x27\x60"[..], &vec![0; 300_000]].concat();
        let plain = of_bytes(MP3).unwrap();
        assert_eq!(
            of_bytes(&[&tag[..], MP3].concat()).unwrap().duration_ms,
            plain.duration_ms
        );
    }

    #[test]
    fn what_is_cut_off_is_as_long_as_what_came() {
        let whole = of_bytes(AAC).unwrap().duration_ms;
        let half = of_bytes(&AAC[..AAC.len() / 2]).unwrap().duration_ms;
        assert!(half > 500 && half < whole, "{half}");
        assert_eq!(of_bytes(&M4A[..40]), None);
    }

    #[test]
    fn damaged_recordings_end_without_a_panic() {
        for bytes in [MP3, M4A, AAC] {
            for seed in 0..60_usize {
                let mut damaged = bytes.to_vec();
                for n in 0..8 {
                    let at = (seed * 7919 + n * 104_729 + seed * n) % damaged.len();
                    damaged[at] = u8::try_from((seed * 31 + n * 97) % 256).unwrap();
                }
                of_bytes(&damaged);
            }
        }
    }
}
