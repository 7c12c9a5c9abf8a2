//! The body of `POST /{phone_number_id}/messages` (Meta, "Send messages" and the pages of each type, Feb 2026).

use super::Outgoing;
use serde_json::{Map, Value, json};
use twinbox_domain::{Content, Media};

/// The request's body; `None` for a content that cannot be sent, or a file that was not uploaded.
pub(super) fn body(message: &Outgoing<'_>) -> Option<Value> {
    let (kind, content) = typed(message.content, message.media_id)?;
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
fn typed(content: &Content, media_id: Option<&str>) -> Option<(&'static str, Value)> {
    Some(match content {
        Content::Text { body } => ("text", json!({ "preview_url": body.contains("://"), "body": body })),
        Content::Image(media) => ("image", file(media_id?, Some(media), [])),
        Content::Video(media) => ("video", file(media_id?, Some(media), [])),
        // "Unexpected key \"caption\"" is what Meta says about one here.
        Content::Sticker(_) => ("sticker", file(media_id?, None, [])),
        Content::Audio { is_voice: true, .. } => ("audio", file(media_id?, None, [("voice", json!(true))])),
        Content::Audio { is_voice: false, .. } => ("audio", file(media_id?, None, [])),
        Content::Document { media, filename } => (
            "document",
            file(media_id?, Some(media), [("filename", json!(filename))]),
        ),
        Content::Location { .. }
        | Content::Contacts { .. }
        | Content::Choice { .. }
        | Content::Form { .. }
        | Content::Order { .. }
        | Content::IdsChanged { .. }
        | Content::HandedOver { .. }
        | Content::Placeholder
        | Content::NotUnderstood { .. } => return None,
    })
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
    use twinbox_domain::{OutboxId, PersonIds, Wamid};

    fn outgoing(to: &PersonIds) -> Value {
        let content = Content::Text {
            body: "Olá, see https://example.com".to_owned(),
        };
        let outgoing = Outgoing {
            id: OutboxId(uuid()),
            to,
            content: &content,
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
    fn part(content: &Content, media_id: Option<&str>) -> Option<Value> {
        let outgoing = Outgoing {
            id: OutboxId(uuid()),
            to: &PersonIds::default(),
            content,
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
            assert_eq!(part(&content, Some("1037")), Some(expected));
            assert_eq!(part(&content, None), None, "without a file there is nothing to send");
        }
    }
}
