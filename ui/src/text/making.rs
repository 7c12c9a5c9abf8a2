//! Words for messages that are filled in.

use super::{Words, say};
use crate::making::Kind;

pub const MAKE: Words = Words("make");
pub const PLACE_FIELDS: [Words; 3] = [
    Words("place-fields-1"),
    Words("place-fields-2"),
    Words("place-fields-3"),
];
pub const CONTACT_FIELDS: [Words; 4] = [
    Words("contact-fields-1"),
    Words("contact-fields-2"),
    Words("contact-fields-3"),
    Words("contact-fields-4"),
];
pub const BUTTONS_FIELDS: [Words; 6] = [
    Words("buttons-fields-1"),
    Words("buttons-fields-2"),
    Words("buttons-fields-3"),
    Words("buttons-fields-4"),
    Words("buttons-fields-5"),
    Words("buttons-fields-6"),
];
pub const LIST_FIELDS: [Words; 4] = [
    Words("list-fields-1"),
    Words("list-fields-2"),
    Words("list-fields-3"),
    Words("list-fields-4"),
];

/// What can be made.
pub const fn made(kind: Kind) -> Words {
    match kind {
        Kind::Place => Words("made-place"),
        Kind::Contact => Words("made-contact"),
        Kind::Buttons => Words("made-buttons"),
        Kind::List => Words("made-list"),
    }
}

/// A row of a list.
pub fn list_row(row: usize) -> String {
    say!("list-row", row = row)
}

/// Its second line.
pub fn list_row_more(row: usize) -> String {
    say!("list-row-more", row = row)
}
