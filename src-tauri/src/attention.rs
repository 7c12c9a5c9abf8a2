//! What waits for a person, told outside of the window: notifications of new messages, the tray, the badge, the title. And
//! what is no more leaves no copy there.
//!
//! It follows the engine's events as any client does.

use crate::{
    autostart,
    desk::Desk,
    notifications::{About, Note, Notifier},
    open_file, tray, window,
    words::{self, Words, say},
};
use std::{collections::BTreeMap, time::Duration};
use tauri::{AppHandle, Manager, Runtime};
use twinbox_domain::{Content, ConversationId, MessageId, Origin, masked_phone, written_phone};
use twinbox_engine::{Engine, Events};
use twinbox_protocol::{
    ApiError, Caller, ChangeView, ConversationRow, ErrorCode, Event, GetOverview, MessageView, NotificationSettings,
    NotifiedChats, Overview, PersonView, UserSettings,
};

/// From so many conversations on, new messages are told in one notification.
const MANY: usize = 4;

/// Longest body of a notification, in characters.
const LONGEST: usize = 240;

/// How soon what could not be read is asked for again.
const AGAIN: Duration = Duration::from_secs(1);

/// What was told so far.
struct Attention<R: Runtime> {
    app: AppHandle<R>,
    notifier: Notifier,
    /// Who uses this app.
    me: String,
    set: Set,
    /// Everything up to this message was there before.
    newest: MessageId,
    unread: Option<u64>,
    /// Whether it is to start with the system, when that could not be set.
    refused_autostart: Option<bool>,
}

/// What this person has set, as far as it could be read.
struct Set {
    settings: UserSettings,
    /// The count of saved settings these are of; `None` before any were read.
    saved: Option<u64>,
}

impl Set {
    /// Before anything was read: rather too little is told than what somebody hides.
    fn unknown() -> Self {
        let mut settings = UserSettings::default();
        settings.notifications.hides_content = true;
        Self { settings, saved: None }
    }

    /// Takes over what was read. When nothing was, all stays as it is, so that the next event asks again.
    fn take(&mut self, saved: u64, read: Result<UserSettings, ApiError>) -> Result<(), ApiError> {
        self.settings = read?;
        self.saved = Some(saved);
        Ok(())
    }
}

/// Follows the engine until it stops. One that does not start is what waits for a person.
pub(crate) async fn follow<R: Runtime>(app: AppHandle<R>, notifier: Notifier) {
    let (engine, caller) = match app.state::<Desk>().engine().await {
        Ok(started) => started,
        // Its window says why, which may be hidden: nobody would look there.
        Err(_) => return window::bring_forward(&app),
    };
    let mut events = engine.events(None);
    let newest = loop {
        match engine.newest_message().await {
            Ok(newest) => break newest,
            Err(error) => tracing::error!(%error, "new messages are not told: the store cannot be read"),
        }
        if !waits(&engine).await {
            return;
        }
    };
    let mut attention = Attention {
        app,
        notifier,
        me: caller.user.clone(),
        set: Set::unknown(),
        newest,
        unread: None,
        refused_autostart: None,
    };
    // What waits already is shown before anything changes.
    match overview(&engine, &caller).await {
        Ok(overview) => attention.look(&engine, &caller, &overview).await,
        Err(error) => tracing::error!(%error, "how many chats are unread is not shown yet"),
    }
    while let Some(event) = next(&engine, &mut events).await {
        for change in &event.changes {
            if let ChangeView::Overview(overview) = change {
                attention.look(&engine, &caller, overview).await;
            }
        }
        attention.tell(&event);
    }
}

async fn overview(engine: &Engine, caller: &Caller) -> Result<Overview, ApiError> {
    let overview = engine.dispatch(caller, GetOverview {}.into()).await?;
    serde_json::from_slice(&overview).map_err(|_| ApiError::new(ErrorCode::Internal, "the overview cannot be read"))
}

/// The next event, however often the store cannot be read; `None` when the engine stops.
async fn next(engine: &Engine, events: &mut Events) -> Option<Event> {
    loop {
        match events.next().await {
            // What it could not read is still to be told.
            None if waits(engine).await => {}
            next => return next,
        }
    }
}

/// Waits before something is asked for again. `false` when the engine stops.
async fn waits(engine: &Engine) -> bool {
    let stop = engine.stopped();
    tokio::time::timeout(AGAIN, stop.cancelled()).await.is_err()
}

impl<R: Runtime> Attention<R> {
    /// Takes over what was set, and shows how much is unread.
    async fn look(&mut self, engine: &Engine, caller: &Caller, overview: &Overview) {
        if self.set.saved != Some(overview.settings_saved) {
            match self.set.take(overview.settings_saved, engine.settings_of(caller).await) {
                Ok(()) => self.apply_settings(),
                Err(error) => tracing::error!(%error, "settings cannot be read; those of before hold"),
            }
        }
        if self.unread != Some(overview.unread) {
            self.unread = Some(overview.unread);
            tray::show_unread(&self.app, overview.unread);
            window::show_unread(&self.app, overview.unread);
            self.notifier.count(overview.unread);
        }
    }

    fn apply_settings(&mut self) {
        let settings = &self.set.settings;
        words::speak(&settings.language);
        tray::show_settings(&self.app, settings);
        // In the language that is set by now.
        if let Some(unread) = self.unread {
            tray::show_unread(&self.app, unread);
        }
        let starts = settings.starts_with_system;
        let refused = autostart::set(&self.app, starts).err();
        if let Some(error) = &refused {
            tracing::warn!(error, "whether Twinbox starts with the system could not be set");
        }
        // Once for each choice: this comes with every setting that is saved.
        let refused = refused.map(|_| starts);
        if refused.is_some() && refused != self.refused_autostart {
            let title = if starts {
                Words("no-autostart")
            } else {
                Words("still-autostart")
            };
            self.notifier.show(Note {
                about: About::App,
                title: title.to_owned(),
                body: Words("no-autostart-why").to_owned(),
                has_sound: false,
            });
        }
        self.refused_autostart = refused;
    }

    fn tell(&mut self, event: &Event) {
        let (newest, notes) = self.notes(event);
        self.newest = newest;
        for note in notes {
            self.notifier.show(note);
        }
        for change in &event.changes {
            open_file::follow(&self.app, change);
            match change {
                ChangeView::Conversation(row) if row.unread == 0 => self.notifier.read(row.id),
                ChangeView::ConversationGone { conversation, .. } => self.notifier.gone(*conversation),
                _ => {}
            }
        }
    }

    /// What is to be told of this event, and the newest message by now.
    fn notes(&self, event: &Event) -> (MessageId, Vec<Note>) {
        // What is not told now is not told later either.
        let all = news(event, self.newest, &self.me, NotifiedChats::All);
        let newest = all.values().map(|(message, _)| message.id).max().unwrap_or(self.newest);
        let NotificationSettings {
            shows_messages,
            chats,
            hides_content,
            has_sound,
            do_not_disturb,
        } = self.set.settings.notifications;
        if !shows_messages || do_not_disturb || window::is_looked_at(&self.app) {
            return (newest, Vec::new());
        }
        let hides_content = hides_content || self.app.state::<Desk>().is_locked();
        let news = news(event, self.newest, &self.me, chats);
        (
            newest,
            notes(&news, hides_content, self.set.settings.masks_numbers, has_sound),
        )
    }
}

/// The last new message of each conversation that is unread, with its row.
type News<'a> = BTreeMap<ConversationId, (&'a MessageView, &'a ConversationRow)>;

/// Messages of customers in these chats that are unread, and notes that call this person.
fn news<'a>(event: &'a Event, newest: MessageId, me: &str, chats: NotifiedChats) -> News<'a> {
    let rows: BTreeMap<ConversationId, &ConversationRow> = event
        .changes
        .iter()
        .filter_map(|change| match change {
            ChangeView::Conversation(row) => Some((row.id, row)),
            _ => None,
        })
        .collect();
    let mut news = News::new();
    for change in &event.changes {
        let ChangeView::Message(message) = change else { continue };
        // The history is nobody's news.
        let is_new = !message.is_deleted && message.id > newest;
        let calls_me = match &message.content {
            Content::Note { mentions, .. } => message.author != me && mentions.iter().any(|name| name == me),
            _ => false,
        };
        let is_told = |row: &ConversationRow| row.unread > 0 && chats.covers(&row.assignee, me);
        let is_news = |row: &ConversationRow| calls_me || (message.origin == Origin::Customer && is_told(row));
        if let Some(row) = rows.get(&message.conversation).filter(|row| is_new && is_news(row)) {
            let latest = news.entry(message.conversation).or_insert((message, row));
            if message.id > latest.0.id {
                latest.0 = message;
            }
        }
    }
    news
}

fn notes(news: &News<'_>, hides_content: bool, masks_numbers: bool, has_sound: bool) -> Vec<Note> {
    if news.len() >= MANY {
        return vec![Note {
            about: About::Conversations,
            title: "Twinbox".to_owned(),
            body: say!("new-messages-in", count = news.len()),
            has_sound,
        }];
    }
    let note = |(message, row): &(&MessageView, &ConversationRow)| {
        let about = match message.content {
            Content::Note { .. } => About::Mention(row.id, message.id),
            _ => About::Conversation(row.id, message.id),
        };
        let (title, body) = match hides_content {
            true => ("Twinbox".to_owned(), Words("new-message").to_owned()),
            false => (name_of(&row.person, masks_numbers), words(message, row.unread)),
        };
        Note {
            about,
            title,
            body,
            has_sound,
        }
    };
    news.values().map(note).collect()
}

/// What a person is called, as in the window.
fn name_of(person: &PersonView, masks_numbers: bool) -> String {
    match person.phone_as_name() {
        Some(phone) if masks_numbers => masked_phone(phone),
        Some(phone) => written_phone(phone),
        None if person.name.is_empty() => Words("unknown-person").to_owned(),
        None => person.name.clone(),
    }
}

/// What a message says, in a few words.
fn words(message: &MessageView, unread: u64) -> String {
    let caption = |media: &twinbox_domain::Media, kind: Words| match media.caption.trim() {
        "" => kind.to_owned(),
        caption => say!("captioned", kind = kind.to_owned(), caption = caption),
    };
    let said = match &message.content {
        Content::Text { body } => body.clone(),
        Content::Image(media) => caption(media, Words("photo")),
        Content::Video(media) => caption(media, Words("video")),
        Content::Audio { is_voice: true, .. } => Words("voice-note").to_owned(),
        Content::Audio { media, .. } => caption(media, Words("audio")),
        Content::Document { filename, .. } if !filename.trim().is_empty() => {
            say!(
                "captioned",
                kind = Words("document").to_owned(),
                caption = filename.as_str()
            )
        }
        Content::Document { .. } => Words("document").to_owned(),
        Content::Note { body, .. } => {
            let note = say!("note-by", author = message.author.as_str(), note = body.as_str());
            return note.chars().take(LONGEST).collect();
        }
        _ => Words("new-message").to_owned(),
    };
    let said: String = said.chars().take(LONGEST).collect();
    match unread {
        0 | 1 => said,
        unread => format!("{said}\n{}", say!("and-unread", count = unread)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use twinbox_domain::{ConversationState, Direction, Millis, NumberId, PersonId, Seq};
    use twinbox_protocol::Preview;

    fn person(name: &str, phone: &str) -> PersonView {
        PersonView {
            id: PersonId(1),
            name: name.to_owned(),
            phone: phone.to_owned(),
            username: String::new(),
            bsuid: String::new(),
        }
    }

    /// A chat in which everything is read, and a note of Omar's in it that calls Maya.
    fn note_in_a_chat_that_is_read() -> Event {
        let (conversation, id, at) = (ConversationId(1), MessageId(11), Millis(0));
        let content = Content::Note {
            body: "@Maya have a look".to_owned(),
            mentions: vec!["Maya".to_owned()],
        };
        let message = MessageView {
            id,
            conversation,
            wamid: None,
            outbox: None,
            direction: Direction::Out,
            origin: Origin::Agent,
            author: "Omar".to_owned(),
            at,
            arrived_late_at: None,
            content: content.clone(),
            edited_at: None,
            is_deleted: false,
            reactions: Vec::new(),
            reacting: None,
            quote: None,
            file: None,
            delivery: None,
            cost: None,
        };
        let row = ConversationRow {
            id: conversation,
            number: NumberId("1".to_owned()),
            person: person("Ana Duarte", "351912345047"),
            last_at: at,
            preview: Preview {
                origin: Origin::Agent,
                author: "Omar".to_owned(),
                content,
                is_deleted: false,
                delivery: None,
            },
            unread: 0,
            read_up_to: id,
            needs_reply: false,
            stops_marketing: false,
            last_customer_at: None,
            state: ConversationState::Open,
            assignee: String::new(),
            labels: Vec::new(),
            mentions: vec!["Maya".to_owned()],
        };
        Event {
            after: Seq(0),
            seq: Seq(1),
            changes: vec![ChangeView::Message(message), ChangeView::Conversation(row)],
        }
    }

    #[test]
    fn a_note_that_calls_somebody_is_told_as_such_also_where_nothing_is_unread() {
        let event = note_in_a_chat_that_is_read();
        let told = |me| {
            let news = news(&event, MessageId(10), me, NotifiedChats::Mine);
            notes(&news, false, true, false)
                .into_iter()
                .map(|note| note.about)
                .collect::<Vec<_>>()
        };
        assert_eq!(told("Maya"), [About::Mention(ConversationId(1), MessageId(11))]);
        assert!(told("Omar").is_empty());
    }

    #[test]
    fn settings_that_cannot_be_read_leave_those_of_before_and_are_asked_for_again() {
        let mut set = Set::unknown();
        assert!(set.settings.notifications.hides_content, "nobody knows yet");
        let unread = || Err(ApiError::unavailable("the store cannot be read"));
        set.take(0, unread()).unwrap_err();
        assert_eq!(set.saved, None);

        let mut quiet = UserSettings::default();
        quiet.notifications.do_not_disturb = true;
        set.take(3, Ok(quiet.clone())).unwrap();
        assert_eq!((&set.settings, set.saved), (&quiet, Some(3)));
        set.take(4, unread()).unwrap_err();
        assert_eq!((&set.settings, set.saved), (&quiet, Some(3)));
    }

    #[test]
    fn a_notification_shows_no_whole_number_to_whoever_masks_them() {
        let nameless = person("+351912345047", "351912345047");
        assert_eq!(name_of(&nameless, true), "+351 912 ••• 047");
        assert_eq!(name_of(&nameless, false), "+351 912 345 047");
        assert_eq!(name_of(&person("Ana Duarte", "351912345047"), true), "Ana Duarte");
    }
}
