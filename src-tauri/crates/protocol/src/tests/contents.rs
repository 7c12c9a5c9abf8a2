//! What messages say, on the wire.

use super::*;
use twinbox_domain::{ContactCard, Mark, Media, OrderItem, ThreadOwner};

#[test]
fn every_content_has_its_shape_and_reads_back() {
    let media = Media {
        media_id: "1003".to_owned(),
        mime_type: "audio/ogg; codecs=opus".to_owned(),
        sha256: "b64".to_owned(),
        caption: "caption".to_owned(),
    };
    let words = || "words".to_owned();
    let contents = vec![
        Content::Text { body: words() },
        Content::Image(media.clone()),
        Content::Video(media.clone()),
        Content::Sticker(media.clone()),
        Content::Audio {
            media: media.clone(),
            is_voice: true,
        },
        Content::Document {
            media,
            filename: "Quote.pdf".to_owned(),
        },
        Content::Location {
            latitude_e6: 38_722_300,
            longitude_e6: -9_139_300,
            name: words(),
            address: words(),
        },
        Content::Contacts {
            cards: vec![ContactCard {
                name: words(),
                phones: vec!["+1 (415) 555-0829".to_owned()],
                emails: vec!["a@example.com".to_owned()],
                organization: words(),
                details: vec!["Rua do Poço 1, Lisboa".to_owned()],
            }],
        },
        Content::Choice {
            title: words(),
            description: words(),
        },
        Content::Form {
            name: "flow".to_owned(),
            body: words(),
            answers: vec![("size".to_owned(), words())],
        },
        Content::Text { body: words() }.marked(Mark::Forwarded { is_often: true }),
        Content::Text { body: words() }.marked(Mark::Ad {
            headline: words(),
            body: words(),
            url: "https://fb.me/1".to_owned(),
        }),
        Content::Text { body: words() }.marked(Mark::Product { id: "di9".to_owned() }),
        Content::Order {
            text: words(),
            items: vec![OrderItem {
                product_id: "di9".to_owned(),
                quantity: "2".to_owned(),
                price: "30.5".to_owned(),
                currency: "EUR".to_owned(),
            }],
        },
        Content::IdsChanged {
            phone_before: "16505551234".to_owned(),
            phone_after: "12195555358".to_owned(),
        },
        Content::HandedOver {
            owner: ThreadOwner::AiAgent,
        },
        Content::Placeholder,
        Content::NotUnderstood {
            type_name: words(),
            code: None,
        },
        Content::NotUnderstood {
            type_name: words(),
            code: Some(131_052),
        },
    ];
    insta::assert_json_snapshot!("contents", contents);
    let json = json!(contents).to_string();
    assert_eq!(serde_json::from_str::<Vec<Content>>(&json).ok(), Some(contents));
}

#[test]
fn the_answer_to_an_upload_has_its_shape_and_reads_back() {
    let uploaded = [
        None,
        Some(FileProblem::Empty),
        Some(FileProblem::TooLarge(FileKind::Image)),
        Some(FileProblem::Type(FileKind::Video)),
        Some(FileProblem::Colors),
        Some(FileProblem::Codec),
    ]
    .map(|problem| UploadedFile {
        hash: ContentHash([7; 32]),
        size_bytes: 303_833,
        kind: FileKind::Document,
        problem,
    });
    insta::assert_json_snapshot!("uploads", uploaded);
    let json = json!(uploaded).to_string();
    assert_eq!(serde_json::from_str::<[UploadedFile; 6]>(&json).ok(), Some(uploaded));
}
