//! The Desktop Notifications Specification (freedesktop.org, 1.2), over one connection to the session bus that lives as
//! long as the app: servers tell what was pressed to the connection that showed it, and some close what it leaves.

use super::{About, Note, Order, act, actions};
use crate::desk::Desk;
use futures_util::StreamExt;
use std::collections::HashMap;
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::mpsc;
use zbus::zvariant::Value;

/// The packages install `Twinbox.desktop`, named after the product.
const DESKTOP_ENTRY: &str = "Twinbox";

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    #[allow(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;
    fn close_notification(&self, id: u32) -> zbus::Result<()>;
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;
    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: &str) -> zbus::Result<()>;
    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// What is on the screen, by the id the server gave it.
#[derive(Default)]
struct Shown(HashMap<u32, About>);

impl Shown {
    /// Takes out what this order ends.
    fn take(&mut self, order: &Order) -> Vec<u32> {
        let ended = |about: &About| match (order, about) {
            (Order::Read(read), About::Conversation(shown, _)) => read == shown,
            (Order::Gone(gone), About::Conversation(shown, _) | About::Mention(shown, _)) => gone == shown,
            (Order::CloseAll, About::Conversation(..) | About::Mention(..)) => true,
            (Order::Count(0), About::Conversations) => true,
            _ => false,
        };
        self.0.extract_if(|_, about| ended(about)).map(|(id, _)| id).collect()
    }

    /// What another one is shown in place of; 0 for nothing.
    fn replaced_by(&self, about: About) -> u32 {
        let is_it = |shown: About| match (about, shown) {
            (About::Conversation(new, _), About::Conversation(old, _)) => new == old,
            (About::Mention(new, _), About::Mention(old, _)) => new == old,
            (new, old) => new == old,
        };
        self.0.iter().find(|(_, shown)| is_it(**shown)).map_or(0, |(id, _)| *id)
    }
}

/// Shows what it is told to, until the app ends.
pub(super) async fn run<R: Runtime>(app: AppHandle<R>, mut orders: mpsc::Receiver<Order>) {
    match follow(&app, &mut orders).await {
        Ok(()) => return,
        Err(error) => tracing::warn!(%error, "there is no way to show notifications"),
    }
    // Nobody waits for what cannot be shown.
    while orders.recv().await.is_some() {}
}

async fn follow<R: Runtime>(app: &AppHandle<R>, orders: &mut mpsc::Receiver<Order>) -> zbus::Result<()> {
    let connection = zbus::Connection::session().await?;
    let proxy = NotificationsProxy::new(&connection).await?;
    // Before anything is shown: an answer may come at once. In one stream: a press is told of before the end of what was
    // pressed, and finds nothing after it.
    let mut told = proxy.inner().receive_all_signals().await?;
    let mut shown = Shown::default();
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Show(note)) => match show(&proxy, &shown, &note, app.state::<Desk>().is_locked()).await {
                    Ok(id) => drop(shown.0.insert(id, note.about)),
                    Err(error) => tracing::warn!(%error, "a notification could not be shown"),
                },
                Some(order) => {
                    for id in shown.take(&order) {
                        // It is gone already at worst.
                        let _ = proxy.close_notification(id).await;
                    }
                    if let Order::Count(unread) = order
                        && let Err(error) = show_count(&connection, unread).await
                    {
                        tracing::warn!(%error, "the app's icon could not be brought up to date");
                    }
                }
                None => return Ok(()),
            },
            Some(signal) = told.next() => {
                if let Some(pressed) = ActionInvoked::from_message(signal.clone()) {
                    let pressed = pressed.args()?;
                    if let Some(about) = shown.0.get(&pressed.id) {
                        act(app, *about, pressed.action_key).await;
                    }
                } else if let Some(closed) = NotificationClosed::from_message(signal) {
                    shown.0.remove(&closed.args()?.id);
                }
            }
        }
    }
}

async fn show(proxy: &NotificationsProxy<'_>, shown: &Shown, note: &Note, is_locked: bool) -> zbus::Result<u32> {
    let capabilities = proxy.get_capabilities().await.unwrap_or_default();
    let body = match capabilities.iter().any(|it| it == "body-markup") {
        true => escaped(&note.body),
        false => note.body.clone(),
    };
    let actions = actions(note.about, is_locked).iter();
    let keys: Vec<String> = actions
        .flat_map(|(key, words)| [(*key).to_owned(), (*words).to_owned()])
        .collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut hints = HashMap::from([
        ("desktop-entry", Value::from(DESKTOP_ENTRY)),
        ("urgency", Value::from(1_u8)),
    ]);
    if matches!(
        note.about,
        About::Conversation(..) | About::Mention(..) | About::Conversations
    ) {
        hints.insert("category", Value::from("im.received"));
    }
    if note.has_sound {
        hints.insert("sound-name", Value::from("message-new-instant"));
    } else {
        hints.insert("suppress-sound", Value::from(true));
    }
    let replaces = shown.replaced_by(note.about);
    proxy
        .notify("Twinbox", replaces, "twinbox", &note.title, &body, &keys, hints, -1)
        .await
}

/// Unity's `LauncherEntry`, which Plasma and the docks of GNOME read as well. It counts for as long as the connection lives.
async fn show_count(connection: &zbus::Connection, unread: u64) -> zbus::Result<()> {
    let count = i64::try_from(unread).unwrap_or(i64::MAX);
    let properties = HashMap::from([("count", Value::from(count)), ("count-visible", Value::from(count > 0))]);
    let body = (format!("application://{DESKTOP_ENTRY}.desktop"), properties);
    let (path, interface) = ("/chat/twinbox/desktop", "com.canonical.Unity.LauncherEntry");
    connection
        .emit_signal(None::<&str>, path, interface, "Update", &body)
        .await
}

/// What a customer wrote is text, whatever it looks like.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::{ConversationId, MessageId};

    #[test]
    fn a_message_never_becomes_markup() {
        assert_eq!(escaped("<b>1 & 2</b>"), "&lt;b&gt;1 &amp; 2&lt;/b&gt;");
    }

    #[test]
    fn a_conversation_has_one_notification() {
        let about = |conversation, message| About::Conversation(ConversationId(conversation), MessageId(message));
        let shown = Shown(HashMap::from([(7, about(1, 10)), (8, About::App)]));
        assert_eq!(shown.replaced_by(about(1, 11)), 7);
        assert_eq!(shown.replaced_by(about(2, 12)), 0);
        assert_eq!(shown.replaced_by(About::App), 8);
    }

    #[test]
    fn a_reminder_takes_the_place_of_no_other_one() {
        let shown = Shown(HashMap::from([(7, About::Reminder(1)), (8, About::App)]));
        assert_eq!(shown.replaced_by(About::Reminder(2)), 0);
    }

    #[test]
    fn what_is_told_of_many_chats_goes_when_none_of_them_is_unread() {
        let shown = || Shown(HashMap::from([(7, About::Conversations), (8, About::Reminder(1))]));
        assert!(shown().take(&Order::Count(1)).is_empty());
        assert_eq!(shown().take(&Order::Count(0)), [7]);
    }

    #[test]
    fn a_note_that_calls_somebody_is_no_message_that_is_read_and_goes_with_the_chat_or_a_lock() {
        let one = ConversationId(1);
        let shown = || {
            Shown(HashMap::from([
                (6, About::Mention(one, MessageId(11))),
                (7, About::Conversation(one, MessageId(10))),
                (8, About::Reminder(1)),
            ]))
        };
        for (order, taken) in [
            (Order::Read(one), vec![7]),
            (Order::Gone(one), vec![6, 7]),
            (Order::CloseAll, vec![6, 7]),
            (Order::Gone(ConversationId(2)), vec![]),
        ] {
            let mut shown = shown();
            let mut ended = shown.take(&order);
            ended.sort_unstable();
            assert_eq!(ended, taken);
            assert_eq!(shown.0.len(), 3 - taken.len());
        }
        assert_eq!(shown().replaced_by(About::Mention(one, MessageId(12))), 6);
        assert_eq!(shown().replaced_by(About::Conversation(one, MessageId(12))), 7);
    }
}
