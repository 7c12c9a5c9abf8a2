//! One message of a made-up past: all that can be in one, in every state.

use super::{
    Acquaintance, History, PHASES,
    acquaintance::at,
    words::{EMOJI, TONGUES},
};
use crate::{
    library::{self, Kind},
    numbering,
    stream::mixed,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Media younger than this at onboarding are shared (Meta, "history webhook reference", 2026).
const MEDIA_SECONDS: u64 = 14 * super::DAY;

/// An edit comes so long after its message.
const EDIT_SECONDS: u64 = 5 * 60;

/// A deletion comes so long after its message.
const REVOKE_SECONDS: u64 = 60 * 60;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Text,
    /// A text that quotes the message before.
    Reply,
    Medium(Kind),
    Location,
    Contacts,
    /// To the message before.
    Reaction,
    /// Of the writer's last message.
    Edit,
    /// The same.
    Revoke,
}

/// How a medium is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    /// In the chunk.
    Inline,
    /// A placeholder in the chunk, and the medium before it.
    Before,
    /// A placeholder in the chunk, and the medium after it.
    After,
    /// A placeholder that stays one: the medium is too old.
    Never,
}

impl History {
    /// The message as its chunk has it: usually a placeholder if it is a medium.
    pub(super) fn message(&self, index: u64, person: &Acquaintance) -> Map<String, Value> {
        let mut message = match self.kind_of_medium(index) {
            Some(_) if self.telling(index) != Telling::Inline => {
                let mut message = self.envelope(index, person, self.sent_at(index));
                message.insert("type".to_owned(), json!("media_placeholder"));
                message
            }
            _ => self.whole_message(index, person),
        };
        let status = self.status(index);
        message.insert("history_context".to_owned(), json!({"status": status}));
        message
    }

    /// The webhook of a medium that comes by itself, and whether it comes before its placeholder.
    pub(super) fn follow_up(&self, index: u64, person: &Acquaintance) -> Option<(Value, bool)> {
        self.kind_of_medium(index)?;
        let is_before = match self.telling(index) {
            Telling::Before => true,
            Telling::After => false,
            Telling::Inline | Telling::Never => return None,
        };
        let mut contact = Map::new();
        contact.insert("user_id".to_owned(), json!(person.user_id));
        contact.extend(person.wa_id.iter().map(|wa_id| ("wa_id".to_owned(), json!(wa_id))));
        let profile = |username| ("profile".to_owned(), json!({"username": username}));
        contact.extend(person.username.iter().map(profile));
        let items = if self.is_own(index) {
            "message_echoes"
        } else {
            "messages"
        };
        let message = self.whole_message(index, person);
        Some((json!({"contacts": [contact], items: [message]}), is_before))
    }

    /// The message with everything in it, as both phones show it.
    pub(super) fn whole_message(&self, index: u64, person: &Acquaintance) -> Map<String, Value> {
        let (content, target) = self.content_and_target(index);
        let target_id = |target: u64| self.wamid(target, person);
        let sent_at = match (content, target) {
            (Content::Edit, Some(target)) => self.sent_at(target) + EDIT_SECONDS,
            (Content::Revoke, Some(target)) => self.sent_at(target) + REVOKE_SECONDS,
            _ => self.sent_at(index),
        };
        let mut message = self.envelope(index, person, sent_at.min(self.onboarded_at));
        let (kind, body) = match (content, target.map(target_id)) {
            (Content::Reaction, Some(id)) => {
                let emoji = EMOJI.get(at(self.roll(index, 3), EMOJI.len()));
                ("reaction", json!({"message_id": id, "emoji": emoji}))
            }
            (Content::Edit, Some(id)) => {
                let new = json!({"type": "text", "text": {"body": self.words(index)}});
                ("edit", json!({"original_message_id": id, "message": new}))
            }
            (Content::Revoke, Some(id)) => ("revoke", json!({"original_message_id": id})),
            (Content::Medium(kind), _) => (kind.name(), self.medium_body(index, kind)),
            (Content::Location, _) => (
                "location",
                json!({"latitude": 52.5163, "longitude": 13.3777, "name": "Tandem & Oak", "address": "Canal Street 4"}),
            ),
            (Content::Contacts, _) => (
                "contacts",
                json!([{
                    "name": {"formatted_name": "Rosa Field", "first_name": "Rosa", "last_name": "Field"},
                    "phones": [{"phone": "+1 (650) 555-0829", "wa_id": "16505550829", "type": "MOBILE"}],
                }]),
            ),
            (_, quoted) => {
                if let (Content::Reply, Some(id), Some(target)) = (content, quoted, target) {
                    message.insert("context".to_owned(), self.context(target, person, &id));
                }
                ("text", json!({"body": self.words(index)}))
            }
        };
        message.insert("type".to_owned(), json!(kind));
        message.insert(kind.to_owned(), body);
        message
    }

    /// What the medium at `index` is; `None`: there is none.
    pub(super) fn kind_of_medium(&self, index: u64) -> Option<Kind> {
        match self.content(index) {
            Content::Medium(kind) if index < self.size.messages() => Some(kind),
            _ => None,
        }
    }

    /// Whether the business wrote it; the two sides take turns.
    pub(super) fn is_own(&self, index: u64) -> bool {
        (index / self.size.people().max(1)) % 2 == 1
    }

    /// The higher the index, the older. In Unix seconds.
    pub(super) fn sent_at(&self, index: u64) -> u64 {
        let phase = self.phase(index);
        let (youngest, oldest) = PHASES.get(phase).copied().unwrap_or_default();
        let (begin, end) = self.edges(phase);
        let age = youngest + (oldest - youngest) * (index - begin + 1) / (end - begin + 1);
        self.onboarded_at.saturating_sub(age)
    }

    fn content(&self, index: u64) -> Content {
        match self.roll(index, 1) % 100 {
            0..=61 => Content::Text,
            62..=67 => Content::Reply,
            68..=75 => Content::Medium(Kind::Image),
            76..=78 => Content::Medium(Kind::Audio),
            79..=80 => Content::Medium(Kind::Video),
            81..=82 => Content::Medium(Kind::Document),
            83..=84 => Content::Medium(Kind::Sticker),
            85..=86 => Content::Location,
            87 => Content::Contacts,
            88..=93 => Content::Reaction,
            94..=96 => Content::Edit,
            _ => Content::Revoke,
        }
    }

    /// What it is and the older message it is about. What would be about nothing of the same phase is a text.
    fn content_and_target(&self, index: u64) -> (Content, Option<u64>) {
        let content = self.content(index);
        let turns_back = match content {
            Content::Reply | Content::Reaction => 1,
            Content::Edit | Content::Revoke => 2,
            _ => return (content, None),
        };
        let target = index + turns_back * self.size.people();
        let is_there = target < self.size.messages() && self.phase(target) == self.phase(index);
        let fits = match self.content(target) {
            Content::Text | Content::Reply => true,
            Content::Medium(_) | Content::Location | Content::Contacts => content != Content::Edit,
            Content::Reaction | Content::Edit | Content::Revoke => false,
        };
        if is_there && fits {
            (content, Some(target))
        } else {
            (Content::Text, None)
        }
    }

    fn telling(&self, index: u64) -> Telling {
        if self.sent_at(index) + MEDIA_SECONDS <= self.onboarded_at {
            return Telling::Never;
        }
        match self.roll(index, 2) % 4 {
            0 => Telling::Inline,
            1 => Telling::Before,
            _ => Telling::After,
        }
    }

    /// How far it came (Meta's six values of `history_context.status`).
    fn status(&self, index: u64) -> &'static str {
        let is_played = matches!(self.kind_of_medium(index), Some(Kind::Audio | Kind::Video));
        match self.roll(index, 4) % 24 {
            0 if self.is_own(index) => "SENT",
            1 if self.is_own(index) => "ERROR",
            2 if self.is_own(index) => "PENDING",
            0..=4 => "DELIVERED",
            _ if is_played => "PLAYED",
            _ => "READ",
        }
    }

    fn words(&self, index: u64) -> String {
        let Some(tongue) = TONGUES.get(at(self.chat(index), TONGUES.len())) else {
            return String::new();
        };
        let lines: &[&str] = if self.is_own(index) {
            &tongue.business
        } else {
            &tongue.customer
        };
        let line = |roll: u64| lines.get(at(roll, lines.len())).copied().unwrap_or_default();
        let roll = self.roll(index, 5);
        if roll.is_multiple_of(7) {
            return format!("{}\n{}", line(roll / 7), line(roll / 7 + 1));
        }
        line(roll / 7).to_owned()
    }

    /// Without an address, and with the hash in hex, as in Meta's sample.
    fn medium_body(&self, index: u64, kind: Kind) -> Value {
        let (mime_type, bytes) = library::made_up(kind, usize::try_from(index).unwrap_or_default());
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let mut body = json!({"mime_type": mime_type, "sha256": sha256, "id": self.medium_id(index)});
        let more = match kind {
            Kind::Image | Kind::Video if self.roll(index, 6).is_multiple_of(2) => {
                Some(("caption", json!(self.words(index))))
            }
            Kind::Image | Kind::Video => None,
            Kind::Audio => Some(("voice", json!(true))),
            Kind::Document => Some(("filename", json!(format!("order-{index}.pdf")))),
            Kind::Sticker => Some(("animated", json!(false))),
        };
        if let (Some((key, value)), Some(body)) = (more, body.as_object_mut()) {
            body.insert(key.to_owned(), value);
        }
        body
    }

    /// Who wrote to whom, and when. Of a customer who is known by username only there is no number.
    fn envelope(&self, index: u64, person: &Acquaintance, at: u64) -> Map<String, Value> {
        let mut message = Map::new();
        let mut put = |key: &str, value: &str| message.insert(key.to_owned(), json!(value));
        if self.is_own(index) {
            put("from", &self.own_number);
            put("to_user_id", &person.user_id);
            person.wa_id.as_ref().and_then(|wa_id| put("to", wa_id));
        } else {
            put("from_user_id", &person.user_id);
            match &person.wa_id {
                Some(wa_id) => put("from", wa_id),
                None => put("to", &self.own_number),
            };
        }
        put("id", &self.wamid(index, person));
        put("timestamp", &at.to_string());
        message
    }

    fn context(&self, quoted: u64, person: &Acquaintance, id: &str) -> Value {
        match &person.wa_id {
            _ if self.is_own(quoted) => json!({"from": self.own_number, "id": id}),
            Some(wa_id) => json!({"from": wa_id, "id": id}),
            None => json!({"from_user_id": person.user_id, "id": id}),
        }
    }

    fn wamid(&self, index: u64, person: &Acquaintance) -> String {
        let mut random = fastrand::Rng::with_seed(self.roll(index, 7));
        numbering::wamid_from(&mut random, person.wa_id.as_deref())
    }

    /// A number for that message and purpose.
    fn roll(&self, index: u64, purpose: u64) -> u64 {
        mixed(mixed(self.seed, index), purpose)
    }
}
