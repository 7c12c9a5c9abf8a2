//! Words of the questions before a signup, and of what changes on the phone.

use super::phone_number;
use twinbox_domain::{CountryFinding, DAYS_IN_USE, UseFinding, VersionFinding};

pub const CHECK_TITLE: &str = "Connect a number";
pub const CHECK_LEDE: &str = "Your team answers here while you keep WhatsApp Business on the phone. First, a quick check, so nothing stops halfway.";
pub const CHECKS: &str = "Checks";
pub const VERSION_LABEL: &str = "Version of WhatsApp Business on the phone";
pub const VERSION_EXAMPLE: &str = "2.26.31";
pub const NUMBER_LABEL: &str = "Number with its country code";
pub const NUMBER_EXAMPLE: &str = "+44 117 496 0208";
pub const PHONE_AT_HAND: &str = "The phone is at hand, charged and online";
pub const PHONE_AT_HAND_HINT: &str = "You scan a code with it, or type one into it.";
pub const DAYS_LABEL: &str = "Days in use";
pub const DAYS: &str = "days";
pub const UNLINKING: &str = "All linked devices will be unlinked";
pub const UNLINKING_HINT: &str = "WhatsApp Web, desktop and tablets are signed out. Link them again afterwards, except WhatsApp for Windows and Wear OS watches, which stay unsupported.";
pub const I_UNDERSTAND: &str = "I understand";
pub const UNDERSTOOD: &str = "Understood";
pub const ADMIN_QUESTION: &str = "Are you an admin of the Meta business portfolio?";
pub const ADMIN_HINT: &str =
    "Only an admin can connect a number. Business settings at Meta, under People, tells what you are.";
pub const ADMIN_YES: &str = "You are an admin of the Meta business portfolio";
pub const ADMIN_YES_HINT: &str = "Only an admin can connect a number.";
pub const ADMIN_NO: &str = "You are not an admin of the Meta business portfolio";
pub const ADMIN_NO_HINT: &str =
    "Only an admin can connect a number. Ask one of them, or let them sign in for this step.";
pub const COPY_REQUEST: &str = "Copy request";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const YOU_TOLD: &str = "You told us";
pub const CONTINUE_TO_SIGN_UP: &str = "Continue to sign up";
pub const EVERYTHING_THAT_CHANGES: &str = "Everything that changes on the phone";

pub const STAYS_TITLE: &str = "Stays the same on the phone";
pub const STAYS: [&str; 3] = [
    "All chats, groups and calls",
    "Your labels and quick replies",
    "Replies from the phone stay free",
];
pub const SWITCHES_OFF_TITLE: &str = "Switches off";
pub const SWITCHES_OFF: [&str; 3] = [
    "Disappearing messages and view once",
    "Live location",
    "New broadcast lists. Old ones become read only",
];
pub const GOOD_TO_KNOW: &str = "Good to know";
pub const ABOUT_TEN_MINUTES: &str = "About 10 minutes, then the chats come over by themselves";
pub const DISCONNECT_ANY_TIME: &str = "You can disconnect on the phone at any time";
pub const PHONE_CHANGES: &str = "What changes on the phone";

/// What the owner sends to an admin.
pub const ADMIN_REQUEST: &str = "Hi, I would like to connect our WhatsApp Business number to our shared inbox. Meta only lets an admin of our business portfolio do that. Could you make me an admin (business.facebook.com, Settings, People), or do this step together with me? It takes about ten minutes, and the phone with WhatsApp Business has to be at hand. Thank you.";

pub const COMPARISON_HEAD: [&str; 3] = ["", "On the phone afterwards", "In Twinbox"];

/// Title and hint of the version.
pub fn version_words(finding: VersionFinding) -> (String, &'static str) {
    const NEEDED: &str = "Version 2.24.17 or newer is needed.";
    const WHERE: &str =
        "On the phone: Settings, Help, then App info if you see it. Version 2.24.17 or newer is needed.";
    match finding {
        VersionFinding::NotTold => ("Which WhatsApp Business is on the phone?".to_owned(), WHERE),
        VersionFinding::NotRead => (
            "This is not a version".to_owned(),
            "Type it as the phone shows it, for example 2.26.31.",
        ),
        VersionFinding::TooOld(version) => (
            format!("WhatsApp Business {version} is too old"),
            "Update it in the phone\u{2019}s app store. Version 2.24.17 or newer is needed.",
        ),
        VersionFinding::Fine(version) => (format!("WhatsApp Business {version}"), NEEDED),
    }
}

/// Title and hint of the country.
pub fn country_words(finding: CountryFinding, phone: &str) -> (String, String) {
    match finding {
        CountryFinding::NotTold => (
            "Which number do you connect?".to_owned(),
            "With its country code. Not every country is allowed.".to_owned(),
        ),
        CountryFinding::NotRead => (
            "Cannot tell the country".to_owned(),
            "Start with the country code, for example +44. If it is right, you can go on: Meta decides.".to_owned(),
        ),
        CountryFinding::Refused(refused) => (
            format!("Numbers from {} cannot be connected", refused.country),
            format!(
                "Meta listed numbers that begin with +{} as not supported until at least {}. On {} its page had no such \
                 list any more. Until that is certain, Twinbox stops here; nothing has changed on the phone. Source: {}.",
                refused.code,
                day_words(refused.last_listed),
                day_words(refused.not_listed_on),
                refused.source
            ),
        ),
        CountryFinding::Allowed(country) => (
            format!("Country allowed: {country}"),
            format!("Read from {}. Meta decides this list.", phone_number(phone)),
        ),
    }
}

/// Title and hint of how long the number has been in use. `when` is the day on which it is long enough.
pub fn use_words(finding: UseFinding, when: &str) -> (String, String) {
    let wants = format!("WhatsApp wants {DAYS_IN_USE} days or more.");
    match finding {
        UseFinding::NotTold => (
            "How long has the number been in WhatsApp Business?".to_owned(),
            format!("{wants} For a month or longer, 30 will do."),
        ),
        UseFinding::Short { days, .. } => (
            format!("In use for {}", days_words(days)),
            format!("{wants} You can try now. If it says no, come back on {when}."),
        ),
        UseFinding::Long { days } => (format!("In use for {}", days_words(days)), wants),
    }
}

fn days_words(days: u32) -> String {
    match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// Why it does not go on: what fails, else what waits for an answer. Empty when nothing does.
pub fn what_is_missing(failed: usize, open: usize) -> String {
    match (failed, open) {
        (1, _) => "1 thing to fix first".to_owned(),
        (2.., _) => format!("{failed} things to fix first"),
        (0, 1) => "1 thing to answer".to_owned(),
        (0, 0) => String::new(),
        (0, open) => format!("{open} things to answer"),
    }
}

/// `2026-06-26` as `June 26, 2026`, `2026-03` as `March 2026`; anything else as it is.
fn day_words(day: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next(), parts.next(), parts.next());
    let month = month
        .and_then(|month| month.parse::<usize>().ok()?.checked_sub(1))
        .and_then(|month| MONTHS.get(month));
    let date = date.map(str::parse::<u8>);
    match (year, month, date) {
        (Some(year), Some(month), Some(Ok(date))) => format!("{month} {date}, {year}"),
        (Some(year), Some(month), None) => format!("{month} {year}"),
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
        let (title, hint) = country_words(preflight(&answers).country.finding, &answers.phone);
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
