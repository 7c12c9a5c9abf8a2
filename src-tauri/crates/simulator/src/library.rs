//! The media Meta keeps. Pure; time is an argument, in Unix seconds.

use crate::{customer::CustomerMessage, drawing, history::History, numbering, stream::Streams, webhook, wire};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// The address of a medium's bytes is good for so long (Meta, "Media", 2026).
const ADDRESS_SECONDS: u64 = 5 * 60;

/// An uploaded medium is kept for so long (same page).
const UPLOAD_KEPT_SECONDS: u64 = 30 * 24 * 60 * 60;

/// A medium of a webhook is kept for so long (same page).
const RECEIVED_KEPT_SECONDS: u64 = 7 * 24 * 60 * 60;

/// Where bytes are fetched, as on Meta's own host.
pub(crate) const ATTACHMENTS: &str = "/whatsapp_business/attachments/";

/// What a made-up medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A photo.
    Image,
    /// A voice message.
    Audio,
    /// A page.
    Document,
    /// A short film.
    Video,
    /// A bell.
    Sticker,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Image, Self::Audio, Self::Document, Self::Video, Self::Sticker];

    /// The `type` of its messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Video => "video",
            Self::Sticker => "sticker",
        }
    }
}

/// One medium.
#[derive(Clone, Debug)]
pub(crate) struct Medium {
    /// Its type.
    pub mime_type: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
    kept_until: u64,
}

/// All of them, by id.
#[derive(Debug, Default)]
pub(crate) struct Library {
    media: HashMap<String, Medium>,
    /// How many media were uploaded in all.
    pub uploads: u64,
    past: Option<History>,
    /// Of the past.
    deleted: HashSet<String>,
    graph_url: String,
    secret: String,
    streams: Arc<Streams>,
}

impl Library {
    /// An empty one whose addresses begin with `graph_url` and are signed with `secret`. Ids come from
    /// `streams`.
    pub fn at(graph_url: &str, secret: &str, streams: Arc<Streams>) -> Self {
        Self {
            graph_url: graph_url.to_owned(),
            secret: secret.to_owned(),
            streams,
            ..Self::default()
        }
    }

    /// Whether there is such a medium, kept or not.
    pub fn holds(&self, id: &str) -> bool {
        self.media.contains_key(id) || self.of_the_past(id).is_some()
    }

    /// The medium, if it is still kept.
    pub fn medium(&self, id: &str, now: u64) -> Option<Medium> {
        let medium = self.media.get(id).cloned().or_else(|| self.of_the_past(id));
        medium.filter(|medium| now < medium.kept_until)
    }

    /// Keeps an upload. Gives its id.
    pub fn upload(&mut self, mime_type: &str, bytes: &[u8], now: u64) -> String {
        self.uploads += 1;
        self.keep(mime_type, bytes, now + UPLOAD_KEPT_SECONDS)
    }

    /// Forgets a medium. Gives whether there was one.
    pub fn delete(&mut self, id: &str) -> bool {
        if self.of_the_past(id).is_some() {
            return self.deleted.insert(id.to_owned());
        }
        self.media.remove(id).is_some()
    }

    /// Gives what a made-up past tells of: drawn when it is asked for, so that any number of media needs no memory.
    pub fn recall(&mut self, past: History) {
        self.past = Some(past);
        self.deleted.clear();
    }

    /// Makes a medium up, as a webhook names it.
    pub fn drawn(&mut self, kind: Kind, now: u64) -> Value {
        let (mime_type, bytes) = made_up(kind, self.media.len());
        let id = self.keep(mime_type, &bytes, now + RECEIVED_KEPT_SECONDS);
        let sha256 = STANDARD.encode(Sha256::digest(&bytes));
        json!({"mime_type": mime_type, "sha256": sha256, "id": id, "url": self.address(&id, now)})
    }

    /// The body of a medium a person sends: what is missing in `body` is made up, unless it names a medium itself.
    pub fn completed(&mut self, type_name: &str, body: &Value, now: u64) -> Option<Value> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == type_name)?;
        let given = body.as_object().cloned().unwrap_or_default();
        if given.contains_key("id") {
            return None;
        }
        let mut completed: Map<String, Value> = self.drawn(kind, now).as_object().cloned()?;
        if kind == Kind::Document {
            completed.insert("filename".to_owned(), json!("order.pdf"));
        }
        completed.extend(given);
        Some(Value::Object(completed))
    }

    /// What a customer sends, with the medium it needs made up.
    pub fn delivered(&mut self, message: &CustomerMessage, now: u64) -> CustomerMessage {
        let mut message = match message {
            CustomerMessage::Image { caption } => CustomerMessage::Raw {
                type_name: "image".to_owned(),
                body: webhook::captioned(caption),
            },
            other => other.clone(),
        };
        if let CustomerMessage::Raw { type_name, body } | CustomerMessage::Quoting { type_name, body, .. } =
            &mut message
            && let Some(completed) = self.completed(type_name, body, now)
        {
            *body = completed;
        }
        message
    }

    /// What a lookup answers, if the medium is still kept. The size is a string in Meta's OpenAPI.
    pub fn lookup(&self, id: &str, now: u64) -> Option<Value> {
        let medium = self.medium(id, now)?;
        Some(json!({
            "messaging_product": "whatsapp", "url": self.address(id, now), "mime_type": medium.mime_type,
            "sha256": hex::encode(Sha256::digest(&medium.bytes)), "file_size": medium.bytes.len().to_string(),
            "id": id,
        }))
    }

    /// Whether `signature` is that of the address made for `id` until `ext`, and it is not over.
    pub fn opens(&self, id: &str, ext: &str, signature: &str, now: u64) -> bool {
        ext.parse().is_ok_and(|until: u64| now < until) && signature == self.signature(id, ext)
    }

    fn address(&self, id: &str, now: u64) -> String {
        let ext = (now + ADDRESS_SECONDS).to_string();
        let signature = self.signature(id, &ext);
        format!("{}{ATTACHMENTS}?mid={id}&ext={ext}&hash={signature}", self.graph_url)
    }

    fn signature(&self, id: &str, ext: &str) -> String {
        wire::signature(&self.secret, format!("{id}:{ext}").as_bytes())
            .trim_start_matches("sha256=")
            .to_owned()
    }

    fn of_the_past(&self, id: &str) -> Option<Medium> {
        let past = self.past.as_ref().filter(|_| !self.deleted.contains(id))?;
        let (kind, number) = past.medium(id)?;
        let (mime_type, bytes) = made_up(kind, number);
        Some(Medium {
            mime_type: mime_type.to_owned(),
            bytes: bytes.into(),
            kept_until: past.onboarded_at() + RECEIVED_KEPT_SECONDS,
        })
    }

    fn keep(&mut self, mime_type: &str, bytes: &[u8], kept_until: u64) -> String {
        let id = numbering::object_id(&self.streams.media);
        let medium = Medium {
            mime_type: mime_type.to_owned(),
            bytes: bytes.into(),
            kept_until,
        };
        self.media.insert(id.clone(), medium);
        id
    }
}

/// The type and the content of the medium with that number.
pub(crate) fn made_up(kind: Kind, number: usize) -> (&'static str, Vec<u8>) {
    match kind {
        Kind::Image => ("image/jpeg", drawing::jpeg(number)),
        Kind::Audio => ("audio/ogg; codecs=opus", drawing::ogg(number)),
        Kind::Document => ("application/pdf", drawing::pdf(number)),
        Kind::Video => ("video/mp4", drawing::mp4(number)),
        Kind::Sticker => ("image/webp", drawing::webp(number)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn an_address_is_good_for_five_minutes_and_for_one_medium() {
        let mut library = Library::at("http://meta", "secret", Arc::default());
        let id = library.upload("image/png", b"png", 1000);
        let url = library.lookup(&id, 1000).unwrap()["url"].as_str().unwrap().to_owned();
        let (rest, hash) = url.split_once("&hash=").unwrap();
        let (_, ext) = rest.split_once("&ext=").unwrap();
        assert!(library.opens(&id, ext, hash, 1299));
        assert!(!library.opens(&id, ext, hash, 1300));
        assert!(!library.opens(&id, "9999", hash, 1299));
        assert!(!library.opens("another", ext, hash, 1299));
    }

    #[test]
    fn an_upload_is_kept_for_thirty_days() {
        let mut library = Library::at("", "", Arc::default());
        let id = library.upload("image/png", b"png", 0);
        assert!(library.lookup(&id, UPLOAD_KEPT_SECONDS - 1).is_some());
        assert!(library.lookup(&id, UPLOAD_KEPT_SECONDS).is_none());
    }
}
