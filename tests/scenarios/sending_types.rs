//! Everything else that goes out than texts and files, as Meta gets it.

use serde_json::{Value, json};
use std::time::Duration;
use twinbox_domain::{
    Action, CardToSend, Content, ConversationId, Direction, Interactive, ListRow, ListSection, OutboxId, PhoneToSend,
    PlaceToSend, ReplyButton, Status, Wamid,
};
use twinbox_protocol::{ApiError, Delivery, ErrorCode, FileToSend, MessageView, SendMessage, ToSend};
use twinbox_simulator::{CustomerMessage, Fault, LedgerEntry};
use twinbox_tests::desk::{Desk, alice, bob, new_id};

fn is_read(delivery: &Delivery) -> bool {
    *delivery == Delivery::Known { status: Status::Read }
}

async fn send(
    desk: &Desk,
    conversation: ConversationId,
    message: ToSend,
    reply_to: Option<Wamid>,
) -> Result<(OutboxId, MessageView), ApiError> {
    let id = new_id();
    let call = SendMessage {
        id,
        conversation,
        message,
        reply_to,
    };
    Ok((id, desk.ask(call).await?))
}

/// Sends it as an answer to alice's message; what Meta saw, and what the thread shows.
async fn sent(message: ToSend) -> (LedgerEntry, Content) {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let question = desk.thread(row.id).await[0].wamid.clone();
    let (id, _) = send(&desk, row.id, message, question.clone()).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    let shown = desk.thread(row.id).await.pop().unwrap();
    assert_eq!(shown.quote.map(|quote| quote.wamid), question);
    (desk.meta.ledger()[0].clone(), shown.content)
}

async fn refusal(message: ToSend) -> ApiError {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let refused = send(&desk, row.id, message, None).await.unwrap_err();
    assert_eq!((desk.thread(row.id).await.len(), desk.meta.ledger().len()), (1, 0));
    refused
}

fn interactive(action: Action) -> Interactive {
    Interactive {
        header: "Benches".to_owned(),
        body: "Which one?".to_owned(),
        footer: String::new(),
        action,
    }
}

#[tokio::test]
async fn a_text_goes_without_a_preview_when_none_is_wanted() {
    let text = ToSend::Text {
        body: "see https://example.com".to_owned(),
        preview_url: false,
    };
    let (entry, _) = sent(text).await;
    assert_eq!(
        entry.content,
        json!({"body": "see https://example.com", "preview_url": false})
    );
}

#[tokio::test]
async fn a_place_goes_out_and_is_shown_as_one() {
    let place = PlaceToSend {
        latitude_e6: 38_722_300,
        longitude_e6: -9_139_300,
        name: "The shop".to_owned(),
        address: String::new(),
    };
    let (entry, shown) = sent(ToSend::Location(place)).await;
    assert_eq!(
        entry.content,
        json!({"latitude": "38.722300", "longitude": "-9.139300", "name": "The shop"})
    );
    assert!(matches!(
        shown,
        Content::Location {
            latitude_e6: 38_722_300,
            ..
        }
    ));
}

#[tokio::test]
async fn a_contact_goes_out_and_is_shown_as_a_card() {
    let card = CardToSend {
        name: "Bob Borges".to_owned(),
        phones: vec![PhoneToSend {
            phone: "+351 912 000 047".to_owned(),
            wa_id: "351912000047".to_owned(),
        }],
        emails: Vec::new(),
        organization: String::new(),
    };
    let (entry, shown) = sent(ToSend::Contacts { cards: vec![card] }).await;
    assert_eq!(
        entry.content,
        json!([{
            "name": {"formatted_name": "Bob Borges", "first_name": "Bob Borges"},
            "phones": [{"phone": "+351 912 000 047", "wa_id": "351912000047"}],
        }])
    );
    let Content::Contacts { cards } = shown else {
        panic!("cards")
    };
    assert_eq!(cards[0].name, "Bob Borges");
}

#[tokio::test]
async fn buttons_go_out_and_are_shown_with_what_they_say() {
    let button = |title: &str| ReplyButton {
        id: title.to_lowercase(),
        title: title.to_owned(),
    };
    let action = Action::Buttons {
        buttons: vec![button("Oak"), button("Beech")],
    };
    let message = interactive(action);
    let (entry, shown) = sent(ToSend::Interactive { message, file: None }).await;
    assert_eq!(
        (entry.kind.as_str(), &entry.content["type"]),
        ("interactive", &json!("button"))
    );
    assert_eq!(
        entry.content["action"]["buttons"][1],
        json!({"type": "reply", "reply": {"id": "beech", "title": "Beech"}})
    );
    let Content::Card { body, buttons, .. } = shown else {
        panic!("a card")
    };
    assert_eq!(
        (body.as_str(), buttons.join(" ")),
        ("Which one?", "Oak Beech".to_owned())
    );
}

#[tokio::test]
async fn a_list_goes_out() {
    let row = ListRow {
        id: "1".to_owned(),
        title: "Oak bench".to_owned(),
        description: "two seats".to_owned(),
    };
    let action = Action::List {
        button: "See them".to_owned(),
        sections: vec![ListSection {
            title: String::new(),
            rows: vec![row],
        }],
    };
    let message = interactive(action);
    let (entry, _) = sent(ToSend::Interactive { message, file: None }).await;
    assert_eq!(
        entry.content["action"],
        json!({"button": "See them", "sections": [
            {"rows": [{"id": "1", "title": "Oak bench", "description": "two seats"}]}
        ]})
    );
}

#[tokio::test]
async fn a_link_goes_out() {
    let action = Action::Link {
        label: "See it".to_owned(),
        url: "https://example.com/bench".to_owned(),
    };
    let message = interactive(action);
    let (entry, _) = sent(ToSend::Interactive { message, file: None }).await;
    assert_eq!(entry.content["type"], json!("cta_url"));
    assert_eq!(
        entry.content["action"]["parameters"],
        json!({"display_text": "See it", "url": "https://example.com/bench"})
    );
}

#[tokio::test]
async fn a_document_above_buttons_is_uploaded_first() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Have you a price list?").await.unwrap();
    let page = desk.upload(b"%PDF-1.4").await.unwrap();
    let message = Interactive {
        header: String::new(),
        ..interactive(Action::Buttons {
            buttons: vec![ReplyButton {
                id: "ok".to_owned(),
                title: "Thanks".to_owned(),
            }],
        })
    };
    let file = FileToSend {
        hash: page.hash,
        name: "prices.pdf".to_owned(),
        as_document: false,
    };
    let message = ToSend::Interactive {
        message,
        file: Some(file),
    };
    let (id, _) = send(&desk, row.id, message, None).await.unwrap();
    desk.until_delivery(row.id, id, "read", is_read).await.unwrap();
    let header = desk.meta.ledger()[0].content["header"].clone();
    assert_eq!(
        (&header["type"], &header["document"]["filename"]),
        (&json!("document"), &json!("prices.pdf"))
    );
    assert!(header["document"]["id"].is_string());
    assert!(desk.thread(row.id).await[1].file.is_some());
}

#[tokio::test]
async fn an_emoji_is_put_on_a_message_changed_and_taken_away() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let question = desk.thread(row.id).await[0].wamid.clone().unwrap();
    for (emoji, shown) in [("👍", vec!["👍"]), ("❤️", vec!["❤️"]), ("", vec![])] {
        let reaction = ToSend::Reaction {
            to: question.clone(),
            emoji: emoji.to_owned(),
        };
        let (_, answer) = send(&desk, row.id, reaction, None).await.unwrap();
        assert_eq!(answer.wamid.as_ref(), Some(&question));
        desk.until("the emoji as it is now", async |desk| {
            let message = desk.thread(row.id).await.swap_remove(0);
            let ours: Vec<&str> = message.reactions.iter().map(|ours| ours.emoji.as_str()).collect();
            let is_ours = message.reactions.iter().all(|reaction| reaction.from == Direction::Out);
            (ours == shown && is_ours && message.reacting.is_none()).then_some(())
        })
        .await
        .unwrap();
    }
    let seen: Vec<Value> = desk.meta.ledger().into_iter().map(|entry| entry.content).collect();
    let of = |emoji: &str| json!({"message_id": question.as_str(), "emoji": emoji});
    assert_eq!(seen, [of("👍"), of("❤️"), of("")]);
    let row = &desk.list().await[0];
    assert!(row.needs_reply, "an emoji is no answer");
}

#[tokio::test]
async fn an_emoji_that_meta_refuses_is_shown_as_failed_and_another_takes_its_place() {
    let desk = Desk::new().await.unwrap();
    let row = desk.hears_from(alice(), "Is it in stock?").await.unwrap();
    let question = desk.thread(row.id).await[0].wamid.clone().unwrap();
    let reaction = |emoji: &str| ToSend::Reaction {
        to: question.clone(),
        emoji: emoji.to_owned(),
    };
    desk.meta.fail_next_send(Fault::Error {
        http: 0,
        code: 131_009,
        message: String::new(),
    });
    send(&desk, row.id, reaction("👍"), None).await.unwrap();
    desk.until("the failure", async |desk| {
        let reacting = desk.thread(row.id).await.swap_remove(0).reacting?;
        matches!(
            reacting.delivery,
            Delivery::Failed {
                code: Some(131_009),
                ..
            }
        )
        .then_some(())
    })
    .await
    .unwrap();
    send(&desk, row.id, reaction("🙌"), None).await.unwrap();
    desk.until("the other emoji", async |desk| {
        let message = desk.thread(row.id).await.swap_remove(0);
        (message.reacting.is_none() && message.reactions.first()?.emoji == "🙌").then_some(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn an_emoji_stands_only_on_a_message_of_its_conversation() {
    let desk = Desk::new().await.unwrap();
    let alices = desk.hears_from(alice(), "hi").await.unwrap();
    let bobs = desk.hears_from(bob(), "hi").await.unwrap();
    let to = desk.thread(bobs.id).await[0].wamid.clone().unwrap();
    let reaction = ToSend::Reaction {
        to,
        emoji: "👍".to_owned(),
    };
    let refused = send(&desk, alices.id, reaction, None).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid);
}

#[tokio::test]
async fn an_emoji_on_a_message_older_than_30_days_is_refused_with_a_sentence() {
    let desk = Desk::new().await.unwrap();
    let days_ago = async |days: u64| {
        let text = CustomerMessage::Text(format!("{days} days ago"));
        let wamid = desk
            .meta
            .customer_wrote(alice(), text, Duration::from_secs(days * 24 * 3600));
        desk.until_shown(&wamid).await.unwrap();
        wamid
    };
    let (old, younger) = (days_ago(31).await, days_ago(29).await);
    let row = desk.hears_from(alice(), "now").await.unwrap();
    let reaction = |to: &str| ToSend::Reaction {
        to: Wamid::from(to),
        emoji: "👍".to_owned(),
    };
    let refused = send(&desk, row.id, reaction(&old), None).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (
            ErrorCode::Invalid,
            "WhatsApp takes reactions only to messages of the last 30 days."
        )
    );
    send(&desk, row.id, reaction(&younger), None).await.unwrap();
}

#[tokio::test]
async fn what_whatsapp_does_not_take_is_refused_in_a_sentence_before_anything_is_queued() {
    let message = interactive(Action::Buttons { buttons: Vec::new() });
    let refused = refusal(ToSend::Interactive { message, file: None }).await;
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (ErrorCode::Invalid, "Buttons: at least 1 and at most 3.")
    );
}
