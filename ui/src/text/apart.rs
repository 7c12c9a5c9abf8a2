//! What is said when a part of the program did not come.

/// Its title.
pub const PART_MISSING: &str = "This part could not be loaded";

/// What to do.
pub const PART_MISSING_HINT: &str = "Everything else works as before.";
