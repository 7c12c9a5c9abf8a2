//! The access code of a signup as a QR code, so that a phone can scan it instead of having it typed.

use qrcode::{QrCode, render::svg::Color};

/// Width and height in the drawing's own points; pages scale it.
const SIZE: u32 = 240;

/// `text` as an SVG drawing, black on white with the margin that cameras need. `None`: it is too long for a QR code.
pub(crate) fn svg(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    let mut drawing = code.render();
    drawing.min_dimensions(SIZE, SIZE);
    drawing.dark_color(Color("#000")).light_color(Color("#fff"));
    Some(drawing.build())
}
