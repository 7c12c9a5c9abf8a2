//! All that a message says, for a file that leaves the app.

use super::{
    AUDIO, CONTACT, DELETED, DOCUMENT, LOCATION, NO_NAME, ORDER, PHOTO, STICKER, VIDEO, VOICE_NOTE, form, mark,
    one_line, order_item, order_price, until,
};
use crate::place::degrees;
use twinbox_domain::{ContactCard, Content, Mark, Media, Millis, OrderItem};

/// All of it as it was written, with its kind in front where it is more than a text; a part a line. `time` writes times.
pub fn in_full(content: &Content, is_deleted: bool, time: fn(Millis) -> String) -> String {
    if is_deleted {
        return DELETED.to_owned();
    }
    let mut told = parts(content, time);
    told.retain(|part| !part.trim().is_empty());
    told.join("\n")
}

fn parts(content: &Content, time: fn(Millis) -> String) -> Vec<String> {
    let file = |kind: String, media: &Media| vec![kind, media.caption.clone()];
    match content {
        Content::Marked { mark, content } => [marked(mark), parts(content, time)].concat(),
        Content::Text { body } | Content::Note { body, .. } => vec![body.clone()],
        Content::Image(media) => file(PHOTO.to_owned(), media),
        Content::Video(media) => file(VIDEO.to_owned(), media),
        Content::Sticker(media) => file(STICKER.to_owned(), media),
        Content::Audio { media, is_voice: true } => file(VOICE_NOTE.to_owned(), media),
        Content::Audio { media, is_voice: false } => file(AUDIO.to_owned(), media),
        Content::Document { media, filename } => vec![DOCUMENT.to_owned(), filename.clone(), media.caption.clone()],
        Content::Location {
            latitude_e6,
            longitude_e6,
            name,
            address,
        } => vec![
            LOCATION.to_owned(),
            name.clone(),
            address.clone(),
            format!("{}, {}", degrees(*latitude_e6), degrees(*longitude_e6)),
        ],
        Content::Contacts { cards } => cards.iter().flat_map(card).collect(),
        Content::Choice { title, description } => vec![title.clone(), description.clone()],
        Content::Form { name, body, answers } => {
            let answers = answers.iter().map(|(name, said)| format!("{name}: {said}"));
            let kind = form(name).to_owned();
            [kind].into_iter().chain(answers).chain([body.clone()]).collect()
        }
        Content::CallPermission { until: end, .. } => {
            let end = end.map(|end| until(&time(end)));
            [one_line(content, false, false)].into_iter().chain(end).collect()
        }
        Content::Order { text, items } => {
            let items = items.iter().map(item);
            let kind = ORDER.to_owned();
            [kind].into_iter().chain(items).chain([text.clone()]).collect()
        }
        Content::Card {
            header,
            body,
            footer,
            buttons,
        } => {
            let above = header.iter().flat_map(|header| parts(header, time));
            let buttons = buttons.iter().map(|button| format!("[{button}]"));
            let below = [body.clone(), footer.clone()].into_iter().chain(buttons);
            above.chain(below).collect()
        }
        Content::IdsChanged { .. }
        | Content::HandedOver { .. }
        | Content::Placeholder
        | Content::NotUnderstood { .. } => vec![one_line(content, false, false)],
    }
}

fn marked(above: &Mark) -> Vec<String> {
    let mut told = vec![mark(above)];
    if let Mark::Ad { body, url, .. } = above {
        told.extend([body.clone(), url.clone()]);
    }
    told
}

fn card(card: &ContactCard) -> Vec<String> {
    let name = match card.name.trim() {
        "" => NO_NAME.to_owned(),
        name => name.to_owned(),
    };
    let mut told = vec![CONTACT.to_owned(), name, card.organization.clone()];
    told.extend(
        [&card.phones, &card.emails, &card.details]
            .into_iter()
            .flatten()
            .cloned(),
    );
    told
}

fn item(item: &OrderItem) -> String {
    match order_price(item).as_str() {
        "" => order_item(item),
        price => format!("{}, {price}", order_item(item)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &Content) -> Vec<String> {
        let told = in_full(content, false, |at| at.0.to_string());
        told.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_photo_says_so_beside_its_caption() {
        let photo = Content::Image(Media {
            caption: "The *chain*".to_owned(),
            ..Media::default()
        });
        let forwarded = photo.marked(Mark::Forwarded { is_often: false });
        assert_eq!(lines(&forwarded), ["Forwarded", "Photo", "The *chain*"]);
        assert_eq!(in_full(&forwarded, true, |_| String::new()), DELETED);
    }

    #[test]
    fn a_card_has_its_numbers_and_an_order_what_was_ordered() {
        let card = ContactCard {
            name: "Ana".to_owned(),
            phones: vec!["+351 912".to_owned()],
            emails: Vec::new(),
            organization: String::new(),
            details: vec!["Lisbon".to_owned()],
        };
        let cards = Content::Contacts { cards: vec![card] };
        assert_eq!(lines(&cards), ["Contact", "Ana", "+351 912", "Lisbon"]);
        let item = OrderItem {
            product_id: "TO-2291".to_owned(),
            quantity: "2".to_owned(),
            price: "360".to_owned(),
            currency: "EUR".to_owned(),
        };
        let order = Content::Order {
            text: "Soon, please".to_owned(),
            items: vec![item],
        };
        assert_eq!(lines(&order), ["Order", "2 × TO-2291, 360 EUR each", "Soon, please"]);
    }

    #[test]
    fn a_template_has_everything_that_stands_around_its_text() {
        let template = Content::Card {
            header: Some(Box::new(Content::Text {
                body: "Your visit".to_owned(),
            })),
            body: "On Friday".to_owned(),
            footer: "Reply STOP".to_owned(),
            buttons: vec!["Yes".to_owned()],
        };
        assert_eq!(lines(&template), ["Your visit", "On Friday", "Reply STOP", "[Yes]"]);
    }

    #[test]
    fn a_place_is_told_with_its_address_and_where_it_is() {
        let place = Content::Location {
            latitude_e6: 38_722_250,
            longitude_e6: -9_139_300,
            name: "The shop".to_owned(),
            address: "Rua 1".to_owned(),
        };
        assert_eq!(lines(&place), ["Location", "The shop", "Rua 1", "38.72225, -9.13930"]);
    }
}
