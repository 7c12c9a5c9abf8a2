//! What can happen to the state.

use super::{
    Attached, ConnectAction, FileAction, FindAction, NumberAction, PaletteAction, Place, QueueAction, SettingsAction,
    TeamAction,
};
use twinbox_domain::{Content, ConversationId, MessageId, Millis, NumberId, OutboxId};
use twinbox_protocol::{
    ApiError, ConversationDetails, ConversationFilter, ConversationRow, Event, FileState, Greeting, MessageCursor,
    MessageView, Page, Quoted, RowCursor, ScheduledView, TemplatesView,
};
use uuid::Uuid;

/// How the engine is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Not greeted yet.
    #[default]
    Starting,
    /// Events arrive.
    Online,
    /// They do not, since this time. It is tried again by itself.
    Offline {
        /// When they stopped.
        since: Millis,
    },
    /// They arrive, but this window cannot read them: only loading it anew helps.
    Frozen,
    /// The engine wants to know who we are.
    SignedOut {
        /// The access token given was not accepted.
        refused: bool,
    },
}

/// Something that happened.
#[derive(Debug)]
pub enum Action {
    /// A second has passed, or the time is read for the first time.
    Tick(Millis),
    /// The engine has answered Hello. Everything loaded before is void.
    Greeted(Greeting),
    /// The engine will not answer Hello, and trying again changes nothing.
    CannotStart(ApiError),
    /// How the engine is reached has changed.
    Connection(Connection),
    /// The engine told about changes that follow on what is known.
    Happened(Event),
    /// Another filter was chosen.
    Filter(ConversationFilter),
    /// A page of a list was asked for.
    ListAsked(ConversationFilter),
    /// It has come.
    ListLoaded {
        /// Of which list.
        filter: ConversationFilter,
        /// Its number. One that is no longer waited for belongs to nothing.
        asked: u64,
        /// What the page goes on from.
        before: Option<RowCursor>,
        /// The page.
        page: Page<ConversationRow>,
    },
    /// It has not.
    ListFailed(ConversationFilter, u64, ApiError),
    /// A conversation is opened as soon as its messages are here.
    Opening(ConversationId),
    /// A conversation was opened.
    Opened(ConversationId),
    /// The thread pane was emptied.
    Closed,
    /// A page of messages was asked for.
    ThreadAsked(ConversationId),
    /// It has come.
    ThreadLoaded {
        /// Of which conversation.
        conversation: ConversationId,
        /// Its number. One that is no longer waited for belongs to nothing.
        asked: u64,
        /// What the page goes on from.
        before: Option<MessageCursor>,
        /// The page, newest first.
        page: Page<MessageView>,
    },
    /// It has not.
    ThreadFailed(ConversationId, u64, ApiError),
    /// What the details pane shows has come.
    DetailsLoaded(ConversationDetails),
    /// The engine was told that everything up to this message is read.
    Marked(ConversationId, MessageId),
    /// It was not.
    NotMarked(ConversationId),
    /// Someone typed.
    Typed(ConversationId, String),
    /// Something else put this text into the composer.
    Drafted(ConversationId, String),
    /// The next text quotes this message, or none.
    Quote(ConversationId, Option<MessageId>),
    /// Something happened to a file in the composer.
    File(ConversationId, FileAction),
    /// What leaves the composer first goes to the engine.
    Submitted {
        /// Its id from now on.
        id: OutboxId,
        /// To whom.
        conversation: ConversationId,
    },
    /// It was handed over, and waits for an answer.
    HandedOver(OutboxId),
    /// Something that was not in the composer goes to the engine under this id.
    SentHere(OutboxId),
    /// The engine has it.
    Accepted(Box<MessageView>),
    /// The engine does not have it, or nobody knows.
    NotAccepted(OutboxId, ApiError),
    /// It is handed over once more.
    Resubmitted(OutboxId),
    /// It goes back into the composer.
    Withdrawn(OutboxId),
    /// So does a message that waited in the queue or for its time.
    TakenBack {
        /// Under which it waits where it cannot go into the composer.
        id: OutboxId,
        /// To whom it was.
        conversation: ConversationId,
        /// What it said.
        text: String,
        /// What it quoted.
        quote: Option<Quoted>,
        /// Its file.
        file: Option<Attached>,
    },
    /// What is in the composer was thrown away.
    Discarded(ConversationId),
    /// Someone searches.
    Find(FindAction),
    /// Something happened to the settings.
    Settings(SettingsAction),
    /// Something happened in the palette.
    Palette(PaletteAction),
    /// Something else fills the window.
    GoTo(Place),
    /// A number is being connected.
    Connect(ConnectAction),
    /// Something happened to a number.
    Number(NumberAction),
    /// Something happened to the queue.
    Queue(QueueAction),
    /// Something happened to the team's things.
    Team(TeamAction),
    /// The templates of a number came.
    Templates(NumberId, TemplatesView),
    /// Something did not work.
    Notice(String),
    /// Something was done that can be taken back.
    Done(String),
    /// It was read.
    NoticeSeen,
}

impl Action {
    /// Takes a message out of the queue, with what it quotes and its file.
    pub fn of_queued(message: &MessageView) -> Self {
        let quote = message.quote.as_ref().and_then(|quote| {
            let original = quote.original.as_ref()?;
            Some(Quoted {
                message: original.message,
                wamid: quote.wamid.clone(),
            })
        });
        let size_bytes = message.file.as_ref().and_then(|file| match file.state {
            FileState::Here { size_bytes, .. } => Some(size_bytes),
            FileState::Waiting | FileState::Removed { .. } | FileState::Failed { .. } => None,
        });
        Self::taken_back(message.conversation, &message.content, quote, size_bytes)
    }

    /// The same of one that waits for its time.
    pub fn of_scheduled(scheduled: &ScheduledView) -> Self {
        let quote = scheduled.quoted.clone();
        Self::taken_back(
            scheduled.conversation,
            &scheduled.content,
            quote,
            scheduled.file_size_bytes,
        )
    }

    fn taken_back(
        conversation: ConversationId,
        content: &Content,
        quote: Option<Quoted>,
        size_bytes: Option<u64>,
    ) -> Self {
        let text = match content {
            Content::Text { body } => body.clone(),
            content => content.media().map(|media| media.caption.clone()).unwrap_or_default(),
        };
        Self::TakenBack {
            id: OutboxId(Uuid::now_v7()),
            conversation,
            text,
            quote,
            file: size_bytes.and_then(|size_bytes| Attached::of_content(content, size_bytes)),
        }
    }
}
