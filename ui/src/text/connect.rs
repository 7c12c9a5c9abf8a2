//! Words of connecting a number: the frame, the signup and its problems, the business, the confirmation.

use super::phone_number;
use twinbox_protocol::SignupProblem;

pub const NO_NUMBER: &str = "No number is connected";
pub const NO_NUMBER_HINT: &str = "Chats appear here once one is.";
pub const STEPS: &str = "Steps";
/// The six steps, and what each is about.
pub const SIX_STEPS: [(&str, &str); 6] = [
    ("Check", "Ready to start?"),
    ("Sign up", "With Meta, on this computer"),
    ("Share history", "Choose on the phone"),
    ("Business details", "Name and website"),
    ("Confirm", "Read it once more"),
    ("Syncing", "Chats come over"),
];
pub const DONE: &str = "done";
pub const FINISH_LATER: &str = "Finish later";
pub const BACK: &str = "Back";
pub const CONTINUE: &str = "Continue";
pub const CONNECT_A_NUMBER: &str = "Connect a number";
pub const GO_ON_CONNECTING: &str = "Go on connecting a number";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";

pub const SIGN_UP_TITLE: &str = "Sign up with Meta";
pub const SIGN_UP_LEDE: &str =
    "Meta\u{2019}s own pages connect the number. Twinbox sees what they answer, never your password.";
pub const OPEN_IN_WINDOW: &str = "Open in a window";
pub const OPEN_IN_WINDOW_HINT: &str = "Beside this one. You sign in to Facebook there, and it closes when it is done.";
pub const OPEN_IN_BROWSER: &str = "Open in my browser";
pub const OPEN_IN_BROWSER_HINT: &str =
    "Where you may be signed in to Facebook already. It leads back here when it is done.";
pub const META_ASKS: &str = "What Meta asks";
pub const META_QUESTIONS: [&str; 5] = [
    "Sign in to Facebook, and choose the business portfolio",
    "Choose to connect your existing WhatsApp Business app",
    "Type the number, then take the phone",
    "Confirm the account and its time zone",
    "Allow Twinbox to manage the account and to send",
];
pub const CHANGE_SETTINGS: &str = "Change connection settings";
pub const TOOK_TOO_LONG: &str =
    "Meta\u{2019}s page did not come back within 10 minutes. Open it again; nothing was lost.";

pub const WAITING_TITLE: &str = "Now take the phone";
pub const WAITING_LEDE: &str =
    "Follow Meta\u{2019}s page on this computer. When it shows a code, these are the steps on the phone.";
/// The steps on the phone, in order (Meta, "Onboarding WhatsApp Business app users", Jun 2026).
pub const PHONE_STEPS: [(&str, &str); 5] = [
    (
        "Open the message from Facebook Business",
        "It comes to WhatsApp Business as a chat. Tap Connect in it.",
    ),
    ("Tap Connect to the Business Platform", "On the page that opens."),
    (
        "Choose Share chats or Don\u{2019}t share chats",
        "Share, and up to 180 days of chats come over. It can only be chosen now.",
    ),
    (
        "Scan the code on this screen",
        "Meta\u{2019}s page shows it. Or type the code that stands beside it.",
    ),
    (
        "Come back to Meta\u{2019}s page",
        "Finish it there. This page goes on by itself.",
    ),
];
pub const MINUTES_LEFT: &str = "left";
pub const TIME_TO_FINISH: &str = "10 minutes to finish";
pub const TIME_TO_FINISH_HINT: &str = "Then Meta\u{2019}s page has to be opened again. Nothing is lost.";
pub const SHARE_TITLE: &str = "Share chats?";
pub const SHARE_YES: &str = "Share: the team sees what was agreed before";
pub const SHARE_NO: &str =
    "Don\u{2019}t share: the inbox begins empty. Later it takes disconnecting and connecting again";
pub const NOTHING_OPENED: &str = "Did nothing open?";
pub const OPEN_META: &str = "Open Meta\u{2019}s page";
pub const STOP_WAITING: &str = "Stop waiting";
pub const WAITING_FOR_META: &str = "Waiting for Meta\u{2019}s page";

pub const FOR_THE_PHONE: &str = "For the phone";
pub const BEGIN_AGAIN: &str = "Begin again";
pub const CHECK_SETTINGS: &str = "Check the settings";

pub const CHOOSE_TITLE: &str = "Which number is it?";
pub const CHOOSE_LEDE: &str =
    "Meta lets Twinbox use these. The sign of two squares marks a number that lives on a phone and here.";
pub const NUMBERS: &str = "Numbers";
pub const COEXISTS: &str = "On the phone and here";
pub const NOT_ON_PHONE: &str = "Not on a phone: cannot be connected";
pub const THE_ONE_YOU_TOLD: &str = "The one you told";
pub const USE_ANOTHER: &str = "Sign up with another number";
pub const CHOOSE_FIRST: &str = "Choose a number";

pub const DETAILS_TITLE: &str = "Business details";
pub const DETAILS_LEDE: &str = "Meta compares them when it reviews the business.";
pub const BUSINESS_NAME: &str = "Name of the business";
pub const BUSINESS_NAME_HINT: &str = "Exactly as on the registration documents, with its legal form";
pub const BUSINESS_NAME_EXAMPLE: &str = "Lucky Shrub Ltd";
pub const BUSINESS_NAME_MISSING: &str = "Enter the name as it is on the registration documents.";
pub const BUSINESS_NAME_LONG: &str = "At most 256 characters.";
pub const WEBSITE: &str = "Website";
pub const WEBSITE_EXAMPLE: &str = "https://example.com";
pub const WEBSITE_WRONG: &str = "Written like https://example.com.";
pub const NO_WEBSITE: &str = "My business does not have a website";

pub const CONFIRM_TITLE: &str = "Everything once more";
pub const CONFIRM_LEDE: &str = "Nothing has been asked of the phone yet. Connecting asks it for contacts and chats.";
pub const CONNECT_THIS: &str = "Connect this number";
pub const NO_WEBSITE_TOLD: &str = "None";
pub const WHAT_HAPPENS: &str = "What happens when you connect";
pub const WHAT_HAPPENS_STEPS: [(&str, &str); 3] = [
    (
        "New messages come here",
        "From now on Meta delivers what customers write, and what the phone answers.",
    ),
    (
        "Contacts are asked for, then the history",
        "Once each, within 24 hours of signing up. If you chose not to share, only the contacts come.",
    ),
    (
        "The phone sends them",
        "Keep WhatsApp Business open on it. It takes minutes to hours.",
    ),
];
pub const ALLOWED: &str = "What you allowed";
/// The permissions in plain words, and what Meta calls them.
pub const PERMISSIONS: [(&str, &str); 2] = [
    (
        "Send and receive messages for this number",
        "whatsapp_business_messaging",
    ),
    (
        "Read and change the account\u{2019}s settings and templates",
        "whatsapp_business_management",
    ),
];

/// One problem of a signup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemWords {
    /// What it is.
    pub title: &'static str,
    /// What happened.
    pub what: String,
    /// What it means for the phone.
    pub phone: &'static str,
}

/// What a problem is, and what it means for the phone.
pub fn problem(problem: &SignupProblem) -> ProblemWords {
    const UNTOUCHED: &str =
        "Nothing has changed on the phone, unless you already tapped Connect on it. Its chats go on either way.";
    const MAY_SHOW: &str = "The phone may show the number as connected already. Its chats go on as before, and beginning again does no harm.";
    let (title, what, phone) = match problem {
        SignupProblem::Closed => (
            "Meta\u{2019}s page was closed",
            "It was closed before it was finished, so there is nothing to connect yet.".to_owned(),
            UNTOUCHED,
        ),
        SignupProblem::Cancelled => (
            "You said no at Meta",
            "Meta reports that the request was declined. If that was a slip, begin again.".to_owned(),
            UNTOUCHED,
        ),
        SignupProblem::Failed { sentence } => (
            "Meta\u{2019}s page reported an error",
            match sentence.trim() {
                "" => "It did not say which.".to_owned(),
                sentence => format!("It says: \u{201c}{sentence}\u{201d}"),
            },
            UNTOUCHED,
        ),
        SignupProblem::Expired => (
            "It took longer than 10 minutes",
            "Meta\u{2019}s page came back too late, so its answer does not count any more.".to_owned(),
            MAY_SHOW,
        ),
        SignupProblem::CodeRefused => (
            "Meta did not take its own code",
            "Each code works once and for 30 seconds. It was refused, or its answer was lost, so Twinbox does not use it again.".to_owned(),
            MAY_SHOW,
        ),
        SignupProblem::AppRefused => (
            "Meta does not know this app",
            "The app ID or the app secret is wrong. Compare them with App settings, Basic.".to_owned(),
            MAY_SHOW,
        ),
        SignupProblem::PermissionMissing { permission } => (
            "A permission is missing",
            format!("Twinbox needs {permission}. Begin again and leave everything ticked on the page that asks."),
            MAY_SHOW,
        ),
        SignupProblem::NoNumber => (
            "The account has no number",
            "The WhatsApp account chosen at Meta has no number in it. Begin again and choose the one of the phone.".to_owned(),
            UNTOUCHED,
        ),
        SignupProblem::NotOnPhone => (
            "The number does not live on a phone",
            "Meta names no number that is in the WhatsApp Business app. Begin again and choose to connect your existing WhatsApp Business app, not a new number.".to_owned(),
            "Twinbox stopped here: going on would have taken the number away from the phone.",
        ),
        SignupProblem::Unreachable => (
            "Meta cannot be reached",
            "The signup is kept. Look whether this computer is online, then go on where it stopped.".to_owned(),
            "The phone is connected already. Its chats go on as before.",
        ),
        SignupProblem::Refused { code, sentence } => (
            "Meta refused a step",
            format!("{sentence} Meta\u{2019}s code is {code}."),
            "The phone is connected already. Its chats go on as before.",
        ),
    };
    ProblemWords { title, what, phone }
}

/// A number came back that is not the one told before.
pub fn not_expected(came: &str, told: &str) -> String {
    format!("You connected {}, not {}.", phone_number(came), phone_number(told))
}

/// The button that goes on with a number.
pub fn continue_with(number: &str) -> String {
    format!("Continue with {}", phone_number(number))
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
