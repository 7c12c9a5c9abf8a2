//! What is said when a part of the program did not come.

use super::Words;

/// Its title.
pub const PART_MISSING: Words = Words("part-missing-here");

/// What to do.
pub const PART_MISSING_HINT: Words = Words("part-missing-hint");
