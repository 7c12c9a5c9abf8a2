//! What is sent, in the parts Meta takes it in, checked before anything is queued.
//!
//! The engine makes one of what a person composed, the store keeps it as JSON with the outbox item, and `whatsapp` writes
//! the request's body from it. What the customer sees of it, and the thread shows, is [`Payload::content`]. Limits are
//! Meta's; characters are Unicode scalar values, which is never more than what Meta counts by.

mod check;
mod interactive;

pub use check::{LONGEST_TEXT, SendProblem};
pub(crate) use check::{at_most, check_header_file};
pub use interactive::{Action, Interactive, ListRow, ListSection, ReplyButton};

use crate::{ContactCard, Content, FilledTemplate, Wamid};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How old a message may be that an emoji is put on: 30 days. To an older one it is not delivered (Meta, "Reaction
/// messages", Feb 2026).
pub const OLDEST_REACTED_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A message to be sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
pub enum Payload {
    /// Text with WhatsApp's own formatting marks in it.
    Text {
        /// The text.
        body: String,
        /// Whether the customer sees a preview of the first web address in it.
        preview_url: bool,
    },
    /// A file, with the text below it: a content that has a file.
    File(Content),
    /// A place on the map.
    Location(PlaceToSend),
    /// Cards from an address book.
    Contacts(Vec<CardToSend>),
    /// An emoji on a message, in place of the one that was there.
    Reaction {
        /// The message it is on.
        to: Wamid,
        /// The emoji; empty takes it away.
        emoji: String,
    },
    /// A text with buttons or a list.
    Interactive {
        /// All but the file.
        message: Interactive,
        /// A photo, film or document above the text.
        file: Option<Content>,
    },
    /// A template, made by [`TemplateParts::fill`](crate::TemplateParts::fill).
    Template(FilledTemplate),
}

/// A place on the map.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceToSend {
    /// Millionths of a degree, north positive.
    pub latitude_e6: i64,
    /// Millionths of a degree, east positive.
    pub longitude_e6: i64,
    /// What is there; empty for nothing.
    pub name: String,
    /// Where it is; empty for nothing.
    pub address: String,
}

/// A card of an address book.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardToSend {
    /// The name that is shown.
    pub name: String,
    /// Phone numbers.
    pub phones: Vec<PhoneToSend>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Company; empty for none.
    pub organization: String,
}

/// A phone number of a card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneToSend {
    /// As it is shown.
    pub phone: String,
    /// The digits under which it is at WhatsApp: the customer may write to it at once. Empty when not known.
    pub wa_id: String,
}

impl Payload {
    /// A text; a web address in it gets a preview.
    pub fn text(body: String) -> Self {
        let preview_url = body.contains("://");
        Self::Text { body, preview_url }
    }

    /// What the customer sees, as far as that is a message of its own: a reaction is not.
    pub fn content(&self) -> Option<Content> {
        Some(match self {
            Self::Text { body, .. } => Content::Text { body: body.clone() },
            Self::File(content) => content.clone(),
            Self::Location(place) => place.content(),
            Self::Contacts(cards) => Content::Contacts {
                cards: cards.iter().map(CardToSend::content).collect(),
            },
            Self::Reaction { .. } => return None,
            Self::Interactive { message, file } => message.content(file.as_ref()),
            Self::Template(template) => template.shown.clone(),
        })
    }

    /// The message a reaction is on; `None` for anything else.
    pub const fn reacts_to(&self) -> Option<&Wamid> {
        match self {
            Self::Reaction { to, .. } => Some(to),
            _ => None,
        }
    }

    /// Whether it may go out while the customer has not written for 24 hours.
    pub const fn opens_conversation(&self) -> bool {
        matches!(self, Self::Template(_))
    }

    /// What an item says that was queued by a version which kept only what the customer sees; `None` for what such a
    /// version did not send.
    pub fn of_content(content: Content) -> Option<Self> {
        match content {
            Content::Text { body } => Some(Self::text(body)),
            content if content.media().is_some() => Some(Self::File(content)),
            _ => None,
        }
    }
}

impl PlaceToSend {
    /// What the customer sees.
    pub fn content(&self) -> Content {
        Content::Location {
            latitude_e6: self.latitude_e6,
            longitude_e6: self.longitude_e6,
            name: self.name.clone(),
            address: self.address.clone(),
        }
    }
}

impl CardToSend {
    fn content(&self) -> ContactCard {
        ContactCard {
            name: self.name.clone(),
            phones: self.phones.iter().map(|phone| phone.phone.clone()).collect(),
            emails: self.emails.clone(),
            organization: self.organization.clone(),
            details: Vec::new(),
        }
    }
}

macro_rules! silent {
    ($($name:ident),*) => {
        $(
            /// Never what it says: it does not belong in logs.
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!(stringify!($name), "(..)"))
                }
            }
        )*
    };
}
pub(crate) use silent;

silent!(Payload, PlaceToSend, CardToSend, PhoneToSend);

#[cfg(test)]
mod tests;
