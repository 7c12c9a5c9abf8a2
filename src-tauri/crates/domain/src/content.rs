//! What a message says.

use crate::{Millis, ThreadOwner};
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
        /// What was filled in, by the names the form gives its fields; empty when it cannot be told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<(String, String)>,
    },
    /// Whether a person may be called by the business, in answer to its question (Meta, webhook reference
    /// `messages/interactive`, `call_permission_reply`).
    CallPermission {
        /// Whether they allowed it.
        is_granted: bool,
        /// When it ends; `None` when refused, or when no end was told.
        until: Option<Millis>,
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
    /// A message with what WhatsApp shows above it: where it comes from, or what it is about.
    Marked {
        /// What stands above.
        mark: Mark,
        /// The message itself, which may be marked again.
        content: Box<Content>,
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
        /// Meta's code of what is wrong with it; `None` when not told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<i64>,
    },
}

/// What WhatsApp shows above a message (Meta, webhook references `messages/text` and others, Feb 2026).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum Mark {
    /// Somebody else wrote it first.
    Forwarded {
        /// More than five times.
        is_often: bool,
    },
    /// The person came from an ad or a post.
    Ad {
        /// Its headline; empty when not told.
        headline: String,
        /// Its text; empty when not told.
        body: String,
        /// Where it stands; empty when not told.
        url: String,
    },
    /// The person asks about a product of the catalog.
    Product {
        /// The seller's own id of it.
        id: String,
    },
}

/// What Meta says about a file.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Meta's media id, valid 7 days; empty for a file that is sent from here, and in an edit of the caption alone.
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
    /// The rest, a line each: position, addresses, web sites, birthday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
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
            | Self::CallPermission { .. }
            | Self::Form { .. }
            | Self::Card { .. }
            | Self::Order { .. } => 2,
            // The history tells the same message without its marks.
            Self::Marked { .. } => 3,
        }
    }

    /// What stands above it, outermost first, and the message itself.
    pub fn into_parts(self) -> (Vec<Mark>, Self) {
        let (mut marks, mut content) = (Vec::new(), self);
        while let Self::Marked { mark, content: inner } = content {
            marks.push(mark);
            content = *inner;
        }
        (marks, content)
    }

    /// What it says, without what stands above.
    pub const fn unmarked(&self) -> &Self {
        let mut content = self;
        while let Self::Marked { content: inner, .. } = content {
            content = inner;
        }
        content
    }

    /// With this above it.
    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        Self::Marked {
            mark,
            content: Box::new(self),
        }
    }

    /// What it says after an edit: what stands above it stays.
    #[must_use]
    pub fn edited_to(self, edited: Self) -> Self {
        let (marks, before) = self.into_parts();
        let edited = edited.with_file_of(before);
        marks.into_iter().rev().fold(edited, Self::marked)
    }

    /// An edit may tell the caption alone: the file is that of `before`, and where there is none, nothing is edited.
    fn with_file_of(self, mut before: Self) -> Self {
        match (&self, &mut before) {
            (Self::Image(edited), Self::Image(media))
            | (Self::Video(edited), Self::Video(media))
            | (Self::Document { media: edited, .. }, Self::Document { media, .. })
                if edited.media_id.is_empty() =>
            {
                media.caption.clone_from(&edited.caption);
                before
            }
            (Self::Image(edited) | Self::Video(edited) | Self::Document { media: edited, .. }, _)
                if edited.media_id.is_empty() =>
            {
                before
            }
            _ => self,
        }
    }

    /// The same with every text cut to `characters` and nothing above it, for a line of a list or a quote.
    #[must_use]
    pub fn short(self, characters: usize) -> Self {
        let mut short = self.into_parts().1;
        let cut = |text: &mut String| *text = text.chars().take(characters).collect();
        match &mut short {
            Self::Text { body } | Self::Note { body, .. } => cut(body),
            Self::Form { body, answers, .. } => {
                cut(body);
                answers.clear();
            }
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
            Self::Placeholder
            | Self::IdsChanged { .. }
            | Self::HandedOver { .. }
            | Self::CallPermission { .. }
            | Self::Marked { .. } => {}
            Self::NotUnderstood { type_name, .. } => cut(type_name),
        }
        short
    }
}

/// Never the content itself: it does not belong in logs.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Content(..)")
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mark(..)")
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Media(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(media_id: &str, caption: &str) -> Media {
        Media {
            media_id: media_id.to_owned(),
            caption: caption.to_owned(),
            ..Media::default()
        }
    }

    #[test]
    fn an_edit_of_the_caption_alone_keeps_the_file_and_what_stands_above_it() {
        let forwarded = Mark::Forwarded { is_often: false };
        let before = Content::Image(media("1003", "Old")).marked(forwarded.clone());
        assert!(
            before.edited_to(Content::Image(media("", "New")))
                == Content::Image(media("1003", "New")).marked(forwarded)
        );
        let document = |media_id, caption, filename: &str| Content::Document {
            media: media(media_id, caption),
            filename: filename.to_owned(),
        };
        assert!(document("7", "Old", "a.pdf").edited_to(document("", "New", "")) == document("7", "New", "a.pdf"));
        // What tells a file tells everything.
        assert!(document("7", "Old", "a.pdf").edited_to(document("8", "", "b.pdf")) == document("8", "", "b.pdf"));
    }

    #[test]
    fn an_edit_of_a_caption_shows_no_file_that_is_not_there() {
        let edited = || Content::Video(media("", "New"));
        assert!(Content::Placeholder.edited_to(edited()) == Content::Placeholder);
        let photo = || Content::Image(media("1003", "Old"));
        assert!(photo().edited_to(edited()) == photo());
    }
}
