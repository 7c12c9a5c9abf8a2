//! Payloads after Meta's webhook references (messages, smb_message_echoes; Feb to Aug 2026), ids shortened.

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
    for (message, name) in [
        (json!({"type": "sticker", "sticker": {"id": "1"}}), "sticker"),
        (
            json!({"type": "unsupported", "unsupported": {"type": "poll_creation"}}),
            "poll_creation",
        ),
        (
            json!({"type": "unsupported", "errors": [{"code": 131_060}]}),
            "unsupported",
        ),
        (json!({"type": "text"}), "text"),
        (json!({"type": "image", "image": "not an object"}), "image"),
        (json!({}), "unknown"),
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
                type_name: name.to_owned()
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
        change("account_update", json!({"event": "PARTNER_REMOVED"})),
        change("messages", messages(json!({}))),
        change("messages", json!({"messages": [{"id": "wamid.I"}]})),
        change("messages", messages(json!({"errors": [{"code": 130_429}]}))),
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
fn a_body_that_is_no_envelope_is_unreadable_and_says_where_not_what() {
    assert_eq!(parse(b"secret").err(), Some(Unreadable::NotJson { line: 1, column: 1 }));
    for body in ["[]", "{}", "null", "{\"entry\": {}}", "17"] {
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
fn an_edit_a_deletion_or_a_change_of_ids_is_no_message_of_its_own() {
    for kind in ["edit", "revoke", "system"] {
        let facts = facts(&change(
            "messages",
            messages(json!({"messages": [{"from": "1650", "id": "wamid.K", "type": kind, kind: {}}]})),
        ));
        assert!(
            matches!(facts.as_slice(), [Fact::Number(_), Fact::NotUnderstood(_)]),
            "{kind}"
        );
    }
}
