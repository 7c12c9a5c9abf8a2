//! Words of connecting a number: the frame, the signup and its problems, the business, the confirmation.

use super::{Words, phone_number, said, say};
use twinbox_protocol::SignupProblem;

pub const NO_NUMBER: Words = Words("no-number");
pub const NO_NUMBER_HINT: Words = Words("no-number-hint");
pub const STEPS: Words = Words("steps");
/// The six steps, and what each is about.
pub const SIX_STEPS: [(Words, Words); 6] = [
    (Words("six-steps-1"), Words("six-steps-1-hint")),
    (Words("six-steps-2"), Words("six-steps-2-hint")),
    (Words("six-steps-3"), Words("six-steps-3-hint")),
    (Words("six-steps-4"), Words("six-steps-4-hint")),
    (Words("six-steps-5"), Words("six-steps-5-hint")),
    (Words("six-steps-6"), Words("six-steps-6-hint")),
];
pub const DONE: Words = Words("done");
pub const FINISH_LATER: Words = Words("finish-later");
pub const BACK: Words = Words("back");
pub const CONTINUE: Words = Words("continue");
pub const CONNECT_A_NUMBER: Words = Words("connect-a-number");
pub const GO_ON_CONNECTING: Words = Words("go-on-connecting");
pub const COPY: Words = Words("copy");
pub const COPIED: Words = Words("copied");

pub const SIGN_UP_TITLE: Words = Words("sign-up-title");
pub const SIGN_UP_LEDE: Words = Words("sign-up-lede");
pub const OPEN_IN_WINDOW: Words = Words("open-in-window");
pub const OPEN_IN_WINDOW_HINT: Words = Words("open-in-window-hint");
pub const OPEN_IN_BROWSER: Words = Words("open-in-browser");
pub const OPEN_IN_BROWSER_HINT: Words = Words("open-in-browser-hint");
pub const META_ASKS: Words = Words("meta-asks");
pub const META_QUESTIONS: [Words; 5] = [
    Words("meta-questions-1"),
    Words("meta-questions-2"),
    Words("meta-questions-3"),
    Words("meta-questions-4"),
    Words("meta-questions-5"),
];
pub const CHANGE_SETTINGS: Words = Words("change-settings");
pub const TOOK_TOO_LONG: Words = Words("took-too-long");

pub const WAITING_TITLE: Words = Words("waiting-title");
pub const WAITING_LEDE: Words = Words("waiting-lede");
/// The steps on the phone, in order (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
pub const PHONE_STEPS: [(Words, Words); 5] = [
    (Words("phone-steps-1"), Words("phone-steps-1-hint")),
    (Words("phone-steps-2"), Words("phone-steps-2-hint")),
    (Words("phone-steps-3"), Words("phone-steps-3-hint")),
    (Words("phone-steps-4"), Words("phone-steps-4-hint")),
    (Words("phone-steps-5"), Words("phone-steps-5-hint")),
];
pub const MINUTES_LEFT: Words = Words("countdown-left");
pub const TIME_TO_FINISH: Words = Words("time-to-finish");
pub const TIME_TO_FINISH_HINT: Words = Words("time-to-finish-hint");
pub const SHARE_TITLE: Words = Words("share-title");
pub const SHARE_YES: Words = Words("share-yes");
pub const SHARE_NO: Words = Words("share-no");
pub const NOTHING_OPENED: Words = Words("nothing-opened");
pub const OPEN_META: Words = Words("open-meta");
pub const STOP_WAITING: Words = Words("stop-waiting");
pub const WAITING_FOR_META: Words = Words("waiting-for-meta");

pub const FOR_THE_PHONE: Words = Words("for-the-phone");
pub const BEGIN_AGAIN: Words = Words("begin-again");
pub const CHECK_SETTINGS: Words = Words("check-settings");

pub const CHOOSE_TITLE: Words = Words("choose-title");
pub const CHOOSE_LEDE: Words = Words("choose-lede");
pub const NUMBERS: Words = Words("numbers");
pub const COEXISTS: Words = Words("coexists");
pub const NOT_ON_PHONE: Words = Words("not-on-phone");
pub const THE_ONE_YOU_TOLD: Words = Words("the-one-you-told");
pub const USE_ANOTHER: Words = Words("use-another");
pub const CHOOSE_FIRST: Words = Words("choose-first");

pub const DETAILS_TITLE: Words = Words("details-title");
pub const DETAILS_LEDE: Words = Words("details-lede");
pub const BUSINESS_NAME: Words = Words("business-name");
pub const BUSINESS_NAME_HINT: Words = Words("business-name-hint");
pub const BUSINESS_NAME_EXAMPLE: &str = "Lucky Shrub Ltd";
pub const BUSINESS_NAME_MISSING: Words = Words("business-name-missing");
pub const BUSINESS_NAME_LONG: Words = Words("business-name-long");
pub const WEBSITE: Words = Words("website");
pub const WEBSITE_EXAMPLE: &str = "https://example.com";
pub const WEBSITE_WRONG: Words = Words("website-wrong");
pub const NO_WEBSITE: Words = Words("no-website");

pub const CONFIRM_TITLE: Words = Words("confirm-title");
pub const CONFIRM_LEDE: Words = Words("confirm-lede");
pub const CONNECT_THIS: Words = Words("connect-this");
pub const NO_WEBSITE_TOLD: Words = Words("no-website-told");
pub const WHAT_HAPPENS: Words = Words("what-happens");
pub const WHAT_HAPPENS_STEPS: [(Words, Words); 3] = [
    (Words("what-happens-steps-1"), Words("what-happens-steps-1-hint")),
    (Words("what-happens-steps-2"), Words("what-happens-steps-2-hint")),
    (Words("what-happens-steps-3"), Words("what-happens-steps-3-hint")),
];
pub const ALLOWED: Words = Words("allowed");
/// The permissions in plain words, and what Meta calls them.
pub const PERMISSIONS: [(Words, &str); 2] = [
    (Words("permission-messaging"), "whatsapp_business_messaging"),
    (Words("permission-management"), "whatsapp_business_management"),
];

/// One problem of a signup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemWords {
    /// What it is.
    pub title: Words,
    /// What happened.
    pub what: String,
    /// What it means for the phone.
    pub phone: Words,
}

/// What a problem is, and what it means for the phone.
pub fn problem(problem: &SignupProblem) -> ProblemWords {
    const UNTOUCHED: Words = Words("phone-untouched");
    const MAY_SHOW: Words = Words("phone-may-show");
    const CONNECTED_ALREADY: Words = Words("phone-connected-already");
    let (title, what, phone) = match problem {
        SignupProblem::Closed => (
            Words("signup-closed"),
            Words("signup-closed-what").to_owned(),
            UNTOUCHED,
        ),
        SignupProblem::Cancelled => (
            Words("signup-cancelled"),
            Words("signup-cancelled-what").to_owned(),
            UNTOUCHED,
        ),
        SignupProblem::Failed { sentence } => (
            Words("signup-failed"),
            match sentence.trim() {
                "" => Words("signup-failed-silent").to_owned(),
                sentence => say!("signup-failed-what", sentence = sentence),
            },
            UNTOUCHED,
        ),
        SignupProblem::Expired => (
            Words("signup-expired"),
            Words("signup-expired-what").to_owned(),
            MAY_SHOW,
        ),
        SignupProblem::CodeRefused => (
            Words("signup-code-refused"),
            Words("signup-code-refused-what").to_owned(),
            MAY_SHOW,
        ),
        SignupProblem::AppRefused => (
            Words("signup-app-refused"),
            Words("signup-app-refused-what").to_owned(),
            MAY_SHOW,
        ),
        SignupProblem::PermissionMissing { permission } => (
            Words("signup-permission-missing"),
            say!("signup-permission-missing-what", permission = permission),
            MAY_SHOW,
        ),
        SignupProblem::NoNumber => (
            Words("signup-no-number"),
            Words("signup-no-number-what").to_owned(),
            UNTOUCHED,
        ),
        SignupProblem::NotOnPhone => (
            Words("signup-not-on-phone"),
            Words("signup-not-on-phone-what").to_owned(),
            Words("signup-stopped-here"),
        ),
        SignupProblem::Unreachable => (
            Words("signup-unreachable"),
            Words("signup-unreachable-what").to_owned(),
            CONNECTED_ALREADY,
        ),
        SignupProblem::Refused { code, sentence } => (
            Words("signup-refused"),
            say!(
                "signup-refused-what",
                sentence = &said(sentence),
                code = &code.to_string()
            ),
            CONNECTED_ALREADY,
        ),
    };
    ProblemWords { title, what, phone }
}

/// A number came back that is not the one told before.
pub fn not_expected(came: &str, told: &str) -> String {
    say!("not-expected", came = &phone_number(came), told = &phone_number(told))
}

/// The button that goes on with a number.
pub fn continue_with(number: &str) -> String {
    say!("continue-with", number = &phone_number(number))
}

/// Minutes and seconds of a countdown: `9:05`.
pub fn minutes_and_seconds(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_never_goes_below_zero() {
        assert_eq!(
            [600, 65, 9, 0, -7].map(minutes_and_seconds),
            ["10:00", "1:05", "0:09", "0:00", "0:00"]
        );
    }

    #[test]
    fn an_error_of_metas_page_is_quoted_and_its_silence_is_said() {
        let words = |sentence: &str| {
            problem(&SignupProblem::Failed {
                sentence: sentence.to_owned(),
            })
            .what
        };
        assert_eq!(words("App not set up"), "It says: \u{201c}App not set up\u{201d}");
        assert_eq!(words("  "), "It did not say which.");
    }

    #[test]
    fn another_number_than_the_one_told_is_pointed_out() {
        assert_eq!(
            not_expected("441174960208", "5511987654321"),
            "You connected +44 117 496 0208, not +55 119 8765 4321."
        );
    }
}
