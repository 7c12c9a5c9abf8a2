//! What fills the window.

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Conversations.
    Inbox,
    /// What waits to be sent.
    Queue,
    /// The business numbers and how they are.
    Numbers,
    /// What this person has set.
    Settings,
    /// Connecting a number.
    Connect,
}
