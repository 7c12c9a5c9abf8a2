//! Payloads as Meta sends them, in which any places hold any values, under any of the fields that are read.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};
use twinbox_domain::Millis;
use twinbox_whatsapp::webhook::parse;

const NOW: Millis = Millis(1_760_000_000_000);

const FIELDS: [&str; 11] = [
    "messages",
    "smb_message_echoes",
    "standby",
    "history",
    "smb_app_state_sync",
    "account_update",
    "message_template_status_update",
    "messaging_handovers",
    "phone_number_quality_update",
    "template_category_update",
    "user_preferences",
];

const SEEDS: [&str; 8] = [
    include_str!("../seeds/envelope/messages.json"),
    include_str!("../seeds/envelope/statuses.json"),
    include_str!("../seeds/envelope/echoes.json"),
    include_str!("../seeds/envelope/history.json"),
    include_str!("../seeds/envelope/history_media.json"),
    include_str!("../seeds/envelope/contacts.json"),
    include_str!("../seeds/envelope/account_update.json"),
    include_str!("../seeds/envelope/system.json"),
];

/// Words that mean something in these payloads.
const WORDS: [&str; 60] = [
    "action", "add", "remove", "biz_opaque_callback_data", "body", "caption", "code", "contact", "contacts", "context",
    "edit", "emoji", "errors", "failed", "filename", "from", "from_user_id", "history", "id", "image", "interactive",
    "latitude", "longitude", "media_placeholder", "message", "message_echoes", "message_id", "messages", "metadata",
    "mime_type", "new_wa_id", "original_message_id", "phone_number", "phone_number_id", "product_items", "profile",
    "reaction", "revoke", "sha256", "status", "statuses", "system", "text", "threads", "timestamp", "type", "user_id",
    "wa_id", "READ", "answers", "forwarded", "frequently_forwarded", "history_context", "interactive", "nfm_reply",
    "phase", "progress", "referral", "referred_product", "response_json",
];

fn word(bytes: &mut Unstructured<'_>) -> Result<String> {
    if bytes.ratio(1, 5)? {
        return String::arbitrary(bytes);
    }
    Ok((*bytes.choose(&WORDS)?).to_owned())
}

fn value(bytes: &mut Unstructured<'_>, depth: u8) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=if depth == 0 { 6 } else { 8 })? {
        0 => Value::Null,
        1 => bool::arbitrary(bytes)?.into(),
        2 => i64::arbitrary(bytes)?.into(),
        3 => json!(f64::arbitrary(bytes)?),
        // Times and ids are numbers as text.
        4 => i64::arbitrary(bytes)?.to_string().into(),
        5 | 6 => word(bytes)?.into(),
        7 => {
            let length = bytes.int_in_range(0..=4)?;
            let items: Result<Vec<Value>> = (0..length).map(|_| value(bytes, depth - 1)).collect();
            Value::Array(items?)
        }
        _ => {
            let mut fields = Map::new();
            for _ in 0..bytes.int_in_range(0..=5)? {
                fields.insert(word(bytes)?, value(bytes, depth - 1)?);
            }
            Value::Object(fields)
        }
    })
}

/// Goes down to some place and puts `new` there.
fn replace(place: &mut Value, new: Value, bytes: &mut Unstructured<'_>) -> Result<()> {
    let is_here = bytes.ratio(1, 8)?;
    match place {
        Value::Object(fields) if !is_here && !fields.is_empty() => {
            let index = bytes.choose_index(fields.len())?;
            fields.values_mut().nth(index).map_or(Ok(()), |field| replace(field, new, bytes))
        }
        Value::Array(items) if !is_here && !items.is_empty() => {
            let index = bytes.choose_index(items.len())?;
            replace(&mut items[index], new, bytes)
        }
        _ => {
            *place = new;
            Ok(())
        }
    }
}

fn payload(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut change: Value = serde_json::from_str(bytes.choose(&SEEDS)?).expect("seeds are JSON");
    let change = change["entry"][0]["changes"][0].take();
    let mut said = change["value"].clone();
    for _ in 0..bytes.int_in_range(0..=8)? {
        let new = value(bytes, 3)?;
        replace(&mut said, new, bytes)?;
    }
    let field = match bool::arbitrary(bytes)? {
        true => change["field"].clone(),
        false => json!(bytes.choose(&FIELDS)?),
    };
    Ok(json!({"entry": [{"changes": [{"field": field, "value": said}]}]}))
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(payload) = payload(&mut Unstructured::new(bytes)) else {
        return;
    };
    let envelope = parse(payload.to_string().as_bytes()).expect("it is in Meta's envelope");
    let facts = envelope.facts(NOW);
    assert!(!facts.is_empty(), "nothing a webhook says goes by unnoticed");
    assert!(facts == envelope.facts(NOW), "the same bytes say the same");
    let _ = format!("{facts:?}");
});
