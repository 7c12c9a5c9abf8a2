//! The version that WhatsApp Business shows on a phone.

use std::fmt;

/// Meta, "Onboarding WhatsApp Business app users", Jun 2026: version 2.24.17 or higher.
pub(super) const OLDEST: AppVersion = AppVersion {
    major: 2,
    minor: 24,
    patch: 17,
};

/// The first three numbers of a version. What follows them says nothing about age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AppVersion {
    major: u32,
    minor: u32,
    patch: u32,
}

impl AppVersion {
    /// Reads a version as people copy it: `2.26.31`, `v2.26.31.79`, `Version 2.26.31 (1234)`. One whose first number
    /// is that of a year has lost its leading 2. `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let from = text.find(|c: char| c.is_ascii_digit())?;
        let (before, version) = text.split_at_checked(from)?;
        let word = before.trim();
        if !(word.is_empty() || word.eq_ignore_ascii_case("v") || word.eq_ignore_ascii_case("version")) {
            return None;
        }
        let version = version.split(|c: char| c.is_whitespace()).next()?;
        let mut numbers = version.split('.').map(number);
        let (first, second) = (numbers.next()??, numbers.next()??);
        let third = numbers.next().map_or(Some(0), |third| third)?;
        // A wrong fourth number makes the text something else than a version.
        if !numbers.all(|number| number.is_some()) {
            return None;
        }
        Some(if (20..=99).contains(&first) {
            Self {
                major: OLDEST.major,
                minor: first,
                patch: second,
            }
        } else {
            Self {
                major: first,
                minor: second,
                patch: third,
            }
        })
    }
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for AppVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
