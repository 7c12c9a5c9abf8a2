//! Media made up by a few lines of code. All but the film are files that every viewer opens.

/// Blocks of 8 by 8 pixels in a row of the picture.
const COLUMNS: usize = 24;

/// Rows of blocks.
const ROWS: usize = 18;

/// Pages of an Ogg file are checked with this polynomial (RFC 3533).
const OGG_POLYNOMIAL: u32 = 0x04c1_1db7;

/// 20 ms of silence in Opus.
const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];

/// A grey JPEG of 192 by 144 pixels; another `number` draws another one.
///
/// Every block has one brightness, so the picture needs no transformation: baseline, 4 bit codes for the 9 categories
/// of differences, and one code that says that a block has nothing more.
pub(crate) fn jpeg(number: usize) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
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

/// A second of silence, mono; another `number` has another serial number.
pub(crate) fn ogg(number: usize) -> Vec<u8> {
    let serial = u32::try_from(number).unwrap_or_default();
    let head = [&b"OpusHead"[..], &[1, 1, 0, 0], &48_000_u32.to_le_bytes(), &[0, 0, 0]].concat();
    let tags = [&b"OpusTags"[..], &7_u32.to_le_bytes(), b"Twinbox", &[0; 4]].concat();
    let packets: Vec<&[u8]> = vec![&SILENCE; 50];
    let mut file = page(2, 0, serial, 0, &[&head]);
    file.extend(page(0, 0, serial, 1, &[&tags]));
    file.extend(page(4, 48_000, serial, 2, &packets));
    file
}

/// A page of nothing.
pub(crate) fn pdf(number: usize) -> Vec<u8> {
    format!(
        "%PDF-1.4\n% order {number}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]\
         /Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n\
         %%EOF\n"
    )
    .into_bytes()
}

/// The head of a film that has not come yet: it is known as one, and cannot be played.
pub(crate) fn mp4_head(number: usize) -> Vec<u8> {
    let free = u32::try_from(number).unwrap_or_default().to_be_bytes();
    [
        &[0, 0, 0, 20][..],
        b"ftypisom",
        &[0, 0, 2, 0],
        b"isom",
        &[0, 0, 0, 12],
        b"free",
        &free,
    ]
    .concat()
}

/// One see-through point, and a number that viewers pass over.
pub(crate) fn webp(number: usize) -> Vec<u8> {
    const POINT: [u8; 14] = [0x2f, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0];
    let number = u32::try_from(number).unwrap_or_default().to_le_bytes();
    let size = [38, 0, 0, 0];
    [
        &b"RIFF"[..],
        &size,
        b"WEBPVP8L",
        &[13, 0, 0, 0],
        &POINT,
        b"NUMB",
        &[4, 0, 0, 0],
        &number,
    ]
    .concat()
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

fn page(flags: u8, position: u64, serial: u32, sequence: u32, packets: &[&[u8]]) -> Vec<u8> {
    let lengths: Vec<u8> = packets
        .iter()
        .map(|packet| u8::try_from(packet.len()).unwrap_or(u8::MAX))
        .collect();
    let count = u8::try_from(lengths.len()).unwrap_or(u8::MAX);
    let begin = [
        &b"OggS"[..],
        &[0, flags],
        &position.to_le_bytes(),
        &serial.to_le_bytes(),
        &sequence.to_le_bytes(),
    ]
    .concat();
    let end = [&[count][..], &lengths, &packets.concat()].concat();
    let unchecked = [&begin[..], &[0; 4], &end].concat();
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
    [&begin[..], &checksum.to_le_bytes(), &end].concat()
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
    fn silence_has_three_pages() {
        let silence = ogg(1);
        assert_eq!(silence.windows(4).filter(|bytes| bytes == b"OggS").count(), 3);
    }
}
