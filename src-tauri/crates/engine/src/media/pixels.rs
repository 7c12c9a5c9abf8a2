//! How large a picture is, from its head alone: nothing is decoded, so a small file that would unfold to gigabytes does
//! no harm here, and is not shown either.

use image::{ImageDecoder, ImageReader, metadata::Orientation};
use std::{
    io::{self, Cursor},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};
use tokio::{fs::File, io::AsyncReadExt};

/// Bytes that are looked at; the head of a picture lies within.
const HEAD_BYTES: u64 = 4 * 1024 * 1024;
/// More pixels are not shown: each takes four bytes in a viewer. The best phone cameras make 50 million.
pub(super) const MOST_PIXELS: u64 = 64 * 1000 * 1000;

/// Width and height of the picture at `path` as it is shown; `None` for what is no picture, or too large a one.
pub(super) async fn of(path: &Path) -> io::Result<Option<(u32, u32)>> {
    let mut head = Vec::new();
    File::open(path).await?.take(HEAD_BYTES).read_to_end(&mut head).await?;
    Ok(of_head(head))
}

/// The same of a picture's beginning.
pub(crate) fn of_head(head: Vec<u8>) -> Option<(u32, u32)> {
    // A stranger's bytes: a decoder that panics over them must not end the fetching of all other files.
    catch_unwind(AssertUnwindSafe(|| of_bytes(head))).unwrap_or_default()
}

fn of_bytes(head: Vec<u8>) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(head)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let is_turned = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let is_shown = width > 0 && height > 0 && u64::from(width) * u64::from(height) <= MOST_PIXELS;
    is_shown.then_some(if is_turned { (height, width) } else { (width, height) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG's signature and IHDR with a right checksum, then nothing.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut chunk = b"IHDR".to_vec();
        chunk.extend(width.to_be_bytes());
        chunk.extend(height.to_be_bytes());
        chunk.extend([8, 2, 0, 0, 0]);
        let mut crc = u32::MAX;
        for byte in &chunk {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1));
            }
        }
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        file.extend(chunk);
        file.extend((!crc).to_be_bytes());
        // The head of the first data, where reading for the size ends.
        file.extend(b"\0\0\0\x01IDAT");
        file
    }

    #[test]
    fn the_size_is_read_from_the_head_and_a_bomb_has_none() {
        assert_eq!(of_bytes(png(192, 144)), Some((192, 144)));
        assert_eq!(of_bytes(png(60_000, 60_000)), None);
        for no_picture in [
            &b""[..],
            b"%PDF-1.4",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert_eq!(of_bytes(no_picture.to_vec()), None);
        }
    }
}
