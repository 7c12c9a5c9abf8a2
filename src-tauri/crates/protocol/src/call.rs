//! The closed list of what may be asked.

use crate::{
    Assign, BusinessDetails, CancelLane, Changes, Check, CheckPassphrase, ConnectionView, ConversationDetails,
    ConversationFilter, ConversationRow, DeleteLabel, DeleteNote, DraftView, EmojiView, ErasePerson, FailedView,
    GetDrafts, GetQueue, GetRates, GetSettings, GetTeam, Greeting, HealthView, LabelConversations, ListEmoji,
    ListFailed, ListQueue, ListWaiting, MarkUnread, MessageCursor, MessageView, OpenFile, Overview, Page, PauseLane,
    PauseMessage, PauseSending, PreviewRetention, QueueView, RatesView, RescheduleMessage, ResumeLane, ResumeMessage,
    RetentionPreview, RetryFailed, RowCursor, SaveCannedReply, SaveDraft, SaveLabel, SaveRates, SaveSettings,
    ScheduleMessage, ScheduledView, Search, SearchResults, SetField, SetPassphrase, SetRetention, SetState, SetUndo,
    SettingsView, SignupAddress, SignupWay, SpendingView, SyncView, TeamView, TellLocked, TemplatesView,
    TryNotification, UnscheduleMessage, WaitingList, WaitingView, WriteNote,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use twinbox_domain::{
    CardToSend, ContentHash, ConversationId, FileKind, FileProblem, Interactive, LabelId, MessageId, Millis, NumberId,
    OutboxId, PlaceToSend, PreflightAnswers, RetentionPeriod, Seq, SlotValue, Wamid,
};

/// A request that knows the type of its reply.
pub trait Call: Into<Request> {
    /// What the engine answers.
    type Reply: Serialize + DeserializeOwned;
}

macro_rules! calls {
    ($($name:ident -> $reply:ty),* $(,)?) => {
        /// Anything a UI may ask. On the wire: `{"send_message": {..}}`.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Request {
            $(
                #[doc = concat!("See [`", stringify!($name), "`](struct@", stringify!($name), ").")]
                $name($name),
            )*
        }

        $(
            impl Call for $name {
                type Reply = $reply;
            }

            impl From<$name> for Request {
                fn from(call: $name) -> Self {
                    Self::$name(call)
                }
            }
        )*
    };
}

calls! {
    Hello -> Greeting,
    GetOverview -> Overview,
    ListConversations -> Page<ConversationRow>,
    GetConversation -> ConversationDetails,
    ListMessages -> Page<MessageView>,
    ListMessagesAfter -> Page<MessageView>,
    FindUnread -> Option<MessageCursor>,
    Search -> SearchResults,
    MarkRead -> (),
    TellTyping -> (),
    SendMessage -> MessageView,
    ListTemplates -> TemplatesView,
    RefreshTemplates -> TemplatesView,
    GetSpending -> SpendingView,
    GetRates -> RatesView,
    SaveRates -> (),
    CancelMessage -> (),
    PauseMessage -> (),
    ResumeMessage -> (),
    RetryMessage -> (),
    RetryMedia -> (),
    SettleUnknown -> (),
    ResumeSending -> (),
    GetQueue -> QueueView,
    ListQueue -> Page<WaitingView>,
    ListWaiting -> WaitingList,
    ListFailed -> Page<FailedView>,
    RetryFailed -> (),
    CancelLane -> (),
    PauseSending -> (),
    PauseLane -> (),
    ResumeLane -> (),
    SetUndo -> (),
    ScheduleMessage -> ScheduledView,
    RescheduleMessage -> (),
    UnscheduleMessage -> (),
    GetStorage -> StorageView,
    SetStorageQuota -> (),
    PreviewRetention -> RetentionPreview,
    SetRetention -> (),
    GetSettings -> SettingsView,
    SaveSettings -> (),
    SetPassphrase -> (),
    CheckPassphrase -> bool,
    TryNotification -> (),
    TellLocked -> (),
    OpenFile -> (),
    ErasePerson -> (),
    SetState -> (),
    Assign -> (),
    MarkUnread -> (),
    LabelConversations -> (),
    SaveLabel -> LabelId,
    DeleteLabel -> (),
    SaveCannedReply -> (),
    GetTeam -> TeamView,
    WriteNote -> MessageView,
    DeleteNote -> (),
    ListEmoji -> Vec<Vec<EmojiView>>,
    GetDrafts -> Vec<DraftView>,
    SaveDraft -> (),
    SetField -> (),
    ChangesSince -> Changes,
    GetHealth -> HealthView,
    CheckNumber -> HealthView,
    SetNumber -> (),
    GetConnection -> ConnectionView,
    SaveMetaApp -> ConnectionView,
    KeepSecretsInFile -> ConnectionView,
    TestMetaApp -> Vec<Check>,
    TestWebhooks -> Vec<Check>,
    RevealVerifyToken -> String,
    SaveAnswers -> ConnectionView,
    BeginSignup -> SignupAddress,
    FinishSignup -> ConnectionView,
    SignupClosed -> ConnectionView,
    ChooseNumber -> ConnectionView,
    SaveBusiness -> ConnectionView,
    ConfirmSignup -> ConnectionView,
    ResumeSignup -> ConnectionView,
    ForgetSignup -> ConnectionView,
    GetSync -> SyncView,
    RequestSync -> SyncView,
    ShowWaiting -> SyncView,
}

/// The first request of a client: who am I, what is there, and from where do events go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {}

/// The counters of the status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetOverview {}

/// A page of the conversation list, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListConversations {
    /// Which conversations.
    pub filter: ConversationFilter,
    /// Continue after this row; `None` starts at the newest.
    pub before: Option<RowCursor>,
    /// At most this many rows, 1 to 200; more is treated as 200.
    pub limit: u32,
}

/// One conversation with what its details pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetConversation {
    /// Which one.
    pub conversation: ConversationId,
}

/// A page of messages of one conversation, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListMessages {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Continue with messages older than this; `None` starts at the newest.
    pub before: Option<MessageCursor>,
    /// At most this many messages, 1 to 200; more is treated as 200.
    pub limit: u32,
}

/// A page of messages of one conversation, oldest first: what follows a message that was jumped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListMessagesAfter {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Continue with messages newer than this.
    pub after: MessageCursor,
    /// At most this many messages, 1 to 200; more is treated as 200.
    pub limit: u32,
}

/// Where what the customer wrote since begins; `None` when nothing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindUnread {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Everything that had arrived up to this message had been seen: [`ConversationRow::read_up_to`].
    pub after: MessageId,
}

/// Everything that has arrived up to a message has been seen. Never moves back. The customer is told where the number tells
/// it; a manager only reviews, and leaves no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The last message seen.
    pub up_to: MessageId,
}

/// An answer is being typed. The customer sees it for 25 seconds or until the answer, at most once in 20 seconds, where the
/// number tells it (Meta, "Typing indicators", 2026). Nothing is told of a manager, who only reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellTyping {
    /// Where.
    pub conversation: ConversationId,
}

/// Puts a message into the send queue. The same id again changes nothing and answers the same. A reaction is answered with
/// the message it is on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMessage {
    /// Made by the client, UUIDv7.
    pub id: OutboxId,
    /// To whom.
    pub conversation: ConversationId,
    /// What is sent.
    pub message: ToSend,
    /// The message it quotes; none for a reaction.
    pub reply_to: Option<Wamid>,
}

/// The templates of a number's account, as they were last listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListTemplates {
    /// The number.
    pub number: NumberId,
}

/// The same, asked of Meta now. `Unavailable` when Meta does not answer; then the list stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshTemplates {
    /// The number.
    pub number: NumberId,
}

/// What Meta bills of the messages of a number that were delivered in a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSpending {
    /// The number.
    pub number: NumberId,
    /// From this moment.
    pub from: Millis,
    /// To before this one.
    pub to: Millis,
}

/// What can be sent. Meta's limits are checked before anything is queued; `Invalid` says which one is in the way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToSend {
    /// A text.
    Text {
        /// 1 to 4096 characters that are not all white space.
        body: String,
        /// Whether the first web address in it gets a preview.
        preview_url: bool,
    },
    /// A file.
    File {
        /// The file, which was uploaded before.
        file: FileToSend,
        /// The text below it, at most 1024 characters; empty for none.
        caption: String,
    },
    /// A place on the map.
    Location(PlaceToSend),
    /// Cards from an address book.
    Contacts {
        /// At least one.
        cards: Vec<CardToSend>,
    },
    /// An emoji on a message of the conversation, in place of the one that was there.
    Reaction {
        /// The message.
        to: Wamid,
        /// One emoji; empty takes it away.
        emoji: String,
    },
    /// A text with buttons, a list or a link.
    Interactive {
        /// All but the file.
        message: Interactive,
        /// A photo, video or document above the text.
        file: Option<FileToSend>,
    },
    /// A template, which also goes while the customer has not written for 24 hours.
    Template {
        /// Its name.
        name: String,
        /// Its language, for example `pt_BR`.
        language: String,
        /// What its variables say.
        values: Vec<SlotValue>,
        /// The file above its text, for a template with one.
        file: Option<FileToSend>,
        /// The place above its text, for a template with one.
        place: Option<PlaceToSend>,
    },
}

impl ToSend {
    /// A text; a web address in it gets a preview.
    pub fn text(body: impl Into<String>) -> Self {
        let body = body.into();
        let preview_url = body.contains("://");
        Self::Text { body, preview_url }
    }
}

/// Never what it says: it does not belong in logs.
impl std::fmt::Debug for ToSend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ToSend(..)")
    }
}

/// Never the text: it does not belong in logs.
impl std::fmt::Debug for SendMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendMessage")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A file to be sent, out of [`UploadedFile`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileToSend {
    /// Which one.
    pub hash: ContentHash,
    /// What it is called here. The customer sees it of a document.
    pub name: String,
    /// Whatever it is, it goes as a document.
    pub as_document: bool,
}

/// Never the name: it is content.
impl std::fmt::Debug for FileToSend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileToSend(..)")
    }
}

/// What the engine has of a file that a client handed to it: not a [`Request`], but the answer to the bytes themselves
/// (`POST /api/upload`, or the desktop's command `upload`). The same bytes again are the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedFile {
    /// What it is sent by.
    pub hash: ContentHash,
    /// How long it is.
    pub size_bytes: u64,
    /// As what it goes.
    pub kind: FileKind,
    /// Why it does not go as what it is; then `kind` is a document, if it can be one.
    pub problem: Option<FileProblem>,
}

/// Takes a message back that has not left. `Conflict` once it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelMessage {
    /// Which one.
    pub id: OutboxId,
}

/// Queues a refused message again. `Conflict` unless it was refused before it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryMessage {
    /// Which one.
    pub id: OutboxId,
}

/// Fetches the file of a message at once that is waiting or was given up. `Conflict` when there is nothing to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryMedia {
    /// Which message.
    pub message: MessageId,
}

/// What files take from the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetStorage {}

/// What [`GetStorage`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageView {
    /// All files of messages, each content once.
    pub used_bytes: u64,
    /// The most they should take; `None`: no limit, as long as nobody sets one.
    pub quota_bytes: Option<u64>,
    /// The database with everything else.
    pub store_bytes: u64,
    /// How long messages are kept; `None`: for ever.
    pub retention: Option<RetentionPeriod>,
}

/// Sets the most that files of messages should take. Above it those fetched first are removed, but none whose message is
/// younger than 30 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetStorageQuota {
    /// At least 1; `None`: no limit.
    pub bytes: Option<u64>,
}

/// A person decides about a message of which nobody knows whether it was sent. `Conflict` once it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleUnknown {
    /// Which one.
    pub id: OutboxId,
    /// `true`: it was sent, leave it. `false`: send it again, the customer may then get it twice.
    pub was_sent: bool,
}

/// Sends from a number again that a person paused or WhatsApp refused; after a refusal the first message tells whether it
/// helps. `Conflict` when it was neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeSending {
    /// The number.
    pub number: NumberId,
}

/// What a client missed. Answers at most a batch: ask again until it stands where it asked from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesSince {
    /// The last position the client has seen.
    pub seq: Seq,
}

/// How a number is. `NotFound` for one that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetHealth {
    /// The number.
    pub number: NumberId,
}

/// Asks Meta how a number is, at once, and tells it: whether its token is taken, whether it still lives on the phone and
/// in the Cloud API, and which webhooks come here. The engine asks by itself every hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckNumber {
    /// The number.
    pub number: NumberId,
}

/// Most characters of a number's name.
pub const LONGEST_NUMBER_NAME: usize = 60;

/// The highest cap of a number, in messages a second: that of a usual number of the Cloud API. Meta's older pages allow a
/// coexistence number 5, newer ones 20 in and out together (Meta, "Throughput", Nov 2025).
pub const HIGHEST_CAP: u32 = 80;

/// Name and cap of a number. What the settings of the host say of them no longer counts then.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetNumber {
    /// The number.
    pub number: NumberId,
    /// The team's name for it, at most [`LONGEST_NUMBER_NAME`] characters on one line; when empty it is called by its
    /// phone number.
    pub name: String,
    /// Most messages a second, 1 to [`HIGHEST_CAP`]. A higher one than before holds about a second later.
    pub cap_per_second: u32,
    /// Whether Meta counts what it receives like what it sends.
    pub counts_received: bool,
    /// Whether customers are told what was read, and that somebody types.
    pub tells_read: bool,
}

/// Never the name: it does not belong in logs.
impl std::fmt::Debug for SetNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetNumber")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// How connecting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetConnection {}

/// Sets the Meta app that numbers are connected with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveMetaApp {
    /// Meta's id of the app, digits.
    pub app_id: String,
    /// Meta's id of the Login for Business configuration, digits.
    pub config_id: String,
    /// `None` keeps the one there is.
    pub app_secret: Option<String>,
    /// The Graph version, for example `v25.0`; empty for the one this version of Twinbox was made for.
    pub graph_version: String,
    /// Empty for Meta's.
    pub graph_url: String,
    /// Empty for Meta's.
    pub dialog_url: String,
    /// The public https address that leads here, without a path; empty when there is none.
    pub public_url: String,
}

/// Never the secret.
impl std::fmt::Debug for SaveMetaApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaveMetaApp")
            .field("app_id", &self.app_id)
            .finish_non_exhaustive()
    }
}

/// There is no keychain, and the owner agrees to keep the key in a file that only this user can read. `Conflict` when that
/// would lose secrets, and nobody gave them up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepSecretsInFile {
    /// Secrets under another key are given up: the app secret is entered again, and numbers are connected again.
    pub gives_up_secrets: bool,
}

/// Tries the settings of the Meta app out, with a plain answer for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestMetaApp {}

/// Tries out whether webhooks would arrive: the challenge and a signed round trip over the public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestWebhooks {}

/// The verify token to enter at Meta, where the app's own webhook address is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevealVerifyToken {}

/// Keeps what the owner told before a signup; begins one when there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveAnswers {
    /// All of them.
    pub answers: PreflightAnswers,
}

/// Opens Meta's page. The one before can no longer come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginSignup {
    /// Where it is opened.
    pub way: SignupWay,
}

/// Meta's page came back. Asked by the host, which saw the address; what stands in it is a claim.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinishSignup {
    /// The query of the address, for example `code=…&state=…`.
    pub query: String,
}

/// Never the code in it.
impl std::fmt::Debug for FinishSignup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FinishSignup(..)")
    }
}

/// Meta's page was closed before it came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignupClosed {}

/// Which of the candidates is to be connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseNumber {
    /// One of them.
    pub number: NumberId,
}

/// Name and website of the business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveBusiness {
    /// All of it.
    pub business: BusinessDetails,
}

/// Connects the number: webhooks are subscribed, contacts and history are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmSignup {}

/// Goes on where Meta could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeSignup {}

/// Puts the signup away: it is finished, or not wanted any more. A number that is connected stays connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetSignup {}

/// How far contacts and history of a number have come. `NotFound` for one that was not connected here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetSync {
    /// The number.
    pub number: NumberId,
}

/// Makes the requests for contacts and history that were not made yet, and those of which nothing has come since their answer
/// was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSync {
    /// The number.
    pub number: NumberId,
}

/// Shows the new messages that are held back until the first synchronization is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowWaiting {
    /// The number.
    pub number: NumberId,
}
