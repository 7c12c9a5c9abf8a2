//! Payloads after Meta's webhook references (messages, smb_message_echoes; Feb to Aug 2026), ids shortened.

mod account;
mod phone;
mod shapes;

use super::*;
use serde_json::json;
use twinbox_domain::{Content, Direction, MessageFact, Origin, Status};

const NOW: Millis = Millis(1_760_000_000_000);

fn facts(body: &Value) -> Vec<Fact> {
    let Ok(envelope) = parse(body.to_string().as_bytes()) else {
        panic!("an envelope")
    };
    envelope.facts(NOW)
}

fn change(field: &str, value: Value) -> Value {
    json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [
        {"field": field, "value": value}]}]})
}

fn messages(extra: Value) -> Value {
    let mut value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"}});
    if let (Some(value), Value::Object(extra)) = (value.as_object_mut(), extra) {
        value.extend(extra);
    }
    value
}

fn only_message(facts: &[Fact]) -> &MessageFact {
    match facts {
        [Fact::Number(_), Fact::Message(message)] => message,
        other => panic!("one message, not {other:?}"),
    }
}

#[test]
fn a_customers_text_carries_every_id_the_payload_gives() {
    let facts = facts(&change(
        "messages",
        messages(json!({
            "contacts": [{"profile": {"name": "Sheena Nelson", "username": "@sheena.n"}, "wa_id": "16505551234",
                "user_id": "US.1349"}],
            "messages": [{"from": "16505551234", "from_user_id": "US.1349", "id": "wamid.A", "timestamp": "1749416383",
                "type": "text", "text": {"body": "Does it come in another color?"},
                "context": {"from": "15550783881", "id": "wamid.Q"}}]
        })),
    ));
    let message = only_message(&facts);
    assert_eq!(message.number.as_str(), "106540352242922");
    assert_eq!(message.at, Millis::from_unix_seconds(1_749_416_383));
    assert_eq!((message.direction, message.origin), (Direction::In, Origin::Customer));
    assert_eq!(message.person.phone.as_deref(), Some("16505551234"));
    assert_eq!(message.person.bsuid.as_deref(), Some("US.1349"));
    assert_eq!(message.person.profile_name, "Sheena Nelson");
    assert_eq!(message.person.username, "sheena.n");
    assert_eq!(
        message.reply_to.as_ref().map(twinbox_domain::Wamid::as_str),
        Some("wamid.Q")
    );
    assert_eq!(
        message.content,
        Content::Text {
            body: "Does it come in another color?".to_owned()
        }
    );
}

#[test]
fn a_person_known_only_by_user_name_has_no_phone_number() {
    let facts = facts(&change(
        "messages",
        messages(json!({
            "contacts": [{"profile": {"username": "rui.pedala"}, "user_id": "PT.8841"}],
            "messages": [{"from_user_id": "PT.8841", "id": "wamid.B", "timestamp": "1749416383", "type": "text",
                "text": {"body": "oi"}}]
        })),
    ));
    let message = only_message(&facts);
    assert_eq!(message.person.phone, None);
    assert_eq!(message.person.username, "rui.pedala");
}

#[test]
fn who_gives_their_phone_number_when_asked_for_it_is_known_by_it_from_then_on() {
    let phone_of = |from: Value, beside: Value, within: Value| {
        let card = json!({"name": {"formatted_name": "Rui"}, "origin": within,
            "phones": [{"phone": "+351 912 345 678", "wa_id": "351912345678"}]});
        let message = json!({"from": from, "from_user_id": "PT.8841", "id": "wamid.C", "type": "contacts", "origin": beside,
            "contacts": [card]});
        let facts = facts(&change("messages", messages(json!({ "messages": [message] }))));
        only_message(&facts).person.phone.clone()
    };
    let (asked, not_asked) = (json!("contact_request"), json!("other"));
    let given = Some("351912345678".to_owned());
    assert_eq!(phone_of(json!(null), json!(null), asked.clone()), given);
    assert_eq!(phone_of(json!(null), asked.clone(), json!(null)), given);
    // Anybody else's card says nothing of who sends it, and what the message itself tells is surer.
    assert_eq!(phone_of(json!(null), json!(null), not_asked), None);
    assert_eq!(
        phone_of(json!("16505551234"), json!(null), asked),
        Some("16505551234".to_owned())
    );
}

#[test]
fn what_another_app_answers_is_read_as_well() {
    let facts = facts(&change(
        "standby",
        messages(json!({
            "messages": [{"from": "16505551234", "id": "wamid.T", "timestamp": "1749416383", "type": "text",
                "text": {"body": "hi"}}]
        })),
    ));
    assert_eq!(only_message(&facts).origin, Origin::Customer);
}

#[test]
fn what_metas_agent_says_is_no_message_from_the_phone() {
    let of = |field: &str| {
        let facts = facts(&change(
            field,
            messages(json!({
                "message_echoes": [{"from": "15550783881", "to": "16505551234", "id": "wamid.A", "timestamp": "1749416383",
                    "type": "text", "text": {"body": "I am an agent"}}]
            })),
        ));
        let message = only_message(&facts);
        (message.direction, message.origin)
    };
    assert_eq!(of("standby"), (Direction::Out, Origin::Automation));
    assert_eq!(of("smb_message_echoes"), (Direction::Out, Origin::Phone));
}

#[test]
fn an_emoji_of_metas_agent_is_none_from_the_phone() {
    let of = |field: &str, list: &str, from: &str| {
        let facts = facts(&change(
            field,
            messages(json!({
                list: [{"from": from, "to": "16505551234", "id": "wamid.R", "timestamp": "1749416383", "type": "reaction",
                    "reaction": {"message_id": "wamid.A", "emoji": "👍"}}]
            })),
        ));
        let [Fact::Number(_), Fact::Reaction(told)] = facts.as_slice() else {
            panic!("not {facts:?}")
        };
        (told.from, told.origin)
    };
    let ours = "15550783881";
    assert_eq!(
        of("standby", "message_echoes", ours),
        (Direction::Out, Origin::Automation)
    );
    assert_eq!(
        of("smb_message_echoes", "message_echoes", ours),
        (Direction::Out, Origin::Phone)
    );
    assert_eq!(
        of("standby", "messages", "16505551234"),
        (Direction::In, Origin::Customer)
    );
}

#[test]
fn what_is_said_in_a_group_is_in_nobodys_conversation() {
    for (field, list) in [("messages", "messages"), ("smb_message_echoes", "message_echoes")] {
        let message = json!({"from": "16505551234", "group_id": "Y2FwaV9ncm91cA", "id": "wamid.G", "type": "text",
            "text": {"body": "to all"}});
        let facts = facts(&change(field, messages(json!({ list: [message] }))));
        let [Fact::Number(_), Fact::NotUnderstood(told)] = facts.as_slice() else {
            panic!("not {facts:?}")
        };
        assert_eq!(told.reason, "a message of a group");
    }
}

#[test]
fn an_image_is_kept_as_what_is_known_about_it() {
    let facts = facts(&change(
        "messages",
        messages(json!({
            "messages": [{"from": "16505551234", "id": "wamid.C", "timestamp": "1749416383", "type": "image",
                "image": {"caption": "Door to radiator", "mime_type": "image/jpeg", "sha256": "b64", "id": "1003"}}]
        })),
    ));
    let Content::Image(media) = &only_message(&facts).content else {
        panic!("an image")
    };
    assert_eq!(
        (media.media_id.as_str(), media.caption.as_str()),
        ("1003", "Door to radiator")
    );
}

#[test]
fn a_type_this_version_cannot_show_is_still_a_message() {
    for (message, name, code) in [
        (json!({"type": "hologram", "hologram": {"id": "1"}}), "hologram", None),
        (
            json!({"type": "unsupported", "unsupported": {"type": "poll_creation"}}),
            "poll_creation",
            None,
        ),
        (
            json!({"type": "unsupported", "errors": [{"code": 131_060}]}),
            "unsupported",
            Some(131_060),
        ),
        // A film of more than 100 MB.
        (
            json!({"type": "video", "video": {"mime_type": "video/mp4"}, "errors": [{"code": 131_052}, {"code": 1}]}),
            "video",
            Some(131_052),
        ),
        (json!({"type": "text"}), "text", None),
        (json!({"type": "image", "image": "not an object"}), "image", None),
        (json!({}), "unknown", None),
    ] {
        let mut message = message;
        if let Some(message) = message.as_object_mut() {
            message.insert("id".to_owned(), json!("wamid.D"));
            message.insert("from".to_owned(), json!("16505551234"));
        }
        let facts = facts(&change("messages", messages(json!({"messages": [message]}))));
        assert_eq!(
            only_message(&facts).content,
            Content::NotUnderstood {
                type_name: name.to_owned(),
                code,
            }
        );
    }
}

#[test]
fn an_echo_is_from_the_phone_whichever_way_its_numbers_stand() {
    for (from, to) in [("15550783881", "16505551234"), ("16505551234", "+1 555 078 3881")] {
        let facts = facts(&change(
            "smb_message_echoes",
            messages(json!({
                "message_echoes": [{"from": from, "to": to, "to_user_id": "US.1349", "id": "wamid.E", "timestamp": "1739321024",
                    "type": "text", "text": {"body": "Sent from the phone"}}]
            })),
        ));
        let message = only_message(&facts);
        assert_eq!((message.direction, message.origin), (Direction::Out, Origin::Phone));
        assert_eq!(message.person.phone.as_deref(), Some("16505551234"));
    }
}

#[test]
fn a_failed_status_brings_our_id_and_the_reason() {
    let facts = facts(&change(
        "messages",
        messages(json!({
            "statuses": [{"id": "wamid.F", "status": "failed", "timestamp": "1751142888", "recipient_id": "16505551234",
                "biz_opaque_callback_data": "0198c0de-0000-7000-8000-000000000001",
                "errors": [{"code": 131_049, "title": "Not delivered", "error_data": {"details": "secret"}}]}]
        })),
    ));
    let [_, Fact::Status(status)] = facts.as_slice() else {
        panic!("a status")
    };
    assert_eq!(status.status, Status::Failed);
    assert_eq!(
        status.outbox.map(|id| id.to_string()).as_deref(),
        Some("0198c0de-0000-7000-8000-000000000001")
    );
    assert_eq!(status.error.as_ref().map(|error| error.code), Some(131_049));
}

#[test]
fn one_unreadable_part_takes_nothing_else_with_it() {
    let facts = facts(&change(
        "messages",
        messages(json!({
            "messages": [{"type": "text"}, {"id": "wamid.nobody", "type": "text", "text": {"body": "x"}},
                {"from": "1650", "id": "wamid.G", "type": "text", "text": {"body": "hi"}}],
            "statuses": [{"id": "wamid.H", "status": "warning"}, {"id": "wamid.H", "status": "read", "timestamp": 1_749_416_383}]
        })),
    ));
    let read: Vec<&str> = facts
        .iter()
        .map(|fact| match fact {
            Fact::Number(_) => "number",
            Fact::Message(_) => "message",
            Fact::Status(_) => "status",
            Fact::NotUnderstood(_) => "not understood",
            _ => "a change",
        })
        .collect();
    assert_eq!(
        read,
        [
            "number",
            "not understood",
            "not understood",
            "message",
            "not understood",
            "status"
        ]
    );
}

#[test]
fn fields_and_shapes_this_version_does_not_know_are_said_to_be_so() {
    for body in [
        change("group_lifecycle_update", json!({"event": "PARTNER_REMOVED"})),
        change("messages", messages(json!({}))),
        change("messages", json!({"messages": [{"id": "wamid.I"}]})),
        change("messages", messages(json!({"errors": [{"title": "No code"}]}))),
        json!({"entry": [{"changes": [{"field": "messages"}]}]}),
        json!({"entry": [{"changes": "none"}]}),
        json!({"entry": [17]}),
    ] {
        let facts = facts(&body);
        assert!(
            facts.iter().any(|fact| matches!(fact, Fact::NotUnderstood(_))),
            "{body}"
        );
    }
}

#[test]
fn only_a_field_tells_that_much_comes_at_once_and_not_what_somebody_writes() {
    for (body, is_much) in [
        (r#"{"entry":[{"changes":[{"value":{},"field":"history"}]}]}"#, true),
        ("{\"entry\": [{\"changes\": [{\"field\" :\n \"history\"}]}]}", true),
        (r#"{"changes":[{"field":"smb_app_state_sync"}]}"#, true),
        (
            r#"{"changes":[{"field":"messages","value":{"text":{"body":"history"}}}]}"#,
            false,
        ),
        (
            r#"{"changes":[{"field":"messages","value":{"text":{"body":"\"field\":\"history\""}}}]}"#,
            false,
        ),
        (r#"{"name":"smb_app_state_sync"}"#, false),
        ("\"history\"", false),
    ] {
        assert_eq!(is_bulk(body.as_bytes()), is_much, "{body}");
    }
}

#[test]
fn a_body_that_is_no_envelope_is_unreadable_and_says_where_not_what() {
    assert_eq!(parse(b"secret").err(), Some(Unreadable::NotJson { line: 1, column: 1 }));
    for body in ["[]", "{}", "null", "{\"entry\": {}}", "{\"history\": 1}", "17"] {
        assert_eq!(parse(body.as_bytes()).err(), Some(Unreadable::NotAnEnvelope), "{body}");
    }
}

#[test]
fn a_time_in_the_future_is_not_believed_and_a_missing_one_is_now() {
    for (timestamp, at) in [
        (json!("99999999999"), NOW.plus_ms(CLOCK_LEEWAY_MS)),
        (json!(null), NOW),
        (json!("soon"), NOW),
        (json!("-5"), NOW),
    ] {
        let facts = facts(&change(
            "messages",
            messages(json!({
                "messages": [{"from": "1650", "id": "wamid.J", "timestamp": timestamp, "type": "text", "text": {"body": "hi"}}]
            })),
        ));
        assert_eq!(only_message(&facts).at, at);
    }
}

#[test]
fn an_edit_a_deletion_and_a_reaction_are_about_another_message() {
    let of = |field: &str, array: &str, message: Value| {
        let facts = facts(&change(field, messages(json!({ array: [message] }))));
        let [Fact::Number(_), fact] = facts.as_slice() else {
            panic!("one fact, not {facts:?}")
        };
        fact.clone()
    };
    let edit = json!({"from": "1650", "id": "wamid.ev1", "timestamp": "1749854575", "type": "edit",
        "edit": {"original_message_id": "wamid.O", "message": {"context": {"id": "M0"}, "type": "text",
            "text": {"body": "Changed"}}}});
    let Fact::Edit(edit) = of("messages", "messages", edit) else {
        panic!("an edit")
    };
    assert_eq!(edit.wamid.as_str(), "wamid.O");
    assert_eq!(
        edit.content,
        Content::Text {
            body: "Changed".to_owned()
        }
    );

    let revoke = json!({"from": "15550783881", "to_user_id": "US.13", "id": "wamid.E6", "timestamp": "1697044999",
        "type": "revoke", "revoke": {"original_message_id": "wamid.O"}});
    let Fact::Deletion(deletion) = of("smb_message_echoes", "message_echoes", revoke) else {
        panic!("a deletion")
    };
    assert_eq!(deletion.wamid.as_str(), "wamid.O");

    for (reaction, emoji) in [
        (json!({"message_id": "wamid.O", "emoji": "👍"}), "👍"),
        (json!({"message_id": "wamid.O"}), ""),
    ] {
        let message = json!({"from": "1650", "id": "wamid.R", "type": "reaction", "reaction": reaction});
        let Fact::Reaction(fact) = of("messages", "messages", message) else {
            panic!("a reaction")
        };
        assert_eq!(
            (fact.wamid.as_str(), fact.from, fact.emoji.as_str()),
            ("wamid.O", Direction::In, emoji)
        );
    }
    for broken in [
        json!({"type": "edit", "id": "wamid.K", "from": "1650", "edit": {"original_message_id": "wamid.O"}}),
        json!({"type": "edit", "id": "wamid.K", "from": "1650",
            "edit": {"original_message_id": "wamid.O", "message": {"type": "poll"}}}),
        json!({"type": "revoke", "id": "wamid.K", "from": "1650"}),
        json!({"type": "reaction", "id": "wamid.K", "from": "1650", "reaction": {"emoji": "👍"}}),
        json!({"type": "system", "id": "wamid.K", "from": "1650", "system": {"type": "user_changed_number"}}),
    ] {
        assert!(matches!(of("messages", "messages", broken), Fact::NotUnderstood(_)));
    }
}

#[test]
fn every_kind_of_message_is_read_as_itself() {
    let content_of = |kind: &str, body: Value| {
        let message = json!({"from": "16505551234", "id": "wamid.L", "type": kind, kind: body});
        only_message(&facts(&change("messages", messages(json!({ "messages": [message] })))))
            .content
            .clone()
    };
    let file =
        json!({"id": "1003", "mime_type": "x/y", "sha256": "b64", "caption": "c", "filename": "f.pdf", "voice": true});
    assert!(matches!(content_of("video", file.clone()), Content::Video(media) if media.caption == "c"));
    assert!(matches!(content_of("sticker", file.clone()), Content::Sticker(media) if media.media_id == "1003"));
    assert!(matches!(
        content_of("audio", file.clone()),
        Content::Audio { is_voice: true, .. }
    ));
    assert!(matches!(content_of("document", file), Content::Document { filename, .. } if filename == "f.pdf"));
    assert_eq!(
        content_of(
            "location",
            json!({"latitude": 38.7223, "longitude": "-9.1393", "name": "Shop"})
        ),
        Content::Location {
            latitude_e6: 38_722_300,
            longitude_e6: -9_139_300,
            name: "Shop".to_owned(),
            address: String::new()
        }
    );
    let card = json!([{"name": {"formatted_name": "Barbara"}, "phones": [{"phone": "+1 (415) 555-0829"}, {}],
        "emails": [{"email": "b@example.com"}], "org": {"company": "Oak"}}]);
    let Content::Contacts { cards } = content_of("contacts", card) else {
        panic!("cards")
    };
    assert!(matches!(cards.as_slice(), [card] if card.name == "Barbara" && card.phones.len() == 1));
    for (kind, body) in [
        ("button", json!({"payload": "x", "text": "Book a slot"})),
        (
            "interactive",
            json!({"type": "button_reply", "button_reply": {"id": "1", "title": "Book a slot"}}),
        ),
        (
            "interactive",
            json!({"type": "list_reply", "list_reply": {"id": "1", "title": "Book a slot"}}),
        ),
    ] {
        assert!(
            matches!(content_of(kind, body), Content::Choice { title, .. } if title == "Book a slot"),
            "{kind}"
        );
    }
    for (told, is_granted, until) in [
        // Meta, webhook reference `messages/interactive` (Aug 2026).
        (
            json!({"response": "accept", "expiration_timestamp": "1776699789"}),
            true,
            Some(Millis(1_776_699_789_000)),
        ),
        (json!({"response": "accept", "expiration_timestamp": -1}), true, None),
        (
            json!({"response": "reject", "expiration_timestamp": "1776699789"}),
            false,
            None,
        ),
    ] {
        let reply = json!({"type": "call_permission_reply", "call_permission_reply": told});
        assert_eq!(
            content_of("interactive", reply),
            Content::CallPermission { is_granted, until }
        );
    }
    let form = json!({"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{}"}});
    assert!(matches!(content_of("interactive", form), Content::Form { body, .. } if body == "Sent"));
    let cart = json!({"catalog_id": "1", "text": "please", "product_items": [
        {"product_retailer_id": "di9", "quantity": 2, "item_price": 30.5, "currency": "EUR"}]});
    let Content::Order { items, .. } = content_of("order", cart) else {
        panic!("an order")
    };
    assert!(matches!(items.as_slice(), [item] if item.quantity == "2" && item.price == "30.5"));

    for (kind, body) in [
        ("location", json!({"latitude": 91, "longitude": 0})),
        ("location", json!({"latitude": "north", "longitude": 0})),
        ("contacts", json!([])),
        ("contacts", json!({})),
        ("order", json!({"product_items": []})),
        ("interactive", json!({})),
        ("video", json!({})),
    ] {
        assert_eq!(
            content_of(kind, body),
            Content::NotUnderstood {
                type_name: kind.to_owned(),
                code: None,
            }
        );
    }
}

#[test]
fn what_is_not_understood_says_its_own_type_where_it_has_one() {
    for (kind, body, name) in [
        (
            "interactive",
            json!({"type": "call_permission_reply", "call_permission_reply": {}}),
            "call_permission_reply",
        ),
        ("unsupported", json!({"type": "poll_creation"}), "poll_creation"),
        ("unsupported", json!({}), "unsupported"),
        ("request_welcome", json!({"type": "x"}), "request_welcome"),
    ] {
        let read = content::content(&json!({"type": kind, kind: body}));
        assert_eq!(
            read,
            Content::NotUnderstood {
                type_name: name.to_owned(),
                code: None,
            }
        );
    }
}
