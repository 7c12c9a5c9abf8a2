//! What works where once a number lives on the phone and in Twinbox: shown on its page, and before it is connected.

use super::Words;

/// How it is in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It works, in these words.
    Yes(Words),
    /// It does not, in these words.
    No(Words),
    /// It is different, in these words.
    But(Words),
    /// It does not apply.
    None,
}

/// One thing that people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub what: Words,
    /// On the phone.
    pub phone: Cell,
    /// In Twinbox.
    pub twinbox: Cell,
}

const fn row(what: Words, phone: Cell, twinbox: Cell) -> Row {
    Row { what, phone, twinbox }
}

/// All of it (Meta, "Onboarding WhatsApp Business app users", Jun 2026; the free replies as announced by platforms for
/// October 2026).
pub const COMPARISON: [Row; 14] = [
    row(
        Words("compare-chats"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::Yes(Words("compare-cell-both-live")),
    ),
    row(
        Words("compare-cost"),
        Cell::Yes(Words("compare-cell-free")),
        Cell::But(Words("compare-cell-thousand-free")),
    ),
    row(
        Words("compare-when"),
        Cell::Yes(Words("compare-cell-any-time")),
        Cell::But(Words("compare-cell-24-hours")),
    ),
    row(
        Words("compare-past"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::But(Words("compare-cell-180-days")),
    ),
    row(
        Words("compare-contacts"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::But(Words("compare-cell-on-whatsapp")),
    ),
    row(
        Words("compare-edit"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::But(Words("compare-cell-shown")),
    ),
    row(
        Words("compare-groups"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::No(Words("compare-cell-stay")),
    ),
    row(
        Words("compare-labels"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::No(Words("compare-cell-stay")),
    ),
    row(
        Words("compare-catalog"),
        Cell::Yes(Words("compare-cell-as-before")),
        Cell::No(Words("compare-cell-edited")),
    ),
    row(
        Words("compare-broadcast"),
        Cell::But(Words("compare-cell-read-only")),
        Cell::No(Words("compare-cell-stay")),
    ),
    row(
        Words("compare-disappearing"),
        Cell::No(Words("compare-cell-off-with-one")),
        Cell::No(Words("compare-cell-off")),
    ),
    row(
        Words("compare-live-location"),
        Cell::No(Words("compare-cell-off-with-one")),
        Cell::No(Words("compare-cell-off")),
    ),
    row(
        Words("compare-devices"),
        Cell::But(Words("compare-cell-unlinked")),
        Cell::None,
    ),
    row(
        Words("compare-windows"),
        Cell::No(Words("compare-cell-not-supported")),
        Cell::None,
    ),
];
