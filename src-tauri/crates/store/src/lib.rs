//! The inbox on disk: SQLite, one file, one process.
//!
//! The engine calls it; it knows no network and reads no clock. What must be atomic is one method here, and one
//! transaction. A method that writes returns after the commit is durable. Every change a client could see is logged in
//! the same transaction ([`LoggedChange`]), and [`Store::last_seq`] wakes whoever waits for one.

mod account;
mod alias;
mod apply;
mod attachment;
mod change_log;
mod connection;
mod connections;
mod conversation;
mod counter;
mod erase;
mod erasure;
mod error;
mod evidence;
mod held;
mod history;
mod hold;
mod journal;
mod label;
mod line;
mod media;
mod media_folder;
mod message;
mod meta_app;
mod migrations;
mod named_row;
mod note;
mod number;
mod outbox;
mod pair;
mod pause;
mod person;
#[cfg(test)]
mod plan;
mod portfolio;
mod preference;
mod preview;
mod probe;
mod queue;
mod rate;
mod receipt;
mod reminder;
mod retention;
mod revision;
mod scheduled;
mod search;
mod spending;
mod storage;
mod tally;
mod team;
mod template;
mod touched;
mod triage;
mod user_setting;
mod words;

pub use account::{Notice, NumberStanding};
pub use apply::Applied;
pub use attachment::{NewFile, Upload, UploadEnd, WantedUpload};
pub use change_log::ChangesAfter;
pub use connection::{NumberConnection, SyncAsked, SyncCounts, SyncPart, SyncState};
pub use connections::CrashPoint;
pub use conversation::{Conversation, ConversationList, Counts};
pub use counter::Counter;
pub use erase::Erased;
pub use error::StoreError;
pub use evidence::{Arrivals, Evidence, NumberEvidence, SLOT_MS, SLOTS};
pub use history::HistoryProgress;
pub use hold::{Hold, Sending};
pub use journal::{JournalEntry, JournalLane};
pub use label::Label;
pub use media::{FetchEnd, FileId, MessageFile, WantedFile};
pub use media_folder::{IncomingFile, KeptFile};
pub use message::{Cost, Item, Message, Quoted, QuotedOriginal, Reacting};
pub use meta_app::{MetaApp, SignupRow};
pub use number::{Number, NumberSetup};
pub use outbox::{Due, Enqueued, Finish, NewItem, NextDue, Unfinished};
pub use person::Person;
pub use preview::{Preview, Sound, ThumbnailType};
pub use probe::{Answered, Probed};
pub use queue::{Failed, FailedGroup, FailedKind, NumberQueue, Waiting, Why};
pub use rate::{KeptRates, Rate, RateList};
pub use scheduled::{Scheduled, ScheduledItem};
pub use search::{FoundMessage, SearchFilters, WordsLeft};
pub use spending::{Allowance, Spent};
pub use storage::{KEPT_FOR_MS, Room, Storage};
pub use template::{StaleTemplates, Template, TemplateItem, TemplateList};
pub use triage::Workload;
pub use twinbox_domain::LoggedChange;
pub use user_setting::UserSettingRow;

use connections::Connections;
use media_folder::MediaFolder;
use std::{path::Path, sync::Arc};
use tokio::sync::watch;
use twinbox_domain::Seq;

/// The open store. Clones share it; the last one dropped finishes the queued writes and closes the file.
#[derive(Clone)]
pub struct Store {
    connections: Arc<Connections>,
    media: Arc<MediaFolder>,
}

impl Store {
    /// Opens the store in `folder`, making it if needed. Blocks while the schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process has it open, [`StoreError::Folder`] when the folder cannot be used,
    /// [`StoreError::Newer`] when it was written by a newer version.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_in(folder, None)
    }

    /// As [`Store::open`], but dies at `crash`, answering nobody any more: for tests of what a crash leaves behind.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_and_crash(folder: &Path, crash: CrashPoint) -> Result<Self, StoreError> {
        Self::open_in(folder, Some(crash))
    }

    fn open_in(folder: &Path, crash: Option<CrashPoint>) -> Result<Self, StoreError> {
        // Its lock first: the folder of another process is not to be emptied.
        let connections = Arc::new(Connections::open(folder, crash)?);
        let media = Arc::new(MediaFolder::open(folder)?);
        Ok(Self { connections, media })
    }

    /// Lets the file grow by at most so many pages from here, as on a disk that is about to be full; `None`: without a
    /// limit again. For tests of a full disk.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub async fn leave_room_for(&self, pages: Option<u32>) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let count: i64 = connection.query_row("PRAGMA page_count", (), |row| row.get(0))?;
                let most = pages.map_or(i64::from(u32::MAX) - 1, |pages| count + i64::from(pages));
                connection.query_row(&format!("PRAGMA max_page_count = {most}"), (), |_| Ok(()))?;
                Ok(())
            })
            .await
    }

    /// Whether nothing can be written any more.
    pub fn is_stopped(&self) -> bool {
        self.connections.is_stopped()
    }

    /// The position of the last change; changes with every commit that logged one.
    pub fn last_seq(&self) -> watch::Receiver<Seq> {
        self.connections.last_seq()
    }
}
