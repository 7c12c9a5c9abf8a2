//! What works where once a number lives on the phone and in Twinbox: shown on its page, and before it is connected.

/// How it is in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It works, in these words.
    Yes(&'static str),
    /// It does not, in these words.
    No(&'static str),
    /// It is different, in these words.
    But(&'static str),
    /// It does not apply.
    None,
}

/// One thing that people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub what: &'static str,
    /// On the phone.
    pub phone: Cell,
    /// In Twinbox.
    pub twinbox: Cell,
}

const fn row(what: &'static str, phone: Cell, twinbox: Cell) -> Row {
    Row { what, phone, twinbox }
}

/// All of it (Meta, "Onboarding WhatsApp Business app users", Jun 2026; the free replies as announced by platforms for
/// October 2026).
pub const COMPARISON: [Row; 14] = [
    row(
        "Chats with one person",
        Cell::Yes("As before"),
        Cell::Yes("Both sides see all, live"),
    ),
    row(
        "Cost of a reply",
        Cell::Yes("Free"),
        Cell::But("1,000 free a month, then paid"),
    ),
    row(
        "When you can reply",
        Cell::Yes("Any time"),
        Cell::But("24 hours, then a template"),
    ),
    row(
        "Past chats",
        Cell::Yes("As before"),
        Cell::But("180 days if you share them, files 14 days"),
    ),
    row("Contacts", Cell::Yes("As before"), Cell::But("Those who use WhatsApp")),
    row(
        "Edit and delete",
        Cell::Yes("As before"),
        Cell::But("Shown, done on the phone"),
    ),
    row(
        "Groups and calls",
        Cell::Yes("As before"),
        Cell::No("Stay on the phone"),
    ),
    row(
        "Labels, quick replies, greeting and away messages",
        Cell::Yes("As before"),
        Cell::No("Stay on the phone"),
    ),
    row(
        "Catalog, orders, status, channels, profile",
        Cell::Yes("As before"),
        Cell::No("Edited on the phone"),
    ),
    row(
        "Broadcast lists",
        Cell::But("Read only, no new ones"),
        Cell::No("Stay on the phone"),
    ),
    row(
        "Disappearing, view once",
        Cell::No("Off with one person"),
        Cell::No("Off"),
    ),
    row("Live location", Cell::No("Off with one person"), Cell::No("Off")),
    row("Linked devices", Cell::But("All unlinked, link them again"), Cell::None),
    row("Windows app, watch", Cell::No("Not supported"), Cell::None),
];
