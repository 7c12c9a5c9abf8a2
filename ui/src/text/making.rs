//! Words for messages that are filled in.

use crate::making::Kind;

pub const MAKE: &str = "Place, contact, buttons or list";
pub const PLACE_FIELDS: [&str; 3] = [
    "Latitude and longitude, or a link to a map",
    "Name (optional)",
    "Address (optional)",
];
pub const CONTACT_FIELDS: [&str; 4] = ["Name", "Phone", "E-mail", "Company (optional)"];
pub const BUTTONS_FIELDS: [&str; 6] = [
    "Line above the text (optional)",
    "Text",
    "Small print (optional)",
    "First button",
    "Second button (optional)",
    "Third button (optional)",
];
pub const LIST_FIELDS: [&str; 4] = [
    "Line above the text (optional)",
    "Text",
    "Small print (optional)",
    "Button that opens the list",
];

/// What can be made.
pub const fn made(kind: Kind) -> &'static str {
    match kind {
        Kind::Place => "Place",
        Kind::Contact => "Contact",
        Kind::Buttons => "Buttons",
        Kind::List => "List",
    }
}

/// A row of a list.
pub fn list_row(row: usize) -> String {
    format!("Row {row}")
}

/// Its second line.
pub fn list_row_more(row: usize) -> String {
    format!("Second line of row {row} (optional)")
}
