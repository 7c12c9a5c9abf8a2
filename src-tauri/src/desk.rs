//! The engine as the window sees it: starting, running, or the reason why it is not.

use clap::Parser;
use futures_util::{Stream, StreamExt};
use std::{
    error::Error,
    path::PathBuf,
    pin::pin,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tauri::ipc::Channel;
use tokio::sync::{mpsc, watch};
use twinbox_domain::ConversationId;
use twinbox_engine::Engine;
use twinbox_protocol::{ApiError, Caller, ErrorCode, Event, Role, Told};
use twinbox_server::{Arguments, Host, HostError, Settings};

/// What the commands work on.
pub(crate) struct Desk {
    /// `None` while it starts, which the window does at the same time.
    engine: watch::Sender<Option<Result<(Host, Caller), ApiError>>>,
    page: Mutex<Page>,
    /// Whether the window may be locked; so it is until its page says otherwise.
    is_locked: AtomicBool,
}

/// An app that was just left closes its data within this time, whoever starts the next one at once.
const WAIT_FOR_DATA: Duration = Duration::from_millis(250);

/// What says that the passphrase is forgotten.
const FORGET_PASSPHRASE: &str = "TWINBOX_FORGET_PASSPHRASE";

/// How often that is waited for.
const WAITS_FOR_DATA: u32 = 12;

/// What is told beside the events and waits for its turn; more is dropped, and said in the log.
const MOST_WAITING: usize = 16;

/// What the window's page listens to.
#[derive(Default)]
struct Page {
    /// What is told beside the events, to the task that feeds the page; `None` before the page listens.
    told: Option<mpsc::Sender<Told>>,
    /// What it is to show as soon as it listens.
    to_show: Option<ConversationId>,
}

impl Desk {
    /// Before the engine is started.
    pub(crate) fn new() -> Self {
        Self {
            engine: watch::Sender::new(None),
            page: Mutex::default(),
            is_locked: AtomicBool::new(true),
        }
    }

    /// Starts the engine with the settings of the environment. What is in the way is kept, to be shown.
    pub(crate) async fn start(&self, default_data_dir: Option<PathBuf>) {
        let started = start_host(default_data_dir).await.map_err(|error| {
            let reason = sentence(error.as_ref());
            tracing::error!(reason, "Twinbox cannot start");
            cannot_start(&reason)
        });
        self.engine.send_replace(Some(started));
    }

    /// The engine and who the window is to it. Waits for its start.
    pub(crate) async fn engine(&self) -> Result<(Engine, Caller), ApiError> {
        let mut engine = self.engine.subscribe();
        let engine = engine.wait_for(Option::is_some).await.map_err(|_| stopping())?;
        match engine.as_ref() {
            Some(Ok((host, caller))) => Ok((host.engine().clone(), caller.clone())),
            Some(Err(reason)) => Err(reason.clone()),
            None => Err(stopping()),
        }
    }

    /// Feeds the window's page with events until they end. Whatever fed one before feeds a page that is no more, and ends.
    pub(crate) fn feed(&self, events: impl Stream<Item = Event> + Send + 'static, channel: Channel<Told>) {
        let (told, others) = mpsc::channel(MOST_WAITING);
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(conversation) = page.to_show.take() {
            // The first of all has room.
            let _ = told.try_send(Told::Open { conversation });
        }
        page.told = Some(told);
        tauri::async_runtime::spawn(feed(events, channel, others));
    }

    /// Has the window show a conversation, now or as soon as its page listens.
    pub(crate) fn show(&self, conversation: ConversationId) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        let told = page
            .told
            .as_ref()
            .map(|told| told.try_send(Told::Open { conversation }));
        if !matches!(told, Some(Ok(()))) {
            page.to_show = Some(conversation);
        }
    }

    /// Tells the window's page, if there is one that listens.
    pub(crate) fn tell(&self, told: Told) {
        let page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = &page.told
            && let Err(error) = page.try_send(told)
        {
            tracing::warn!(%error, "the window was not told what became of a file");
        }
    }

    /// Whether nothing may be told outside of the window of what it would show.
    pub(crate) fn is_locked(&self) -> bool {
        self.is_locked.load(Ordering::Relaxed)
    }

    /// The window was locked, or unlocked. Says whether it is locked since now.
    pub(crate) fn set_locked(&self, is_locked: bool) -> bool {
        !self.is_locked.swap(is_locked, Ordering::Relaxed) && is_locked
    }

    /// Stops the engine and closes the store; once.
    pub(crate) async fn stop(&self) {
        // A start that is under way would leave the store open.
        drop(self.engine().await);
        if let Some(Ok((host, _))) = self.engine.send_replace(Some(Err(stopping())))
            && let Err(error) = host.stop().await
        {
            tracing::error!(%error, "Twinbox did not stop cleanly");
        }
    }
}

fn stopping() -> ApiError {
    ApiError::unavailable("Twinbox is stopping.")
}

async fn start_host(default_data_dir: Option<PathBuf>) -> Result<(Host, Caller), Box<dyn Error + Send + Sync>> {
    // Only the environment: the desktop's own command line belongs to the system (deep links).
    let arguments = Arguments::try_parse_from(["twinbox"])?;
    let mut settings = Settings::read(arguments, default_data_dir, |name| std::env::var(name).ok())?;
    settings.returns_to_app = true;
    let caller = Caller {
        user: settings.user.clone(),
        role: Role::Admin,
        client: "desktop".to_owned(),
    };
    let host = start_when_free(settings).await?;
    if std::env::var_os(FORGET_PASSPHRASE).is_some_and(|value| !value.is_empty()) {
        host.engine().forget_passphrase(&caller).await?;
        tracing::warn!("the passphrase is forgotten, as {FORGET_PASSPHRASE} says");
    }
    Ok((host, caller))
}

async fn start_when_free(settings: Settings) -> Result<Host, HostError> {
    for _ in 0..WAITS_FOR_DATA {
        match Host::start(settings.clone()).await {
            Err(error) if error.is_in_use() => tokio::time::sleep(WAIT_FOR_DATA).await,
            started => return started,
        }
    }
    Host::start(settings).await
}

/// Tells a page of events and of whatever else there is, until the events end or another page listens. It alone holds the
/// channel: a page knows by its end that it has to listen anew.
///
/// The last parameter is dropped first: what is told once the channel is closed is for the next page.
async fn feed(events: impl Stream<Item = Event>, channel: Channel<Told>, mut others: mpsc::Receiver<Told>) {
    let mut events = pin!(events);
    loop {
        let told = tokio::select! {
            event = events.next() => event.map(Told::Event),
            other = others.recv() => other,
        };
        let Some(told) = told else { return };
        if let Err(error) = channel.send(told) {
            tracing::warn!(%error, "the window no longer listens");
            return;
        }
    }
}

/// Without an offer to try again: only another start of the app can change it.
fn cannot_start(reason: &str) -> ApiError {
    ApiError::new(ErrorCode::Unavailable, format!("Twinbox cannot start: {reason}."))
}

/// The error and its causes as one sentence without a full stop.
fn sentence(error: &(dyn Error + 'static)) -> String {
    let mut texts = Vec::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        texts.push(error.to_string().trim().trim_end_matches('.').to_owned());
        cause = error.source();
    }
    texts.join(": ")
}

#[cfg(test)]
impl Desk {
    /// Without an engine, for this reason.
    pub(crate) fn without_engine(reason: &str) -> Self {
        let desk = Self::new();
        desk.engine.send_replace(Some(Err(cannot_start(reason))));
        desk
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::sync::mpsc::RecvTimeoutError;
    use tauri::ipc::InvokeResponseBody;

    #[test]
    fn the_window_counts_as_locked_until_its_page_says_otherwise() {
        let desk = Desk::without_engine("no engine in this test");
        assert!(desk.is_locked());
        assert!(!desk.set_locked(false));
        assert!(!desk.is_locked());
        assert!(desk.set_locked(true), "it is locked since now");
        assert!(!desk.set_locked(true), "it was before");
    }

    /// A channel, and what its page is told until it is closed.
    fn channel() -> (Channel<Told>, std::sync::mpsc::Receiver<Told>) {
        let (sender, told) = std::sync::mpsc::channel();
        let channel = Channel::new(move |body: InvokeResponseBody| {
            sender.send(body.deserialize::<Told>().unwrap()).unwrap();
            Ok(())
        });
        (channel, told)
    }

    #[test]
    fn a_page_whose_events_end_is_told_so_and_shows_what_is_asked_for_once_it_listens_anew() {
        let desk = Desk::without_engine("no engine in this test");
        let (first, told) = channel();
        desk.feed(stream::empty(), first);
        let soon = Duration::from_secs(5);
        assert_eq!(told.recv_timeout(soon), Err(RecvTimeoutError::Disconnected));

        let conversation = ConversationId(7);
        desk.show(conversation);
        let (second, told) = channel();
        desk.feed(stream::pending(), second);
        assert_eq!(told.recv_timeout(soon), Ok(Told::Open { conversation }));
        let (third, _) = channel();
        desk.feed(stream::pending(), third);
        let closed = told.recv_timeout(soon);
        assert_eq!(
            closed,
            Err(RecvTimeoutError::Disconnected),
            "it fed a page that is no more"
        );
    }

    #[test]
    fn a_start_that_failed_is_not_offered_again() {
        let error = cannot_start("the folder is read-only");
        assert_eq!(error.message, "Twinbox cannot start: the folder is read-only.");
        assert_eq!(error.retry_after_ms, None);
    }

    #[test]
    fn an_error_is_told_with_its_causes() {
        let error = twinbox_server::HostError::Listen {
            address: ([127, 0, 0, 1], 8787).into(),
            source: std::io::Error::other("address in use"),
        };
        assert_eq!(sentence(&error), "cannot listen on 127.0.0.1:8787: address in use");
    }
}
