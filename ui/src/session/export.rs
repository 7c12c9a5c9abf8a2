//! Taking a conversation out of Twinbox, and what else is read or done on the page of settings.

use super::Session;
use super::files::save;
use crate::clock;
use crate::state::Action;
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use twinbox_domain::{Content, ConversationId, Direction, Millis, Origin, RetentionPeriod};
use twinbox_protocol::{
    ApiError, Delivery, ErasePerson, GetConversation, GetStorage, ListMessages, MessageCursor, MessageView,
    PreviewRetention, RetentionPreview, SetStorageQuota, StorageView,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Response};

/// Messages in one request, as many as the engine gives.
const PAGE: u32 = 200;

impl Session {
    /// Saves all messages of a conversation as a text file, oldest first.
    pub fn export(self, conversation: ConversationId) {
        spawn_local(async move {
            let saved = match self.transcript(conversation).await {
                Ok((name, lines)) => save_text(&text::export_file(&name), &lines),
                Err(error) => Err(error),
            };
            if let Err(error) = saved {
                self.dispatch(Action::Notice(error.message));
            }
        });
    }

    async fn transcript(self, conversation: ConversationId) -> Result<(String, String), ApiError> {
        let person = self.backend.call(GetConversation { conversation }).await?.row.person;
        // As it is: a file is for other programs, too.
        let name = match person.name.as_str() {
            "" => text::UNKNOWN_PERSON.to_owned(),
            name => name.to_owned(),
        };
        let mut messages = Vec::new();
        let mut before = None;
        loop {
            let call = ListMessages {
                conversation,
                before,
                limit: PAGE,
            };
            let page = self.backend.call(call).await?;
            let more = page.more;
            messages.extend(page.items);
            before = messages.last().map(|message: &MessageView| MessageCursor {
                at: message.at,
                id: message.id,
            });
            if !more {
                break;
            }
        }
        let lines: Vec<_> = messages.iter().rev().map(|message| line(message, &name)).collect();
        Ok((name, lines.join("\n")))
    }

    /// Erases the person of a conversation, which is gone then.
    pub fn erase(self, conversation: ConversationId) {
        self.decide(ErasePerson { conversation });
    }

    /// Asks how much room everything takes.
    pub fn load_storage(self, known: RwSignal<Option<StorageView>>) {
        spawn_local(async move {
            // What is shown stays when it cannot be told.
            if let Ok(storage) = self.backend.call(GetStorage {}).await {
                known.try_set(Some(storage));
            }
        });
    }

    /// Sets how much room files may take. What holds is shown again when that was refused.
    pub fn set_storage_quota(self, bytes: Option<u64>, known: RwSignal<Option<StorageView>>) {
        spawn_local(async move {
            if !self.decided(SetStorageQuota { bytes }.into()).await {
                self.load_storage(known);
            }
        });
    }

    /// Asks what would go if messages were kept for `period`; `None` in place of that when it cannot be told.
    pub fn preview_retention(self, period: RetentionPeriod, told: impl FnOnce(Option<RetentionPreview>) + 'static) {
        spawn_local(async move {
            match self.backend.call(PreviewRetention { period }).await {
                Ok(preview) => told(Some(preview)),
                Err(error) => {
                    self.dispatch(Action::Notice(error.message));
                    told(None);
                }
            }
        });
    }

    /// Reads the list of licenses that lies beside the page.
    pub fn load_licenses(self, licenses: RwSignal<Option<String>>) {
        spawn_local(async move {
            let read = read("/licenses.txt").await;
            licenses.try_set(Some(read.unwrap_or_else(|| text::NO_LICENSES.to_owned())));
        });
    }
}

fn line(message: &MessageView, person: &str) -> String {
    format!(
        "[{}] {}",
        clock::date_and_time(message.at),
        said(message, person, clock::date_and_time)
    )
}

/// Who said what. Whoever reads it elsewhere must not take for said what nobody said: only what begins a line of the file is
/// who and when, whatever people write and call themselves.
fn said(message: &MessageView, person: &str, time: fn(Millis) -> String) -> String {
    let who = match message.direction {
        Direction::In => person.to_owned(),
        Direction::Out => text::author(message.origin, &message.author),
    };
    let who = who.replace(breaks_a_line, " ");
    let words = text::in_full(&message.content, message.is_deleted, time);
    let words: Vec<&str> = words.split(breaks_a_line).collect();
    let words = words.join("\n    ");
    match beside(message, person, time).replace(breaks_a_line, " ").as_str() {
        "" => format!("{who}: {words}"),
        beside => format!("{who} ({beside}): {words}"),
    }
}

/// For one program or another.
const fn breaks_a_line(letter: char) -> bool {
    matches!(
        letter,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// What else is known of a message: that the person has not got it, what it answers, its last edit, the emojis on it.
fn beside(message: &MessageView, person: &str, time: fn(Millis) -> String) -> String {
    let mut known: Vec<String> = never_got(message).map(|why| why.to_owned()).into_iter().collect();
    if let Some(original) = message.quote.as_ref().and_then(|quote| quote.original.as_ref()) {
        let whom = match original.origin {
            Origin::Customer => person.to_owned(),
            origin => text::author(origin, &original.author),
        };
        known.push(text::in_answer(&whom, &time(original.at)));
    }
    if let Some(at) = message.edited_at.filter(|_| !message.is_deleted) {
        known.push(text::edited(&time(at)));
    }
    let reactions = message.reactions.iter();
    known.extend(reactions.map(|reaction| text::reaction(reaction.from, person, &reaction.emoji)));
    known.join("; ")
}

/// Why the person has not got a message of ours, as far as that is known.
fn never_got(message: &MessageView) -> Option<text::Words> {
    if let Content::Note { .. } = message.content {
        return Some(text::PRIVATE_NOTE);
    }
    match message.delivery.as_ref()? {
        Delivery::Queued { .. } => Some(text::QUEUED),
        Delivery::Sending => Some(text::SENDING),
        Delivery::NotSure => Some(text::PERHAPS_NEVER_SENT),
        Delivery::Failed { .. } => Some(text::FAILED),
        Delivery::Known { .. } => None,
    }
}

fn save_text(name: &str, text: &str) -> Result<(), ApiError> {
    let parts = js_sys::Array::of1(&text.into());
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let saved = Blob::new_with_str_sequence_and_options(&parts, &kind).and_then(|blob| save(&blob, name));
    saved.map_err(|_| ApiError::unavailable(text::FILE_NOT_SAVED))
}

async fn read(url: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(url)).await.ok()?;
    let response: Response = response.dyn_into().ok().filter(Response::ok)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::message;
    use twinbox_domain::{Media, MessageId, Status, Wamid};
    use twinbox_protocol::{Quote, QuoteOriginal, ReactionView};

    fn time(at: Millis) -> String {
        format!("at {}", at.0)
    }

    fn of_maya(content: Content, delivery: Option<Delivery>) -> String {
        let message = MessageView {
            direction: Direction::Out,
            origin: Origin::Agent,
            author: "Maya".to_owned(),
            content,
            delivery,
            ..message(1, 1, 1)
        };
        said(&message, "Alice", time)
    }

    #[test]
    fn nobody_writes_a_line_of_somebody_else() {
        let body = "ok\n[1/1/2026, 10:00] Maya: We refund\r\nit\u{2028}all";
        let message = MessageView {
            content: Content::Text { body: body.to_owned() },
            ..message(1, 1, 1)
        };
        let written = said(&message, "Alice\nMaya: 500 EUR", time);
        assert_eq!(
            written,
            "Alice Maya: 500 EUR: ok\n    [1/1/2026, 10:00] Maya: We refund\n    \n    it\n    all"
        );
    }

    #[test]
    fn what_a_message_answers_its_edit_and_its_emojis_are_told() {
        let hello = || Content::Text {
            body: "Hello".to_owned(),
        };
        let original = QuoteOriginal {
            message: MessageId(7),
            at: Millis(5),
            origin: Origin::Agent,
            author: "Maya".to_owned(),
            content: hello(),
            is_deleted: false,
        };
        let message = MessageView {
            content: hello(),
            edited_at: Some(Millis(9)),
            reactions: vec![ReactionView {
                from: Direction::Out,
                emoji: "👍".to_owned(),
            }],
            quote: Some(Quote {
                wamid: Wamid::from("wamid.A"),
                original: Some(original),
            }),
            ..message(1, 1, 1)
        };
        assert_eq!(
            said(&message, "Alice", time),
            "Alice (In answer to Maya, at 5; Edited at 9; Reaction from us: 👍): Hello"
        );
    }

    #[test]
    fn the_name_of_a_file_leaves_room_for_what_was_written_with_it() {
        let document = Content::Document {
            media: Media {
                caption: "Cancel this one".to_owned(),
                ..Media::default()
            },
            filename: "contract.pdf".to_owned(),
        };
        assert_eq!(
            of_maya(document, None),
            "Maya: Document\n    contract.pdf\n    Cancel this one"
        );
    }

    #[test]
    fn what_the_person_never_got_is_told_from_replies() {
        let body = || "Do not refund.".to_owned();
        let note = Content::Note {
            body: body(),
            mentions: Vec::new(),
        };
        assert_eq!(of_maya(note, None), "Maya (Private note): Do not refund.");
        let reply = |delivery| of_maya(Content::Text { body: body() }, Some(delivery));
        let failed = Delivery::Failed {
            code: None,
            reason: String::new(),
            can_retry: false,
        };
        assert_eq!(reply(failed), "Maya (Not delivered): Do not refund.");
        assert_eq!(reply(Delivery::NotSure), "Maya (Perhaps never sent): Do not refund.");
        let read = Delivery::Known { status: Status::Read };
        assert_eq!(reply(read), "Maya: Do not refund.");
    }
}
