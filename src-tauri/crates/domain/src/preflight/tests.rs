use super::*;
use proptest::prelude::*;

fn ready() -> PreflightAnswers {
    PreflightAnswers {
        phone: "441174960208".to_owned(),
        app_version: "2.26.31".to_owned(),
        days_in_use: Some(400),
        is_admin: Some(true),
        has_phone_at_hand: true,
        accepts_unlinking: true,
    }
}

fn country_of(phone: &str) -> CountryFinding {
    country_item(phone).finding
}

fn allowed(phone: &str) -> Option<(&'static str, &'static str)> {
    match country_of(phone) {
        CountryFinding::Allowed(country) => Some((country.regions, country.name)),
        _ => None,
    }
}

fn outcome_of_version(told: &str) -> PreflightOutcome {
    version_item(told).outcome
}

#[test]
fn whoever_has_everything_may_go_on() {
    let found = preflight(&ready());
    assert_eq!(found.outcomes(), [PreflightOutcome::Pass; 6]);
    assert!(found.may_go_on());
}

#[test]
fn nothing_told_is_six_things_to_answer_and_no_failure() {
    let found = preflight(&PreflightAnswers::default());
    assert_eq!(found.count(PreflightOutcome::Open), 6);
    assert!(!found.may_go_on());
}

#[test]
fn the_oldest_version_that_can_do_it_passes_and_the_one_before_does_not() {
    for (told, outcome) in [
        ("2.24.17", PreflightOutcome::Pass),
        ("2.24.16", PreflightOutcome::Fail),
        ("2.24.17.3", PreflightOutcome::Pass),
        ("2.24.16.99", PreflightOutcome::Fail),
        ("2.24", PreflightOutcome::Fail),
        ("2.25", PreflightOutcome::Pass),
        ("2.9.99", PreflightOutcome::Fail),
        ("2.100.0", PreflightOutcome::Pass),
        ("3.0.0", PreflightOutcome::Pass),
        ("1.99.99", PreflightOutcome::Fail),
    ] {
        assert_eq!(outcome_of_version(told), outcome, "{told}");
    }
}

#[test]
fn a_version_is_read_as_people_copy_it() {
    for told in [
        " 2.26.31 ",
        "v2.26.31",
        "Version 2.26.31",
        "2.26.31.79 (1234)",
        "26.31.79",
    ] {
        let read = AppVersion::read(told).map(|version| version.to_string());
        assert_eq!(read.as_deref(), Some("2.26.31"), "{told}");
    }
    assert_eq!(outcome_of_version("23.20.79"), PreflightOutcome::Fail);
}

#[test]
fn what_is_no_version_is_asked_again() {
    for told in [
        "new",
        "2",
        "2.",
        ".2",
        "2.24.",
        "2..17",
        "2.x.17",
        "-2.24.17",
        "iPhone 14.5",
        "2.24.17,1",
        "2.9999999",
    ] {
        assert_eq!(version_item(told).finding, VersionFinding::NotRead, "{told}");
        assert_eq!(outcome_of_version(told), PreflightOutcome::Open, "{told}");
    }
    assert_eq!(version_item("  ").finding, VersionFinding::NotTold);
}

#[test]
fn the_longest_code_a_number_begins_with_is_its_country() {
    for (phone, regions, name) in [
        ("441174960208", "GB", "United Kingdom"),
        ("447624123456", "GB", "United Kingdom"),
        ("441624123456", "IM", "Isle of Man"),
        ("12125550100", "US CA", "United States or Canada"),
        ("18765550100", "JM", "Jamaica"),
        ("79161234567", "RU", "Russia"),
        ("77011234567", "KZ", "Kazakhstan"),
        ("59991234567", "CW", "Curaçao"),
        ("5991234567", "BQ", "Caribbean Netherlands"),
        ("351912345047", "PT", "Portugal"),
    ] {
        assert_eq!(allowed(phone), Some((regions, name)), "{phone}");
    }
}

#[test]
fn a_refused_country_stops_at_its_code_and_says_since_when_it_is_known() {
    for (phone, name) in [
        ("2348012345678", "Nigeria"),
        ("234", "Nigeria"),
        ("27821234567", "South Africa"),
    ] {
        let CountryFinding::Refused(refused) = country_of(phone) else {
            panic!("{phone}");
        };
        assert_eq!((refused.country.name, refused.not_listed_on), (name, "2026-06-26"));
        let answers = PreflightAnswers {
            phone: phone.to_owned(),
            ..ready()
        };
        assert!(!preflight(&answers).may_go_on());
    }
    // 290 is another country than 27.
    assert_eq!(allowed("29012345"), Some(("SH", "Saint Helena")));
}

#[test]
fn a_country_that_cannot_be_read_stops_nobody() {
    for phone in ["01174960208", "2991", "999123456789", "4411749602081234"] {
        let answers = PreflightAnswers {
            phone: phone.to_owned(),
            ..ready()
        };
        let found = preflight(&answers);
        match found.country.finding {
            CountryFinding::NotRead => {
                assert_eq!(found.country.outcome, PreflightOutcome::CannotKnow);
                assert!(found.may_go_on(), "{phone}");
            }
            other => assert_eq!((phone, other), ("2991", CountryFinding::NotTold)),
        }
    }
}

#[test]
fn a_number_is_read_as_people_type_it() {
    for typed in [
        "+44 117 496 0208",
        "0044 (117) 496-0208",
        "٤٤ ١١٧ ٤٩٦ ٠٢٠٨",
        "۴۴۱۱۷۴۹۶۰۲۰۸",
    ] {
        assert_eq!(phone_digits(typed), "441174960208", "{typed}");
    }
}

#[test]
fn a_number_in_use_for_less_than_a_week_is_warned_about() {
    for (days, finding) in [
        (0, UseFinding::Short { days: 0, days_left: 7 }),
        (5, UseFinding::Short { days: 5, days_left: 2 }),
        (6, UseFinding::Short { days: 6, days_left: 1 }),
        (7, UseFinding::Long { days: 7 }),
        (u32::MAX, UseFinding::Long { days: u32::MAX }),
    ] {
        assert_eq!(use_item(Some(days)).finding, finding);
    }
    let answers = PreflightAnswers {
        days_in_use: Some(5),
        ..ready()
    };
    assert_eq!(preflight(&answers).use_so_far.outcome, PreflightOutcome::Warning);
    assert!(preflight(&answers).may_go_on());
}

#[test]
fn who_is_no_admin_has_to_ask_one() {
    let answers = PreflightAnswers {
        is_admin: Some(false),
        ..ready()
    };
    assert_eq!(preflight(&answers).admin, PreflightOutcome::Fail);
    assert!(!preflight(&answers).may_go_on());
}

#[test]
fn unlinked_devices_and_the_phone_have_to_be_agreed_to() {
    for (has_phone_at_hand, accepts_unlinking) in [(false, true), (true, false)] {
        let answers = PreflightAnswers {
            has_phone_at_hand,
            accepts_unlinking,
            ..ready()
        };
        let found = preflight(&answers);
        assert_eq!(found.count(PreflightOutcome::Open), 1);
        assert!(!found.may_go_on());
    }
}

proptest! {
    #[test]
    fn any_answer_is_looked_at(phone in ".*", app_version in ".*", days_in_use: Option<u32>, is_admin: Option<bool>) {
        let answers = PreflightAnswers { phone, app_version, days_in_use, is_admin, ..ready() };
        let found = preflight(&answers);
        prop_assert!(!found.may_go_on() || found.admin == PreflightOutcome::Pass);
    }

    #[test]
    fn a_newer_version_never_fails_where_an_older_one_passes(minor in 24_u32..200, patch in 17_u32..10_000) {
        let told = format!("2.{minor}.{patch}");
        prop_assert_eq!(outcome_of_version(&told), PreflightOutcome::Pass);
    }
}
