//! What is asked before a number is connected, so that nothing stops halfway.
//!
//! [`preflight`] turns what the owner told into findings; the UI puts them into words. Nothing here is proven: the phone
//! and Meta decide in the end. What makes a signup fail for certain stops here, everything else is said and let through.

mod country;
mod version;

pub use country::{Country, RefusedCountry};
pub use version::AppVersion;

use country::{country, refused};
use serde::{Deserialize, Serialize};
use std::fmt;
use version::OLDEST;

/// So many days a number has to be in use before Meta lets it in. Not documented by Meta: what its page answers then, as
/// several providers tell it (Feb to Sep 2026).
pub const DAYS_IN_USE: u32 = 7;

/// Fewer digits are no whole number yet.
const FEWEST_DIGITS: usize = 7;
/// ITU-T E.164: no number has more.
const MOST_DIGITS: usize = 15;

/// What the owner told about the phone so far. `None`: not answered yet.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreflightAnswers {
    /// The number with its country code, digits only; empty while not told.
    pub phone: String,
    /// The version the phone's WhatsApp Business shows, for example `2.26.31`; empty while not told.
    pub app_version: String,
    /// Days the number has been in use in WhatsApp Business.
    pub days_in_use: Option<u32>,
    /// Whether the owner is admin of the business portfolio at Meta.
    pub is_admin: Option<bool>,
    /// Whether the phone is at hand, charged and online.
    pub has_phone_at_hand: bool,
    /// Whether it is understood that linked devices will be unlinked.
    pub accepts_unlinking: bool,
}

/// Never the phone number: it does not belong in logs.
impl fmt::Debug for PreflightAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PreflightAnswers(..)")
    }
}

/// One thing that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreflightItem<F> {
    /// What was found.
    pub finding: F,
    /// What that means.
    pub outcome: PreflightOutcome,
}

/// What a finding means for the signup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreflightOutcome {
    /// As it should be.
    Pass,
    /// It may work, or not; or something changes that the owner should know.
    Warning,
    /// It will not work.
    Fail,
    /// It cannot be found out from here; Meta will tell.
    CannotKnow,
    /// The owner has to answer or agree first.
    Open,
}

/// Everything that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preflight {
    /// The phone's WhatsApp Business.
    pub version: PreflightItem<VersionFinding>,
    /// Where the number is from.
    pub country: PreflightItem<CountryFinding>,
    /// The phone is at hand, charged and online.
    pub phone_at_hand: PreflightOutcome,
    /// How long the number has been in use.
    pub use_so_far: PreflightItem<UseFinding>,
    /// Every linked device will be unlinked (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
    pub unlinking: PreflightOutcome,
    /// Only an admin of the business portfolio can connect a number.
    pub admin: PreflightOutcome,
}

/// The version of the phone's app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionFinding {
    /// Not told yet.
    NotTold,
    /// What was told is no version.
    NotRead,
    /// Too old: the app has to be updated first.
    TooOld(AppVersion),
    /// New enough.
    Fine(AppVersion),
}

/// The country of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryFinding {
    /// The number is not told yet, or not all of it.
    NotTold,
    /// No country has this code.
    NotRead,
    /// Meta did not take numbers of this country. The wizard stops here.
    Refused(RefusedCountry),
    /// Nothing is known against this country.
    Allowed(Country),
}

/// How long the number has been in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseFinding {
    /// Not told yet.
    NotTold,
    /// Shorter than Meta wants.
    Short {
        /// Days so far.
        days: u32,
        /// Days until it is long enough, at least 1.
        days_left: u32,
    },
    /// Long enough.
    Long {
        /// Days so far.
        days: u32,
    },
}

/// Looks at what the owner told.
pub fn preflight(answers: &PreflightAnswers) -> Preflight {
    Preflight {
        version: version_item(&answers.app_version),
        country: country_item(&answers.phone),
        phone_at_hand: agreed(answers.has_phone_at_hand),
        use_so_far: use_item(answers.days_in_use),
        unlinking: agreed(answers.accepts_unlinking),
        admin: match answers.is_admin {
            None => PreflightOutcome::Open,
            Some(true) => PreflightOutcome::Pass,
            Some(false) => PreflightOutcome::Fail,
        },
    }
}

impl Preflight {
    /// How everything came out, in no order.
    pub fn outcomes(&self) -> [PreflightOutcome; 6] {
        [
            self.version.outcome,
            self.country.outcome,
            self.phone_at_hand,
            self.use_so_far.outcome,
            self.unlinking,
            self.admin,
        ]
    }

    /// How many of them came out so.
    pub fn count(&self, outcome: PreflightOutcome) -> usize {
        self.outcomes().iter().filter(|found| **found == outcome).count()
    }

    /// Nothing fails, and nothing waits for an answer.
    pub fn may_go_on(&self) -> bool {
        self.count(PreflightOutcome::Fail) == 0 && self.count(PreflightOutcome::Open) == 0
    }
}

fn version_item(told: &str) -> PreflightItem<VersionFinding> {
    let (finding, outcome) = match AppVersion::read(told) {
        _ if told.trim().is_empty() => (VersionFinding::NotTold, PreflightOutcome::Open),
        None => (VersionFinding::NotRead, PreflightOutcome::Open),
        Some(version) if version < OLDEST => (VersionFinding::TooOld(version), PreflightOutcome::Fail),
        Some(version) => (VersionFinding::Fine(version), PreflightOutcome::Pass),
    };
    PreflightItem { finding, outcome }
}

fn country_item(phone: &str) -> PreflightItem<CountryFinding> {
    let digits = phone_digits(phone);
    // Whoever types a number of a refused country learns it at its code.
    let (finding, outcome) = if let Some(refused) = refused(&digits) {
        (CountryFinding::Refused(refused), PreflightOutcome::Fail)
    } else if digits.len() < FEWEST_DIGITS {
        (CountryFinding::NotTold, PreflightOutcome::Open)
    } else {
        match country(&digits).filter(|_| digits.len() <= MOST_DIGITS) {
            Some(country) => (CountryFinding::Allowed(country), PreflightOutcome::Pass),
            None => (CountryFinding::NotRead, PreflightOutcome::CannotKnow),
        }
    };
    PreflightItem { finding, outcome }
}

fn use_item(days: Option<u32>) -> PreflightItem<UseFinding> {
    let (finding, outcome) = match days {
        None => (UseFinding::NotTold, PreflightOutcome::Open),
        Some(days) => match DAYS_IN_USE.checked_sub(days) {
            None | Some(0) => (UseFinding::Long { days }, PreflightOutcome::Pass),
            Some(days_left) => (UseFinding::Short { days, days_left }, PreflightOutcome::Warning),
        },
    };
    PreflightItem { finding, outcome }
}

fn agreed(is_agreed: bool) -> PreflightOutcome {
    if is_agreed {
        PreflightOutcome::Pass
    } else {
        PreflightOutcome::Open
    }
}

/// The digits of a number as it is typed, with its country code: without `+`, a leading `00`, spaces and signs, and with
/// Arabic and Persian digits as Western ones.
pub fn phone_digits(typed: &str) -> String {
    let digits: String = typed.chars().filter_map(western_digit).collect();
    match digits.strip_prefix("00") {
        Some(digits) => digits.to_owned(),
        None => digits,
    }
}

fn western_digit(typed: char) -> Option<char> {
    let of = |zero: u32| {
        let digit = u32::from(typed).checked_sub(zero)?;
        char::from_digit(digit, 10)
    };
    [u32::from('0'), 0x0660, 0x06F0].into_iter().find_map(of)
}

#[cfg(test)]
mod tests;
