//! What a UI and the engine say to each other, in two compilations: native and `wasm32`.
//!
//! A UI sends a [`Request`] and gets the reply type its [`Call`] names, or an [`ApiError`]. It listens to one stream
//! of [`Event`]s. The desktop shell carries both over Tauri's IPC, `twinbox-server` over HTTP and server-sent events;
//! the JSON is the same. Ids are strings, times are milliseconds since the Unix epoch.

mod call;
mod connect;
mod emoji;
mod error;
mod event;
mod file_view;
mod health;
mod queue;
mod retention;
mod search;
mod settings;
mod spending;
mod team;
mod template;
mod view;

pub use call::{
    BeginSignup, Call, CancelMessage, ChangesSince, CheckNumber, ChooseNumber, ConfirmSignup, FileToSend, FindUnread,
    FinishSignup, ForgetSignup, GetConnection, GetConversation, GetHealth, GetOverview, GetSpending, GetStorage,
    GetSync, HIGHEST_CAP, Hello, KeepSecretsInFile, LONGEST_NUMBER_NAME, ListConversations, ListMessages,
    ListMessagesAfter, ListTemplates, MarkRead, RefreshTemplates, Request, RequestSync, ResumeSending, ResumeSignup,
    RetryMedia, RetryMessage, RevealVerifyToken, SaveAnswers, SaveBusiness, SaveMetaApp, SendMessage, SetNumber,
    SetStorageQuota, SettleUnknown, ShowWaiting, SignupClosed, StorageView, TellTyping, TestMetaApp, TestWebhooks,
    ToSend, UploadedFile,
};
pub use connect::{
    BusinessDetails, Candidate, Check, CheckOutcome, ConnectionView, MetaAppView, SecretsView, SignupAddress,
    SignupProblem, SignupStep, SignupView, SignupWay, SyncRequest, SyncView,
};
pub use emoji::{EmojiView, ListEmoji};
pub use error::{ApiError, ErrorCode};
pub use event::{ChangeView, Changes, Event, ReplyingView, Told};
pub use file_view::{FileSize, FileState, FileView, Pixels, SoundView, THUMBNAIL_SIDE};
pub use health::{ArrivalsView, DelayView, EvidenceView, HealthView, NoticeView};
pub use queue::{
    CancelLane, FailedView, FailureGroup, FailureKey, GaugeView, GetQueue, LONGEST_UNDO_MS, LaneView, ListFailed,
    ListQueue, ListWaiting, PauseLane, PauseMessage, PauseSending, PauseView, QueueView, RescheduleMessage, ResumeLane,
    ResumeMessage, RetryFailed, ScheduleMessage, ScheduledView, SetUndo, UnscheduleMessage, Wait, WaitingList,
    WaitingView, When,
};
pub use retention::{PreviewRetention, RetentionPreview, SetRetention};
pub use search::{ChatHit, MessageHit, Search, SearchFilters, SearchResults};
pub use settings::{
    CheckPassphrase, Density, ErasePerson, GetSettings, NotificationSettings, NotifiedChats, OpenFile,
    SHORTEST_PASSPHRASE, SaveSettings, SetPassphrase, SettingsView, TEXT_PERCENTS, TellLocked, Theme, TryNotification,
    UserSettings,
};
pub use spending::{
    AllowanceView, CostView, GetRates, Price, RATE_CATEGORIES, RateView, RatesView, SaveRates, SpendingLine,
    SpendingView,
};
pub use team::{
    Assign, CannedReply, DeleteLabel, DeleteNote, DraftView, FieldView, GetDrafts, GetTeam, LABEL_COLORS,
    LabelConversations, LabelView, MOST_AT_ONCE, MarkUnread, SaveCannedReply, SaveDraft, SaveLabel, SetField, SetState,
    TeamView, WorkloadView, WriteNote,
};
pub use template::{TemplateView, TemplatesView};
pub use view::{
    Caller, ConversationDetails, ConversationFilter, ConversationRow, Delivery, Greeting, HistoryView, MessageCursor,
    MessageView, NumberView, Overview, Page, PersonView, Preview, Quote, QuoteOriginal, Quoted, ReactingView,
    ReactionView, Role, RowCursor, SourceSplit,
};

#[cfg(test)]
mod tests;
