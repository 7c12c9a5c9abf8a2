//! Connecting a number: the settings of the Meta app, the signup step by step, and what comes over afterwards.

use serde::{Deserialize, Serialize};
use std::fmt;
use twinbox_domain::{Millis, NumberId, PreflightAnswers};

/// How connecting stands. Changes with every [`ChangeView::Overview`](crate::ChangeView::Overview).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// The Meta app that numbers are connected with.
    pub app: MetaAppView,
    /// Where secrets are kept.
    pub secrets: SecretsView,
    /// The signup that was begun and not finished; `None` when there is none.
    pub signup: Option<SignupView>,
}

/// The settings of the Meta app. Secrets are never told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaAppView {
    /// Meta's id of the app, digits; empty while not set.
    pub app_id: String,
    /// Meta's id of the Login for Business configuration, digits; empty while not set.
    pub config_id: String,
    /// Whether an app secret is kept.
    pub has_app_secret: bool,
    /// The Graph version, for example `v25.0`.
    pub graph_version: String,
    /// For example `https://graph.facebook.com`.
    pub graph_url: String,
    /// Where the login dialog is, for example `https://www.facebook.com`.
    pub dialog_url: String,
    /// The public https address that leads to this engine's listener, without a path; empty while there is none.
    pub public_url: String,
    /// Whether everything a signup needs is there.
    pub is_complete: bool,
}

/// Where secrets are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretsView {
    /// The system's keychain is being asked; it may be asking a person.
    Unlocking,
    /// In the system's keychain.
    Keychain,
    /// Under a key in a file that only this user can read.
    File,
    /// Nowhere: [`KeepSecretsInFile`](crate::KeepSecretsInFile) would allow a file.
    Nowhere {
        /// Why the keychain cannot be used, a sentence for a person. It is asked again by itself.
        reason: String,
        /// Whether there are secrets under a key that cannot be had now.
        has_secrets: bool,
    },
}

/// A signup under way. It is kept and goes on after a restart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignupView {
    /// What comes next.
    pub step: SignupStep,
    /// What the owner told before.
    pub answers: PreflightAnswers,
    /// Until when Meta's page may come back; `None` while none is open.
    pub waiting_until: Option<Millis>,
    /// Why the last try did not work; `None` when it did, or none was made.
    pub problem: Option<SignupProblem>,
    /// The numbers Meta says the token may be used for; empty before [`SignupStep::Choose`].
    pub candidates: Vec<Candidate>,
    /// The number that is being connected; `None` before it is known.
    pub number: Option<NumberId>,
    /// What the owner told about the business.
    pub business: BusinessDetails,
}

/// The steps of a signup, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignupStep {
    /// The questions before it.
    Check,
    /// Meta's page, and the phone.
    SignUp,
    /// Which number it is: more than one came back, or another one than was told before.
    Choose,
    /// Name and website of the business.
    Details,
    /// Everything once more; nothing has been asked of the phone yet.
    Confirm,
    /// Connected: contacts and history come over. [`GetSync`](crate::GetSync) tells how far.
    Sync,
}

impl SignupStep {
    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::SignUp => "sign_up",
            Self::Choose => "choose",
            Self::Details => "details",
            Self::Confirm => "confirm",
            Self::Sync => "sync",
        }
    }
}

/// How Meta's page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignupWay {
    /// In a window of the desktop app. `Invalid` elsewhere.
    Window,
    /// In the system's browser, which comes back by a link.
    Browser,
}

/// Why a signup did not work. Each has its own screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignupProblem {
    /// The window was closed before it was done.
    Closed,
    /// The owner said no at Meta.
    Cancelled,
    /// Meta's page came back with an error.
    Failed {
        /// Meta's sentence, cut; shown as text.
        sentence: String,
    },
    /// It came back too late.
    Expired,
    /// The code was refused, or it is not known whether it was used: begin again.
    CodeRefused,
    /// Meta does not know the app, or its secret is wrong.
    AppRefused,
    /// A permission is missing in what the owner granted.
    PermissionMissing {
        /// Meta's name of it.
        permission: String,
    },
    /// The account has no number.
    NoNumber,
    /// The number is not one of a phone app: it would have been moved away from the phone.
    NotOnPhone,
    /// Meta could not be reached; what was done is kept. [`ResumeSignup`](crate::ResumeSignup) goes on.
    Unreachable,
    /// Meta refused a step after the signup.
    Refused {
        /// Meta's code.
        code: i64,
        /// A sentence for a person.
        sentence: String,
    },
}

/// A number that could be connected.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Meta's id of it.
    pub id: NumberId,
    /// Meta's id of its account.
    pub waba: String,
    /// Digits only.
    pub display_phone_number: String,
    /// The name WhatsApp shows for it; empty when not told.
    pub verified_name: String,
    /// Whether it lives in a phone app and in the Cloud API at once.
    pub is_coexistence: bool,
    /// Whether it is the one the owner told before; `false` when none was told.
    pub is_expected: bool,
}

/// Never the phone number or the name: they do not belong in logs.
impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Candidate({})", self.id)
    }
}

/// What the owner tells about the business.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BusinessDetails {
    /// The name, exactly as on the registration documents; empty while not told.
    pub name: String,
    /// An http(s) address. `None`: the business has no website.
    pub website: Option<String>,
}

/// Never the name: it does not belong in logs.
impl fmt::Debug for BusinessDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BusinessDetails(..)")
    }
}

/// Meta's page of a signup.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignupAddress {
    /// Where it is.
    pub url: String,
}

/// Never the address: it carries the signup's state.
impl fmt::Debug for SignupAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignupAddress(..)")
    }
}

/// One thing that was tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was tested, a few words.
    pub title: String,
    /// How it came out.
    pub outcome: CheckOutcome,
    /// What was found, and what to do about it: a sentence for a person.
    pub sentence: String,
}

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it should be.
    Pass,
    /// It may work, or not.
    Warning,
    /// It will not work.
    Fail,
    /// It cannot be found out from here.
    CannotKnow,
}

/// What comes over from the phone after a number was connected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncView {
    /// The number.
    pub number: NumberId,
    /// When it was connected.
    pub connected_at: Millis,
    /// Until when contacts and history can be asked for: 24 hours later.
    pub deadline: Millis,
    /// The request for the contacts.
    pub contacts: SyncRequest,
    /// The request for the history.
    pub history: SyncRequest,
    /// How many contacts of the phone are known.
    pub contact_count: u64,
    /// How many conversations and messages have come from the history.
    pub conversation_count: u64,
    /// See `conversation_count`.
    pub message_count: u64,
    /// The furthest that each phase (0: the last day, 1: to 90 days, 2: to 180 days) has told, 0 to 100 of everything;
    /// `None` while nothing of it has come.
    pub phases: [Option<u8>; 3],
    /// The furthest of all, 0 to 100; 100 ends the synchronization.
    pub percent: Option<u8>,
    /// Meta's code when the history is not shared (2593109: the owner declined).
    pub refused: Option<i64>,
    /// Files here, and in all, of what came from the history.
    pub files_here: u64,
    /// See `files_here`.
    pub files: u64,
    /// When the last piece of contacts or history came; `None`: none yet.
    pub last_piece_at: Option<Millis>,
    /// Whether new messages are held back until the first synchronization is complete.
    pub is_holding: bool,
    /// How many are held back.
    pub waiting: u64,
}

/// One of the two requests of a synchronization. Meta takes each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncRequest {
    /// Not made yet.
    NotMade,
    /// On its way, or its answer was lost: Meta may have taken it.
    MaybeMade {
        /// When it was made.
        at: Millis,
    },
    /// Meta took it. That says nothing about what will come.
    Made {
        /// When it was made.
        at: Millis,
    },
    /// Meta refused it.
    Refused {
        /// When it was made.
        at: Millis,
        /// Meta's code: 2593107 made before, 2593108 too late.
        code: i64,
    },
}

#[cfg(test)]
mod tests;
