//! What the desktop tells: new messages, how many are unread, reminders about numbers, and what became of a closed window.
//!
//! One task shows them one after the other and follows what a person does with them. One of a conversation takes the
//! place of the one before.

#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(not(target_os = "linux"))]
mod native;

use crate::{
    desk::Desk,
    tray, window,
    words::{self, Words},
};
#[cfg(target_os = "linux")]
use freedesktop::run;
#[cfg(not(target_os = "linux"))]
use native::run;
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    mpsc,
};
use twinbox_domain::{ConversationId, MessageId};
use twinbox_engine::Reminded;
use twinbox_protocol::{MarkRead, Request};

/// More would come faster than anybody could read.
const MOST_WAITING: usize = 64;

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum About {
    /// New messages of one conversation, up to this one.
    Conversation(ConversationId, MessageId),
    /// A note of one conversation that calls whoever uses this app. Nothing of the customer's need be unread there.
    Mention(ConversationId, MessageId),
    /// New messages of several.
    Conversations,
    /// Nothing but trying it.
    App,
    /// A number, or the app; each is another one, so that none takes the place of one that nobody has read.
    Reminder(u64),
    /// The window was closed and the app still runs.
    Tray,
}

/// One notification.
#[derive(Clone)]
pub(crate) struct Note {
    /// What it is about.
    pub about: About,
    /// In one line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// Whether it makes a sound.
    pub has_sound: bool,
}

/// Something to be done by the task.
pub(crate) enum Order {
    /// Show it.
    Show(Note),
    /// The messages of this conversation that are shown were read elsewhere.
    Read(ConversationId),
    /// This conversation is no more, and nothing that is shown of it either.
    Gone(ConversationId),
    /// So many conversations are unread: shown on the app's icon where the system does so. With 0, what is shown of many
    /// of them was read elsewhere.
    Count(u64),
    /// The window was locked: what is shown of conversations says too much.
    CloseAll,
}

/// Hands notifications to the task that shows them. Cheap to copy.
#[derive(Clone)]
pub(crate) struct Notifier(mpsc::Sender<Order>);

impl Notifier {
    /// Starts the task.
    pub(crate) fn start<R: Runtime>(app: AppHandle<R>) -> Self {
        let (sender, orders) = mpsc::channel(MOST_WAITING);
        tauri::async_runtime::spawn(run(app, orders));
        Self(sender)
    }

    /// Shows it soon.
    pub(crate) fn show(&self, note: Note) {
        if self.0.try_send(Order::Show(note)).is_err() {
            tracing::warn!("a notification was dropped: too many wait");
        }
    }

    /// The messages of this conversation that are shown were read elsewhere.
    pub(crate) fn read(&self, conversation: ConversationId) {
        // One that stays is closed by hand.
        let _ = self.0.try_send(Order::Read(conversation));
    }

    /// This conversation is no more.
    pub(crate) fn gone(&self, conversation: ConversationId) {
        if self.0.try_send(Order::Gone(conversation)).is_err() {
            tracing::warn!("a notification stays on the screen: too many wait");
        }
    }

    /// So many conversations are unread.
    pub(crate) fn count(&self, unread: u64) {
        // The next count corrects it.
        let _ = self.0.try_send(Order::Count(unread));
    }

    /// The window was locked: nothing of a conversation stays on the screen.
    pub(crate) fn close_all(&self) {
        if self.0.try_send(Order::CloseAll).is_err() {
            tracing::warn!("notifications stay on the screen: too many wait");
        }
    }

    /// Shows one as a message would be told.
    pub(crate) fn try_it(&self, has_sound: bool) {
        self.show(Note {
            about: About::App,
            title: "Twinbox".to_owned(),
            body: Words("notification-trial").to_owned(),
            has_sound,
        });
    }
}

/// The buttons of a notification: what they are called on the bus, and in words. The first one is a press on it. Nothing
/// is done to a conversation past a locked window.
pub(crate) const fn actions(about: About, is_locked: bool) -> &'static [(&'static str, Words)] {
    const OPEN: (&str, Words) = ("default", Words("notification-open"));
    match about {
        About::Conversation(..) if !is_locked => &[OPEN, ("read", Words("notification-read"))],
        About::Conversation(..) | About::Mention(..) | About::Conversations | About::App | About::Reminder(_) => {
            &[OPEN]
        }
        About::Tray => &[OPEN, ("quit", Words("notification-quit"))],
    }
}

/// Somebody pressed a notification or one of its buttons.
pub(crate) async fn act<R: Runtime>(app: &AppHandle<R>, about: About, action: &str) {
    match (action, about) {
        ("read", About::Conversation(conversation, up_to)) if !app.state::<Desk>().is_locked() => {
            let answer = match app.state::<Desk>().engine().await {
                Ok((engine, caller)) => {
                    let request = Request::MarkRead(MarkRead { conversation, up_to });
                    engine.dispatch(&caller, request).await.map(drop)
                }
                Err(error) => Err(error),
            };
            if answer.is_err() {
                tracing::warn!("a conversation could not be marked as read");
            }
        }
        ("quit", About::Tray) => {
            tray::quit_from_now_on(app).await;
        }
        ("default", About::Conversation(conversation, _) | About::Mention(conversation, _)) => {
            app.state::<Desk>().show(conversation);
            window::bring_forward(app);
        }
        ("default", About::Conversations | About::App | About::Reminder(_) | About::Tray) => window::bring_forward(app),
        _ => {}
    }
}

/// Shows reminders until the engine stops.
pub(crate) async fn show_reminders(notifier: Notifier, mut reminders: Receiver<Reminded>) {
    for which in 0.. {
        match reminders.recv().await {
            Ok(reminded) => {
                let (name, body) = match reminded {
                    Reminded::Number { name, reminder } => (name, words::reminder(reminder)),
                    Reminded::Locked => (String::new(), Words("reminder-locked").to_owned()),
                };
                notifier.show(Note {
                    about: About::Reminder(which),
                    title: if name.is_empty() { "Twinbox".to_owned() } else { name },
                    body,
                    has_sound: false,
                });
            }
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "{missed} reminders came too fast to be shown"),
            Err(RecvError::Closed) => return,
        }
    }
}
