//! A voice note: how long it is and about how lively when, from its Ogg pages alone.
//!
//! Nothing is decoded: the decoder without unsafe code that was tried takes a second for five of speech. The levels are
//! the sizes of the Opus packets instead: an encoder of variable rate spends bytes where there is something to hear. They
//! are no measure of loudness in any unit. A recording of constant packets has no levels.

use super::{Sound, means};
use ogg::PacketReader;
use std::{fs::File, io::BufReader, path::Path};

/// Samples a second that Ogg counts Opus in, whatever the recording had (RFC 7845, section 4).
const RATE: u64 = 48_000;
/// Samples of the longest packet, 120 ms (RFC 6716, section 3.2.5).
const LONGEST_PACKET: u64 = 5760;

/// The recording at `path`; `None` for what is no Ogg Opus, or holds nothing.
pub(super) fn of(path: &Path) -> Option<Sound> {
    let mut reader = PacketReader::new(BufReader::new(File::open(path).ok()?));
    let head = reader.read_packet().ok()??;
    let skipped = match head.data.as_slice() {
        [b'O', b'p', b'u', b's', b'H', b'e', b'a', b'd', _, _, low, high, ..] => {
            u64::from(u16::from_le_bytes([*low, *high]))
        }
        _ => return None,
    };
    // The comments.
    reader.read_packet().ok()??;
    let (mut packets, mut counted, mut told) = (Vec::new(), 0_u64, 0_u64);
    // What is damaged ends it; what came before is shown.
    while let Ok(Some(packet)) = reader.read_packet() {
        if packet.stream_serial() != head.stream_serial() {
            continue;
        }
        let samples = samples(&packet.data);
        packets.push((counted, packet.data.len()));
        counted += samples;
        told = told.max(packet.absgp_page());
    }
    // The position of the last page cuts its end off (RFC 7845, section 4.4); one that adds to it is a lie.
    let end = if told > skipped { counted.min(told) } else { counted };
    let duration_ms = end.saturating_sub(skipped).checked_mul(1000)? / RATE;
    (duration_ms > 0).then(|| Sound {
        duration_ms,
        levels: levels(&packets, counted),
    })
}

/// Samples of a packet, from its first bytes (RFC 6716, sections 3.1 and 3.2).
fn samples(packet: &[u8]) -> u64 {
    let Some(head) = packet.first() else { return 0 };
    let config = head >> 3;
    let frame = match (config, config & 3) {
        (0..=11, size) => [480, 960, 1920, 2880].get(usize::from(size)),
        (12..=15, size) => [480, 960].get(usize::from(size & 1)),
        (_, size) => [120, 240, 480, 960].get(usize::from(size)),
    };
    let frames = match head & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => packet.get(1).map_or(0, |count| u64::from(count & 63)),
    };
    (frame.copied().unwrap_or_default() * frames).min(LONGEST_PACKET)
}

/// The mean size of the packets in each part of the recording, from the smallest (a little above 0) to the largest (255).
fn levels(packets: &[(u64, usize)], samples: u64) -> Vec<u8> {
    let sizes = packets
        .iter()
        .map(|(at, size)| (*at, u64::try_from(*size).unwrap_or(u64::MAX)));
    let means = means(sizes, samples);
    let (least, most) = (
        means.iter().min().copied().unwrap_or_default(),
        means.iter().max().copied().unwrap_or_default(),
    );
    if most - least <= most / 10 {
        return Vec::new();
    }
    let floor = least * 3 / 4;
    means
        .iter()
        .map(|mean| u8::try_from((mean - floor) * 255 / (most - floor)).unwrap_or(u8::MAX))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{super::LEVELS, *};
    use ogg::{PacketWriteEndInfo, PacketWriter};

    fn recording(packets: &[Vec<u8>], last_position: u64) -> Option<Sound> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = PacketWriter::new(&mut file);
        let head = [&b"OpusHead\x01\x01"[..], &312_u16.to_le_bytes(), &[0; 7]].concat();
        writer.write_packet(head, 7, PacketWriteEndInfo::EndPage, 0).unwrap();
        writer
            .write_packet(&b"OpusTags"[..], 7, PacketWriteEndInfo::EndPage, 0)
            .unwrap();
        for (index, packet) in packets.iter().enumerate() {
            let is_last = index + 1 == packets.len();
            let info = if is_last {
                PacketWriteEndInfo::EndStream
            } else {
                PacketWriteEndInfo::NormalPacket
            };
            let at = if is_last {
                last_position
            } else {
                (index as u64 + 1) * 960
            };
            writer.write_packet(packet.clone(), 7, info, at).unwrap();
        }
        drop(writer);
        of(file.path())
    }

    /// A packet of 20 ms of speech.
    fn packet(size: usize) -> Vec<u8> {
        let mut packet = vec![9 << 3; size];
        packet.resize(size, 0);
        packet
    }

    #[test]
    fn a_voice_note_is_as_long_as_its_pages_say_and_its_pauses_show() {
        let packets: Vec<_> = (0..500).map(|at| packet(if at < 250 { 80 } else { 8 })).collect();
        let sound = recording(&packets, 500 * 960).unwrap();
        assert_eq!(sound.duration_ms, 9993, "without the samples that are skipped");
        assert_eq!(sound.levels.len(), LEVELS);
        assert_eq!(sound.levels.first(), Some(&255));
        assert!(sound.levels.last().unwrap() < &20, "{:?}", sound.levels);
        assert_eq!(
            recording(&packets, 480_000 - 4800).unwrap().duration_ms,
            9893,
            "its end is cut off"
        );
    }

    #[test]
    fn a_length_that_is_a_lie_is_not_believed() {
        let packets = vec![packet(40); 50];
        for position in [u64::MAX, u64::MAX / 2, 0, 311] {
            assert_eq!(recording(&packets, position).unwrap().duration_ms, 993);
        }
    }

    #[test]
    fn packets_of_one_size_say_nothing_of_loudness() {
        assert_eq!(
            recording(&vec![packet(40); 50], 48_000).unwrap().levels,
            Vec::<u8>::new()
        );
    }

    #[test]
    fn a_voice_note_without_a_sound_is_none() {
        assert_eq!(recording(&[], 0), None);
        assert_eq!(
            recording(&[Vec::new(), vec![3]], 960),
            None,
            "empty packets last for nothing"
        );
    }
}
