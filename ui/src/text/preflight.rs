//! Words of the questions before a signup, and of what changes on the phone.

use super::{Words, phone_number, say};
use twinbox_domain::{Country, CountryFinding, DAYS_IN_USE, UseFinding, VersionFinding};

pub const CHECK_TITLE: Words = Words("check-title");
pub const CHECK_LEDE: Words = Words("check-lede");
pub const CHECKS: Words = Words("checks");
pub const VERSION_LABEL: Words = Words("version-label");
pub const VERSION_EXAMPLE: &str = "2.26.31";
pub const NUMBER_LABEL: Words = Words("number-label");
pub const NUMBER_EXAMPLE: &str = "+44 117 496 0208";
pub const PHONE_AT_HAND: Words = Words("phone-at-hand");
pub const PHONE_AT_HAND_HINT: Words = Words("phone-at-hand-hint");
pub const DAYS_LABEL: Words = Words("days-label");
pub const UNLINKING: Words = Words("unlinking");
pub const UNLINKING_HINT: Words = Words("unlinking-hint");
pub const I_UNDERSTAND: Words = Words("i-understand");
pub const UNDERSTOOD: Words = Words("understood");
pub const ADMIN_QUESTION: Words = Words("admin-question");
pub const ADMIN_HINT: Words = Words("admin-hint");
pub const ADMIN_YES: Words = Words("admin-yes");
pub const ADMIN_YES_HINT: Words = Words("admin-yes-hint");
pub const ADMIN_NO: Words = Words("admin-no");
pub const ADMIN_NO_HINT: Words = Words("admin-no-hint");
pub const COPY_REQUEST: Words = Words("copy-request");
pub const YES: Words = Words("yes");
pub const NO: Words = Words("no");
pub const YOU_TOLD: Words = Words("you-told");
pub const CONTINUE_TO_SIGN_UP: Words = Words("continue-to-sign-up");
pub const EVERYTHING_THAT_CHANGES: Words = Words("everything-that-changes");

pub const STAYS_TITLE: Words = Words("stays-title");
pub const STAYS: [Words; 3] = [Words("stays-1"), Words("stays-2"), Words("stays-3")];
pub const SWITCHES_OFF_TITLE: Words = Words("switches-off-title");
pub const SWITCHES_OFF: [Words; 3] = [
    Words("switches-off-1"),
    Words("switches-off-2"),
    Words("switches-off-3"),
];
pub const GOOD_TO_KNOW: Words = Words("good-to-know");
pub const ABOUT_TEN_MINUTES: Words = Words("about-ten-minutes");
pub const DISCONNECT_ANY_TIME: Words = Words("disconnect-any-time");
pub const PHONE_CHANGES: Words = Words("phone-changes");

/// What the owner sends to an admin.
pub const ADMIN_REQUEST: Words = Words("admin-request");

/// Of the columns.
pub const COMPARISON_HEAD: [Words; 2] = [Words("comparison-phone"), Words("comparison-twinbox")];

/// The unit behind a number of days; of many when none is told yet.
pub fn days(count: Option<u32>) -> String {
    say!("days", count = count.unwrap_or_default())
}

/// Title and hint of the version.
pub fn version_words(finding: VersionFinding) -> (String, Words) {
    match finding {
        VersionFinding::NotTold => (Words("version-not-told").to_owned(), Words("version-where")),
        VersionFinding::NotRead => (Words("version-not-read").to_owned(), Words("version-as-shown")),
        VersionFinding::TooOld(version) => (
            say!("version-too-old", version = &version.to_string()),
            Words("version-update"),
        ),
        VersionFinding::Fine(version) => (
            say!("version-fine", version = &version.to_string()),
            Words("version-needed"),
        ),
    }
}

/// Two countries share a calling code.
pub fn either_country(one: &str, other: &str) -> String {
    say!("either-country", one = one, other = other)
}

/// Title and hint of the country, by its name.
pub fn country_words(finding: CountryFinding, phone: &str, name: fn(Country) -> String) -> (String, String) {
    match finding {
        CountryFinding::NotTold => (
            Words("country-not-told").to_owned(),
            Words("country-not-told-hint").to_owned(),
        ),
        CountryFinding::NotRead => (
            Words("country-not-read").to_owned(),
            Words("country-not-read-hint").to_owned(),
        ),
        CountryFinding::Refused(refused) => (
            say!("country-refused", country = &name(refused.country)),
            say!(
                "country-refused-hint",
                code = &format!("+{}", refused.code),
                listed = &day_words(refused.last_listed),
                unlisted = &day_words(refused.not_listed_on),
                source = refused.source,
            ),
        ),
        CountryFinding::Allowed(country) => (
            say!("country-allowed", country = &name(country)),
            say!("country-allowed-hint", number = &phone_number(phone)),
        ),
    }
}

/// Title and hint of how long the number has been in use. `when` is the day on which it is long enough.
pub fn use_words(finding: UseFinding, when: &str) -> (String, String) {
    match finding {
        UseFinding::NotTold => (
            Words("use-not-told").to_owned(),
            say!("use-not-told-hint", least = DAYS_IN_USE),
        ),
        UseFinding::Short { days, .. } => (
            say!("in-use-for", days = days),
            say!("use-short-hint", least = DAYS_IN_USE, when = when),
        ),
        UseFinding::Long { days } => (say!("in-use-for", days = days), say!("use-hint", least = DAYS_IN_USE)),
    }
}

/// Why it does not go on: what fails, else what waits for an answer. Empty when nothing does.
pub fn what_is_missing(failed: usize, open: usize) -> String {
    match (failed, open) {
        (1.., _) => say!("to-fix-first", count = failed),
        (0, 0) => String::new(),
        (0, open) => say!("to-answer", count = open),
    }
}

/// `2026-06-26` as `June 26, 2026`, `2026-03` as `March 2026`; anything else as it is.
fn day_words(day: &str) -> String {
    const MONTHS: [Words; 12] = [
        Words("month-1"),
        Words("month-2"),
        Words("month-3"),
        Words("month-4"),
        Words("month-5"),
        Words("month-6"),
        Words("month-7"),
        Words("month-8"),
        Words("month-9"),
        Words("month-10"),
        Words("month-11"),
        Words("month-12"),
    ];
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next(), parts.next(), parts.next());
    let month = month
        .and_then(|month| month.parse::<usize>().ok()?.checked_sub(1))
        .and_then(|month| MONTHS.get(month));
    let date = date.map(str::parse::<u8>);
    match (year, month, date) {
        (Some(year), Some(month), Some(Ok(date))) => say!("day-of-year", month = *month, date = date, year = year),
        (Some(year), Some(month), None) => say!("month-of-year", month = *month, year = year),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::{PreflightAnswers, preflight};

    #[test]
    fn days_of_a_list_are_written_out() {
        let words = ["2026-06-26", "2026-03", "2026-13", "", "soon"].map(day_words);
        assert_eq!(words, ["June 26, 2026", "March 2026", "2026-13", "", "soon"]);
    }

    #[test]
    fn a_refused_country_says_why_and_from_when_the_list_is() {
        let answers = PreflightAnswers {
            phone: "2348012345678".to_owned(),
            ..PreflightAnswers::default()
        };
        let (title, hint) = country_words(preflight(&answers).country.finding, &answers.phone, |country| {
            country.name.to_owned()
        });
        assert_eq!(title, "Numbers from Nigeria cannot be connected");
        assert!(hint.contains("March 2026") && hint.contains("June 26, 2026") && hint.contains("Meta, Onboarding"));
    }

    #[test]
    fn what_fails_is_said_before_what_is_not_answered() {
        let words = [(1, 3), (2, 0), (0, 1), (0, 4), (0, 0)].map(|(failed, open)| what_is_missing(failed, open));
        assert_eq!(
            words,
            [
                "1 thing to fix first",
                "2 things to fix first",
                "1 thing to answer",
                "4 things to answer",
                ""
            ]
        );
    }
}
