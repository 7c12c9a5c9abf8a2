//! The rules of a shared WhatsApp inbox, and the ids everything else is spoken of with.
//!
//! Every other crate builds on this one. It is pure: no I/O, no clock (`now` is always an argument), no
//! async, and it compiles for `wasm32` so that the UI shares the very same rules.

mod arrival;
mod change;
mod content;
mod delay;
mod disposition;
mod fact;
mod forecast;
mod identity;
mod ids;
mod keep_alive;
mod lane;
mod media;
mod month;
mod outbox;
mod pacer;
mod pacing;
mod pair;
mod payload;
mod phone;
mod preflight;
mod reminder;
mod retention;
mod search;
mod standing;
mod status;
mod template;
mod throttle;
mod tier;
mod time;
mod triage;
mod window;

pub use arrival::is_late;
pub use change::{Change, LoggedChange};
pub use content::{ContactCard, Content, Mark, Media, OrderItem};
pub use delay::{delay_bucket, delay_quantile_ms, told_delay_ms};
pub use disposition::{
    Disposition, MetaError, MetaErrorKind, NO_MARKETING, NODE_GONE, Remedy, WEBHOOK_LOST, explain_meta_error,
    is_about_access, is_about_link, meta_error, meta_error_kind, remedy,
};
pub use fact::{
    About, AccountFact, AccountTold, ContactFact, DeletionFact, Direction, EditFact, Fact, HandoverFact, HistoryFact,
    HistoryTold, IdsChangedFact, MessageFact, NotUnderstood, NumberFact, Origin, PersonIds, PreferenceFact, Pricing,
    ReactionFact, StatusError, StatusFact, Subject, Telling, TemplateFact, ThreadOwner,
};
pub use forecast::{Forecast, ReceivedRate, RoundTrip};
pub use identity::{Alias, Link, LinkKind, PersonAliases, Portfolios, SOME_TIME, persons};
pub use ids::{ConversationId, JournalId, LabelId, MessageId, NumberId, OutboxId, PersonId, Seq, WabaId, Wamid};
pub use keep_alive::{KeepAlive, QUIET_DAYS_ALLOWED};
pub use lane::Lane;
pub use media::{
    AfterFetch, ContentHash, FetchTrouble, FileKind, FileProblem, HEAD_BYTES, LARGEST_MEDIA_BYTES, LONGEST_CAPTION,
    MEDIA_ID_LIFE_MS, OutgoingFile, after_fetch, may_be_opened, may_run, save_name, shown_type, upload_is_kept,
};
pub use month::{SERVICE_BILLED_FROM, month_of};
pub use outbox::{DOUBT_GRACE_MS, OutboxState};
pub use pacer::{Pacer, Permit, Poll, Response};
pub use pacing::Pacing;
pub use pair::{LONGEST_WAIT_MS, Pair};
pub use payload::{
    Action, CardToSend, Interactive, LONGEST_TEXT, ListRow, ListSection, OLDEST_REACTED_MS, Payload, PhoneToSend,
    PlaceToSend, ReplyButton, SendProblem,
};
pub use phone::{masked_phone, phone_forms, phone_key, written_phone};
pub use preflight::{
    AppVersion, Country, CountryFinding, DAYS_IN_USE, Preflight, PreflightAnswers, PreflightItem, PreflightOutcome,
    RefusedCountry, UseFinding, VersionFinding, phone_digits, preflight,
};
pub use reminder::{Reminder, ReminderAbout, Watched};
pub use retention::RetentionPeriod;
pub use search::{Day, FragmentPart, Query, SearchNames, TypedFilter, TypedSearch, index_digits, index_words};
pub use standing::{PROOF_LEEWAY_MS, Probe, Proofs, Standing};
pub use status::Status;
pub use template::{FilledTemplate, Slot, SlotPart, SlotValue, TemplateButton, TemplateHeader, TemplateParts};
pub use throttle::{Sign, Throttle};
pub use tier::people_a_day;
pub use time::{Millis, Monotonic};
pub use triage::{ConversationState, mentions};
pub use window::{WINDOW_MS, Window};
