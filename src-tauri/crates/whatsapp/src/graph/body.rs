//! The body of `POST /{phone_number_id}/messages` (Meta, "Send messages" and the pages of each type, Feb 2026).

use super::{Outgoing, template_body::template};
use serde_json::{Map, Value, json};
use twinbox_domain::{Action, CardToSend, Content, Interactive, ListSection, Media, Payload, PlaceToSend, ReplyButton};

/// The request's body; `None` for a content that cannot be sent, or a file that was not uploaded.
pub(super) fn body(message: &Outgoing<'_>) -> Option<Value> {
    let (kind, content) = typed(message.payload, message.media_id)?;
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": message.id.to_string(),
        "type": kind,
        kind: content,
    });
    let (field, to) = match (&message.to.phone, &message.to.bsuid) {
        // Without the plus, Meta would put the business's own country code in front.
        (Some(phone), _) => ("to", format!("+{phone}")),
        (None, bsuid) => ("recipient", bsuid.clone().unwrap_or_default()),
    };
    if let Some(object) = body.as_object_mut() {
        object.insert(field.to_owned(), Value::String(to));
        if let Some(wamid) = message.reply_to {
            object.insert("context".to_owned(), json!({ "message_id": wamid.as_str() }));
        }
    }
    Some(body)
}

/// The type, and what stands under its name.
fn typed(payload: &Payload, media_id: Option<&str>) -> Option<(&'static str, Value)> {
    Some(match payload {
        Payload::Text { body, preview_url } => ("text", json!({ "preview_url": preview_url, "body": body })),
        Payload::File(content) => return typed_file(content, media_id?),
        Payload::Location(place) => ("location", location(place)),
        Payload::Contacts(cards) => ("contacts", cards.iter().map(card).collect()),
        Payload::Reaction { to, emoji } => ("reaction", json!({ "message_id": to.as_str(), "emoji": emoji })),
        Payload::Template(filled) => ("template", template(filled, media_id)?),
        Payload::Interactive { message, file } => ("interactive", interactive(message, file.as_ref(), media_id)?),
    })
}

pub(super) fn typed_file(content: &Content, media_id: &str) -> Option<(&'static str, Value)> {
    Some(match content {
        Content::Image(media) => ("image", file(media_id, Some(media), [])),
        Content::Video(media) => ("video", file(media_id, Some(media), [])),
        // "Unexpected key \"caption\"" is what Meta says about one here.
        Content::Sticker(_) => ("sticker", file(media_id, None, [])),
        Content::Audio { is_voice: true, .. } => ("audio", file(media_id, None, [("voice", json!(true))])),
        Content::Audio { is_voice: false, .. } => ("audio", file(media_id, None, [])),
        Content::Document { media, filename } => {
            ("document", file(media_id, Some(media), [("filename", json!(filename))]))
        }
        _ => return None,
    })
}

/// Meta writes coordinates as texts (Meta, "Location messages", Feb 2026).
pub(super) fn location(place: &PlaceToSend) -> Value {
    let mut location = json!({
        "latitude": degrees(place.latitude_e6),
        "longitude": degrees(place.longitude_e6),
    });
    put(&mut location, "name", &place.name);
    put(&mut location, "address", &place.address);
    location
}

pub(super) fn degrees(e6: i64) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

fn card(card: &CardToSend) -> Value {
    // Meta wants one more name than the one that is shown (Meta, "Contacts messages", Feb 2026).
    let mut contact = json!({ "name": { "formatted_name": card.name, "first_name": card.name } });
    let phones: Vec<Value> = card
        .phones
        .iter()
        .filter(|phone| !phone.phone.trim().is_empty())
        .map(|phone| {
            let mut value = json!({ "phone": phone.phone });
            put(&mut value, "wa_id", &phone.wa_id);
            value
        })
        .collect();
    let emails: Vec<Value> = card
        .emails
        .iter()
        .filter(|email| !email.trim().is_empty())
        .map(|email| json!({ "email": email }))
        .collect();
    let company = json!({ "company": card.organization });
    if let Some(object) = contact.as_object_mut() {
        let parts = [
            ("phones", json!(phones), phones.is_empty()),
            ("emails", json!(emails), emails.is_empty()),
            ("org", company, card.organization.is_empty()),
        ];
        object.extend(
            parts
                .into_iter()
                .filter(|(_, _, is_empty)| !is_empty)
                .map(|(name, value, _)| (name.to_owned(), value)),
        );
    }
    contact
}

fn interactive(message: &Interactive, above: Option<&Content>, media_id: Option<&str>) -> Option<Value> {
    let (kind, action) = match &message.action {
        Action::Buttons { buttons } => {
            let reply =
                |button: &ReplyButton| json!({ "type": "reply", "reply": { "id": button.id, "title": button.title } });
            let buttons: Vec<Value> = buttons.iter().map(reply).collect();
            ("button", json!({ "buttons": buttons }))
        }
        Action::List { button, sections } => {
            let sections: Vec<Value> = sections.iter().map(section).collect();
            ("list", json!({ "button": button, "sections": sections }))
        }
        Action::Link { label, url } => (
            "cta_url",
            json!({ "name": "cta_url", "parameters": { "display_text": label, "url": url } }),
        ),
    };
    let mut value = json!({ "type": kind, "body": { "text": message.body }, "action": action });
    let object = value.as_object_mut()?;
    if let Some(content) = above {
        let (kind, file) = typed_file(content, media_id?)?;
        object.insert("header".to_owned(), json!({ "type": kind, kind: file }));
    } else if !message.header.is_empty() {
        object.insert("header".to_owned(), json!({ "type": "text", "text": message.header }));
    }
    if !message.footer.is_empty() {
        object.insert("footer".to_owned(), json!({ "text": message.footer }));
    }
    Some(value)
}

fn section(section: &ListSection) -> Value {
    let rows: Vec<Value> = section
        .rows
        .iter()
        .map(|row| {
            let mut value = json!({ "id": row.id, "title": row.title });
            put(&mut value, "description", &row.description);
            value
        })
        .collect();
    let mut value = json!({ "rows": rows });
    put(&mut value, "title", &section.title);
    value
}

/// The text under `key`, unless there is none.
pub(super) fn put(object: &mut Value, key: &str, text: &str) {
    if let Some(object) = object.as_object_mut().filter(|_| !text.is_empty()) {
        object.insert(key.to_owned(), json!(text));
    }
}

fn file<const N: usize>(media_id: &str, captioned: Option<&Media>, more: [(&str, Value); N]) -> Value {
    let caption = captioned
        .map(|media| media.caption.as_str())
        .filter(|caption| !caption.is_empty());
    let fields = [
        ("id", Some(json!(media_id))),
        ("caption", caption.map(|caption| json!(caption))),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let object: Map<String, Value> = known
        .chain(more)
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use twinbox_domain::{ListRow, OutboxId, PersonIds, PhoneToSend, Wamid};

    fn outgoing(to: &PersonIds) -> Value {
        let payload = Payload::text("Olá, see https://example.com".to_owned());
        let outgoing = Outgoing {
            id: OutboxId(uuid()),
            to,
            payload: &payload,
            media_id: None,
            reply_to: Some(&Wamid::from("wamid.Q")),
        };
        body(&outgoing).unwrap_or_default()
    }

    fn uuid() -> uuid::Uuid {
        uuid::Uuid::from_u128(7)
    }

    #[test]
    fn the_body_is_the_one_meta_documents() {
        let to = PersonIds {
            phone: Some("16505551234".to_owned()),
            ..PersonIds::default()
        };
        insta::assert_json_snapshot!(outgoing(&to), @r#"
        {
          "biz_opaque_callback_data": "00000000-0000-0000-0000-000000000007",
          "context": {
            "message_id": "wamid.Q"
          },
          "messaging_product": "whatsapp",
          "recipient_type": "individual",
          "text": {
            "body": "Olá, see https://example.com",
            "preview_url": true
          },
          "to": "+16505551234",
          "type": "text"
        }
        "#);
    }

    #[test]
    fn a_person_without_a_known_phone_number_is_reached_by_the_business_scoped_id() {
        let to = PersonIds {
            bsuid: Some("US.13491208655302741918".to_owned()),
            ..PersonIds::default()
        };
        let body = outgoing(&to);
        assert_eq!(body.get("recipient"), Some(&json!("US.13491208655302741918")));
        assert_eq!(body.get("to"), None);
    }

    /// The part of the body that depends on the type.
    fn part(payload: &Payload, media_id: Option<&str>) -> Option<Value> {
        let outgoing = Outgoing {
            id: OutboxId(uuid()),
            to: &PersonIds::default(),
            payload,
            media_id,
            reply_to: None,
        };
        let body = body(&outgoing)?;
        let kind = body.get("type")?.as_str()?;
        Some(json!({ kind: body.get(kind)? }))
    }

    #[test]
    fn each_kind_of_file_has_the_body_meta_documents() {
        let captioned = Media {
            caption: "The rack".to_owned(),
            ..Media::default()
        };
        let plain = Media::default();
        let sound = |is_voice| Content::Audio {
            media: captioned.clone(),
            is_voice,
        };
        let document = Content::Document {
            media: captioned.clone(),
            filename: "Quote.pdf".to_owned(),
        };
        for (content, expected) in [
            (
                Content::Image(captioned.clone()),
                json!({"image": {"id": "1037", "caption": "The rack"}}),
            ),
            (Content::Image(plain.clone()), json!({"image": {"id": "1037"}})),
            (
                Content::Video(captioned.clone()),
                json!({"video": {"id": "1037", "caption": "The rack"}}),
            ),
            (sound(true), json!({"audio": {"id": "1037", "voice": true}})),
            (sound(false), json!({"audio": {"id": "1037"}})),
            (Content::Sticker(captioned.clone()), json!({"sticker": {"id": "1037"}})),
            (
                document,
                json!({"document": {"id": "1037", "caption": "The rack", "filename": "Quote.pdf"}}),
            ),
        ] {
            let payload = Payload::File(content);
            assert_eq!(part(&payload, Some("1037")), Some(expected));
            assert_eq!(part(&payload, None), None, "without a file there is nothing to send");
        }
    }

    #[test]
    fn a_place_has_its_coordinates_as_text() {
        let place = |latitude_e6, name: &str| {
            Payload::Location(PlaceToSend {
                latitude_e6,
                longitude_e6: -122_161_480,
                name: name.to_owned(),
                address: name.to_owned(),
            })
        };
        insta::assert_json_snapshot!([part(&place(37_442_150, "Philz"), None), part(&place(-5, ""), None)]);
    }

    #[test]
    fn a_card_holds_what_is_known() {
        let full = CardToSend {
            name: "Bob Borges".to_owned(),
            phones: vec![PhoneToSend {
                phone: "+351 912 000 047".to_owned(),
                wa_id: "351912000047".to_owned(),
            }],
            emails: vec!["bob@example.com".to_owned()],
            organization: "Borges & Filhos".to_owned(),
        };
        let plain = CardToSend {
            phones: vec![PhoneToSend {
                phone: "112".to_owned(),
                wa_id: String::new(),
            }],
            emails: Vec::new(),
            organization: String::new(),
            ..full.clone()
        };
        insta::assert_json_snapshot!(part(&Payload::Contacts(vec![full, plain]), None));
    }

    #[test]
    fn a_reaction_names_its_message_and_an_empty_one_takes_it_away() {
        let reaction = |emoji: &str| Payload::Reaction {
            to: Wamid::from("wamid.A"),
            emoji: emoji.to_owned(),
        };
        assert_eq!(
            part(&reaction("👍"), None),
            Some(json!({"reaction": {"message_id": "wamid.A", "emoji": "👍"}}))
        );
        assert_eq!(
            part(&reaction(""), None),
            Some(json!({"reaction": {"message_id": "wamid.A", "emoji": ""}}))
        );
    }

    fn with(action: Action, header: &str, file: Option<Content>) -> Payload {
        Payload::Interactive {
            message: Interactive {
                header: header.to_owned(),
                body: "Which one?".to_owned(),
                footer: "We are here until six".to_owned(),
                action,
            },
            file,
        }
    }

    #[test]
    fn buttons_lists_and_links_have_the_bodies_meta_documents() {
        let buttons = Action::Buttons {
            buttons: vec![ReplyButton {
                id: "yes".to_owned(),
                title: "Yes".to_owned(),
            }],
        };
        let row = |id: &str, description: &str| ListRow {
            id: id.to_owned(),
            title: "Oak bench".to_owned(),
            description: description.to_owned(),
        };
        let list = Action::List {
            button: "Benches".to_owned(),
            sections: vec![ListSection {
                title: "Oak".to_owned(),
                rows: vec![row("1", "two seats"), row("2", "")],
            }],
        };
        let link = Action::Link {
            label: "See it".to_owned(),
            url: "https://example.com/bench".to_owned(),
        };
        let photo = || Some(Content::Image(Media::default()));
        insta::assert_json_snapshot!([
            part(&with(buttons.clone(), "", photo()), Some("1037")),
            part(&with(list, "Benches", None), None),
            part(&with(link, "", None), None),
        ]);
        assert_eq!(
            part(&with(buttons, "", photo()), None),
            None,
            "without its file it is not whole"
        );
    }
}
