//! Payloads as Meta sends them, damaged in every way: keys dropped, values nulled or of another type, huge, nested
//! deeply, repeated ten thousand times. Each is answered 200 and kept, none blocks what comes behind it.

use serde_json::{Value, json};
use twinbox_domain::JournalId;
use twinbox_store::{JournalLane, Store};
use twinbox_tests::desk::{Desk, alice, sign};

const ROUNDS: usize = 200;

fn envelope(field: &str, mut value: Value) -> Value {
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"display_phone_number": "15550783881", "phone_number_id": "106540352242922"});
    json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [
        {"field": field, "value": value}]}]})
}

fn message(kind: &str, body: Value) -> Value {
    json!({"from": "16505551234", "from_user_id": "US.1349", "id": format!("wamid.{kind}"), "timestamp": "1749416383",
        "type": kind, kind: body, "context": {"from": "15550783881", "id": "wamid.quoted"}})
}

/// One of each shape that is read (Meta, webhook references, Feb to Aug 2026).
fn payloads() -> Vec<Value> {
    let contacts = json!([{"profile": {"name": "Sheena", "username": "sheena.n"}, "wa_id": "16505551234",
        "user_id": "US.1349"}]);
    let media = json!({"id": "1003", "mime_type": "image/jpeg", "sha256": "b64", "caption": "Door"});
    let all = [
        message("text", json!({"body": "hello"})),
        message("image", media.clone()),
        message(
            "audio",
            json!({"id": "1", "mime_type": "audio/ogg", "sha256": "x", "voice": true}),
        ),
        message(
            "document",
            json!({"id": "1", "filename": "a.pdf", "mime_type": "application/pdf"}),
        ),
        message(
            "location",
            json!({"latitude": 37.44, "longitude": -122.16, "name": "HQ"}),
        ),
        message(
            "contacts",
            json!([{"name": {"formatted_name": "Barbara"}, "phones": [{"phone": "+1 415"}]}]),
        ),
        message(
            "interactive",
            json!({"type": "list_reply", "list_reply": {"id": "1", "title": "One"}}),
        ),
        message(
            "order",
            json!({"catalog_id": "1", "product_items": [{"product_retailer_id": "a", "quantity": 2}]}),
        ),
        message("reaction", json!({"message_id": "wamid.text", "emoji": "👍"})),
        message(
            "edit",
            json!({"original_message_id": "wamid.text", "message": {"type": "text", "text": {"body": "x"}}}),
        ),
        message("revoke", json!({"original_message_id": "wamid.image"})),
        message(
            "system",
            json!({"type": "user_changed_number", "wa_id": "12195555358", "user_id": "US.NEW"}),
        ),
        message("unsupported", json!({"type": "poll_creation"})),
    ];
    let statuses = json!([{"id": "wamid.OUT", "status": "failed", "timestamp": "1751142888", "recipient_id": "1650",
        "biz_opaque_callback_data": "00000000-0000-0000-0000-000000000007", "errors": [{"code": 131_049, "title": "No"}]}]);
    let thread = json!({"id": "16505551234", "context": {"wa_id": "16505551234", "user_id": "US.1349"},
        "messages": [message("text", json!({"body": "before"})), message("media_placeholder", Value::Null)]});
    let chunk = json!({"metadata": {"phase": 0, "chunk_order": 1, "progress": 55}, "threads": [thread]});
    let contact = json!({"type": "contact", "action": "add", "metadata": {"timestamp": "1739321024"},
        "contact": {"full_name": "Pablo", "phone_number": "16505551234", "user_id": "US.1349"}});
    vec![
        envelope("messages", json!({"contacts": contacts, "messages": all})),
        envelope("messages", json!({"statuses": statuses})),
        envelope("standby", json!({"contacts": contacts, "messages": all})),
        envelope(
            "smb_message_echoes",
            json!({"contacts": contacts, "message_echoes": all}),
        ),
        envelope("history", json!({"history": [chunk]})),
        envelope("history", json!({"messages": [message("image", media)]})),
        envelope("smb_app_state_sync", json!({"state_sync": [contact]})),
        envelope(
            "account_update",
            json!({"event": "PARTNER_REMOVED", "phone_number": "15550783882", "waba_info": {"waba_id": "1"},
                "disconnection_info": {"reason": "CHANGE_NUMBER", "initiated_by": "USER"}}),
        ),
        envelope(
            "account_update",
            json!({"event": "ACCOUNT_RESTRICTION",
                "restriction_info": [{"restriction_type": "RESTRICTED_UTILITY_TEMPLATES", "expiration": 1_641_330_498}]}),
        ),
        envelope(
            "message_template_status_update",
            json!({"event": "REJECTED", "message_template_id": 7, "message_template_name": "a", "reason": "SCAM"}),
        ),
        envelope(
            "phone_number_quality_update",
            json!({"event": "FLAGGED", "current_limit": "TIER_10K", "display_phone_number": "15550783881"}),
        ),
        envelope(
            "user_preferences",
            json!({"contacts": contacts, "user_preferences": [{"wa_id": "16505551234", "value": "stop"}]}),
        ),
        envelope(
            "messaging_handovers",
            json!({"sender": {"phone_number": "16505551234"}, "control_passed": {"new_owner_role": "ai_agent"}}),
        ),
    ]
}

/// Every place in a payload, as JSON pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                places(value, &format!("{here}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{here}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn damage(payload: &mut Value, random: &mut fastrand::Rng) {
    let mut found = Vec::new();
    places(payload, "", &mut found);
    let place = &found[random.usize(..found.len())];
    let Some(target) = payload.pointer_mut(place) else {
        return;
    };
    *target = match random.u8(..12) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(1.0e300),
        3 => json!("x".repeat(200_000)),
        4 => json!("\u{0}\u{202e}'\"; DROP TABLE message; --"),
        5 => json!([]),
        6 => json!({}),
        7 => Value::Array(vec![target.clone(); 10_000 / (1 + target.to_string().len() / 100)]),
        8 => (0..100).fold(target.clone(), |inner, _| json!([inner])),
        9 => json!("9999999999999999999999"),
        10 => json!(true),
        // Instead of a dropped key: one that nobody knows.
        _ => json!({"from_the_future": target.clone()}),
    };
}

#[tokio::test]
async fn damaged_payloads_are_kept_and_block_nothing_and_nobody_panics() {
    let desk = Desk::new().await.unwrap();
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let payloads = payloads();
    for round in 0..ROUNDS {
        let mut payload = payloads[round % payloads.len()].clone();
        for _ in 0..=random.u8(..3) {
            damage(&mut payload, &mut random);
        }
        let body = payload.to_string().into_bytes();
        let signature = sign(&body);
        let answer = desk.post_webhook(body, Some(&signature)).await.unwrap();
        assert!(answer == 200 || answer == 413, "{answer}");
    }
    let row = desk.hears_from(alice(), "still here").await.unwrap();
    desk.send(row.id, "and answered").await.unwrap();
    desk.list().await;
    assert!(desk.host().engine().is_healthy());

    let (_, folder) = desk.stop().await.unwrap();
    let store = Store::open(folder.path()).unwrap();
    for lane in [JournalLane::Live, JournalLane::Bulk] {
        let pending = store.pending_journal(lane, JournalId(0), 10).await.unwrap();
        assert!(pending.is_empty(), "every payload is applied or parked");
    }
}
