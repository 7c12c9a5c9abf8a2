//! Media of our own making that every viewer opens and every player plays.
//!
//! Pictures and pages are drawn by a few lines of code. The film, the voice message and the sticker are small files in
//! `drawing/`, made with ffmpeg 5.1 (libx264, libopus) and cwebp 1.2 from `geq` and `aevalsrc` formulas: a wheel that
//! turns for two seconds, three notes, and a bell. Whatever `number` is given, the file differs from that of another
//! number, so that a mix-up shows.

/// Blocks of 8 by 8 pixels in a row of the picture.
const COLUMNS: usize = 24;

/// Rows of blocks.
const ROWS: usize = 18;

/// Pages of an Ogg file are checked with this polynomial (RFC 3533).
const OGG_POLYNOMIAL: u32 = 0x04c1_1db7;

/// Where a page of an Ogg file counts its segments.
const OGG_COUNT_AT: usize = 26;

/// 2 s of H.264 (constrained baseline), 176 by 144 pixels.
const FILM: &[u8] = include_bytes!("drawing/film.mp4");

/// 2 s of Opus, mono.
const VOICE: &[u8] = include_bytes!("drawing/voice.ogg");

/// 512 by 512 pixels, lossless, as WhatsApp's stickers are.
const STICKER: &[u8] = include_bytes!("drawing/sticker.webp");

/// A grey JPEG of 192 by 144 pixels; another `number` draws another one.
///
/// Every block has one brightness, so the picture needs no transformation: baseline, 4 bit codes for the 9 categories
/// of differences, and one code that says that a block has nothing more.
pub(crate) fn jpeg(number: usize) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    segment(&mut file, 0xfe, format!("order {number}").as_bytes());
    let mut quantization = vec![0];
    quantization.resize(65, 8);
    segment(&mut file, 0xdb, &quantization);
    let [height, width] = [ROWS, COLUMNS].map(|blocks| u16::try_from(blocks * 8).unwrap_or_default().to_be_bytes());
    segment(
        &mut file,
        0xc0,
        &[&[8], &height[..], &width[..], &[1, 1, 0x11, 0]].concat(),
    );
    segment(
        &mut file,
        0xc4,
        &[&[0, 0, 0, 0, 9][..], &[0; 12], &[0, 1, 2, 3, 4, 5, 6, 7, 8]].concat(),
    );
    segment(&mut file, 0xc4, &[&[0x10, 1][..], &[0; 15], &[0]].concat());
    segment(&mut file, 0xda, &[1, 1, 0, 0, 63, 0]);
    let mut bits = Bits::default();
    let mut before = 0;
    for block in 0..ROWS * COLUMNS {
        let value = i32::try_from(brightness(number, block % COLUMNS, block / COLUMNS)).unwrap_or_default() - 128;
        let difference = value - before;
        before = value;
        let category = 32 - difference.unsigned_abs().leading_zeros();
        bits.push(category, 4);
        let low = if difference < 0 {
            difference + (1 << category) - 1
        } else {
            difference
        };
        bits.push(low.unsigned_abs(), category);
        bits.push(0, 1);
    }
    file.extend(bits.finished());
    file.extend([0xff, 0xd9]);
    file
}

/// A voice message; another `number` has another serial number.
pub(crate) fn ogg(number: usize) -> Vec<u8> {
    let serial = u32::try_from(number).unwrap_or_default().to_le_bytes();
    let mut file = Vec::with_capacity(VOICE.len());
    let mut rest = VOICE;
    while let Some((page, more)) = first_page(rest) {
        file.extend(with_serial(page, serial));
        rest = more;
    }
    file
}

/// A page with one line on it.
pub(crate) fn pdf(number: usize) -> Vec<u8> {
    let line = format!("BT /F1 18 Tf 24 140 Td (Tandem & Oak, order {number}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 320 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{line}\nendstream", line.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let (count, start) = (objects.len() + 1, file.len());
    file.push_str(&format!(
        "xref\n0 {count}\n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

/// A film, and a number that players pass over.
pub(crate) fn mp4(number: usize) -> Vec<u8> {
    let number = u32::try_from(number).unwrap_or_default().to_be_bytes();
    [FILM, &[0, 0, 0, 12], b"free", &number].concat()
}

/// A sticker, and a number that viewers pass over.
pub(crate) fn webp(number: usize) -> Vec<u8> {
    let number = u32::try_from(number).unwrap_or_default().to_le_bytes();
    let chunks = [STICKER.get(8..).unwrap_or_default(), b"NUMB", &[4, 0, 0, 0], &number].concat();
    let size = u32::try_from(chunks.len()).unwrap_or_default().to_le_bytes();
    [&b"RIFF"[..], &size, &chunks].concat()
}

/// Two hills of light.
fn brightness(number: usize, column: usize, row: usize) -> usize {
    let hill = (column + number) % COLUMNS * row * 8 / ROWS;
    (40 + hill + 3 * row).min(250)
}

fn segment(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    file.extend([0xff, marker]);
    file.extend(u16::try_from(content.len() + 2).unwrap_or_default().to_be_bytes());
    file.extend_from_slice(content);
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            self.waiting = self.waiting << 1 | (value >> place & 1);
            self.count += 1;
            if self.count == 8 {
                let byte = u8::try_from(self.waiting & 0xff).unwrap_or_default();
                self.bytes.push(byte);
                if byte == 0xff {
                    self.bytes.push(0);
                }
                (self.waiting, self.count) = (0, 0);
            }
        }
    }

    fn finished(mut self) -> Vec<u8> {
        while self.count != 0 {
            self.push(1, 1);
        }
        self.bytes
    }
}

/// The first page of an Ogg file, and the rest.
fn first_page(file: &[u8]) -> Option<(&[u8], &[u8])> {
    let first_length = OGG_COUNT_AT + 1;
    let count = usize::from(*file.get(OGG_COUNT_AT)?);
    let lengths = file.get(first_length..first_length + count)?;
    let content: usize = lengths.iter().map(|length| usize::from(*length)).sum();
    file.split_at_checked(first_length + count + content)
}

/// The page with another serial number, and so another checksum.
fn with_serial(page: &[u8], serial: [u8; 4]) -> Vec<u8> {
    let part = |range| page.get(range).unwrap_or_default();
    let (begin, sequence) = (part(0..14), part(18..22));
    let end = page.get(OGG_COUNT_AT..).unwrap_or_default();
    let unchecked = [begin, &serial, sequence, &[0; 4], end].concat();
    let checksum = unchecked.iter().fold(0_u32, |checksum, byte| {
        (0..8).fold(checksum ^ u32::from(*byte) << 24, |checksum, _| {
            let shifted = checksum << 1;
            if checksum >> 31 == 1 {
                shifted ^ OGG_POLYNOMIAL
            } else {
                shifted
            }
        })
    });
    [begin, &serial, sequence, &checksum.to_le_bytes(), end].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_begin_and_end_as_jpeg_and_differ() {
        let picture = jpeg(1);
        assert!(picture.starts_with(&[0xff, 0xd8, 0xff]) && picture.ends_with(&[0xff, 0xd9]));
        assert_ne!(picture, jpeg(2));
    }

    #[test]
    fn the_voice_message_keeps_every_page_and_its_own_checksums() {
        // The serial number ffmpeg wrote: made again, the checksums must come out the same.
        let written = VOICE.get(14..18).map_or(0, |bytes| {
            bytes.iter().rev().fold(0, |all, byte| all << 8 | usize::from(*byte))
        });
        assert_eq!(ogg(written), VOICE);
        assert_ne!(ogg(1), ogg(2));
        assert_eq!(ogg(1).len(), VOICE.len());
    }

    #[test]
    fn the_table_of_a_page_names_the_place_of_every_object() {
        let file = String::from_utf8(pdf(17)).unwrap_or_default();
        let (_, table) = file.split_once("xref\n0 6\n").unwrap_or_default();
        let places = table
            .lines()
            .skip(1)
            .take(5)
            .filter_map(|line| line.get(..10)?.parse::<usize>().ok());
        for (index, place) in places.enumerate() {
            let object = format!("{} 0 obj", index + 1);
            assert!(
                file.get(place..).is_some_and(|rest| rest.starts_with(&object)),
                "{object}"
            );
        }
        let start = file.find("xref").unwrap_or_default();
        assert!(file.contains(&format!("startxref\n{start}\n")));
    }

    #[test]
    fn films_and_stickers_keep_their_containers_whole() {
        let film = mp4(7);
        let mut boxes = Vec::new();
        let mut rest = &film[..];
        while let Some((head, _)) = rest.split_at_checked(8) {
            let size = head.iter().take(4).fold(0, |all, byte| all << 8 | usize::from(*byte));
            boxes.push(head.get(4..).map(<[u8]>::to_vec));
            rest = rest.get(size..).unwrap_or_default();
        }
        assert!(rest.is_empty() && boxes.contains(&Some(b"moov".to_vec())), "{boxes:?}");
        let sticker = webp(7);
        let size = sticker.get(4..8).map_or(0, |bytes| {
            bytes.iter().rev().fold(0, |all, byte| all << 8 | usize::from(*byte))
        });
        assert_eq!(size + 8, sticker.len());
    }
}
