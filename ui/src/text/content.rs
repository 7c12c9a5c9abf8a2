//! Words for what a message says when that is not text.

use super::{AUDIO, DOCUMENT, PHOTO, STICKER, VIDEO, VOICE_NOTE, Words, masked_phone_number, phone_number, said, say};
use crate::rich_text;
use twinbox_domain::{Content, Direction, Mark, OrderItem, ThreadOwner, explain_meta_error};

pub const LOCATION: Words = Words("location");
pub const SHOW_ON_MAP: Words = Words("show-on-map");
pub const CONTACT: Words = Words("contact");
pub const CONTACTS: Words = Words("contacts");
pub const NO_NAME: Words = Words("no-name");
pub const FORM: Words = Words("form");
pub const ADDRESS: Words = Words("address");
pub const OPEN_AD: Words = Words("open-ad");
pub const FORM_EMPTY: Words = Words("form-empty");
pub const ORDER: Words = Words("order");
pub const ORDER_HINT: Words = Words("order-hint");
pub const PLACEHOLDER: Words = Words("placeholder");
pub const PLACEHOLDER_HINT: Words = Words("placeholder-hint");
pub const DELETED: Words = Words("deleted");
pub const DELETED_BY_US: Words = Words("deleted-by-us");

/// A message in a line of a list, without the middle of phone numbers for whoever `masks` them.
pub fn one_line(content: &Content, is_deleted: bool, masks: bool) -> String {
    let first = |texts: &[&str]| {
        let told = texts.iter().find(|text| !text.trim().is_empty());
        told.copied().unwrap_or_default().to_owned()
    };
    match content.unmarked() {
        _ if is_deleted => DELETED.to_owned(),
        Content::Text { body } => rich_text::plain(body),
        Content::Image(media) => first(&[&rich_text::plain(&media.caption), &PHOTO]),
        Content::Video(media) => first(&[&rich_text::plain(&media.caption), &VIDEO]),
        Content::Audio { is_voice: true, .. } => VOICE_NOTE.to_owned(),
        Content::Audio { media, is_voice: false } => first(&[&media.caption, &AUDIO]),
        Content::Document { media, filename } => first(&[filename, &media.caption, &DOCUMENT]),
        Content::Sticker(_) => STICKER.to_owned(),
        Content::Location { name, address, .. } => first(&[name, address, &LOCATION]),
        Content::Contacts { cards } => match cards.first() {
            Some(card) => first(&[&card.name, &card.organization, &CONTACT]),
            None => CONTACT.to_owned(),
        },
        Content::Card { body, .. } => rich_text::plain(body),
        Content::Choice { title, description } => first(&[title, description]),
        Content::CallPermission { is_granted: true, .. } => Words("calls-granted").to_owned(),
        Content::CallPermission { is_granted: false, .. } => Words("calls-refused").to_owned(),
        Content::Form { name, body, .. } => first(&[body, &form(name)]),
        Content::Order { text, .. } => first(&[text, &ORDER]),
        Content::IdsChanged {
            phone_before,
            phone_after,
        } => ids_changed(phone_before, phone_after, masks),
        Content::HandedOver { owner } => handed_over(*owner).to_owned(),
        Content::Note { body, .. } => body.clone(),
        Content::Placeholder => PLACEHOLDER.to_owned(),
        Content::Marked { .. } => String::new(),
        Content::NotUnderstood { type_name, .. } => not_understood_short(type_name),
    }
}

/// Who answers a person from here on.
const fn handed_over(owner: ThreadOwner) -> Words {
    match owner {
        ThreadOwner::Team => Words("handed-over-team"),
        ThreadOwner::AiAgent => Words("handed-over-ai-agent"),
        ThreadOwner::Other => Words("handed-over-other"),
    }
}

fn ids_changed(before: &str, after: &str, masks: bool) -> String {
    let number = if masks { masked_phone_number } else { phone_number };
    match (before, after) {
        (_, "") => Words("ids-changed").to_owned(),
        ("", after) => say!("new-number", number = &number(after)),
        (before, after) => say!("number-changed", before = &number(before), after = &number(after)),
    }
}

/// What stands above a message.
pub fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Forwarded { is_often: false } => Words("forwarded").to_owned(),
        Mark::Forwarded { is_often: true } => Words("forwarded-often").to_owned(),
        Mark::Ad { headline, .. } if headline.trim().is_empty() => Words("from-ad").to_owned(),
        Mark::Ad { headline, .. } => say!("from-ad-headline", headline = headline),
        Mark::Product { id } => say!("about-product", product = id),
    }
}

/// A type of message that cannot be shown, in a list.
pub fn not_understood_short(type_name: &str) -> String {
    match kind(type_name) {
        None => Words("message-on-phone").to_owned(),
        Some(kind) if kind.is_empty() => Words("message-on-phone").to_owned(),
        // Nothing to see there: it has happened.
        Some(kind) if type_name == "customer_identity_changed" => kind,
        Some(kind) => say!("see-on-phone", kind = &kind),
    }
}

/// A type of message that cannot be shown, in the thread. Meta's code says why, unless it says no more than that.
pub fn not_understood(type_name: &str, code: Option<i64>) -> String {
    let why = code.filter(|code| !matches!(code, 131_051 | 131_060));
    if let Some(sentence) = why.and_then(explain_meta_error) {
        return said(sentence);
    }
    match kind(type_name) {
        None => Words("kind-cannot-be-shown").to_owned(),
        Some(kind) if kind.is_empty() => Words("not-handed-to-us").to_owned(),
        Some(kind) => say!("cannot-be-shown", kind = &kind),
    }
}

/// Meta's word for a type of message, in ours; empty where it says only that the message cannot be had (Meta, webhook
/// reference `messages/unsupported`, Feb 2026); `None` for any other word.
fn kind(type_name: &str) -> Option<String> {
    let words = match type_name {
        "unavailable" | "unknown" | "unsupported" | "errors" => return Some(String::new()),
        "poll_creation" => Words("kind-poll"),
        "poll_update" => Words("kind-vote"),
        "group_invite" => Words("kind-group-invite"),
        "keep_in_chat" => Words("kind-kept"),
        "pin" => Words("kind-pinned"),
        "gif" => Words("kind-gif"),
        "call_permission_reply" => Words("kind-calls"),
        "hsm" => Words("kind-template"),
        "link_preview" => Words("kind-link"),
        "media_placeholder" => Words("kind-file"),
        "product" => Words("kind-product"),
        "button" | "interactive" => Words("kind-button"),
        "list" => Words("kind-choice"),
        "location" => Words("kind-location"),
        "order" => Words("kind-order"),
        "reaction" => Words("kind-reaction"),
        "edit" => Words("kind-edit"),
        "revoke" => Words("kind-deletion"),
        "image" => Words("kind-photo"),
        "video" => Words("kind-video"),
        "audio" => Words("kind-audio"),
        "document" => Words("kind-document"),
        "sticker" => Words("kind-sticker"),
        "contacts" => Words("kind-contact"),
        "customer_identity_changed" => Words("kind-security-code"),
        _ => return None,
    };
    Some(words.to_owned())
}

/// Meta's word for a kind of form, in ours.
pub fn form(name: &str) -> Words {
    match name {
        "address_message" => ADDRESS,
        _ => FORM,
    }
}

/// How many of which product.
pub fn order_item(item: &OrderItem) -> String {
    say!("order-item", quantity = &item.quantity, product = &item.product_id)
}

/// What one costs; empty when not told.
pub fn order_price(item: &OrderItem) -> String {
    match (item.price.as_str(), item.quantity.as_str()) {
        ("", _) => String::new(),
        (price, "1") => say!("order-price", price = price, currency = &item.currency),
        (price, _) => say!("order-price-each", price = price, currency = &item.currency),
    }
}

/// In place of a deleted message.
pub fn deleted(direction: Direction, name: &str) -> String {
    match direction {
        Direction::In => say!("deleted-by", name = name),
        Direction::Out => DELETED_BY_US.to_owned(),
    }
}

/// What a message answers.
pub fn in_answer(name: &str, time: &str) -> String {
    say!("in-answer", name = name, time = time)
}

/// The time of an edited message.
pub fn edited(time: &str) -> String {
    say!("edited", time = time)
}

/// The mark of a message that came long after it was written.
pub const ARRIVED_LATE: Words = Words("arrived-late");

/// When such a message came.
pub fn arrived_at(time: &str) -> String {
    say!("arrived-at", time = time)
}

/// Both times of an edited message.
pub fn sent_and_edited(sent: &str, edited: &str) -> String {
    say!("sent-and-edited", sent = sent, edited = edited)
}

/// An emoji on a message, read aloud. `name` is the person's.
pub fn reaction(from: Direction, name: &str, emoji: &str) -> String {
    match from {
        Direction::In => say!("reaction-from", name = name, emoji = emoji),
        Direction::Out => say!("reaction-from-us", emoji = emoji),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::{ContactCard, Media};

    fn media(caption: &str) -> Media {
        Media {
            caption: caption.to_owned(),
            ..Media::default()
        }
    }

    fn line(content: &Content) -> String {
        one_line(content, false, true)
    }

    #[test]
    fn numbers_that_changed_are_masked_like_all_others() {
        let changed = |before: &str| Content::IdsChanged {
            phone_before: before.to_owned(),
            phone_after: "351913111222".to_owned(),
        };
        for before in ["", "351912345047"] {
            let masked = line(&changed(before));
            assert!(!masked.contains("345") && !masked.contains("111"), "{masked}");
            assert!(one_line(&changed(before), false, false).contains("+351 913 111 222"));
        }
    }

    #[test]
    fn a_file_is_named_by_its_caption_or_its_kind() {
        assert_eq!(line(&Content::Video(media("The chain slips"))), "The chain slips");
        assert_eq!(line(&Content::Video(media(""))), VIDEO);
        assert_eq!(line(&Content::Image(media(" "))), PHOTO);
        assert_eq!(line(&Content::Sticker(media(""))), STICKER);
    }

    #[test]
    fn a_recording_is_told_from_a_sound_file() {
        let audio = |is_voice| Content::Audio {
            media: media(""),
            is_voice,
        };
        assert_eq!([true, false].map(|voice| line(&audio(voice))), [VOICE_NOTE, AUDIO]);
    }

    #[test]
    fn a_document_is_named_by_its_filename_first() {
        let document = |filename: &str, caption| Content::Document {
            media: media(caption),
            filename: filename.to_owned(),
        };
        assert_eq!(line(&document("Quote.pdf", "Here it is")), "Quote.pdf");
        assert_eq!(line(&document("", "Here it is")), "Here it is");
        assert_eq!(line(&document("", "")), DOCUMENT);
    }

    #[test]
    fn a_card_or_place_without_a_name_still_has_words() {
        let card = ContactCard {
            name: String::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            organization: String::new(),
            details: Vec::new(),
        };
        assert_eq!(line(&Content::Contacts { cards: vec![card] }), CONTACT);
        let place = Content::Location {
            latitude_e6: 0,
            longitude_e6: 0,
            name: String::new(),
            address: String::new(),
        };
        assert_eq!(line(&place), LOCATION);
    }

    #[test]
    fn a_deleted_message_says_nothing_but_that() {
        let content = Content::Text {
            body: "Hello".to_owned(),
        };
        assert_eq!(one_line(&content, true, true), DELETED);
        assert_eq!(deleted(Direction::In, "Alice"), "Alice deleted this message");
        assert_eq!(deleted(Direction::Out, "Alice"), DELETED_BY_US);
    }

    #[test]
    fn what_cannot_be_shown_is_named_in_words_and_a_ghost_says_where_to_look() {
        assert_eq!(not_understood_short("poll_creation"), "See it on the phone: poll");
        assert!(not_understood("unavailable", Some(131_060)).starts_with("WhatsApp did not hand"));
        assert_eq!(
            not_understood("hologram", None),
            "This kind of message cannot be shown yet. See it on the phone."
        );
        assert_eq!(not_understood_short("hologram"), "A message on the phone");
        assert!(not_understood("interactive", Some(131_051)).contains("tap on a button"));
        assert_eq!(
            not_understood("video", Some(131_052)),
            "The file could not be downloaded. Ask for it again."
        );
        assert_eq!(
            not_understood_short("customer_identity_changed"),
            "Their security code changed"
        );
    }

    #[test]
    fn a_marked_message_is_its_own_words_in_one_line() {
        let text = Content::Text { body: "hi".to_owned() };
        assert_eq!(line(&text.marked(Mark::Forwarded { is_often: false })), "hi");
        let ad = |headline: &str| Mark::Ad {
            headline: headline.to_owned(),
            body: String::new(),
            url: String::new(),
        };
        assert_eq!(
            [mark(&ad(" ")), mark(&ad("Spring"))],
            ["From an ad", "From an ad: Spring"]
        );
    }

    #[test]
    fn a_price_of_several_is_for_one() {
        let item = |quantity: &str, price: &str| OrderItem {
            product_id: "TO-2291".to_owned(),
            quantity: quantity.to_owned(),
            price: price.to_owned(),
            currency: "EUR".to_owned(),
        };
        assert_eq!(order_item(&item("2", "360")), "2 × TO-2291");
        let prices = [item("1", "360"), item("2", "360"), item("2", "")].map(|item| order_price(&item));
        assert_eq!(prices, ["360 EUR", "360 EUR each", ""]);
    }

    #[test]
    fn a_reaction_says_whose_it_is() {
        assert_eq!(reaction(Direction::In, "Alice", "👍"), "Reaction from Alice: 👍");
        assert_eq!(reaction(Direction::Out, "Alice", "👍"), "Reaction from us: 👍");
    }
}
