//! A smaller picture of a picture. What a stranger sent is decoded within limits of pixels and memory; beyond them, and
//! for whatever cannot be decoded, there is none, and the file itself is shown or not by the window's own rules.

use super::pixels::MOST_PIXELS;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType};
use std::{fs::File, io::BufReader, io::Cursor, path::Path};
use twinbox_protocol::THUMBNAIL_SIDE;
use twinbox_store::ThumbnailType;

/// Most bytes of a decoded picture, and of what its decoder needs besides.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
const QUALITY: u8 = 80;

/// The thumbnail of the picture at `path`, upright: its type and bytes. `None` for one that is small enough, or cannot be
/// decoded within the limits. Of an animation it is the first picture. Takes up to seconds.
pub(super) fn of(path: &Path) -> Option<(ThumbnailType, Vec<u8>)> {
    let mut reader = ImageReader::new(BufReader::new(File::open(path).ok()?));
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits.clone());
    let mut decoder = reader.with_guessed_format().ok()?.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let is_small = width.max(height) <= THUMBNAIL_SIDE;
    if is_small || u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
        return None;
    }
    decoder.set_limits(limits).ok()?;
    let orientation = decoder.orientation().ok();
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    // Averages whole blocks, which is quick and fine for a quarter of the size and less.
    let mut small = if width.max(height) >= 2 * THUMBNAIL_SIDE {
        picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    } else {
        picture.resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, FilterType::Triangle)
    };
    drop(picture);
    if let Some(orientation) = orientation {
        small.apply_orientation(orientation);
    }
    encoded(&small)
}

fn encoded(picture: &DynamicImage) -> Option<(ThumbnailType, Vec<u8>)> {
    let mut bytes = Vec::new();
    if picture.color().has_alpha() {
        let rgba = DynamicImage::from(picture.to_rgba8());
        rgba.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
            .ok()?;
        return Some((ThumbnailType::Png, bytes));
    }
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some((ThumbnailType::Jpeg, bytes))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

    fn thumbnail_of(bytes: &[u8]) -> Option<(ThumbnailType, DynamicImage)> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
        let (kind, bytes) = of(file.path())?;
        Some((kind, image::load_from_memory(&bytes).unwrap()))
    }

    fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    #[test]
    fn a_large_picture_gets_a_thumbnail_of_its_shape_and_color() {
        let picture = RgbImage::from_pixel(1600, 1000, Rgb([200, 30, 60]));
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let (kind, small) = thumbnail_of(&written(picture.clone(), format)).unwrap();
            assert_eq!((small.width(), small.height()), (640, 400));
            assert_eq!(kind, ThumbnailType::Jpeg);
            let Rgb([red, _, _]) = *small.to_rgb8().get_pixel(320, 200);
            assert!(red.abs_diff(200) < 8, "{red}");
        }
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let picture = RgbaImage::from_pixel(700, 1400, Rgba([0, 0, 0, 0]));
        let (kind, small) = thumbnail_of(&written(picture, ImageFormat::Png)).unwrap();
        assert_eq!((kind, small.width(), small.height()), (ThumbnailType::Png, 320, 640));
        assert_eq!(small.to_rgba8().get_pixel(5, 5), &Rgba([0, 0, 0, 0]));
    }

    #[test]
    fn a_picture_that_was_taken_sideways_stands_upright() {
        // EXIF with orientation 6, a quarter turn to the right.
        let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let plain = written(RgbImage::new(1600, 800), ImageFormat::Jpeg);
        let turned = [&plain[..2], exif, &plain[2..]].concat();
        let (_, small) = thumbnail_of(&turned).unwrap();
        assert_eq!((small.width(), small.height()), (320, 640));
    }

    #[test]
    fn a_small_picture_and_what_is_none_get_no_thumbnail() {
        assert!(thumbnail_of(&written(RgbImage::new(640, 640), ImageFormat::Png)).is_none());
        for no_picture in [&b""[..], b"%PDF-1.4", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"] {
            assert!(thumbnail_of(no_picture).is_none());
        }
        let whole = written(RgbImage::new(1600, 1000), ImageFormat::Png);
        assert!(thumbnail_of(&whole[..whole.len() / 2]).is_none(), "it is cut off");
    }
}
