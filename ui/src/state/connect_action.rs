//! What can happen while a number is connected.

use super::ConnectPage;
use twinbox_domain::PreflightAnswers;
use twinbox_protocol::{ApiError, Check, ConnectionView, SyncView};

/// Something that happened to the first set-up.
#[derive(Debug)]
pub enum ConnectAction {
    /// It was asked how it stands.
    Asked,
    /// It stands so.
    Told {
        /// The number of the question. Answers to older ones are dropped.
        asked: u64,
        /// The answer.
        view: Box<ConnectionView>,
    },
    /// The question was not answered.
    NotTold(ApiError),
    /// Someone answered a question.
    Answered(PreflightAnswers),
    /// The engine has the answers up to this change.
    AnswersKept(u64, Box<ConnectionView>),
    /// A step is being taken.
    Stepping,
    /// It was taken, and this is how it stands now.
    Stepped(Box<ConnectionView>),
    /// It was taken, and leaves the page that is looked at where it is.
    Kept(Box<ConnectionView>),
    /// Meta's page is open: at this address, when it is one of a browser.
    Opening(Option<String>),
    /// The step was not taken.
    NotStepped(ApiError),
    /// Another page is looked at, or the one that is due.
    Look(Option<ConnectPage>),
    /// The Meta app is being tried out.
    TryingApp,
    /// It came out so.
    AppTried(Vec<Check>),
    /// Webhooks are being tried out.
    TryingWebhooks,
    /// It came out so.
    WebhooksTried(Vec<Check>),
    /// A try was not made.
    NotTried(ApiError),
    /// The verify token is shown.
    VerifyToken(String),
    /// It is not any more.
    HideVerifyToken,
    /// How far contacts and history have come.
    Synced(Box<SyncView>),
}
