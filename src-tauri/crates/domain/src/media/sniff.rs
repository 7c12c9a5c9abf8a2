//! What a file is, told by its first bytes alone: neither its name nor who sends it is believed.

/// The kinds of file that are told apart, because WhatsApp treats them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    Jpeg {
        /// 8 bits in each of three colors.
        is_rgb: bool,
    },
    Png {
        /// 8 bits in each of three colors, with or without transparency.
        is_rgb: bool,
    },
    WebP {
        is_animated: bool,
    },
    /// A picture of a kind that WhatsApp does not show.
    OtherImage,
    Mp4,
    ThreeGp,
    /// A film of a kind that WhatsApp does not play.
    OtherVideo,
    Aac,
    Amr,
    Mp3,
    M4a,
    Opus {
        channels: u8,
    },
    /// Sound of a kind that WhatsApp does not play.
    OtherAudio,
    Pdf,
    /// Also what newer office programs write.
    Zip,
    /// What older office programs write.
    Ole,
    Text,
    Unknown,
}

/// What begins like this. `head` is the beginning of the file, or all of it.
pub(super) fn sniff(head: &[u8]) -> Sniffed {
    let at = |offset: usize, mark: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(mark));
    if at(0, b"\xff\xd8\xff") {
        let is_rgb = jpeg_frame(head) == Some((8, 3));
        return Sniffed::Jpeg { is_rgb };
    }
    if at(0, b"\x89PNG\r\n\x1a\n") {
        // The first chunk: length, "IHDR", width, height, bits, color type (2: RGB, 6: RGBA).
        let is_rgb = at(12, b"IHDR") && (at(24, &[8, 2]) || at(24, &[8, 6]));
        return Sniffed::Png { is_rgb };
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        let is_animated = at(12, b"VP8X") && head.get(20).is_some_and(|flags| flags & 0b10 != 0);
        return Sniffed::WebP { is_animated };
    }
    if at(4, b"ftyp") {
        return brand(head.get(8..12).unwrap_or_default());
    }
    // Two letters alone would be little; these fields are always empty.
    if at(0, b"BM") && at(6, &[0; 4]) {
        return Sniffed::OtherImage;
    }
    if at(0, b"OggS") {
        // A page's head is 27 bytes and its table; the first page holds one short packet.
        return match (at(28, b"OpusHead"), head.get(37)) {
            (true, Some(channels)) => Sniffed::Opus { channels: *channels },
            _ => Sniffed::OtherAudio,
        };
    }
    let by_mark: [(usize, &[u8], Sniffed); 19] = [
        (0, b"#!AMR\n", Sniffed::Amr),
        (0, b"#!AMR", Sniffed::OtherAudio),
        (0, b"ID3", Sniffed::Mp3),
        (0, b"fLaC", Sniffed::OtherAudio),
        (8, b"WAVE", Sniffed::OtherAudio),
        (8, b"AIFF", Sniffed::OtherAudio),
        (0, b"MThd", Sniffed::OtherAudio),
        (0, b"\x1a\x45\xdf\xa3", Sniffed::OtherVideo),
        (8, b"AVI ", Sniffed::OtherVideo),
        (4, b"moov", Sniffed::OtherVideo),
        (4, b"mdat", Sniffed::OtherVideo),
        (0, b"\x00\x00\x01\xba", Sniffed::OtherVideo),
        (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Sniffed::OtherVideo),
        (0, b"GIF8", Sniffed::OtherImage),
        (0, b"II*\x00", Sniffed::OtherImage),
        (0, b"MM\x00*", Sniffed::OtherImage),
        (0, b"%PDF-", Sniffed::Pdf),
        (0, b"PK\x03\x04", Sniffed::Zip),
        (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sniffed::Ole),
    ];
    let marked = by_mark.into_iter().find(|(offset, mark, _)| at(*offset, mark));
    match (marked, head) {
        (Some((.., sniffed)), _) => sniffed,
        // Frames of MPEG audio: eleven bits that are set, then the layer.
        (None, [0xff, second, ..]) if second & 0xf6 == 0xf0 => Sniffed::Aac,
        (None, [0xff, second, ..]) if second & 0xe6 == 0xe2 => Sniffed::Mp3,
        _ if is_text(head) => Sniffed::Text,
        _ => Sniffed::Unknown,
    }
}

/// Whether a film or recording of the family that begins with `ftyp` needs a decoder that phones lack under WhatsApp. The
/// table of contents, which says so, stands at the beginning or at the end.
pub(super) fn has_other_codec(head: &[u8], tail: &[u8]) -> bool {
    const OTHER: [&[u8; 4]; 15] = [
        b"hvc1", b"hev1", b"dvh1", b"dvhe", b"av01", b"vp08", b"vp09", b"mp4v", b"s263", b"alac", b"fLaC", b"Opus",
        b"ac-3", b"ec-3", b".mp3",
    ];
    // A description of samples: "stsd", version, count, then of the first entry its size and its codec (ISO/IEC 14496-12).
    [head, tail].into_iter().any(|part| {
        let codecs = part.windows(20).filter(|window| window.starts_with(b"stsd"));
        codecs
            .filter_map(|window| window.get(16..))
            .any(|codec| OTHER.iter().any(|other| *other == codec))
    })
}

/// The family of formats that begins with `ftyp`, by its brand (mp4ra.org, "Brands", 2026).
fn brand(brand: &[u8]) -> Sniffed {
    match brand {
        [b'3', b'g', b'p' | b'2' | b'r' | b's' | b'e' | b'g', ..] => Sniffed::ThreeGp,
        b"M4A " | b"M4B " | b"M4P " => Sniffed::M4a,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" | b"avif" | b"avis" => Sniffed::OtherImage,
        b"qt  " => Sniffed::OtherVideo,
        _ => Sniffed::Mp4,
    }
}

/// Bits of a color and colors of a JPEG, from its frame header; `None` when that is not in the head.
fn jpeg_frame(head: &[u8]) -> Option<(u8, u8)> {
    let mut rest = head.get(2..)?;
    loop {
        let [0xff, marker, after @ ..] = rest else { return None };
        let [high, low, ..] = after else { return None };
        match marker {
            // Filling before a marker.
            0xff => rest = rest.get(1..)?,
            // Every frame header but the three that only share its range.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return Some((*after.get(2)?, *after.get(7)?)),
            _ => rest = after.get(usize::from(u16::from_be_bytes([*high, *low]))..)?,
        }
    }
}

/// UTF-8 without control characters but white space. The head may end within a character.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let valid = head.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && !text
            .chars()
            .any(|letter| letter.is_control() && !letter.is_whitespace())
}
