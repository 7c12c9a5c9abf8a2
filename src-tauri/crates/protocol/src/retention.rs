//! How long messages are kept.

use serde::{Deserialize, Serialize};
use twinbox_domain::{Millis, RetentionPeriod};

/// What would go if messages were kept for so long. Nothing is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRetention {
    /// How long.
    pub period: RetentionPeriod,
}

/// What [`PreviewRetention`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionPreview {
    /// How many messages would go now.
    pub messages: u64,
    /// They are from before this point.
    pub since: Millis,
}

/// Sets how long messages are kept. Older ones go soon, with their files, and do not come back. `Invalid` for anybody but an
/// admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRetention {
    /// How long; `None`: for ever.
    pub period: Option<RetentionPeriod>,
}
