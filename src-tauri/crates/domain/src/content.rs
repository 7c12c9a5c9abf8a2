//! What a message says.

use crate::ThreadOwner;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A message's content, as far as this version understands it. The store keeps it as this JSON.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// Text with WhatsApp's own formatting marks still in it.
    Text {
        /// At most 4096 characters when we send it; whatever the customer wrote otherwise.
        body: String,
    },
    /// A picture. Of this and every other file only what is known about it: the file itself is fetched separately.
    Image(Media),
    /// A film.
    Video(Media),
    /// A recording, or a sound file.
    Audio {
        /// The file.
        media: Media,
        /// Recorded in the chat with the microphone button.
        is_voice: bool,
    },
    /// Any other file.
    Document {
        /// The file.
        media: Media,
        /// Its name as the sender gave it; empty when not told.
        filename: String,
    },
    /// A sticker.
    Sticker(Media),
    /// A place on the map.
    Location {
        /// Millionths of a degree, north positive.
        latitude_e6: i64,
        /// Millionths of a degree, east positive.
        longitude_e6: i64,
        /// What is there; empty when not told.
        name: String,
        /// Where it is; empty when not told.
        address: String,
    },
    /// Cards from an address book.
    Contacts {
        /// At least one.
        cards: Vec<ContactCard>,
    },
    /// A tapped button or a row chosen from a list.
    Choice {
        /// What the button or row says.
        title: String,
        /// The row's second line; empty when there is none.
        description: String,
    },
    /// A form that was filled in: a flow, or an address.
    Form {
        /// Which kind, in Meta's word; empty when not told.
        name: String,
        /// What WhatsApp shows for it.
        body: String,
    },
    /// A shopping cart.
    Order {
        /// What the customer wrote with it; empty when nothing.
        text: String,
        /// What was ordered.
        items: Vec<OrderItem>,
    },
    /// A text with more around it, as the business sends them: a template with its variables filled in, buttons, a list.
    Card {
        /// What stands above: a text, a file or a place; `None` when nothing does.
        header: Option<Box<Content>>,
        /// The text.
        body: String,
        /// The small print below; empty when there is none.
        footer: String,
        /// What its buttons say.
        buttons: Vec<String>,
    },
    /// The person has another phone number, or another business-scoped id.
    IdsChanged {
        /// Digits only; empty when not told.
        phone_before: String,
        /// Digits only; empty when not told.
        phone_after: String,
    },
    /// Somebody else answers the person from here on.
    HandedOver {
        /// Who.
        owner: ThreadOwner,
    },
    /// A colleague's remark about the conversation. It never leaves Twinbox.
    Note {
        /// What they wrote.
        body: String,
        /// The names of the colleagues it calls.
        mentions: Vec<String>,
    },
    /// A file of the history that has not come. It may still; one older than 14 days when the number was connected
    /// never does, and can be seen on the phone only (Meta, webhook reference `history`, Mar 2026).
    Placeholder,
    /// A type this version cannot show. Its raw JSON stays in the journal.
    NotUnderstood {
        /// Meta's word for the type, for example `poll_creation`.
        type_name: String,
    },
}

/// What Meta says about a file.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Meta's media id, valid 7 days; empty for a file that is sent from here.
    pub media_id: String,
    /// For example `image/jpeg`.
    pub mime_type: String,
    /// Hash of the file as Meta writes it: base64 in webhooks, hex in some history payloads.
    pub sha256: String,
    /// The text below it; empty when there is none.
    pub caption: String,
}

/// A card from an address book.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    /// As the sender's phone shows it; empty when not told.
    pub name: String,
    /// Phone numbers as written on the card.
    pub phones: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Company; empty when not told.
    pub organization: String,
}

/// A position of a shopping cart.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// The seller's own id of the product.
    pub product_id: String,
    /// How many.
    pub quantity: String,
    /// For one, as Meta writes the number.
    pub price: String,
    /// ISO 4217 code.
    pub currency: String,
}

impl Content {
    /// How much is known, for upgrades of one and the same message: a later, better delivery replaces a poorer one.
    pub const fn rank(&self) -> i64 {
        match self {
            Self::NotUnderstood { .. } => 0,
            Self::Placeholder => 1,
            Self::Text { .. }
            | Self::IdsChanged { .. }
            | Self::HandedOver { .. }
            | Self::Note { .. }
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio { .. }
            | Self::Document { .. }
            | Self::Sticker(_)
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Choice { .. }
            | Self::Form { .. }
            | Self::Card { .. }
            | Self::Order { .. } => 2,
        }
    }

    /// The same with every text cut to `characters`, for a line of a list or a quote.
    #[must_use]
    pub fn short(mut self, characters: usize) -> Self {
        let cut = |text: &mut String| *text = text.chars().take(characters).collect();
        match &mut self {
            Self::Text { body } | Self::Form { body, .. } | Self::Note { body, .. } => cut(body),
            Self::Image(media) | Self::Video(media) | Self::Audio { media, .. } | Self::Sticker(media) => {
                cut(&mut media.caption);
            }
            Self::Document { media, filename } => {
                cut(&mut media.caption);
                cut(filename);
            }
            Self::Location { name, address, .. } => {
                cut(name);
                cut(address);
            }
            Self::Contacts { cards } => cards.truncate(1),
            Self::Choice { title, description } => {
                cut(title);
                cut(description);
            }
            Self::Order { text, items } => {
                cut(text);
                items.truncate(1);
            }
            Self::Card {
                header, body, footer, ..
            } => {
                *header = header.take().map(|header| Box::new(header.short(characters)));
                cut(body);
                cut(footer);
            }
            Self::Placeholder | Self::IdsChanged { .. } | Self::HandedOver { .. } => {}
            Self::NotUnderstood { type_name } => cut(type_name),
        }
        self
    }
}

/// Never the content itself: it does not belong in logs.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Content(..)")
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Media(..)")
    }
}
