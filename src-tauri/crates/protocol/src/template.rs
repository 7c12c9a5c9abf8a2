//! Templates as they are shown.

use serde::{Deserialize, Serialize};
use twinbox_domain::{Millis, TemplateParts};

/// The templates a number can send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatesView {
    /// By name and language.
    pub templates: Vec<TemplateView>,
    /// When they were asked for; `None`: never yet.
    pub listed_at: Option<Millis>,
}

/// A template. Every word is Meta's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    /// Its name.
    pub name: String,
    /// For example `pt_BR`.
    pub language: String,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    pub category: String,
    /// For example `APPROVED`.
    pub status: String,
    /// What it is made of.
    pub parts: TemplateParts,
    /// Why it cannot be sent now, a sentence for a person; `None` when it can.
    pub blocked: Option<String>,
}
